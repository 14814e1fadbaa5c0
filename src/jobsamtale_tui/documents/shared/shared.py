"""The pages of the screen that the citizen looks at too: pure functions from her own facts to lines, in her language.

Whoever calls says it in her language (`i18n.speaking(facts.spoken)`).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from jobsamtale_tui import dates, texts
from jobsamtale_tui.documents.search_lines import outlook_line
from jobsamtale_tui.documents.shared.lines import BLANK, Room, Row, SharedFacts, long_day, long_time, paragraph, titled
from jobsamtale_tui.i18n import _
from jobsamtale_tui.records import AgendaItem, Indicator, Step


@dataclass(frozen=True, slots=True)
class Page:
    """A page: what it is about, the indicator it asks about, and what stands on it. `wide`: blank lines between."""

    kind: str
    draw: Callable[..., list[Row]]
    """Takes the facts and the room."""
    indicator: Indicator | None = None


def pages(facts: SharedFacts) -> list[Page]:
    """The pages that there is something to show on, in their order."""
    return [page for make in PAGES for page in make(facts)]


def _asked(facts: SharedFacts) -> Iterator[Page]:
    from jobsamtale_tui.documents.shared import shared_scale

    for indicator in facts.indicators:
        yield Page("indicator", partial(shared_scale.rows, indicator=indicator), indicator)


def _agenda(facts: SharedFacts) -> Iterator[Page]:
    if facts.session is not None:
        yield Page("agenda", agenda_rows)


def _steps(facts: SharedFacts) -> Iterator[Page]:
    if facts.session is not None or facts.open_steps:
        yield Page("steps", step_rows)


def _goals(facts: SharedFacts) -> Iterator[Page]:
    if facts.wishes or facts.goals:
        yield Page("goals", goal_rows)


def _search(facts: SharedFacts) -> Iterator[Page]:
    if facts.applications:
        yield Page("search", application_rows)


def _labour(facts: SharedFacts) -> Iterator[Page]:
    if facts.labour:
        yield Page("labour", labour_rows)


def _summary(facts: SharedFacts) -> Iterator[Page]:
    if facts.answers or (facts.session is not None and facts.session.summary):
        yield Page("summary", summary_rows)


def _brief(facts: SharedFacts) -> Iterator[Page]:
    if facts.session is not None:
        yield Page("brief", brief_rows)


PAGES: tuple[Callable[[SharedFacts], Iterable[Page]], ...] = (
    _asked,
    _agenda,
    _steps,
    _goals,
    _search,
    _labour,
    _summary,
    _brief,
)
"""What makes the pages, in their order: another kind of page is one more function here."""


# Lines


# Agenda


def agenda_rows(facts: SharedFacts, room: Room) -> list[Row]:
    """What is to be talked about, what has been, and what came of it."""
    blocks = [_item(item, room) for item in _items(facts)]
    return titled(_("What we talk about"), room, *blocks, empty=_("Nothing is agreed yet. What is on your mind?"))


def _items(facts: SharedFacts) -> tuple[AgendaItem, ...]:
    return facts.session.agenda if facts.session else ()


def _item(item: AgendaItem, room: Room) -> list[Row]:
    mark = "✓ " if item.state == "done" else "○ "
    rows = paragraph(item.topic, room.text, "strong", first=mark)
    if item.required:
        rows += paragraph(_("This is something the law asks us to talk about."), room.text, first="  ")
    if item.state == "done" and item.conclusion:
        rows += paragraph(item.conclusion, room.text, first="  → ")
    return rows


# Steps


def step_rows(facts: SharedFacts, room: Room) -> list[Row]:
    """What was agreed today, what is left from before, and when the next session is."""
    steps = facts.session.steps if facts.session else ()
    earlier = facts.open_steps
    blocks = [_step(step, room) for step in steps]
    if earlier:
        blocks.append([((_("From last time"), "title"),)])
        blocks += [_step(step, room) for step in earlier]
    agreed = facts.session.next if facts.session else None
    if agreed:
        when = _("We talk again on {when}.").format(when=long_time(agreed.at))
        blocks.append(paragraph(when, room.text, "strong"))
    return titled(_("What we have agreed"), room, *blocks, empty=_("Nothing is agreed yet. What is your next step?"))


def step_lines(step: Step) -> list[str]:
    """A step in full words: who does what, how, and when."""
    said = {
        "citizen": _("You: {what}"),
        "caseworker": _("Your caseworker: {what}"),
        "other": _("Somebody else: {what}"),
    }
    lines = [said[step.who].format(what=texts.one_line(step.what))]
    if step.how:
        lines.append(_("How: {how}").format(how=texts.one_line(step.how)))
    if step.when:
        lines.append(_("When: {day}").format(day=long_day(step.when)))
    return lines


def _step(step: Step, room: Room) -> list[Row]:
    first, *more = step_lines(step)
    mark = {"done": "✓ ", "partly": "◐ "}.get(step.status, "○ ")
    rows = paragraph(first, room.text, "strong", first=mark)
    if step.status == "partly":
        rows += paragraph(_("You are under way."), room.text, first="  ")
    for line in more:
        rows += paragraph(line, room.text, first="  ")
    return rows


# Goals and applications


def goal_rows(facts: SharedFacts, room: Room) -> list[Row]:
    """What she searches for, and her goals."""
    grades = {"A": _("This is what you want most"), "B": _("This can also be it"), "C": _("If it does not work out")}
    blocks = []
    if facts.wishes:
        said = ", ".join(texts.one_line(one) for one in facts.wishes)
        blocks.append([*paragraph(_("You have written that you search for"), room.text, "dim"), *_named(said, room)])
    for goal in facts.goals:
        what = ", ".join(filter(None, (goal.position, goal.function, goal.industry, goal.education)))
        blocks.append([*paragraph(grades[goal.grade], room.text, "dim"), *_named(what, room)])
    return titled(_("Your goals"), room, *blocks)


def _named(what: str, room: Room) -> list[Row]:
    return paragraph(texts.one_line(what), room.text, "strong", first="  ")


def application_rows(facts: SharedFacts, room: Room) -> list[Row]:
    """Her newest applications."""
    rows: list[Row] = []
    for one in facts.applications:
        what = ", ".join(texts.one_line(part) for part in (one.position, one.employer) if part)
        rows += paragraph(what, room.text, "strong", first=f"{dates.short_day(one.on)}  ")
        if one.result:
            rows += paragraph(one.result, room.text, first=" " * 12)
    return titled(_("Jobs you have applied for"), room, rows)


def labour_rows(facts: SharedFacts, room: Room) -> list[Row]:
    """What is known of the chances beside her goals, with where it is from and of which day."""
    blocks = [paragraph(outlook_line(one, facts.today), room.text) for one in facts.labour]
    return titled(_("The labour market for your goals"), room, *blocks)


# The summary, and what is sent


def summary_rows(facts: SharedFacts, room: Room) -> list[Row]:
    """Her own words for the note; where she can write them, the field stands below."""
    session = facts.session
    rows = titled(_("In your own words"), room)
    rows += paragraph(_("What do you take with you from today? It goes into the note."), room.text, "question")
    if session and session.summary and not facts.answers:
        rows += [BLANK, *paragraph(session.summary, room.text)]
    return rows


def brief_rows(facts: SharedFacts, room: Room) -> list[Row]:
    """What can be sent to her."""
    rows: list[Row] = []
    for line in message(facts).splitlines():
        rows += paragraph(line, room.text, rest="  " if line.startswith("- ") else "", first="") if line else [BLANK]
    return titled(_("In short, to send"), room, rows)


def message(facts: SharedFacts) -> str:
    """The session in short, as text to be sent: what was agreed, the steps, the next time. No names and no numbers of
    hers; "" where there is no session."""
    session = facts.session
    if session is None:
        return ""
    held = dates.local(session.held_at).date()
    parts = [[_("Our conversation on {day}").format(day=long_day(held))]]
    talked = [item for item in session.agenda if item.state in ("agreed", "done")]
    if talked:
        parts.append([_("What we talked about:"), *(f"- {_brief_item(item)}" for item in talked)])
    steps = [step for step in session.steps if step.status != "done"]
    if steps:
        parts.append([_("What we have agreed:"), *(f"- {'. '.join(step_lines(step))}" for step in steps)])
    if session.summary:
        parts.append([_("In your own words:"), f"»{texts.one_line(session.summary)}«"])
    if session.next:
        parts.append([_("We talk again on {when}.").format(when=long_time(session.next.at))])
    return texts.without_cpr("\n\n".join("\n".join(part) for part in parts))


def _brief_item(item: AgendaItem) -> str:
    topic = texts.one_line(item.topic)
    return f"{topic}: {texts.one_line(item.conclusion)}" if item.state == "done" and item.conclusion else topic
