from pathlib import Path

from tests.tui.caseload import CPR
from tests.tui.driving import driving

WIDE = (170, 60)


async def test_shows_facts_agreement_steps_goals_and_sessions(db: Path) -> None:
    async with driving(db, citizen="mette-holm", size=WIDE) as drive:
        shown = drive.screen
        for text in (
            "Mette Holm",
            "24-1107",
            "Contact since 05.01.2026",
            "Agreement on indicators",
            "05.01.2026 – 31.12.2026 · every 4 weeks",
            "Mod: Det fylder i hverdagen (mod)",
            "Last session 06.05.2026",
            "Lager eller butik: Lager først",
            "»Jeg prøver lageret.«",
            "○ Ringe til Bilka – Torsdag formiddag · 20.05.2026 ! (the citizen)",
            "Lagermedarbejder",
            "✓ 06.05.2026",
            "○ 03.06.2026 10.30",
        ):
            assert text in shown, text
        assert "run out" not in shown


async def test_the_cpr_number_is_masked(db: Path) -> None:
    async with driving(db, citizen="mette-holm", size=WIDE) as drive:
        assert "150388-••••" in drive.screen
        assert CPR[-4:] not in drive.screen
        await drive.press("n")
        assert CPR[-4:] not in drive.screen


async def test_a_citizen_without_indicators_sees_no_agreement(db: Path) -> None:
    async with driving(db, citizen="kaj-lind", size=WIDE) as drive:
        assert "Indicators are not used: Han bad om at slippe" in drive.screen
        assert "Agreement" not in drive.screen
        assert "Mod:" not in drive.screen


async def test_an_agreement_that_has_run_out_shows_and_is_said_to(db: Path) -> None:
    async with driving(db, citizen="ida-sø", size=WIDE) as drive:
        assert "! The agreement's period has run out" in drive.screen
        assert "Mod: Det fylder i hverdagen (mod)" in drive.screen


async def test_indicators_used_without_an_agreement_is_said(db: Path) -> None:
    async with driving(db, citizen="ditte-ny", size=WIDE) as drive:
        assert "Agreement on indicators" in drive.screen
        assert "None yet" in drive.screen


async def test_a_citizen_with_nothing_yet(db: Path) -> None:
    async with driving(db, citizen="ærlig-bx", size=WIDE) as drive:
        assert "No session yet. Press n to begin the first." in drive.screen
        for absent in ("Agreement", "Open steps", "Last session", "Job goals"):
            assert absent not in drive.screen


async def test_n_takes_todays_planned_session(db: Path) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("n")
        assert (drive.where, drive.key) == ("phase 1", "mette-i-dag")
        assert drive.session().status == "draft"
        assert drive.history() == [("session.start", "anne", "anne-login")]


async def test_n_goes_on_with_the_open_one(db: Path) -> None:
    async with driving(db, citizen="ida-sø") as drive:
        await drive.press("n")
        assert drive.key == "ida-åben"
        assert drive.history() == []


async def test_n_makes_a_draft_where_none_is_planned_today(db: Path) -> None:
    async with driving(db, citizen="øjvind-bx") as drive:
        await drive.press("n")
        session = drive.session()
        assert session.key not in ("øjvind-fredag", "")
        assert (session.status, session.caseworker) == ("draft", "anne")
        assert session.held_at.isoformat() == "2026-06-03T08:05:00+00:00"


async def test_n_twice_begins_one_session(db: Path) -> None:
    async with driving(db, citizen="øjvind-bx") as drive:
        await drive.burst("n", "n")
        assert drive.sql("SELECT count(*) FROM session WHERE citizen = 'øjvind-bx'") == [(2,)]
        assert drive.where == "phase 1"
        await drive.press("escape")
        if drive.where != "CitizenScreen":
            await drive.press("escape")
        assert drive.where == "CitizenScreen"


async def test_enter_on_a_completed_session_reads_its_note(db: Path) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("G", "enter")
        assert drive.where == "NoteScreen"
        assert "Lager eller butik" in drive.screen
        assert "06.05.2026" in drive.screen
        assert drive.history() == []
        await drive.press("escape")
        assert drive.where == "CitizenScreen"


async def test_enter_on_the_draft_goes_on_with_it(db: Path) -> None:
    async with driving(db, citizen="ida-sø") as drive:
        assert "… 01.06.2026" in drive.screen
        await drive.press("enter")
        assert drive.key == "ida-åben"


async def test_enter_on_a_planned_session_begins_that_one(db: Path) -> None:
    async with driving(db, citizen="øjvind-bx") as drive:
        await drive.press("enter")
        assert drive.key == "øjvind-fredag"
        assert drive.session().status == "draft"


async def test_g_shows_the_graph_and_escape_comes_back(db: Path) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("g")
        await drive.until(lambda: "Mod" in drive.screen)
        assert drive.where == "GraphScreen"
        assert "Progress: Mette Holm" in drive.screen
        await drive.press("escape")
        assert drive.where == "CitizenScreen"


async def test_high_windows_show_the_graph_below(db: Path) -> None:
    async with driving(db, citizen="mette-holm", size=(120, 50)) as drive:
        assert drive.widget("chart").display
        await drive.until(lambda: "Overblik" in drive.widget("chart").render().plain)
    async with driving(db, citizen="mette-holm", size=(80, 24)) as drive:
        assert not drive.widget("chart").display
