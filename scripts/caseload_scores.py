"""Agreements, and scores over a course: small steps from where a citizen began, and some falls."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from jobsamtale_tui.records import Agreement, AgreementChange, ChosenIndicator, Score
from scripts.caseload_calendar import ANCHOR, weeks
from scripts.caseload_stories import Pursued, Story

ENERGY = "energi"
ENERGY_WIDER = date(2026, 2, 2)
"""The day from which the local indicator is scored on its wider scale."""
_CATALOGUE = Path(__file__).resolve().parent.parent / "data" / "indicators"
_MORNING = time(7)


@dataclass
class Course:
    """One indicator of one citizen over the days on which it is scored."""

    pursued: Pursued
    since: date
    until: date | None = None
    values: dict[date, int] = field(default_factory=dict)
    up_on: date | None = None
    down_said: bool = False

    def holds(self, day: date) -> bool:
        """Whether the indicator is agreed on that day."""
        return self.since <= day and (self.until is None or day <= self.until)

    def lay(self, rng: Random, days: list[date]) -> None:
        """Decides the value on each of `days`."""
        own = [day for day in days if self.holds(day)]
        first, last = self.pursued.first, self.pursued.last
        fall = rng.randrange(len(own) // 2, len(own) - 1) if len(own) > 3 and self.pursued.down else None
        value = first
        for number, day in enumerate(own):
            aim = first + (last - first) * number / max(1, len(own) - 1) + rng.choice((-0.6, 0, 0, 0.6))
            step = 1 if aim > value + 0.5 else -1 if aim < value - 1 else 0
            value = max(1, value - 1) if number == fall else max(1, min(10, value + (step if number else 0)))
            self.values[day] = value
        rises = [day for before, day in pairwise(own) if self.values[day] > self.values[before]]
        self.up_on = rises[len(rises) * 2 // 3] if rises and self.pursued.up else None


@dataclass(frozen=True)
class Plan:
    """The agreements of a citizen and the indicators in them."""

    agreements: tuple[Agreement, ...] = ()
    courses: tuple[Course, ...] = ()

    @property
    def since(self) -> date | None:
        """The day from which scores are set."""
        return self.agreements[0].from_ if self.agreements else None


def plan(rng: Random, story: Story, days: list[date]) -> Plan:
    """Agreements over a course whose sessions are held on `days`."""
    if not story.use or not story.indicators:
        return Plan()
    start = days[1] if len(days) > 4 else days[0]
    end = weeks(-3) if story.expired else ANCHOR + timedelta(weeks=rng.randint(5, 18))
    if story.ended:
        end = days[-1]
    middle = next((day for day in days if day >= start + timedelta(weeks=26)), end)
    parts = [(start, end)]
    if (ANCHOR - start).days > 34 * 7 and not story.expired:
        parts = [(start, middle - timedelta(days=1)), (middle, end)]
    courses = [Course(pursued, start) for pursued in story.indicators]
    if story.change:
        late = [day for day in days if day > parts[-1][0] + timedelta(days=14)]
        turn = late[len(late) // 3]
        old = next(course for course in courses if course.pursued.key == story.change.key)
        old.until = turn - timedelta(days=1)
        courses.append(Course(story.change.new, turn))
    every = rng.choice((3, 4, 4, 6)) if len(days) > 3 else 4
    agreements = tuple(
        Agreement(
            key=f"{story.key}-aftale-{number}",
            citizen=story.key,
            from_=since,
            until=until,
            every_weeks=every,
            indicators=tuple(_chosen(story, courses, since, until)),
            changes=tuple(_changes(story, courses, since, until)),
        )
        for number, (since, until) in enumerate(parts, 1)
    )
    scored = [day for day in days if start <= day <= end]
    for course in courses:
        course.lay(rng, scored)
    return Plan(agreements, tuple(courses))


def _changes(story: Story, courses: list[Course], since: date, until: date) -> Iterable[AgreementChange]:
    """What was changed on the way, in the words that the program writes."""
    names = _names()
    for course in courses if story.change else ():
        out = course.until + timedelta(days=1) if course.until else None
        why = story.change.end_reason if story.change else ""
        for day, said, reason in (
            (out, "{name} er taget ud.", why),
            (course.since, "{name} er valgt.", course.pursued.reason),
        ):
            if day and since < day <= until:
                what = said.format(name=names[course.pursued.key])
                at = datetime.combine(day, _MORNING, UTC)
                yield AgreementChange(at=at, by=story.worker, what=what, reason=reason)


@cache
def _names() -> dict[str, str]:
    found = {ENERGY: "Energi"}
    for path in _CATALOGUE.glob("*.toml"):
        tables = tomllib.loads(path.read_text(encoding="utf-8"))["indicator"]
        found |= {table["key"]: table["name"]["da"] for table in tables}
    return found


def _chosen(story: Story, courses: list[Course], since: date, until: date) -> Iterable[ChosenIndicator]:
    for course in courses:
        if course.since > until:
            continue
        ends = course.until is not None and course.until < until
        yield ChosenIndicator(
            indicator=course.pursued.key,
            reason=course.pursued.reason,
            from_=max(course.since, since),
            until=course.until if ends else None,
            end_reason=story.change.end_reason if ends and story.change else None,
        )


class Scorer:
    """Sets a citizen's scores session by session and finds words for them."""

    def __init__(self, rng: Random, story: Story, shared: dict[str, Any], courses: tuple[Course, ...]) -> None:
        self._rng = rng
        self._story = story
        self._shared = shared
        self._courses = courses
        self._used: set[str] = set()

    def scores(self, day: date, few: bool = False) -> tuple[Score, ...]:
        """The scores of the session on `day`; `few` in a short one."""
        courses = [course for course in self._courses if day in course.values]
        if few:
            courses = courses[: self._rng.randint(0, 1)]
        elif len(courses) > 2 and self._rng.random() < 0.15:
            courses.remove(self._rng.choice(courses))
        scores = [self._own(course, day) for course in courses]
        return (*scores, *self._beside(courses, day, few))

    def _own(self, course: Course, day: date) -> Score:
        version, value = _shown(course.pursued.key, day, course.values[day])
        before = [each for each in course.values if each < day]
        change = 0
        if before:
            earlier, last = _shown(course.pursued.key, before[-1], course.values[before[-1]])
            change = value - last if earlier == version else 0
        remark = None
        if day == course.up_on:
            remark = course.pursued.up
        elif change < 0 and course.pursued.down and not course.down_said:
            course.down_said, remark = True, course.pursued.down
        elif self._rng.random() < 0.5:
            tone = "up" if change > 0 else "down" if change < 0 else "same"
            remark = self._fresh(self._shared["remarks"][course.pursued.key][tone])
        return Score(indicator=course.pursued.key, version=version, value=value, remark=remark)

    def _beside(self, courses: list[Course], day: date, few: bool) -> Iterable[Score]:
        chance = 0 if few else 0.85 if self._story.both else 0.12
        for course in courses[: 2 if self._story.both else 1]:
            if self._rng.random() >= chance:
                continue
            version, own = _shown(course.pursued.key, day, course.values[day])
            value = max(1, min(10, course.values[day] + self._rng.choice((-1, 0, 1, 1))))
            value = _shown(course.pursued.key, day, value)[1]
            tone = "above" if value > own else "below" if value < own else "alike"
            remark = self._fresh(self._shared[tone])
            yield Score(
                indicator=course.pursued.key,
                version=version,
                value=value,
                by="caseworker",
                remark=remark.format(navn=self._story.called) if remark else None,
            )

    def _fresh(self, texts: list[str]) -> str | None:
        left = [text for text in texts if text not in self._used]
        if not left:
            return None
        text = self._rng.choice(left)
        self._used.add(text)
        return text


def _shown(key: str, day: date, value: int) -> tuple[int, int]:
    if key != ENERGY:
        return 1, value
    return (1, (value + 1) // 2) if day < ENERGY_WIDER else (2, value)
