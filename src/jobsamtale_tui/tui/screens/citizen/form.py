"""The form for a citizen: made from home, changed from her own screen. And the decision on indicators alone."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from jobsamtale_tui import dates, i18n, records, texts
from jobsamtale_tui.casework.citizen import citizens
from jobsamtale_tui.i18n import N_, _
from jobsamtale_tui.reference import target_groups
from jobsamtale_tui.store.questions import quick_reads, reads
from jobsamtale_tui.tui.commands import route
from jobsamtale_tui.tui.look import labels
from jobsamtale_tui.tui.screens.common.form import FormScreen, Job
from jobsamtale_tui.tui.screens.common.named_form import NamedScreen, key_line
from jobsamtale_tui.tui.widgets.form import Choice, Day, Fault, Form, Item, Text, Values

LANGUAGES = {"da": N_("Danish"), "en": N_("English")}
USE = {"yes": N_("used"), "no": N_("not used")}
_DECISION = ("use", "reason", "barriers")
_END = ("ended", "ended_on")
_SINCE = "group_since"
"""Stands in the form alone: with it the target group before is kept with its days."""


@dataclass(frozen=True)
class Cpr(Text):
    """A CPR number, typed with or without its hyphen."""

    def read(self, typed: str) -> str | None:
        """The number as it is written."""
        number = citizens.typed_cpr(typed.strip())
        if number and not citizens.is_cpr(number):
            raise ValueError(_("A CPR number is written DDMMYY-NNNN"))
        return number or None


@dataclass(frozen=True)
class Barriers(Text):
    """Several short texts on one line."""

    def write(self, value: Any) -> str:
        """Comma between, semicolon where one of them has a comma."""
        found = tuple(value or ())
        if any("," in one for one in found):
            return "; ".join(found) + (";" if len(found) == 1 else "")
        return ", ".join(found)

    def read(self, typed: str) -> Any:
        """The texts."""
        typed = texts.typed(typed)
        parts = typed.split(";" if ";" in typed else ",")
        return tuple(part.strip() for part in parts if part.strip()) or None


def decision_lines() -> tuple[Item, ...]:
    """The lines of the decision on indicators."""
    return (
        Choice(
            "use",
            _("Indicators"),
            options=(("", _("not decided")), *_said(USE)),
            hint=_("The default is to use them where there is a barrier to job or education"),
        ),
        Text("reason", _("Why"), hint=_("Will the citizen gain from it? The reason belongs in the case")),
        Barriers("barriers", _("Barriers"), hint=_("To job or education; a comma between them")),
    )


def decision_values(citizen: records.Citizen | None) -> dict[str, Any]:
    """What stands in those lines."""
    decision = citizen.indicators_used if citizen else None
    if decision is None:
        return {}
    return {"use": "yes" if decision.use else "no", "reason": decision.reason, "barriers": decision.barriers or None}


def decision_of(values: Values) -> records.IndicatorsUsed | None:
    """The decision that the lines say; None: not decided."""
    if not values["use"]:
        return None
    return records.IndicatorsUsed(
        use=values["use"] == "yes", reason=values["reason"], barriers=tuple(values["barriers"] or ())
    )


def decision_faults(values: Values) -> list[Fault]:
    """A decision has a reason, and a reason a decision."""
    if values["use"] and not values["reason"]:
        return [Fault("reason", _("Write why indicators are used, or why they are not"))]
    if not values["use"] and (values["reason"] or values["barriers"]):
        return [Fault("use", _("Say whether indicators are used, or take out what is written below"))]
    return []


class CitizenForm(NamedScreen):
    """A new citizen, or with `citizen` the one to change."""

    kind = "citizen"

    def __init__(self, citizen: str | None = None) -> None:
        self.key = citizen
        what = f"citizen.edit {citizen}" if citizen else "citizen.new"
        super().__init__(what, _("Change the citizen") if citizen else _("New citizen"))
        self._right = citizen or ""
        self._seen = 0
        self._before: records.Citizen | None = None

    def build(self, typed: Mapping[str, str]) -> Form:
        """All lines; the key only where it is made."""
        citizen = reads.citizen(self.connection, self.key) if self.key else None
        self._seen = quick_reads.version(self.connection, "citizen", self.key) if self.key else 0
        self._before = citizen
        groups = target_groups.names(i18n.language())
        workers = tuple((one.key, one.name) for one in reads.caseworkers(self.connection))
        none = (("", "–"),)
        lines: tuple[Item, ...] = (
            Text("name", _("Name"), needed=True, hint=_("First name and last name")),
            *(() if self.key else (key_line(),)),
            Text("case_key", _("Case key"), hint=_("The case's number in the case system")),
            Cpr("cpr", _("CPR number"), hidden=_masked, hint=_("DDMMYY-NNNN; hidden outside this line")),
            Choice("target_group", _("Target group"), options=(*none, *groups.items())),
            *((_group_since(),) if self.key and citizen and citizen.target_group else ()),
            Choice("caseworker", _("Caseworker"), options=(*none, *workers)),
            Day("contact_start", _("Contact since"), past=True, hint=_("Write 1/6, 1/6-26 or 2026-06-01")),
            Choice("language", _("Language"), options=(*none, *_said(LANGUAGES)), hint=_("Indicators are read in it")),
            Choice("readiness", _("Readiness"), options=(*none, *_said(labels.READINESS))),
            *decision_lines(),
            Choice("ended", _("Course ended in"), options=(*none, *_said(labels.ENDED))),
            Day("ended_on", _("Ended on"), past=True),
        )
        return Form(*lines, values=self._values(citizen), typed=typed, check=self.faults)

    def _values(self, citizen: records.Citizen | None) -> dict[str, Any]:
        if citizen is None:
            user = self.shell.settings.user
            return {"caseworker": user, "contact_start": dates.today(), "language": "da"}
        plain = ("name", "case_key", "cpr", "target_group", "caseworker", "contact_start", "language")
        return {
            **{name: getattr(citizen, name) for name in plain},
            **decision_values(citizen),
            "readiness": str(citizen.readiness) if citizen.readiness else None,
            "ended": citizen.ended.reason if citizen.ended else None,
            "ended_on": citizen.ended.on if citizen.ended else None,
        }

    def faults(self, values: Values) -> list[Fault]:
        """What the whole form says: whose the numbers are, the decision and its reason, the end and its day."""
        found = [Fault(*finding, private=True) for finding in citizens.findings(self.connection, values, key=self.key)]
        found += decision_faults(values)
        if self._before and values.get(_SINCE):
            said = citizens.group_fault(self._before, values["target_group"], values[_SINCE])
            found += [Fault(_SINCE, said)] if said else []
        if values["ended"] and not values["ended_on"]:
            found.append(Fault("ended_on", _("Write the day on which the course ended")))
        if values["ended_on"] and not values["ended"]:
            found.append(Fault("ended", _("Say what the course ended in")))
        return found

    def job(self, form: Form) -> Job:
        """Makes or changes the citizen."""
        values = form.values
        seen, key = self._seen, self.key
        if key is None:
            citizen = records.Citizen(key=values["key"], name=values["name"])
            fields = _fields(values, set(values) - {"key", "name"})
            return lambda database, actor: citizens.make(database, actor, replace(citizen, **fields))
        fields = _fields(values, set(form.changed))
        if self._before and values.get(_SINCE):
            fields["earlier_groups"] = citizens.with_earlier_group(self._before, values[_SINCE])
        return lambda database, actor: citizens.edit(self.place(database, actor, key, seen), fields)

    def done(self, result: Any) -> None:
        """A new citizen's screen opens."""
        if self.key:
            self.dismiss()
            return
        self.open(route.Citizen(result), instead=True)


def _fields(values: Values, changed: set[str]) -> dict[str, Any]:
    fields = {name: values[name] for name in changed if name not in (*_DECISION, *_END, _SINCE)}
    if "readiness" in fields:
        fields["readiness"] = int(values["readiness"]) if values["readiness"] else None
    if changed & set(_DECISION):
        fields["indicators_used"] = decision_of(values)
    if changed & set(_END):
        fields["ended"] = records.Ended(on=values["ended_on"], reason=values["ended"]) if values["ended"] else None
    return fields


def _group_since() -> Day:
    hint = _("When the target group changes: its first day, and the one before is kept. Empty corrects a mistake")
    return Day(_SINCE, _("In it since"), past=True, hint=hint)


def _masked(typed: str) -> str:
    return texts.masked_cpr(citizens.typed_cpr(typed.strip()))


def _said(options: Mapping[Any, str]) -> tuple[tuple[str, str], ...]:
    return tuple((str(key), _(said)) for key, said in options.items())


class DecisionForm(FormScreen):
    """Whether indicators are used, why, and which barriers there are; `used` is called where they are."""

    def __init__(self, citizen: str, used: Callable[[], Any]) -> None:
        super().__init__(f"citizen.decide {citizen}", _("Are indicators used?"))
        self.kind = "citizen"
        self.key = citizen
        self._used = used
        self._seen = 0

    def build(self, typed: Mapping[str, str]) -> Form:
        """The decision's lines."""
        citizen = reads.citizen(self.connection, self.key)
        self._right = citizen.name if citizen else ""
        self._seen = quick_reads.version(self.connection, "citizen", self.key)
        return Form(*decision_lines(), values=decision_values(citizen), typed=typed, check=decision_faults)

    def job(self, form: Form) -> Job:
        """Decides."""
        decision, key, seen = decision_of(form.values), self.key, self._seen
        return lambda database, actor: (
            citizens.edit(self.place(database, actor, key, seen), {"indicators_used": decision}),
            decision is not None and decision.use,
        )

    def done(self, result: Any) -> None:
        """Where they are used, choosing them comes next."""
        if result[1]:
            self._used()
        else:
            self.dismiss()
