"""Notes in the app: searched, read as a course, corrected, read through before completing, steps copied."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from tests.tui.caseload import RECORDS, make
from tests.tui.driving import Drive, driving

from jobsamtale_tui.store.sqlite.database import Database
from jobsamtale_tui.tui.screens.notes.note import NoteScreen
from jobsamtale_tui.tui.widgets.page import Page, wrapped


def note(key: str, held_at: str, text: str, **more: Any) -> dict[str, Any]:
    return {
        "kind": "session",
        "key": key,
        "citizen": "mette-holm",
        "caseworker": "anne",
        "held_at": held_at,
        "status": "completed",
        "note": {"text": text, "template": "hus", "version": 1, "at": held_at},
        **more,
    }


FILLER = "\n".join(f"Linje {number} om ingenting." for number in range(60))


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    return make(
        tmp_path / "notes.db",
        [
            *RECORDS,
            note("n-1", "2026-02-02T08:00:00Z", f"Samtale\n=======\n{FILLER}\nHun vil ned ad åhavnen.", theme="Fisk"),
            note("n-2", "2026-03-02T08:00:00Z", f"Samtale\n=======\nSygedagpenge.\n{FILLER}\nHavnen igen [red]x[/]."),
        ],
    )


def rows(drive: Drive) -> list[str]:
    return ["".join(text for text, _look in line.cells) for line in drive.widget("list").lines]


async def search(drive: Drive, text: str) -> None:
    await drive.press("ctrl+f")
    await drive.type(text)
    await drive.until(lambda: drive.widget("list").lines or "0 notes" in drive.status)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_search_finds_as_one_types_newest_first_and_opens_with_the_hit_in_view(
    notes: Path, size: tuple[int, int]
) -> None:
    async with driving(notes, size=size) as drive:
        await search(drive, "havnen")
        assert [line[:10] for line in rows(drive)] == ["02.03.2026", "02.02.2026"]
        assert "Mette Holm" in drive.screen
        (hit, *_more) = [text for text, look in drive.widget("list").lines[0].cells if look == "strong"]
        assert hit == "Havnen"
        assert "2 notes" in drive.status
        await drive.press("enter")
        assert drive.where == "NoteScreen"
        assert "Havnen igen [red]x[/]." in drive.screen
        assert "Linje 0 " not in drive.screen
        await drive.press("escape")
        assert drive.where == "SearchScreen"


async def test_search_from_a_text_field_keeps_what_stands_in_it(notes: Path) -> None:
    async with driving(notes) as drive:
        await drive.open_session("ida")
        await drive.press("f3")
        await drive.type("Halvt skrevet")
        session = drive.key
        await search(drive, "vinterbadning")
        assert "No note has that" in drive.screen
        assert "Halvt skrevet" in str(drive.unfinished(session)) + str(drive.session(session))
        await drive.press("escape")
        assert drive.key == session


async def test_the_course_is_one_text_with_drafts_marked_and_can_be_turned(notes: Path) -> None:
    async with driving(notes, citizen="mette-holm") as drive:
        await drive.press("l")
        assert drive.where == "CourseScreen"
        page = drive.app.screen.query_one(Page)
        headings = [line for line, look in page.paragraphs if line.startswith("──")]
        assert headings == [
            "── 06.05.2026 10.00 · Lager eller butik ──",
            "── 02.03.2026 09.00 ──",
            "── 02.02.2026 09.00 · Fisk ──",
        ]
        assert "=======" not in page.text
        await drive.press("o")
        assert next(line for line, _look in page.paragraphs if line.startswith("──")) == headings[-1]
        assert "The oldest note stands first" in drive.status


async def test_a_draft_in_the_course_is_written_and_said_to_be_one(notes: Path) -> None:
    async with driving(notes, citizen="ida-sø") as drive:
        await drive.press("l")
        page = drive.app.screen.query_one(Page)
        assert "DRAFT, the session is not completed" in page.paragraphs[0][0]
        await drive.until(lambda: "Jeg vil gerne have ro" in page.text)


async def test_an_empty_course_says_so(notes: Path) -> None:
    async with driving(notes, citizen="ærlig-bx") as drive:
        await drive.press("l")
        assert "There is no note yet" in drive.screen


async def test_finding_in_a_text_goes_on_and_back_and_begins_again(notes: Path) -> None:
    async with driving(notes, citizen="mette-holm") as drive:
        await drive.press("l", "/")
        await drive.type("havnen")
        page = drive.app.screen.query_one(Page)
        assert len(page.hits) == 2
        assert "Havnen igen" in drive.screen
        await drive.press("enter")
        assert "/havnen – 1 of 2" in drive.status
        await drive.press("n")
        assert "2 of 2" in drive.status
        assert "åhavnen" in drive.screen
        await drive.press("n")
        assert "1 of 2 – begun again" in drive.status
        await drive.press("N")
        assert "2 of 2 – begun again" in drive.status
        await drive.press("/")
        await drive.type("xyz")
        assert "that does not stand here" in drive.status
        await drive.press("enter")
        assert "»xyz« does not stand here" in drive.status
        await drive.press("n")
        assert "Press / first" in drive.status
        await drive.press("/")
        await drive.type("linje 59")
        await drive.press("escape")
        assert page.hits == []
        await drive.press("escape")
        assert drive.where == "CitizenScreen"


async def test_two_hundred_notes_open_without_a_pause(tmp_path: Path) -> None:
    from time import thread_time  # what others have of the machine meanwhile is no pause of ours

    many = [
        note(f"m-{number:03}", f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}T08:00:00Z", f"Note {number}\n{FILLER}")
        for number in range(200)
    ]
    path = make(tmp_path / "many.db", [*RECORDS, *many])
    async with driving(path, citizen="mette-holm") as drive:
        begun = thread_time()
        await drive.press("l")
        assert thread_time() - begun < 2
        assert len(drive.app.screen.query_one(Page).paragraphs) > 12_000
        await drive.press("G")
        assert "Linje 59" in drive.screen


async def test_a_correction_is_added_and_stands_with_the_note(notes: Path) -> None:
    async with driving(notes, citizen="mette-holm") as drive:
        await drive.app.push_screen(NoteScreen("n-1"))
        await drive.settle()
        await drive.press("r")
        await drive.type("Forkert sted")
        await drive.press("enter")
        await drive.type("Det var [b]Bilka[/b].")
        await drive.press("f10")
        await drive.until(lambda: drive.where == "NoteScreen")
        text = drive.app.screen.query_one(Page).text
        for said in ("Rettelser", "Anne Bech", "Begrundelse: Forkert sted", "Rettelse: Det var [b]Bilka[/b]."):
            assert said in text
        await drive.until(lambda: "Rettelse: Det var [b]Bilka[/b]." in drive.screen)
        assert "corrected, see the end" in drive.screen
        assert drive.sql("SELECT by, reason FROM amendment WHERE session = 'n-1'") == [("anne", "Forkert sted")]
        assert drive.history()[-1][0] == "amendment.add"


async def test_a_correction_that_is_not_finished_is_never_lost_and_never_added_by_leaving(notes: Path) -> None:
    async with driving(notes, citizen="mette-holm") as drive:
        await drive.app.push_screen(NoteScreen("n-1"))
        await drive.settle()
        await drive.press("r")
        await drive.type("Dato")
        await drive.press("f10")
        assert "has to be filled" in drive.screen
        await drive.type("Den tredje")
        await drive.press("escape")
        assert drive.where == "NoteScreen"
        assert drive.sql("SELECT count(*) FROM amendment WHERE session = 'n-1'") == [(0,)]
        await drive.press("r")
        assert "Den tredje" in drive.screen
        await drive.press("tab")
        await drive.type("X")
        drive.app.hang_up()
    async with driving(notes, citizen="mette-holm") as drive:
        ((typed,),) = drive.sql("SELECT typed FROM unfinished_form WHERE form = 'amend n-1'")
        assert json.loads(typed)["reason"] == "Dato"
        assert "X" in json.loads(typed)["text"]


async def test_a_correction_bears_a_name(notes: Path) -> None:
    async with driving(notes, user=None) as drive:
        await drive.app.push_screen(NoteScreen("n-1"))
        await drive.settle()
        await drive.press("r")
        await drive.type("Dato")
        await drive.press("enter")
        await drive.type("Den tredje")
        await drive.press("f10")
        await drive.until(lambda: "bears the name" in drive.screen)
        assert drive.where == "AmendScreen"


async def test_what_could_be_plainer_stands_above_the_note_and_hinders_nothing(notes: Path) -> None:
    async with driving(notes, size=(100, 60)) as drive:
        await drive.open_session("ida")
        drive.sql("UPDATE session SET remarks = 'Vedrørende [b]Kirstens[/b] depression' WHERE key = 'ida-åben'")
        await drive.press("f9")
        await drive.until(lambda: "Read it through" in drive.screen)
        for said in ("»depression«, remarks", "»Kirstens«", "»Vedrørende«"):
            assert said in drive.screen
        await drive.press("enter")
        await drive.until(lambda: drive.session("ida-åben").status == "completed")


@pytest.mark.parametrize("on_note", [False, True])
async def test_open_steps_are_copied_and_written_to_a_file_of_ones_own(notes: Path, on_note: bool) -> None:
    async with driving(notes, citizen="mette-holm", size=(160, 40)) as drive:
        if on_note:
            await drive.app.push_screen(NoteScreen("n-1"))
            await drive.settle()
        await drive.press("y")
        expected = (
            "Min Plan: næste skridt, 03.06.2026\n- Ringe til Bilka. Hvordan: Torsdag formiddag. Hvornår: 20.05.2026."
        )
        assert drive.app.clipboard == expected
        (path,) = drive.app.files.iterdir()
        assert path.read_text(encoding="utf-8") == f"{expected}\n"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert f"~/{path.relative_to(Path.home())}" in drive.status


async def test_without_open_steps_nothing_is_copied(notes: Path) -> None:
    async with driving(notes, citizen="ida-sø") as drive:
        await drive.press("y")
        assert "There are no open steps to copy" in drive.status


async def test_read_only_reads_and_searches_and_corrects_nothing(notes: Path) -> None:
    async with driving(notes, read_only=True) as drive:
        await search(drive, "sygedag")
        await drive.press("enter")
        assert drive.where == "NoteScreen"
        await drive.press("r")
        assert drive.where == "NoteScreen"
    assert Database(notes).revision()


@pytest.mark.parametrize("width", [20, 33, 76])
def test_lines_are_broken_at_spaces_and_nothing_is_lost(width: int) -> None:
    text = "- " + "Hun søger på lageret, i butikken og på havnen. " * 6 + "x" * 90
    found = wrapped(0, text, width)
    assert all(end - start + inset <= width for _number, start, end, inset in found)
    joined = "".join(text[start:end] for _number, start, end, _inset in found)
    assert joined.replace(" ", "") == text.replace(" ", "")
    assert {inset for _number, _start, _end, inset in found[1:]} == {2}
