"""What a kind of session (a local template) brings into one that is of it."""

from typing import TYPE_CHECKING

from jobsamtale_tui.casework.session import commit
from jobsamtale_tui.method import kinds
from jobsamtale_tui.method.session_edits import ChosenKind, SetContent, or_none
from jobsamtale_tui.reference import session_kinds

if TYPE_CHECKING:
    from jobsamtale_tui.store.schema.tables import SessionRow
    from jobsamtale_tui.store.writing.transaction import Transaction


def chosen(said: str | None) -> ChosenKind:
    """The kind of session that is meant, with what it brings; one that is not known here is a name alone, and None
    clears the name alone."""
    name = or_none(said)
    kind = kinds.find(session_kinds.in_force()[0], name)
    if kind is None:
        return ChosenKind(name=name)
    return ChosenKind(
        name=kind.name.da,
        form=kind.form,
        interview_type=kind.interview_type,
        topics=tuple(item.topic.da for item in kind.items),
    )


def choose(work: "Transaction", row: "SessionRow", said: str | None) -> None:
    """A session is of this kind, in a transaction that makes or changes it otherwise too (`chosen`)."""
    commit.apply_in(work, row, SetContent(line=0, sets=("session_kind",), session_kind=chosen(said)))
