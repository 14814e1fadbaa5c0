"""A session's details, and its status from the lists that it stands in."""

from pathlib import Path

from tests.casework import by_index
from tests.tui.driving import driving


async def test_o_in_a_session_opens_its_details_and_keeping_them_comes_back(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("escape", "o")
        assert drive.where == "DetailsScreen"
        assert drive.widget("form").here == "status"
        await drive.press("down", "down")
        await drive.type("40")
        await drive.press("down", "right", "down", "right", "down")
        await drive.type("7")
        await drive.press("down")
        await drive.type("c")  # change of industry
        await drive.press("f10")
        assert drive.where == "phase 1"
        session = drive.session()
        assert (session.minutes, session.form, session.booked_by) == (40, "remote", "citizen")
        assert (session.interview_type, session.session_kind) == (7, "Brancheskift")
        assert "telephone/digital" in drive.screen.splitlines()[0]
        assert [action for action, _by, _login in drive.history()] == ["session.start", "details"]


async def test_o_types_a_letter_in_a_text_field(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.type("o")
        assert (drive.where, drive.widget("agenda-new").value) == ("phase 1", "o")


async def test_people_are_added_and_removed_on_lines(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("escape", "o", *["down"] * 8)
        assert drive.at == "role"
        await drive.press("enter")
        await drive.type("Ole Bak")
        await drive.press("enter")
        await drive.press("right", "enter", "enter")
        people = drive.session("mette-i-dag").participants
        assert [(one.role, one.name) for one in people] == [("companion", "Ole Bak"), ("interpreter", None)]
        assert "companion: Ole Bak" in drive.screen
        drive.widget("participants").focus()
        await drive.press("delete")
        assert [one.role for one in drive.session("mette-i-dag").participants] == ["interpreter"]


async def test_escape_keeps_a_name_on_the_new_line(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("escape", "o", *["down"] * 8, "enter")
        await drive.type("Ole Bak")
        await drive.press("escape")
        assert drive.where == "phase 1"
        assert [one.name for one in drive.session().participants] == ["Ole Bak"]


async def test_what_is_wrong_is_said_and_stays(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("escape", "o", "down", "down")
        await drive.type("1441")
        await drive.press("f10")
        assert drive.where == "DetailsScreen"
        assert "Write a number from 0 to 1440" in drive.screen
        assert drive.widget("form").field("minutes").value == "1441"
        assert drive.session("mette-i-dag").minutes is None


async def test_what_was_typed_and_not_kept_stands_there_again_with_the_name(db: Path) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("o", "down", "down")
        await drive.type("33")
        drive.widget("participant").value = "Ole"
        drive.top.keep()
        await drive.press("ctrl+q")
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("o")
        assert drive.widget("form").field("minutes").value == "33"
        assert drive.widget("participant").value == "Ole"


async def test_t_moves_a_planned_session_to_the_day_that_is_typed(db: Path) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        assert "03.06.2026 10.30" in drive.row
        await drive.press("t")
        assert drive.widget("form").here == "held_at"
        await drive.type("9/6 12.15")
        await drive.press("f10")
        assert drive.where == "CitizenScreen"
        await drive.until(lambda: "09.06.2026 12.15: planned" in drive.status)
        assert "09.06.2026 12.15" in drive.row
        session = drive.session("mette-i-dag")
        assert (session.held_at.isoformat(), session.status) == ("2026-06-09T10:15:00+00:00", "planned")


async def test_x_cancels_and_once_more_takes_it_back(db: Path) -> None:
    async with driving(db, citizen="ida-sø") as drive:
        await drive.press("x")
        assert drive.session("ida-åben").status == "cancelled"
        assert drive.session("ida-åben").need == "Jeg vil gerne have ro"
        assert "cancelled" in drive.row
        assert "the same key takes it back" in drive.status
        await drive.press("x")
        assert drive.session("ida-åben").status == "draft"  # as it was, not merely planned
        assert [action for action, _by, _login in drive.history()] == ["session.cancel", "session.start"]


async def test_a_no_show_from_home_stays_in_the_week_and_can_be_begun_after_all(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("j")
        assert "Zenia" in drive.row
        await drive.press("w")
        assert drive.session("zenia-i-går").status == "no_show"
        assert drive.history()[-1] == ("session.no_show", "anne", "anne-login")
        assert "Zenia" in drive.row
        assert "no-show" in drive.row
        await drive.press("n")
        assert drive.where == "phase 1"
        assert drive.session().status == "draft"


async def test_the_same_key_takes_it_back_though_the_row_moved_on_home(db: Path) -> None:
    async with driving(db) as drive:
        assert "Ida Sø" in drive.row
        await drive.press("w")
        assert drive.session("ida-åben").status == "no_show"
        assert "Ida Sø" in drive.row
        await drive.press("w")
        assert drive.session("ida-åben").status == "draft"


async def test_a_session_to_come_is_no_no_show(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("G")
        while "Øjvind" not in drive.row:  # those who are due stand below the week
            await drive.press("k")
        await drive.press("w")
        assert "still to come; x cancels it, t moves it" in drive.status
        assert drive.session("øjvind-fredag").status == "planned"
        assert drive.history() == []


async def test_a_session_cut_short_and_cancelled_from_within_is_left(db: Path) -> None:
    async with driving(db, citizen="ida-sø") as drive:
        await drive.press("n", "escape", "escape", "enter")
        while drive.where[:5] != "phase":
            await drive.press("enter")
        drive.app.screen.set_focus(None)
        await drive.press("o", "right", "f10")
        assert drive.where == "CitizenScreen"
        session = drive.session("ida-åben")
        assert (session.status, session.need, len(session.agenda)) == ("cancelled", "Jeg vil gerne have ro", 1)


async def test_a_completed_session_is_read(db: Path) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("j")
        assert drive.row == "✓ 06.05.2026 10.00  Lager eller butik"
        await drive.press("x")
        assert "completed and locked" in drive.status
        await drive.press("o")
        assert drive.where == "DetailsRead"
        assert "completed and locked" in drive.screen
        assert "in person" in drive.screen


async def test_without_a_session_under_the_cursor_it_is_said(db: Path) -> None:
    async with driving(db, citizen="kaj-lind") as drive:
        for key in ("o", "t", "x", "w"):
            await drive.press(key)
            assert "Put the cursor on a session first" in drive.status


async def test_read_only_changes_nothing(db: Path) -> None:
    async with driving(db, read_only=True, citizen="mette-holm") as drive:
        await drive.press("x")
        assert drive.session("mette-i-dag").status == "planned"
        assert "read-only" in drive.status


async def test_a_change_by_a_colleague_elsewhere_stays(db: Path) -> None:

    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("o", "down", "down")
        await drive.type("25")
        drive.other(lambda place: by_index.set_text(place, "theme", "Bos tema"), "mette-i-dag")
        await drive.press("f10")
        assert (drive.session("mette-i-dag").minutes, drive.session("mette-i-dag").theme) == (25, "Bos tema")
