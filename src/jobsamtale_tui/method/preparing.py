"""What is known of a citizen before a session, and what a proposal is made of (`method.agenda` makes them)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from jobsamtale_tui import texts
from jobsamtale_tui.method import goals, progress
from jobsamtale_tui.method.contact import Standing
from jobsamtale_tui.method.positions import Table
from jobsamtale_tui.records import (
    Activity,
    Agreement,
    Application,
    ChosenIndicator,
    Citizen,
    JobGoal,
    Profile,
    Session,
    Step,
)

Reason = Literal[
    "overdue_step",
    "open_step",
    "carried_item",
    "wish_vs_applications",
    "wish_vs_cv",
    "no_applications",
    "no_goal",
    "vague_goal",
    "goal_not_realistic",
    "cv_without_competences",
    "activity_purpose",
    "activity_follow_up",
    "no_activity",
    "indicator_fell",
    "indicator_stuck",
    "agreement_missing",
    "contact_due",
]
REASONS: tuple[Reason, ...] = get_args(Reason)


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step that is open or partly done, with the session that it was decided in."""

    session: str
    decided: date
    step: Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a citizen on the day `on`.

    `begun` is when her course began, `applications` are those of the last 90 days, `job_goals` those in force,
    `agreement` the one in force or the last that ran out, `chosen` its indicators, `series` her scores.
    """

    on: date
    citizen: Citizen
    begun: date | None = None
    profile: Profile | None = None
    last: Session | None = None
    open_steps: tuple[OpenStep, ...] = ()
    job_goals: tuple[JobGoal, ...] = ()
    applications: tuple[Application, ...] = ()
    latest_application: date | None = None
    activities: tuple[Activity, ...] = ()
    agreement: Agreement | None = None
    chosen: tuple[ChosenIndicator, ...] = ()
    indicators_used: bool = False
    series: tuple[progress.Series, ...] = ()
    contact: Standing | None = None
    contact_after: Standing | None = None
    """Where a session is held on the day: how the contact stands once it has been."""

    @property
    def target_group(self) -> str | None:
        """The target group that she belonged to on the day."""
        earlier = (one for one in self.citizen.earlier_groups if one.from_ <= self.on <= one.until)
        return next((one.target_group for one in earlier), self.citizen.target_group)

    @property
    def ended(self) -> bool:
        """Whether her course had ended by the day."""
        return self.citizen.ended is not None and self.citizen.ended.on <= self.on

    def lasted(self, days: int) -> bool:
        """Whether her course is at least so old; one whose beginning is not known is not."""
        return self.begun is not None and (self.on - self.begun).days >= days


@dataclass(frozen=True, slots=True)
class Proposal:
    """A possible item: `topic` as it would stand on the agenda, `because` the facts in sentences.

    `about` tells proposals of the same reason apart, by what they are about.
    """

    reason: Reason
    topic: str
    because: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What the rules go by: topics, the most pressing first; what says nothing as a goal or purpose; positions."""

    topics: Mapping[Reason, str]
    goals: goals.Words
    positions: Table


def goal_said(goal: JobGoal) -> str:
    """A job goal in a line, in the words it is written in."""
    parts = (goal.position, goal.function, goal.industry, goal.education)
    return ", ".join(texts.one_line(part) for part in parts if part and part.strip())
