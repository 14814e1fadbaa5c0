"""The scale form: all indicators of a session in one widget with its own cursor, and the level texts below them.

A digit repaints the row and the texts; moving repaints two rows and the texts. No focus changes hands.
"""

import textwrap
from dataclasses import dataclass, field
from functools import lru_cache
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from jobsamtale_tui import records, texts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method import scales
from jobsamtale_tui.tui.commands.bindings import bind, bind_pair
from jobsamtale_tui.tui.look.privacy import Unmasked, masked

DETAIL = 7
"""Lines below the rows: a rule, the question (two), three level texts, the remark."""
RULE, QUESTION, LEVELS, REMARK = range(1), range(1, 3), range(3, 6), range(6, 7)
NAME = 24


@dataclass(frozen=True, slots=True)
class ScaleEntry:
    """An indicator in the form, with each rater's last value on the same range."""

    indicator: records.Indicator
    last: dict[records.Rater, int] = field(default_factory=dict)


class ScaleForm(Unmasked, Widget, can_focus=True):
    """Scores by digits; the citizen's or the caseworker's reading, one at a time, both in sight."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "scale--dim",
        "scale--value",
        "scale--cursor",
        "scale--here",
        "scale--question",
    }
    DEFAULT_CSS = """
    ScaleForm { height: 1fr; min-height: 9; background: $background; }
    ScaleForm > .scale--dim { color: $dim; }
    ScaleForm > .scale--value { color: $accent; text-style: bold; }
    ScaleForm > .scale--cursor { text-style: reverse; }
    ScaleForm > .scale--here { text-style: bold; }
    ScaleForm > .scale--question { text-style: bold italic; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *bind_pair("score.move", "step(-1)", "step(1)"),
        *bind_pair("cursor.move", "row(-1)", "row(1)"),
        bind("score.highest", "extreme(True)"),
        bind("score.lowest", "extreme(False)"),
        bind("score.clear", "clear"),
        bind("score.remark", "remark"),
        bind("score.rater", "rater"),
    ]

    class Scored(Message):
        """A score was set (or cleared: None)."""

        def __init__(self, indicator: str, by: records.Rater, value: int | None) -> None:
            super().__init__()
            self.indicator = indicator
            self.by = by
            self.value = value

    class RemarkWanted(Message):
        """Enter was pressed on an indicator."""

    class Said(Message):
        """Something to say on the status line."""

        def __init__(self, sentence: str) -> None:
            super().__init__()
            self.sentence = sentence

    def __init__(self, language: str = "da", *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.language = language
        self.entries: list[ScaleEntry] = []
        self.values: dict[tuple[str, records.Rater], int] = {}
        self.remarks: dict[tuple[str, records.Rater], str] = {}
        self._unheard: dict[tuple[str, records.Rater], int | None] = {}
        """Scores whose message is on its way: a session that is shown meanwhile does not have them yet."""
        self.at = 0
        self.top = 0
        self.by: records.Rater = "citizen"
        self._room = Size(0, 0)
        self._looks: dict[str, Style] = {}
        self._looks_of: object = None

    # What it shows

    def fill(self, entries: list[ScaleEntry], scores: tuple[records.Score, ...]) -> None:
        """Shows these indicators with the session's scores; the cursor stays where it was."""
        known = {(score.indicator, score.by): score.value for score in scores} | self._unheard
        values = {key: value for key, value in known.items() if value is not None}
        remarks = {(score.indicator, score.by): score.remark for score in scores if score.remark}
        if (entries, values, remarks) == (self.entries, self.values, self.remarks):
            return
        self.entries, self.values, self.remarks = entries, values, remarks
        self.at = min(self.at, max(0, len(entries) - 1))
        self._settle()
        self.refresh()

    @property
    def entry(self) -> ScaleEntry | None:
        """The entry under the cursor."""
        return self.entries[self.at] if self.entries else None

    @property
    def value(self) -> int | None:
        """The value under the cursor, by the rater in turn."""
        return self.values.get((self.entry.indicator.key, self.by)) if self.entry else None

    def go(self, at: int) -> None:
        """Moves the cursor; both rows and the texts below are repainted."""
        before, self.at = self.at, max(0, min(len(self.entries) - 1, at))
        if self.at == before:
            return
        top = self.top
        self._settle()
        if self.top != top:
            self.refresh()
        else:
            self._repaint(before, self.at)

    def go_unscored(self) -> None:
        """Moves the cursor to the first indicator that the rater in turn has not scored."""
        keys = [entry.indicator.key for entry in self.entries]
        self.go(next((place for place, key in enumerate(keys) if (key, self.by) not in self.values), self.at))

    @property
    def _visible(self) -> int:
        return max(1, self._room.height - DETAIL)

    def _settle(self) -> None:
        """Keeps the cursor's row in sight and no room empty."""
        visible = self._visible
        self.top = max(self.at - visible + 1, min(self.top, self.at, len(self.entries) - visible), 0)

    def _repaint(self, *rows: int, below: tuple[range, ...] = (range(DETAIL),)) -> None:
        """Draws these rows anew, and of the lines below those that say something else now."""
        first, width = min(len(self.entries), self._visible), self._room.width
        lines = [Region(0, first + part.start, width, len(part)) for part in below]
        self.refresh(*(Region(0, row - self.top, width, 1) for row in rows), *lines)

    # Keys

    def check_consume_key(self, key: str, character: str | None = None) -> bool:  # noqa: ARG002
        """Digits score."""
        return self.entry is not None and character is not None and character in "0123456789"

    def on_key(self, event: events.Key) -> None:
        """Digits score."""
        if event.character and self.entry and self.check_consume_key(event.key, event.character):
            digit, scale = int(event.character), self.entry.indicator.scale
            self._set(10 if digit == 0 and scale.min > 0 else digit)
            event.stop()
            event.prevent_default()

    def _set(self, value: int) -> None:
        entry = self.entry
        if entry is None:
            return
        scale = entry.indicator.scale
        if not scale.min <= value <= scale.max:
            sentence = _("{value} is outside the scale {min} to {max}; nothing has changed")
            self.post_message(self.Said(sentence.format(value=value, min=scale.min, max=scale.max)))
            return
        key = (entry.indicator.key, self.by)
        if self.values.get(key) != value:
            self.values[key] = value
            self._repaint(self.at, below=(RULE, LEVELS))
            self._tell(*key, value)

    def _tell(self, indicator: str, by: records.Rater, value: int | None) -> None:
        self._unheard[indicator, by] = value
        self.post_message(self.Scored(indicator, by, value))

    def heard(self, message: Scored) -> None:
        """Whoever fills the form has this score now."""
        key = (message.indicator, message.by)
        if key in self._unheard and self._unheard[key] == message.value:
            del self._unheard[key]

    def action_step(self, way: int) -> None:
        """One lower or higher; without a score it begins at the last one, or in the middle."""
        entry = self.entry
        if entry is None:
            return
        scale = entry.indicator.scale
        begin = entry.last.get(self.by, (scale.min + scale.max) // 2)
        self._set(begin if self.value is None else max(scale.min, min(scale.max, self.value + way)))

    def action_extreme(self, highest: bool) -> None:
        """The highest or the lowest level."""
        if self.entry:
            self._set(self.entry.indicator.scale.max if highest else self.entry.indicator.scale.min)

    def action_clear(self) -> None:
        """Clears the score and its remark."""
        if self.entry and self.value is not None:
            key = (self.entry.indicator.key, self.by)
            del self.values[key]
            self.remarks.pop(key, None)
            self._repaint(self.at, below=(RULE, LEVELS, REMARK))
            self._tell(*key, None)

    def action_row(self, way: int) -> None:
        """To the indicator above or below."""
        self.go(self.at + way)

    def action_remark(self) -> None:
        """Asks for the remark; there is none without a score."""
        if self.value is None:
            self.post_message(self.Said(_("Press a digit first, then Enter writes the remark")))
        elif self.entry:
            self.post_message(self.RemarkWanted())

    def action_rater(self) -> None:
        """The other one's reading."""
        self.by = "caseworker" if self.by == "citizen" else "citizen"
        self.refresh()
        who = _("The caseworker's reading") if self.by == "caseworker" else _("The citizen's reading")
        self.post_message(self.Said(who))

    def on_resize(self) -> None:
        """Another room, which it may already have been drawn in: the cursor's row stays in sight."""
        self._room = self.size
        self._settle()
        self.refresh()

    def on_focus(self) -> None:
        """The row under the cursor is shown reversed."""
        self._repaint(self.at, below=())

    def on_blur(self) -> None:
        """The row under the cursor keeps its mark alone."""
        self._repaint(self.at, below=())

    # Drawing

    def _hidden(self, text: str) -> str:
        return masked(text) if getattr(self.app, "private", False) else text

    def _look(self, name: str) -> Style:
        base = self.visual_style
        if base is not self._looks_of:  # another theme, another focus
            self._looks_of, self._looks = base, {}
        if name not in self._looks:
            own = self.get_component_rich_style(f"scale--{name}", partial=True)
            self._looks[name] = base.rich_style + own
        return self._looks[name]

    def render_line(self, y: int) -> Strip:
        """One line of the form as it stands on the screen."""
        rows, width = min(len(self.entries), self._visible), self._room.width
        if not self.entries:
            text = _("No indicators are chosen for this session") if y == 0 else ""
            return Strip([Segment(text, self._look("dim"))]).adjust_cell_length(width, self.visual_style.rich_style)
        pieces = self._row(self.top + y) if y < rows else self._detail(y - rows)
        return Strip(pieces).adjust_cell_length(width, self.visual_style.rich_style)

    def _row(self, place: int) -> list[Segment]:
        entry = self.entries[place]
        key, scale = entry.indicator.key, entry.indicator.scale
        here = place == self.at
        plain = self._look("cursor") if here and self.has_focus else self.visual_style.rich_style
        value = self.values.get((key, self.by))
        dots = "".join(
            "●" if value == level else "·" if value is None or level > value else "─" for level in scales.levels(scale)
        )
        pieces = [
            Segment("› " if here else "  ", plain),
            Segment(f"{texts.shortened(entry.indicator.name.say(self.language), NAME):<{NAME}} ", plain),
            Segment(f"{scale.min:>2} ", self._look("dim")),
            Segment(dots, self._look("value")),
            Segment(f" {scale.max:<3}", self._look("dim")),
            Segment(f"{'–' if value is None else value:>3}", self._look("value")),
        ]
        other: records.Rater = "citizen" if self.by == "caseworker" else "caseworker"
        last, also = entry.last.get(self.by), self.values.get((key, other))
        aside = [] if last is None else [_("last {value}").format(value=last)]
        if also is not None:
            who = _("citizen {value}") if other == "citizen" else _("caseworker {value}")
            aside.append(who.format(value=also))
        if (key, self.by) in self.remarks:
            aside.append("✎ " + self._hidden(texts.one_line(self.remarks[key, self.by])))
        pieces.append(Segment("  " + " · ".join(aside), self._look("dim")))
        return pieces

    def _detail(self, y: int) -> list[Segment]:
        entry = self.entry
        if entry is None or y >= DETAIL:
            return []
        indicator, width = entry.indicator, max(20, self._room.width - 2)
        if y in RULE:
            who = _("The citizen's reading") if self.by == "citizen" else _("The caseworker's reading")
            stage = scales.stage_of(indicator.scale, self.value) if self.value is not None else None
            title = f"── {who}" + (f" · {stage.name.say(self.language)} " if stage else " ")
            return [Segment(title + "─" * max(0, self._room.width - len(title)), self._look("dim"))]
        if y in QUESTION:
            lines = _wrapped(indicator.question.say(self.language), width)
            return [Segment("  " + lines[y - 1], self._look("question"))] if len(lines) >= y else []
        if y in REMARK:
            remark = self.remarks.get((indicator.key, self.by), "")
            text = _("Remark: {text}").format(text=self._hidden(texts.one_line(remark))) if remark else ""
            return [Segment(f"  {text}", self.visual_style.rich_style)]
        return self._level(indicator.scale, y - 4)

    def _level(self, scale: records.Scale, offset: int) -> list[Segment]:
        entry = self.entry
        middle = self.value
        if middle is None and entry:
            middle = entry.last.get(self.by, (scale.min + scale.max) // 2)
        level = (middle or 0) + offset
        if not scale.min <= level <= scale.max:
            return []
        here = offset == 0 and self.value is not None
        text = scales.level_text(scale, level, self.language) or ""
        return [
            Segment("› " if here else "  ", self._look("value")),
            Segment(f"{level:>2}  {texts.one_line(text)}", self._look("here") if here else self._look("dim")),
        ]


@lru_cache(64)
def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(texts.one_line(text), width) or [""]
