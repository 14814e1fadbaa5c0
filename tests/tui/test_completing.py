from pathlib import Path

import pytest
from tests.tui.driving import Drive, driving

from jobsamtale_tui import resources


async def whole(drive: Drive) -> None:
    """A session with everything in it."""
    await drive.open_session("mette")
    await drive.press("f3")
    await drive.type("Hjælp til at ringe")
    await drive.press("tab")
    for topic in ("Lager", "Truck"):
        await drive.type(topic)
        await drive.press("enter")
    await drive.press("f4", "space", "space")
    for key in "75481":
        await drive.press(key, "j")
    await drive.press("f5")
    for text in ("Ringe", "Torsdag", "1/7"):
        await drive.type(text)
        await drive.press("tab")
    assert drive.at == "summary"
    await drive.type("Jeg ringer selv")
    drive.widget("next-at").focus()
    await drive.settle()
    await drive.type("24/6 10.30")
    await drive.press("tab")


async def complete(drive: Drive) -> None:
    await drive.press("f9")
    await drive.until(lambda: "DRAFT" in drive.screen or "UDKAST" in drive.screen)


async def test_says_what_is_missing_and_never_blocks(db: Path) -> None:
    async with driving(db, size=(100, 50)) as drive:
        await drive.open_session("mette")
        await drive.press("f5")
        await drive.type("Ringe")
        await drive.press("enter")
        await complete(drive)
        for sentence in (
            "Not filled in (nothing stops you from completing)",
            "The need in the citizen's words is not written",
            "No agenda has been agreed",
            "Indicators without a score: 5",
            "Steps without how or when: Ringe",
            "The citizen has not summed up",
            "No date for the next session",
        ):
            assert sentence in drive.screen, sentence
        await drive.press("enter")
        assert drive.session("mette-i-dag").status == "completed"


async def test_everything_filled_in_is_said_too(db: Path) -> None:
    async with driving(db) as drive:
        await whole(drive)
        await complete(drive)
        assert "Steps since last time not asked about: 1" in drive.screen
        await drive.press("escape", "f3", "escape", "s", "space")
        await complete(drive)
        assert "Everything is filled in." in drive.screen
        assert drive.session("mette-i-dag").status == "draft"


async def test_escape_goes_back_and_completes_nothing(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f5")
        await complete(drive)
        await drive.press("escape")
        assert (drive.where, drive.at) == ("phase 4", "step-what")
        assert drive.session().status == "draft"
        assert drive.session().note is None


async def test_a_citizen_without_indicators_lacks_no_scores(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("kaj")
        await complete(drive)
        assert "Indicators without" not in drive.screen


async def test_enter_writes_the_note_and_locks(db: Path) -> None:
    async with driving(db, size=(100, 60)) as drive:
        await whole(drive)
        await complete(drive)
        await drive.press("enter")
        session = drive.session("mette-i-dag")
        assert session.status == "completed"
        assert "The note is written and locked" in drive.status
        for text in ("Hjælp til at ringe", "Lager", "Ringe", "Jeg ringer selv"):
            assert text in session.note.text
        for line in session.note.text.splitlines()[:20]:
            assert line.strip() in drive.screen
        assert drive.history()[-1] == ("session.complete", "anne", "anne-login")
        await drive.press("enter")
        assert drive.where == "CitizenScreen"
        assert "✓ 03.06.2026" in drive.screen
        await drive.press("n")  # another one: the completed one is never gone on with
        assert drive.key != "mette-i-dag"


async def test_enter_twice_completes_once(db: Path) -> None:
    async with driving(db) as drive:
        await whole(drive)
        await complete(drive)
        await drive.burst("enter", "enter")
        assert [action for action, *_who in drive.history()].count("session.complete") == 1
        planned = "SELECT count(*) FROM session WHERE citizen = 'mette-holm' AND status = 'planned'"
        assert drive.sql(planned) == [(1,)]


async def test_once_written_a_narrow_window_says_when_and_what_one_can_do(db: Path) -> None:
    async with driving(db) as drive:
        await whole(drive)
        await complete(drive)
        await drive.press("enter")
        await drive.until(lambda: "The note is written and locked" in drive.screen)
        status, keys = drive.screen.splitlines()[-2:]
        assert "saved" in status
        assert "e look back" in keys


async def test_the_next_session_is_planned(db: Path) -> None:
    async with driving(db) as drive:
        await whole(drive)
        await complete(drive)
        await drive.press("enter")
        planned = "SELECT held_at, caseworker FROM session WHERE citizen = 'mette-holm' AND status = 'planned'"
        assert drive.sql(planned) == [("2026-06-24T08:30:00Z", "anne")]


async def test_without_a_date_none_is_planned(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await complete(drive)
        await drive.press("enter")
        planned = "SELECT count(*) FROM session WHERE citizen = 'mette-holm' AND status = 'planned'"
        assert drive.sql(planned) == [(0,)]


async def test_the_theme_is_the_one_written_else_what_was_talked_about(db: Path) -> None:
    async with driving(db) as drive:
        await whole(drive)
        drive.widget("theme").focus()
        await drive.settle()
        await drive.type("Vejen til lageret")
        await complete(drive)
        await drive.press("enter")
        session = drive.session("mette-i-dag")
        assert session.theme == "Vejen til lageret"
        assert "Vejen til lageret" in session.note.text.splitlines()[0]


async def test_without_a_theme_the_note_is_headed_by_the_items(db: Path) -> None:
    async with driving(db) as drive:
        await whole(drive)
        await complete(drive)
        await drive.press("enter")
        assert "Lager, Truck" in drive.session("mette-i-dag").note.text.splitlines()[0]


async def test_what_still_stands_in_a_field_is_in_the_note(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f5")
        await drive.type("Sende CV til Lis")
        await complete(drive)
        await drive.press("enter")
        session = drive.session("mette-i-dag")
        assert [step.what for step in session.steps] == ["Sende CV til Lis"]
        assert "Sende CV til Lis" in session.note.text


async def test_g_shows_the_graph_with_the_new_scores(db: Path) -> None:
    async with driving(db, size=(100, 40)) as drive:
        await whole(drive)
        await complete(drive)
        await drive.press("enter", "g")
        await drive.until(lambda: "Energi" in drive.screen)
        assert drive.where == "GraphScreen"
        await drive.press("escape")
        assert drive.where == "CompleteScreen"


async def test_a_broken_template_is_said_and_the_session_stays_open(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "own" / "templates"
    folder.mkdir(parents=True)
    for file in resources.folder("templates").iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "journalnotat.txt.j2").write_text("{% if %}{{ nothing", encoding="utf-8")
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3")
        await drive.type("Ro")
        monkeypatch.setenv("JOBSAMTALE_DATA", str(tmp_path / "own"))
        await drive.press("f9")
        await drive.until(lambda: "template" in drive.status.lower())
        await drive.press("enter")
        assert "template" in drive.status.lower()
        session = drive.session("mette-i-dag")
        assert (session.status, session.note, session.need) == ("draft", None, "Ro")
        monkeypatch.delenv("JOBSAMTALE_DATA")
        await drive.press("escape")
        await complete(drive)
        await drive.press("enter")
        assert drive.session("mette-i-dag").status == "completed"


async def test_somebody_else_completing_it_meanwhile_is_said(db: Path) -> None:
    from jobsamtale_tui.casework.session import lifecycle

    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3")
        await drive.type("For sent")
        drive.other(lifecycle.complete)
        await drive.press("tab")
        assert drive.where == "ConflictScreen"
        assert "Bo Lund" in drive.screen
        assert "For sent" in drive.screen
        assert drive.sql("SELECT count(*) FROM session WHERE need = 'For sent'") == [(0,)]
        assert "For sent" in drive.sql("SELECT typed FROM unfinished_form")[0][0]
