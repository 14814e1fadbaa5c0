"""`indicator`: the catalogue that ships and every version in the database."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jobsamtale_tui.cli.support.context import command_context, say, warn
from jobsamtale_tui.cli.support.failures import not_found
from jobsamtale_tui.cli.support.options import Listed, Output, choice, keys_of, read_key
from jobsamtale_tui.cli.support.typer_style import Command, noun
from jobsamtale_tui.errors import ImportRefusedError
from jobsamtale_tui.i18n import _

if TYPE_CHECKING:
    from jobsamtale_tui.records import Indicator

app = noun(_("Indicators: list, show, export, import, check."), "jobsamtale indicator list")
NOUNS = {"indicator": app}
_KEY = {
    "metavar": _("KEY"),
    "help": _("The indicator's key"),
    "parser": read_key,
    "autocompletion": keys_of("indicator"),
}


def _everything(context: typer.Context) -> "list[tuple[Indicator, str]]":
    from jobsamtale_tui.casework.indicators import families

    with command_context(context).reading() as connection:
        return list(families.everything(connection))


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
    from jobsamtale_tui.cli.support import output
    from jobsamtale_tui.cli.support.words import word
    from jobsamtale_tui.records import as_document

    found = _everything(context)
    if form == "json":
        output.write_json([as_document(one) for one, _origin in found])
        return
    language = command_context(context).settings.lang
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
    from jobsamtale_tui.cli.support import output
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
    output.facts(_facts(found, [one.version for one in versions], command_context(context).settings.lang))


def _facts(one: "Indicator", versions: list[int], language: str) -> list[tuple[str, str | None]]:
    from jobsamtale_tui import dates
    from jobsamtale_tui.cli.support.words import word

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
        (_("Why"), one.reason),
        (_("Real from"), _threshold(one)),
        (_("Old scores"), _conversion(one)),
    ]


def _threshold(one: "Indicator") -> str | None:
    change = one.reliable_change
    if change is None:
        return None
    given = {"": change.threshold, "SD ": change.sd, "r ": change.reliability}
    said = ", ".join(f"{name}{value:g}" for name, value in given.items() if value is not None)
    return f"{said} ({change.source})" if change.source else said


def _conversion(one: "Indicator") -> str | None:
    if one.converts is None:
        return None
    of = _("version {version}").format(version=one.converts.from_)
    levels = " ".join(f"{old}={new}" for old, new in (one.converts.levels or {}).items())
    return f"{of}: {levels or _('by share of the range')}"


@app.command(
    "export",
    cls=Command,
    help=_("Indicators in TOML, as the catalogue's files are, or in the exchange format; all of them, or those named."),
    epilog=(
        "jobsamtale indicator export jobtro -o jobtro.toml\n"
        "jobsamtale indicator export --format jsonl -o catalogue.jsonl"
    ),
)
def export_indicators(
    context: typer.Context,
    keys: Annotated[list[str] | None, typer.Argument(**{**_KEY, "metavar": _("[KEY]…")})] = None,
    form: Annotated[str, choice("--format", ("toml", "jsonl"), _("How to write it"))] = "toml",
    output: Output = None,
) -> None:
    """Writes indicators."""
    import json

    from jobsamtale_tui.casework.indicators import families
    from jobsamtale_tui.cli.support.output import destination
    from jobsamtale_tui.records import as_document

    if keys:
        found = [one for key in dict.fromkeys(keys) for one, _origin in _of_key(context, key)]
    else:
        found = [one for one, _origin in _everything(context)]
    with destination(output) as stream:
        if form == "toml":
            stream.write(families.to_toml(found))
        for one in found if form == "jsonl" else ():
            stream.write(json.dumps(as_document(one), ensure_ascii=False, separators=(",", ":")) + "\n")


@app.command(
    "import",
    cls=Command,
    help=_(
        "Takes in files with indicators, TOML or .jsonl, all of them or nothing. What changes is shown first. "
        "A changed meaning needs a version number of its own, a changed wording a reason."
    ),
    epilog=(
        "jobsamtale indicator import --dry-run jobtro.toml\n"
        'jobsamtale indicator import jobtro.toml --reason "Stavefejl i trin 3"'
    ),
)
def import_indicators(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar=_("FILE…"), help=_("Files with indicators"))],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Show what would change, and change nothing"))] = False,
    reason: Annotated[
        str | None,
        typer.Option("--reason", metavar=_("TEXT"), help=_("Why wordings are changed: kept with the versions")),
    ] = None,
) -> None:
    """Shows what changes, and changes it."""
    from jobsamtale_tui import texts
    from jobsamtale_tui.casework.indicators import files as indicator_files
    from jobsamtale_tui.cli.support.output import destination

    where = command_context(context)
    database = where.database()
    with database.connected() as connection:
        planned, faults = indicator_files.plan_all(connection, files, reason)
    if faults:
        raise ImportRefusedError(_("Nothing was taken in"), faults, _("Mend what the lines above say"))
    with destination(None) as stream:
        for one in planned:
            stream.writelines(f"{texts.shown(line)}\n" for line in indicator_files.told(one))
    if dry_run:
        warn(_("Nothing was changed: this was a dry run") + ".")
        return
    count = indicator_files.apply(database, where.actor(), planned)
    say(_("Versions taken in: {count}").format(count=count))


@app.command(
    "check",
    cls=Command,
    help=_("Checks a file with indicators, and changes nothing. What could be plainer is said and is no fault."),
    epilog="jobsamtale indicator check data/indicators/jobtro.toml",
)
def check_indicators(
    file: Annotated[Path, typer.Argument(metavar=_("FILE"), help=_("A file with indicators, TOML or .jsonl"))],
) -> None:
    """Says what is wrong."""
    from jobsamtale_tui.casework.indicators import files as indicator_files

    faults = indicator_files.check(file)
    for line in indicator_files.advice(file):
        warn(_("{line} (advice)").format(line=line))
    if faults:
        raise ImportRefusedError(
            _("{path} cannot be used as it is").format(path=file), faults, _("Mend what the lines above say")
        )
    say(_("{path} is in order").format(path=file))
