"""Every command and everything that it takes, as the command line itself has them."""

from collections.abc import Iterator
from typing import Any

from jobsamtale_tui.cli.main import _command

GIVEN = {
    "open": "x-1",
    "note": "x-før",
    "graph": "x-1",
    "search": "a",
    "prepare": "x-1",
    "contact explain": "x-1",
    "citizen show": "x-1",
    "citizen steps": "x-1",
    "session show": "x-nu",
    "session ics": "x-gruppe",
    "session message": "x-gruppe",
    "agreement show": "x-1",
    "indicator show": "fjendtlig",
    "indicator import": "missing.toml",
    "indicator check": "missing.toml",
    "labour import": "missing.csv",
    "import": "missing.jsonl",
    "export": "all",
    "consumer forget": "nobody",
    "db backup": "copy.db",
    "db restore": "missing.db",
}
"""What a command has to be given, for `hostile.caseload`."""
BETTER_GIVEN = {"lint": "x-før x-nu", "indicator export": "fjendtlig", "schema": "session"}
"""What a command need not be given, and shows more with."""
CHANGES = {
    *("open", "demo", "import", "indicator import", "labour import", "consumer forget"),
    *("guide check", "indicator check", "db upgrade", "db backup", "db restore"),
}
"""The commands that show no record; all others do."""


def commands() -> Iterator[tuple[str, Any]]:
    """Every command by its words."""
    root = _command()
    context = root.make_context("x", [], resilient_parsing=True)

    def below(command: Any, words: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
        if not hasattr(command, "list_commands"):
            yield " ".join(words), command
            return
        for name in command.list_commands(context):
            yield from below(command.get_command(context, name), (*words, name))

    yield from below(root, ())


def values() -> Iterator[tuple[str, list[str]]]:
    """Every argument and every option with a value: its command and name, and a line with `{}` in its place."""
    for words, command in commands():
        given = GIVEN.get(words, "")
        for one in command.params:
            if type(one).__name__ == "TyperArgument":
                yield f"{words} {one.name}", [*words.split(), "{}"]
            elif not one.is_flag:
                name = one.opts[-1]
                yield f"{words} {name}", [*words.split(), *given.split(), name, "{}"]
    for one in _command().params:
        if not one.is_flag:
            yield one.opts[-1], [one.opts[-1], "{}", "citizen", "list"]


def formats() -> Iterator[list[str]]:
    """Every command that shows records, in each of its formats."""
    for words, command in commands():
        if words in CHANGES:
            continue
        known: list[str] = next((one.metavar.split("|") for one in command.params if "--format" in one.opts), [])
        line = [*words.split(), *(GIVEN | BETTER_GIVEN).get(words, "").split()]
        yield line
        for form in known:
            yield [*line, "--format", form]
