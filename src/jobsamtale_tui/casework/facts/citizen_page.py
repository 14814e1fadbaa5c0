"""The citizen's page: what it says, gathered from the store, and the PDF of one citizen or of many."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from jobsamtale_tui import dates, records
from jobsamtale_tui.casework.facts import notes
from jobsamtale_tui.documents.page import printout
from jobsamtale_tui.documents.page.printout import NextMeeting, PageFacts
from jobsamtale_tui.method import agreements
from jobsamtale_tui.store.questions import reads, steps

if TYPE_CHECKING:
    from jobsamtale_tui.documents.page.typeset import Press


def page_facts(
    connection: sqlite3.Connection,
    citizen: records.Citizen,
    wanted: Sequence[str] = (),
    *,
    with_caseworker: bool = False,
    known: notes.Versions | None = None,
) -> PageFacts:
    """What the citizen's page says today: of all her indicators or the `wanted` ones, with her own scores alone.

    Where it was decided that indicators are not used, nothing of them stands on it. `known` keeps indicators between
    calls.
    """
    language, today = printout.spoken(citizen.language), dates.today()
    graph = notes.graph_facts(connection, citizen, wanted, language=language)
    agreement = reads.latest_agreement(connection, citizen.key, today)
    if citizen.indicators_used is not None and not citizen.indicators_used.use:
        graph, agreement = replace(graph, series=[]), None
    elif not with_caseworker:
        graph = replace(graph, series=[one for one in graph.series if one.by == "citizen"])
    chosen = [one for one in agreements.chosen_on(agreement, today) if not wanted or one.indicator in wanted]
    last = reads.last_completed(connection, citizen.key)
    caseworker = reads.caseworker(connection, citizen.caseworker) if citizen.caseworker else None
    return PageFacts(
        language=language,
        graph=graph,
        names={one.indicator: _name(connection, one.indicator, language, known) for one in chosen},
        agreement=agreement,
        chosen=tuple(chosen),
        run_out=agreements.run_out(agreement, today),
        steps=tuple(step for _session, _place, step in steps.open_steps(connection, citizen.key)),
        after=last.held_at if last else None,
        next=_next(connection, citizen.key, last, today),
        caseworker=caseworker.name if caseworker else None,
    )


def _name(connection: sqlite3.Connection, key: str, language: str, known: notes.Versions | None) -> str:
    published = [one for one in notes.versions_of(connection, key, known) if one.status != "draft"]
    return published[-1].name.say(language) if published else key


def _next(
    connection: sqlite3.Connection, citizen: str, last: records.Session | None, today: date
) -> NextMeeting | None:
    planned = reads.next_planned(connection, citizen, today)
    if planned is not None:
        return NextMeeting(at=planned[0], form=planned[1])
    if last is not None and last.next is not None and dates.local(last.next.at).date() >= today:
        return NextMeeting(at=last.next.at)
    return None


def pdf(facts: PageFacts) -> bytes:
    """A citizen's page as PDF. Raises RefusedError where the template is broken."""
    from jobsamtale_tui.documents.page.typeset import Press

    return Press().page(printout.page(facts), facts.after)


@dataclass
class Run:
    """Pages for many citizens in a row. `told` hears after each how many have been looked at."""

    connection: sqlite3.Connection
    press: "Press"
    told: Callable[[int], None] | None = None
    made: int = 0
    empty: int = 0
    """Those of whom there is nothing to tell yet: they get no page."""

    def files(self, citizens: Sequence[records.Citizen], folder: Path) -> None:
        """A file for each in `folder`, named by her key, whole or not there; memory does not grow with their number.

        Raises RefusedError where one cannot be written.
        """
        from jobsamtale_tui.output_files import Folder

        place = Folder(folder).place
        for citizen, found in self._facts(citizens):
            made = self.press.page(printout.page(found), found.after)
            write_pdf(made, place(citizen.key, "pdf"), durable=False)

    def one_file(self, citizens: Sequence[records.Citizen]) -> bytes:
        """One PDF with a page for each; empty where there is nothing to tell of anybody."""
        return self.press.book((printout.page(facts), facts.after) for _citizen, facts in self._facts(citizens))

    def _facts(self, citizens: Sequence[records.Citizen]) -> Iterator[tuple[records.Citizen, PageFacts]]:
        known: notes.Versions = {}
        for citizen in citizens:
            found = page_facts(self.connection, citizen, known=known)
            if found.empty:
                self.empty += 1
            else:
                self.made += 1
                yield citizen, found
            if self.told is not None:
                self.told(self.made + self.empty)


def write_pdf(made: bytes, path: Path | None, *, durable: bool = True) -> None:
    """Writes a PDF to a file of this user alone, whole or not at all, or to stdout. Raises RefusedError."""
    from jobsamtale_tui.output_files import open_output

    with open_output(path, durable=durable) as stream:
        stream.flush()
        stream.buffer.write(made)
