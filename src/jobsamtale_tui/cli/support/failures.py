"""What goes wrong, as one line on stderr and an exit code."""

import difflib
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from typer.core import TyperGroup
from typer.exceptions import TyperException

from jobsamtale_tui.errors import ImportRefusedError, JobsamtaleError, NotFoundError, UsageError
from jobsamtale_tui.i18n import _

PROGRAM = "jobsamtale"
_LONGEST = 2000
"""Characters of a line: nobody reads more, and what to do next stands at its end."""


def report(error: BaseException) -> int:
    """Says on stderr what went wrong, in one line (a refused file: first a line a fault); the exit code."""
    said = as_ours(error)
    lines = [*said.lines] if isinstance(said, ImportRefusedError) else []
    with suppress(OSError, ValueError):
        for line in [*lines, f"{PROGRAM}: {said}"]:
            sys.stderr.write(f"{_on_one_line(line)}\n")
        sys.stderr.flush()
    return said.exit_code


def _on_one_line(text: str) -> str:
    """As a terminal may be shown it and a log may keep it: whatever is named in it, no CPR number is."""
    from jobsamtale_tui import texts

    line = texts.shown(" ".join(texts.without_cpr(text).splitlines()))
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST // 2]} … {line[-_LONGEST // 2 :]}"


def as_ours(error: BaseException) -> JobsamtaleError:
    """The error as a finished sentence; an unforeseen one says its kind alone, not its text."""
    if isinstance(error, JobsamtaleError):
        return error
    if isinstance(error, TyperException):
        return _usage(error)
    if isinstance(error, OSError) and error.filename is not None:
        return JobsamtaleError(
            _("{path} cannot be used: {why}").format(path=os.fsdecode(error.filename), why=error.strerror),
            _("Check the path and your rights to it"),
        )
    if isinstance(error, OSError):
        return JobsamtaleError(
            _("It could not be written or read to the end: {why}").format(why=error.strerror or error),
            _("Check that there is room where it goes"),
        )
    return JobsamtaleError(
        _("Something went wrong inside the program ({kind})").format(kind=type(error).__name__),
        _("Run it again with --debug before the command, and send what it says to those who maintain it"),
    )


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The one of `known` that is most like `name`, if any is."""
    return next(iter(difflib.get_close_matches(name, list(known), 1)), None)


def one_of(name: str, known: Iterable[str]) -> str:
    """A hint: the nearest known name, or all of them."""
    known = list(known)
    near = nearest(name, known)
    if near:
        return _("Did you mean {near}?").format(near=near)
    return _("Choose one of: {names}").format(names=", ".join(known))


def no_such_command(name: str, path: str, known: Iterable[str]) -> UsageError:
    """`jobsamtale citzen`: refused, with the nearest command."""
    return UsageError(_("{path} has no command {name}").format(path=path, name=name), one_of(name, known))


def not_found(sentence: str, listing: str) -> NotFoundError:
    """What was named is not there; `listing` is the command that shows what is."""
    return NotFoundError(sentence, _("See {command}").format(command=listing))


def _usage(error: TyperException) -> UsageError:
    context: Any = getattr(error, "ctx", None)
    path = context.command_path if context else PROGRAM
    hint = _("See {command}").format(command=f"{path} --help")
    parameter: Any = getattr(error, "param", None)
    option = getattr(error, "option_name", "?")
    match type(error).__name__:
        case "NoSuchOption":
            return _no_such_option(error, context, path, hint)
        case "MissingParameter":
            sentence = _("{path} needs {name}").format(path=path, name=parameter.make_metavar(context))
        case "BadOptionUsage" if "does not take" in error.message:
            sentence = _("The option {option} takes no value").format(option=option)
        case "BadOptionUsage":
            sentence = _("The option {option} needs a value").format(option=option)
        case "BadParameter":
            name = "/".join(parameter.opts) if parameter else "?"
            sentence = _("{name} has a value that it cannot use").format(name=name)
        case _ if context and isinstance(context.command, TyperGroup):
            sentence = _("{path} needs a command").format(path=path)
            hint = _("Choose one of: {names}").format(names=", ".join(context.command.list_commands(context)))
        case _:
            sentence = _("{path} was given more than it takes").format(path=path)
    return UsageError(sentence, hint)


def _no_such_option(error: Any, context: Any, path: str, hint: str) -> UsageError:
    option = error.option_name
    if context and context.parent:
        root = context.find_root()
        if any(option in parameter.opts for parameter in root.command.get_params(root)):
            return UsageError(
                _("The option {option} stands before the command").format(option=option),
                _("Write {program} {option} … {command} …").format(
                    program=PROGRAM, option=option, command=path.removeprefix(f"{PROGRAM} ")
                ),
            )
    if error.possibilities:
        hint = _("Did you mean {near}?").format(near=error.possibilities[0])
    return UsageError(_("{path} has no option {option}").format(path=path, option=option), hint)
