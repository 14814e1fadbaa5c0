from pathlib import Path

from tests.casework import by_index
from tests.tui.driving import Drive, driving

from jobsamtale_tui import i18n


async def begin(drive: Drive, phase: str) -> None:
    await drive.open_session("mette")
    await drive.press(phase)


async def test_undo_and_redo_a_score(db: Path) -> None:
    async with driving(db) as drive:
        await begin(drive, "f4")
        await drive.press("6", "7", "u")
        assert drive.session().scores[0].value == 6
        assert "Taken back: score 7 → 6" in drive.status
        assert drive.widget("scale").value == 6
        await drive.press("U")
        assert drive.session().scores[0].value == 7
        assert "score 6 → 7" in drive.status
        await drive.press("u", "u")
        assert drive.session().scores == ()
        assert drive.widget("scale").value is None
        await drive.press("u")
        assert "There is nothing to undo" in drive.status


async def test_undo_of_a_cleared_score_brings_its_remark_back(db: Path) -> None:
    async with driving(db) as drive:
        await begin(drive, "f4")
        await drive.press("7", "enter")
        await drive.type("Godt")
        await drive.press("enter", "k", "backspace")
        assert drive.session().scores == ()
        await drive.press("u")
        (score,) = drive.session().scores
        assert (score.value, score.remark) == (7, "Godt")
        assert "✎ Godt" in drive.screen


async def test_undo_and_redo_of_the_agenda(db: Path) -> None:
    async with driving(db) as drive:
        await begin(drive, "f2")
        await drive.type("Truckkort")
        await drive.press("enter", "up", "space")
        assert drive.session().agenda[0].state == "agreed"
        await drive.press("u")
        assert drive.session().agenda[0].state == "possible"
        assert "Taken back: agenda item agreed → possible" in drive.status
        assert "possible" in drive.row
        await drive.press("u")
        assert drive.session().agenda == ()
        assert "Truckkort → –" in drive.status
        assert "Nothing yet" in drive.screen
        await drive.press("U", "U")
        assert [(item.topic, item.state) for item in drive.session().agenda] == [("Truckkort", "agreed")]


async def test_undo_and_redo_of_a_step(db: Path) -> None:
    async with driving(db) as drive:
        await begin(drive, "f5")
        await drive.type("Ringe")
        await drive.press("enter", "up", "delete")
        assert drive.session().steps == ()
        await drive.press("escape") if drive.at == "step-what" else None
        await drive.press("u")
        assert [step.what for step in drive.session().steps] == ["Ringe"]
        assert "Taken back: step – → Ringe" in drive.status
        await drive.press("U")
        assert drive.session().steps == ()


async def test_undo_and_redo_of_a_text(db: Path) -> None:
    async with driving(db) as drive:
        await begin(drive, "f3")
        await drive.type("Ro")
        await drive.press("escape", "u")
        assert drive.session().need is None
        assert drive.widget("need").value == ""
        assert "Taken back: text Ro → –" in drive.status
        await drive.press("U")
        assert drive.session().need == "Ro"
        assert drive.widget("need").value == "Ro"


async def test_undo_and_redo_of_the_next_session(db: Path) -> None:
    async with driving(db) as drive:
        await begin(drive, "f5")
        drive.widget("next-at").focus()
        await drive.settle()
        await drive.type("24/6")
        await drive.press("enter", "escape")
        assert drive.session().next is not None
        await drive.press("u")
        assert drive.session().next is None
        assert drive.widget("next-at").value == ""
        assert "next session" in drive.status


async def test_u_is_a_letter_in_a_text_field(db: Path) -> None:
    async with driving(db) as drive:
        await begin(drive, "f3")
        await drive.type("uU")
        assert drive.widget("need").value == "uU"
        assert [action for action, *_who in drive.history()] == ["session.start"]


async def test_a_new_change_ends_redo(db: Path) -> None:
    async with driving(db) as drive:
        await begin(drive, "f4")
        await drive.press("6", "u", "8", "U")
        assert "There is nothing to redo" in drive.status
        assert drive.session().scores[0].value == 8


async def test_undo_still_works_after_the_app_was_closed(db: Path) -> None:
    async with driving(db) as drive:
        await begin(drive, "f4")
        await drive.press("6", "7", "ctrl+q")
    async with driving(db) as drive:
        await drive.open_session("mette")
        assert drive.at == "scale"
        await drive.press("u")
        assert drive.session("mette-i-dag").scores[0].value == 6
        await drive.press("U")
        assert drive.session("mette-i-dag").scores[0].value == 7


async def test_undo_leaves_what_somebody_else_has_changed_since(db: Path) -> None:

    async with driving(db) as drive:
        await begin(drive, "f4")
        await drive.press("6")
        drive.other(lambda place: by_index.set_score(place, "mod", "citizen", 9))
        await drive.press("u")
        assert drive.session().scores[0].value == 9
        assert "It has been changed since" in drive.status


async def test_undo_is_history_of_its_own(db: Path) -> None:
    async with driving(db) as drive:
        await begin(drive, "f4")
        await drive.press("6", "u", "U")
        actions = [action for action, *_who in drive.history()]
        assert actions == ["session.start", "score.set", "undo", "redo"]
        undone = drive.sql("SELECT undoes FROM history WHERE action IN ('undo', 'redo')")
        scored = drive.sql("SELECT id FROM history WHERE action = 'score.set'")
        assert undone == scored * 2


async def test_what_was_undone_is_said_in_the_words_of_the_screen(db: Path) -> None:
    async with driving(db) as drive:
        i18n.use("da")
        await begin(drive, "f3")
        await drive.press("tab")
        await drive.type("Truckkort")
        await drive.press("enter", "escape", "b")
        await drive.until(lambda: drive.session().agenda[-1].by == "caseworker")
        await drive.press("u")
        assert "Fortrudt: dagsordenspunkt jobkonsulenten → borgeren" in drive.status
        await drive.press("space", "u")
        assert "Fortrudt: dagsordenspunkt valgt fra → aftalt" in drive.status
