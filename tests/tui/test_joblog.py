"""Applications and openings by hand, the one-minute form, sparring that becomes a step, the market beside goals."""

from pathlib import Path

from tests.tui.driving import driving

from jobsamtale_tui.store.sqlite import history_checks
from jobsamtale_tui.store.sqlite.database import Database

APPLICATIONS = 'SELECT "on_", "position", "employer", "result" FROM "application" ORDER BY "on_", "key"'
OPENINGS = 'SELECT "title", "citizen", "industry", "type", "until" FROM "opening" ORDER BY "key"'


async def test_an_application_is_added_changed_taken_out_and_brought_back(db: Path) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("J")
        assert drive.where == "JoblogScreen"
        assert "No application yet" in drive.screen
        await drive.press("plus", *["backspace"] * 10)
        await drive.type("1/6")
        await drive.press("down")
        await drive.type("Lager[b]medarbejder")
        await drive.press("down")
        await drive.type("Bilka")
        await drive.press("f10")
        assert drive.sql(APPLICATIONS) == [("2026-06-01", "Lager[b]medarbejder", "Bilka", None)]
        assert "Lager[b]medarbejder" in drive.row
        await drive.press("enter", "up")
        await drive.press(*["down"] * 4)
        await drive.type("samtale")
        await drive.press("f10")
        assert drive.sql(APPLICATIONS)[0][3] == "samtale"
        await drive.press("delete")
        assert drive.sql(APPLICATIONS) == []
        await drive.press("u")
        assert len(drive.sql(APPLICATIONS)) == 1
        await drive.press("u")
        assert drive.sql(APPLICATIONS)[0][3] is None
    assert [row[0] for row in drive.history()] == [
        *("application.new", "application.edit", "application.remove", "undo", "undo")
    ]
    with Database(db).connected() as connection:
        assert list(history_checks.faults(connection)) == []


async def test_openings_are_hers_or_everybodys_and_those_of_her_industry_come_first(db: Path) -> None:
    async with driving(db, citizen="mette-holm", size=(120, 40)) as drive:
        await drive.press("S", "plus")
        await drive.type("Lagerjob i Vejle")
        await drive.press(*["down"] * 3)
        await drive.type("https://example.org/[link]")
        await drive.press("down")
        await drive.type("1/7")
        await drive.press("f10", "plus")
        await drive.type("Kokkeskole")
        await drive.press(*["tab"] * 6, "right", "down")
        await drive.type("Køkken")
        await drive.press("f10", "plus")
        await drive.type("Truckkursus")
        await drive.press(*["tab"] * 6, "right", "down")
        await drive.type("Lager")
        await drive.press("f10")
        assert sorted(drive.sql(OPENINGS)) == [
            ("Kokkeskole", None, "Køkken", "job", None),
            ("Lagerjob i Vejle", "mette-holm", None, "job", "2026-07-01"),
            ("Truckkursus", None, "Lager", "job", None),
        ]
        lines = drive.screen.splitlines()
        found = [
            next(at for at, line in enumerate(lines) if name in line)
            for name in ("Lagerjob i Vejle", "For everybody", "★ Truckkursus", "● Kokkeskole")
        ]
        assert found == sorted(found)
        await drive.press("home")
        assert "https://example.org/[link]" in drive.screen
        await drive.press("escape")
        facts = str(drive.widget("facts").content)
        assert "Lagerjob i Vejle · job · until 01.07.2026" in facts
        assert "Kokkeskole" not in facts
        assert "Lagermedarbejder, Syddanmark: gode jobmuligheder (eksempel, 01.01.2026)" in facts


async def test_her_search_is_taken_down_in_a_minute(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("escape", "h")
        assert drive.where == "SearchNoteForm"
        await drive.type("Lagermedarbejder")
        await drive.press("tab")
        await drive.type("3 pædagogmedhjælper")
        await drive.press("enter")
        await drive.type("pedel")
        await drive.press("tab")
        await drive.type("netværk")
        await drive.press("tab", "tab")
        await drive.type("Intet om børn")
        await drive.press("f10")
        assert drive.where == "phase 1"
        assert drive.sql('SELECT "wishes" FROM "profile"') == [('["Lagermedarbejder"]',)]
        assert drive.sql('SELECT "position", count(*), min("on_"), min("channel") FROM "application" GROUP BY 1') == [
            ("pedel", 1, "2026-06-03", "netværk"),
            ("pædagogmedhjælper", 3, "2026-06-03", "netværk"),
        ]
        assert drive.session().preparation == "Gaps in the CV: Intet om børn"
        assert "Intet om børn" in drive.screen
        await drive.press("h", "tab")
        await drive.type("400 breve")
        await drive.press("f10")
        assert drive.where == "SearchNoteForm"
        assert "Write a number from 1 to 60" in drive.screen


async def test_sparring_becomes_a_next_step_in_the_citizens_words(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f5", "escape", "w")
        assert drive.where == "SparringScreen"
        await drive.press("enter")
        assert drive.where == "StepForm"
        await drive.press("end")
        await drive.type(" som pedel")
        await drive.press("down", "down")
        await drive.type("10/6")
        await drive.press("f10")
        step = drive.session("mette-i-dag").steps[-1]
        assert (step.what, str(step.when), step.who) == (
            *("Skriv tre opgaver ind under det seneste job som pedel", "2026-06-10"),
            "citizen",
        )
        await drive.press("down", "enter", "escape")
        assert len(drive.session("mette-i-dag").steps) == 2
        assert "✓" in drive.screen
        await drive.press("escape")
        assert "som pedel" in drive.screen
        await drive.press("u")
        assert len(drive.session("mette-i-dag").steps) == 1


async def test_looking_is_all_that_read_only_allows(db: Path) -> None:
    async with driving(db, citizen="mette-holm", read_only=True) as drive:
        await drive.press("J", "plus")
        assert drive.where == "JoblogScreen"
        await drive.press("escape", "S", "plus")
        assert drive.where == "OpeningsScreen"
        await drive.press("f12")
        assert "Mette" not in drive.screen
