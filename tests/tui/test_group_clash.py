"""Two on one meeting: what both changed stands side by side, for whom, and nothing is overwritten without a choice."""

import os
import platform
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.casework import by_index
from tests.tui.driving import Drive, driving

from jobsamtale_tui import dates
from jobsamtale_tui.casework.change.context import Actor, ChangeContext
from jobsamtale_tui.casework.session import lifecycle, meetings
from jobsamtale_tui.store.sqlite.database import Database
from jobsamtale_tui.store.writing import presence
from jobsamtale_tui.tui.screens.meeting.screen import GroupScreen

TODAY = datetime(2026, 6, 3, 8, 0, tzinfo=UTC)
LATER = datetime(2026, 6, 5, 7, 0, tzinfo=UTC)
KAJ = "kaj-lind"
Bo = Callable[[ChangeContext], Any]


async def meeting(drive: Drive, at: datetime = TODAY) -> None:
    """A meeting of Ida, Kaj and Mette with one common item, open on the screen, the cursor on the item."""
    database = Database(drive.path)
    anne = Actor("anne", "anne-login")
    made = meetings.Meeting(form="group", at=at, topics=("Branchen",))
    group = meetings.make(database, anne, made, ["mette-holm", KAJ, "ida-sø"])
    database.close()
    drive.app.push_screen(GroupScreen(group, at.date()))
    await drive.settle()
    await drive.press("tab")
    assert drive.row.endswith("Branchen")


def there(drive: Drive) -> dict[str, Any]:
    rows = drive.sql("SELECT key, citizen FROM session WHERE group_ IS NOT NULL ORDER BY citizen")
    return {citizen: drive.session(key) for key, citizen in rows}


def bo(drive: Drive, change: Bo, *citizens: str) -> None:
    """Bo changes the sessions of those named, or of all, each by itself."""
    for citizen, session in there(drive).items():
        if citizen in (citizens or there(drive)):
            drive.other(change, session.key)


def items(drive: Drive) -> list[list[tuple[str, str, str | None]]]:
    """The agendas of Ida, Kaj and Mette."""
    return [[(item.topic, item.state, item.conclusion) for item in one.agenda] for one in there(drive).values()]


def conclusions(drive: Drive) -> list[str | None]:
    return [one[0][2] if one else None for one in items(drive)]


def states(drive: Drive) -> list[str]:
    return [one[0][1] if one else "-" for one in items(drive)]


@pytest.mark.parametrize(("key", "stands"), [("f2", "Fra Bo"), ("f3", "Mit"), ("f4", "Fra Bo / Mit")])
async def test_a_conclusion_that_both_wrote_for_all(db: Path, key: str, stands: str) -> None:
    async with driving(db) as drive:
        await meeting(drive)
        await drive.press("enter")
        await drive.type("Mit")
        bo(drive, lambda place: meetings.conclude_item([place], "Branchen", None, "Fra Bo"))
        await drive.press("enter")
        assert drive.where == "ConflictScreen"
        assert "Bo Lund" in drive.screen
        assert "Ida Sø, Kaj Lind, Mette Holm" in drive.screen
        await drive.press("escape")  # later: it comes again
        assert (drive.at, drive.widget("entry").value) == ("entry", "Mit")
        assert conclusions(drive) == ["Fra Bo"] * 3
        await drive.press("enter")
        assert drive.where == "ConflictScreen"
        await drive.press(key)
        assert drive.where == "GroupScreen"
        assert conclusions(drive) == [stands] * 3
        assert drive.app.drafts.typed(drive.showing(GroupScreen).draft) is None


@pytest.mark.parametrize(("key", "stands"), [("f2", "Fra Bo"), ("f3", "Mit"), ("f4", "Fra Bo / Mit")])
async def test_a_conclusion_that_the_other_wrote_for_one(db: Path, key: str, stands: str) -> None:
    async with driving(db) as drive:
        await meeting(drive)
        await drive.press("enter")
        await drive.type("Mit")
        bo(drive, lambda place: by_index.conclude_item(place, 0, "Fra Bo"), KAJ)
        await drive.press("enter")
        assert drive.where == "ConflictScreen"
        assert "Kaj Lind" in drive.screen
        assert "Ida Sø" not in drive.screen
        assert "2 other citizens" in " ".join(drive.screen.split())
        assert conclusions(drive) == [None, "Fra Bo", None]
        await drive.press(key)
        assert conclusions(drive) == ["Mit", stands, "Mit"]


def _drop(place: ChangeContext) -> None:
    by_index.toggle_item(place, 0)


def _remove(place: ChangeContext) -> None:
    by_index.remove_item(place, 0)


@pytest.mark.parametrize(("key", "stands"), [("f2", ["Mit", None, "Mit"]), ("f3", ["Mit"] * 3)])
async def test_a_conclusion_for_an_item_that_the_other_took_off_for_one(
    db: Path, key: str, stands: list[str | None]
) -> None:
    async with driving(db) as drive:
        await meeting(drive)
        await drive.press("enter")
        await drive.type("Mit")
        bo(drive, _remove, KAJ)
        await drive.press("enter")
        assert drive.where == "ConflictScreen"
        assert "Kaj Lind" in drive.screen
        assert conclusions(drive) == [None] * 3
        await drive.press(key)
        assert conclusions(drive) == stands


def _say(place: ChangeContext) -> None:
    by_index.conclude_item(place, 0, "Fra Bo")


CLASHES: list[tuple[Bo, str, str, list[str]]] = [
    (_drop, "space", "f2", ["done", "dropped", "done"]),
    (_drop, "space", "f3", ["done", "done", "done"]),
    (_remove, "space", "f2", ["done", "-", "done"]),
    (_remove, "space", "f3", ["done", "done", "done"]),
    (_say, "delete", "f2", ["-", "agreed", "-"]),
    (_say, "delete", "f3", ["-", "-", "-"]),
]


@pytest.mark.parametrize(("theirs", "key", "answer", "stand"), CLASHES)
async def test_an_item_that_the_other_changed_for_one(
    db: Path, theirs: Bo, key: str, answer: str, stand: list[str]
) -> None:
    async with driving(db) as drive:
        await meeting(drive)
        bo(drive, theirs, KAJ)
        before = items(drive)
        await drive.press(key)
        assert drive.where == "ConflictScreen"
        assert "Kaj Lind" in drive.screen
        assert items(drive) == before
        await drive.press(answer)
        assert drive.where == "GroupScreen"
        assert states(drive) == stand


@pytest.mark.parametrize(("key", "stands"), [("f2", "cancelled"), ("f3", "draft")])
async def test_one_that_the_other_called_off_before_it_began(db: Path, key: str, stands: str) -> None:
    async with driving(db) as drive:
        await meeting(drive, LATER)
        bo(drive, lambda place: by_index.set_status(place, "cancelled"), KAJ)
        await drive.press("n")
        assert drive.where == "ConflictScreen"
        assert "Kaj Lind" in drive.screen
        await drive.press(key)
        assert {citizen: one.status for citizen, one in there(drive).items()} == {
            "ida-sø": "draft",
            KAJ: stands,
            "mette-holm": "draft",
        }


@pytest.mark.parametrize(("key", "stands"), [("f2", "cancelled"), ("f3", "no_show"), ("escape", "cancelled")])
async def test_one_whom_both_took_off(db: Path, key: str, stands: str) -> None:
    async with driving(db) as drive:
        await meeting(drive)
        drive.widget("citizens").focus()
        await drive.press("j")
        bo(drive, lambda place: by_index.set_status(place, "cancelled"), KAJ)
        await drive.press("w")
        assert drive.where == "ConflictScreen"
        await drive.press(key)
        assert drive.where == "GroupScreen"
        assert there(drive)[KAJ].status == stands


async def test_what_the_other_changes_elsewhere_stops_nobody(db: Path) -> None:
    async with driving(db) as drive:
        await meeting(drive)
        bo(drive, lambda place: by_index.set_text(place, "need", "Ro"), KAJ)
        bo(drive, lambda place: by_index.reword_item(place, 0, "Butik"), KAJ)
        bo(drive, lambda place: by_index.add_item(place, "Fra Bo", "citizen", "possible"), KAJ)
        await drive.press("space", "enter")
        await drive.type("Mit")
        await drive.press("enter", "a")
        await drive.type("Truckkort")
        await drive.press("enter")
        assert drive.where == "GroupScreen"
        common, new = ("Branchen", "done", "Mit"), ("Truckkort", "agreed", None)
        kaj = [("Butik", "done", None), ("Fra Bo", "possible", None), new]
        assert items(drive)[0] == items(drive)[2] == [common, new]
        assert (items(drive)[1][1:], items(drive)[1][0][:2]) == (kaj[1:], kaj[0][:2])
        assert there(drive)[KAJ].need == "Ro"


async def test_a_third_change_is_a_clash_again(db: Path) -> None:
    async with driving(db) as drive:
        await meeting(drive)
        bo(drive, _drop, KAJ)
        await drive.press("space")
        bo(drive, _drop, "ida-sø")
        await drive.press("f3")
        assert drive.where == "ConflictScreen"
        assert "Ida Sø" in drive.screen
        await drive.press("f2")
        assert states(drive) == ["dropped", "done", "done"]


async def test_half_a_conclusion_from_before_the_other_wrote_clashes_in_another_app(db: Path) -> None:
    async with driving(db) as drive:
        await meeting(drive)
        await drive.press("enter")
        await drive.type("Mit")
        await drive.press("ctrl+q")
        bo(drive, lambda place: meetings.conclude_item([place], "Branchen", None, "Fra Bo"))
    async with driving(db) as drive:
        drive.widget("list").go(1)
        await drive.press("enter")
        assert (drive.at, drive.widget("entry").value) == ("entry", "Mit")
        await drive.press("enter")
        assert drive.where == "ConflictScreen"
        await drive.press("f4")
        assert conclusions(drive) == ["Fra Bo / Mit"] * 3


async def test_an_item_for_one_who_was_completed_meanwhile_becomes_a_correction(db: Path) -> None:
    async with driving(db) as drive:
        await meeting(drive)
        bo(drive, lifecycle.complete, KAJ)
        await drive.press("a")
        await drive.type("Truckkort")
        await drive.press("enter")
        assert drive.where == "ConflictScreen"
        assert "completed and locked" in drive.screen
        await drive.press("f3")
        await drive.until(lambda: drive.where == "AmendScreen")
        assert "Truckkort" in drive.screen
        assert [len(one) for one in items(drive)] == [2, 1, 2]


async def test_only_those_whom_nobody_changed_are_completed(db: Path) -> None:
    async with driving(db) as drive:
        await meeting(drive)
        await drive.press("c", "space", "j", "space", "j", "space")
        bo(drive, lambda place: by_index.set_text(place, "need", "Ro"), KAJ)
        await drive.press("enter")
        assert drive.where == "GroupScreen"
        assert "Written: 2 · still open: 1 · Bo Lund changed the session at 03.06.2026 10.05" in drive.status
        assert [one.status for one in there(drive).values()] == ["completed", "draft", "completed"]
        await drive.press("c", "space", "enter")
        assert there(drive)[KAJ].status == "completed"
        assert drive.sql("SELECT session FROM at_hand") == []


async def test_the_kind_of_a_meeting_brings_its_items_as_possible_ones(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("m", "enter", "i")
        assert "● industry meeting" in drive.screen
        assert "○ Hvad branchen leder efter lige nu" in drive.screen
        await drive.press("tab", "tab", "tab")
        for name in ("mette", "kaj"):
            await drive.type(name)
            await drive.press("enter")
        await drive.press("tab")
        await drive.type("Branchen")
        await drive.press("f10")
        assert drive.where == "GroupScreen"
        for one in there(drive).values():
            assert (one.form, one.session_kind) == ("industry", "Branchemøde")
            assert [item.state for item in one.agenda] == ["agreed", "possible", "possible"]
        await drive.press("tab", "j", "space")  # the first of them is agreed on, then done
        assert {one.agenda[1].state for one in there(drive).values()} == {"agreed"}
        await drive.press("space")
        assert {one.agenda[1].state for one in there(drive).values()} == {"done"}


def hold(drive: Drive, who: str, login: str, *citizens: str) -> None:
    """Another process has the sessions of those named open."""
    process = os.getppid()
    for citizen, session in there(drive).items():
        if citizen in citizens:
            drive.sql(
                'INSERT INTO at_hand ("session", "host", "process", "begun", "login", "by", "at")'
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                *(session.key, platform.node(), process, presence.begun(process), login, who, dates.iso(TODAY)),
            )


async def test_who_else_has_the_meeting_open_is_said_and_others_see_it_here(db: Path) -> None:
    async with driving(db) as drive:
        await meeting(drive)
        mine = "SELECT count(*) FROM at_hand WHERE \"login\" = 'anne-login'"
        assert drive.sql(mine) == [(3,)]
        await drive.press("shift+tab", "enter", "escape")  # into one session, and out again
        assert (drive.where, drive.sql(mine)) == ("GroupScreen", [(3,)])
        await drive.press("escape")
        assert (drive.where, drive.sql(mine)) == ("HomeScreen", [(0,)])
        hold(drive, "bo", "bo-login", *there(drive))
        drive.widget("list").focus()
        await drive.press("home", "enter")
        assert drive.where == "GroupScreen"
        assert "Bo Lund has the meeting open since 10.00" in drive.status
        await drive.press("tab", "space")
        assert "Bo Lund has the meeting open since 10.00" in drive.status
        drive.sql("DELETE FROM at_hand WHERE login = 'bo-login'")
        hold(drive, "bo", "bo-login", KAJ)
        await drive.press("space")
        assert "Bo Lund" not in drive.status
        (kaj,) = (line for line in drive.screen.splitlines() if "Kaj Lind" in line)
        assert "open at Bo Lund's since 10.00" in kaj


async def test_what_is_typed_in_two_apps_of_one_login_is_kept_for_each(db: Path) -> None:
    async with driving(db) as drive:
        await meeting(drive)
        await drive.press("a")
        await drive.type("Her")
        await drive.press("ctrl+q")
    async with driving(db) as drive:
        hold(drive, "anne", "anne-login", *there(drive))
        drive.widget("list").go(1)
        await drive.press("enter", "a")
        assert drive.widget("agenda-new").value == ""  # it is being typed over there
        await drive.type("Også")
        await drive.press("ctrl+q")
        drive.sql("DELETE FROM at_hand")
    async with driving(db) as drive:
        drive.widget("list").go(1)
        await drive.press("enter", "a")
        assert drive.widget("agenda-new").value == "Her"
        await drive.press("enter", "enter")
        assert [[topic for topic, _state, _said in one] for one in items(drive)] == [["Branchen", "Her", "Også"]] * 3


async def test_two_that_clash_at_once_are_shown_one_after_the_other(db: Path) -> None:
    async with driving(db) as drive:
        await meeting(drive)
        bo(drive, _remove, KAJ)
        await drive.burst("space", "space")
        for _answer in range(2):
            assert drive.where == "ConflictScreen"
            await drive.press("f2")
        assert (drive.where, states(drive)) == ("GroupScreen", ["done", "-", "done"])
