"""Units and caseworkers changed from the palette: a list, the form filled in, the key only to be read."""

from pathlib import Path

from tests.tui.driving import Drive, driving

from jobsamtale_tui.casework.change.context import Actor, ChangeContext
from jobsamtale_tui.casework.citizen import staff
from jobsamtale_tui.store.questions import quick_reads
from jobsamtale_tui.store.sqlite.database import Database
from jobsamtale_tui.tui.widgets.form import Form


async def do(drive: Drive, command: str) -> None:
    """Finds a command in the palette by its name."""
    await drive.press("ctrl+p")
    await drive.type(command)
    await drive.press("enter")


async def test_a_unit_is_changed_from_the_palette(db: Path) -> None:
    async with driving(db) as drive:
        await do(drive, "Change a unit")
        assert drive.where == "UnitsScreen"
        assert "Afsnit Nord" in drive.row
        await drive.press("enter")
        assert list(drive.app.screen.query_one(Form).items) == ["name", "municipality"]
        assert drive.widget("form-name").value == "Afsnit Nord"
        assert "nord" in drive.screen.splitlines()[0]
        await drive.press("end")
        await drive.type("vest")
        await drive.press("f10")
        assert drive.where == "UnitsScreen"
        assert "Afsnit Nordvest" in drive.row
        assert drive.sql("SELECT key, name, municipality FROM unit") == [("nord", "Afsnit Nordvest", None)]
        assert drive.history() == [("unit.edit", "anne", "anne-login")]
        await drive.press("escape")
        assert drive.where == "HomeScreen"


async def test_a_caseworker_is_changed_from_the_palette_and_what_another_changed_stays(db: Path) -> None:
    async with driving(db) as drive:
        await do(drive, "Change a caseworker")
        await drive.press("down", "enter")
        assert drive.widget("form-name").value == "Bo Lund"
        other = Database(db)
        with other.connected() as connection:
            seen = quick_reads.version(connection, "caseworker", "bo")
        place = ChangeContext(database=other, actor=Actor("bo", "bo-login"), key="bo", seen=seen)
        staff.edit_caseworker(place, {"role": "key_person"})
        other.close()
        await drive.press("ctrl+u")
        await drive.type("Aage Lund")
        await drive.press("f10")
        assert drive.where == "CaseworkersScreen"
        assert "Aage Lund" in drive.row
        assert drive.sql("SELECT name, unit, role FROM caseworker WHERE key = 'bo'") == [
            ("Aage Lund", "nord", "key_person")
        ]


async def test_nothing_is_changed_in_a_database_that_is_only_read(db: Path) -> None:
    async with driving(db, read_only=True) as drive:
        await do(drive, "Change a unit")
        assert drive.where != "UnitsScreen"
