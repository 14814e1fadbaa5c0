"""Who is in the records: units, caseworkers, citizens and what is known of them."""

from typing import Annotated, ClassVar, Literal

from jobsamtale_tui.records.rules import Cpr, Day, Filled, Key, Text, Years, between, in_order, record

Role = Literal["caseworker", "key_person", "team_leader", "company_consultant", "job_broker"]

Readiness = Annotated[int, between(1, 3)]

EndReason = Literal["job", "education", "other"]

Postponed = Literal[
    "medical_clarification", "treatment", "weather", "start_date", "substance_treatment", "psychiatric_rest"
]
"""Why sessions may wait (the free-municipality trial's reasons)."""

MoreOften = Literal[
    "after_upskilling", "outdated_education", "needs_search_help", "loose_season", "skilled_season", "season_gaps"
]
"""Why sessions are held more often than the rule asks (from the same source)."""


@record
class Unit:
    """A section of a job centre (afsnit)."""

    kind: ClassVar = "unit"
    key: Key
    name: Filled
    municipality: Text | None = None


@record
class Caseworker:
    """The one who holds the conversations (jobkonsulent), or another with a part in them."""

    kind: ClassVar = "caseworker"
    key: Key
    name: Filled
    unit: Key | None = None
    role: Role | None = None


@record
class IndicatorsUsed:
    """The decision whether indicators are used in a case, with its reason and the barriers."""

    use: bool
    reason: Text | None = None
    barriers: tuple[Text, ...] = ()


@record
class Ended:
    """The end of a course: the day and what it ended in."""

    on: Day
    reason: EndReason


@record
class EarlierGroup:
    """A target group that the citizen belonged to, first and last day included."""

    target_group: Key
    from_: Day
    until: Day

    def __post_init__(self) -> None:
        in_order(self.from_, self.until)


@record
class ContactException:
    """A reason to hold sessions later or more often than the rule asks, and for how long (open: no `until`)."""

    reason: Postponed | MoreOften
    from_: Day
    until: Day | None = None
    why: Text | None = None

    def __post_init__(self) -> None:
        in_order(self.from_, self.until)


@record
class Citizen:
    """The person out of work (borger); the owner of her own case."""

    kind: ClassVar = "citizen"
    key: Key
    name: Filled
    cpr: Cpr | None = None
    case_key: Key | None = None
    target_group: Key | None = None
    caseworker: Key | None = None
    contact_start: Day | None = None
    language: Key | None = None
    readiness: Readiness | None = None
    indicators_used: IndicatorsUsed | None = None
    ended: Ended | None = None
    earlier_groups: tuple[EarlierGroup, ...] = ()
    contact_exceptions: tuple[ContactException, ...] = ()


@record
class CvEntry:
    """A position held, and for how many years."""

    position: Text
    years: Years | None = None


@record
class Profile:
    """What the citizen has put up about herself: "Jeg søger job som", CV, competences, points to develop."""

    kind: ClassVar = "profile"
    citizen: Key
    wishes: tuple[Text, ...] = ()
    cv: tuple[CvEntry, ...] = ()
    competences: tuple[Text, ...] = ()
    to_develop: tuple[Text, ...] = ()
