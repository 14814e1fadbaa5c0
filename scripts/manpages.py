"""docs/man, manual pages made from the code: `jobsamtale` and each command. `update` writes them, `check` compares."""

import argparse
import inspect
import os
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from textwrap import wrap
from typing import Any

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "man"
ELSEWHERE = {
    "EDITOR": "The editor for a text field, where VISUAL is not set.",
    "ESCDELAY": "How many milliseconds the app waits for the rest of a key; over SSH 500 where it is not set.",
    "NO_COLOR": "Where it is set and not empty: no colour.",
    "TERM": "The kind of terminal. The app refuses dumb.",
    "VISUAL": "The editor for a text field.",
    "XDG_CONFIG_HOME": "Where the configuration lies, in place of ~/.config.",
    "XDG_DATA_HOME": "Where the database lies, in place of ~/.local/share.",
}
FILES = {
    "$XDG_CONFIG_HOME/jobsamtale/config.toml": "The settings. jobsamtale config path says where it is.",
    "$XDG_DATA_HOME/jobsamtale/jobsamtale.db": "The database, where --db or a setting does not name another.",
    "jobsamtale.db-wal, jobsamtale.db-shm": "A part of the database while it is in use. Never remove them by hand.",
    "jobsamtale.db.REVISION.bak": "The database as it was before an upgrade to a newer version of the program.",
    "jobsamtale.db.TIME.replaced": "The database that jobsamtale db restore put a copy in the place of.",
    ".jobsamtale.db.*.lock": "One run at a time for a consumer of export --new. Empty; may be there after a kill.",
}


def pages() -> dict[str, str]:
    """The name of each page and its text. The language is English before the commands are imported."""
    for name in [name for name in os.environ if name.startswith("JOBSAMTALE_")]:
        del os.environ[name]
    from jobsamtale_tui import i18n

    i18n.use("en")
    from scripts.reference import _root

    root = _root()
    context = _context(root, "jobsamtale", None)
    found = {"jobsamtale.1": _written(_front(root, context))}
    for name, summary in root.summaries(context):
        command = root.get_command(context, name)
        found[f"jobsamtale-{name}.1"] = _written(_command(command, name, summary, context))
    return found


def _context(command: Any, name: str, parent: Any) -> Any:
    return command.context_class(command, info_name=name, parent=parent, **command.context_settings)


def _written(lines: Iterator[str]) -> str:
    return "\n".join(lines) + "\n"


def _front(root: Any, context: Any) -> Iterator[str]:
    yield from _head("jobsamtale", "job conversations from the keyboard")
    yield ".SH SYNOPSIS"
    yield from _synopsis(root, context)
    yield from _about(root, context)
    yield ".SH COMMANDS"
    for name, summary in root.summaries(context):
        yield from _tagged(f"\\fBjobsamtale\\-{_text(name)}\\fR(1)", summary)
    yield ".SH ENVIRONMENT"
    for name, said in sorted({**_variables(), **ELSEWHERE}.items()):
        yield from _tagged(_bold(name), said)
    yield ".SH FILES"
    for name, said in FILES.items():
        yield from _tagged(_italic(name), said)
    yield from _exit_status()
    yield from _examples(root)
    yield ".SH SEE ALSO"
    names = [f"\\fBjobsamtale\\-{_text(name)}\\fR(1)" for name in root.list_commands(context)]
    yield ",\n".join(names)


def _command(command: Any, name: str, summary: str, parent: Any) -> Iterator[str]:
    context = _context(command, name, parent)
    yield from _head(f"jobsamtale-{name}", summary[:1].lower() + summary[1:])
    children = [(child, command.get_command(context, child)) for child in _children(command, context)]
    yield ".SH SYNOPSIS"
    if children:
        for place, (child, one) in enumerate(children):
            yield from [".br"] if place else []
            yield from _synopsis(one, _context(one, child, context))
    else:
        yield from _synopsis(command, context)
    yield from _about(command, context)
    if children:
        yield ".SH COMMANDS"
    for child, one in children:
        yield f".SS jobsamtale {_text(name)} {_text(child)}"
        yield from _about(one, _context(one, child, context), headings=False)
    yield from _exit_status()
    yield ".SH ENVIRONMENT AND FILES"
    yield "See\n.BR jobsamtale (1)."
    yield from _examples(command, *(one for _child, one in children))
    yield ".SH SEE ALSO"
    yield ".BR jobsamtale (1)"


def _children(command: Any, context: Any) -> list[str]:
    return list(command.list_commands(context)) if hasattr(command, "list_commands") else []


def _head(name: str, summary: str) -> Iterator[str]:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    yield '.\\" Made from the code by scripts/manpages.py; changes are made there.'
    yield f'.TH {_text(name).upper()} 1 "{_released()}" "jobsamtale {_text(version)}" "jobsamtale"'
    yield ".SH NAME"
    yield f"{_text(name)} \\- {_text(summary)}"


def _released() -> str:
    """The day of the newest release in the changelog; nothing before the first."""
    found = re.search(
        r"^## \[[0-9.]+\] - (\d{4}-\d{2}-\d{2})", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )
    return found[1] if found else ""


def _synopsis(command: Any, context: Any) -> Iterator[str]:
    words = [f"\\fI{_text(piece)}\\fR" for piece in command._pieces(context)]
    yield " ".join([_bold(context.command_path), *words])


def _about(command: Any, context: Any, *, headings: bool = True) -> Iterator[str]:
    """What a command does, then its arguments and options; under a heading each unless it is a part of a page."""
    if headings:
        yield ".SH DESCRIPTION"
    yield _paragraph(command.help or "")
    arguments, options = [], []
    for parameter in command.get_params(context):
        if parameter.hidden:
            continue
        value = parameter.make_metavar(context)
        if parameter.param_type_name == "argument":
            arguments.append((_italic(value), parameter.help or ""))
        else:
            names = ", ".join(_bold(name) for name in sorted([*parameter.opts, *parameter.secondary_opts], key=len))
            options.append((names if parameter.is_flag else f"{names} {_italic(value)}", parameter.help or ""))
    for heading, rows in (("ARGUMENTS", arguments), ("OPTIONS", options)):
        if rows and headings:
            yield f".SH {heading}"
        for term, said in rows:
            yield from _tagged(term, said)


def _variables() -> dict[str, str]:
    from jobsamtale_tui import settings
    from scripts.reference import _attribute_docs

    said = _attribute_docs(settings.Settings)
    names = [one.name for one in fields(settings.Settings) if one.name in settings.NAMES]
    return {settings.variable(name): said[name] for name in names if name not in settings.FILE_ONLY}


def _exit_status() -> Iterator[str]:
    from scripts.reference import exit_codes

    yield ".SH EXIT STATUS"
    for code, said in exit_codes().items():
        yield from _tagged(_bold(str(code)), said)


def _examples(*commands: Any) -> Iterator[str]:
    yield ".SH EXAMPLES"
    yield ".EX"
    lines = (line for command in commands for line in inspect.cleandoc(command.epilog or "").splitlines())
    yield from map(_line, dict.fromkeys(lines))
    yield ".EE"


def _tagged(term: str, said: str) -> Iterator[str]:
    yield ".TP"
    yield term
    yield _paragraph(said) or "\\&"


def _bold(text: str) -> str:
    return f"\\fB{_text(text)}\\fR"


def _italic(text: str) -> str:
    return f"\\fI{_text(text)}\\fR"


def _paragraph(text: str) -> str:
    """Running text in short lines, a sentence beginning on a line of its own, as the format wants it."""
    sentences = re.split(r"(?<=[.?!]) ", " ".join(text.split()))
    lines = (line for one in sentences for line in wrap(one, 72, break_on_hyphens=False, break_long_words=False))
    return "\n".join(map(_line, lines))


def _line(text: str) -> str:
    """A line of text that is no command of the format, whatever it begins with."""
    made = _text(text)
    return f"\\&{made}" if made.startswith((".", "'")) else made


def _text(text: str) -> str:
    special = {"\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti", '"': "\\(dq"}
    return "".join(special.get(one, one if one.isascii() else f"\\[u{ord(one):04X}]") for one in text)


def main() -> int:
    """The command; exit code 1 where `check` finds a difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("update", "check"))
    made = pages()
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.1")}
    if parser.parse_args().what == "update":
        FOLDER.mkdir(parents=True, exist_ok=True)
        for name in there.keys() - made.keys():
            (FOLDER / name).unlink()
        for name, text in made.items():
            (FOLDER / name).write_text(text, encoding="utf-8")
        return 0
    if there == made:
        return 0
    wrong = sorted(name for name in there.keys() | made.keys() if there.get(name) != made.get(name))
    sys.stderr.write(f"manpages: not what the code says: {', '.join(wrong)}. Run make format.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
