"""How commands are found, imported when asked for, and how their help looks: plain, in our own words."""

import inspect
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup
from typer.main import get_command_from_info, get_group

from jobsamtale_tui.i18n import _


def noun(summary: str, example: str) -> typer.Typer:
    """A group of commands on one noun, such as `citizen`."""
    return typer.Typer(
        cls=Group,
        help=summary,
        epilog=example,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        subcommand_metavar=_("COMMAND …"),
    )


def verbs() -> typer.Typer:
    """A module's commands that stand directly under `jobsamtale`."""
    return typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


class _Help:
    """Help as plain text; the example stands last and is never wrapped."""

    def get_help_option(self, context: Any) -> Any:
        """The option --help, described in our own words."""
        option = super().get_help_option(context)  # type: ignore[misc]
        if option is not None:
            option.help = _("Show this help")
        return option

    def format_usage(self, context: Any, formatter: Any) -> None:
        """The line that shows how the command is written."""
        pieces = " ".join(self._pieces(context))
        formatter.write_usage(context.command_path, pieces, prefix=_("Usage: "))

    def _pieces(self, context: Any) -> list[str]:
        found = [_("[OPTIONS]")]
        for parameter in self.get_params(context):  # type: ignore[attr-defined]
            if isinstance(parameter, TyperArgument):
                name = parameter.make_metavar(context)
                found.append(name if parameter.required or name.startswith("[") else f"[{name}]")
        if isinstance(self, TyperGroup):
            found.append(self.subcommand_metavar)
        return found

    def format_options(self, context: Any, formatter: Any) -> None:
        """Arguments and options, with their own words alone."""
        arguments, options = [], []
        for parameter in self.get_params(context):  # type: ignore[attr-defined]
            if parameter.hidden:
                continue
            if isinstance(parameter, TyperArgument):
                arguments.append((parameter.make_metavar(context), parameter.help or ""))
            else:
                names = ", ".join(sorted([*parameter.opts, *parameter.secondary_opts], key=len))
                value = "" if parameter.is_flag else f" {parameter.make_metavar(context)}"
                options.append((f"{names}{value}", parameter.help or ""))
        for heading, rows in ((_("Arguments"), arguments), (_("Options"), options)):
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows)

    def format_epilog(self, context: Any, formatter: Any) -> None:  # noqa: ARG002
        """The example."""
        example = inspect.cleandoc(self.epilog or "")  # type: ignore[attr-defined]
        if example:
            with formatter.section(_("Example")):
                for line in example.splitlines():
                    formatter.write(f"  {line}\n")

    def format_help(self, context: Any, formatter: Any) -> None:
        """The whole help."""
        self.format_usage(context, formatter)
        self.format_help_text(context, formatter)  # type: ignore[attr-defined]
        self.format_options(context, formatter)
        self.format_epilog(context, formatter)


class Command(_Help, TyperCommand):
    """A command whose help is plain text."""


class Group(_Help, TyperGroup):
    """A noun; an unknown command under it is refused with the nearest known one."""

    def format_options(self, context: Any, formatter: Any) -> None:
        """Options, then the commands with a line each."""
        super().format_options(context, formatter)
        rows = self.summaries(context)
        if rows:
            with formatter.section(_("Commands")):
                formatter.write_dl(rows)

    def summaries(self, context: Any) -> list[tuple[str, str]]:
        """The commands and what they do, in a line each."""
        found = [(name, self.get_command(context, name)) for name in self.list_commands(context)]
        return [(name, command.get_short_help_str(70)) for name, command in found if command is not None]

    def resolve_command(self, context: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """The command that the first of `args` names; raises UsageError where there is none."""
        found = self.get_command(context, args[0])
        if found is None and not context.resilient_parsing:
            from jobsamtale_tui.cli.support.failures import no_such_command

            raise no_such_command(args[0], context.command_path, self.list_commands(context))
        return (args[0] if found else None), found, args[1:]


class Root(Group):
    """`jobsamtale` itself: a command's module is imported when that command is asked for."""

    places: dict[str, tuple[str, str]]
    """The module of each command, and what it does in a line."""

    def list_commands(self, context: Any) -> list[str]:  # noqa: ARG002
        """The names of all commands."""
        return list(self.places)

    def summaries(self, context: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        """The commands and what they do, in a line each."""
        return [(name, summary) for name, (_place, summary) in self.places.items()]

    def get_command(self, context: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """The command of this name, or None."""
        if cmd_name not in self.places:
            return None
        if cmd_name not in self.commands:
            self.commands[cmd_name] = _made(cmd_name, self.places[cmd_name][0])
        return self.commands[cmd_name]


def _made(name: str, place: str) -> Any:
    module = import_module(f"jobsamtale_tui.cli.{place}")
    nouns = getattr(module, "NOUNS", {})
    if name in nouns:
        group = get_group(nouns[name])
        group.name = name
        return group
    info = next(info for info in module.app.registered_commands if info.name == name)
    return get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)
