"""Choosing the kind of a session in a form."""

from collections.abc import Collection

from jobsamtale_tui import records
from jobsamtale_tui.i18n import _, language
from jobsamtale_tui.method.kinds import Kind
from jobsamtale_tui.reference import session_kinds
from jobsamtale_tui.tui.shell.screen import BaseScreen


def known(screen: BaseScreen) -> tuple[Kind, ...]:
    """The kinds of session in force; where a municipality's own are broken that is said, and the shipped ones count."""
    found, wrong = session_kinds.in_force()
    if wrong:
        screen.shell.say(wrong, warning=True)
    return found


def kind_options(
    screen: BaseScreen, forms: Collection[records.Form | None] | None = None
) -> tuple[tuple[str, str], ...]:
    """The kinds of session as options of a form: the name that is kept, and the one that is shown. With `forms`, only
    those that have one of them."""
    there = (kind for kind in known(screen) if forms is None or kind.form in forms)
    return (("", "–"), *((kind.name.da, _called(kind)) for kind in there))


def kind_value(session: records.Session) -> str | None:
    """The session's kind as one of those options; what is not known here stays as it was written."""
    kind = session_kinds.kind_of(session)
    return kind.name.da if kind else session.session_kind


def _called(kind: Kind) -> str:
    """The kind's name; that the citizen can book it herself stands with it."""
    name = kind.name.say(language())
    return _("{name} (self-booking)").format(name=name) if kind.self_booking else name
