"""Sparring on concrete search: advice by area; Enter makes a next step of it, worded as the citizen wants it."""

import json
from collections.abc import Mapping
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType

from jobsamtale_tui import dates, records
from jobsamtale_tui.i18n import _, language
from jobsamtale_tui.method.session_edits import AddStep
from jobsamtale_tui.reference import sparring
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.commands.registry import SPARRING
from jobsamtale_tui.tui.commands.session_owner import SessionOwner
from jobsamtale_tui.tui.look import labels
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.screens.common.form import FormScreen, Job
from jobsamtale_tui.tui.screens.common.record_list import heading
from jobsamtale_tui.tui.shell.screen import BaseScreen
from jobsamtale_tui.tui.widgets.form import Choice, Day, Form, Text
from jobsamtale_tui.tui.widgets.rows import Line, Rows

_DOERS: tuple[records.Doer, ...] = ("citizen", "caseworker", "other")


class SparringScreen(BaseScreen):
    """CV, application, channels, network, interviews; what is a step already has its mark."""

    shows = ("sparring.step",)
    where = (SPARRING,)
    BINDINGS: ClassVar[list[BindingType]] = [bind("sparring.step")]

    def __init__(self, owner: SessionOwner) -> None:
        super().__init__()
        self._owner = owner
        self._advice: dict[str, str] = {}

    def body(self) -> ComposeResult:
        """The list."""
        yield Rows(_("No advice: the file in guide/sparring is empty"), id="sparring")

    def on_mount(self) -> None:
        """The cursor stands on the first advice."""
        self.title_line(OwnText(_("Sparring on the search")), self._owner.citizen.name)
        areas, wrong = sparring.areas()
        self._fill(areas)
        rows = self.query_one(Rows)
        rows.focus()
        self.call_after_refresh(rows.scroll_to, y=0, animate=False)  # the first heading shows too
        if wrong:
            self.shell.say(wrong, warning=True)

    def on_screen_resume(self) -> None:
        """What has become a step is marked."""
        if self._advice:
            self._fill(sparring.areas()[0])

    def _fill(self, areas: tuple[sparring.Area, ...]) -> None:
        taken = {step.what for step in self._owner.session.steps}
        lines: list[Line] = []
        for area in areas:
            lines.append(heading(area.name.say(language())))
            for place, said in enumerate(area.advice):
                key = f"{area.key}/{place}"
                self._advice[key] = said.da
                is_step = said.da in taken
                mark = (OwnText("✓ " if is_step else "○ "), "good" if is_step else "dim")
                cells = (
                    mark,
                    (OwnText(said.say(language())), ""),
                    (OwnText("  " + _("a step") if is_step else ""), "dim"),
                )
                lines.append(Line(key, cells))
        rows = self.query_one(Rows)
        rows.fill(lines, key=rows.key)

    @on(Rows.Chosen)
    def action_sparring_step(self) -> None:
        """A form with the advice as a step, to be worded by the citizen."""
        said = self._advice.get(self.query_one(Rows).key or "")
        if said:
            self.open(StepForm(self._owner, said))

    @on(Rows.PastEnd)
    def stay(self) -> None:
        """The list ends here."""


class StepForm(FormScreen):
    """A next step of the session: what, how, when, who."""

    def __init__(self, owner: SessionOwner, what: str) -> None:
        super().__init__(f"sparring.step {owner.key}", _("A next step"), owner.citizen.name)
        self._owner, self._advice = owner, what

    def build(self, typed: Mapping[str, str]) -> Form:
        """The advice stands in the first line, as if it had been typed."""
        return Form(
            Text("what", _("What"), needed=True, hint=_("In the citizen's own words")),
            Text("how", _("How")),
            Day("when", _("When"), hint=_("Write 1/6; without a day it is easily left undone")),
            Choice("who", _("Who"), options=tuple((who, labels.who(who)) for who in _DOERS)),
            values={"who": "citizen"},
            typed={"what": self._advice, **typed},
        )

    def job(self, form: Form) -> Job:
        """The session's own change saves it."""
        raise NotImplementedError

    def send(self) -> None:
        """Adds the step to the session, which says so where it cannot be saved."""
        values, owner = self.form.values, self._owner
        what, how, when, who = values["what"], values["how"], values["when"], values["who"]
        kept = json.dumps([what, how or "", dates.short_day(when) if when else ""], ensure_ascii=False)
        line = owner.model.opened.free("step")
        owner.make(AddStep(line=line, what=what, how=how, when=when, who=who), field="step-what", text=kept)
        self.leave()
