"""An indicator as the citizen will meet it: the scale form with its texts, all levels in their stages, and advice."""

from rich.segment import Segment
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.strip import Strip
from textual.widgets import Static

from jobsamtale_tui import texts
from jobsamtale_tui.i18n import LANGUAGES, _, language, speaking
from jobsamtale_tui.method import scales
from jobsamtale_tui.method.indicator_lint import Remark
from jobsamtale_tui.records import Indicator, Scale, Score
from jobsamtale_tui.tui.look.privacy import OwnText, public
from jobsamtale_tui.tui.widgets.scale_form import DETAIL, ScaleEntry, ScaleForm


class Shown(ScaleForm, can_focus=False):
    """The form to look at: no key reaches it. What the program says in it is in the language of its texts."""

    def render_line(self, y: int) -> Strip:
        """One line, as in a session in that language."""
        with speaking(self.language if self.language in LANGUAGES else language()):
            return super().render_line(y)

    def _level(self, scale: Scale, offset: int) -> list[Segment]:
        """A level with as much of its text as there is room for; all of it stands in the list below."""
        *before, last = super()._level(scale, offset) or [Segment("")]
        room = self.size.width - sum(one.cell_length for one in before)
        return [*before, Segment(texts.shortened(last.text, room), last.style)]


class IndicatorPreview(VerticalScroll, can_focus=False):
    """What the session will show; the level that is being worked on is scored."""

    DEFAULT_CSS = f"""
    IndicatorPreview {{ width: 1fr; padding: 0 1; background: $background; scrollbar-size-vertical: 1; }}
    IndicatorPreview Shown {{ height: {DETAIL + 1}; min-height: {DETAIL + 1}; }}
    IndicatorPreview .levels, IndicatorPreview .advice {{ height: auto; }}
    IndicatorPreview .advice {{ color: $text-warning; padding: 1 0 0 0; }}
    """

    def compose(self) -> ComposeResult:
        """Heading, form, levels, advice."""
        yield Static(public(_("As the citizen meets it")), classes="heading", markup=False)
        yield Shown(id="shown")
        yield Static(classes="levels", markup=False)
        yield Static(classes="advice", markup=False)

    def show(self, indicator: Indicator, language: str, level: int | None, advice: list[Remark]) -> None:
        """Shows an indicator in a language, scored at `level`, and what could be plainer."""
        scale = indicator.scale
        value = level if level is not None and level in scales.levels(scale) else (scale.min + scale.max) // 2
        form = self.query_one(Shown)
        form.language = language
        form.fill([ScaleEntry(indicator)], (Score(indicator=indicator.key, value=value),))
        form.refresh()
        self.query_one(".levels", Static).update(public("\n".join(_levels(indicator, language))))
        told = [f"? {OwnText(one.sentence)}" for one in advice]
        self.query_one(".advice", Static).update(public(Content("\n".join(told))))


def _levels(indicator: Indicator, language: str) -> list[str]:
    lines: list[str] = []
    stage = None
    for number in reversed(scales.levels(indicator.scale)):
        here = scales.stage_of(indicator.scale, number)
        if here is not None and here is not stage:
            lines.append(f"── {texts.one_line(here.name.say(language))}")
        stage = here
        text = scales.level_text(indicator.scale, number, language) or "–"
        lines.append(f"{number:>4}  {texts.one_line(text)}")
    return lines
