"""The command line as a whole: global options, where the commands are, errors, the end of the process."""

import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import Annotated, Any

import typer
from typer.main import get_command

from jobsamtale_tui.cli.support import completion
from jobsamtale_tui.cli.support.failures import PROGRAM, report
from jobsamtale_tui.cli.support.options import key_option
from jobsamtale_tui.cli.support.typer_style import Root
from jobsamtale_tui.i18n import _

INTERRUPTED = 130
_CPR_DIGITS = 10


def run(arguments: list[str]) -> int:
    """Runs a command and returns its exit code; whatever goes wrong is one line on stderr."""
    _speak_utf8()
    if sum(map(str.isdigit, "".join(arguments))) >= _CPR_DIGITS:
        from jobsamtale_tui.cli.support.process_title import hide_cpr

        hide_cpr()
    try:
        code = _invoke(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go_of_stdout()
        return 0
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except Exception as error:
        if "--debug" in arguments:
            import traceback

            from jobsamtale_tui import texts

            sys.stderr.write(texts.without_cpr(traceback.format_exc()))
        return report(error)
    return code


def _invoke(arguments: list[str]) -> int:
    command = _command()
    try:
        if os.environ.get(completion.VARIABLE):
            completion.answer(command)
            return 0
        with command.make_context(PROGRAM, list(arguments)) as context:
            command.invoke(context)
    except typer.Exit as left:
        return left.exit_code
    except SystemExit as left:
        return left.code if isinstance(left.code, int) else int(left.code is not None)
    return 0


def _speak_utf8() -> None:
    """The same bytes whatever the locale; what cannot be written, as a file's name that is not UTF-8, is shown.

    A stream that was closed before the program began is one that nobody reads and nothing comes from.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - kept to the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _let_go_of_stdout() -> None:
    """Nobody reads any more: what is still in the buffer goes nowhere, so that the process ends quietly."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _places() -> dict[str, tuple[str, str]]:
    return {
        "open": ("run", _("Open the app at a citizen")),
        "demo": ("run", _("Open the app on a demo caseload; nothing is kept")),
        "note": ("notes", _("The journal note of a session")),
        "graph": ("notes", _("A citizen's progress as a graph")),
        "print": ("printing", _("Pages for many citizens, to print")),
        "search": ("search", _("Find words in all notes")),
        "lint": ("lint", _("What could be plainer in a note before others read it")),
        "prepare": ("prepare", _("What to know before a session, and what could be talked about")),
        "contact": ("contacts", _("Who is due for contact when, and the rule behind a date")),
        "citizen": ("citizens", _("List citizens, show one")),
        "session": ("sessions", _("List sessions, show one")),
        "agreement": ("agreements", _("Agreements on indicators: list, show, export")),
        "indicator": ("indicators", _("The indicators: list, show, export, import, check")),
        "reflection": ("reflections", _("Your own looks back on sessions")),
        "guide": ("guide", _("The kinds of session; a check of your own guide")),
        "report": ("reports", _("Counts over many citizens: who rose, fell or stayed")),
        "labour": ("labour", _("What is known of the labour market: list, import")),
        "import": ("exchange", _("Read exchange files into the database")),
        "export": ("exchange", _("Write records for other programs")),
        "consumer": ("consumers", _("Who fetches what is new, and what they have had: list, forget")),
        "schema": ("about", _("What an exchange record looks like, as JSON Schema")),
        "db": ("db", _("The database: info, upgrade, check, backup, restore")),
        "keys": ("about", _("Every command of the app and its keys")),
        "config": ("about", _("The settings, and where they come from")),
        "doctor": ("about", _("What about this terminal, database and machine could bite")),
    }


def _command() -> Any:
    app = typer.Typer(
        cls=Root,
        help=_(
            "Job conversations from the keyboard. Without a command it opens the app; the commands below are"
            " for scripts and for a quick look. Global options stand before the command."
        ),
        epilog=f"{PROGRAM}\n{PROGRAM} demo\n{PROGRAM} --db team.db citizen list --search mette",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        invoke_without_command=True,
        subcommand_metavar=_("[COMMAND …]"),
        context_settings={"help_option_names": ["--help", "-h"]},
    )
    app.callback()(_global_options)
    command: Any = get_command(app)
    command.name = PROGRAM
    command.places = _places()
    completion.in_our_words(command)
    return command


def _global_options(
    context: typer.Context,
    *,
    db: Annotated[
        str | None,
        typer.Option("--db", metavar=_("PATH|URL"), help=_("The database, in place of your own (JOBSAMTALE_DB)")),
    ] = None,
    user: Annotated[
        str | None,
        key_option("--user", "caseworker", _("Who acts: a caseworker's key (JOBSAMTALE_USER)")),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option("--lang", metavar="da|en", help=_("The language on the screen (JOBSAMTALE_LANG)")),
    ] = None,
    read_only: Annotated[
        bool | None, typer.Option("--read-only", help=_("Look, change nothing (JOBSAMTALE_READ_ONLY)"))
    ] = None,
    data: Annotated[
        str | None,
        typer.Option(
            "--data",
            metavar=_("FOLDER"),
            help=_("Your own indicators and templates, in place of those that ship (JOBSAMTALE_DATA)"),
        ),
    ] = None,
    debug: Annotated[
        bool, typer.Option("--debug", help=_("Where something goes wrong, say where in the program"))
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", help=_("Say which version this is, and of which schema"))
    ] = False,
) -> None:
    del debug
    from jobsamtale_tui.cli.support.context import CommandContext

    context.obj = CommandContext({"db": db, "user": user, "lang": lang, "read_only": read_only or None, "data": data})
    if version:
        from importlib.metadata import version as version_of

        from jobsamtale_tui.store.sqlite.database import REVISIONS

        sys.stdout.write(f"{PROGRAM} {version_of('jobsamtale-tui')} (schema {REVISIONS[-1]})\n")
        raise typer.Exit
    if context.invoked_subcommand is None:
        from jobsamtale_tui.cli.run import open_app

        raise typer.Exit(open_app(context.obj))
