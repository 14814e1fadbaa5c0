"""The citizen's page: how her scores have gone, what is agreed, her next steps and the next session, in her language.

From facts to finished sentences, for a template to lay out (`typeset`). Her own scores stand on it; the caseworker's
where they are asked for. No CPR number and no case key do.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from babel.dates import format_datetime

from jobsamtale_tui import dates, i18n, texts
from jobsamtale_tui.documents.graph import svg as graph_svg
from jobsamtale_tui.documents.graph.facts import GraphFacts
from jobsamtale_tui.documents.graph.legend import number
from jobsamtale_tui.documents.graph.svg import day_said, plain
from jobsamtale_tui.i18n import N_, _, ngettext
from jobsamtale_tui.method import scales
from jobsamtale_tui.method.progress import Judgement, Reading, Series
from jobsamtale_tui.records import Agreement, ChosenIndicator, Step

MOST = 12
"""So many indicators stand on a page; of more those of the agreement, then those that were scored last."""
FEW = 8
"""So many are drawn where all else would leave no room."""
_NAME, _TEXT, _LEVEL = 60, 160, 130
"""Characters of a name, a text and a level's text; what is longer ends in an ellipsis."""
_UNBROKEN, _BREAK = re.compile(r"\S{25,}"), "\u200b"
_JUDGED: Mapping[Judgement, str] = {
    "real_rise": N_("A clear rise."),
    "real_fall": N_("A clear fall."),
    "within_chance": N_("The difference can be chance."),
    "too_few": N_("The first score."),
}
_FORMS = {"personal": N_("in person"), "remote": N_("by phone or video"), "group": N_("in a group")}


@dataclass(frozen=True, slots=True, kw_only=True)
class NextMeeting:
    """The next session: when, and its form where it is known."""

    at: datetime
    form: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What a citizen's page is made of.

    `graph` has the series that are to stand on it. `names` has the names of the chosen indicators, in her language.
    `after` is when the last session was held. `agreement` is None where indicators are not used or none is made.
    """

    language: str
    graph: GraphFacts
    names: Mapping[str, str] = field(default_factory=dict)
    agreement: Agreement | None = None
    chosen: tuple[ChosenIndicator, ...] = ()
    run_out: bool = False
    steps: tuple[Step, ...] = ()
    after: datetime | None = None
    next: NextMeeting | None = None
    caseworker: str | None = None

    @property
    def empty(self) -> bool:
        """There is nothing to tell her."""
        return not (self.graph.series or self.agreement or self.steps or self.next)


def spoken(language: str | None) -> str:
    """The language of a page for a citizen of this language: hers where the program has it, else Danish."""
    return language if language in i18n.LANGUAGES else i18n.DEFAULT_LANGUAGE


def svg(facts: PageFacts) -> str:
    """Her graph as an SVG file, in her language. Raises ValueError where there is no score."""
    with i18n.speaking(facts.language):
        return graph_svg.draw(facts.graph.series)


def page(facts: PageFacts) -> dict[str, Any]:
    """What a template lays out as one page: headings, sentences and drawings, all in her language and finished.

    The same facts give the same document. Texts that people typed are on one line and of a length that fits.
    """
    with i18n.speaking(facts.language):
        name = _cut(facts.graph.citizen_name, _NAME)
        rows = _rows(facts)
        after = _("After the session on {day}").format(day=day_said(facts.after)) if facts.after else ""
        by = _("Your caseworker is {name}").format(name=_cut(facts.caseworker, _NAME)) if facts.caseworker else ""
        return {
            "key": facts.graph.citizen,
            "lang": facts.language,
            "region": "GB" if facts.language == "en" else "DK",
            "title": _("{name}: your way forward").format(name=name),
            "under": [line for line in (after, by) if line],
            "graph": _graph(facts),
            "scores": {
                "heading": _("What we follow together"),
                "columns": [_("What"), _("Now"), _("How it has gone")],
                "rows": rows,
                "period": _period(facts),
                "clear": _clear(facts.graph.series),
            },
            "steps": _steps(facts),
            "next": {"heading": _("Our next session"), "text": _next(facts.next)},
            "left_out": {
                "indicators": _("{count} more indicators have no room here."),
                "levels": _("What the numbers mean has no room here."),
                "reasons": _("Why each was chosen stands in our agreement."),
                "steps": _("{count} more steps stand in your plan."),
                "how": _("How to take the steps stands in your plan."),
            },
            "unprintable": _("□ stands for a sign that cannot be printed here."),
        }


def _cut(text: str, most: int) -> str:
    """A text on one line of at most `most` characters; what is written without a space can be broken anywhere."""
    return _UNBROKEN.sub(lambda run: _BREAK.join(run[0]), texts.shortened(plain(text), most))


def _ordered(facts: PageFacts) -> list[str]:
    """The indicators that have scores or are chosen: those of the agreement first, then those that were scored last."""
    latest: dict[str, datetime] = {}
    for one in facts.graph.series:
        latest[one.indicator] = max(latest.get(one.indicator, one.points[-1].at), one.points[-1].at)
    chosen = [one.indicator for one in facts.chosen]
    others = sorted((key for key in latest if key not in chosen), key=lambda key: latest[key], reverse=True)
    return [*chosen, *others]


def _drawn(facts: PageFacts, most: int) -> list[Series]:
    """The series of the first `most` indicators that have scores, in the order of the page."""
    scored = {one.indicator for one in facts.graph.series}
    keys = [key for key in _ordered(facts) if key in scored][:most]
    return [
        replace(one, name=texts.shortened(plain(one.name), _NAME))
        for key in keys
        for one in facts.graph.series
        if one.indicator == key
    ]


def _graph(facts: PageFacts) -> dict[str, Any]:
    heading = _("Your scores over time")
    series = _drawn(facts, MOST)
    if not series:
        return {"heading": heading, "drawings": [], "alt": [], "none": _("There are no scores yet.")}
    few = _drawn(facts, FEW)
    drawings = [graph_svg.draw(series, low=low, described=False) for low in (False, True)]
    alt = [graph_svg.told(series)] * 2
    if few != series:
        drawings.append(graph_svg.draw(few, low=True, described=False))
        alt.append(graph_svg.told(few))
    return {
        "heading": heading,
        "drawings": drawings,
        "alt": alt,
        "none": "",
    }


def _rows(facts: PageFacts) -> list[dict[str, str]]:
    reasons = {one.indicator: one.reason for one in facts.chosen}
    rows = []
    for key in _ordered(facts):
        found: list[Series | None] = [one for one in facts.graph.series if one.indicator == key]
        name = next((one.name for one in found if one), facts.names.get(key, key))
        reason = _cut(reasons[key], _TEXT) if key in reasons else ""
        for one in found or [None]:
            rows.append(
                {
                    "name": _cut(name, _NAME) + (f" ({_('the caseworker')})" if one and one.by == "caseworker" else ""),
                    "reason": _("Why: {reason}").format(reason=reason) if reason else "",
                    "now": _now(one) if one else _("No score yet"),
                    "level": _level(facts, one) if one else "",
                    "gone": _gone(one) if one else "",
                }
            )
            reason = ""
    return rows


def _now(one: Series) -> str:
    last = one.points[-1]
    if last.min in (0, 1):
        return _("{value} of {highest}").format(value=last.value, highest=last.max)
    return _("{value} on a scale from {low} to {high}").format(value=last.value, low=last.min, high=last.max)


def _level(facts: PageFacts, one: Series) -> str:
    scale, last = facts.graph.scales.get(one.indicator), one.points[-1]
    if scale is None or one.older(last):
        return ""
    return _cut(scales.level_text(scale, last.value, facts.language) or "", _LEVEL)


def _gone(one: Series) -> str:
    judged = _(_JUDGED[one.judgement])
    if len(one.points) < 2:
        return judged
    since_first = _moved(one.points[0], one.points[-1])
    said = _("Since the first score: {change}.").format(change=since_first)
    if len(one.points) > 2:
        said += " " + _("Since last: {change}.").format(change=_moved(one.points[-2], one.points[-1]))
    return said if one.unchanged else f"{said} {judged}"


def _moved(before: Reading, now: Reading) -> str:
    levels = now.place - before.place
    if round(levels, 1) == 0:
        return _("no change")
    count = number(abs(levels))
    one = round(abs(levels), 1) == 1
    if levels > 0:
        return ngettext("{count} level up", "{count} levels up", 1 if one else 2).format(count=count)
    return ngettext("{count} level down", "{count} levels down", 1 if one else 2).format(count=count)


def _clear(series: Sequence[Series]) -> str:
    """What makes a rise or a fall clear, in plain words; nothing where none is judged."""
    levels = sorted({one.threshold.levels for one in series if len(one.points) > 1})
    if not levels:
        return ""
    if len(levels) == 1:
        said = _("A change is called clear from {levels} levels on: smaller ones can be chance.")
        return said.format(levels=number(levels[0])) + " " + _("The limit is our estimate.")
    said = _("A change is called clear from {low} to {high} levels on, by scale: smaller ones can be chance.")
    return said.format(low=number(levels[0]), high=number(levels[-1])) + " " + _("The limit is our estimate.")


def _period(facts: PageFacts) -> str:
    agreement = facts.agreement
    if agreement is None:
        return ""
    if agreement.until is None:
        said = _("Our agreement began on {day}.").format(day=day_said(agreement.from_))
    elif facts.run_out:
        said = _("Our agreement ended on {day}. We make a new one.").format(day=day_said(agreement.until))
    else:
        said = _("Our agreement runs from {first} to {last}.").format(
            first=day_said(agreement.from_), last=day_said(agreement.until)
        )
    if agreement.every_weeks and not facts.run_out:
        weeks = ngettext("You score every week.", "You score every {count} weeks.", agreement.every_weeks)
        said += " " + weeks.format(count=agreement.every_weeks)
    return said


def _steps(facts: PageFacts) -> dict[str, Any]:
    who = {"citizen": _("You"), "caseworker": _("Your caseworker"), "other": _("Somebody else")}
    begun = _("begun")
    ordered = sorted(facts.steps, key=lambda step: (step.when is None, step.when))
    return {
        "heading": _("Next steps"),
        "columns": [_("Step"), _("By when"), _("Who does it")],
        "rows": [
            {
                "what": _cut(step.what, _TEXT) + (f" ({begun})" if step.status == "partly" else ""),
                "how": _cut(step.how or "", _TEXT),
                "when": day_said(step.when) if step.when else "",
                "who": who[step.who],
            }
            for step in ordered
        ],
        "none": _("We have agreed on no steps."),
    }


def _next(meeting: NextMeeting | None) -> str:
    if meeting is None:
        return _("It is not agreed yet.")
    at, danish = dates.local(meeting.at), i18n.language() == "da"
    pattern = "EEEE 'den' d. MMMM y 'kl.' HH.mm" if danish else "EEEE d MMMM y 'at' HH:mm"
    said = str(format_datetime(at.replace(tzinfo=None), pattern, locale=graph_svg.LOCALES[i18n.language()]))
    form = f", {_(_FORMS[meeting.form])}" if meeting.form in _FORMS else ""
    return said[:1].upper() + said[1:] + form + "."
