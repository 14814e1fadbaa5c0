"""The briefing of everybody in the demo: it fits a screen in both languages, and the reasons show."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from rich.cells import cell_len
from sqlmodel import Session as Work

from jobsamtale_tui import i18n, records
from jobsamtale_tui.casework.exchange import demo
from jobsamtale_tui.casework.facts.briefing import briefing
from jobsamtale_tui.documents.briefing import briefing_forms as documents
from jobsamtale_tui.documents.briefing.briefing import Briefing, activities_said, contact_said, last_said
from jobsamtale_tui.method.contact import Rule, Standing
from jobsamtale_tui.method.preparing import Facts
from jobsamtale_tui.method.search import search
from jobsamtale_tui.reference import positions
from jobsamtale_tui.store.questions import citizen_lists, reads
from jobsamtale_tui.store.schema.tables import CitizenRow, SessionRow
from jobsamtale_tui.store.sqlite.database import Database

DAY = date(2026, 6, 3)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The demo caseload, made once and only read."""
    made, _user = demo.demo_database(tmp_path_factory.mktemp("demo"), DAY)
    yield made
    made.close()


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_briefing_of_the_demo_fits_a_screen(database: Database, language: str) -> None:
    before = i18n.language()
    counted: Counter[str] = Counter()
    i18n.use(language)
    try:
        with database.connected() as connection:
            for citizen in citizen_lists.citizens(connection):
                made = briefing(connection, citizen, DAY)
                lines = documents.text(made).splitlines()
                assert len(lines) <= 23, citizen.key
                assert max(map(cell_len, lines)) <= 80, citizen.key
                assert max(map(cell_len, documents.text(made, height=None).splitlines())) <= 80, citizen.key
                counted.update({one.reason for one in made.proposals})
                if citizen.key == "per-madsen":
                    assert {"wish_vs_applications", "wish_vs_cv"} <= {one.reason for one in made.proposals}
    finally:
        i18n.use(before)
    assert len(counted) >= 10, counted
    assert max(counted.values()) <= 35, counted


@pytest.mark.parametrize("height", [8, 12, 15, 18, 40])
def test_there_are_never_more_lines_than_the_window_has(database: Database, height: int) -> None:
    with database.connected() as connection:
        citizen = reads.citizen(connection, "per-madsen")
        assert citizen is not None
        lines = documents.text(briefing(connection, citizen, DAY), 60, height).splitlines()
    assert len(lines) <= max(height, 11)
    assert max(map(cell_len, lines)) <= 60


def said(**more: Any) -> str:
    """What is said of the contact, in English, of a citizen whose contact began 1 May."""
    citizen = records.Citizen(key="c", name="Ida", target_group="jobparat", contact_start=date(2026, 5, 1))
    before = i18n.language()
    i18n.use("en")
    try:
        return contact_said(Facts(**{"on": DAY, "citizen": citizen, **more}))
    finally:
        i18n.use(before)


def test_where_no_session_is_due_it_is_said_why() -> None:
    citizen = records.Citizen(key="c", name="Ida", target_group="jobparat", contact_start=date(2026, 5, 1))
    rule = Rule(id="fire", groups=("jobparat",), required=4, months=6, source="x", read="page")
    assert said(contact=Standing(rule=rule, held=4, late=1, status="ok")) == ("✓ rule fire is met (5 held, at least 4)")
    assert "an average" in said(contact=Standing(rule=replace(rule, average=True), held=1, status="ok"))
    assert "when there is a need" in said(contact=Standing())
    ended = replace(citizen, ended=records.Ended(on=DAY, reason="job"))
    assert said(citizen=ended, contact=Standing()) == "the course has ended: no session is due"
    assert "first day is not known" in said(citizen=replace(citizen, contact_start=None), contact=Standing())
    assert "begins 09.06.2026" in said(citizen=replace(citizen, contact_start=date(2026, 6, 9)), contact=Standing())
    assert "no target group" in said(citizen=replace(citizen, target_group=None), contact=Standing())
    assert said(contact=Standing(rule=rule, due=DAY, status="due")).startswith(
        "next session by 03.06.2026, which is near"
    )


def test_the_session_that_meets_the_date_is_not_asked_for_in_that_session(database: Database) -> None:
    row = CitizenRow(key="c", name="Ida", sort_key="ida", found_by="ida", target_group="jobparat", contact_start=DAY)
    with Work(database.engine()) as work:
        work.add(row)
        work.commit()
        with database.connected() as connection:
            citizen = reads.citizen(connection, "c")
            assert citizen is not None
            alone = [one.reason for one in briefing(connection, citizen, DAY).proposals]
            work.add(SessionRow(key="s", citizen="c", held_at=datetime(2026, 6, 3, 8, tzinfo=UTC), status="planned"))
            work.commit()
            held = [one.reason for one in briefing(connection, citizen, DAY).proposals]
            later = [one.reason for one in briefing(connection, citizen, DAY + timedelta(days=60)).proposals]
    assert "contact_due" in alone
    assert "contact_due" not in held
    assert "contact_due" in later


def test_what_people_wrote_is_joined_as_they_wrote_it() -> None:
    item = records.AgendaItem(topic="Passer målene?", by="citizen", state="done", conclusion="Ja, begge to")
    last = records.Session(
        key="s", citizen="c", held_at=datetime(2026, 5, 4, 8, tzinfo=UTC), agenda=(item,), status="completed"
    )
    activity = records.Activity(
        key="a",
        citizen="c",
        name="Praktik",
        field="employment",
        outcome="Prøver en dag",
        toward_job="Så ved hun det",
        from_=DAY,
    )
    citizen = records.Citizen(
        key="c", name="Ida", ended=records.Ended(on=DAY, reason="education"),
        indicators_used=records.IndicatorsUsed(use=True, barriers=("Ryggen, mest", "Ingen papirer")),
    )  # fmt: skip
    facts = Facts(on=DAY, citizen=citizen, last=last, activities=(activity,))
    assert last_said(facts)[-1] == "✓ Passer målene? Ja, begge to"
    assert activities_said(facts) == ["Praktik 03.06.26– · Prøver en dag · Så ved hun det"]
    made = Briefing(facts=facts, proposals=(), search=search((), DAY, None, None, positions.table()[0]))
    whole = documents.text(made, height=None)
    assert "Ryggen, mest; Ingen papirer" in whole
    assert "03.06.2026: education" in " ".join(whole.split()) or "03.06.2026: uddannelse" in " ".join(whole.split())
