"""Every edit of a session as a value: what it does to the session, and its form in JSON.

An edit says what is to stand, not what to turn. The screen applies it at once, the queue carries it, the journal keeps
it, and the commit applies the same one to the session as it is in the database: once, by the name that it has there.

Agenda items and steps are named by their *line*, the position under which the database keeps them: it stays where lines
before it come and go. A new line gets its number where it is typed; where somebody else has taken the number meanwhile,
the commit moves it (`renumbered`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any, ClassVar, Literal

from jobsamtale_tui import records, texts
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.limits import SESSION_MINUTES
from jobsamtale_tui.records import AgendaItem, AgendaState, Doer, Rater, Score, Session, Step

TEXTS = ("theme", "risk", "preparation", "frame", "need", "remarks", "summary", "summary_added")
EVALUATION = ("helped", "missing", "different")
NOT_HELD = ("cancelled", "no_show")
Table = Literal["agenda_item", "step"]

_NEXT_STATE: dict[str, AgendaState] = {
    "possible": "agreed",
    "agreed": "dropped",
    "dropped": "possible",
    "done": "agreed",
}
_NEXT_DOER: dict[str, Doer] = {"citizen": "caseworker", "caseworker": "other", "other": "citizen"}


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session that is edited: the record, and the lines under which its agenda items and steps are kept."""

    session: Session
    items: tuple[int, ...]
    steps: tuple[int, ...]

    def lines(self, table: Table) -> tuple[int, ...]:
        """The lines of one of the two tables, in the order in which they are shown."""
        return self.items if table == "agenda_item" else self.steps

    def free(self, table: Table) -> int:
        """The number of a line that is added now: behind all there are."""
        return max(self.lines(table), default=-1) + 1

    def item(self, line: int) -> AgendaItem:
        """The agenda item on a line. Raises RefusedError where it is gone."""
        return self.session.agenda[_at(self.items, line)]

    def step(self, line: int) -> Step:
        """The step on a line. Raises RefusedError where it is gone."""
        return self.session.steps[_at(self.steps, line)]

    def put_item(self, line: int, item: AgendaItem | None) -> "OpenSession":
        """The session with another item on a line, a new one, or (None) without the line."""
        lines, agenda = _put(self.items, self.session.agenda, line, item)
        return replace(self, session=replace(self.session, agenda=agenda), items=lines)

    def put_step(self, line: int, step: Step | None) -> "OpenSession":
        """The session with another step on a line, a new one, or (None) without the line."""
        lines, steps = _put(self.steps, self.session.steps, line, step)
        return replace(self, session=replace(self.session, steps=steps), steps=lines)

    def with_fields(self, **values: Any) -> "OpenSession":
        """The session with other values in its own fields."""
        return replace(self, session=replace(self.session, **values))


def _at(lines: tuple[int, ...], line: int) -> int:
    if line not in lines:
        raise RefusedError(_("That line is no longer there"))
    return lines.index(line)


def _put(lines: tuple[int, ...], there: tuple[Any, ...], line: int, what: Any) -> tuple[Any, Any]:
    rest = [(number, one) for number, one in zip(lines, there, strict=True) if number != line]
    found = sorted([*rest, *([] if what is None else [(line, what)])], key=lambda pair: pair[0])
    return tuple(number for number, _one in found), tuple(one for _number, one in found)


def filled(text: str) -> str:
    """A text as it is kept; raises RefusedError where it is blank."""
    kept = texts.typed(text).strip()
    if not kept:
        raise RefusedError(_("This may not be blank"), _("Write a word or two, or remove the line"))
    return kept


def or_none(text: str | None) -> str | None:
    """A text as it is kept; None where it is blank."""
    return texts.typed(text or "").strip() or None


def next_state(item: AgendaItem) -> AgendaState:
    """What `ToggleItem` makes of an item: possible → agreed → dropped → possible (a done one: agreed again). What the
    law requires is never dropped."""
    state = _NEXT_STATE[item.state]
    return "possible" if item.required and state == "dropped" else state


def next_doer(step: Step) -> Doer:
    """Whose a step is after `PassStep`: the citizen's, the caseworker's, somebody else's, and the citizen's again."""
    return _NEXT_DOER[step.who]


def other_rater(by: Rater) -> Rater:
    """The other one of citizen and caseworker."""
    return "caseworker" if by == "citizen" else "citizen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """What all edits have: a name in JSON, and the action under which the history has them."""

    kind: ClassVar[str]
    table: ClassVar[Table | None] = None
    """The table of the line that it is about."""
    adds: ClassVar[bool] = False
    """The line is the first of those that it adds, and need not be there."""
    touches: ClassVar[tuple[str, ...]] = ()
    """The tables of what belongs to a session that it looks at; the session's own fields are always there."""

    @property
    def action(self) -> str:
        """The history's name for it."""
        return self.kind

    def apply(self, open_: OpenSession) -> OpenSession:
        """The session with the edit made. Raises RefusedError where it cannot be made."""
        raise NotImplementedError

    @property
    def line_(self) -> int | None:
        """The line that it is about, where it is about one."""
        return getattr(self, "line", None) if self.table else None

    def new_lines(self, open_: OpenSession) -> int:  # noqa: ARG002
        """How many lines it adds, beginning with its own."""
        return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfItem(Edit):
    """An edit of one agenda item, or of the lines from there on."""

    table: ClassVar[Table | None] = "agenda_item"
    touches: ClassVar[tuple[str, ...]] = ("agenda_item",)
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfStep(Edit):
    """An edit of one step."""

    table: ClassVar[Table | None] = "step"
    touches: ClassVar[tuple[str, ...]] = ("step",)
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddItem(_OfItem):
    """A new agenda item, behind the others."""

    kind: ClassVar[str] = "agenda.add"
    adds: ClassVar[bool] = True
    topic: str
    by: Rater
    state: AgendaState

    def apply(self, open_: OpenSession) -> OpenSession:
        """Adds the item. Raises RefusedError for a blank topic."""
        return open_.put_item(self.line, AgendaItem(topic=filled(self.topic), by=self.by, state=self.state))

    def new_lines(self, open_: OpenSession) -> int:  # noqa: ARG002
        """One."""
        return 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ToggleItem(_OfItem):
    """An item is possible, agreed or dropped (`next_state`)."""

    kind: ClassVar[str] = "agenda.toggle"
    state: AgendaState

    def apply(self, open_: OpenSession) -> OpenSession:
        """Sets the state; what the law requires is possible rather than dropped."""
        item = open_.item(self.line)
        return open_.put_item(self.line, replace(item, state=_required_state(self.state, item.required)))


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishItem(_OfItem):
    """An agreed item is done, or is not after all."""

    kind: ClassVar[str] = "agenda.done"
    done: bool

    def apply(self, open_: OpenSession) -> OpenSession:
        """Sets the state."""
        return open_.put_item(self.line, replace(open_.item(self.line), state="done" if self.done else "agreed"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PassItem(_OfItem):
    """The citizen's item becomes the caseworker's, or the other way."""

    kind: ClassVar[str] = "agenda.by"
    by: Rater

    def apply(self, open_: OpenSession) -> OpenSession:
        """Sets whose it is."""
        return open_.put_item(self.line, replace(open_.item(self.line), by=self.by))


@dataclass(frozen=True, slots=True, kw_only=True)
class RequireItem(_OfItem):
    """The law requires an item (availability, duties), or does not any more."""

    kind: ClassVar[str] = "agenda.required"
    required: bool

    def apply(self, open_: OpenSession) -> OpenSession:
        """Sets or takes off the mark; a dropped item that is required is possible again."""
        item = open_.item(self.line)
        required = True if self.required else None
        return open_.put_item(
            self.line, replace(item, required=required, state=_required_state(item.state, self.required))
        )


def _required_state(state: AgendaState, required: bool | None) -> AgendaState:
    return "possible" if required and state == "dropped" else state


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcludeItem(_OfItem):
    """What an item came to; blank clears it."""

    kind: ClassVar[str] = "agenda.conclude"
    conclusion: str

    def apply(self, open_: OpenSession) -> OpenSession:
        """Writes the conclusion."""
        return open_.put_item(self.line, replace(open_.item(self.line), conclusion=or_none(self.conclusion)))


@dataclass(frozen=True, slots=True, kw_only=True)
class RewordItem(_OfItem):
    """An item's topic in other words."""

    kind: ClassVar[str] = "agenda.edit"
    topic: str

    def apply(self, open_: OpenSession) -> OpenSession:
        """Writes the topic. Raises RefusedError where it is blank."""
        return open_.put_item(self.line, replace(open_.item(self.line), topic=filled(self.topic)))


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveItem(_OfItem):
    """An item is taken out."""

    kind: ClassVar[str] = "agenda.remove"

    def apply(self, open_: OpenSession) -> OpenSession:
        """Takes it out. Raises RefusedError for what the law requires."""
        if open_.item(self.line).required:
            raise RefusedError(_("What the law requires stays on the agenda"), _("Take the mark off first"))
        return open_.put_item(self.line, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetScore(Edit):
    """A score on an indicator; without a value the score and its remark are cleared.

    The version is that of the score that stands, else the one in force on the session's day: the commit finds it, and
    refuses a value outside the scale.
    """

    kind: ClassVar[str] = "score"
    touches: ClassVar[tuple[str, ...]] = ("score",)
    indicator: str
    by: Rater
    value: int | None = None
    version: int | None = None

    @property
    def action(self) -> str:
        """Set or cleared."""
        return "score.clear" if self.value is None else "score.set"

    def apply(self, open_: OpenSession) -> OpenSession:
        """Sets or clears the score."""
        scores = list(open_.session.scores)
        at = next((at for at, one in enumerate(scores) if _is(one, self.indicator, self.by)), None)
        if self.value is None:
            scores = [one for one in scores if not _is(one, self.indicator, self.by)]
        elif at is None:
            new = Score(indicator=self.indicator, by=self.by, value=self.value, version=self.version)
            scores.append(new)
        else:
            scores[at] = replace(scores[at], value=self.value)
        return open_.with_fields(scores=tuple(scores))


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkScore(Edit):
    """The remark on a score; blank clears it."""

    kind: ClassVar[str] = "score.remark"
    touches: ClassVar[tuple[str, ...]] = ("score",)
    indicator: str
    by: Rater
    remark: str

    def apply(self, open_: OpenSession) -> OpenSession:
        """Writes the remark. Raises RefusedError where there is no score."""
        scores = open_.session.scores
        if not any(_is(one, self.indicator, self.by) for one in scores):
            raise RefusedError(_("There is no score to write a remark on"), _("Press a digit first"))
        kept = or_none(self.remark)
        return open_.with_fields(
            scores=tuple(replace(one, remark=kept) if _is(one, self.indicator, self.by) else one for one in scores)
        )


def _is(score: Score, indicator: str, by: Rater) -> bool:
    return (score.indicator, score.by) == (indicator, by)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddStep(_OfStep):
    """A new next step, behind the others."""

    kind: ClassVar[str] = "step.add"
    adds: ClassVar[bool] = True
    what: str
    how: str | None = None
    when: date | None = None
    who: Doer = "citizen"

    def apply(self, open_: OpenSession) -> OpenSession:
        """Adds the step. Raises RefusedError where it does not say what."""
        step = Step(what=filled(self.what), how=or_none(self.how), when=self.when, who=self.who, status="open")
        return open_.put_step(self.line, step)

    def new_lines(self, open_: OpenSession) -> int:  # noqa: ARG002
        """One."""
        return 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeStep(_OfStep):
    """A step's what, how and when."""

    kind: ClassVar[str] = "step.edit"
    what: str
    how: str | None = None
    when: date | None = None

    def apply(self, open_: OpenSession) -> OpenSession:
        """Writes all three. Raises RefusedError where it does not say what."""
        step = replace(open_.step(self.line), what=filled(self.what), how=or_none(self.how), when=self.when)
        return open_.put_step(self.line, step)


@dataclass(frozen=True, slots=True, kw_only=True)
class PassStep(_OfStep):
    """Who has a step (`next_doer`)."""

    kind: ClassVar[str] = "step.who"
    who: Doer

    def apply(self, open_: OpenSession) -> OpenSession:
        """Sets who has it."""
        return open_.put_step(self.line, replace(open_.step(self.line), who=self.who))


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveStep(_OfStep):
    """A step is taken out."""

    kind: ClassVar[str] = "step.remove"

    def apply(self, open_: OpenSession) -> OpenSession:
        """Takes it out."""
        open_.step(self.line)
        return open_.put_step(self.line, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetText(Edit):
    """One of the session's texts (`TEXTS`, or `evaluation.helped` and its like); blank clears it."""

    kind: ClassVar[str] = "text"
    field: str
    text: str

    @property
    def action(self) -> str:
        """By field."""
        return f"text.{self.field}"

    def apply(self, open_: OpenSession) -> OpenSession:
        """Writes the text. Raises ValueError for a field that is none of them."""
        kept = or_none(self.text)
        part, dot, name = self.field.partition(".")
        if self.field in TEXTS:
            return open_.with_fields(**{self.field: kept})
        if part == "evaluation" and dot and name in EVALUATION:
            now = replace(open_.session.evaluation or records.Evaluation(), **{name: kept})
            return open_.with_fields(evaluation=now if now != records.Evaluation() else None)
        raise ValueError(self.field)


@dataclass(frozen=True, slots=True, kw_only=True)
class SetNext(Edit):
    """When the next session is and why; without a time it is cleared."""

    kind: ClassVar[str] = "next.set"
    at: datetime | None = None
    reason: str | None = None

    def apply(self, open_: OpenSession) -> OpenSession:
        """Writes both; who booked it stays."""
        if self.at is None:
            return open_.with_fields(next=None)
        there = open_.session.next
        agreed = records.NextSession(
            at=self.at, reason=or_none(self.reason), booked_by=there.booked_by if there else None
        )
        return open_.with_fields(next=agreed)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenKind:
    """A kind of session as it was chosen: its name, what it fills in where nothing stands, the items it brings."""

    name: str | None = None
    form: records.Form | None = None
    interview_type: int | None = None
    topics: tuple[str, ...] = ()

    def apply(self, open_: OpenSession, line: int) -> OpenSession:
        """The session of this kind; its items come on as possible ones from `line` on. Nothing that stands in the
        session is changed or taken out."""
        session = open_.session
        now = open_.with_fields(
            session_kind=or_none(self.name),
            form=session.form or self.form,
            interview_type=session.interview_type or self.interview_type,
        )
        for at, topic in enumerate(self.missing(session), line):
            now = now.put_item(at, AgendaItem(topic=topic, by="caseworker", state="possible"))
        return now

    def missing(self, session: Session) -> list[str]:
        """The topics that are not on the agenda."""
        there = {_plain(item.topic) for item in session.agenda}
        return [topic for topic in self.topics if _plain(topic) not in there]


@dataclass(frozen=True, slots=True, kw_only=True)
class SetContent(_OfItem):
    """The assessment behind the content, and the kind of session; `sets` names which of the two."""

    kind: ClassVar[str] = "content"
    adds: ClassVar[bool] = True
    sets: tuple[str, ...]
    risk: str | None = None
    session_kind: ChosenKind | None = None

    def apply(self, open_: OpenSession) -> OpenSession:
        """Sets what `sets` names; None clears it."""
        now = open_.with_fields(risk=or_none(self.risk)) if "risk" in self.sets else open_
        return (self.session_kind or ChosenKind()).apply(now, self.line) if "session_kind" in self.sets else now

    def new_lines(self, open_: OpenSession) -> int:
        """Those of the kind that are not there."""
        return len(self.session_kind.missing(open_.session)) if self.session_kind else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SetDetails(_OfItem):
    """What surrounds a session; `sets` names which of the fields it sets, None clears one.

    `held_at` moves it: to a time ahead it is planned from then on. `status` comes after that: cancelled, not attended,
    planned again or held after all (`draft`, then it is `user`'s where it was nobody's).
    """

    kind: ClassVar[str] = "details"
    adds: ClassVar[bool] = True
    sets: tuple[str, ...]
    now: datetime
    user: str | None = None
    form: records.Form | None = None
    minutes: int | None = None
    booked_by: records.BookedBy | None = None
    interview_type: int | None = None
    theme: str | None = None
    held_at: datetime | None = None
    status: records.SessionStatus | None = None
    session_kind: ChosenKind | None = None

    @property
    def action(self) -> str:
        """By what it does to the session as a whole, if anything."""
        if self.status:
            return _STATUS_ACTIONS[self.status]
        return "session.move" if "held_at" in self.sets else self.kind

    def apply(self, open_: OpenSession) -> OpenSession:
        """Sets what `sets` names. Raises RefusedError for minutes outside a day, and for a session that was not held
        and is moved back in time."""
        found = open_
        if "held_at" in self.sets and self.held_at is not None:
            found = self._moved(found, self.held_at)
        if "status" in self.sets and self.status is not None:
            caseworker = found.session.caseworker or (self.user if self.status == "draft" else None)
            found = found.with_fields(status=self.status, caseworker=caseworker)
        if "minutes" in self.sets and self.minutes is not None and not 0 <= self.minutes <= SESSION_MINUTES:
            raise RefusedError(_("A session takes 0 to {most} minutes").format(most=SESSION_MINUTES))
        values = {name: getattr(self, name) for name in _DETAILS if name in self.sets}
        if "theme" in values:
            values["theme"] = or_none(values["theme"])
        found = found.with_fields(**values)
        return (self.session_kind or ChosenKind()).apply(found, self.line) if "session_kind" in self.sets else found

    def _moved(self, open_: OpenSession, at: datetime) -> OpenSession:
        if at > self.now:
            return open_.with_fields(status="planned", held_at=at)
        if open_.session.status in NOT_HELD:
            raise RefusedError(
                _("A session that was not held is moved to a time ahead"), _("Begin it first if it was held after all")
            )
        return open_.with_fields(held_at=at)

    def new_lines(self, open_: OpenSession) -> int:
        """Those of the kind that are not there."""
        return len(self.session_kind.missing(open_.session)) if self.session_kind else 0


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


_DETAILS = ("form", "minutes", "booked_by", "interview_type", "theme")
_STATUS_ACTIONS = {
    "planned": "session.plan_again",
    "draft": "session.start",
    "cancelled": "session.cancel",
    "no_show": "session.no_show",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AddParticipant(Edit):
    """Somebody else takes part; the name may be left blank."""

    kind: ClassVar[str] = "participant.add"
    role: records.ParticipantRole
    name: str = ""

    def apply(self, open_: OpenSession) -> OpenSession:
        """Adds the one who takes part."""
        new = records.Participant(role=self.role, name=" ".join(texts.typed(self.name).split()) or None)
        return open_.with_fields(participants=(*open_.session.participants, new))


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveParticipant(Edit):
    """Somebody does not take part after all: the one at this place, of this role and name."""

    kind: ClassVar[str] = "participant.remove"
    index: int
    role: records.ParticipantRole
    name: str | None = None

    def apply(self, open_: OpenSession) -> OpenSession:
        """Takes that one out. Raises RefusedError where somebody else stands there."""
        there = open_.session.participants
        gone = records.Participant(role=self.role, name=self.name)
        if not 0 <= self.index < len(there) or there[self.index] != gone:
            raise RefusedError(_("That line is no longer there"))
        return open_.with_fields(participants=(*there[: self.index], *there[self.index + 1 :]))


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowStep(Edit):
    """How far a step of an earlier session came, or what came of it: what it was, and what it is to be.

    It changes another session than the one in which it is asked about, so nothing here shows it.
    """

    kind: ClassVar[str] = "step.follow"
    session: str
    """The earlier session's key."""
    position: int
    column: Literal["status", "outcome"]
    was: str | None = None
    value: str | None = None

    def apply(self, open_: OpenSession) -> OpenSession:
        """The session itself stays as it is."""
        return open_


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo(Edit):
    """The login's last change of the session is taken back; with `again` the last one taken back is made again."""

    kind: ClassVar[str] = "undo"
    again: bool = False

    def apply(self, open_: OpenSession) -> OpenSession:
        """What it does is known once it is made."""
        return open_


@dataclass(frozen=True, slots=True, kw_only=True)
class Begin(Edit):
    """The session is begun: `goes_on`, that very one, else one with the citizen `at` that time, unless one is open."""

    kind: ClassVar[str] = "session.start"
    citizen: str
    at: datetime
    goes_on: bool = False

    def apply(self, open_: OpenSession) -> OpenSession:
        """A session that is seen has been begun."""
        return open_


KINDS: Mapping[str, type[Edit]] = {
    cls.kind: cls
    for cls in (
        *(AddItem, ToggleItem, FinishItem, PassItem, RequireItem, ConcludeItem, RewordItem, RemoveItem),
        *(SetScore, RemarkScore, AddStep, ChangeStep, PassStep, RemoveStep, SetText, SetNext),
        *(SetContent, SetDetails, AddParticipant, RemoveParticipant, FollowStep, Undo, Begin),
    )
}
"""The edits by their name in JSON."""


def as_document(edit: Edit) -> dict[str, Any]:
    """An edit as a JSON object; the inverse is `from_document`."""
    return records.as_document(edit)


def from_document(document: Mapping[str, Any]) -> Edit:
    """The edit that a JSON object of this program says. Raises ValueError for anything else."""
    cls = KINDS.get(str(document.get("kind")))
    if cls is None or not set(document) <= {"kind", *(one.name for one in fields(cls))}:
        raise ValueError(document)
    try:
        return records.from_document(cls, document)
    except (TypeError, AttributeError) as error:
        raise ValueError(document) from error


def renumbered(edit: Edit, table: Table, lines: Mapping[int, int]) -> Edit:
    """The edit with its line's new number, where the database gave a new line of `table` another one."""
    if edit.table != table or edit.line_ not in lines:
        return edit
    return replace(edit, line=lines[edit.line_])  # type: ignore[call-arg, index]
