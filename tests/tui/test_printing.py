"""`P` prints the citizen's page: a file of the user's own, and on to the command that the settings name."""

import stat
from dataclasses import replace
from pathlib import Path

import pypdf
from tests.tui.driving import Drive, driving

from jobsamtale_tui.tui.screens.notes.note import CompleteScreen

CITIZEN = "mette-holm"


def words(page: Path) -> str:
    (sheet,) = pypdf.PdfReader(page).pages
    return " ".join(sheet.extract_text().split())


def script(folder: Path, *lines: str) -> Path:
    path = folder / "printer"
    path.write_text("\n".join(("#!/bin/sh", *lines, "")))
    path.chmod(0o755)
    return path


async def printed(drive: Drive, command: str | None) -> str:
    """Presses P with this `print_command`; what the status line says at the end."""
    drive.app.settings = replace(drive.app.settings, print_command=command)
    await drive.press("P")
    await drive.until(lambda: "being made" not in drive.status)
    return drive.status


async def test_without_a_command_the_file_is_made_and_named(db: Path) -> None:
    async with driving(db, citizen=CITIZEN) as drive:
        said = await printed(drive, None)
        page = drive.app.files / f"{CITIZEN}.pdf"
        assert said.startswith(f"The page is in {page}")
        assert stat.S_IMODE(page.stat().st_mode) == 0o600
        assert "Mette Holm" in words(page)
        assert "150388" not in words(page)
        assert drive.history() == []


async def test_a_command_gets_the_file_without_a_shell_and_takes_its_place(db: Path, tmp_path: Path) -> None:
    lp = script(tmp_path, f'cp "$2" "{tmp_path}/got.pdf"', f'echo "$1" > "{tmp_path}/first"')
    async with driving(db, citizen=CITIZEN, read_only=True) as drive:
        said = await printed(drive, f"'{lp}' '$(id) ; -o sides' {{file}}")
        assert said.startswith("The page was sent to the printer")
        assert not (drive.app.files / f"{CITIZEN}.pdf").exists()
    assert (tmp_path / "first").read_text() == "$(id) ; -o sides\n"
    assert "Mette Holm" in words(tmp_path / "got.pdf")


async def test_a_command_that_fails_says_why_and_the_file_stays(db: Path, tmp_path: Path) -> None:
    lp = script(tmp_path, "echo 'no printer for [red]010190-1234[/]' >&2", "exit 3")
    async with driving(db, citizen=CITIZEN) as drive:
        said = await printed(drive, str(lp))
        assert "did not print: no printer for [red]010190-••••[/]" in said
        assert (drive.app.files / f"{CITIZEN}.pdf").exists()
        said = await printed(drive, str(tmp_path / "gone"))
        assert "gone cannot be run: No such file" in said


async def test_keys_go_on_while_a_slow_command_prints(db: Path, tmp_path: Path) -> None:
    lp = script(tmp_path, f'while [ ! -e "{tmp_path}/go" ]; do sleep 0.02; done')
    async with driving(db, citizen=CITIZEN) as drive:
        drive.app.settings = replace(drive.app.settings, print_command=str(lp))
        await drive.press("P")
        await drive.until((drive.app.files / f"{CITIZEN}.pdf").exists)
        await drive.press("g")
        assert drive.where == "GraphScreen"
        (tmp_path / "go").touch()
        await drive.until(lambda: "sent to the printer" in drive.status)
        assert (await printed(drive, None)).startswith("The page is in")


async def test_with_nothing_to_say_there_is_no_page(db: Path) -> None:
    async with driving(db, citizen="zenia-bx") as drive:
        assert (await printed(drive, None)).startswith("There is nothing to print yet.")
        assert list(drive.app.files.glob("*.pdf")) == []


async def test_the_note_prints_her_page_too_and_not_before_it_is_completed(db: Path) -> None:
    async with driving(db, citizen=CITIZEN) as drive:
        await drive.press("n", "f9")
        await drive.until(lambda: drive.where == "CompleteScreen")
        await drive.press("P")
        assert "once the session is completed" in drive.status
        await drive.until(lambda: drive.showing(CompleteScreen)._shown)
        await drive.press("enter")
        await drive.until(lambda: drive.showing(CompleteScreen).completed)
        assert "print" in drive.keys
        assert "The page is in" in await printed(drive, None)
