"""The manual pages that ship: one for each command, complete, and such that every `man` can show them."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from scripts import manpages

ROOT = Path(__file__).parents[2]
PAGES = {path.stem: path.read_text(encoding="utf-8") for path in sorted(manpages.FOLDER.glob("*.1"))}
MACROS = {".TH", ".SH", ".SS", ".TP", ".BR", ".EX", ".EE", ".br", '.\\"'}
ESCAPES = re.compile(r"\\(?:e|-|&|\(aq|\(ga|\(ha|\(ti|\(dq|f[BIR]|\[u[0-9A-F]{4,5}\])")


def root() -> Any:
    from jobsamtale_tui.cli.main import _command

    return _command()


def made(**env: str) -> str:
    code = "import json; from scripts import manpages; print(json.dumps(manpages.pages(), sort_keys=True))"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, env={**os.environ, **env}, check=True, timeout=60)
    return done.stdout.decode()


def test_every_command_has_its_page() -> None:
    assert set(PAGES) == {"jobsamtale", *(f"jobsamtale-{name}" for name in root().list_commands(None))}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_well_formed(name: str) -> None:
    text = PAGES[name]
    assert text.isascii()
    lines = text.splitlines()
    assert lines[1].startswith(".TH ")
    assert lines[2] == ".SH NAME"
    assert lines[3].split(" \\- ")[0].replace("\\", "") == name
    in_example = False
    for line in lines:
        assert line, "an empty line is a mistake in the format"
        assert line == line.rstrip()
        if line.startswith(".\\"):
            continue
        assert "\\" not in ESCAPES.sub("", line), line
        if line.startswith((".", "'")):
            assert line.split()[0] in MACROS, line
            assert (line == ".EE") == in_example
            in_example = line == ".EX"
    assert not in_example
    for line, after in zip(lines, [*lines[1:], ".SH"], strict=True):
        if line.startswith((".SH", ".SS", ".TP")):
            assert not after.startswith(".") or after.startswith((".EX", ".BR", ".TP", ".SS")), (line, after)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_all_that_is_looked_for(name: str) -> None:
    headings = re.findall(r"^\.SH (.+)$", PAGES[name], re.MULTILINE)
    wanted = ["NAME", "SYNOPSIS", "DESCRIPTION", "EXIT STATUS", "EXAMPLES", "SEE ALSO"]
    assert [heading for heading in headings if heading in wanted] == wanted
    assert all(f"\\fB{code}\\fR" in PAGES[name] for code in (0, 1, 2, 3, 4, 130))


def test_every_option_stands_on_its_page() -> None:
    def walk(command: Any, page: str) -> None:
        for parameter in command.params:
            for option in parameter.opts if parameter.param_type_name == "option" else ():
                assert f"\\fB{option.replace('-', chr(92) + '-')}\\fR" in page, option
        for name in command.list_commands(None) if hasattr(command, "list_commands") else ():
            child = command.get_command(None, name)
            walk(child, PAGES[f"jobsamtale-{name}"] if command.name == "jobsamtale" else page)

    walk(root(), PAGES["jobsamtale"])


def test_the_environment_named_is_read_by_the_program() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    assert all(f'"{name}"' in source for name in manpages.ELSEWHERE)


def test_the_same_pages_every_time() -> None:
    assert made(PYTHONHASHSEED="1", JOBSAMTALE_LANG="da", COLUMNS="40") == made(PYTHONHASHSEED="2", LC_ALL="C")


def test_a_difference_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(manpages, "FOLDER", tmp_path / "man")
    monkeypatch.setattr(manpages, "pages", lambda: {"jobsamtale.1": "text\n", "jobsamtale-note.1": "text\n"})
    for what, code in (("check", 1), ("update", 0), ("check", 0)):
        monkeypatch.setattr(sys, "argv", ["manpages", what])
        assert manpages.main() == code
    assert "jobsamtale-note.1, jobsamtale.1" in capsys.readouterr().err
    (tmp_path / "man" / "jobsamtale-old.1").write_text("gone\n")
    monkeypatch.setattr(sys, "argv", ["manpages", "check"])
    assert manpages.main() == 1


def test_the_wheel_brings_them_to_where_man_looks() -> None:
    targets = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]
    assert targets["wheel"]["shared-data"] == {"docs/man": "share/man/man1"}
