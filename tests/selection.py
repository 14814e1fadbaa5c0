"""Which tests `make fast` runs, and that none of them does what they do not do.

Each test is marked `fast` but those that need

- a second process or a terminal: their code, a fixture of theirs or what these call in tests/ names `subprocess`, `pty`
  and the like;
- a large house, or go through every screen there is: likewise, one of `LARGE`;
- the app itself, of which there are too many for a minute: of each file the first `PILOTS` are in, one with parameters
  once.

So nothing has to be marked by hand. What this misses the guard finds: a test marked `fast` that begins a process or
opens a terminal fails, in every run.
"""

import multiprocessing.util
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest

PROCESS = frozenset({"subprocess", "multiprocessing", "pty", "openpty", "fork", "forkpty", "posix_spawn", "EDITOR"})
LARGE = frozenset({"bench.large", "scripts.caseload_large", "tests.tui.places"})
APP = frozenset({"run_test", "driving"})
PILOTS = 1
OURS = tuple(f"{Path(__file__).parents[1] / folder}/" for folder in ("tests", "scripts", "bench"))
"""Where code is looked into."""
EVENTS = frozenset({"subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.system", "os.exec"})
_guarding: list[str] = []
"""The test that is guarded, while one is."""
begun: list[str] = []
"""What it has begun all the same: a test that passes over the error fails nevertheless."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what `make fast` runs."""
    known: dict[Any, frozenset[str]] = {}
    pilots: Counter[str] = Counter()
    counted: set[str] = set()
    for item in items:
        if not isinstance(item, pytest.Function):
            continue
        found = frozenset[str]().union(*(named(one, known) for one in _functions(item)))
        if found & (PROCESS | LARGE):
            continue
        if found & APP:
            file, test = str(item.path), f"{item.path}::{item.originalname}"
            if test in counted or pilots[file] == PILOTS:
                continue
            counted.add(test)
            pilots[file] += 1
        item.add_marker(pytest.mark.fast)


def _functions(item: pytest.Function) -> Iterator[Callable[..., Any]]:
    """The test's own code and that of its fixtures."""
    yield item.function
    for definitions in item._fixtureinfo.name2fixturedefs.values():
        yield from (one.func for one in definitions)


def named(what: Any, known: dict[Any, frozenset[str]]) -> frozenset[str]:
    """All names in the code of a function or class of the tests, and of those that it names in its turn."""
    what = getattr(what, "__wrapped__", what)
    if isinstance(what, type):
        parts = [one for one in vars(what).values() if isinstance(one, FunctionType)]
    elif isinstance(what, FunctionType):
        parts = [what]
    else:
        return frozenset()
    if not parts or not parts[0].__code__.co_filename.startswith(OURS):
        return frozenset()
    if what in known:
        return known[what]
    known[what] = frozenset()  # one that names itself
    names: set[str] = set()
    for part in parts:
        own = set(_names(part.__code__))
        names |= own
        for found in [part.__globals__[name] for name in own if name in part.__globals__]:
            if not isinstance(found, ModuleType):
                names.add(getattr(found, "__module__", None) or "")
                names |= named(found, known)
                continue
            names.add(found.__name__)
            if (getattr(found, "__file__", None) or "").startswith(OURS):
                names.update(*(named(vars(found)[name], known) for name in own if name in vars(found)))
    known[what] = frozenset(names)
    return known[what]


def _names(code: CodeType) -> Iterator[str]:
    yield from code.co_names
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from _names(one)
        elif isinstance(one, str):
            yield one


def _watch(event: str, _arguments: tuple[Any, ...]) -> None:
    if _guarding and event in EVENTS:
        _refuse(event)


def _refuse(event: str) -> None:
    begun.append(event)
    raise RuntimeError(f"{_guarding[0]} is marked fast and began a second process or a terminal ({event})")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Guards a test that is marked fast."""
    if item.get_closest_marker("fast") is None:
        return (yield)
    if not hasattr(sys, "_jobsamtale_watched"):
        sys.addaudithook(_watch)
        vars(sys)["_jobsamtale_watched"] = True
    _guarding.append(item.nodeid)
    begun.clear()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "openpty", lambda: _refuse("os.openpty"))
        patched.setattr(multiprocessing.util, "spawnv_passfds", lambda *_: _refuse("multiprocessing"))
        try:
            result = yield
        finally:
            _guarding.clear()
    if begun:
        pytest.fail(f"marked fast, and began a second process or a terminal: {', '.join(begun)}")
    return result
