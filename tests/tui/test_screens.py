"""Four screens at 80x24 in Danish, kept as text in tests/tui/screens; `pytest --rewrite-screens` writes them anew."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from tests.tui.driving import Drive, driving

from jobsamtale_tui import i18n

FOLDER = Path(__file__).parent / "screens"


async def home(drive: Drive) -> None:
    """The day's beginning."""


async def prepare(drive: Drive) -> None:
    await drive.open_session("mette")
    await drive.type("Truckkort")
    await drive.press("enter")


async def scale(drive: Drive) -> None:
    await drive.open_session("ida")
    await drive.press("f4", "s", "7", "enter")
    await drive.type("Sover bedre")
    await drive.press("enter", "5")


async def closing(drive: Drive) -> None:
    await drive.open_session("mette")
    await drive.press("f5")
    for text in ("Ringe til Bilka", "Torsdag", "11/6"):
        await drive.type(text)
        await drive.press("tab" if text != "11/6" else "enter")
    await drive.type("Sende CV")


@pytest.mark.parametrize("screen", [home, prepare, scale, closing], ids=lambda screen: screen.__name__)
async def test_screen(db: Path, request: pytest.FixtureRequest, screen: Callable[[Drive], Awaitable[None]]) -> None:
    i18n.use("da")
    async with driving(db) as drive:
        await screen(drive)
        await drive.until(lambda: "skriver" not in drive.status)
        shown = drive.screen + "\n"
    kept = FOLDER / f"{screen.__name__}.txt"
    if request.config.getoption("--rewrite-screens"):
        kept.write_text(shown, encoding="utf-8")
    assert shown == kept.read_text(encoding="utf-8")
