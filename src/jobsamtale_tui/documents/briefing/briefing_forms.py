"""The briefing's forms: JSON, and text that fits a screen or goes on as long as there is something to tell."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.documents.briefing.briefing import Briefing, Section, sections_of
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method.labour import old
from jobsamtale_tui.method.preparing import Facts
from jobsamtale_tui.method.search import RECENT_DAYS, Search

WIDTH, HEIGHT = 80, 23
"""A terminal's screen, a line left for the prompt."""


def document(briefing: Briefing) -> dict[str, Any]:
    """The briefing as `prepare --format json` has it: records as in the exchange format."""
    facts = briefing.facts
    contact = facts.contact
    return {
        "citizen": facts.citizen.key,
        "name": facts.citizen.name,
        "target_group": facts.target_group,
        "on": facts.on.isoformat(),
        "last_session": _record(facts.last) if facts.last else None,
        "open_steps": [
            {"session": one.session, "decided": one.decided.isoformat(), **_record(one.step)}
            for one in facts.open_steps
        ],
        "job_goals": [_record(one) for one in facts.job_goals],
        "activities": [_record(one) for one in facts.activities],
        "agreement": _agreement(facts) if facts.agreement else None,
        "search": _search(briefing.search),
        "labour_market": [
            {"occupation": one.occupation, "region": one.region, "outlook": one.outlook, "source": one.source}
            | {"date": one.date.isoformat(), "old": old(one, facts.on)}
            for one in briefing.labour
        ],
        "openings": [_record(one) for one in briefing.openings],
        "contact": {
            "due": contact.due.isoformat() if contact and contact.due else None,
            "rule": contact.rule.id if contact and contact.rule else None,
            "status": contact.status if contact else "none",
        },
        "proposals": [{"reason": one.reason, "topic": one.topic, "because": one.because} for one in briefing.proposals],
    }


def _record(record: Any) -> dict[str, Any]:
    return {name: value for name, value in records.as_document(record).items() if name != "kind"}


def _agreement(facts: Facts) -> dict[str, Any]:
    found = _record(facts.agreement)
    for chosen in found["indicators"]:
        points = [one.points[-1] for one in facts.series if one.indicator == chosen["indicator"]]
        latest = max(points, key=lambda point: (point.at, point.by == "citizen"), default=None)
        chosen["latest"] = latest and {
            "value": latest.value,
            "version": latest.version,
            "min": latest.min,
            "max": latest.max,
            "by": latest.by,
            "session": latest.session,
            "at": dates.iso(latest.at),
        }
    return found


def _search(search: Search) -> dict[str, Any]:
    return {
        "applications": search.month,
        "before": search.month_before,
        "per_week": round(search.per_week, 2),
        "since_last_session": search.since_last,
        "latest": search.latest.isoformat() if search.latest else None,
        "days": RECENT_DAYS,
        "positions": dict(search.positions),
        "industries": {danish: count for danish, _english, count in search.industries},
        "channels": dict(search.channels),
        "answers": dict(search.answers),
        "unanswered": search.unanswered,
    }


def text(briefing: Briefing, width: int = WIDTH, height: int | None = HEIGHT) -> str:
    """The briefing in lines of at most `width` characters, and no more of them than `height`; with None all there is.

    Where something has no room, `+2` says how much.
    """
    sections = [one for one in sections_of(briefing) if height is None or not one.extra]
    column = max(len(section.title) for section in sections) + 2
    room = width - column
    lines = [_head(briefing, width)]
    if height is None:
        for section in sections:
            rows = [row for entry in section.entries for row in _wrapped(entry, room)]
            lines += ["", *_titled(section.title, rows, column)]
        lines += _reasons(briefing, width)
        return "\n".join(lines)
    entries = [(" · ".join(one.entries),) if one.joined else one.entries for one in sections]
    given = _shared_out(sections, entries, height - len(lines), room)
    for section, told, count in zip(sections, entries, given, strict=True):
        lines += _titled(section.title, _fitted(told, count, room), column)
    return "\n".join(lines)


def _head(briefing: Briefing, width: int) -> str:
    citizen, day = briefing.facts.citizen, dates.short_day(briefing.facts.on)
    said = " · ".join(filter(None, (texts.one_line(citizen.name), citizen.key, citizen.case_key)))
    room = width - len(day) - 2
    return f"{texts.shortened(said, room).ljust(room)}  {day}"


def _titled(title: str, rows: Sequence[str], column: int) -> list[str]:
    return [f"{title if place == 0 else '':<{column}}{row}".rstrip() for place, row in enumerate(rows)]


def _wrapped(entry: str, room: int) -> list[str]:
    return wrap(entry, room, subsequent_indent="  ", break_on_hyphens=False) or [""]


def _fitted(entries: Sequence[str], count: int, room: int) -> list[str]:
    """The entries on `count` rows: one each, a last one longer where rows are left, `+n` where some have none."""
    shown, left = entries[:count], len(entries) - count
    if left > 0:
        more = f" +{left}"
        return [
            *(texts.shortened(one, room) for one in shown[:-1]),
            texts.shortened(shown[-1], room - len(more)) + more,
        ]
    rows: list[str] = []
    spare = count - len(entries)
    for entry in shown:
        wrapped = _wrapped(entry, room)
        taken = wrapped[: spare + 1]
        if len(taken) < len(wrapped):
            taken[-1] = texts.shortened(f"{taken[-1]} {' '.join(wrapped[len(taken) :])}", room)
        spare -= len(taken) - 1
        rows += taken
    return rows


def _shared_out(sections: Sequence[Section], entries: Sequence[tuple[str, ...]], height: int, room: int) -> list[int]:
    """How many rows each section gets: the least first, then a row for each entry, then what long ones would fill."""
    order = sorted(range(len(sections)), key=lambda place: sections[place].rank)
    given = [1 for _section in sections]
    filled = [sum(len(_wrapped(entry, room)) for entry in told) for told in entries]
    least = [min(section.least, len(told)) for section, told in zip(sections, entries, strict=True)]
    for wanted in (least, [len(told) for told in entries], filled):
        wanting = True
        while wanting:
            wanting = False
            for place in order:
                if given[place] < wanted[place] and sum(given) < height:
                    given[place] += 1
                    wanting = True
    return given


def _reasons(briefing: Briefing, width: int) -> list[str]:
    """The proposals once more, each with the facts behind it."""
    lines = ["", _("Why it is proposed")] if briefing.proposals else []
    for one in briefing.proposals:
        lines += [*_wrapped(f"○ {texts.one_line(one.topic)}", width)]
        lines += wrap(one.because, width, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False)
    return lines
