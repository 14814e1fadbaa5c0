"""The briefing of everybody in the demo: it fits a screen in both languages, and the reasons show."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
from rich.cells import cell_len

from jobsamtale_tui import i18n
from jobsamtale_tui.casework import demo
from jobsamtale_tui.casework.briefing import briefing
from jobsamtale_tui.documents import briefing as documents
from jobsamtale_tui.store import reads
from jobsamtale_tui.store.engine import Database

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
            for citizen in reads.citizens(connection):
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
