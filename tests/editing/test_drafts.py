"""What is typed is kept: in the database, else in a recovery file, until the database takes it."""

import json
import os
import sqlite3
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from jobsamtale_tui.editing import drafts as keeping
from jobsamtale_tui.editing.drafts import Drafts
from jobsamtale_tui.editing.outcomes import DraftStatus
from jobsamtale_tui.editing.pending import PendingEdit
from jobsamtale_tui.editing.trouble import trouble_words
from jobsamtale_tui.method.session_edits import SetScore, SetText
from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.store.sqlite.database import Database

SESSION = "mette-i-dag"
Make = Callable[..., Drafts]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where recovery files lie."""
    return tmp_path / "data" / "jobsamtale"


@pytest.fixture
def make(db: Path, folder: Path) -> Iterator[Make]:
    """Keepers on the caseload's database, each as an app of its own; what they say is gathered."""
    made: list[Drafts] = []

    def keeper(login: str = "anne-login", heard: list[object] | None = None, path: Path = db) -> Drafts:
        heard = [] if heard is None else heard
        made.append(Drafts(Database(path), login, lambda: folder, heard.append))
        return made[-1]

    yield keeper
    for one in made:
        one.close()


@pytest.fixture
def blocker(db: Path) -> Iterator[sqlite3.Connection]:
    """Another program that has the database locked."""
    connection = sqlite3.connect(db, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")  # as every database that an app has opened
    connection.execute("BEGIN EXCLUSIVE")
    yield connection
    connection.close()


def files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*")) if folder.exists() else []


def ask(keeper: Drafts, field: str, text: str, offered: str | None = None) -> PendingEdit:
    """A text goes into the queue of changes."""
    edit = SetText(field="need", text=text)
    pending = PendingEdit(
        id=keeper.new_id(), session=SESSION, edit=edit, base=None, field=field, text=text, offered=offered
    )
    keeper.begin(pending)
    return pending


def answer(keeper: Drafts, pending: PendingEdit, *, saved: bool) -> None:
    """The database has taken it, or has not."""
    keeper.end(pending, saved=saved)


def typed(keeper: Drafts) -> dict[str, str]:
    """What is typed of a citizen who is not made yet."""
    kept = keeper.typed("citizen.new")
    assert kept is not None
    return kept[0]


def text_left(keeper: Drafts) -> str | None:
    kept = keeper.left(SESSION)
    assert kept is not None
    return kept.text


def left(db: Path, session: str = SESSION) -> Any:
    with Database(db).connected() as connection:
        return reads.unfinished(connection, session, "anne-login")


def test_a_locked_database_makes_a_recovery_file_which_goes_once_it_is_free(
    make: Make, db: Path, folder: Path, blocker: sqlite3.Connection
) -> None:
    heard: list[Any] = []
    keeper = make(heard=heard)
    keeper.place(SESSION, 2, "need", "0,3", "Hun vil i gang æøå")
    keeper.form("citizen.new", {"name": "Ida Sø"})
    (file,) = files(folder)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.name.startswith("recovery-")
    assert "ida" not in file.name.lower()
    content = json.loads(file.read_text(encoding="utf-8"))
    assert (content["database"], content["login"], content["at"]) == (str(db), "anne-login", "2026-06-03T08:05:00Z")
    assert [(one["key"], one.get("text") or one["typed"]) for one in content["drafts"]] == [
        (SESSION, "Hun vil i gang æøå"),
        ("citizen.new", {"name": "Ida Sø"}),
    ]
    assert text_left(keeper) == "Hun vil i gang æøå"
    assert typed(keeper) == {"name": "Ida Sø"}
    assert [message.tell for message in heard] == [False, True]  # a lock that is gone at once is not worth a word
    assert not keeper.secure()
    blocker.execute("ROLLBACK")
    keeper.retry()
    assert files(folder) == []
    assert left(db).text == "Hun vil i gang æøå"
    assert keeper.secure()
    assert isinstance(heard[-1], DraftStatus)
    assert heard[-1].error is None


def test_a_late_save_forgets_only_what_was_saved(make: Make, db: Path) -> None:
    keeper = make()
    keeper.place(SESSION, 2, "need", None, "Ro")
    number = ask(keeper, "need", "Ro")
    keeper.place(SESSION, 2, "need", "0,5", "Ro og")  # typed on before the save is through
    answer(keeper, number, saved=True)
    assert left(db).text == "Ro og"
    number = ask(keeper, "need", "Ro og")
    answer(keeper, number, saved=True)
    assert left(db).text is None


def test_a_step_that_is_saved_takes_its_three_parts_along_but_no_other_field(make: Make, db: Path) -> None:
    keeper = make()
    for field, saved_field, stays in (("step-how", "step-what", False), ("summary", "step-what", True)):
        keeper.place(SESSION, 4, field, None, "x")
        answer(keeper, ask(keeper, saved_field, "x"), saved=True)
        assert (left(db).text is not None) == stays


def test_refused_items_are_kept_one_by_one_and_other_texts_as_they_last_were(make: Make) -> None:
    keeper = make()
    for field, text in (("agenda-new", "En"), ("agenda-new", "To"), ("need", "Ro"), ("need", "Ro og tid")):
        answer(keeper, ask(keeper, field, text), saved=False)
    assert keeper.refused(SESSION) == {"agenda-new": ["En", "To"], "need": ["Ro og tid"]}
    answer(keeper, ask(keeper, "agenda-new", "Et", offered="En"), saved=True)
    answer(keeper, ask(keeper, "need", "Ro"), saved=True)
    assert make().refused(SESSION) == {"agenda-new": ["To"]}
    keeper.drop(SESSION, "agenda-new", "To")
    assert keeper.refused(SESSION) == {}


def test_a_text_that_waits_too_long_for_the_disk_is_in_the_recovery_file(
    make: Make, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = make()
    number = ask(keeper, "need", "Ro")
    keeper.retry()
    assert files(folder) == []
    monkeypatch.setattr(keeping, "LATE_SECONDS", -1.0)
    keeper.retry()
    (file,) = files(folder)
    assert json.loads(file.read_text(encoding="utf-8"))["edits"][0]["text"] == "Ro"
    answer(keeper, number, saved=True)
    assert files(folder) == []


def test_the_next_run_takes_over_what_lies_there(
    make: Make, db: Path, folder: Path, blocker: sqlite3.Connection
) -> None:
    first = make()
    first.place(SESSION, 2, "need", "0,3", "Fra filen")
    first.place("kaj-afsluttet-nej", 1, "risk", None, "Uden samtale")
    first.form("citizen.new", {"name": "Ida Sø"})
    answer(first, ask(first, "agenda-new", "Et punkt"), saved=False)
    blocker.execute("ROLLBACK")
    for path, login in ((db, "bo-login"), (db.with_name("other.db"), "anne-login")):
        other = make(login=login)
        other.database = Database(path)
        assert other.recover() is False
    assert len(files(folder)) == 1
    again = make()
    assert again.recover() is True
    assert files(folder) == []
    assert left(db).text == "Fra filen"
    assert again.refused(SESSION) == {"agenda-new": ["Et punkt"]}
    assert again.refused("kaj-afsluttet-nej") == {"risk": ["Uden samtale"]}
    assert typed(again) == {"name": "Ida Sø"}


def test_what_stands_in_the_database_already_is_not_written_over(
    make: Make, db: Path, blocker: sqlite3.Connection
) -> None:
    make().place(SESSION, 2, "need", None, "Fra filen")
    blocker.execute("ROLLBACK")
    again = make()
    again.place(SESSION, 2, "need", None, "Skrevet siden")
    assert again.recover() is True
    assert left(db).text == "Skrevet siden"
    assert again.refused(SESSION) == {"need": ["Fra filen"]}


def test_a_locked_database_at_the_next_start_offers_it_all_the_same(
    make: Make, folder: Path, blocker: sqlite3.Connection
) -> None:
    make().place(SESSION, 2, "need", None, "Fra filen")
    again = make()
    assert again.recover() is True
    assert text_left(again) == "Fra filen"
    assert len(files(folder)) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"\xff",
        b"{",
        b"[]",
        b'{"format": 1}',
        b'{"format": 1, "login": "anne-login", "database": "DB", "drafts": [{"kind": "place", "key": 1, "at": ""}]}',
        b'{"format": 1, "login": "anne-login", "database": "DB", "drafts": [{"kind": "x", "key": "a", "at": "now"}]}',
    ],
)
def test_a_recovery_file_that_cannot_be_read_is_said_and_stays(
    make: Make, db: Path, folder: Path, content: bytes
) -> None:
    folder.mkdir(parents=True)
    file = folder / "recovery-0.json"
    file.write_bytes(content.replace(b"DB", str(db).encode()))
    assert make().recover() is None
    assert file.exists()


def test_a_database_that_is_gone_or_another_is_noticed(make: Make, db: Path, folder: Path) -> None:
    keeper = make()
    keeper.place(SESSION, 2, "need", None, "Før")
    aside = db.with_name("aside.db")
    for other in (False, True):
        db.rename(aside)
        if other:
            db.write_bytes(aside.read_bytes())
        keeper.place(SESSION, 2, "need", None, "Efter")
        trouble = keeper.trouble
        assert trouble is not None
        assert trouble.kind == ("replaced" if other else "gone")
        assert len(files(folder)) == 1
        aside.replace(db)
        keeper.retry()
        assert keeper.trouble is None
        assert files(folder) == []
        assert left(db).text == "Efter"


def test_where_nothing_can_be_kept_it_says_so(make: Make, folder: Path, blocker: sqlite3.Connection) -> None:
    folder.parent.mkdir(parents=True)
    folder.write_text("in the way", encoding="utf-8")
    keeper = make()
    keeper.place(SESSION, 2, "need", None, "Ro")
    stranded, trouble = keeper.stranded, keeper.trouble
    assert stranded
    assert text_left(keeper) == "Ro"
    assert trouble is not None
    assert "on the screen alone" in trouble_words(trouble, stranded=True)
    assert not keeper.secure()
    folder.unlink()
    keeper.retry()
    assert not keeper.stranded
    assert len(files(folder)) == 1


def test_a_recovery_file_is_whole_or_not_at_all(
    make: Make, folder: Path, blocker: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = make()
    keeper.place(SESSION, 2, "need", None, "Ro")
    (file,) = files(folder)
    before = file.read_bytes()

    def broken(_handle: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", broken)
    keeper.place(SESSION, 2, "need", None, "Ro og tid")
    assert keeper.stranded
    assert files(folder) == [file]
    assert file.read_bytes() == before


def test_a_text_of_a_session_that_is_not_there_hinders_no_other(make: Make, db: Path) -> None:
    keeper = make()
    keeper.place("nowhere", 2, "need", None, "Et")
    keeper.place(SESSION, 2, "need", None, "To")
    assert keeper.secure()
    assert left(db).text == "To"
    assert make().refused("nowhere") == {"need": ["Et"]}


def test_read_only_writes_nothing(db: Path, folder: Path) -> None:
    keeper = Drafts(Database(db, read_only=True), "anne-login", lambda: folder, lambda _message: None)
    keeper.place(SESSION, 2, "need", None, "Ro")
    keeper.form("citizen.new", {"name": "x"})
    assert keeper.secure()
    assert files(folder) == []
    assert left(db) is None
    keeper.close()


def test_two_apps_of_one_login_write_over_nothing_of_each_other(make: Make, db: Path) -> None:
    first, second = make(), make()
    first.opened(SESSION, shared=False)
    second.opened(SESSION, shared=True)
    first.place(SESSION, 2, "need", "0,5", "Fra den ene")
    second.place(SESSION, 2, "need", "0,5", "Fra den anden")
    first.place(SESSION, 2, "need", "0,6", "Fra den ene!")
    assert left(db).text == "Fra den ene!"
    again = make()  # both have been killed
    again.opened(SESSION, shared=False)
    assert text_left(again) == "Fra den ene!"
    assert again.refused(SESSION) == {"need": ["Fra den anden"]}
    assert make().refused(SESSION) == {"need": ["Fra den anden"]}


def test_what_the_second_app_saves_leaves_nothing_behind_and_the_first_ones_text_alone(make: Make, db: Path) -> None:
    first, second = make(), make()
    first.opened(SESSION, shared=False)
    second.opened(SESSION, shared=True)
    first.place(SESSION, 2, "need", "0,5", "Halv")
    second.place(SESSION, 2, "need", "0,5", "Hel")
    answer(second, ask(second, "need", "Hel"), saved=True)
    assert left(db).text == "Halv"
    again = make()
    again.opened(SESSION, shared=False)
    assert again.refused(SESSION) == {}


def test_what_two_apps_of_one_login_could_not_save_is_all_kept(make: Make, blocker: sqlite3.Connection) -> None:
    first, second = make(), make()
    blocker.rollback()
    first.opened(SESSION, shared=False)
    second.opened(SESSION, shared=True)
    blocker.execute("BEGIN EXCLUSIVE")
    answer(first, ask(first, "need", "Fra den ene"), saved=False)
    answer(second, ask(second, "frame", "Fra den anden"), saved=False)
    score = SetScore(indicator="mod", by="citizen", value=7)
    pending = PendingEdit(id="app-1", session=SESSION, edit=score, base=1, what="Mod 7")
    second.begin(pending)
    second.end(pending, saved=False, asked=True)
    assert [[one.id for one in keeper.refused_edits(SESSION)] for keeper in (first, second)] == [[], ["app-1"]]
    blocker.rollback()
    first.retry()
    second.retry()
    assert first.refused(SESSION) == {"need": ["Fra den ene"]}
    assert list(second.refused(SESSION)) == ["frame", "edit app-1"]
    again = make()  # both have been killed
    again.opened(SESSION, shared=False)
    assert sorted(again.refused(SESSION)) == ["edit app-1", "frame", "need"]
    assert again.refused(SESSION)["frame"] == ["Fra den anden"]


def test_a_recovered_text_stands_beside_another_one(
    make: Make, db: Path, folder: Path, blocker: sqlite3.Connection
) -> None:
    lost = make()
    lost.form("citizen.new", {"name": "Fra filen", "case_key": "24-1"})
    answer(lost, ask(lost, "need", "Fra filen"), saved=False)
    blocker.rollback()
    there = make()
    there.form("citizen.new", {"name": "Fra basen"})
    answer(there, ask(there, "need", "Fra basen"), saved=False)
    assert there.recover() is True
    assert files(folder) == []
    kept = make()
    assert typed(kept) == {"name": "Fra basen", "also name": "Fra filen", "case_key": "24-1"}
    assert kept.refused(SESSION) == {"need": ["Fra basen\nFra filen"]}
