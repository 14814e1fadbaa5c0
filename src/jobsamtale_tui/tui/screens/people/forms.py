"""Forms for those who hold the conversations and where they belong: a caseworker, a unit."""

from collections.abc import Callable, Mapping
from typing import Any

from jobsamtale_tui import records
from jobsamtale_tui.casework.citizen import staff
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.questions import quick_reads, reads
from jobsamtale_tui.tui.look import labels
from jobsamtale_tui.tui.screens.common.form import Job
from jobsamtale_tui.tui.screens.common.named_form import NamedScreen, key_line
from jobsamtale_tui.tui.widgets.form import Choice, Fault, Form, Item, Text, Values


class StaffScreen(NamedScreen):
    """A form for a new record, or with `key` for the one to change: its key stands in the title alone."""

    def __init__(self, key: str | None, title: str) -> None:
        super().__init__(f"{self.kind}.edit {key}" if key else f"{self.kind}.new", title)
        self.key = key
        self._right = key or ""
        self._seen = 0

    def see(self) -> None:
        """The version that the form shows."""
        self._seen = quick_reads.version(self.connection, self.kind, self.key) if self.key else 0

    def key_lines(self) -> tuple[Item, ...]:
        """The line for the key, where it is made."""
        return () if self.key else (key_line(),)

    def faults(self, values: Values) -> list[Fault]:
        """A key that stands already is right."""
        return [] if self.key else self.key_faults(values)


class UnitScreen(StaffScreen):
    """A new unit, or with `key` the one to change."""

    kind = "unit"

    def __init__(self, key: str | None = None) -> None:
        super().__init__(key, _("Change the unit") if key else _("New unit"))

    def build(self, typed: Mapping[str, str]) -> Form:
        """Name, key, municipality."""
        self.see()
        unit = next((one for one in reads.units(self.connection) if one.key == self.key), None)
        return Form(
            Text("name", _("Name"), needed=True, hint=_("The section of the job centre")),
            *self.key_lines(),
            Text("municipality", _("Municipality")),
            values={"name": unit.name, "municipality": unit.municipality} if unit else {},
            typed=typed,
            check=self.faults,
        )

    def job(self, form: Form) -> Job:
        """Makes or changes the unit."""
        values, key, seen = form.values, self.key, self._seen
        if key is not None:
            changed = {name: values[name] for name in form.changed}
            return lambda database, actor: staff.edit_unit(self.place(database, actor, key, seen), changed)
        unit = records.Unit(key=values["key"], name=values["name"], municipality=values["municipality"])
        return lambda database, actor: staff.make_unit(database, actor, unit)


class CaseworkerScreen(StaffScreen):
    """A new caseworker, whose key `made` is told; or with `key` the one to change."""

    kind = "caseworker"

    def __init__(self, made: Callable[[str], Any] | None = None, *, key: str | None = None) -> None:
        super().__init__(key, _("Change the caseworker") if key else _("New caseworker"))
        self._made = made

    def build(self, typed: Mapping[str, str]) -> Form:
        """Name, key, unit, role."""
        self.see()
        one = reads.caseworker(self.connection, self.key) if self.key else None
        roles = tuple((role, _(said)) for role, said in labels.ROLES.items())
        with_units = tuple((one.key, one.name) for one in reads.units(self.connection))
        return Form(
            Text("name", _("Name"), needed=True, hint=_("First name and last name")),
            *self.key_lines(),
            Choice("unit", _("Unit"), options=(("", "–"), *with_units), hint=_("May wait; ctrl+p makes a unit")),
            Choice("role", _("Role"), options=(("", "–"), *roles) if self.key else roles),
            values={"name": one.name, "unit": one.unit, "role": one.role} if one else {"role": "caseworker"},
            typed=typed,
            check=self.faults,
        )

    def job(self, form: Form) -> Job:
        """Makes or changes the caseworker."""
        values, key, seen = form.values, self.key, self._seen
        if key is not None:
            changed = {name: values[name] for name in form.changed}
            return lambda database, actor: staff.edit_caseworker(self.place(database, actor, key, seen), changed)
        caseworker = records.Caseworker(
            key=values["key"], name=values["name"], unit=values["unit"], role=values["role"]
        )
        return lambda database, actor: staff.make_caseworker(database, actor, caseworker)

    def done(self, result: Any) -> None:
        """Tells whoever asked for it."""
        if self._made:
            self._made(result)
        self.dismiss()
