"""Arguments and options that several commands share: how their values are read, and what completes them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jobsamtale_tui.cli.support.failures import one_of
from jobsamtale_tui.errors import UsageError
from jobsamtale_tui.i18n import _

if TYPE_CHECKING:
    from jobsamtale_tui.store.questions.session_lists import SessionFilter

Completion = Callable[[typer.Context, str], list[str]]


def choice(name: str, known: tuple[str, ...], help_text: str) -> Any:
    """An option that takes one of `known`; another value is refused with the nearest."""

    def read(value: str) -> str:
        if value not in known:
            raise UsageError(_("{name} cannot be {value}").format(name=name, value=value or '""'), one_of(value, known))
        return value

    def complete(_context: typer.Context, incomplete: str) -> list[str]:
        return [value for value in known if value.startswith(incomplete)]

    return typer.Option(name, metavar="|".join(known), help=help_text, parser=read, autocompletion=complete)


def named(name: str, known: tuple[str, ...], help_text: str) -> Any:
    """An argument that takes one of `known`."""

    def read(value: str) -> str:
        if value not in known:
            raise UsageError(_("{name} cannot be {value}").format(name=name, value=value), one_of(value, known))
        return value

    def complete(_context: typer.Context, incomplete: str) -> list[str]:
        return [value for value in known if value.startswith(incomplete)]

    return typer.Argument(metavar=name, help=help_text, parser=read, autocompletion=complete)


def number(name: str, low: int, high: int, help_text: str) -> Any:
    """An option that takes a whole number from `low` to `high`."""

    def read(value: str | int) -> int:
        try:
            found = int(value)
        except ValueError:
            found = low - 1
        if not low <= found <= high:
            raise UsageError(
                _("{name} cannot be {value}").format(name=name, value=value),
                _("Give a whole number from {low} to {high}").format(low=low, high=high),
            )
        return found

    return typer.Option(name, metavar="N", help=help_text, parser=read)


def read_key(value: str) -> str:
    """What names or finds a record, with composed letters. It was typed in UTF-8 whatever Python took it for."""
    import os
    from unicodedata import normalize

    return normalize("NFC", os.fsencode(value).decode("utf-8", "replace"))


def read_past_day(value: str | date) -> date:
    """A day: ISO, or `1/6`, which without a year is the latest such day that is not ahead."""
    if isinstance(value, date):
        return value
    from datetime import timedelta

    from jobsamtale_tui import dates

    day = dates.read_day(value, dates.today() - timedelta(days=364))
    if day is None:
        raise UsageError(_("{value} is not a day").format(value=value), _("Write it as 2026-06-01, 1/6 or 1/6/2026"))
    return day


def keys_of(kind: str) -> Completion:
    """What completes a key of `kind`: those in the database that the command line names. Never fails."""

    def complete(context: typer.Context, incomplete: str) -> list[str]:
        try:
            return _keys(context, kind, incomplete)
        except Exception:  # a completion that cannot be made is none
            return []

    return complete


def _keys(context: typer.Context, kind: str, incomplete: str) -> list[str]:
    from jobsamtale_tui import settings, texts
    from jobsamtale_tui.store.questions import quick_reads
    from jobsamtale_tui.store.sqlite import database as sqlite_database

    given = context.find_root().params
    found = settings.load({name: given.get(name) for name in ("db", "lang", "data")})
    database = sqlite_database.Database.at(found.db, read_only=True)
    sqlite_database.check_rights(database.path)
    with database.connected() as connection:
        keys = quick_reads.keys_beginning(connection, kind, read_key(incomplete))
    return [key for key in keys if texts.without_cpr(key) == key]


def key_argument(name: str, kind: str, help_text: str) -> Any:
    """An argument that names a record of `kind`."""
    return typer.Argument(metavar=name, help=help_text, parser=read_key, autocompletion=keys_of(kind))


def key_option(name: str, kind: str, help_text: str) -> Any:
    """An option that names a record of `kind`."""
    return typer.Option(name, metavar=_("KEY"), help=help_text, parser=read_key, autocompletion=keys_of(kind))


TABLE_OR_JSON = choice("--format", ("table", "json"), _("How to write it"))
Listed = Annotated[str, TABLE_OR_JSON]
Output = Annotated[
    Path | None,
    typer.Option(
        "-o",
        "--output",
        metavar=_("FILE"),
        parser=lambda given: None if given == "-" else Path(given),
        help=_("Write to this file, whole or not at all"),
    ),
]
_day = {"metavar": _("DATE"), "parser": read_past_day}
Since = Annotated[date | None, typer.Option("--since", help=_("Of sessions held on this day or later"), **_day)]
Until = Annotated[date | None, typer.Option("--until", help=_("Of sessions held on this day or earlier"), **_day)]
OfCitizen = Annotated[str | None, key_option("--citizen", "citizen", _("Of this citizen"))]
OfCaseworker = Annotated[str | None, key_option("--caseworker", "caseworker", _("Of this caseworker"))]
OfUnit = Annotated[str | None, key_option("--unit", "unit", _("Of the caseworkers in this unit"))]


def session_filter(
    *,
    since: date | None,
    until: date | None,
    citizen: str | None,
    caseworker: str | None,
    unit: str | None,
    status: str | None = None,
) -> "SessionFilter":
    """The filter that the options ask for. Raises UsageError where no day can meet it."""
    from jobsamtale_tui.store.questions.session_lists import SessionFilter

    if since and until and until < since:
        raise UsageError(
            _("--until {until} is before --since {since}").format(until=until, since=since), _("Swap them")
        )
    return SessionFilter(since=since, until=until, citizen=citizen, caseworker=caseworker, unit=unit, status=status)
