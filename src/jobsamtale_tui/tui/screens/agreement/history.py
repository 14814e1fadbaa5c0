"""A citizen's agreements, the newest first: indicators and reasons, and when, by whom and why each was changed."""

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.screens.common.text_page import PageScreen
from jobsamtale_tui.tui.widgets.page import Paragraph


class AgreementHistoryScreen(PageScreen):
    """All agreements, each with its period, its indicators and its changes."""

    def __init__(self, citizen: str) -> None:
        super().__init__()
        self.key = citizen

    def on_mount(self) -> None:
        """Reads them."""
        citizen = reads.citizen(self.connection, self.key)
        self.title_line(OwnText(_("What was changed in the agreement")), citizen.name if citizen else "")
        names = {one.key: one.name.say() for one in reads.indicators(self.connection)}
        found: list[Paragraph] = []
        for agreement in reversed(reads.agreements(self.connection, self.key)):
            found += [("", "")] if found else []
            found.append((OwnText(f"── {period(agreement)} ──"), "heading"))
            for one in agreement.indicators:
                found += self._indicator(one, names.get(one.indicator, one.indicator))
            for change in reversed(agreement.changes):
                found += self._lines(change)
            if not agreement.changes:
                found += [("", ""), (OwnText(_("No change is written down.")), "dim")]
        self.page.show(found)
        self.page.focus()

    @staticmethod
    def _indicator(one: records.ChosenIndicator, name: str) -> list[Paragraph]:
        """The indicator, why it was chosen, and why it was taken out."""
        mark = "●" if one.end_reason is None else "×"
        found = [(f"{mark} {texts.one_line(name)}: {texts.one_line(one.reason)}", "")]
        if one.end_reason is not None:
            until = dates.short_day(one.until) if one.until else ""
            found.append((f"  {until} {texts.one_line(one.end_reason)}", ""))
        return found

    def _lines(self, change: records.AgreementChange) -> list[Paragraph]:
        worker = reads.caseworker(self.connection, change.by) if change.by else None
        who = worker.name if worker else change.by or ""
        when = " · ".join(filter(None, (dates.short_time(change.at), texts.one_line(who))))
        first, *others = change.reason.split("\n")
        reason = _("Why: {reason}").format(reason=first)
        return [("", ""), (when, "mark"), (f"  {change.what}", ""), *((f"  {line}", "") for line in (reason, *others))]


def period(agreement: records.Agreement) -> str:
    """From when until when, and how often."""
    until = dates.short_day(agreement.until) if agreement.until else _("until further notice")
    said = f"{dates.short_day(agreement.from_)} – {until}"
    if agreement.every_weeks:
        said += " · " + _("every {count} weeks").format(count=agreement.every_weeks)
    return said
