"""A new indicator: its name and key, and the scale that it begins with; or a copy of another."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from jobsamtale_tui.casework.indicators import editing as indicator_editing
from jobsamtale_tui.casework.indicators import families
from jobsamtale_tui.i18n import _
from jobsamtale_tui.records import Indicator, Scale, Wording, Words
from jobsamtale_tui.store.sqlite.database import Database
from jobsamtale_tui.tui.screens.common.form import Job
from jobsamtale_tui.tui.screens.common.named_form import NamedScreen, key_line
from jobsamtale_tui.tui.screens.indicators.form_model import Figure
from jobsamtale_tui.tui.widgets.form import Fault, Form, Text, Values

if TYPE_CHECKING:
    from jobsamtale_tui.casework.change.context import Actor


class IndicatorNewScreen(NamedScreen):
    """Begins an indicator as a draft; `made` is told its key."""

    kind = "indicator"

    def __init__(self, made: Callable[[str], Any], copied: Indicator | None = None) -> None:
        title = _("A copy of {name}").format(name=copied.name.say()) if copied else _("New indicator")
        super().__init__(f"indicator.copy {copied.key}" if copied else "indicator.new", title)
        self._made, self._copied = made, copied

    def build(self, typed: Mapping[str, str]) -> Form:
        """Name, key and range."""
        scale = self._copied.scale if self._copied else Scale(min=1, max=10)
        return Form(
            Text("name", _("Name"), needed=True, hint=_("A word or two; stands in lists, graph and note")),
            key_line(),
            Text("question", _("Question"), hint=_("What you ask the citizen, put to her: du, din")),
            Figure("min", _("Lowest level"), needed=True, whole=True, hint=_("May be 0 or below")),
            Figure("max", _("Highest level"), needed=True, whole=True, hint=_("2 to 11 levels in all")),
            values={
                "question": self._copied.question.da if self._copied else None,
                "min": scale.min,
                "max": scale.max,
            },
            typed=typed,
            check=self._faults,
        )

    def _faults(self, values: Values) -> list[Fault]:
        found = self.key_faults(values)
        if any(family.key == values["key"] for family in families.families(self.connection)):
            found = [Fault("key", _("The key {key} is taken").format(key=values["key"]))]
        low, high = values["min"], values["max"]
        if low is not None and high is not None and not 1 <= high - low <= 10:
            found.append(Fault("max", _("A scale has 2 to 11 levels: the highest is above the lowest")))
        return found

    def job(self, form: Form) -> Job:
        """Begins it."""
        indicator = self._indicator(form.values)

        def job(database: Database, actor: "Actor") -> Any:
            return indicator_editing.new(database, actor, indicator)

        return job

    def _indicator(self, values: Values) -> Indicator:
        low, high = values["min"], values["max"]
        base = self._copied or Indicator(
            key="x", version=1, name=Words(da="x"), question=Wording(da=""), scale=Scale(min=1, max=2), status="draft"
        )
        levels = {number: words for number, words in (base.scale.levels or {}).items() if low <= int(number) <= high}
        stages = tuple(stage for stage in base.scale.stages if low <= stage.from_ <= stage.to <= high)
        return replace(
            base,
            key=values["key"],
            name=replace(base.name, da=values["name"]) if self._copied else Words(da=values["name"]),
            question=replace(base.question, da=values["question"] or ""),
            scale=Scale(min=low, max=high, levels=levels or None, stages=stages),
            version=1,
            status="draft",
            converts=None,
            order=None,
            reason=None,
            from_=None,
            until=None,
        )

    def done(self, result: Any) -> None:
        """The form for the rest opens."""
        self.dismiss()
        self.app.call_later(self._made, result)
