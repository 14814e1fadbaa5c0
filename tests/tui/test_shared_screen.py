"""The screen for both: the citizen sees what she may see, answers there, and nothing else stands on it."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.casework import by_index
from tests.tui import caseload
from tests.tui.driving import Drive, driving

from jobsamtale_tui.documents.shared.shared import Page
from jobsamtale_tui.tui.screens.shared.screen import SharedScreen

FOLDER = Path(__file__).parent / "screens"
SECRET = "Hemmeligt"
"""Stands in all that is not for her eyes."""
TODAY: dict[str, Any] = {
    "kind": "session",
    "key": "mette-i-dag",
    "citizen": "mette-holm",
    "caseworker": "anne",
    "held_at": "2026-06-03T08:00:00Z",
    "form": "personal",
    "status": "draft",
    "theme": SECRET,
    "risk": SECRET,
    "preparation": SECRET,
    "frame": SECRET,
    "remarks": SECRET,
    "summary_added": SECRET,
    "participants": [{"role": "mentor", "name": SECRET}],
    "evaluation": {"missing": SECRET},
    "agenda": [
        {"topic": "Truckkort", "by": "citizen", "state": "done", "conclusion": "Kurset begynder i uge 25"},
        {"topic": "Pligt til at søge", "by": "caseworker", "state": "agreed", "required": True},
        {"topic": f"{SECRET} sanktion", "by": "caseworker", "state": "possible"},
        {"topic": f"{SECRET} afvist", "by": "citizen", "state": "dropped"},
    ],
    "scores": [
        {"indicator": "mod", "value": 2, "by": "caseworker", "remark": SECRET},
        {"indicator": "energi", "value": 6, "remark": "Sover bedre"},
    ],
    "steps": [
        {
            "what": "Ringe til skolen 150388-1234",
            "how": "Sammen",
            "when": "2026-06-11",
            "who": "caseworker",
            "status": "open",
            "outcome": SECRET,
        },
        {"what": f"{SECRET} droppet", "who": "citizen", "status": "dropped"},
    ],
    "next": {"at": "2026-06-22T08:00:00Z", "reason": SECRET},
}
MORE: list[dict[str, Any]] = [
    {"kind": "profile", "citizen": "mette-holm", "wishes": ["Lagermedarbejder"], "competences": [SECRET]},
    {
        "kind": "application",
        "key": "ansøgning-1",
        "citizen": "mette-holm",
        "on": "2026-05-20",
        "position": "Lagermedarbejder",
        "employer": "Bilka",
    },
]


def prepared(path: Path, **changes: Any) -> Path:
    """The caseload with an open session of Mette's that is full of what is not for her eyes."""
    records = [one for one in caseload.RECORDS if one["key" if "key" in one else "citizen"] != "mette-i-dag"]
    records = [*json.loads(json.dumps(records)), *MORE, {**TODAY, **changes.pop("session", {})}]
    for one in records:
        if one["kind"] == "citizen" and one["key"] == "mette-holm":
            one.update(changes)
        elif one["kind"] in ("citizen", "caseworker"):
            one["name"] = f"{SECRET} {one['name']}"
        elif one["kind"] == "job_goal":
            one["why"] = SECRET
    return caseload.make(path / "shared.db", records)


@pytest.fixture(scope="session")
def hers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return prepared(tmp_path_factory.mktemp("hers"), language="en")


@pytest.fixture
def open_db(tmp_path: Path, hers: Path) -> Path:
    path = tmp_path / "open.db"
    path.write_bytes(hers.read_bytes())
    path.chmod(0o600)
    return path


@asynccontextmanager
async def shared(path: Path, *keys: str, **how: Any) -> AsyncIterator[Drive]:
    """On the shared screen, from Mette's open session."""
    async with driving(path, **how) as drive:
        await drive.open_session("mette")
        await drive.press(*keys, "ctrl+t")
        assert drive.where == "SharedScreen"
        yield drive


def page_of(drive: Drive) -> Page:
    """The page that she is shown."""
    page = drive.showing(SharedScreen).page
    assert page is not None
    return page


def is_hers(drive: Drive) -> None:
    """Nothing on the screen but what is hers."""
    screen = drive.screen
    for word in (SECRET, "Anne", "Bech", "Mette", "Holm", "24-1107", "mette", "1234", "Ida", "Zenia", "draft", "Bo "):
        assert word.lower() not in screen.lower(), f"{word}\n{screen}"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_every_page_shows_what_is_hers_and_nothing_else(open_db: Path, size: tuple[int, int]) -> None:
    async with shared(open_db, "f4", "s", size=size) as drive:
        seen: dict[str, str] = {}
        last = ""
        while drive.screen != last:
            last = drive.screen
            page = page_of(drive)
            seen[page.indicator.key if page.indicator else page.kind] = last
            is_hers(drive)
            assert all(len(line) <= size[0] for line in last.splitlines())
            for key in ("g", "g", "o", "o"):
                await drive.press(key)
                is_hers(drive)
            await drive.press("down")
        assert [one for one in seen if one not in ("jobtro", "netvaerk")] == [
            *("mod", "energi", "overblik", "agenda", "steps", "goals", "search", "labour", "summary", "brief")
        ]
        assert "How is mod?" in seen["mod"]
        assert "On 6 May 2026 you said 5." in seen["mod"]
        assert "Press the number that suits you best" in seen["mod"]
        assert "Today you say 6." in seen["energi"]
        assert "✓ Truckkort" in seen["agenda"]
        assert "Kurset begynder i uge 25" in seen["agenda"]
        assert "something the law asks us" in seen["agenda"]
        assert "Your caseworker: Ringe til skolen 150388-••••" in seen["steps"]
        assert "You: Ringe til Bilka" in seen["steps"]
        assert "22 June 2026 at 10:00" in seen["steps"]
        assert "This is what you want most" in seen["goals"]
        assert "20.05.2026  Lagermedarbejder, Bilka" in seen["search"]


async def test_her_number_and_remark_land_in_the_session_as_elsewhere(open_db: Path) -> None:
    async with shared(open_db, "f4", "s") as drive:
        await drive.press("7")
        assert "Today you say 7 – På vej." in drive.screen
        await drive.press("left", "enter")
        await drive.type("Nu q går det bedre")
        await drive.press("enter")
        assert "How is energi?" in drive.screen
        await drive.press("home", "end", "backspace")
        found = {(one.indicator, one.by): (one.value, one.remark) for one in drive.session("mette-i-dag").scores}
        assert found == {("mod", "caseworker"): (2, SECRET), ("mod", "citizen"): (6, "Nu q går det bedre")}
        actions = [action for action, _by, login in drive.history() if login == "anne-login"]
        assert actions[-6:] == ["score.set", "score.set", "score.remark", "score.set", "score.set", "score.clear"]
        assert "saved 10:05:00" in drive.screen
        await drive.press("escape")
        assert (drive.where, drive.indicator) == ("phase 3", "mod")
        assert "Nu q går det bedre" in drive.screen


async def test_ten_and_what_lies_outside_the_scale(open_db: Path) -> None:
    async with shared(open_db, "f4", "s") as drive:
        await drive.press("0")
        assert {one.value for one in drive.session("mette-i-dag").scores if one.by == "citizen"} == {10, 6}
        await drive.press("down", "down", "9")
        assert "9 is outside the scale 1 to 5" in drive.status
        assert all(one.indicator != "overblik" for one in drive.session("mette-i-dag").scores)


async def test_the_summary_is_worded_together_and_goes_into_the_note(open_db: Path) -> None:
    async with shared(open_db, "f5") as drive:
        assert page_of(drive).kind == "steps"
        while page_of(drive).kind != "summary":
            await drive.press("tab")
        await drive.press("enter")
        await drive.type("Jeg søger 3 lagre")
        drive.top.keep()
        kept = drive.unfinished("mette-i-dag")
        assert (kept.phase, kept.field, kept.text) == (4, "summary", "Jeg søger 3 lagre")
        await drive.press("escape", "down")
        assert drive.session("mette-i-dag").summary == "Jeg søger 3 lagre"
        assert "»Jeg søger 3 lagre«" in drive.screen
        await drive.press("ctrl+t")
        assert drive.where == "phase 4"
        assert drive.widget("summary").value == "Jeg søger 3 lagre"


async def test_a_step_is_made_together(open_db: Path) -> None:
    async with shared(open_db, "f5") as drive:
        await drive.press("enter")
        for part in ("Køre truck", "Hos Bilka"):
            await drive.type(part)
            await drive.press("tab")
        await drive.type("hver dag")
        drive.top.keep()
        kept = drive.unfinished("mette-i-dag")
        assert (kept.phase, kept.field) == (4, "step-when")
        assert json.loads(kept.text) == ["Køre truck", "Hos Bilka", "hver dag"]
        await drive.press("enter")
        assert "not a day" in drive.status
        assert drive.at == "step-when"
        for _letter in "hver dag":
            await drive.press("backspace")
        await drive.type("12/6")
        await drive.press("enter")
        assert drive.at == "step-what"
        step = drive.session("mette-i-dag").steps[-1]
        assert (step.what, step.how, str(step.when), step.who) == ("Køre truck", "Hos Bilka", "2026-06-12", "citizen")
        await drive.type("Halvt")
        await drive.press("escape")
        assert drive.session("mette-i-dag").steps[-1].what == "Halvt"
        assert "You: Køre truck" in drive.screen
        is_hers(drive)


async def test_what_one_types_in_the_session_shows_at_once(open_db: Path) -> None:
    async with driving(open_db) as drive:
        await drive.open_session("mette")
        await drive.press("f5")
        drive.widget("summary").focus()
        await drive.type("Halvt skrevet")
        await drive.press("ctrl+t")
        assert page_of(drive).kind == "summary"
        assert drive.widget("summary").value == "Halvt skrevet"


async def test_all_else_is_hidden_while_it_stands_and_no_longer(open_db: Path) -> None:
    async with shared(open_db) as drive:
        for key in ("ctrl+p", "ctrl+f", "v", "q", "u", "ctrl+z", "f6", "f9"):
            await drive.press(key)
            assert drive.where == "SharedScreen", key
        assert drive.app.private
        await drive.press("f1")
        assert SECRET not in drive.screen
        await drive.press("escape", "escape")
        assert (drive.where, drive.app.private) == ("phase 1", False)
        assert "Mette Holm" in drive.screen
        await drive.press("f12", "ctrl+t")
        assert "Truckkort" in drive.screen
        await drive.press("ctrl+t")
        assert (drive.where, drive.app.private) == ("phase 1", True)
        assert "Mette" not in drive.screen
        await drive.press("ctrl+t", "ctrl+q")
        assert drive.app._exit


async def test_what_is_hers_can_be_hidden_too_and_stays_so(open_db: Path) -> None:
    async with shared(open_db) as drive:
        await drive.press("f12")
        assert "Truckkort" not in drive.screen
        assert "F12 shows it" in drive.status
        await drive.press("escape")
        assert drive.app.private


async def test_our_words_are_in_her_language_whatever_that_of_the_app(tmp_path: Path) -> None:
    async with shared(prepared(tmp_path), "f4", "s") as drive:  # the app is in English, she is not
        await drive.press("5")
        assert "Hvordan står det til med mod?" in drive.screen
        assert "6. maj 2026" in drive.screen
        assert "gemt 10:05:00" in drive.screen
        await drive.press("escape")
        assert "saved 10:05:00" in drive.screen


async def test_by_phone_it_is_read_aloud_and_the_message_is_copied(tmp_path: Path) -> None:
    path = prepared(tmp_path, language="en", session={"form": "remote"})
    async with shared(path, "f4", "s") as drive:
        assert "Say a number from 1 to 10." in drive.screen
        assert "7 means: Mod på trin 7." in drive.screen
        await drive.press("7")
        assert "► 7 means: Mod på trin 7." in drive.screen
        await drive.press("shift+tab")
        assert page_of(drive).kind == "brief"
        await drive.press("ctrl+y")
        copied = (drive.app.files / "kopi.txt").read_text(encoding="utf-8")
        assert copied == (
            "Our conversation on 3 June 2026\n\n"
            "What we talked about:\n- Truckkort: Kurset begynder i uge 25\n- Pligt til at søge\n\n"
            "What we have agreed:\n- Your caseworker: Ringe til skolen 150388-••••. How: Sammen. When: 11 June 2026\n\n"
            "We talk again on 22 June 2026 at 10:00.\n"
        )
        assert "kopi.txt" in drive.status


@pytest.mark.parametrize("way", ["citizen", "graph", "read-only"])
async def test_without_the_open_session_behind_it_there_is_only_to_look(open_db: Path, way: str) -> None:
    async with driving(open_db, citizen="mette-holm", read_only=way == "read-only") as drive:
        await drive.press(*(("g",) if way == "graph" else ()), "ctrl+t")
        assert drive.where == "SharedScreen"
        is_hers(drive)
        assert ("Your line: Mod" in drive.screen) == (way == "graph")
        await drive.press("7", "enter", "right")
        assert drive.at == "page"
        assert {one.value for one in drive.session("mette-i-dag").scores} == {2, 6}
        assert way == "read-only" or "only to look at" in drive.status
        await drive.press("escape")
        assert drive.where == ("GraphScreen" if way == "graph" else "CitizenScreen")


async def test_a_completed_session_is_looked_at(open_db: Path) -> None:
    async with driving(open_db) as drive:
        await drive.open_session("mette")
        await drive.press("f9", "enter", "ctrl+t")
        assert page_of(drive).kind == "brief"
        is_hers(drive)
        await drive.press("tab")
        assert "On 3 June 2026 you said 6." in (await _down(drive)).screen
        await drive.press("3")
        assert {one.value for one in drive.session("mette-i-dag").scores} == {2, 6}


async def _down(drive: Drive) -> Drive:
    await drive.press("down")
    return drive


async def test_who_else_changed_it_is_not_said_before_her_eyes(open_db: Path) -> None:

    async with shared(open_db, "f4", "s") as drive:
        drive.other(lambda place: by_index.set_score(place, "mod", "citizen", 3), "mette-i-dag")
        await drive.press("8")
        await drive.until(lambda: drive.where == "ConflictScreen")
        assert SECRET not in drive.screen
        assert "bo" not in drive.screen.split()
        await drive.press("f3")
        await drive.until(lambda: drive.where == "SharedScreen")
        assert {one.value for one in drive.session("mette-i-dag").scores if one.by == "citizen"} == {8, 6}
        is_hers(drive)


async def test_the_screen_as_it_stands(open_db: Path, request: pytest.FixtureRequest) -> None:
    async with shared(open_db, "f4", "s") as drive:
        await drive.press("7")
        shown = drive.screen + "\n"
    kept = FOLDER / "shared.txt"
    if request.config.getoption("--rewrite-screens"):
        kept.write_text(shown, encoding="utf-8")
    assert shown == kept.read_text(encoding="utf-8")
