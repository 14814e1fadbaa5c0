"""What is known beside the search, each on a line: an outlook on the labour market, an opening to bring."""

from collections.abc import Mapping
from datetime import date

from jobsamtale_tui import dates, texts
from jobsamtale_tui.i18n import N_, _
from jobsamtale_tui.method.labour import Outlook, old
from jobsamtale_tui.records import Opening, OpeningType

TYPES: Mapping[OpeningType, str] = {"job": N_("job"), "internship": N_("internship"), "link": N_("link")}


def outlook_line(one: Outlook, day: date) -> str:
    """An outlook with its source and its day; more than a year old it has a mark and says so."""
    where = ", ".join(filter(None, (one.occupation, one.region)))
    line = f"{where}: {one.outlook} ({one.source}, {dates.short_day(one.date)})"
    return texts.one_line(f"! {line}, " + _("more than a year old") if old(one, day) else line)


def opening_line(one: Opening) -> str:
    """An opening: what, where, what kind, until when."""
    until = _("until {day}").format(day=dates.short_day(one.until)) if one.until else None
    kind = _(TYPES[one.type]) if one.type else None
    return texts.one_line(" · ".join(filter(None, (one.title, one.employer, kind, until))))
