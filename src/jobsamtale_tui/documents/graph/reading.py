"""A progress graph in words: one session's scores, how each indicator has gone, before and after each activity."""

from datetime import date

from rich.cells import cell_len, set_cell_size

from jobsamtale_tui import dates, i18n, texts
from jobsamtale_tui.documents.graph.choice import Choice, chosen
from jobsamtale_tui.documents.graph.facts import GraphFacts
from jobsamtale_tui.documents.graph.legend import LETTERS, cut, number, words
from jobsamtale_tui.i18n import _, ngettext
from jobsamtale_tui.method import around, scales
from jobsamtale_tui.method.progress import Reading, Series
from jobsamtale_tui.records import Activity, FollowUp, Rater

WIDE = 100
"""Cells from which what shows itself in practice has lines of its own."""


def reading_lines(facts: GraphFacts, choice: Choice, session: str, width: int) -> list[str]:
    """What is known of one session: when, each score that is shown with its stage, the gap, and the remarks."""
    found = [
        (place, one, point) for place, one in chosen(facts, choice) for point in one.points if point.session == session
    ]
    if not found:
        return []
    remarks = facts.remarks.get(session)
    lines = [dates.short_time(found[0][2].at)]
    practice = _in_practice(facts, found[0][2])
    if practice and width < WIDE:
        (activity, follow), *practice = practice
        short = f"{lines[0]} · ━ {texts.one_line(activity.name)}: {texts.one_line(follow.shows or '')}"
        lines = [cut(short, width)]
    lines += [_reading(facts, place, one, point) for place, one, point in found]
    for activity, follow in practice:
        said = _("Shows itself in practice: {text}").format(text=texts.one_line(follow.shows or ""))
        lines.append(f"━ {texts.one_line(activity.name)}, {dates.short_day(follow.on)} · {said}")
    if remarks is not None and remarks.session:
        lines.append(_("Remarks on the session: {text}").format(text=texts.one_line(remarks.session)))
    wrapped: list[str] = []
    for line in lines:
        wrapped += _folded(line, width)
    return wrapped


def _in_practice(facts: GraphFacts, here: Reading) -> list[tuple[Activity, FollowUp]]:
    """The activities that ran then, or ended since the session before, each with the latest follow-up that says what
    shows itself in practice; the latest of them first.

    After the last session there is no other to show them at, so it has those that came later too.
    """
    times = sorted({point.at for point in facts.points})
    day = dates.local(here.at).date()
    since = max((dates.local(at).date() for at in times if at < here.at), default=day)
    upto = date.max if here.at == times[-1] else day
    found = []
    for one in facts.activities:
        told = [follow for follow in one.follow_ups if follow.on <= upto and follow.shows]
        if told and one.from_ <= upto and (one.until or day) >= since:
            found.append((one, max(told, key=lambda follow: follow.on)))
    return sorted(found, key=lambda each: each[1].on, reverse=True)


def _reading(facts: GraphFacts, place: int, one: Series, point: Reading) -> str:
    who = _("the citizen") if one.by == "citizen" else _("the caseworker")
    parts = [f"{LETTERS[place]} {texts.one_line(one.name)}: {point.value} ({who})"]
    scale = facts.scales.get(one.indicator)
    if one.older(point):
        way = _("converted") if point.converted else _("by share of the range")
        said = _("on the earlier scale {low}–{high}; {value} on the newest, {way}")
        parts.append(said.format(low=point.min, high=point.max, value=number(point.place), way=way))
    elif scale is not None:
        stage = scales.stage_of(scale, point.value)
        if stage is not None:
            parts.append(stage.name.say(i18n.language()))
    if one.by == "caseworker":
        own = next(
            (other for other in _series_of(facts, one.indicator, "citizen") if other.session == point.session), None
        )
        if own is not None:
            parts.append(gap_said(point.place - own.place))
    remarks = facts.remarks.get(point.session)
    parts += [
        f"»{texts.one_line(score.remark)}«"
        for score in (remarks.scores if remarks is not None else ())
        if (score.indicator, score.by) == (one.indicator, one.by) and score.remark
    ]
    return " · ".join(parts)


def _series_of(facts: GraphFacts, indicator: str, by: Rater) -> tuple[Reading, ...]:
    return next((one.points for one in facts.series if (one.indicator, one.by) == (indicator, by)), ())


def gap_said(levels: float) -> str:
    """How far the caseworker's score lies from the citizen's, in words."""
    if levels == 0:
        return _("as the citizen's own")
    if levels > 0:
        return _("{levels} above the citizen's own").format(levels=number(levels))
    return _("{levels} below the citizen's own").format(levels=number(-levels))


def progress_lines(facts: GraphFacts) -> list[str]:
    """Each series in a line: first and last score, and whether the change is real; for the citizen's screen."""
    lines = []
    for one in facts.series:
        who = "" if one.by == "citizen" else f" ({_('caseworker')})"
        first, last = one.points[0], one.points[-1]
        if len(one.points) < 2:
            continue
        if one.change is None:
            on = _("{value} on {low}–{high}")
            begun = on.format(value=first.value, low=first.min, high=first.max)
            values = f"{begun} → {on.format(value=last.value, low=last.min, high=last.max)}"
        else:
            values = f"{first.value} → {last.value}"
        lines.append(f"{texts.one_line(one.name)}{who}: {values}, {words(one, wide=True)}")
    return lines


def _folded(line: str, width: int) -> list[str]:
    """A line broken at spaces; what goes on is indented."""
    rows = [""]
    for word in line.split(" "):
        longer = f"{rows[-1]} {word}" if rows[-1].strip() else f"{rows[-1]}{word}"
        if cell_len(longer) <= width or not rows[-1].strip():
            rows[-1] = longer if cell_len(longer) <= width else set_cell_size(longer, width)
        else:
            rows.append(f"  {word}")
    return rows


def around_lines(facts: GraphFacts) -> list[tuple[str, str]]:
    """Before, during and after each activity as lines, each with its look (`heading`, `dim` or none)."""
    lines: list[tuple[str, str]] = []
    for activity in facts.activities:
        until = dates.short_day(activity.until) if activity.until else _("goes on")
        lines.append((f"{texts.one_line(activity.name)}, {dates.short_day(activity.from_)} – {until}", "heading"))
        pointing, latest = facts.pointing(activity), activity.follow_ups[-1] if activity.follow_ups else None
        if pointing:
            lines.append((pointing, ""))
        if latest and latest.shows:
            lines.append((_("Shows itself in practice: {text}").format(text=texts.one_line(latest.shows)), ""))
        found = around.around(activity, facts.series)
        if not found:
            lines.append((_("No scores around this time."), "dim"))
        for one in found:
            who = "" if one.by == "citizen" else f" ({_('caseworker')})"
            lines.append((f"{texts.one_line(one.name)}{who}", ""))
            for name, part in ((_("before"), one.before), (_("during"), one.during), (_("after"), one.after)):
                lines.append((f"    {name:<8}{_stretch(part)}", ""))
        lines.append(("", ""))
    if not lines:
        return [(_("There are no activities."), "dim")]
    return [
        (
            _(
                "This shows what the scores were around each activity. It does not show that the activity did it: other"
                " things happened meanwhile, and few scores say little. Use it to ask, not to prove."
            ),
            "",
        ),
        (_("Mean and slope are on the newest scale; before and after reach half a year."), "dim"),
        ("", ""),
        *lines,
    ]


def _stretch(part: around.Stretch) -> str:
    if part.mean is None:
        return _("no scores")
    count = ngettext("{count} score", "{count} scores", part.readings).format(count=part.readings)
    said = _("mean {mean} ({count})").format(mean=number(part.mean), count=count)
    if part.slope is None:
        return said
    if abs(part.slope) < 0.05:
        return said + ", " + _("steady")
    slope = number(abs(part.slope))
    if part.slope > 0:
        return said + ", " + _("rises {slope} levels a month").format(slope=slope)
    return said + ", " + _("falls {slope} levels a month").format(slope=slope)
