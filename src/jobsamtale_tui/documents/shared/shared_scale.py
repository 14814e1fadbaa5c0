"""An indicator as the citizen meets it: the question, every level in words, her number in large digits; or her line."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from textwrap import wrap

from jobsamtale_tui import dates, texts
from jobsamtale_tui.documents.shared.lines import BLANK, Room, Row, SharedFacts, long_day, paragraph
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method import progress, scales
from jobsamtale_tui.method.progress import Reading, Series
from jobsamtale_tui.records import Indicator

DIGIT_HEIGHT = 5
_DOTS = {
    "0": "7 5 5 5 7",
    "1": "2 6 2 2 7",
    "2": "7 1 7 4 7",
    "3": "7 1 7 1 7",
    "4": "5 5 7 1 1",
    "5": "7 4 7 1 7",
    "6": "7 4 7 5 7",
    "7": "7 1 1 1 1",
    "8": "7 5 7 5 7",
    "9": "7 5 7 1 7",
    "-": "0 0 7 0 0",
}
"""Each sign as five rows of three dots, a row as a number of three bits."""


def large(number: int) -> list[str]:
    """A number in digits five lines high; every line is as wide as the others."""
    signs = [[int(row) for row in _DOTS[sign].split()] for sign in str(number)]
    return ["  ".join("".join("██" if row >> bit & 1 else "  " for bit in (2, 1, 0)) for row in line)
            for line in zip(*signs, strict=True)]  # fmt: skip


def rows(facts: SharedFacts, room: Room, *, indicator: Indicator) -> list[Row]:
    """The page of an indicator, as it is wanted."""
    if room.line:
        return line_rows(facts, indicator, room)
    return aloud_rows(facts, indicator, room) if room.aloud else question_rows(facts, indicator, room)


def score_of(facts: SharedFacts, indicator: Indicator) -> int | None:
    """Her number in this session."""
    scores = facts.session.scores if facts.session else ()
    return next((one.value for one in scores if one.indicator == indicator.key), None)


def last_of(facts: SharedFacts, indicator: Indicator) -> Reading | None:
    """Her last number before this session, on the same range."""
    scale = indicator.scale
    found = [one for one in facts.readings if one.indicator == indicator.key and one.range == (scale.min, scale.max)]
    return found[-1] if found else None


# The question


def question_rows(facts: SharedFacts, indicator: Indicator, room: Room) -> list[Row]:
    """Name and question, the levels from the highest down, the number large beside them, what she said last time."""
    value, last = score_of(facts, indicator), last_of(facts, indicator)
    language = facts.language
    begins: list[Row] = [((texts.one_line(indicator.name.say(language)), "title"),), BLANK]
    begins += [*paragraph(indicator.question.say(language), room.text, "question"), BLANK]
    ends = [BLANK, *_told(facts, indicator, room)]
    shown = value if value is not None else last.value if last else None
    digits = large(shown) if shown is not None and room.width >= 60 else []
    if digits and len(digits[0]) > room.width // 3:
        digits = []
    width = room.text - (len(digits[0]) + 2 if digits else 0)
    levels = _levels(indicator, shown, language, width, room.height - len(begins) - len(ends))
    return [*begins, *_beside(levels, digits, width, dim=value is None), *ends]


def _levels(indicator: Indicator, shown: int | None, language: str, width: int, height: int) -> list[Row]:
    """Every level with its text, the one she is at marked: with room to spare apart, with too little shortened, those
    farthest from hers first."""
    scale = indicator.scale
    numbers = list(reversed(scales.levels(scale)))
    room = max(len(str(number)) for number in numbers)
    said = {number: texts.one_line(scales.level_text(scale, number, language) or "") for number in numbers}
    inset = room + 6
    whole = {number: wrap(text, max(10, width - inset)) or [""] for number, text in said.items()}
    middle = (scale.min + scale.max) // 2 if shown is None else shown
    left = height - len(numbers)
    for number in sorted(numbers, key=lambda one: abs(one - middle)):
        left -= len(whole[number]) - 1
        if left < 0 and number != shown:
            left += len(whole[number]) - 1
            whole[number] = [texts.shortened(said[number], max(10, width - inset))]
    apart = sum(map(len, whole.values())) + len(numbers) - 1 <= height
    found: list[Row] = []
    for number in numbers:
        look = "here" if number == shown else ""
        for place, line in enumerate(whole[number]):
            mark = "►" if number == shown and not place else " "
            head = f" {mark} {number:>{room}}  " if not place else " " * (room + 5)
            found.append(((head, "here" if look else "strong"), (line, look)))
        if apart and number != numbers[-1]:
            found.append(BLANK)
    return found


def _beside(levels: list[Row], digits: list[str], width: int, *, dim: bool) -> list[Row]:
    """The large number to the right of the levels, from the second line on."""
    first = min(1, max(0, len(levels) - len(digits)))
    found = []
    for place, row in enumerate(levels):
        if digits and first <= place < first + len(digits):
            gap = max(0, width + 1 - sum(len(text) for text, _look in row))
            found.append((*row, (" " * gap, ""), (digits[place - first], "dim" if dim else "digit")))
        else:
            found.append(row)
    return found


def _told(facts: SharedFacts, indicator: Indicator, room: Room) -> list[Row]:
    """What she says today, or how she does, and what she said last time."""
    session, scale, parts = facts.session, indicator.scale, []
    value, last = score_of(facts, indicator), last_of(facts, indicator)
    said = _("On {day} you said {value}.")
    if value is not None and session is not None:
        stage = scales.stage_of(scale, value)
        named = f"{value} – {stage.name.say(facts.language)}" if stage else str(value)
        today = _("Today you say {value}.") if session.status == "draft" else said
        parts.append(today.format(day=_day(session.held_at), value=named))
    elif facts.answers:
        wanted = _("Press the number that suits you best, from {low} to {high}.")
        parts.append(wanted.format(low=scale.min, high=scale.max))
    if last is not None:
        parts.append(said.format(day=_day(last.at), value=last.value))
    elif any(one.indicator == indicator.key for one in facts.readings):
        parts.append(_("Your earlier numbers are from another scale."))
    return [row for sentence in parts for row in paragraph(sentence, room.text)]


def _day(at: datetime) -> str:
    return long_day(dates.local(at).date())


# To be read aloud


def aloud_rows(facts: SharedFacts, indicator: Indicator, room: Room) -> list[Row]:
    """The question and what each number means, in sentences: for the telephone."""
    scale, language = indicator.scale, facts.language
    found: list[Row] = [((texts.one_line(indicator.name.say(language)), "title"),), BLANK]
    found += paragraph(indicator.question.say(language), room.text, "question")
    asked = _("Say a number from {low} to {high}.").format(low=scale.min, high=scale.max)
    found += [*paragraph(asked, room.text), BLANK]
    value = score_of(facts, indicator)
    for number in scales.levels(scale):
        text = texts.one_line(scales.level_text(scale, number, language) or "")
        sentence = _("{number} means: {text}").format(number=number, text=text) if text else str(number)
        here = number == value
        found += paragraph(sentence, room.text, "here" if here else "", first="► " if here else "  ")
    return [*found, BLANK, *_told(facts, indicator, room)]


# Her line


def line_rows(facts: SharedFacts, indicator: Indicator, room: Room) -> list[Row]:
    """Her numbers over time as large marks, the newest to the right, and what they say in words."""
    one = _series(facts, indicator)
    title = _("Your line: {name}").format(name=texts.one_line(indicator.name.say(facts.language)))
    found: list[Row] = [((title, "title"),), BLANK]
    if one is None:
        return [*found, *paragraph(_("There are no numbers yet."), room.text)]
    words = _words(one)
    drawn = drawing(one, room.text, room.height - len(found) - len(words) - 2, facts.today.isoformat())
    found += [((line, ""),) for line in drawn]
    found.append(BLANK)
    for sentence in words:
        found += paragraph(sentence, room.text)
    return found


def _series(facts: SharedFacts, indicator: Indicator) -> Series | None:
    """Her numbers on one indicator, with that of this session."""
    points = [one for one in facts.readings if one.indicator == indicator.key]
    value = score_of(facts, indicator)
    if value is not None and facts.session is not None:
        low, high = indicator.scale.min, indicator.scale.max
        points.append(
            Reading(
                at=facts.session.held_at,
                session=facts.session.key,
                indicator=indicator.key,
                version=indicator.version,
                value=value,
                by="citizen",
                min=low,
                max=high,
            )
        )
    if not points:
        return None
    return progress.series(points, {}, {indicator.key: facts.versions.get(indicator.key, {})})[0]


def _words(one: Series) -> list[str]:
    first, last = one.points[0], one.points[-1]
    if len(one.points) < 2:
        return [_("There is one number so far: {value}.").format(value=last.value)]
    said = []
    if one.older(first):
        said.append(_("The scale has changed on the way; earlier numbers are moved to the one of today."))
    else:
        said.append(_("You began at {first} and are now at {last}.").format(first=first.value, last=last.value))
    judged = {
        "real_rise": _("That is a clear step up."),
        "real_fall": _("That is a clear step down."),
        "within_chance": _("It is so little that it can be chance."),
    }
    said.append(_("It is unchanged.") if one.unchanged else judged.get(one.judgement, ""))
    return [" ".join(filter(None, said))]


def drawing(one: Series, width: int, height: int, today: str) -> list[str]:
    """The line: a row or more a level, each number in a box where it stands, a day below it.

    As many of the newest points as there is room for.
    """
    axis = max(len(str(one.min)), len(str(one.max))) + 1
    gap = 10
    points: Sequence[Reading] = one.points[-max(1, (width - axis - 8) // gap + 1) :]
    if len(points) > 1:
        gap = min(16, (width - axis - 8) // (len(points) - 1))
    levels = one.max - one.min
    step = 2 if height >= 2 * levels + 3 else 1
    canvas = [[" "] * width for _row in range(levels * step + 1)]
    for level in range(one.min, one.max + 1):
        for at, sign in enumerate(f"{level:>{axis - 1}}│"):
            canvas[(one.max - level) * step][at] = sign
    for row in canvas:
        row[axis - 1] = "│"
    places = [(axis + 4 + place * gap, (one.max - point.place) * step) for place, point in enumerate(points)]
    for (x, y), (beyond, then) in pairwise(places):
        for at in range(x, beyond):
            canvas[round(y + (then - y) * (at - x) / (beyond - x))][at] = "·"
    for (x, y), point in zip(places, points, strict=True):
        box = f"▐{round(point.place)}▌"
        begin = max(axis, x - len(box) // 2)
        canvas[round(y)][begin : begin + len(box)] = list(box)
    under = [" "] * width
    for (x, _y), point in zip(places, points, strict=True):
        day = dates.local(point.at).date()
        label = _("today") if day.isoformat() == today else f"{day.day}.{day.month}.{day:%y}"
        begin = max(axis, x - len(label) // 2)
        under[begin : begin + len(label)] = list(label)
    base = [" "] * (axis - 1) + ["└"] + ["─"] * (width - axis)
    return ["".join(row)[:width].rstrip() for row in (*canvas, base, under)]
