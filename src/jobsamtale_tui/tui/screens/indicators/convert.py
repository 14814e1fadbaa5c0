"""How scores of a published version are drawn on the next one: given, changed or taken away afterwards, with why."""

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from jobsamtale_tui.casework.change.context import ChangeContext
from jobsamtale_tui.casework.indicators import editing as indicator_editing
from jobsamtale_tui.casework.indicators import families
from jobsamtale_tui.casework.indicators.families import Family
from jobsamtale_tui.i18n import _
from jobsamtale_tui.records import Converts, Indicator
from jobsamtale_tui.store.sqlite.database import Database
from jobsamtale_tui.tui.screens.common.form import FormScreen, Job
from jobsamtale_tui.tui.screens.indicators.form_model import (
    mapping_faults,
    mapping_items,
    published,
    read_mapping,
    suggested_mapping,
    written_mapping,
)
from jobsamtale_tui.tui.widgets.form import Choice, Fault, Form, Text, Values

if TYPE_CHECKING:
    from jobsamtale_tui.casework.change.context import Actor


class ConvertScreen(FormScreen):
    """Which two versions, by share of the range or level by level, and why."""

    def __init__(self, family: Family) -> None:
        title = _("Old scores of {name}").format(name=family.newest.name.say())
        super().__init__(f"indicator.convert {family.key}", title, family.key)
        self.family = family
        self._pair = ""

    def build(self, typed: Mapping[str, str]) -> Form:
        """The two newest versions, as they are drawn now."""
        found = next((one for one in families.families(self.connection) if one.key == self.family.key), self.family)
        self.family = found
        versions = published(found)
        said = _("of version {old} on version {new}")
        pairs = tuple(
            (str(new.version), said.format(old=old.version, new=new.version)) for new, old in pairwise(versions)
        )
        self._pair = typed.get("pair", pairs[0][0])
        new, old = self._versions(self._pair)
        return Form(
            Choice("pair", _("Scores"), options=pairs),
            *mapping_items(old),
            Text("reason", _("Why"), needed=True, hint=_("Kept with the version and shown with it")),
            values={"pair": pairs[0][0], **_given(new, old)},
            typed=typed,
            check=self._check,
        )

    def _versions(self, pair: str) -> tuple[Indicator, Indicator]:
        """The version that is drawn on, and the one before it."""
        versions = published(self.family)
        at = next(place for place, one in enumerate(versions) if str(one.version) == pair)
        return versions[at], versions[at + 1]

    def typed(self, name: str) -> None:
        """Two other versions have another mapping; level by level begins with a proposal."""
        form, pair = self.form, self.form.field("pair").value
        if name == "pair" and pair != self._pair:
            self._pair = pair
            for line, value in _given(*self._versions(pair)).items():
                form.put(line, value or "")
        elif name == "by" and form.field("by").value == "levels" and not form.field("mapping").value.strip():
            new, old = self._versions(pair)
            form.put("mapping", suggested_mapping(old.scale, new.scale))

    def _check(self, values: Values) -> list[Fault]:
        if values["by"] != "levels":
            return []
        new, old = self._versions(values["pair"])
        return mapping_faults(old, new.scale.min, new.scale.max, values["mapping"] or "")

    def job(self, form: Form) -> Job:
        """Keeps the mapping, or takes it away."""
        values, key = form.values, self.family.key
        new, old = self._versions(values["pair"])
        version, converts = new.version, None
        if values["by"] == "levels":
            converts = Converts(from_=old.version, by="levels", levels=read_mapping(values["mapping"] or ""))

        def job(database: Database, actor: "Actor") -> Any:
            place = ChangeContext(database=database, actor=actor, key=key, seen=0)
            indicator_editing.convert(place, version, converts, values["reason"] or "")

        return job


def _given(new: Indicator, old: Indicator) -> dict[str, str | None]:
    """How the scores are drawn now."""
    converts = new.converts
    if converts is None or converts.from_ != old.version or converts.by != "levels":
        return {"by": "share", "mapping": None}
    return {"by": "levels", "mapping": written_mapping(converts.levels or {}) or None}
