from pathlib import Path

from tests.tui.caseload import RECORDS, make
from tests.tui.driving import Drive, driving


def states(drive: Drive) -> list[tuple[str, str, str]]:
    return [(item.topic, item.state, item.by) for item in drive.session().agenda]


async def test_an_item_begins_possible_in_the_preparation_and_agreed_in_the_opening(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.type("Truckkort")
        await drive.press("enter", "f3", "tab")
        await drive.type("Praktik")
        await drive.press("enter")
        assert states(drive) == [("Truckkort", "possible", "caseworker"), ("Praktik", "agreed", "citizen")]
        assert "○ Truckkort  possible, caseworker" in drive.screen
        assert "● Praktik  agreed, citizen" in drive.screen


async def test_space_goes_possible_agreed_dropped_possible(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.type("Truckkort")
        await drive.press("enter", "up")
        for state in ("agreed", "dropped", "possible", "agreed"):
            await drive.press("space")
            assert states(drive) == [("Truckkort", state, "caseworker")]
            assert state in drive.row
        await drive.press("f3", "tab", "tab")
        assert drive.at == "agenda"
        await drive.press("space")
        assert states(drive)[0][1] == "dropped"
        await drive.press("enter")  # as space
        assert states(drive)[0][1] == "possible"


async def test_the_cursor_follows_the_item_from_group_to_group(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        for topic in ("Ét", "To", "Tre"):
            await drive.type(topic)
            await drive.press("enter")
        await drive.press("up", "k")
        assert "To" in drive.row
        await drive.press("space")
        assert "To" in drive.row
        assert [line.cells[0][0] for line in drive.widget("agenda").lines if line.key is None] == ["Agreed", "Possible"]


async def test_b_passes_the_item_between_citizen_and_caseworker(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("ida")
        await drive.press("b")
        assert states(drive) == [("Praktik", "agreed", "caseworker")]
        assert "caseworker" in drive.row
        await drive.press("b")
        assert states(drive) == [("Praktik", "agreed", "citizen")]


async def test_e_rewords_and_delete_removes(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("ida")
        await drive.press("e")
        assert (drive.at, drive.widget("agenda-new").value) == ("agenda-new", "Praktik")
        await drive.press("end")
        await drive.type(" på lager")
        await drive.press("enter")
        assert states(drive) == [("Praktik på lager", "agreed", "citizen")]
        await drive.press("up", "delete")
        assert states(drive) == []
        assert "Nothing yet" in drive.screen


async def test_rewording_to_the_same_adds_nothing(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("ida")
        await drive.press("e", "enter")
        assert states(drive) == [("Praktik", "agreed", "citizen")]
        assert drive.history() == []


async def test_a_required_item_is_never_dropped_nor_removed(tmp_path: Path) -> None:
    held = {"kind": "session", "key": "lov", "citizen": "mette-holm", "held_at": "2026-06-03T07:00:00Z"}
    item = {"topic": "Rådighed", "by": "caseworker", "state": "agreed", "required": True}
    path = make(tmp_path / "lov.db", [*RECORDS, {**held, "status": "draft", "agenda": [item]}])
    async with driving(path, citizen="mette-holm", size=(120, 30)) as drive:
        await drive.press("n")
        assert "§ required by law" in drive.screen
        await drive.press("space")
        assert states(drive) == [("Rådighed", "possible", "caseworker")]
        await drive.press("delete")
        assert states(drive) == [("Rådighed", "possible", "caseworker")]
        assert "it cannot be dropped or removed; r takes the mark off first" in drive.status
        assert "Rådighed" in drive.screen


async def test_done_goes_on_to_the_next_and_back_again(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3", "tab")
        for topic in ("Første", "Anden"):
            await drive.type(topic)
            await drive.press("enter")
        await drive.press("f4", "space")
        assert [state for _topic, state, _by in states(drive)] == ["done", "agreed"]
        assert "Anden" in drive.row
        await drive.press("up", "space")
        assert [state for _topic, state, _by in states(drive)] == ["agreed", "agreed"]
        assert "Første" in drive.row


async def test_enter_writes_the_conclusion(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("ida")
        await drive.press("f4", "enter")
        assert drive.at == "entry"
        assert "Conclusion: Praktik" in drive.screen
        await drive.type("Hun ringer selv")
        await drive.press("enter")
        assert drive.at == "agenda"
        assert drive.session().agenda[0].conclusion == "Hun ringer selv"
        assert "Praktik: Hun ringer selv" in drive.row
        await drive.press("enter")
        assert drive.widget("entry").value == "Hun ringer selv"
        await drive.press("ctrl+u", "escape")
        assert drive.session().agenda[0].conclusion is None


async def test_dropped_and_possible_items_are_not_on_the_conducting_list(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("ida")
        await drive.press("a")
        await drive.type("Kun måske")
        await drive.press("enter", "f4")
        assert "Praktik" in drive.screen
        assert "Kun måske" not in drive.screen


async def test_a_blank_line_adds_nothing(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.type("   ")
        await drive.press("enter", "escape")
        assert states(drive) == []
        assert drive.at == "agenda"


async def test_the_preparation_shows_what_was_agreed_last_time(db: Path) -> None:
    async with driving(db, size=(120, 40)) as drive:
        await drive.open_session("mette")
        for text in (
            "Last time",
            "06.05.2026",
            "✓ Lager eller butik: Lager først",
            "● Truckkort (agreed, not done)",
            "Jeg prøver lageret.",
            "Ringe til Bilka",
            "Lagermedarbejder",
        ):
            assert text in drive.screen, text
