"""The words of a progress graph: its legend, what makes a change real, its activities, all fitted into cells."""

from collections.abc import Sequence

from rich.cells import cell_len, set_cell_size

from jobsamtale_tui import i18n, texts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method.progress import Series
from jobsamtale_tui.method.yardstick import Threshold
from jobsamtale_tui.records import Activity

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
LINES = "·-=:~+"
_COLOURS = (6, 5, 2, 3, 4, 1)
"""The terminal's own cyan, magenta, green, yellow, blue, red, so that its theme decides how they look."""
_WIDE = 72
"""Cells from which the legend has room for its longer words."""
_TALL = 20


def legend(
    shown: Sequence[Series], shares: bool, width: int, colour: bool, numbers: Sequence[int] | None = None
) -> list[str]:
    """A line for each series: letter and line, name, first and last score, change, judgement in words."""
    wide = width >= _WIDE
    tails = [_columns_of(one, shares, wide) for one in shown]
    sizes = [max(cell_len(tail[place]) for tail in tails) for place in range(3)]
    numbered = numbers if numbers is not None else range(len(shown))
    keys = [f"{LETTERS[number]}{LINES[number % len(LINES)] * 2} " for number in numbered]
    name_room = width - len(keys[0]) - sum(sizes) - 3 * (2 if wide else 1)
    names = [_name(one, name_room, wide) for one in shown]
    name_size = max(cell_len(name) for name in names)
    lines = []
    for place, key, name, tail in zip(numbered, keys, names, tails, strict=True):
        gap = "  " if wide else " "
        parts = [set_cell_size(name, name_size)]
        parts += [set_cell_size(part, size) for part, size in zip(tail, sizes, strict=True)]
        row = gap.join(parts).rstrip()
        if cell_len(row) > width - len(key):
            row = set_cell_size(row, width - len(key) - 1) + "…"
        lines.append(_painted(key, place, colour) + row)
    return lines


def _columns_of(one: Series, shares: bool, wide: bool) -> tuple[str, str, str]:
    first, last = one.points[0], one.points[-1]
    values = f"{first.value} → {last.value}" if wide else f"{first.value}→{last.value}"
    if one.change is None and not wide:
        values = f"{first.value}/{first.max}→{last.value}/{last.max}"
    elif wide and (shares or one.change is None):
        on = "{value} ({low}–{high})"
        begun = on.format(value=first.value, low=first.min, high=first.max) if one.change is None else first.value
        values = f"{begun} → {on.format(value=last.value, low=last.min, high=last.max)}"
    if len(one.points) == 1:
        return values.split("→")[-1].strip(), "", words(one, wide)
    if one.change is not None:
        change = f"{one.change:+d}" if one.change else "0"
    else:
        moved = last.place - first.place
        change = f"≈{'-' if moved < 0 else '+'}{number(abs(moved))}" if wide else ""
    return values, change, words(one, wide)


def words(one: Series, wide: bool) -> str:
    """How a series is judged, in words, short ones where it is not `wide`; where nothing changed, that."""
    if one.unchanged:
        return _("unchanged")
    match one.judgement:
        case "real_rise":
            return _("real rise")
        case "real_fall":
            return _("real fall")
        case "within_chance":
            return _("may be chance") if wide else _("uncertain")
        case "too_few":
            return _("too few scores to judge") if wide else _("too few")


def _name(one: Series, room: int, wide: bool) -> str:
    """The series' name and whose scores it has; a narrow legend says so of the caseworker's alone."""
    who = {
        ("citizen", True): _("citizen"),
        ("caseworker", True): _("caseworker"),
        ("caseworker", False): _("cw."),
    }.get((one.by, wide))
    after = f" ({who})" if who else ""
    return cut(one.name, max(1, room - cell_len(after))) + after


def what_real_is(shown: Sequence[Series], width: int, height: int) -> list[str]:
    """What the judgements rest on, where the box has room and there is a judgement."""
    if width < _WIDE or height < _TALL or all(len(one.points) < 2 for one in shown):
        return []
    return [
        cut(threshold_said([one.threshold for one in shown], [LETTERS[number] for number in range(len(shown))]), width)
    ]


def threshold_said(thresholds: Sequence[Threshold], letters: Sequence[str]) -> str:
    """What makes a change real, in a sentence: the same for all, or by letter."""
    if not any(one.local for one in thresholds):
        return _("Real: beyond chance, if SD is 2 and r is 0.8 (local assumptions)")
    levels = [f"{one.levels:g}" for one in thresholds]
    if len(set(levels)) == 1:
        return _("Real: from {levels} levels on (local assumption)").format(levels=levels[0])
    each = ", ".join(f"{letter} {level}" for letter, level in zip(letters, levels, strict=False))
    return _("Real, in levels: {each} or more (local assumptions)").format(each=each)


def activities_listed(activities: Sequence[Activity], width: int, room: int) -> list[str]:
    """A heading and a line for each activity, the earliest first; nothing where not even one has room."""
    if not activities or room < min(1 + len(activities), 3):
        return []
    lines = [_("Activities")]
    for activity in sorted(activities, key=lambda activity: (activity.from_, activity.key)):
        until = f"{activity.until:%d.%m.%y}" if activity.until else ""
        lines.append(cut(f"{activity.from_:%d.%m.%y}–{until} {activity.name}", width))
    if len(lines) > room:
        left = len(lines) - room + 1
        lines[room - 1 :] = [_("… and {count} more").format(count=left)]
    return lines


def colour_of(number: int, colour: bool) -> int | None:
    """The colour of a series in the terminal's palette; None without colours."""
    return _COLOURS[number % len(_COLOURS)] if colour else None


def _painted(text: str, number: int, colour: bool) -> str:
    return f"\x1b[38;5;{colour_of(number, True)}m{text}\x1b[0m" if colour else text


def number(value: float) -> str:
    """A number as people write it in the language in use: whole, or with one decimal."""
    if round(value, 1) == round(value):
        return str(round(value))
    written = f"{value:.1f}"
    return written.replace(".", ",") if i18n.language() == "da" else written


def cut(text: str, cells: int) -> str:
    """`text` on one line of at most `cells` cells, with an ellipsis where something was left out."""
    line = texts.one_line(text)
    if cell_len(line) <= cells:
        return line
    return set_cell_size(line, max(0, cells - 1)).rstrip() + "…"[: max(0, cells)]


def _broken(text: str, width: int) -> list[str]:
    """A sentence broken at spaces into lines of at most `width` cells."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if cell_len(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(cut(word, width))
    return [line for line in lines if line]


def sentence(text: str, width: int, height: int) -> str:
    """A sentence in a box of cells."""
    return "\n".join(_broken(text, width)[: max(0, height)])
