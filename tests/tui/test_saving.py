import asyncio
import json
from pathlib import Path

import pytest
from tests.tui.driving import driving, key_event

from jobsamtale_tui import i18n
from jobsamtale_tui.tui.shell import typing_pause

CHANGES = {
    "a score": (("f4", "7"), "score.set", "score"),
    "an item": (("a", "x", "enter"), "agenda.add", "agenda_item"),
    "a text": (("f3", "x", "tab"), "text.need", "session"),
    "a step": (("f5", "x", "enter"), "step.add", "step"),
}


@pytest.mark.parametrize("change", list(CHANGES))
async def test_each_change_is_on_disk_with_its_history_and_said(
    db: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    keys, action, table = CHANGES[change]
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press(*keys[:-1])
        assert "saved" not in drive.status
        monkeypatch.setenv("JOBSAMTALE_NOW", "2026-06-03T08:06:07Z")
        await drive.press(keys[-1])
        assert "saved 10:06:07" in drive.status
        history = "SELECT id, at, by, login, action, subject FROM history ORDER BY id DESC LIMIT 1"
        ((number, *entry),) = drive.sql(history)
        assert entry == ["2026-06-03T08:06:07Z", "anne", "anne-login", action, "mette-i-dag"]
        detail = "SELECT table_, before, after FROM history_detail WHERE history = ? AND table_ = ?"
        ((_table, before, after),) = drive.sql(detail, number, table)
        assert json.loads(after or "null")
        assert json.loads(before or "null") == ({"need": None} if change == "a text" else None)


async def test_danish_says_gemt(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    i18n.use("da")
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f4", "7")
        assert "gemt 10:05:00" in drive.status
        await drive.press("escape")
        assert "gemt 10:05:00" in drive.status
        await drive.press("escape")
        assert drive.where == "HomeScreen"
        assert "gemt 10:05:00" in drive.status


async def test_read_only_changes_nothing_and_says_so(db: Path) -> None:
    async with driving(db, read_only=True, citizen="ida-sø") as drive:
        await drive.press("n")
        assert "read-only" in drive.status
        assert drive.where == "CitizenScreen"
        await drive.press("enter")
        assert "read-only" in drive.status
        await drive.press("g")
        await drive.press("escape", "escape")
        await drive.press("n")
        assert "read-only" in drive.status
        assert drive.where == "HomeScreen"
        assert drive.history() == []
        assert drive.sql("SELECT count(*) FROM unfinished") == [(0,)]


async def test_a_locked_database_is_said_and_the_score_waits(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from jobsamtale_tui.store.sqlite import database as sqlite_database

    monkeypatch.setattr(sqlite_database, "BUSY_SECONDS", 0.3)
    import sqlite3

    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f4", "7")
        blocker = sqlite3.connect(db, isolation_level=None)
        blocker.execute("BEGIN IMMEDIATE")
        await drive.press("5")
        assert "is locked by another program" in drive.status
        assert drive.widget("scale").value == 5
        assert drive.session().scores[0].value == 7
        blocker.execute("ROLLBACK")
        blocker.close()
        await drive.until(lambda: drive.session().scores[0].value == 5)


async def test_who_leaves_waits_for_what_is_saved_and_for_no_answer(db: Path) -> None:
    from threading import Event, Timer

    begun, go, asked = Event(), Event(), list[str]()

    def slow() -> None:
        begun.set()
        go.wait(20)

    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f4")
        saver, scale = drive.app.write_queue, drive.widget("scale")
        saver.run_in_background("first", slow)
        begun.wait(20)
        saver.run_in_background("second", lambda: asked.append("second"))
        drive.driver.send_message(key_event("7"))
        async with asyncio.timeout(20):
            while scale.value != 7:
                await asyncio.sleep(0.01)
        Timer(0.1, go.set).start()
        saver.close()
    assert asked == []
    assert drive.session("mette-i-dag").scores[0].value == 7


async def test_a_question_that_takes_long_is_no_change_that_is_not_saved(db: Path) -> None:
    from threading import Event

    begun, go = Event(), Event()

    def long() -> bool:
        begun.set()
        return go.wait(20)

    async with driving(db) as drive:
        saver = drive.app.write_queue
        saver.run_in_background("long", long)
        begun.wait(20)
        assert saver.flush(0.05)
        assert saver.close(0.05)
        assert not saver.ended
        go.set()


PLACES = (
    ("f2", "preparation", "Husk kørekortet"),
    ("f2", "agenda-new", "Nyt punkt"),
    ("f3", "frame", "En time"),
    ("f3", "need", "Jeg vil"),
    ("f3", "agenda-new", "Aftalt punkt"),
    ("f5", "summary", "Jeg gør det"),
    ("f5", "helped", "At tale"),
    ("f5", "theme", "Vejen"),
    ("f5", "next-reason", "Derfor"),
    ("f5", "next-at", "24/6"),
)


@pytest.mark.parametrize("phase", ["f2", "f3", "f5"])
async def test_unfinished_text_is_kept_after_a_pause_and_comes_back(
    db: Path, monkeypatch: pytest.MonkeyPatch, phase: str
) -> None:
    monkeypatch.setattr(typing_pause, "PAUSE_SECONDS", 0.01)
    left: tuple[str, str, str] | None = None
    fields = [(field, text) for where, field, text in PLACES if where == phase]
    for field, text in [*fields, ("", "")]:
        async with driving(db) as drive:  # the app before was gone without a word
            await drive.open_session("mette")
            if left:
                assert (drive.at, drive.widget(left[0]).value, drive.widget(left[0]).place) == left
            if not field:
                break
            await drive.press("escape", phase)
            drive.widget(field).focus()
            await drive.settle()
            await drive.type(text)
            await drive.press("left", "left")
            before = drive.history()
            await drive.type("x")
            typed = f"{text[:-2]}x{text[-2:]}"
            await drive.until(lambda typed=typed: (kept := drive.unfinished()) is not None and kept.text == typed)
            assert drive.history() == before
            left = field, typed, drive.widget(field).place
            assert drive.unfinished().field == field
            assert drive.unfinished().cursor == left[2]


async def test_an_unfinished_step_comes_back_whole(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typing_pause, "PAUSE_SECONDS", 0.01)
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f5")
        await drive.type("Ringe")
        await drive.press("tab")
        await drive.type("Torsdag")
        await drive.press("tab")
        await drive.type("1/")
        await drive.until(lambda: drive.unfinished().text == '["Ringe", "Torsdag", "1/"]')
    async with driving(db) as drive:
        await drive.open_session("mette")
        assert drive.at == "step-when"
        await drive.type("7")
        await drive.press("enter")
        (step,) = drive.session().steps
        assert (step.what, step.how, step.when.isoformat()) == ("Ringe", "Torsdag", "2026-07-01")


@pytest.mark.parametrize("kind", ["conclusion", "remark"])
async def test_an_unfinished_entry_comes_back_where_it_belongs(
    db: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(typing_pause, "PAUSE_SECONDS", 0.01)
    async with driving(db) as drive:
        await drive.open_session("ida")
        await drive.press("f4", *(("s", "j", "4", "enter") if kind == "remark" else ("enter",)))
        assert drive.at == "entry"
        await drive.type("Halvt")
        await drive.until(lambda: drive.unfinished().text == "Halvt")
    async with driving(db) as drive:
        await drive.open_session("ida")
        assert (drive.at, drive.widget("entry").value) == ("entry", "Halvt")
        await drive.type(" helt")
        await drive.press("enter")
        session = drive.session()
        if kind == "remark":
            assert [(one.indicator, one.remark) for one in session.scores] == [("energi", "Halvt helt")]
        else:
            assert session.agenda[0].conclusion == "Halvt helt"


async def test_text_that_was_saved_is_unfinished_no_more(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typing_pause, "PAUSE_SECONDS", 0.01)
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3")
        await drive.type("Ro")
        await drive.until(lambda: drive.unfinished().text == "Ro")
        await drive.press("tab")
        assert drive.unfinished().text is None
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3")
        assert drive.widget("need").value == "Ro"
        assert drive.session().need == "Ro"


@pytest.mark.parametrize("turns", [0, 2, 4, 6, 8, 12])
async def test_a_score_typed_right_before_a_hang_up_is_saved(db: Path, turns: int) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f4")
        drive.driver.send_message(key_event("7"))
        for _turn in range(turns):
            await asyncio.sleep(0)
        drive.app.hang_up()
        async with asyncio.timeout(20):
            while not drive.app._exit:
                await asyncio.sleep(0.005)
        assert drive.session("mette-i-dag").scores[0].value == 7
