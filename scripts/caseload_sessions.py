"""The sessions of one citizen of the demo: what was held, what stayed away, and what is booked."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Literal

from jobsamtale_tui.records import (
    AgendaItem,
    Amendment,
    BookedBy,
    Doer,
    Evaluation,
    Form,
    NextSession,
    Participant,
    Rater,
    Session,
    SessionStatus,
    Step,
    StepStatus,
)
from scripts.caseload_calendar import ANCHOR, DENMARK, Diary, appointed, moment, open_day, weeks
from scripts.caseload_scores import Plan, Scorer, plan
from scripts.caseload_stories import USER, Story, Talk

CONSULTANT = "Torben Kaas"
GROUP_DAY, GROUP_CLOCK = weeks(-6) + timedelta(days=2), time(13, 0)
Kind = Literal["talk", "follow", "group", "no_show", "cancelled", "draft", "planned"]
_OUTCOMES: dict[str, StepStatus] = {"+": "done", "~": "partly", "-": "dropped"}
_DOERS: dict[str, Doer] = {"K:": "caseworker", "A:": "other"}
_FOLLOWED: tuple[StepStatus, ...] = ("done", "done", "partly", "dropped")
_RATERS: tuple[Rater, ...] = ("citizen", "citizen", "caseworker")
_BOOKERS: tuple[BookedBy, ...] = ("citizen", "citizen", "citizen_helped", "caseworker")
_STATUSES: dict[Kind, SessionStatus] = {
    "talk": "completed",
    "follow": "completed",
    "group": "completed",
    "no_show": "no_show",
    "cancelled": "cancelled",
    "draft": "draft",
    "planned": "planned",
}


@dataclass(frozen=True)
class Event:
    """A session to be written: when, of what kind, and which talk of the story it holds or follows."""

    at: datetime
    kind: Kind
    talk: int = -1

    @property
    def day(self) -> date:
        """The day in Denmark."""
        return self.at.astimezone(DENMARK).date()


def start_of(rng: Random, story: Story) -> date:
    """The day on which the course begins."""
    return open_day(weeks(-story.since) + timedelta(days=rng.randint(0, 3)))


def laid_out(rng: Random, story: Story, start: date, diary: Diary) -> list[Event]:
    """The citizen's sessions in time, all but those that `reserve_fixed` took."""
    order: list[tuple[Kind, int]] = []
    talks = len(story.talks)
    extra = max(0, min(talks - 1, round(story.since / 4.3) - talks))
    followed = {round((number + 0.5) * (talks - 1) / extra - 0.5) for number in range(extra)} if extra else set()
    for number in range(talks):
        if story.noshow == number:
            order.append(("no_show", number))
        if story.cancelled == number:
            order.append(("cancelled", number))
        order.append(("talk", number))
        if number in followed and number < talks - 1:
            order.append(("follow", number))
    first = start + timedelta(days=rng.randint(4, 9))
    last = weeks(story.ended[0]) - timedelta(days=4) if story.ended else weeks(-rng.choice((2, 2, 3, 3, 4, 5)))
    if story.draft:
        last = weeks(-3)
    events: list[Event] = []
    for number, (kind, talk) in enumerate(order):
        day = first + (last - first) * number / max(1, len(order) - 1)
        day += timedelta(days=rng.randint(-3, 3) if 0 < number < len(order) - 1 else 0)
        if events:
            day = max(day, events[-1].day + timedelta(days=5))
        events.append(Event(diary.find(rng, story.worker, day), kind, talk))
    if story.industry:
        events.append(Event(moment(GROUP_DAY, GROUP_CLOCK), "group"))
    return sorted(events, key=lambda event: event.at)


def reserve_fixed(stories: list[Story], diary: Diary) -> dict[str, list[Event]]:
    """The drafts, booked sessions and the group meeting, whose hours the stories give."""
    diary.reserve(USER, GROUP_DAY, GROUP_CLOCK)
    diary.reserve(USER, GROUP_DAY, time(13, 30))
    fixed: dict[str, list[Event]] = {}
    for story in stories:
        kinds: list[tuple[Kind, str]] = [("planned", text) for text in story.planned]
        if story.draft:
            kinds.append(("draft", story.draft))
        fixed[story.key] = [Event(diary.reserve(story.worker, *appointed(text)), kind) for kind, text in kinds]
    return fixed


class Writer:
    """Writes one citizen's sessions."""

    def __init__(self, rng: Random, story: Story, shared: dict[str, Any], events: list[Event], seat: int) -> None:
        self._rng = rng
        self._story = story
        self._shared = shared
        self._events = events
        self._seat = seat
        self._used: set[str] = set()
        self._today = ANCHOR
        self._needs = list(story.needs)
        held = [event.day for event in events if event.kind in ("talk", "follow")]
        self.plan: Plan = plan(rng, story, held)
        self._scorer = Scorer(rng, story, shared, self.plan.courses)

    def sessions(self) -> list[Session]:
        """All sessions, oldest first."""
        return [self._session(number, event) for number, event in enumerate(self._events, 1)]

    def _session(self, number: int, event: Event) -> Session:
        self._today = event.day
        form = self._form(event)
        base = Session(
            key=f"{self._story.key}-{number:02d}",
            citizen=self._story.key,
            caseworker=USER if event.kind == "group" else self._story.worker,
            held_at=event.at,
            status=_STATUSES[event.kind],
            form=form,
            participants=self._participants(event, form),
            interview_type=19 if self._joint(event) else 7,
            booked_by=self._rng.choice(_BOOKERS),
        )
        match event.kind:
            case "talk":
                return self._talk(base, event, self._story.talks[event.talk])
            case "follow":
                return self._follow(base, event)
            case "group":
                return self._group(base)
            case "draft":
                return self._draft(base, event)
            case "planned":
                return self._planned(base)
            case _:
                return replace(base, remarks=self._pick(event.kind))

    def _talk(self, base: Session, event: Event, talk: Talk) -> Session:
        first = event.talk == 0
        need = self._needs.pop(0) if self._needs else self._maybe(0.8, "needs")
        number = event.talk + 1
        amendments: tuple[Amendment, ...] = ()
        if self._story.amend and self._story.amend[0] == number:
            later = moment(open_day(event.day + timedelta(days=1)), time(8, 40))
            reason, text = self._story.amend[1:]
            amendments = (Amendment(at=later, by=self._story.worker, reason=reason, text=text),)
        return replace(
            base,
            minutes=self._rng.choice((35, 40, 45, 45, 50, 60)) if not self._story.remote else 20,
            session_kind="Første samtale" if first else self._template(),
            theme=talk.topic,
            risk=self._maybe(0.2, "risks"),
            preparation=self._maybe(0.7, "first_preparations" if first else "preparations"),
            frame=self._pick("first_frames") if first else self._maybe(0.5, "frames"),
            need=need,
            agenda=self._agenda(event, talk),
            scores=self._scorer.scores(event.day),
            remarks=self._maybe(0.12, "extra_remarks"),
            steps=(self._step(event, talk),),
            summary=talk.summary,
            summary_added=self._maybe(0.12, "added"),
            evaluation=self._evaluation(),
            next=self._next(event),
            amendments=amendments,
        )

    def _follow(self, base: Session, event: Event) -> Session:
        outcome = self._story.talks[event.talk].outcome
        result = outcome[2:] if outcome else ""
        conclusion = " ".join(part for part in (result, self._pick("follow_conclusions") or "") if part)
        if base.form == "personal":
            self._used.add("Opfølgning i telefonen")
        topic = self._pick("follow_topics") or "Status"
        step = self._rng.choice(self._shared["follow_steps"]) if self._rng.random() < 0.4 else None
        steps: tuple[Step, ...] = ()
        if step and step[0] not in self._used and self._fits(step[0]):
            self._used.add(step[0])
            when = open_day(event.day + timedelta(days=self._rng.randint(5, 14))) if step[1] else None
            status = self._rng.choice(_FOLLOWED)
            steps = (Step(what=step[0], how=step[1] or None, when=when, who="citizen", status=status),)
        return replace(
            base,
            minutes=self._rng.choice((10, 15, 15, 20)),
            session_kind="Kort opfølgning",
            theme=topic,
            agenda=(AgendaItem(topic=topic, by="citizen", state="done", conclusion=conclusion),),
            scores=self._scorer.scores(event.day, few=self._rng.random() < 0.6),
            steps=steps,
            summary=self._pick("follow_summaries"),
            next=self._next(event),
        )

    def _group(self, base: Session) -> Session:
        group = self._shared["group"]
        agenda = tuple(
            AgendaItem(topic=topic, by="caseworker", state="done", conclusion=conclusion)
            for topic, conclusion in group["agenda"]
        )
        step = Step(
            what=group["steps"][self._seat],
            when=open_day(GROUP_DAY + timedelta(days=7)),
            who="citizen",
            status=self._rng.choice(("done", "done", "partly")),
        )
        return replace(
            base,
            minutes=90,
            group=group["key"],
            booked_by="citizen",
            session_kind="Branchemøde",
            theme=group["theme"],
            agenda=agenda,
            steps=(step,),
            summary=group["summaries"][self._seat],
        )

    def _draft(self, base: Session, event: Event) -> Session:
        agenda = [
            AgendaItem(
                topic=topic,
                by="citizen" if number == 0 else "caseworker",
                state="done" if conclusion else "agreed",
                conclusion=conclusion or None,
            )
            for number, (topic, conclusion) in enumerate(self._story.draft_agenda)
        ]
        agenda.append(AgendaItem(topic=self._pick("dropped") or "Deltid", by="caseworker", state="possible"))
        last = max(day for course in self.plan.courses for day in course.values)
        scores = self._scorer.scores(last)[:1] if event.day < ANCHOR else ()
        return replace(
            base,
            session_kind=self._template(),
            preparation=self._pick("preparations"),
            frame=self._pick("frames"),
            need=self._story.draft_need,
            agenda=tuple(agenda),
            scores=tuple(replace(score, remark=None) for score in scores),
        )

    def _planned(self, base: Session) -> Session:
        if self._story.key == "per-madsen":
            return replace(base, booked_by="citizen")
        topics = [item[0] for item in self._items()]
        agenda = (AgendaItem(topic=self._rng.choice(topics), by="citizen", state="possible"),)
        return replace(
            base,
            preparation=self._maybe(0.3, "preparations"),
            agenda=agenda if self._rng.random() < 0.4 else (),
        )

    def _agenda(self, event: Event, talk: Talk) -> tuple[AgendaItem, ...]:
        by = self._rng.choice(_RATERS)
        items = [AgendaItem(topic=talk.topic, by=by, state="done", conclusion=talk.conclusion)]
        choice = self._items(event.day)
        if choice and self._rng.random() < 0.6:
            topic, conclusion, tags = self._rng.choice(choice)
            self._used.add(topic)
            required = "R" in tags
            carried = event.talk == len(self._story.talks) - 1 and not required and self._rng.random() < 0.5
            items.append(
                AgendaItem(
                    topic=topic,
                    by="caseworker" if required else self._rng.choice(_RATERS),
                    state="agreed" if carried else "done",
                    required=required or None,
                    conclusion=None if carried else conclusion.format(navn=self._story.called),
                )
            )
        dropped = self._maybe(0.25, "dropped")
        if dropped:
            items.append(AgendaItem(topic=dropped, by="caseworker", state="dropped"))
        return tuple(items)

    def _items(self, day: date = ANCHOR) -> list[list[str]]:
        training = any("raktik" in each["name"] and weeks(each["weeks"][0]) < day for each in self._story.activities)
        fits = {
            "S": self._story.searching,
            "H": self._story.limited,
            "P": training,
            "K": self._fits("kurve"),
        }
        return [
            item
            for item in self._shared["items"]
            if item[0] not in self._used and all(fits.get(tag, True) for tag in item[2])
        ]

    def _step(self, event: Event, talk: Talk) -> Step:
        who = _DOERS.get(talk.step[:2], "citizen")
        what = talk.step[2:].strip() if who != "citizen" else talk.step
        when = open_day(event.day + timedelta(days=self._rng.randint(4, 20))) if talk.how else None
        if when and self._rng.random() < 0.1:
            when = None
        return Step(
            what=what,
            how=talk.how or None,
            when=when,
            who=who,
            status=_OUTCOMES[talk.outcome[0]] if talk.outcome else "open",
            outcome=talk.outcome[2:] or None,
        )

    def _evaluation(self) -> Evaluation | None:
        if self._rng.random() > 0.5:
            return None
        return Evaluation(
            helped=self._pick("helped"),
            missing=self._maybe(0.3, "missing"),
            different=self._maybe(0.2, "different"),
        )

    def _next(self, event: Event) -> NextSession | None:
        later = [each.at for each in self._events if each.at > event.at and each.kind not in ("group", "draft")]
        if not later:
            return None
        reason = self._maybe(0.6, "next_reasons")
        return NextSession(at=later[0], reason=reason, booked_by=self._rng.choice(_BOOKERS))

    def _joint(self, event: Event) -> bool:
        return event.kind == "talk" and self._story.fund == event.talk

    def _form(self, event: Event) -> Form:
        if event.kind == "group":
            return "industry"
        if self._story.key == "per-madsen" or event.talk == 0 or self._joint(event):
            return "remote" if event.kind == "follow" else "personal"
        far = 0.8 if self._story.remote or event.kind == "follow" else 0.15
        return "remote" if self._rng.random() < far else self._rng.choice(("personal",) * 14 + ("via_other",))

    def _participants(self, event: Event, form: Form) -> tuple[Participant, ...]:
        if event.kind == "group":
            return (Participant(role="company_consultant", name=CONSULTANT),)
        if self._joint(event):
            return (Participant(role="fund", name="A-kassen Fælles Front"),)
        if event.kind != "talk":
            return ()
        if self._story.along:
            role, name = self._story.along
            return (Participant(role=role, name=name or None),)
        if form == "via_other" or "virksomhedskonsulent" in self._story.talks[event.talk].how:
            return (Participant(role="company_consultant", name=CONSULTANT),)
        return ()

    def _template(self) -> str:
        if self._story.searching:
            return "Jobsøgning"
        return "Uddannelse" if any("education" in goal for goal in self._story.goals) else "Opfølgning på plan"

    def _maybe(self, chance: float, name: str) -> str | None:
        return self._pick(name) if self._rng.random() < chance else None

    def _pick(self, name: str) -> str | None:
        left = [text for text in self._shared[name] if text not in self._used and self._fits(text)]
        if not left:
            return None
        text: str = self._rng.choice(left)
        self._used.add(text)
        return text.format(navn=self._story.called)

    def _fits(self, text: str) -> bool:
        lower = text.lower()
        if not self._story.searching and any(word in lower for word in ("joblog", "ledige", "opslag")):
            return False
        if not self._story.limited and "læge" in lower:
            return False
        drawn = self.plan.since is not None and self.plan.since + timedelta(weeks=4) < self._today
        return drawn or "kurve" not in lower
