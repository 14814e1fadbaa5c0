"""A session's content: its kind from planning, in the session and in the details; what is left out asks why."""

from pathlib import Path

import pytest
from tests.tui.driving import Drive, driving

from jobsamtale_tui.tui.screens.common.text_scroll import ReadScreen
from jobsamtale_tui.tui.screens.session.content import ContentScreen


def topics(drive: Drive) -> list[tuple[str, str]]:
    return [(item.topic, item.state) for item in drive.session().agenda]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_t_chooses_a_kind_that_proposes_and_shows_what_it_brings(db: Path, size: tuple[int, int]) -> None:
    async with driving(db, size=size) as drive:
        await drive.open_session("ida")
        await drive.press("f3", "escape", "t")
        assert isinstance(drive.app.screen, ContentScreen)
        await drive.press("c")
        for said in ("Change of industry (self-booking)", "What you can do", "Suggested indicators", "Actions that"):
            assert said in drive.screen
        await drive.press("f10")
        assert drive.where == "phase 2"
        assert drive.session().session_kind == "Brancheskift"
        assert [state for _topic, state in topics(drive)] == ["agreed", "possible", "possible", "possible"]
        assert "Brancheskift" in drive.screen.splitlines()[0]
        await drive.press("u")
        assert topics(drive) == [("Praktik", "agreed")]
        assert drive.session().session_kind is None


async def test_leaving_out_what_belongs_to_the_kind_asks_why_and_never_blocks(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("ida")
        await drive.press("t", "c", "f10")
        rows = drive.widget("agenda")
        rows.fill(rows.lines, key="1")
        rows.focus()
        await drive.press("space", "space")
        assert topics(drive)[1][1] == "dropped"
        assert "t writes why it is left out" in drive.status
        await drive.press("f9")
        text = drive.showing(ReadScreen)._text
        assert "Left out of Brancheskift: Det, du kan" in text
        assert "(t in the session)" in text
        await drive.press("escape", "t", "down")
        await drive.type("Hun vil tale om helbred først")
        await drive.press("f10", "f9")
        assert drive.session().risk == "Hun vil tale om helbred først"
        assert "Left out of" not in drive.showing(ReadScreen)._text
        await drive.press("enter")
        assert drive.session("ida-åben").status == "completed"
        assert "Vurdering bag samtalens indhold: Hun vil tale" in drive.session("ida-åben").note.text


async def test_what_is_typed_of_the_content_survives_the_terminal(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("ida")
        await drive.press("t", "c", "down")
        await drive.type("Fordi")
        drive.top.keep()
    async with driving(db) as drive:
        await drive.open_session("ida")
        await drive.press("t")
        assert drive.widget("form-risk").value == "Fordi"
        assert drive.widget("form-session_kind").value == "Brancheskift"


async def test_a_session_is_planned_with_a_kind(db: Path) -> None:
    async with driving(db, citizen="ditte-ny") as drive:
        await drive.press("p")
        await drive.type("10/6 13.30")
        await drive.press("enter", "s", "f10")
        key, kind, form = drive.sql("SELECT key, session_kind, form FROM session WHERE citizen = 'ditte-ny'")[0]
        assert (kind, form) == ("Kort opfølgning", "remote")
        assert [item.state for item in drive.session(key).agenda] == ["possible"]


async def test_the_guide_has_a_page_for_the_kind(db: Path) -> None:
    async with driving(db, size=(120, 40)) as drive:
        await drive.open_session("ida")
        await drive.press("t", "c", "f10", "f7", "f8")
        assert "Change of industry" in drive.widget("guide").text
        assert "How can you try it out" in drive.widget("guide").text


async def test_details_say_which_national_type_fits(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("escape", "o")
        drive.widget("form").go("interview_type")
        await drive.settle()
        assert "7 job conversation" in str(drive.app.screen.query_one(".said").render())
