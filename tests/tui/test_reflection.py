"""Looking back on a completed session: optional, what worked first, for learning alone."""

from pathlib import Path

import pytest
from tests.tui.driving import Drive, driving

from jobsamtale_tui.tui.widgets.form import Form


async def to_note(drive: Drive) -> None:
    rows = drive.widget("sessions")
    rows.fill(rows.lines, key="mette-maj")
    rows.focus()
    await drive.press("enter")
    assert drive.where == "NoteScreen"


def rows(drive: Drive) -> list[tuple[object, ...]]:
    return drive.sql("SELECT by, role, roles, quality, worked, note FROM reflection")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_one_looks_back_on_ones_own_session(db: Path, size: tuple[int, int]) -> None:
    async with driving(db, size=size, citizen="mette-holm") as drive:
        await to_note(drive)
        await drive.press("e")
        assert drive.where == "ReflectionScreen"
        assert "In no note and no report, and in an export only if asked for" in drive.screen
        assert list(drive.app.screen.query_one(Form).items) == ["role", "worked", "roles", "quality", "note"]
        await drive.press("enter")
        await drive.type("Jeg ventede")
        await drive.press("tab", "6")
        assert "60 %" in drive.screen
        await drive.press("right")
        assert "65 %" in drive.screen
        await drive.press("enter", "enter", "enter")
        assert drive.at == "form-quality"
        for digit in "332":
            await drive.press(digit, "enter")
        assert "We followed up and adjusted a little" in drive.screen
        await drive.press("f10")
        assert "Give all 6, or none" in drive.screen
        for digit in "223":
            await drive.press(digit, "enter")
        assert drive.at == "form-note"
        await drive.type("Spørge én gang til")
        await drive.press("f10")
        assert drive.where == "NoteScreen"
        assert "Kept for yourself" in drive.status
        said = ('{"coach":65,"adviser":5,"authority":30}', "Jeg ventede", "Spørge én gang til")
        by, role, roles, quality, worked, note = rows(drive)[0]
        assert (by, role) == ("anne", "self")
        assert (roles, worked, note) == said
        assert quality == '{"structure":3,"involvement":3,"ownership":2,"focus":2,"questions":2,"it":3}'
        await drive.press("e")
        assert drive.widget("form-quality").value == "3,3,2,2,2,3"
        assert drive.widget("form-note").value == "Spørge én gang til"
        await drive.press("tab", "tab")
        words = " ".join(drive.screen.split())
        assert "Reflection, motivation and action." in words
        assert "We began with an agenda and lost it on the way." in words


async def test_a_colleague_observes_and_what_worked_comes_first(db: Path) -> None:
    async with driving(db, user="bo", citizen="mette-holm") as drive:
        await to_note(drive)
        await drive.press("e")
        assert "a colleague who observed" in drive.screen
        assert "the one who held the session" not in drive.screen
        await drive.press("down")
        assert "What did you see that helped? That comes first" in drive.screen
        await drive.type("Pausen")
        await drive.press("f10")
        assert [row[:2] for row in rows(drive)] == [("bo", "peer")]
        await drive.press("e", "right", "f10")
        assert [row[:2] for row in rows(drive)] == [("bo", "leader")]
        await drive.press("e", "down")
        await drive.press("end", *["backspace"] * 6, "f10")
        assert rows(drive) == []
        assert "Nothing is kept" in drive.status


async def test_what_is_typed_stays_if_one_leaves_and_nobody_has_to(db: Path) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        await to_note(drive)
        await drive.press("e", "escape")
        assert drive.where == "NoteScreen"
        assert rows(drive) == []
        await drive.press("e")
        drive.widget("form").go("quality")
        await drive.press("3", "escape", "escape")
        assert drive.where == "NoteScreen"
        await drive.press("e")
        assert drive.widget("form-quality").value == "3,,,,,"
        await drive.press("f7")
        assert drive.widget("form-quality").value == ""


async def test_ones_own_are_a_quiet_list(db: Path) -> None:
    async with driving(db, user="bo", citizen="mette-holm") as drive:
        await to_note(drive)
        await drive.press("e", "down")
        await drive.type("Du lod pausen stå")
        await drive.press("f10")
    async with driving(db, user="anne") as drive:
        await drive.app.run_action("reflections")
        await drive.settle()
        assert "Bo Lund, a colleague who observed" in drive.screen
        assert "What worked: Du lod pausen stå" in drive.screen
        await drive.press("f12")
        assert "pausen" not in drive.screen
    async with driving(db, user="bo", read_only=True, citizen="mette-holm") as drive:
        await to_note(drive)
        await drive.press("e")
        assert "read-only" in drive.status


async def test_only_what_is_completed_and_by_somebody_known(db: Path) -> None:
    async with driving(db, user=None, citizen="mette-holm") as drive:
        await to_note(drive)
        await drive.press("e")
        assert drive.where == "NoteScreen"
        assert "Say who you are first" in drive.status
