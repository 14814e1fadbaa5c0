"""The second half of an import: the records that were laid down are checked against each other and the database,
kind after kind, and put in their place, with a history row for each that changed anything."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from jobsamtale_tui import records, texts
from jobsamtale_tui.casework.exchange import import_checks
from jobsamtale_tui.casework.exchange.import_checks import REFERENCES, Indicators, SeenRecord
from jobsamtale_tui.casework.exchange.import_reading import Findings
from jobsamtale_tui.casework.facts import notes
from jobsamtale_tui.casework.format.faults import quoted
from jobsamtale_tui.documents.note import facts as note_facts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.questions import citizen_lists, reads
from jobsamtale_tui.store.schema.layout import DERIVED, as_json, layout
from jobsamtale_tui.store.writing import bulk
from jobsamtale_tui.store.writing.staging import UNIQUE, Staging


@dataclass(slots=True)
class Count:
    """How many records of a kind were new, how many replaced one that was different, how many were there already."""

    new: int = 0
    changed: int = 0
    same: int = 0


class Placing:
    """One file's records on their way into the tables, within the caller's transaction."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        staging: Staging,
        findings: Findings,
        history: bulk.History,
        counts: dict[str, Count],
    ) -> None:
        self._connection = connection
        self._staging = staging
        self._findings = findings
        self._history = history
        self._counts = counts
        self._known: Indicators | None = None
        self._later: dict[str, list[tuple[str, str]]] = {field: [] for field in UNIQUE}

    def run(self, progress: Callable[[int], None]) -> int:
        """Places all records and writes the notes that are missing; returns how many notes.

        Faults are added to the findings; where there are any, the caller takes everything back.
        """
        done = 0
        for kind in records.KINDS:
            nothing_there = bulk.empty(self._connection, kind)
            for batch in self._staging.batches(kind):
                entries = [self._entry(kind, one.line, one.text) for one in batch]
                if not nothing_there:
                    self._look_up(kind, entries)
                self._place(kind, entries)
                done += len(batch)
                progress(done)
            if kind == "citizen" and not self._findings.faults:
                self._hand_over()
        return 0 if self._findings.faults else self._write_notes()

    @staticmethod
    def _entry(kind: str, line: int, text: str) -> SeenRecord:
        document = json.loads(text)
        return SeenRecord(line, tuple(document[field] for field in layout(kind).identity), document, text)

    def _look_up(self, kind: str, entries: Sequence[SeenRecord]) -> None:
        there = bulk.found(self._connection, kind, [entry.identity for entry in entries])
        for entry in entries:
            entry.old = there.get(entry.identity)

    def _place(self, kind: str, entries: Sequence[SeenRecord]) -> None:
        if kind == "session":
            for entry in entries:
                import_checks.fill_in(entry)
        changing = [entry for entry in entries if entry.new != entry.old]
        self._counts[kind].same += len(entries) - len(changing)
        if not changing:
            return
        good = self._checked(kind, changing)
        if good:
            self._write(kind, good)

    def _checked(self, kind: str, entries: Sequence[SeenRecord]) -> list[SeenRecord]:
        """Those of the entries that may be written; the others are refused, and so is what points at them."""
        missing = self._missing(kind, entries)
        good: list[SeenRecord] = []
        for entry in entries:
            said = missing.get(entry.line, [])
            if kind == "session":
                said += import_checks.locked(entry) or import_checks.score_faults(
                    entry, self._indicators, self._is_refused
                )
            elif kind == "agreement":
                said += import_checks.choice_faults(entry, self._indicators, self._is_refused)
            elif kind == "indicator":
                said += import_checks.in_use(entry, partial(reads.indicator_in_use, self._connection))
            for sentence in said:
                self._findings.refuse(entry.line, sentence, kind, entry.key)
            if said or self._stands_on_refused(kind, entry):
                self._findings.refused.add((kind, entry.key))
            else:
                good.append(entry)
        return good

    def _missing(self, kind: str, entries: Sequence[SeenRecord]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for field, target in REFERENCES.get(kind, {}).items():
            wanted = {entry.new[field] for entry in entries if field in entry.new}
            missing = wanted - bulk.there(self._connection, target, list(wanted)) if wanted else set()
            for entry in entries if missing else ():
                key = entry.new.get(field)
                if key is not None and key in missing and (target, key) not in self._findings.refused:
                    found.setdefault(entry.line, []).append(f"{kind}.{field}: {import_checks.no_such(target, key)}")
        return found

    def _stands_on_refused(self, kind: str, entry: SeenRecord) -> bool:
        refused = self._findings.refused
        if not refused:
            return False
        if any((target, entry.new.get(field)) in refused for field, target in REFERENCES.get(kind, {}).items()):
            return True
        return any(self._is_refused(score["indicator"]) for score in entry.new.get("scores", ()))

    def _is_refused(self, indicator: str) -> bool:
        return ("indicator", indicator) in self._findings.refused

    @property
    def _indicators(self) -> Indicators:
        if self._known is None:
            self._known = Indicators(reads.indicators(self._connection), self._enter)
        return self._known

    def _enter(self, found: list[records.Indicator]) -> None:
        documents = [records.as_document(one) for one in found]
        bulk.put(self._connection, "indicator", documents)
        self._history.add(
            "indicator", [(as_json([one.key, one.version]), None, as_json(records.as_document(one))) for one in found]
        )
        self._counts["indicator"].new += len(found)

    def _write(self, kind: str, entries: Sequence[SeenRecord]) -> None:
        new = [entry for entry in entries if entry.old is None]
        changed = [entry for entry in entries if entry.old is not None]
        self._counts[kind].new += len(new)
        self._counts[kind].changed += len(changed)
        derived = [_derived(kind, entry.new) for entry in (*new, *changed)] if kind in DERIVED else []
        if kind == "citizen":
            self._settle([*new, *changed], derived)
        bulk.put(self._connection, kind, [entry.new for entry in new], [entry.new for entry in changed], derived)
        waiting = [entry for entry in entries if kind == "session" and _lacks_note(entry.new)]
        if waiting:
            self._staging.wait([(entry.key, _json(entry.old)) for entry in waiting])
        apart = {entry.line for entry in waiting}
        self._history.add(
            kind,
            [
                (as_json(entry.identity), _json(entry.old), entry.text or as_json(entry.new))
                for entry in entries
                if entry.line not in apart
            ],
        )

    def _settle(self, entries: Sequence[SeenRecord], derived: list[dict[str, Any]]) -> None:
        """Keeps CPR numbers and case keys unique, also where records of the file hand them on to each other.

        A value that another record has for now is set once all citizens stand; one that stays with a record which
        the file does not change is refused.
        """
        for field in UNIQUE:
            wanted = {
                entry.new[field]: (entry, columns)
                for entry, columns in zip(entries, derived, strict=True)
                if field in entry.new and (entry.old or {}).get(field) != entry.new[field]
            }
            owners = bulk.owners(self._connection, field, list(wanted)) if wanted else {}
            coming = self._staging.lines("citizen", list(owners.values())) if owners else {}
            for value, owner in owners.items():
                entry, columns = wanted[value]
                columns[field] = None
                if owner in coming:
                    self._later[field].append((entry.key, value))
                elif ("citizen", owner) not in self._findings.refused:
                    shown = texts.masked_cpr(value) if field == "cpr" else quoted(value)
                    said = _("{value} belongs to the citizen {key}").format(value=shown, key=quoted(owner))
                    self._findings.refuse(entry.line, f"{field}: {said}", "citizen", entry.key)

    def _hand_over(self) -> None:
        for field, values in self._later.items():
            if values:
                bulk.set_citizens(self._connection, field, values)

    def _write_notes(self) -> int:
        """Writes the notes of completed sessions that came without one, as of the time when each session ended."""
        known: notes.Versions = {}
        course: notes.Course | None = None
        count = 0
        for batch in self._staging.waiting():
            there = bulk.found(self._connection, "session", [(key,) for key, _before in batch])
            made: list[tuple[str, dict[str, Any]]] = []
            for key, _before in batch:
                session = records.from_document(records.Session, there[key,])
                ended = session.held_at + timedelta(minutes=session.minutes or 0)
                if course is None or course.key != session.citizen:
                    course = notes.course(self._connection, session.citizen)
                written = note_facts.render(notes.note_facts(self._connection, session, known, course), ended)
                made.append((key, records.as_document(written)))
            bulk.put_notes(self._connection, made)
            self._history.add(
                "session",
                [
                    (as_json([key]), before, as_json({**there[key,], "note": document}))
                    for (key, before), (_key, document) in zip(batch, made, strict=True)
                ],
            )
            count += len(made)
        return count


def _derived(kind: str, document: dict[str, Any]) -> dict[str, Any]:
    if kind == "caseworker":
        return {"sort_key": texts.sort_key(document["name"])}
    citizen = records.from_document(records.Citizen, document)
    return {"sort_key": texts.sort_key(citizen.name), "found_by": citizen_lists.found_by(citizen)}


def _lacks_note(session: dict[str, Any]) -> bool:
    return session["status"] == "completed" and "note" not in session


def _json(document: dict[str, Any] | None) -> str | None:
    return None if document is None else as_json(document)
