"""Every `jobsamtale …` in the documentation is a command that is there, with those options and values."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from jobsamtale_tui import i18n
from jobsamtale_tui.errors import UsageError

i18n.use("en")
ROOT = Path(__file__).parents[2]
MADE = {"reference.md", "CHANGELOG.md"}
PAGES = sorted(
    path
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("docs/**/*.sh"))
    if path.name not in MADE
)
SHELLS = {"", "sh", "bash", "console", "shell"}
NOT_OURS = {
    "pipx",
    "pip",
    "python3",
    "python",
    "man",
    "rm",
    "command",
    "which",
    "apropos",
    "mkdir",
    "ls",
    "echo",
    "cp",
    "ln",
}
"""Programs that are told about `jobsamtale` rather than run it."""
STAND_IN = "2026-01-01"
"""In place of what the shell fills in: it can be a day, a key and the name of a file."""


def pieces(page: Path) -> Iterator[tuple[int, str]]:
    """What a reader may type: blocks of code, indented lines and code in running text, each with its line."""
    fence, joined, began = None, "", 0
    for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1):
        marked = re.match(r"\s*```(\w*)", line)
        if page.suffix == ".sh":
            code = line.strip()
        elif marked:
            fence = None if fence is not None else marked[1]
            continue
        elif fence is not None:
            code = line.strip().removeprefix("$ ") if fence in SHELLS else ""
        elif line.startswith("    "):
            code = line.strip().removeprefix("$ ")
        else:
            yield from ((number, one) for one in re.findall(r"`(jobsamtale [^`]+)`", line))
            continue
        began = began if joined else number
        if code.endswith("\\"):
            joined += code[:-1] + " "
            continue
        yield began, joined + code
        joined = ""


def calls(code: str) -> Iterator[list[str]]:
    """The words after each `jobsamtale` that this line runs."""
    code = re.sub(r"\$\(\(.*?\)\)|\$\([^()]*\)|\$\{[^}]*\}|\$\w+", lambda found: inner(found[0]), code)
    lexer = shlex.shlex(code.replace("\\%", "%"), posix=True, punctuation_chars="|&;()<>")
    lexer.whitespace_split = True
    lexer.commenters = "#"
    try:
        words = list(lexer)
    except ValueError:
        return
    segment: list[str] = []
    for word in [*words, ";"]:
        if set(word) <= set("|&;()<>"):
            yield from ours(segment)
            segment = ["rm"] if ">" in word or "<" in word else []
        else:
            segment.append(word)


def inner(found: str) -> str:
    return f"; {found[2:-1]} ;" if found.startswith("$(jobsamtale") else STAND_IN


def ours(segment: list[str]) -> Iterator[list[str]]:
    if segment and segment[0] not in NOT_OURS:
        for place, word in enumerate(segment):
            if word == "jobsamtale" or word.endswith("/bin/jobsamtale"):
                yield segment[place + 1 :]
                return


def all_calls() -> list[Any]:
    return [
        pytest.param(words, id=f"{page.relative_to(ROOT)}:{number}: {' '.join(words)}")
        for page in PAGES
        for number, code in pieces(page)
        for words in calls(code)
    ]


def root() -> Any:
    from jobsamtale_tui.cli.main import _command

    return _command()


def check(words: list[str]) -> None:
    """Raises what the command line itself raises for these words, without running the command."""
    command = root()
    context = command.context_class(command, info_name="jobsamtale", allow_interspersed_args=False)
    _values, rest, _order = command.make_parser(context).parse_args(list(words))
    while hasattr(command, "list_commands"):
        if not rest or rest[0] == "…":
            return
        name, command, rest = command.resolve_command(context, rest)
        context = command.context_class(command, info_name=name, parent=context, **command.context_settings)
    if "--help" not in rest and "-h" not in rest:
        try:
            command.make_context(context.info_name, list(rest), parent=context.parent)
        except UsageError as error:
            if STAND_IN not in error.sentence:
                raise


@pytest.mark.parametrize("words", all_calls())
def test_a_command_in_the_documentation_is_there(words: list[str]) -> None:
    check(words)


def examples(command: Any) -> Iterator[str]:
    yield from (command.epilog or "").splitlines()
    for name in command.list_commands(None) if hasattr(command, "list_commands") else ():
        yield from examples(command.get_command(None, name))


@pytest.mark.parametrize("line", list(examples(root())))
def test_an_example_of_the_help_is_there(line: str) -> None:
    found = list(calls(line))
    assert found
    for words in found:
        check(words)


@pytest.mark.parametrize(
    "line",
    [
        "jobsamtale citzen list",
        "jobsamtale export note",
        "jobsamtale export notes --sice 1/6",
        "jobsamtale export notes --since morgen",
        "jobsamtale export notes extra",
        "jobsamtale --dbb x citizen list",
        "cat x | jobsamtale import",
        'ssh host jobsamtale note "$KEY" --format pdf',
        "30 18 * * 1-5  jobsamtale export --new x",
        "svar=$(jobsamtale db resturo x)",
        "jobsamtale db backup",
    ],
)
def test_what_is_not_there_is_found(line: str) -> None:
    (words,) = calls(line)
    with pytest.raises(Exception, match=r"."):
        check(words)


def test_much_is_looked_at_and_nothing_that_is_no_command() -> None:
    assert len(all_calls()) > 60
    assert list(calls("pipx install jobsamtale")) == list(calls("rm -r ~/.config/jobsamtale")) == []
    assert list(calls("jobsamtale note x > /usr/bin/jobsamtale  # jobsamtale citzen")) == [["note", "x"]]
