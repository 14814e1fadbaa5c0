"""Completion for bash, zsh and fish: put in place, and answered; Typer knows the shells."""

from contextlib import suppress
from typing import Any

from jobsamtale_tui.errors import UsageError
from jobsamtale_tui.i18n import _

PROGRAM = "jobsamtale"
VARIABLE = "_JOBSAMTALE_COMPLETE"
SHELLS = ("bash", "zsh", "fish")


def in_our_words(command: Any) -> None:
    """Gives Typer's two options for completion our words and our errors."""
    ours = {
        "install_completion": (_("Have the shell that is running complete commands and keys"), _install),
        "show_completion": (_("Print what the shell needs for that, to put it in place by hand"), _show),
    }
    for parameter in command.params:
        if parameter.name in ours:
            parameter.help, parameter.callback = ours[parameter.name]


def answer(command: Any) -> None:
    """Answers the shell's question; one that cannot be answered is met with silence."""
    from typer import _completion_classes as classes

    classes._sanitize_help_text = str  # type: ignore[assignment] # its own imports Rich to look for markup
    with suppress(Exception):
        command.main([], PROGRAM, complete_var=VARIABLE, standalone_mode=False)


def _show(context: Any, _parameter: Any, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        import sys

        from typer._completion_shared import get_completion_script

        script = get_completion_script(prog_name=PROGRAM, complete_var=VARIABLE, shell=_shell())
        sys.stdout.write(f"{script}\n")
        context.exit()


def _install(context: Any, _parameter: Any, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        from typer._completion_shared import install

        from jobsamtale_tui.cli.support.context import say

        shell, path = install(_shell(), PROGRAM, VARIABLE)
        say(
            _("Completion for {shell} lies in {path}; it works in the next terminal that you open").format(
                shell=shell, path=path
            )
        )
        context.exit()


def _shell() -> str:
    from typer._completion_shared import _get_shell_name

    name = _get_shell_name()
    if name not in SHELLS:
        raise UsageError(
            _("Completion is there for bash, zsh and fish, not for {shell}").format(
                shell=name or _("an unknown shell")
            ),
            _("Run this from one of them"),
        )
    return name
