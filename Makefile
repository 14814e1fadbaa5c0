# Everything a fresh machine needs: Python 3.11 or newer, git and make.
# `make demo` opens the app on the demo caseload; `make test` runs the tests.

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
  $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
COVER := --cov --cov-report=term:skip-covered
COUNTED = $(shell $(BIN)/python -c 'import sys; print("$(COVER)" * (sys.version_info >= (3, 12)))')
# Per cent of the lines that `make fast` reaches: 88.0 when this was set. It only goes up.
FLOOR := 87
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup demo dev console test fast fast-coverage coverage check format docs bench torture fresh lock lock-check clean

help:  ## what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 15

setup: $(READY)  ## the virtual environment, from the lock file

$(READY): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "jobsamtale needs Python 3.11, 3.12 or 3.13: install one, or say make PYTHON=/path/to/python" >&2; exit 1; }
	@echo "Setting up in $(VENV): about a minute, the first time."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@found=$$($(BIN)/python -m pip check --disable-pip-version-check) || { echo "$$found" >&2; echo "make clean, then make setup: begins anew" >&2; exit 1; }
	@$(BIN)/python -m compileall -q src
	@touch $@

dev: $(READY)  ## the demo with Textual's console, which `make console` opens in another terminal
	@TEXTUAL=devtools,debug $(BIN)/jobsamtale $(or $(ARGS),demo)

console: $(READY)  ## Textual's console: what an app begun by `make dev` does and prints
	@$(BIN)/textual console $(ARGS)

demo: $(READY)  ## opens the app on the demo caseload; nothing is left behind
	@$(BIN)/jobsamtale demo

test: $(READY)  ## the tests; with coverage where Python can count it without losing time (3.12 and later)
	$(BIN)/python -m pytest -n auto --dist loadgroup $(COUNTED) $(ARGS)

fast: $(READY)  ## the tests that need no second process, no terminal and no large house: under a minute on two cores
	$(BIN)/python -m pytest -n auto -m fast $(ARGS)

fast-coverage: $(READY)  ## the same, counted: fails under the floor of coverage
	$(BIN)/python -m pytest -n auto -m fast $(COVER) --cov-fail-under=$(FLOOR) $(ARGS)

coverage: $(READY)  ## the tests with coverage, whatever the Python: three times as long on 3.11
	$(BIN)/python -m pytest -n auto --dist loadgroup $(COVER) $(ARGS)

check: $(READY)  ## format, lint, types, import contracts, how the house stands, translations, docs up to date
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m scripts.lock check
	$(BIN)/python -m scripts.house check
	$(BIN)/python -m scripts.holidays check
	$(BIN)/python -m scripts.translations check
	$(BIN)/python -m scripts.reference check
	$(BIN)/python -m scripts.manpages check
	$(BIN)/python -m scripts.pictures check

format: $(READY)  ## formats, mends what lint can mend, renews translations and docs
	$(BIN)/ruff check --fix --quiet .
	$(BIN)/ruff format --quiet .
	$(BIN)/python -m scripts.lock update
	$(BIN)/python -m scripts.holidays update
	$(BIN)/python -m scripts.translations update
	$(BIN)/python -m scripts.reference update
	$(BIN)/python -m scripts.manpages update
	$(BIN)/python -m scripts.pictures update

bench: $(READY)  ## measures against floors; figures as ratios
	$(BIN)/python -m bench.run $(ARGS)

torture: $(READY)  ## a hundred ends in the midst of edits of every kind, fifty of typing and of imports, terminals; by hand
	$(BIN)/python -m bench.torture_edits $(EDITS)
	$(BIN)/python -m bench.torture $(ARGS)
	$(BIN)/python -m bench.endings $(ARGS)

UV := $(VENV)-lock/bin/uv

$(UV):
	$(if $(PYTHON),$(PYTHON),python3) -m venv --clear $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install --quiet --disable-pip-version-check uv

fresh:  ## sets up and starts what is committed in an empty home, with every Python that is here and with an old pip too
	@$(PYTHON) scripts/fresh.py $(ARGS)

lock: $(UV)  ## renews requirements.lock (with uv, fetched for this alone); what is pinned stays: ARGS=--upgrade takes newer ones
	$(UV) pip compile pyproject.toml --group dev --universal --generate-hashes --python-version 3.11 --custom-compile-command "make lock" -o requirements.lock --quiet $(ARGS)
	@$(MAKE) --no-print-directory lock-check
	$(BIN)/python -m scripts.lock update

lock-check: $(READY) $(UV)  ## is the lock what each supported Python resolves to, also those not on the machine; asks the registry
	$(BIN)/python -m scripts.lock resolve --uv $(UV)

clean:  ## removes what was made
	rm -rf $(VENV) $(VENV)-lock build dist .coverage .coverage.* .mypy_cache .pytest_cache .ruff_cache
