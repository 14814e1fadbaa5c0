"""`indicator`: the catalogue that ships and every version in the database."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jobsamtale_tui.cli.context import here, say
from jobsamtale_tui.cli.failures import not_found
from jobsamtale_tui.cli.options import Listed, Output, keys_of, read_key
from jobsamtale_tui.cli.shape import Command, noun
from jobsamtale_tui.errors import ImportRefusedError
from jobsamtale_tui.i18n import _

if TYPE_CHECKING:
    from jobsamtale_tui.records import Indicator

app = noun(_("Indicators: list, show, export, check."), "jobsamtale indicator list")
NOUNS = {"indicator": app}
_KEY = {
    "metavar": _("KEY"),
    "help": _("The indicator's key"),
    "parser": read_key,
    "autocompletion": keys_of("indicator"),
}


def _everything(context: typer.Context) -> "list[tuple[Indicator, str]]":
    from jobsamtale_tui.casework import indicators

    with here(context).reading() as connection:
        return list(indicators.everything(connection))


def _of_key(context: typer.Context, key: str) -> "list[tuple[Indicator, str]]":
    found = [(one, origin) for one, origin in _everything(context) if one.key == key]
    if not found:
        raise not_found(_("There is no indicator {key}").format(key=key), "jobsamtale indicator list")
    return found


@app.command(
    "list",
    cls=Command,
    help=_("Every version in the database, and the indicators of the catalogue that are not used yet."),
    epilog="jobsamtale indicator list\njobsamtale indicator list --format json",
)
def list_indicators(context: typer.Context, form: Listed = "table") -> None:
    """Prints a list."""
    from jobsamtale_tui.cli import output
    from jobsamtale_tui.cli.words import word
    from jobsamtale_tui.records import as_document

    found = _everything(context)
    if form == "json":
        output.write_json([as_document(one) for one, _origin in found])
        return
    language = here(context).settings.lang
    output.table(
        [_("Key"), _("Version"), _("Name"), _("Area"), _("Scale"), _("Status"), _("Where")],
        [
            [
                one.key,
                str(one.version),
                one.name.say(language),
                one.area or "",
                f"{one.scale.min}-{one.scale.max}",
                _("draft") if one.status == "draft" else word(one.status),
                _("database") if origin == "database" else _("catalogue"),
            ]
            for one, origin in found
        ],
    )


@app.command(
    "show",
    cls=Command,
    help=_("One indicator: its question and the texts of its levels. The newest version, unless one is named."),
    epilog="jobsamtale indicator show jobtro\njobsamtale indicator show jobtro --version 1 --format json",
)
def show_indicator(
    context: typer.Context,
    key: Annotated[str, typer.Argument(**_KEY)],
    version: Annotated[int | None, typer.Option("--version", metavar="N", help=_("This version"))] = None,
    form: Listed = "table",
) -> None:
    """Prints one."""
    from jobsamtale_tui.cli import output
    from jobsamtale_tui.records import as_document

    versions = [one for one, _origin in _of_key(context, key)]
    wanted = [one for one in versions if version is None or one.version == version]
    if not wanted:
        raise not_found(
            _("Indicator {key} has no version {version}").format(key=key, version=version),
            f"jobsamtale indicator show {key}",
        )
    found = max(wanted, key=lambda one: one.version)
    if form == "json":
        output.write_json(as_document(found))
        return
    output.facts(_facts(found, [one.version for one in versions], here(context).settings.lang))


def _facts(one: "Indicator", versions: list[int], language: str) -> list[tuple[str, str | None]]:
    from jobsamtale_tui import dates
    from jobsamtale_tui.cli.words import word

    levels = one.scale.levels or {}
    numbers = [str(number) for number in range(one.scale.min, one.scale.max + 1)]
    texts = [f"{number}: {levels[number].say(language)}" for number in numbers if number in levels]
    stages = [f"{stage.from_}-{stage.to}: {stage.name.say(language)}" for stage in one.scale.stages]
    return [
        (_("Name"), one.name.say(language)),
        (_("Key"), one.key),
        (_("Version"), f"{one.version} ({', '.join(str(number) for number in sorted(versions))})"),
        (_("Status"), _("draft") if one.status == "draft" else word(one.status)),
        (_("Area"), one.area),
        (_("Question"), one.question.say(language)),
        (_("Scale"), f"{one.scale.min}-{one.scale.max}"),
        (_("Levels"), "\n".join(texts)),
        (_("Stages"), "\n".join(stages)),
        (_("From"), dates.short_day(one.from_) if one.from_ else None),
        (_("Until"), dates.short_day(one.until) if one.until else None),
    ]


@app.command(
    "export",
    cls=Command,
    help=_("Indicators as TOML, written as the files of the catalogue are; all of them, or those named."),
    epilog="jobsamtale indicator export jobtro -o jobtro.toml",
)
def export_indicators(
    context: typer.Context,
    keys: Annotated[list[str] | None, typer.Argument(**{**_KEY, "metavar": _("[KEY]…")})] = None,
    output: Output = None,
) -> None:
    """Writes TOML."""
    from jobsamtale_tui.casework import indicators
    from jobsamtale_tui.cli.output import destination

    if keys:
        found = [one for key in dict.fromkeys(keys) for one, _origin in _of_key(context, key)]
    else:
        found = [one for one, _origin in _everything(context)]
    with destination(output) as stream:
        stream.write(indicators.to_toml(found))


@app.command(
    "check",
    cls=Command,
    help=_("Checks a file with indicators, and changes nothing."),
    epilog="jobsamtale indicator check data/indicators/jobtro.toml",
)
def check_indicators(
    file: Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("A TOML file with indicators"))],
) -> None:
    """Says what is wrong."""
    from jobsamtale_tui.casework import indicators

    faults = indicators.check_file(file)
    if faults:
        raise ImportRefusedError(
            _("{path} cannot be used as it is").format(path=file), faults, _("Mend what the lines above say")
        )
    say(_("{path} is in order").format(path=file))
