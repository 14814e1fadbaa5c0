"""`keys`, `schema`, `config` and `doctor`: the program about itself."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from jobsamtale_tui.cli.support.context import command_context
from jobsamtale_tui.cli.support.options import Listed, choice, named
from jobsamtale_tui.cli.support.typer_style import Command, noun, verbs
from jobsamtale_tui.i18n import _

app = verbs()
config = noun(_("The settings: what they are and where they come from."), "jobsamtale config show")
NOUNS = {"config": config}
KINDS = (
    "unit",
    "caseworker",
    "indicator",
    "citizen",
    "profile",
    "agreement",
    "job_goal",
    "application",
    "activity",
    "opening",
    "session",
    "reflection",
)


@app.command(
    "keys",
    cls=Command,
    help=_("Every command of the app: its keys, what it does, where."),
    epilog="jobsamtale keys\njobsamtale keys --format md > keys.md",
)
def keys(
    context: typer.Context,
    form: Annotated[str, choice("--format", ("table", "json", "md"), _("How to write it"))] = "table",
) -> None:
    """Prints the registry."""
    from jobsamtale_tui.cli.support import output
    from jobsamtale_tui.tui.commands import keymap, registry

    remapped = keymap.checked_keymap(command_context(context).settings.keys)
    found = registry.documents(remapped)
    if form == "json":
        output.write_json(found)
        return
    headings = [_("Command"), _("Keys"), _("What it does"), _("Where")]
    rows = [_row(one, registry.shown_key) for one in found]
    if form == "table":
        output.table(headings, rows)
        return
    for cells in (headings, ["---"] * len(headings), *([_in_markdown(cell) for cell in row] for row in rows)):
        output.write(f"| {' | '.join(cells)} |")


def _row(one: Mapping[str, Any], shown: Any) -> list[str]:
    label, where = str(one["label"]), str(one["where"])
    return [one["id"], ", ".join(shown(key) for key in one["keys"]), _(label), _(where)]


def _in_markdown(cell: str) -> str:
    return "".join(f"\\{letter}" if letter in "\\|<>*_`" else letter for letter in cell)


@app.command(
    "schema",
    cls=Command,
    help=_("The JSON Schema of an exchange record, or of them all."),
    epilog="jobsamtale schema session\njobsamtale schema > exchange.schema.json",
)
def schema(
    kind: Annotated[str | None, named(_("KIND"), KINDS, _("The kind of record"))] = None,
) -> None:
    """Prints a schema."""
    from jobsamtale_tui.casework.format import reading as exchange_format
    from jobsamtale_tui.cli.support import output

    output.write_json(exchange_format.schema(kind))


@config.command(
    "show",
    cls=Command,
    help=_("Every setting, its value and where that comes from."),
    epilog="jobsamtale config show\njobsamtale config show --format json",
)
def show_config(context: typer.Context, form: Listed = "table") -> None:
    """Prints the settings."""
    from jobsamtale_tui import settings
    from jobsamtale_tui.cli.support import output

    found = command_context(context).settings
    values = {name: getattr(found, name) for name in settings.NAMES}
    if form == "json":
        output.write_json(
            [
                {
                    "name": name,
                    "value": dict(value) if isinstance(value, Mapping) else value,
                    "origin": found.origin[name],
                }
                for name, value in values.items()
            ]
        )
        return
    output.table(
        [_("Setting"), _("Value"), _("Comes from")],
        [[name, _value(value), _origin(found.origin[name])] for name, value in values.items()],
    )


def _value(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return "; ".join(f"{name} = {keys}" for name, keys in value.items()) or "-"
    return "-" if value is None else str(value)


def _origin(origin: str) -> str:
    return _("default") if origin == "default" else origin


@config.command(
    "path",
    cls=Command,
    help=_("Where the configuration file is, or would be."),
    epilog="jobsamtale config path",
)
def config_path() -> None:
    """Prints a path."""
    from jobsamtale_tui import settings
    from jobsamtale_tui.cli.support import output

    output.write(str(settings.config_path()))


@app.command(
    "doctor",
    cls=Command,
    help=_("What about this terminal, database and machine could bite, and what to do about it."),
    epilog="jobsamtale doctor\njobsamtale doctor --format json",
)
def doctor(context: typer.Context, form: Listed = "table") -> None:
    """Prints findings."""
    from jobsamtale_tui.cli.doctor import examine
    from jobsamtale_tui.cli.support import output

    found = examine(command_context(context))
    if form == "json":
        output.write_json([{"what": one.what, "ok": one.ok, "found": one.found, "do": one.do} for one in found])
        return
    for one in found:
        mark = _("ok") if one.ok else _("attention")
        output.write(f"{mark:9} {one.what}: {one.found}" + (f". {one.do}." if one.do else ""))
