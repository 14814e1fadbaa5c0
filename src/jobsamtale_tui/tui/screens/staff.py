"""Forms for those who hold the conversations and where they belong: a caseworker, a unit."""

from collections.abc import Callable, Mapping
from typing import Any

from jobsamtale_tui import records
from jobsamtale_tui.casework import staff
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store import reads
from jobsamtale_tui.tui import words
from jobsamtale_tui.tui.screens.form import FormScreen, Job
from jobsamtale_tui.tui.widgets.form import Choice, Fault, Form, Text, Values


class NamedScreen(FormScreen):
    """A form for a new record with a key: proposed from the name until somebody writes another."""

    kind = ""

    def __init__(self, what: str, title: str) -> None:
        super().__init__(what, title)
        self._proposed = ""

    def on_mount(self) -> None:
        """A key that was proposed the last time goes on following the name."""
        typed = self.form.typed
        if "key" in typed and typed["key"] == self.proposal(typed["name"]):
            self._proposed = typed["key"]

    def proposal(self, name: str) -> str:
        """The key for a name."""
        return staff.proposed_key(self.connection, self.kind, name)

    def typed(self, name: str) -> None:
        """The key follows the name."""
        form = self.form
        if name == "name" and "key" in form.items and form.field("key").value == self._proposed:
            self._proposed = self.proposal(form.field("name").value)
            form.put("key", self._proposed)

    def key_faults(self, values: Values) -> list[Fault]:
        """What is wrong with the key."""
        said = staff.key_fault(self.connection, self.kind, values["key"]) if values["key"] else None
        return [Fault("key", said)] if said else []


def key_line() -> Text:
    """The line for the key of a new record."""
    return Text("key", _("Key"), needed=True, hint=_("Names the record in commands and files; never changed later"))


class UnitScreen(NamedScreen):
    """A new unit."""

    kind = "unit"

    def __init__(self) -> None:
        super().__init__("unit.new", _("New unit"))

    def build(self, typed: Mapping[str, str]) -> Form:
        """Name, key, municipality."""
        return Form(
            Text("name", _("Name"), needed=True, hint=_("The section of the job centre")),
            key_line(),
            Text("municipality", _("Municipality")),
            typed=typed,
            check=self.key_faults,
        )

    def job(self, form: Form) -> Job:
        """Makes the unit."""
        values = form.values
        unit = records.Unit(key=values["key"], name=values["name"], municipality=values["municipality"])
        return lambda database, actor: staff.make_unit(database, actor, unit)


class CaseworkerScreen(NamedScreen):
    """A new caseworker; `made` is told her key."""

    kind = "caseworker"

    def __init__(self, made: Callable[[str], Any] | None = None) -> None:
        super().__init__("caseworker.new", _("New caseworker"))
        self._made = made

    def build(self, typed: Mapping[str, str]) -> Form:
        """Name, key, unit, role."""
        with_units = tuple((one.key, one.name) for one in reads.units(self.connection))
        return Form(
            Text("name", _("Name"), needed=True, hint=_("First name and last name")),
            key_line(),
            Choice("unit", _("Unit"), options=(("", "–"), *with_units), hint=_("May wait; ctrl+p makes a unit")),
            Choice("role", _("Role"), options=tuple((role, _(said)) for role, said in words.ROLES.items())),
            values={"role": "caseworker"},
            typed=typed,
            check=self.key_faults,
        )

    def job(self, form: Form) -> Job:
        """Makes the caseworker."""
        values = form.values
        caseworker = records.Caseworker(
            key=values["key"], name=values["name"], unit=values["unit"], role=values["role"]
        )
        return lambda database, actor: staff.make_caseworker(database, actor, caseworker)

    def done(self, result: Any) -> None:
        """Tells whoever asked for it."""
        if self._made:
            self._made(result)
        self.dismiss()
