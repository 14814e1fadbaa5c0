"""Scores that the database does not take: they stay on the screen, are counted, and are made again until it does."""

import json
import sqlite3
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.casework import by_index
from tests.holder import Holder
from tests.tui.driving import Drive, driving

from jobsamtale_tui import records
from jobsamtale_tui.casework.session import lifecycle
from jobsamtale_tui.editing import pending
from jobsamtale_tui.editing.pending import PendingEdit
from jobsamtale_tui.method.session_edits import OpenSession, SetScore
from jobsamtale_tui.store.sqlite import database as sqlite_database
from jobsamtale_tui.store.sqlite.database import Database

KEYS = ("7", "j", "5", "j", "4", "j", "6", "j", "3")
SCORED = {"mod": 7, "energi": 5, "overblik": 4, "jobtro": 6, "netvaerk": 3}


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Changes give up on a lock soon."""
    monkeypatch.setattr(sqlite_database, "BUSY_SECONDS", 0.1)


def recovery() -> list[Path]:
    return sorted((Path.home() / ".local/share/jobsamtale").glob("*"))


def scores(drive: Drive) -> dict[str, int]:
    return dict(drive.sql("SELECT indicator, value FROM score WHERE session = 'mette-i-dag' AND by = 'citizen'"))


def shown(drive: Drive) -> dict[str, int]:
    return {indicator: value for (indicator, by), value in drive.widget("scale").values.items() if by == "citizen"}


async def at_scale(drive: Drive) -> None:
    await drive.open_session("mette")
    await drive.press("f4")
    await drive.until(lambda: drive.at == "scale")


async def test_scores_that_wait_stay_in_sight_and_are_saved_once_the_lock_is_gone(db: Path) -> None:
    async with driving(db) as drive:
        await at_scale(drive)
        await drive.press("9")
        holder = Holder(db)
        await drive.burst(*KEYS)
        await drive.press("r", "2")  # the caseworker's own reading
        await drive.until(
            lambda: "6 scores wait to be saved. The database is locked by another program" in drive.status
        )
        assert shown(drive) == SCORED
        assert scores(drive) == {"mod": 9}
        await drive.until(lambda: len(recovery()) == 1)
        assert recovery()[0].stat().st_mode & 0o777 == 0o600
        holder.let_go()
        await drive.until(lambda: scores(drive) == SCORED)
        await drive.until(lambda: recovery() == [])
        assert drive.sql("SELECT indicator, value FROM score WHERE by = 'caseworker' AND session = 'mette-i-dag'") == [
            ("netvaerk", 2)
        ]
        assert drive.sql("SELECT * FROM unfinished_form") == []
        assert shown(drive) == SCORED
        await drive.until(lambda: "wait" not in drive.status)


async def test_scores_that_wait_when_one_leaves_are_saved_when_the_session_is_opened_again(db: Path) -> None:
    async with driving(db) as drive:
        await at_scale(drive)
        await drive.press("j", "9", "k")
        holder = Holder(db)
        await drive.press("7", "j", "backspace", "j", "2", "4")
        assert drive.app.out(0.4) is False
    holder.let_go()
    async with driving(db) as drive:
        assert scores(drive) == {"energi": 9}
        await at_scale(drive)
        await drive.until(lambda: scores(drive) == {"mod": 7, "overblik": 4})
        assert shown(drive) == {"mod": 7, "overblik": 4}
        await drive.until(lambda: recovery() == [])
        await drive.until(lambda: drive.sql("SELECT * FROM unfinished_form") == [])


async def test_a_score_and_its_remark_that_wait_are_both_saved(db: Path) -> None:
    async with driving(db) as drive:
        await at_scale(drive)
        holder = Holder(db)
        await drive.press("7", "enter")
        await drive.type("Bedre")
        await drive.press("enter")
        await drive.until(lambda: not drive.app.write_queue.busy)
        holder.let_go()
        await drive.until(lambda: scores(drive) == {"mod": 7})
        await drive.press("enter")
        await drive.until(lambda: drive.session().scores[0].remark == "Bedre")


async def test_nothing_that_somebody_has_scored_since_is_written_over(db: Path) -> None:
    async with driving(db) as drive:
        await at_scale(drive)
        holder = Holder(db)
        await drive.burst("7", "j", "5")
        assert drive.app.out(0.4) is False
    holder.let_go()
    async with driving(db) as drive:
        drive.other(lambda at: by_index.set_score(at, "mod", "citizen", 3), "mette-i-dag")
        await drive.press("/")
        await drive.type("mette")
        await drive.press("enter", "n")
        await drive.until(lambda: drive.where == "ConflictScreen")
        assert scores(drive)["mod"] == 3
        await drive.press("escape")  # not now: it waits on, and comes before the session is completed
        await drive.until(lambda: drive.where == "phase 3")
        await drive.until(lambda: scores(drive) == {"mod": 3, "energi": 5})
        assert shown(drive)["mod"] == 7
        await drive.press("f9")
        await drive.until(lambda: drive.where == "ConflictScreen")
        await drive.press("f2")
        await drive.until(lambda: drive.where == "phase 3")
        await drive.until(lambda: scores(drive) == {"mod": 3, "energi": 5})
        await drive.until(lambda: shown(drive)["mod"] == 3)
        await drive.until(lambda: drive.sql("SELECT * FROM unfinished_form") == [])
        await drive.press("f9")
        await drive.until(lambda: drive.where == "CompleteScreen")


async def test_a_session_is_not_completed_before_its_scores_are_saved(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(db) as drive:
        await at_scale(drive)
        holder = Holder(db)
        await drive.press("7")
        await drive.until(lambda: "1 score waits" in drive.status)
        monkeypatch.setattr(drive.app.drafts, "retry", lambda: None)  # it has not noticed yet that the lock is gone
        holder.let_go()
        await drive.press("f9")
        await drive.until(lambda: scores(drive) == {"mod": 7})
        assert drive.where == "phase 3"
        await drive.press("f9")
        await drive.until(lambda: drive.where == "CompleteScreen")


async def test_a_score_that_was_completed_over_becomes_a_correction(db: Path) -> None:
    async with driving(db) as drive:
        await at_scale(drive)
        drive.other(lifecycle.complete)
        await drive.press("7")
        await drive.until(lambda: drive.where == "ConflictScreen")
        await drive.press("f3")
        await drive.until(lambda: drive.where == "AmendScreen")
        assert "Mod 7" in drive.screen


async def test_scores_wait_for_the_right_to_write(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[sqlite3.Connection] = []
    connect = Database.connect
    allowed = [True]

    def noted(database: Database, patience: float | None = None) -> sqlite3.Connection:
        opened.append(connect(database, patience))
        opened[-1].execute(f"PRAGMA query_only = {not allowed[0]}")
        return opened[-1]

    monkeypatch.setattr(Database, "connect", noted)

    def allow(so: bool) -> None:
        allowed[:] = [so]
        for connection in opened:
            with suppress(sqlite3.ProgrammingError):  # closed
                connection.execute(f"PRAGMA query_only = {not so}")

    async with driving(db) as drive:
        await at_scale(drive)
        await drive.press("9", "backspace")
        allow(False)
        await drive.press("7")
        await drive.until(
            lambda: (
                "1 score waits to be saved. The database may only be read: ask for the right to write" in drive.status
            )
        )
        assert shown(drive) == {"mod": 7}
        allow(True)
        await drive.until(lambda: scores(drive) == {"mod": 7})


SCORE = PendingEdit(
    id="app-1", session="s", edit=SetScore(indicator="mod", by="citizen", value=7), base=100, what="Mod 7"
)
KEPT = ("score mod citizen", json.dumps([7, 100, "Mod"]))
"""As version 0.1.0 kept a score."""


def test_an_edit_that_waits_is_plain_data() -> None:
    for edit in (SCORE, replace(SCORE, edit=SetScore(indicator="mod", by="caseworker"), base=None, what="Mod æ –")):
        assert pending.refused_edit("s", edit.kept_as, edit.kept_text) == replace(edit, again=True)
    assert SCORE.kept_as == "edit app-1"


def test_a_score_that_an_earlier_version_kept_is_read() -> None:
    found = pending.refused_edit("s", *KEPT)
    assert found is not None
    assert (found.edit, found.base, found.what) == (SCORE.edit, 100, "Mod 7")


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("need", SCORE.kept_text),
        ("score mod", KEPT[1]),
        ("score mod anybody", KEPT[1]),
        *((KEPT[0], text) for text in ("", "7", "[7]", "{", "null", '["7", 1, "x"]', "[true, 1, 1]", '[7, 1, [""]]')),
        *(
            (SCORE.kept_as, text)
            for text in ("", "7", "{}", "null", '{"id": "a", "session": "s", "edit": {"kind": "score", "x": 1}}')
        ),
    ],
)
def test_what_is_no_edit_is_left_alone(field: str, text: str) -> None:
    assert pending.refused_edit("s", field, text) is None


def test_what_could_not_be_saved_reads_as_it_was_meant() -> None:
    assert pending.in_words("s", SCORE.kept_as, SCORE.kept_text) == "Mod 7"
    assert pending.in_words("s", *KEPT) == "Mod 7"
    assert pending.in_words("s", "step-what", '["Ring", "", "1/6"]') == "Ring · 1/6"
    assert [pending.in_words("s", "step-what", text) for text in ("Ring", "7", "[1]")] == ["Ring", "7", "[1]"]
    assert pending.in_words("s", "need", '["Ro"]') == '["Ro"]'


def test_what_waits_shows_over_what_stands() -> None:
    def made(*given: Any) -> OpenSession:
        found = tuple(records.Score(indicator=key, value=value, by=by, remark=said) for key, value, by, said in given)
        held = datetime(2026, 6, 3, 8, tzinfo=UTC)
        session = records.Session(key="s", citizen="c", held_at=held, status="draft", scores=found)
        return OpenSession(session, (), ())

    there = made(("mod", 3, "citizen", "Før"), ("energi", 4, "citizen", None), ("mod", 5, "caseworker", None))
    now = SetScore(indicator="energi", by="citizen").apply(SCORE.edit.apply(there))
    assert now == made(("mod", 7, "citizen", "Før"), ("mod", 5, "caseworker", None))
