"""Where the cursor lands, place by place as the contract names them."""

from pathlib import Path

from tests.tui.driving import driving


async def test_a_new_session_opens_in_the_preparation(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("ærenlund")
        assert (drive.where, drive.at) == ("phase 1", "agenda-new")
        assert "▸1 Preparation◂" in drive.screen


async def test_an_open_session_opens_where_it_was_left(db: Path) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("n", "f4", "s", "4", "j")
        assert (drive.at, drive.indicator) == ("scale", "energi")
        await drive.press("escape")
        assert drive.where == "CitizenScreen"
        await drive.press("n")
        assert (drive.where, drive.at, drive.indicator) == ("phase 3", "scale", "energi")


async def test_where_it_was_left_outlives_the_app(db: Path) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("n", "f5", "tab", "tab")
        assert drive.at == "step-when"
        await drive.press("ctrl+q")
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("n")
        assert (drive.where, drive.at) == ("phase 4", "step-when")


async def test_the_opening_of_a_first_session_begins_in_the_frame(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("ærenlund")
        await drive.press("f3")
        assert (drive.where, drive.at) == ("phase 2", "frame")


async def test_a_later_opening_begins_in_the_need_and_tab_goes_to_the_agendas_new_line(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3")
        assert drive.at == "need"
        await drive.press("tab")
        assert drive.at == "agenda-new"


async def test_enter_on_the_new_line_begins_the_next(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3", "tab")
        await drive.type("Kurser")
        await drive.press("enter")
        assert (drive.at, drive.widget("agenda-new").value) == ("agenda-new", "")
        await drive.type("Kørekort")
        await drive.press("enter")
        assert [item.topic for item in drive.session().agenda] == ["Kurser", "Kørekort"]


async def test_conducting_begins_on_the_first_agreed_item_that_is_not_done(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3", "tab")
        for topic in ("Første", "Anden"):
            await drive.type(topic)
            await drive.press("enter")
        await drive.press("f4")
        assert drive.at == "agenda"
        assert "Første" in drive.row
        await drive.press("space", "f3", "f4")
        assert "Anden" in drive.row


async def test_conducting_with_no_item_left_begins_on_the_first_indicator_without_a_score(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f4")
        assert (drive.at, drive.indicator) == ("scale", "mod")
        await drive.press("7", "f3", "f4")
        assert (drive.at, drive.indicator) == ("scale", "energi")


async def test_after_the_last_item_is_done_the_cursor_is_on_the_scale(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("ida")
        await drive.press("f4")
        assert "Praktik" in drive.row
        await drive.press("space")
        assert (drive.at, drive.indicator) == ("scale", "mod")


async def test_closing_begins_on_the_steps_new_line_and_tab_goes_what_how_when(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f5")
        assert (drive.where, drive.at) == ("phase 4", "step-what")
        await drive.press("tab")
        assert drive.at == "step-how"
        await drive.press("tab")
        assert drive.at == "step-when"
        await drive.type("1/7")
        await drive.press("shift+tab")
        assert drive.at == "step-how"


async def test_enter_keeps_a_step_and_begins_the_next(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f5")
        for what, how, when in (("Ringe", "Om morgenen", "1/7"), ("Skrive", "Med Lis", "2026-08-02")):
            await drive.type(what)
            await drive.press("tab")
            await drive.type(how)
            await drive.press("tab")
            await drive.type(when)
            await drive.press("enter")
            assert drive.at == "step-what"
        found = [(one.what, one.how, one.when.isoformat(), one.who, one.status) for one in drive.session().steps]
        assert found == [
            ("Ringe", "Om morgenen", "2026-07-01", "citizen", "open"),
            ("Skrive", "Med Lis", "2026-08-02", "citizen", "open"),
        ]


async def test_after_a_digit_the_cursor_stays(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f4", "7")
        assert drive.indicator == "mod"


async def test_lists_end_in_a_new_line(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("ida")
        assert drive.at == "agenda"
        await drive.press("down")
        assert drive.at == "agenda-new"
        await drive.press("up")
        assert drive.at == "agenda"
        await drive.press("f5")
        await drive.type("Ringe")
        await drive.press("enter", "up")
        assert drive.at == "steps"
        await drive.press("down")
        assert drive.at == "step-what"


async def test_the_new_line_is_one_key_away(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("ida")
        await drive.press("a")
        assert drive.at == "agenda-new"
        await drive.press("f3", "tab", "tab", "tab")
        assert drive.at == "agenda"
        await drive.press("a")
        assert drive.at == "agenda-new"
        await drive.press("f5", "escape")
        assert drive.at == "steps"
        await drive.press("a")
        assert drive.at == "step-what"


async def test_a_citizen_without_indicators_sees_no_scale_form(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("kaj")
        await drive.press("f4")
        assert not drive.app.screen.query("#scale")
        assert "Indicators" not in drive.screen
        assert drive.at == "agenda"
        await drive.press("s")
        assert drive.at == "agenda"


async def test_a_run_out_agreement_still_shows_its_indicators_and_says_so(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("ida")
        await drive.press("f4", "s")
        assert "! The agreement's period ran out on 30.04.2026; its indicators still show." in drive.screen
        assert [one.indicator.key for one in drive.widget("scale").entries] == ["mod", "energi"]


async def test_without_an_agreement_the_whole_catalogue_shows(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("ditte")
        await drive.press("f4")
        keys = [one.indicator.key for one in drive.widget("scale").entries]
        assert {"mod", "energi", "overblik", "jobtro", "netvaerk"} < set(keys)
        assert "There is no agreement on indicators" in drive.screen
