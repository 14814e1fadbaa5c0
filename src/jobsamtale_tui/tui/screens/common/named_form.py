"""A form for a new record with a key."""

from jobsamtale_tui.casework.citizen import staff
from jobsamtale_tui.i18n import _
from jobsamtale_tui.tui.screens.common.form import FormScreen
from jobsamtale_tui.tui.widgets.form import Fault, Text, Values


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
        if name == "name" and "key" in form.items and form.field("key").value in ("", self._proposed):
            self._proposed = self.proposal(form.field("name").value)
            form.put("key", self._proposed)

    def key_faults(self, values: Values) -> list[Fault]:
        """What is wrong with the key."""
        said = staff.key_fault(self.connection, self.kind, values["key"]) if values["key"] else None
        return [Fault("key", said)] if said else []


def key_line() -> Text:
    """The line for the key of a new record."""
    return Text("key", _("Key"), needed=True, hint=_("Names the record in commands and files; never changed later"))
