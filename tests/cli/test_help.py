from typing import Any

import pytest

from jobsamtale_tui import i18n

from .conftest import Run

i18n.use("en")


def commands() -> list[tuple[str, ...]]:
    from jobsamtale_tui.cli.main import _command

    root = _command()
    found: list[tuple[str, ...]] = [()]

    def walk(command: Any, path: tuple[str, ...]) -> None:
        for name in command.list_commands(None):
            child = command.get_command(None, name)
            found.append((*path, name))
            if hasattr(child, "list_commands"):
                walk(child, (*path, name))

    walk(root, ())
    return found


@pytest.mark.parametrize("path", commands(), ids=" ".join)
def test_every_help_has_an_example_and_fits_eighty_columns(run: Run, path: tuple[str, ...]) -> None:
    done = run(*path, "--help")
    assert (done.code, done.err) == (0, "")
    usage, _separator, rest = done.out.partition("\n")
    assert " ".join(["jobsamtale", *path]) in usage
    example = rest.rstrip().splitlines()
    heading = max(place for place, line in enumerate(example) if line and not line.startswith(" "))
    assert all(line.startswith("  ") for line in example[heading + 1 :])
    assert any("jobsamtale" in line for line in example[heading + 1 :])
    assert all(len(line) <= 80 for line in rest.splitlines()[: -len(example) + heading])


@pytest.mark.parametrize("path", commands(), ids=" ".join)
def test_every_example_names_a_command_that_is_there(run: Run, path: tuple[str, ...]) -> None:
    known = {" ".join(one) for one in commands()}
    examples = run(*path, "--help").out.rstrip().splitlines()
    for line in reversed(examples):
        if not line.startswith("  "):
            break
        words = line.split("jobsamtale", 1)[1].split() if "jobsamtale" in line else []
        while words and words[0].startswith("-"):
            words = words[2:] if words[0] in ("--db", "--lang") else words[1:]
        assert not words or words[0] in known, line


def test_help_is_the_same_every_time(shell: Run) -> None:
    once = shell("note", "--help", env={"PYTHONHASHSEED": "1"})
    assert once.out == shell("note", "--help", env={"PYTHONHASHSEED": "2"}).out
    assert "-h, --help" in once.out


def test_help_is_danish_unless_told(shell: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JOBSAMTALE_LANG")
    danish = shell("--help", env={"LANG": "en_US.UTF-8"})
    assert "Eksempel:" in danish.out
    assert "Example:" in shell("--lang", "en", "--help").out
    assert "Mente du citizen?" in shell("citzen").err


def test_version(run: Run) -> None:
    assert run("--version").out.startswith("jobsamtale 0.")
