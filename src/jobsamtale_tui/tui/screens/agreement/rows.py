"""The indicators of an agreement as rows: those that are chosen, that were, that are suggested and that can be."""

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from textual.binding import BindingType

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method import agreements as method
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.widgets.rows import Line, Rows

CHOOSE, REWORD = "choose", "reword"
"""What Enter does on a row; a row's key is that and the indicator's key."""


class AgreementRows(Rows):
    """The indicators: Enter chooses one or words its reason anew, Delete takes it out."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("agreement.pick", "choose"),
        bind("agreement.remove", "screen.agreement_remove"),
    ]


def running(agreement: records.Agreement | None, day: date) -> dict[str, records.ChosenIndicator]:
    """Those that are chosen on `day` and have not been taken out."""
    return {one.indicator: one for one in method.chosen_on(agreement, day) if one.end_reason is None}


def ended(agreement: records.Agreement | None) -> list[records.ChosenIndicator]:
    """Those that were taken out."""
    return [one for one in (agreement.indicators if agreement else ()) if one.end_reason is not None]


def lines(
    agreement: records.Agreement | None, day: date, known: Mapping[str, records.Indicator], because: Mapping[str, str]
) -> list[Line]:
    """The rows; `known` can be chosen, `because` has those that are suggested, each with why."""
    chosen, over = running(agreement, day), ended(agreement)
    suggested = [key for key in because if key in known]
    free = [key for key in known if key not in chosen and key not in suggested]
    found = [_heading(_("Chosen together"))] if chosen else []
    for key, one in chosen.items():
        name = known[key].name.say() if key in known else key
        found.append(Line(f"{REWORD} {key}", (("● ", "mark"), (_name(name), "strong"), (one.reason, ""))))
    if over:
        found += [_gap(), _heading(_("Taken out"))] if found else [_heading(_("Taken out"))]
    for one in over:
        name = known[one.indicator].name.say() if one.indicator in known else one.indicator
        until = dates.short_day(one.until) if one.until else ""
        found.append(Line(None, (("× ", "dim"), (_name(name), "dim"), (f"{until} {one.end_reason}", "dim"))))
    if suggested:
        found += [*([_gap()] if found else []), _heading(_("Suggested by barriers and job goals"))]
    for key in suggested:
        name = _name(known[key].name.say())
        found.append(Line(f"{CHOOSE} {key}", (("◇ ", "mark"), (name, ""), (because[key], "dim"))))
    found += [_gap()] if found else []
    found.append(_heading(_("Can be chosen")))
    for key in free:
        question = known[key].question.say()
        found.append(Line(f"{CHOOSE} {key}", (("○ ", ""), (_name(known[key].name.say()), ""), (question, "dim"))))
    return found


def _heading(text: str) -> Line:
    return Line(None, ((OwnText(text), "strong"),))


def _gap() -> Line:
    return Line(None, (("", ""),))


def _name(name: str) -> str:
    return f"{texts.shortened(name, 24):<25}"
