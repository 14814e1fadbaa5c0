"""Commands that are known and come in a later version: they say so, and what to use until then."""

from typing import Annotated, NoReturn

from jobsamtale_tui.cli.options import key_argument
from jobsamtale_tui.cli.shape import Command, noun, verbs
from jobsamtale_tui.errors import UsageError
from jobsamtale_tui.i18n import _

app = verbs()
contact = noun(_("Who is due for contact when, and why. Comes in a later version."), "jobsamtale contact list")
NOUNS = {"contact": contact}
Citizen = Annotated[str, key_argument(_("CITIZEN"), "citizen", _("Key, case key or CPR number"))]


def _later(command: str, until_then: str) -> NoReturn:
    raise UsageError(
        _("{command} comes in a later version").format(command=f"jobsamtale {command}"),
        _("Until then use {command}").format(command=f"jobsamtale {until_then}"),
    )


@app.command(
    "prepare",
    cls=Command,
    help=_("What to know before a session. Comes in a later version."),
    epilog="jobsamtale prepare mette-holm",
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
)
def prepare(citizen: Citizen) -> None:
    """Says that it comes later."""
    _later("prepare", f"citizen show {citizen}")


@contact.command(
    "list",
    cls=Command,
    help=_("Who is due for contact when. Comes in a later version."),
    epilog="jobsamtale contact list",
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
)
def contact_list() -> None:
    """Says that it comes later."""
    _later("contact list", "session list --status planned")


@contact.command(
    "explain",
    cls=Command,
    help=_("The rule behind one citizen's date. Comes in a later version."),
    epilog="jobsamtale contact explain mette-holm",
    context_settings={"ignore_unknown_options": True, "allow_extra_args": True},
)
def contact_explain(citizen: Citizen) -> None:
    """Says that it comes later."""
    _later("contact explain", f"citizen show {citizen}")
