"""What a command line names, looked up: found, or refused with the command that lists what there is."""

import sys
from typing import TYPE_CHECKING

from jobsamtale_tui.cli.support.failures import not_found, one_of
from jobsamtale_tui.errors import NotFoundError
from jobsamtale_tui.i18n import _

if TYPE_CHECKING:
    from jobsamtale_tui.records import Citizen, Session
    from jobsamtale_tui.store.questions.quick_reads import Connection
    from jobsamtale_tui.store.questions.session_lists import SessionFilter

MOST = 12
"""So many keys are named where one is not known."""


def session_named(connection: "Connection", key: str) -> "Session":
    """The session with this key. Raises NotFoundError."""
    from jobsamtale_tui.store.questions import reads

    found = reads.session(connection, key)
    if found is None:
        raise not_found(_("There is no session {key}").format(key=key), "jobsamtale session list")
    return found


def citizen_named(connection: "Connection", named: str) -> "Citizen":
    """The citizen of this key, case key or CPR number; `-` asks which, so that it stands nowhere. Raises NotFoundError.

    A CPR number that stands on the command line is used, and said to be in the shell's history.
    """
    from jobsamtale_tui import texts
    from jobsamtale_tui.cli.support.context import say
    from jobsamtale_tui.store.questions import reads

    if named == "-":
        named = _asked()
    elif texts.without_cpr(named) != named:
        say(_("A CPR number stays in the shell's history. Write - in its place to be asked for it."))
    found = reads.citizen_named(connection, named)
    if found is None:
        raise not_found(_("There is no citizen {key}").format(key=named), "jobsamtale citizen list")
    return found


def _asked() -> str:
    """What names the citizen, from the first line of stdin; typed in a terminal it does not show."""
    from jobsamtale_tui.cli.support.options import read_key

    if sys.stdin.isatty():
        from getpass import getpass

        return read_key(getpass(_("Key, case key or CPR number: "), sys.stderr).strip())
    return read_key(sys.stdin.readline().strip())


def check_filter(connection: "Connection", wanted: "SessionFilter") -> None:
    """Raises NotFoundError where a filter names a citizen, caseworker or unit that is not in the database."""
    from jobsamtale_tui.store.questions import quick_reads

    sentences = {
        "citizen": _("There is no citizen {key}"),
        "caseworker": _("There is no caseworker {key}"),
        "unit": _("There is no unit {key}"),
    }
    for kind, sentence in sentences.items():
        key = getattr(wanted, kind)
        if key is not None and not quick_reads.exists(connection, kind, key):
            if kind == "citizen":
                raise not_found(sentence.format(key=key), "jobsamtale citizen list")
            there = quick_reads.keys_beginning(connection, kind, "", MOST)
            raise NotFoundError(sentence.format(key=key), one_of(key, there) if there else _("There are none yet"))
