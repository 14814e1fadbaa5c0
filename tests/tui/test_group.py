"""A group session from home to the notes, by the keys."""

from pathlib import Path
from typing import Any

from tests.tui.driving import Drive, driving

from jobsamtale_tui.tui.screens.session.screen import SessionScreen

CITIZENS = {"mette-holm": "Mette Holm", "kaj-lind": "Kaj Lind", "ida-sø": "Ida Sø"}


async def choose(drive: Drive, *names: str) -> None:
    for name in names:
        await drive.type(name)
        await drive.press("enter")


async def make(drive: Drive, *topics: str) -> None:
    """`m`: a group session with Mette, Kaj and Ida."""
    await drive.press("m", *["enter"] * 4)
    assert drive.at == "find"
    await choose(drive, "mette", "kaj", "ida")
    await drive.press("tab")
    for topic in topics:
        await drive.type(topic)
        await drive.press("enter")
    await drive.press("f10")
    assert drive.where == "GroupScreen"


def sessions(drive: Drive) -> dict[str, Any]:
    rows = drive.sql("SELECT key, citizen FROM session WHERE group_ IS NOT NULL")
    return {citizen: drive.session(key) for key, citizen in rows}


async def test_m_makes_a_session_for_each_with_the_common_agenda(db: Path) -> None:
    async with driving(db) as drive:
        await make(drive, "Branchen", "Truckkort")
        made = sessions(drive)
        assert set(made) == set(CITIZENS)
        assert len({one.group for one in made.values()}) == 1
        for one in made.values():
            assert (one.status, one.form, [item.state for item in one.agenda]) == ("draft", "group", ["agreed"] * 2)
        assert "3 citizens" in drive.screen.splitlines()[0]
        for name in CITIZENS.values():
            assert name in drive.screen
        assert "missing: agenda (2), steps" in drive.screen


async def test_a_meeting_without_anybody_says_what_is_missing(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("m", "f10")
        assert (drive.where, drive.at) == ("GroupNewScreen", "find")
        assert "A meeting needs a citizen" in drive.status
        assert drive.history() == []


async def test_citizens_and_items_are_taken_out_again(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("m", *["enter"] * 4)
        await choose(drive, "mette", "kaj")
        await drive.press("down")
        assert drive.at == "chosen"
        await drive.press("delete", "tab")
        await drive.type("Branchen")
        await drive.press("enter", "up", "backspace", "f10")
        made = sessions(drive)
        assert set(made) == {"kaj-lind"}
        assert made["kaj-lind"].agenda == ()


async def test_what_is_typed_and_not_made_stands_there_again(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("m", "right", *["enter"] * 4)
        await choose(drive, "mette")
        await drive.press("tab")
        await drive.type("Branchen")
        await drive.press("enter")
        await drive.type("Uskrevet")
        await drive.press("ctrl+q")
    async with driving(db) as drive:
        await drive.press("m")
        assert [one.key for one in drive.widget("picker").chosen] == ["mette-holm"]
        assert "● Branchen" in drive.screen
        assert "● industry meeting" in drive.screen
        assert drive.widget("topic").value == "Uskrevet"
        await drive.press("f10")
        assert sessions(drive)["mette-holm"].form == "industry"
        assert [item.topic for item in sessions(drive)["mette-holm"].agenda] == ["Branchen", "Uskrevet"]
        await drive.press("escape", "m")
        assert drive.widget("picker").chosen == []


async def test_at_home_a_meeting_is_one_row_that_opens_it(db: Path) -> None:
    async with driving(db) as drive:
        await make(drive, "Branchen")
        await drive.press("escape")
        assert drive.where == "HomeScreen"
        rows = [line for line in drive.screen.splitlines() if "Group session, 3 citizens" in line]
        assert len(rows) == 1
        drafts = drive.screen[drive.screen.index("Open drafts") : drive.screen.index("Earlier")]
        assert "Mette" not in drafts
        drive.widget("list").go(1)
        assert "Group session" in drive.row
        await drive.press("x")
        assert "Put the cursor on a session first" in drive.status
        await drive.press("enter")
        assert drive.where == "GroupScreen"


async def test_common_changes_are_made_in_every_open_session(db: Path) -> None:
    async with driving(db) as drive:
        await make(drive, "Branchen")
        await drive.press("a")
        await drive.type("Truckkort")
        await drive.press("enter", "escape")
        assert drive.at == "agenda"
        drive.widget("agenda").go(0)
        await drive.press("space")
        assert "Truckkort" in drive.row  # on to the next
        await drive.press("enter")
        await drive.type("Kommunen betaler")
        await drive.press("enter")
        for one in sessions(drive).values():
            assert [(item.topic, item.state, item.conclusion) for item in one.agenda] == [
                ("Branchen", "done", None),
                ("Truckkort", "agreed", "Kommunen betaler"),
            ]
        assert "✓ Branchen" in drive.screen
        assert "● Truckkort: Kommunen betaler" in drive.screen
        actions = [action for action, _by, _login in drive.history()]
        assert actions == [
            *["session.start"] * 3,
            *["agenda.add"] * 3,
            *["agenda.done"] * 3,
            *["agenda.conclude"] * 3,
        ]


async def test_keys_in_a_burst_keep_their_order(db: Path) -> None:
    async with driving(db) as drive:
        await make(drive, "Et", "To", "Tre")
        await drive.press("tab")
        await drive.burst("space", "space", "space")
        for one in sessions(drive).values():
            assert {item.state for item in one.agenda} == {"done"}


async def test_escape_on_the_new_line_adds_and_the_conclusion_is_kept(db: Path) -> None:
    async with driving(db) as drive:
        await make(drive)
        await drive.press("tab")
        assert drive.at == "agenda-new"
        await drive.type("Branchen")
        await drive.press("escape")
        assert (drive.where, drive.at) == ("GroupScreen", "agenda")
        await drive.press("enter")
        await drive.type("Tre job")
        await drive.press("escape")
        assert (drive.where, drive.at) == ("GroupScreen", "agenda")
        assert {one.agenda[0].conclusion for one in sessions(drive).values()} == {"Tre job"}


async def test_half_a_line_outlives_the_app(db: Path) -> None:
    async with driving(db) as drive:
        await make(drive, "Branchen")
        await drive.press("tab", "enter")
        await drive.type("Halv")
        await drive.press("ctrl+q")
    async with driving(db) as drive:
        drive.widget("list").go(1)
        await drive.press("enter")
        assert (drive.at, drive.widget("entry").value) == ("entry", "Halv")


async def test_enter_opens_the_one_citizens_session_and_what_is_done_there_shows(db: Path) -> None:
    async with driving(db) as drive:
        await make(drive, "Branchen")
        assert "Ida Sø" in drive.row
        await drive.press("enter")
        assert drive.where == "phase 1"
        assert drive.showing(SessionScreen).citizen.key == "ida-sø"
        await drive.press("f5")
        await drive.type("Ringe")
        await drive.press("enter", "escape", "escape")
        while drive.where != "GroupScreen":
            await drive.press("escape")
        ida = next(line for line in drive.screen.splitlines() if "Ida Sø" in line)
        assert "steps" not in ida
        assert "agenda (1)" in ida
        await drive.press("tab", "space")
        ida = next(line for line in drive.screen.splitlines() if "Ida Sø" in line)
        assert "ready" in ida


async def test_one_who_did_not_come_is_left_out(db: Path) -> None:
    async with driving(db) as drive:
        await make(drive, "Branchen")
        await drive.press("w")
        assert sessions(drive)["ida-sø"].status == "no_show"
        await drive.press("tab", "space")
        assert {citizen: one.agenda[0].state for citizen, one in sessions(drive).items()} == {
            "ida-sø": "agreed",
            "kaj-lind": "done",
            "mette-holm": "done",
        }


async def test_more_come_along_later_and_nobody_twice(db: Path) -> None:
    async with driving(db) as drive:
        await make(drive, "Branchen")
        await drive.press("+")
        await drive.type("mette")
        assert "Nobody is found by that" in drive.screen
        await drive.press("ctrl+u")
        await choose(drive, "zenia")
        await drive.press("f10")
        assert drive.where == "GroupScreen"
        assert "4 citizens" in drive.screen
        assert [item.topic for item in sessions(drive)["zenia-bx"].agenda] == ["Branchen"]


async def test_who_is_chosen_to_come_along_is_chosen_still_after_a_kill(db: Path) -> None:
    async with driving(db) as drive:
        await make(drive, "Branchen")
        await drive.press("+")
        await choose(drive, "zenia")
        kept = "SELECT typed FROM unfinished_form"
        await drive.until(lambda: any("zenia-bx" in typed for (typed,) in drive.sql(kept)))
        drive.app.pop_screen()
        await drive.settle()
        await drive.press("+")
        assert "stands here again" in drive.status
        await drive.press("f10")
        await drive.until(lambda: "zenia-bx" in sessions(drive))
        assert drive.sql(kept) == []


async def test_a_meeting_ahead_is_planned_and_begins_by_n(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("m", "enter", "enter", "end", *["backspace"] * 16)
        await drive.type("5/6 9")
        await drive.press("enter", "enter")
        await choose(drive, "mette", "kaj")
        await drive.press("f10")
        assert {one.status for one in sessions(drive).values()} == {"planned"}
        await drive.press("escape")
        later = drive.screen[drive.screen.index("Later this week") :]
        assert "Fri 05.06. 09.00" in later
        assert "Group session, 2 citizens" in later
        drive.widget("list").go(
            next(at for at, one in enumerate(drive.widget("list").lines) if (one.key or "x").startswith("\n"))
        )
        await drive.press("n", "n")
        assert {one.status for one in sessions(drive).values()} == {"draft"}


async def test_each_gets_a_note_with_no_others_name(db: Path) -> None:
    async with driving(db) as drive:
        await make(drive, "Branchen")
        for _citizen in CITIZENS:
            await drive.press("enter", "f5")
            await drive.type("Ringe")
            await drive.press("enter", "escape", "escape")
            while drive.where != "GroupScreen":
                await drive.press("escape")
            await drive.press("j")
        await drive.press("tab", "space", "c")
        assert drive.where == "GroupCompleteScreen"
        assert "Enter completes and locks 3 sessions" in drive.status
        assert "names" not in drive.screen
        await drive.press("enter")
        assert drive.where == "GroupScreen"
        assert "3 notes are written" in drive.status
        for citizen, one in sessions(drive).items():
            assert one.status == "completed"
            assert {name for name in CITIZENS.values() if name in one.note.text} == {CITIZENS[citizen]}
            assert "Gruppesamtale" in one.note.text or "gruppesamtale" in one.note.text


async def test_a_name_in_the_common_agenda_is_said_before_completing_and_stays(db: Path) -> None:
    async with driving(db, size=(120, 40)) as drive:
        await make(drive, "Ida Søs idé")
        await drive.press("tab", "space", "c")
        assert "The note on Kaj Lind names Ida Sø" in drive.screen
        assert "The note on Mette Holm names Ida Sø" in drive.screen
        assert "The note on Ida Sø names" not in drive.screen
        await drive.press("escape")
        assert {one.agenda[0].topic for one in sessions(drive).values()} == {"Ida Søs idé"}
        await drive.press("shift+tab")
        drive.widget("citizens").focus()
        await drive.press("j", "enter", "f9")
        assert "Another's name stands in the note: Ida Sø" in drive.screen


async def test_only_those_who_are_marked_are_completed(db: Path) -> None:
    async with driving(db) as drive:
        await make(drive, "Branchen")
        await drive.press("f9")
        assert "0 sessions" in drive.status
        await drive.press("enter")
        assert "Nobody is marked" in drive.status
        await drive.press("j", "space", "enter")
        assert {citizen: one.status for citizen, one in sessions(drive).items()} == {
            "ida-sø": "draft",
            "kaj-lind": "completed",
            "mette-holm": "draft",
        }
        assert "1 note is written" in drive.status


async def test_letters_into_the_lines_do_nothing_else(db: Path) -> None:
    async with driving(db) as drive:
        await make(drive, "Branchen")
        await drive.press("a")
        await drive.type("xwtocan+")
        assert drive.widget("agenda-new").value == "xwtocan+"
        assert {one.status for one in sessions(drive).values()} == {"draft"}


async def test_markup_in_names_and_topics_is_text(db: Path) -> None:
    async with driving(db) as drive:
        await make(drive, "[b]Fed[/b]")
        await drive.press("tab", "enter")
        assert "● [b]Fed[/b]" in drive.screen
        assert "Conclusion for all: [b]Fed[/b]" in drive.screen
