"""The app on a database that does not take what is written: locked, full, read-only, gone. Nothing typed is lost."""

import asyncio
import gc
import json
import sqlite3
import time
from pathlib import Path

import pytest
from tests.holder import Holder
from tests.tui.driving import Drive, driving

from jobsamtale_tui.editing.pending import PendingEdit
from jobsamtale_tui.method.session_edits import SetText
from jobsamtale_tui.settings import Settings
from jobsamtale_tui.store.sqlite import database as sqlite_database
from jobsamtale_tui.store.sqlite.database import Database
from jobsamtale_tui.tui.app import JobsamtaleApp, run
from jobsamtale_tui.tui.screens.common.form import FormScreen
from jobsamtale_tui.tui.screens.home import HomeScreen
from jobsamtale_tui.tui.screens.meeting.screen import GroupScreen
from jobsamtale_tui.tui.screens.session.screen import SessionScreen
from jobsamtale_tui.tui.shell import typing_pause
from jobsamtale_tui.tui.terminal import key_queue

LONG = "Hun vil gerne i gang igen. " * 400
"""More than a page of the database."""


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Changes give up on a lock soon; a pause in typing is short."""
    monkeypatch.setattr(sqlite_database, "BUSY_SECONDS", 0.3)
    monkeypatch.setattr(typing_pause, "PAUSE_SECONDS", 0.01)


class Connections(list[sqlite3.Connection]):
    """Connections that are all held by one pragma, also those that are opened while it holds."""

    pragma = ""


@pytest.fixture
def connections(monkeypatch: pytest.MonkeyPatch) -> Connections:
    """Every connection that the app has opened."""
    opened = Connections()
    connect = Database.connect

    def noted(database: Database, patience: float | None = None) -> sqlite3.Connection:
        opened.append(connect(database, patience))
        if opened.pragma:
            opened[-1].execute(opened.pragma)
        return opened[-1]

    monkeypatch.setattr(Database, "connect", noted)
    return opened


def each(connections: Connections, pragma: str) -> None:
    connections.pragma = pragma
    for connection in connections:
        try:
            connection.execute(pragma)
        except sqlite3.ProgrammingError:  # closed
            continue


def recovery() -> list[Path]:
    return sorted((Path.home() / ".local/share/jobsamtale").glob("*"))


def texts_in(path: Path) -> str:
    content = json.loads(path.read_text(encoding="utf-8"))
    return json.dumps([content["drafts"], content["edits"]], ensure_ascii=False)


def in_recovery(text: str) -> bool:
    """Whether a text has been put aside; what is typed letter by letter is put aside more than once."""
    return any(text in texts_in(file) for file in recovery() if file.suffix == ".json")


async def longest_wait(drive: Drive, seconds: float) -> float:
    """The longest time that the screen stood still."""
    until, longest = time.monotonic() + seconds, 0.0
    while (before := time.monotonic()) < until:
        await asyncio.sleep(0.005)
        longest = max(longest, time.monotonic() - before)
    return longest


async def test_typing_goes_on_while_the_database_is_locked_and_is_saved_by_itself_afterwards(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        sqlite_database, "BUSY_SECONDS", 1.5
    )  # a screen that waited for the lock would stand still as long
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3")
        holder = Holder(db)
        await drive.type("Ro og tid")
        waited = asyncio.create_task(longest_wait(drive, 2))
        await drive.until(lambda: "locked by another program" in drive.status)
        assert "What you typed is kept" in drive.status
        assert await waited < 1
        await drive.until(lambda: in_recovery("Ro og tid"))
        (file,) = recovery()
        assert file.stat().st_mode & 0o777 == 0o600
        await drive.press("tab")  # the change waits
        await drive.until(lambda: [one.text for one in drive.app.write_queue.waits()] == ["Ro og tid"])
        assert drive.widget("need").value == "Ro og tid"
        assert drive.session().need is None
        assert "Ro og tid" in texts_in(file)
        holder.let_go()
        await drive.until(lambda: drive.session().need == "Ro og tid")
        await drive.until(lambda: recovery() == [])
        assert "saved 10:05:00" in drive.status
        assert drive.sql("SELECT * FROM unfinished_form") == []
        assert drive.unfinished().text is None


async def test_a_form_is_kept_while_the_database_is_locked(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("+")
        holder = Holder(db)
        await drive.type("Ny Borger")
        await drive.until(lambda: "locked" in drive.status)
        await drive.until(lambda: in_recovery("Ny Borger"))
        await drive.press("f10")
        assert drive.where == "CitizenForm"
        assert drive.form.dirty["name"] == "Ny Borger"
        assert drive.app.out(0.4) is False
    holder.let_go()
    async with driving(db) as drive:
        await drive.until(lambda: "stands where you typed it" in drive.status)
        assert recovery() == []
        await drive.press("+")
        assert drive.form.dirty["name"] == "Ny Borger"


async def test_two_items_that_wait_stand_on_the_agenda_and_are_saved_by_themselves(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        holder = Holder(db)
        await drive.burst(*"Et", "enter", *"To", "enter")
        await drive.until(lambda: "2 changes wait to be saved. The database is locked" in drive.status)
        assert [item.topic for item in drive.showing(SessionScreen).session.agenda] == ["Et", "To"]
        assert drive.widget("agenda-new").value == ""
        assert drive.session().agenda == ()
        holder.let_go()
        await drive.until(lambda: [item.topic for item in drive.session().agenda] == ["Et", "To"])
        await drive.until(lambda: drive.app.drafts.trouble is None)
        assert drive.sql("SELECT * FROM unfinished_form") == []


async def test_a_next_session_that_waits_keeps_date_and_reason(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f5")
        holder = Holder(db)
        drive.widget("next-at").focus()
        await drive.settle()
        await drive.type("24/6 10.30")
        drive.widget("next-reason").value = "Derfor"
        await drive.press("enter")
        await drive.until(lambda: "locked" in drive.status)
        assert (drive.widget("next-at").value, drive.widget("next-reason").value) == ("24.06.2026 10.30", "Derfor")
        holder.let_go()
        await drive.until(lambda: drive.app.drafts.trouble is None)
        await drive.press("f4")
        assert drive.session().next.reason == "Derfor"


async def test_a_refused_text_that_is_taken_out_by_hand_does_not_come_back(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        holder = Holder(db)
        await drive.type("Et")
        await drive.press("enter")
        holder.let_go()
        await drive.until(lambda: drive.app.drafts.trouble is None)
        drive.widget("agenda-new").value = ""
        await drive.press("f3", "f2")
        assert drive.widget("agenda-new").value == ""
        assert drive.sql("SELECT * FROM unfinished_form") == []


async def test_a_full_disk_is_said_and_the_text_is_saved_once_there_is_room(db: Path, connections: Connections) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3", "x", "backspace")
        await drive.settle()
        full = drive.sql("PRAGMA page_count")[0][0]
        await drive.until(lambda: drive.app.drafts._connection in connections)
        each(connections, f"PRAGMA max_page_count = {full}")
        before = drive.history()
        await drive.paste(LONG)
        await drive.until(lambda: "The disk is full: make room" in drive.status)
        assert LONG.strip() in texts_in(recovery()[0])
        await drive.press("tab")
        await drive.until(lambda: not drive.app.write_queue.busy)
        assert (drive.history(), drive.session().need) == (before, None)
        assert drive.sql("PRAGMA integrity_check") == [("ok",)]
        each(connections, "PRAGMA max_page_count = 1000000")
        await drive.until(lambda: drive.session().need == LONG.strip())
        await drive.until(lambda: recovery() == [])


async def test_a_database_that_may_only_be_read_is_said(db: Path, connections: Connections) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3", "x", "backspace", "tab", "shift+tab")
        each(connections, "PRAGMA query_only = ON")
        await drive.type("Ro")
        await drive.until(lambda: "may only be read: ask for the right to write" in drive.status)
        await drive.press("tab")
        await drive.until(lambda: not drive.app.write_queue.busy)
        assert drive.widget("need").value == "Ro"
        assert drive.session().need is None
        each(connections, "PRAGMA query_only = OFF")
        await drive.until(lambda: drive.session().need == "Ro")


async def test_a_database_that_was_removed_is_noticed_and_the_text_comes_back_with_it(db: Path) -> None:
    aside = db.with_name("aside.db")
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3")
        for name in ("", "-wal", "-shm"):
            db.with_name(f"{db.name}{name}").rename(aside.with_name(f"{aside.name}{name}"))
        await drive.press("f4", "7")
        assert "1 score waits to be saved. The database file is gone: put it back where it was" in drive.status
        assert "saved 10:05" not in drive.status
        await drive.press("f3")
        await drive.type("Ro")
        await drive.until(lambda: in_recovery("Ro"))
        assert drive.app.out(0.4) is False
    assert not db.exists()
    for name in ("", "-wal", "-shm"):
        if (found := aside.with_name(f"{aside.name}{name}")).exists():
            found.rename(db.with_name(f"{db.name}{name}"))
    async with driving(db) as drive:
        await drive.open_session("mette")
        assert (drive.at, drive.widget("need").value) == ("need", "Ro")
        assert recovery() == []
        assert drive.sql("SELECT indicator, value FROM score WHERE session = 'mette-i-dag'") == [("mod", 7)]


async def test_a_database_that_was_replaced_is_noticed(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        other = db.with_name("other.db")
        with sqlite3.connect(other) as target, sqlite3.connect(db) as source:
            source.backup(target)
        other.chmod(0o600)
        other.replace(db)
        await drive.press("f4", "7")
        assert "Another file lies where the database was: start again" in drive.status
        assert drive.sql("SELECT count(*) FROM score WHERE session = 'mette-i-dag'") == [(0,)]


async def test_where_nothing_can_be_kept_leaving_says_so_first(db: Path) -> None:
    data = Path.home() / ".local"
    data.write_text("in the way", encoding="utf-8")
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3")
        holder = Holder(db)
        await drive.type("Ro")
        await drive.until(lambda: "on the screen alone" in drive.status)
        await drive.press("ctrl+q")
        assert "can be saved nowhere: ctrl+q once more" in drive.status
        ended = drive.app.return_value
        assert ended is None
        await drive.press("ctrl+q")
        assert drive.app.return_value == 1
    holder.let_go()


async def test_two_refused_changes_of_a_common_agenda_are_both_kept(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("m")
        await drive.until(lambda: drive.where == "GroupNewScreen")
        drive.widget("find").focus()
        await drive.settle()
        for name in ("mette", "ida"):
            await drive.type(name)
            await drive.press("enter")
        await drive.press("f10")
        await drive.until(lambda: drive.where == "GroupScreen")
        drive.widget("agenda-new").focus()
        await drive.settle()
        holder = Holder(db)
        await drive.burst(*"Et", "enter", *"To", "enter")
        await drive.until(lambda: not drive.app.write_queue.busy)
        assert drive.widget("agenda-new").value == "Et"
        await drive.until(lambda: in_recovery("To"))
        holder.let_go()
        await drive.until(lambda: drive.app.drafts.trouble is None)
        await drive.press("enter")
        assert drive.widget("agenda-new").value == "To"
        await drive.press("enter")
        assert [item.topic for item in drive.showing(GroupScreen).common] == ["Et", "To"]


async def test_keys_that_waited_in_vain_do_nothing_on_the_screen_before(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f4")
        monkeypatch.setattr(key_queue, "HELD_SECONDS", 0.05)
        drive.app.pause_keys()
        await drive.burst("7", "j", "5")
        assert "3 keys were dropped" in drive.status
        assert drive.session().scores == ()
        await drive.press("f3")
        drive.app.pause_keys()
        await drive.burst(*"Ro", "tab", *"xyz")
        assert "4 keys were dropped" in drive.status
        assert (drive.at, drive.widget("need").value) == ("need", "Ro")


async def test_whoever_types_without_a_pause_has_it_kept_all_the_same(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typing_pause, "PAUSE_SECONDS", 60.0)
    monkeypatch.setattr(typing_pause, "LONG_SECONDS", 0.05)
    async with driving(db) as drive:
        await drive.press("+")
        await drive.type("Ny")
        await drive.until(lambda: drive.app.drafts.typed("citizen.new") is not None)
        await drive.press("escape", "escape", "i", "enter")
        assert drive.where == "IndicatorEditorScreen"
        await drive.type("Nyt navn ")
        await drive.until(lambda: drive.sql("SELECT 1 FROM indicator WHERE status = 'draft'") != [])
        await drive.until(lambda: drive.app.drafts.typed(drive.showing(FormScreen).what) is None)


async def test_a_draft_of_an_indicator_is_kept_while_the_database_is_locked(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("i", "enter")
        what = drive.showing(FormScreen).what
        holder = Holder(db)
        await drive.type("Nyt ")
        await drive.until(lambda: "locked" in drive.status)
        assert "Nyt " in texts_in(recovery()[0])
        holder.let_go()
        await drive.until(lambda: drive.sql("SELECT 1 FROM indicator WHERE status = 'draft'") != [])
        await drive.until(lambda: drive.app.drafts.typed(what) is None)
        assert recovery() == []


async def test_a_screen_that_cannot_keep_its_text_hinders_no_other(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_screen: object) -> None:
        raise LookupError("no field")

    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3", "x")
        session, field = drive.key, drive.at
        monkeypatch.setattr(HomeScreen, "keep", broken)
        with pytest.raises(LookupError):
            drive.app.out(1.0)
        kept = drive.unfinished(session)
        assert (kept.field, kept.text) == (field, "x")


def test_what_is_asked_for_when_the_way_out_has_begun_is_kept(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def late(app: JobsamtaleApp, *, mouse: bool) -> int:
        edit = SetText(field="need", text=f"Sent{mouse:d}")
        app.drafts.begin(PendingEdit(id="late-1", session="mette-i-dag", edit=edit, base=None))
        return 0

    monkeypatch.setattr(JobsamtaleApp, "run", late)
    try:
        run(Settings(db=str(db)), Database(db))
    finally:
        gc.unfreeze()
        gc.enable()
    (file,) = (Path.home() / ".local/share/jobsamtale").glob("recovery-*")
    assert "Sent0" in file.read_text(encoding="utf-8")
