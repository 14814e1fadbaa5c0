"""A session with all that is in it, and the look back at one."""

from typing import ClassVar, Literal

from jobsamtale_tui.i18n import _
from jobsamtale_tui.records.rules import (
    Count,
    Day,
    Filled,
    InterviewType,
    Key,
    Minutes,
    Percent,
    ScaleNumber,
    Text,
    Three,
    Time,
    record,
)

Form = Literal["personal", "remote", "group", "industry", "via_other"]

ParticipantRole = Literal["fund", "mentor", "company_consultant", "colleague", "companion", "interpreter", "other"]

BookedBy = Literal["citizen", "citizen_helped", "caseworker"]

SessionStatus = Literal["planned", "draft", "completed", "cancelled", "no_show"]

Rater = Literal["citizen", "caseworker"]

AgendaState = Literal["possible", "agreed", "dropped", "done"]

Doer = Literal["citizen", "caseworker", "other"]

StepStatus = Literal["open", "partly", "done", "dropped"]

Observer = Literal["self", "peer", "leader"]


@record
class Participant:
    """Somebody else who takes part in a session."""

    role: ParticipantRole
    name: Filled | None = None


@record
class AgendaItem:
    """A topic, proposed by citizen or caseworker, kept or dropped by the citizen."""

    topic: Filled
    by: Rater
    state: AgendaState
    required: bool | None = None
    conclusion: Text | None = None


@record
class Score:
    """Where the citizen stands on an indicator in one session, by her own or the caseworker's reading."""

    indicator: Key
    version: Count | None = None
    value: ScaleNumber
    by: Rater = "citizen"
    remark: Text | None = None


@record
class Step:
    """A next step (næste skridt): what, how and when."""

    what: Filled
    how: Text | None = None
    when: Day | None = None
    who: Doer
    status: StepStatus
    outcome: Text | None = None


@record
class Evaluation:
    """The citizen's view of the session: what helped, what was missing, what could be different."""

    helped: Text | None = None
    missing: Text | None = None
    different: Text | None = None


@record
class NextSession:
    """The next session, decided together, and why then."""

    at: Time
    reason: Text | None = None
    booked_by: BookedBy | None = None


@record
class Note:
    """The journal note as written at completion, with the template that wrote it."""

    text: Text
    template: Text
    version: int | Text
    at: Time


@record
class Amendment:
    """A correction of a completed session: added with its reason, never a rewrite."""

    at: Time
    by: Key
    reason: Text
    text: Text


@record
class Session:
    """One conversation (samtale), in four phases."""

    kind: ClassVar = "session"
    key: Key
    citizen: Key
    caseworker: Key | None = None
    held_at: Time
    minutes: Minutes | None = None
    form: Form | None = None
    group: Key | None = None
    participants: tuple[Participant, ...] = ()
    interview_type: InterviewType | None = None
    booked_by: BookedBy | None = None
    status: SessionStatus
    session_kind: Text | None = None
    theme: Text | None = None
    risk: Text | None = None
    preparation: Text | None = None
    frame: Text | None = None
    need: Text | None = None
    agenda: tuple[AgendaItem, ...] = ()
    scores: tuple[Score, ...] = ()
    remarks: Text | None = None
    steps: tuple[Step, ...] = ()
    summary: Text | None = None
    summary_added: Text | None = None
    evaluation: Evaluation | None = None
    next: NextSession | None = None
    note: Note | None = None
    amendments: tuple[Amendment, ...] = ()

    def __post_init__(self) -> None:
        scored: set[tuple[str, str]] = set()
        for score in self.scores:
            if (score.indicator, score.by) in scored:
                raise ValueError(
                    _("indicator {indicator} is scored twice by {by}").format(indicator=score.indicator, by=score.by)
                )
            scored.add((score.indicator, score.by))


@record
class Quality:
    """The quality of a session on six aspects, all of them: 1 poor, 2 middling, 3 really good."""

    structure: Three
    involvement: Three
    ownership: Three
    focus: Three
    questions: Three
    it: Three


@record
class Balance:
    """How a session was shared between the three roles, in per cent."""

    coach: Percent
    adviser: Percent
    authority: Percent


@record
class Reflection:
    """A look back on a session, for learning: in no export unless asked for."""

    kind: ClassVar = "reflection"
    session: Key
    by: Key
    role: Observer
    quality: Quality | None = None
    roles: Balance | None = None
    worked: Text | None = None
    note: Text | None = None
