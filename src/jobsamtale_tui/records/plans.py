"""What is planned and sought with a citizen: job goals, applications, activities, openings."""

from typing import ClassVar, Literal

from jobsamtale_tui.records.rules import Day, Filled, Key, Text, in_order, record

Grade = Literal["A", "B", "C"]

Degree = Literal["yes", "partly", "no"]

Field = Literal["employment", "health", "social", "voluntary"]

OpeningType = Literal["job", "internship", "link"]


@record
class JobGoal:
    """A goal of the ABC-jobplan: a position, a function, an industry or an education."""

    kind: ClassVar = "job_goal"
    key: Key
    citizen: Key
    grade: Grade
    position: Text | None = None
    function: Text | None = None
    industry: Text | None = None
    education: Text | None = None
    realistic: Degree | None = None
    why: Text | None = None
    from_: Day
    until: Day | None = None

    def __post_init__(self) -> None:
        in_order(self.from_, self.until)


@record
class Application:
    """An application from the Joblog."""

    kind: ClassVar = "application"
    key: Key
    citizen: Key
    on: Day
    position: Text
    employer: Text | None = None
    channel: Text | None = None
    result: Text | None = None


@record
class FollowUp:
    """Whether an activity brought the citizen nearer the goal, and what made the difference."""

    on: Day
    nearer: Degree
    why: Text | None = None
    shows: Text | None = None


@record
class Activity:
    """An effort (indsats) in one of four fields, with what it should give and how it brings a job nearer."""

    kind: ClassVar = "activity"
    key: Key
    citizen: Key
    name: Filled
    field: Field
    outcome: Text | None = None
    toward_job: Text | None = None
    goal: Key | None = None
    responsible: Text | None = None
    from_: Day
    until: Day | None = None
    follow_ups: tuple[FollowUp, ...] = ()

    def __post_init__(self) -> None:
        in_order(self.from_, self.until)


@record
class Opening:
    """A job, an internship or a page on the net to bring to a session: kept for a citizen, an industry, or both."""

    kind: ClassVar = "opening"
    key: Key
    citizen: Key | None = None
    industry: Text | None = None
    title: Filled
    employer: Text | None = None
    type: OpeningType | None = None
    link: Text | None = None
    until: Day | None = None
    note: Text | None = None
