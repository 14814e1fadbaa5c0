"""Two apps on one citizen: both changed the same, and nothing is overwritten without a choice."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.casework import by_index
from tests.tui.driving import Drive, driving

from jobsamtale_tui.casework.change import context
from jobsamtale_tui.casework.session import lifecycle
from jobsamtale_tui.method.session_edits import SetScore
from jobsamtale_tui.tui.screens.common import conflict
from jobsamtale_tui.tui.screens.common.conflict import ConflictScreen
from jobsamtale_tui.tui.screens.session.screen import SessionScreen


async def _typed_over(drive: Drive) -> None:
    await drive.open_session("mette")
    await drive.press("f3")
    await drive.type("Mit")
    drive.other(lambda place: by_index.set_text(place, "need", "Bos"))


async def _clashing(drive: Drive) -> None:
    await _typed_over(drive)
    await drive.press("tab")
    assert drive.where == "ConflictScreen"
    assert drive.session("mette-i-dag").need == "Bos"


@pytest.mark.parametrize(("key", "stands"), [("f2", "Bos"), ("f3", "Mit"), ("f4", "Bos\nMit")])
async def test_a_text_that_both_wrote_stands_as_one_chooses(db: Path, key: str, stands: str) -> None:
    async with driving(db) as drive:
        await _clashing(drive)
        assert "Bos" in drive.screen
        assert "Mit" in drive.screen
        assert "Bo Lund" in drive.screen
        assert "10.05" in drive.screen
        await drive.press(key)
        assert drive.where == "phase 2"
        assert drive.session().need == stands
        assert drive.widget("need").value == stands
        await drive.press("escape", "f3", "tab", "f4")
        assert drive.session().need == stands


async def test_without_a_choice_nothing_is_written_and_nothing_lost(db: Path) -> None:
    async with driving(db) as drive:
        await _clashing(drive)
        await drive.press("escape")
        assert drive.widget("need").value == "Mit"
        await drive.press("f4")  # leaves the field again
        assert drive.where == "ConflictScreen"
        await drive.press("escape")
    async with driving(db) as drive:  # and in another app later on
        await drive.open_session("mette")
        await drive.press("f3")
        assert drive.widget("need").value == "Mit"
        drive.widget("need").focus()
        await drive.settle()
        await drive.press("f4")
        assert drive.where == "ConflictScreen"
        assert drive.session("mette-i-dag").need == "Bos"
        await drive.press("f4")
        assert drive.session().need == "Bos\nMit"


async def test_unfinished_text_from_before_the_other_wrote_clashes(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3")
        await drive.type("Halv")
        drive.top.keep()
    async with driving(db) as drive:
        await drive.press("enter")
        drive.other(lambda place: by_index.set_text(place, "need", "Bos"), "mette-i-dag")
        await drive.open_session("mette")
        await drive.type("t")
        await drive.press("tab")
        assert drive.where == "ConflictScreen"
        assert drive.session("mette-i-dag").need == "Bos"


def _both(drive: Drive) -> Any:
    session = drive.session("mette-i-dag")
    return (
        [(item.topic, item.state) for item in session.agenda],
        [(score.indicator, score.value) for score in session.scores],
        [step.what for step in session.steps],
        session.need,
    )


ELSEWHERE: list[tuple[Callable[[Any], Any], tuple[str, ...], Any]] = [
    (lambda at: by_index.set_text(at, "need", "Bos"), ("f4", "7"), ([], [("mod", 7)], [], "Bos")),
    (
        lambda at: by_index.set_score(at, "energi", "citizen", 3),
        ("f4", "7"),
        ([], [("energi", 3), ("mod", 7)], [], None),
    ),
    (lambda at: by_index.add_step(at, "Bos", None, None), ("f5", "M", "enter"), ([], [], ["Bos", "M"], None)),
    (
        lambda at: by_index.add_item(at, "Bos", "caseworker", "possible"),
        ("M", "enter"),
        ([("Bos", "possible"), ("M", "possible")], [], [], None),
    ),
]


@pytest.mark.parametrize(("theirs", "keys", "stands"), ELSEWHERE)
async def test_what_others_change_elsewhere_stops_nobody(
    db: Path, theirs: Callable[[Any], Any], keys: tuple[str, ...], stands: Any
) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press(*keys[:-1])
        drive.other(theirs)
        await drive.press(keys[-1])
        assert drive.where.startswith("phase")
        assert _both(drive) == stands


async def test_a_line_is_the_one_that_was_seen_whatever_others_took_out(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        for topic in "ABC":
            await drive.press(topic, "enter")
        await drive.press("escape")
        drive.other(lambda at: by_index.remove_item(at, 0))
        drive.widget("agenda").focus()
        await drive.press("end", "k", "space")  # B
        assert _both(drive)[0] == [("B", "agreed"), ("C", "possible")]


@pytest.mark.parametrize(("key", "stands"), [("f2", []), ("f3", [("A", "agreed")])])
async def test_a_line_that_the_other_removed(db: Path, key: str, stands: Any) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("A", "enter", "escape")
        drive.other(lambda at: by_index.remove_item(at, 0))
        await drive.press("space")
        assert drive.where == "ConflictScreen"
        assert "(removed)" in drive.screen
        await drive.press(key)
        assert _both(drive)[0] == stands


async def test_a_score_that_both_set(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f4")
        drive.other(lambda at: by_index.set_score(at, "mod", "citizen", 3))
        await drive.press("7")
        assert drive.where == "ConflictScreen"
        assert drive.session("mette-i-dag").scores[0].value == 3
        await drive.press("f4")  # numbers cannot stand after each other
        assert drive.where == "ConflictScreen"
        await drive.press("f3")
        assert drive.session().scores[0].value == 7
        assert drive.widget("scale").value == 7


async def test_a_third_change_is_a_clash_again(db: Path) -> None:
    async with driving(db) as drive:
        await _clashing(drive)
        drive.other(lambda place: by_index.set_text(place, "need", "Cs"), "mette-i-dag")
        await drive.press("f3")
        assert drive.where == "ConflictScreen"
        assert "Cs" in drive.screen
        await drive.press("f3")
        assert drive.session().need == "Mit"


async def test_what_was_written_while_the_other_completed_becomes_a_correction(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3")
        await drive.type("Mit")
        drive.other(lifecycle.complete)
        await drive.press("tab")
        assert drive.where == "ConflictScreen"
        await drive.press("f3")
        await drive.settle()
        assert drive.where == "AmendScreen"
        assert "Mit" in drive.screen


async def test_what_the_other_wrote_into_a_field_that_is_being_typed_in(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3")
        drive.widget("need").focus()
        await drive.settle()
        await drive.type("Mit")
        drive.other(lambda place: by_index.set_text(place, "need", "Bos"))
        mod = SetScore(indicator="mod", by="citizen", value=5)
        drive.showing(SessionScreen).make(mod)  # its answer brings the other's
        await drive.settle()
        assert drive.widget("need").value == "Mit"
        await drive.press("tab")
        assert drive.where == "ConflictScreen"
        assert drive.session("mette-i-dag").need == "Bos"


def _edited(drive: Drive, **changed: Any) -> None:
    """Somebody else changes what is known of the citizen."""
    from jobsamtale_tui.casework.change.context import Actor
    from jobsamtale_tui.casework.citizen import citizens
    from jobsamtale_tui.store.questions import quick_reads
    from jobsamtale_tui.store.sqlite.database import Database

    database = Database(drive.path)
    with database.connected() as connection:
        seen = quick_reads.version(connection, "citizen", "mette-holm")
    place = context.ChangeContext(database=database, actor=Actor("bo", "bo-login"), key="mette-holm", seen=seen)
    citizens.edit(place, changed)
    database.close()


def _known(drive: Drive) -> Any:
    return drive.sql("SELECT name, case_key FROM citizen WHERE key = 'mette-holm'")[0]


@pytest.mark.parametrize(
    ("key", "stands"), [("f2", ("Mette Bo", "24-1107")), ("f3", ("Mette HolmX", "24-1107")), ("escape", None)]
)
async def test_a_form_that_both_changed(db: Path, key: str, stands: Any) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("e", "end")
        await drive.type("X")
        _edited(drive, name="Mette Bo")
        await drive.press("f10")
        assert drive.where == "ConflictScreen"
        assert "Mette Bo" in drive.screen
        assert "Mette HolmX" in drive.screen
        assert _known(drive) == ("Mette Bo", "24-1107")
        await drive.press(key)
        if stands is None:
            assert drive.where == "CitizenForm"
            await drive.press("f10")
            assert drive.where == "ConflictScreen"
        else:
            assert _known(drive) == stands


async def test_a_form_whose_other_lines_were_changed(db: Path) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("e", "end")
        await drive.type("X")
        _edited(drive, case_key="24-9999")
        await drive.press("f10")
        assert drive.where == "CitizenScreen"
        assert _known(drive) == ("Mette HolmX", "24-9999")


@pytest.mark.parametrize("key", ["q", "f3", "n"])
async def test_what_is_being_typed_when_it_comes_answers_nothing(
    db: Path, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setattr(conflict, "CALM_SECONDS", 60.0)
    async with driving(db) as drive:
        await _clashing(drive)
        await drive.press(key)
        assert isinstance(drive.app.screen, ConflictScreen)
        assert "F3" not in drive.keys
        assert drive.session("mette-i-dag").need == "Bos"


async def test_a_clash_left_open_is_one_after_a_restart(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with driving(db) as drive:
        await _typed_over(drive)
        monkeypatch.setenv("JOBSAMTALE_NOW", "2026-06-03T11:30:00+02:00")
        await drive.press("tab")
        await drive.until(lambda: isinstance(drive.app.screen, ConflictScreen))
        await drive.press("escape", "ctrl+q")
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3", "f4")
        await drive.until(lambda: isinstance(drive.app.screen, ConflictScreen))
        assert drive.session("mette-i-dag").need == "Bos"
