"""The agreement's two forms: another period or another frequency, and a new agreement; both ask why."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from jobsamtale_tui import dates, records
from jobsamtale_tui.casework.citizen import agreements
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method import agreements as method
from jobsamtale_tui.tui.screens.common.form import FormScreen, Job
from jobsamtale_tui.tui.widgets.form import Day, Fault, Form, Number, Text, Values

if TYPE_CHECKING:
    from jobsamtale_tui.casework.change.context import Actor, ChangeContext
    from jobsamtale_tui.store.sqlite.database import Database

Placed = Callable[["Database", "Actor"], "ChangeContext"]


def _lasting() -> tuple[Day, Number]:
    return (
        Day("until", _("Until"), hint=_("Blank: until further notice")),
        Number("every", _("Every … weeks"), low=1, high=104, hint=_("How often the indicators are scored")),
    )


class PeriodForm(FormScreen):
    """From when, until when, how often, and why it is changed."""

    def __init__(self, agreement: records.Agreement, place: Placed) -> None:
        super().__init__(f"agreement.period {agreement.key}", _("The agreement's period"))
        self.agreement = agreement
        self._place = place

    def build(self, typed: Mapping[str, str]) -> Form:
        """The three lines, and the reason."""
        agreement = self.agreement
        return Form(
            Day("from", _("From"), past=True, needed=True, hint=_("Write 1/6, 1/6-26 or 2026-06-01")),
            *_lasting(),
            Text("reason", _("Why"), hint=_("Why the period or how often is changed; the note has it too")),
            values={"from": agreement.from_, "until": agreement.until, "every": agreement.every_weeks},
            typed=typed,
            check=self._check,
        )

    def _check(self, values: Values) -> list[Fault]:
        agreement = self.agreement
        if values["from"] and values["until"] and values["until"] < values["from"]:
            return [Fault("until", _("The period ends before it begins"))]
        changed = (values["from"], values["until"], values["every"]) != (
            *(agreement.from_, agreement.until),
            agreement.every_weeks,
        )
        if changed and not (values["reason"] or "").strip():
            return [Fault("reason", _("Write why the period or how often is changed"))]
        return []

    def job(self, form: Form) -> Job:
        """Changes the period."""
        values, place, since, answer = form.values, self._place, self._since, self._answer
        return lambda database, actor: agreements.change_period(
            replace(place(database, actor), since=since, answer=answer),
            values["from"],
            values["until"],
            values["every"],
            values["reason"] or "",
        )

    def done(self, result: Any) -> None:  # noqa: ARG002
        """Back to the agreement."""
        self.dismiss()


class RenewForm(FormScreen):
    """A new agreement with the same indicators: until when, how often, and why it goes on."""

    def __init__(self, agreement: records.Agreement, day: date, place: Placed) -> None:
        title = _("A new agreement from {day}").format(day=dates.short_day(day))
        super().__init__(f"agreement.renew {agreement.key}", title)
        self.agreement = agreement
        self.day = day
        self._place = place

    def build(self, typed: Mapping[str, str]) -> Form:
        """As long as the one before, and as often; the reason is new."""
        return Form(
            *_lasting(),
            Text("reason", _("Why"), needed=True, hint=_("Why the agreement goes on; the note has it too")),
            values={"until": method.next_until(self.agreement, self.day), "every": self.agreement.every_weeks},
            typed=typed,
            check=self._check,
        )

    def _check(self, values: Values) -> list[Fault]:
        if values["until"] and values["until"] < self.day:
            return [Fault("until", _("The period ends before it begins"))]
        return []

    def job(self, form: Form) -> Job:
        """Renews the agreement."""
        values, place, day, since, answer = form.values, self._place, self.day, self._since, self._answer
        return lambda database, actor: agreements.renew(
            replace(place(database, actor), since=since, answer=answer),
            day,
            values["until"],
            values["every"],
            values["reason"],
        )

    def done(self, result: Any) -> None:  # noqa: ARG002
        """Back to the agreement, which is the new one."""
        self.dismiss()
