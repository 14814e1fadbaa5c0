"""Kinds of session: what a local template brings, what of it has been left out, which national type fits.

A kind proposes and never locks: its items come as possible ones, its indicators as suggestions. What belongs to it and
is left out calls for a word in the professional assessment (free-municipality trial: content is chosen from it, with a
reason).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jobsamtale_tui.i18n import N_, _
from jobsamtale_tui.records import AgendaItem, Form, Participant, Session, Words

INTERVIEW_TYPES: Mapping[int, str] = {
    7: N_("job conversation"),
    8: N_("referral"),
    9: N_("information meeting"),
    10: N_("CV conversation"),
    11: N_("placement"),
    12: N_("another conversation"),
    13: N_("information without duty"),
    15: N_("availability"),
    17: N_("job conversation with the fund"),
    19: N_("joint conversation with the fund"),
}
"""The national interview types in words."""
JOB, WITH_FUND, JOINT = 7, 17, 19


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """An agenda item that a kind proposes; a `core` one belongs to it."""

    topic: Words
    core: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A local template: what a session of this kind brings."""

    key: str
    name: Words
    also: tuple[str, ...] = ()
    """Names it has had before: sessions keep the name that they were given."""
    how: Words | None = None
    form: Form | None = None
    interview_type: int | None = None
    self_booking: bool = False
    """The citizen can book such a session herself."""
    items: tuple[Item, ...] = ()
    indicators: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    """The guide's actions that belong to it, by key."""
    questions: tuple[Words, ...] = ()


def find(kinds: Iterable[Kind], said: str | None) -> Kind | None:
    """The kind that a session's `session_kind` names: by key or by a name that it has or had, capitals aside."""
    sought = _plain(said or "")
    if not sought:
        return None
    return next((kind for kind in kinds if sought in map(_plain, names(kind))), None)


def names(kind: Kind) -> tuple[str, ...]:
    """All that a kind is known by."""
    return (kind.key, kind.name.da, *filter(None, [kind.name.en]), *kind.also)


def proposed(kind: Kind, topics: Iterable[str]) -> list[str]:
    """The topics that the kind brings and that are not on an agenda with `topics`; Danish, as what is written is."""
    there = set(map(_plain, topics))
    return [item.topic.da for item in kind.items if _plain(item.topic.da) not in there]


def is_core(kind: Kind | None, topic: str) -> bool:
    """Whether an agenda item belongs to the kind."""
    return kind is not None and any(item.core and _plain(item.topic.da) == _plain(topic) for item in kind.items)


def left_out(kind: Kind, agenda: Sequence[AgendaItem], done: Mapping[str, bool]) -> tuple[list[str], list[str]]:
    """What belongs to the kind and has no place in the session: the topics that were dropped, taken off, or never
    agreed, and the keys of the actions that are not done, as far as is written (`phases.done`)."""
    taken_up = {_plain(item.topic) for item in agenda if item.state in ("agreed", "done")}
    topics = [item.topic.da for item in kind.items if item.core and _plain(item.topic.da) not in taken_up]
    return topics, [action for action in kind.actions if not done.get(action, True)]


def interview_type(number: int) -> str:
    """A national interview type: its number and what it is called; the number alone where it is not known."""
    return f"{number} {_(INTERVIEW_TYPES[number])}" if number in INTERVIEW_TYPES else str(number)


def proposed_type(
    kind: Kind | None, form: Form | None, participants: Iterable[Participant], target_group: str | None
) -> int | None:
    """The national interview type that the kind has, or that goes with the form and those who take part; None where
    nothing speaks for one. The kinds' numbers are data; which type goes with a form is this program's own reading."""
    if kind is not None and kind.interview_type is not None:
        return kind.interview_type
    if any(person.role == "fund" for person in participants):
        return JOINT if target_group == "dagpenge" else WITH_FUND
    return JOB if form in ("personal", "remote") else None


def of_session(kinds: Iterable[Kind], session: Session) -> Kind | None:
    """The kind of a session; None where it has none, or one that is not known here."""
    return find(kinds, session.session_kind)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
