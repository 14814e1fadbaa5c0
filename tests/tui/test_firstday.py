"""The first run asks who one is, and remembers the answer for the login."""

import os
from pathlib import Path

import pytest
from tests.tui.driving import Drive, driving

from jobsamtale_tui import settings
from jobsamtale_tui.cli.support.context import CommandContext
from jobsamtale_tui.errors import NotFoundError
from jobsamtale_tui.store.sqlite.database import Database


def remembered() -> str:
    path = settings.config_path()
    return path.read_text(encoding="utf-8") if path.exists() else ""


async def do(drive: Drive, command: str) -> None:
    """Finds a command in the palette by its name."""
    await drive.press("ctrl+p")
    await drive.type(command)
    await drive.press("enter")


async def test_who_one_is_is_asked_once_remembered_and_used_at_once(db: Path) -> None:
    async with driving(db, user=None, remember=True) as drive:
        assert drive.where == "WhoScreen"
        assert drive.at == "who"
        assert "Anne Bech" in drive.screen
        assert "Afsnit Nord" in drive.screen
        await drive.press("down")
        assert "Bo Lund" in drive.row
        await drive.press("enter")
        assert drive.where == "HomeScreen"
        assert "Bo Lund" in drive.screen.splitlines()[0]
        assert "Borger hos Bo" in drive.screen
        assert "Mette Holm" not in drive.screen
        await drive.open_session("ærenlund")
        assert drive.sql("SELECT by FROM history ORDER BY id DESC LIMIT 1") == [("bo",)]
    assert settings.load().user == "bo"


async def test_the_file_is_ones_own_and_else_as_it_was(db: Path) -> None:
    path = settings.config_path()
    path.parent.mkdir(parents=True)
    path.write_text('# mine\ntheme = "dark" # at night\n\n[keys]\nhelp = "f1"\n', encoding="utf-8")
    async with driving(db, user=None, remember=True) as drive:
        await drive.press("enter")
    text = remembered()
    for line in ("# mine", 'theme = "dark" # at night', "[keys]", 'help = "f1"', 'user = "anne"'):
        assert line in text.splitlines()
    loaded = settings.load()
    assert (loaded.user, loaded.theme, dict(loaded.keys)) == ("anne", "dark", {"help": "f1"})
    assert path.stat().st_mode & 0o777 == 0o600


async def test_a_folder_that_is_made_is_ones_own(db: Path) -> None:
    os.umask(0o022)
    async with driving(db, user=None, remember=True) as drive:
        await drive.press("enter")
    assert settings.config_path().parent.stat().st_mode & 0o777 == 0o700


async def test_a_file_that_cannot_be_written_is_said_and_the_choice_counts(db: Path) -> None:
    path = settings.config_path()
    path.mkdir(parents=True)
    async with driving(db, user=None, remember=True) as drive:
        await drive.press("enter")
        await drive.until(lambda: "For this time only" in drive.status)
        assert "Anne Bech" in drive.screen.splitlines()[0]


async def test_it_can_be_left_open_and_everybodys_sessions_show(db: Path) -> None:
    async with driving(db, user=None, remember=True) as drive:
        await drive.press("escape")
        assert drive.where == "HomeScreen"
        assert "Borger hos Bo" in drive.screen
        assert "Mette Holm" in drive.screen
    assert remembered() == ""


@pytest.mark.parametrize(
    ("user", "remember", "read_only"),
    [("anne", True, False), (None, False, False), (None, True, True)],
    ids=["named", "demo", "read-only"],
)
async def test_it_is_not_asked(db: Path, user: str | None, remember: bool, read_only: bool) -> None:
    async with driving(db, user=user, remember=remember, read_only=read_only) as drive:
        assert drive.where == "HomeScreen"


async def test_an_empty_database_offers_to_make_a_caseworker_with_a_key_from_the_name(empty: Path) -> None:
    async with driving(empty, user=None, remember=True) as drive:
        assert "new caseworker" in drive.row
        await drive.press("enter")
        await drive.type("Åse Bæk")
        assert drive.widget("form-key").value == "åse-bæk"
        await drive.press("f10")
        assert drive.where == "HomeScreen"
        assert "Åse Bæk" in drive.screen.splitlines()[0]
        assert drive.sql("SELECT key, name, unit, role FROM caseworker") == [("åse-bæk", "Åse Bæk", None, "caseworker")]
    assert settings.load().user == "åse-bæk"


async def test_leaving_the_form_for_a_caseworker_goes_back_to_the_question(db: Path) -> None:
    async with driving(db, user=None, remember=True) as drive:
        await drive.press("end", "enter", "escape")
        assert drive.where == "WhoScreen"


async def test_it_can_be_changed_from_the_palette(db: Path) -> None:
    async with driving(db, remember=True) as drive:
        await do(drive, "Say who you are")
        assert drive.where == "WhoScreen"
        assert "Anne Bech" in drive.row
        await drive.press("down", "enter")
        assert "Bo Lund" in drive.screen.splitlines()[0]
    assert settings.load().user == "bo"


async def test_the_cursor_stands_on_the_one_with_the_login_name(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "bo")
    async with driving(db, user=None, remember=True) as drive:
        assert "Bo Lund" in drive.row


async def test_the_demo_remembers_nobody(db: Path) -> None:
    async with driving(db, remember=False) as drive:
        await do(drive, "Say who you are")
        await drive.press("down", "enter")
        assert "Bo Lund" in drive.screen.splitlines()[0]
    assert remembered() == ""


async def test_a_unit_is_made_from_the_palette(db: Path) -> None:
    async with driving(db) as drive:
        await do(drive, "Make a unit")
        await drive.type("Afsnit Syd")
        await drive.press("enter", "enter")
        await drive.type("Vejle")
        await drive.press("enter")
        assert drive.where == "HomeScreen"
        assert drive.sql("SELECT name, municipality FROM unit WHERE key = 'afsnit-syd'") == [("Afsnit Syd", "Vejle")]


def test_who_was_remembered_from_another_database_is_nobody_in_this_one(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = settings.config_path()
    path.parent.mkdir(parents=True)
    path.write_text('user = "anne"\n', encoding="utf-8")
    here = CommandContext({"db": str(empty)})
    here.check_user(Database(empty))
    assert here.settings.user is None
    with pytest.raises(NotFoundError):
        CommandContext({"db": str(empty), "user": "anne"}).check_user(Database(empty))
    monkeypatch.setenv("JOBSAMTALE_USER", "anne")
    with pytest.raises(NotFoundError):
        CommandContext({"db": str(empty)}).check_user(Database(empty))
