"""Planning a session from the citizen's screen: when, in what form, why."""

from collections.abc import Mapping
from datetime import datetime

from jobsamtale_tui import dates, records
from jobsamtale_tui.casework.session import planning
from jobsamtale_tui.i18n import _
from jobsamtale_tui.tui.look import labels
from jobsamtale_tui.tui.screens.common.form import FormScreen, Job
from jobsamtale_tui.tui.screens.common.kind_choice import kind_options
from jobsamtale_tui.tui.widgets.form import Choice, Fault, Form, Moment, Text, Values

_FORMS: tuple[records.Form, ...] = ("personal", "remote", "group", "industry", "via_other")


class PlanScreen(FormScreen):
    """A session to come."""

    def __init__(self, citizen: records.Citizen) -> None:
        super().__init__(f"session.plan {citizen.key}", _("Plan a session"), citizen.name)
        self.key = citizen.key

    def build(self, typed: Mapping[str, str]) -> Form:
        """When, of what kind, how, why."""
        forms = tuple((form, labels.form(form)) for form in _FORMS)
        return Form(
            Moment("at", _("Day and time"), needed=True, hint=_("Write 1/6 10.30; without a time it is 9")),
            Choice("kind", _("Kind of session"), options=kind_options(self), hint=_("Its items come as possible ones")),
            Choice("form", _("Form"), options=(("", "–"), *forms)),
            Text("theme", _("Why, or about what")),
            typed=typed,
            check=_check,
        )

    def job(self, form: Form) -> Job:
        """Plans it."""
        values, citizen = form.values, self.key
        return lambda database, actor: planning.plan(
            database,
            actor,
            citizen,
            values["at"],
            form=values["form"],
            theme=values["theme"],
            kind=values["kind"],
        )


def _check(values: Values) -> list[Fault]:
    at: datetime | None = values["at"]
    if at is not None and at < dates.now():
        return [Fault("at", _("That time has passed; n on the citizen's screen begins a session now"))]
    return []
