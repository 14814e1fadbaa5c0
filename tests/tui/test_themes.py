"""Colours: every theme is legible, few colours and none are too, and nothing is told by colour alone."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from rich.color import Color as RichColor
from rich.color import ColorSystem
from rich.color_triplet import ColorTriplet
from rich.style import Style
from tests.tui.driving import Drive, driving
from textual.theme import BUILTIN_THEMES

from jobsamtale_tui import settings
from jobsamtale_tui.errors import UsageError
from jobsamtale_tui.settings import THEMES
from jobsamtale_tui.tui.look.themes import OWN

AA = 4.5
"""WCAG 2.2, 1.4.3: the contrast of text; 1.4.11 asks 3 of what is drawn."""


@pytest.fixture
def truecolor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")


def luminance(colour: ColorTriplet) -> float:
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: ColorTriplet, other: ColorTriplet) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def styles(drive: Drive) -> Iterator[tuple[str, Style]]:
    """Every piece of text on the screen with the colours it has there."""
    drive.app.screen._on_timer_update()
    for strip in drive.app.screen._compositor.render_strips():
        for segment in strip:
            if segment.text.strip() and segment.style is not None:
                yield segment.text, segment.style


def shown(style: Style, system: ColorSystem) -> tuple[ColorTriplet, ColorTriplet]:
    """Foreground and background as a terminal with those colours shows them."""

    def rounded(colour: RichColor | None) -> ColorTriplet:
        assert colour is not None
        return colour.downgrade(system).get_truecolor()

    ground, text = rounded(style.bgcolor), rounded(style.color)
    return (text, ground) if not style.reverse else (ground, text)


async def walk(drive: Drive) -> AsyncIterator[str]:
    """Home, citizen, the phases with something in them, the form, the note, help and palette."""
    yield "home"
    await drive.press("/")
    yield "empty search"
    await drive.type("mette")
    yield "search"
    await drive.press("enter")
    yield "citizen"
    await drive.press("n")
    await drive.type("Lager")
    await drive.press("enter")
    yield "preparation"
    await drive.press("f3", "tab", "up", "space")
    yield "opening"
    await drive.press("f4", "space")
    await drive.press("s", "7", "enter")
    await drive.type("Sover godt")
    await drive.press("enter")
    yield "scale"
    await drive.press("4", "9")
    yield "scores"
    await drive.press("f5")
    await drive.type("Ringe")
    await drive.press("enter", "x", "tab", "tab", "x", "enter")
    yield "closing, a warning"
    await drive.press("backspace", "enter", "f9")
    yield "note"
    await drive.press("escape", "escape", "v")
    yield "jump"
    await drive.press("escape", "?")
    yield "help"
    await drive.press("escape", "ctrl+p")
    yield "palette"


@pytest.mark.parametrize(("name", "size"), [("dark", (80, 24)), ("light", (120, 40)), ("contrast", (80, 24))])
async def test_all_text_is_legible(db: Path, truecolor: None, name: str, size: tuple[int, int]) -> None:
    wanted = 7.0 if name == "contrast" else AA
    async with driving(db, size=size) as drive:
        drive.app.wear(name)
        await drive.settle()
        async for place in walk(drive):
            for text, style in styles(drive):
                for system in (ColorSystem.TRUECOLOR, ColorSystem.EIGHT_BIT):
                    found = ratio(*shown(style, system))
                    needed = wanted if any(sign.isalnum() for sign in text) else 3.0
                    assert found >= needed, (place, text, system.name, round(found, 2), str(style))


@pytest.mark.parametrize("term", ["linux", "xterm"])
async def test_sixteen_colours_are_the_terminals_own(db: Path, monkeypatch: pytest.MonkeyPatch, term: str) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.delenv("COLORTERM", raising=False)
    async with driving(db) as drive:
        assert drive.app.theme == "ansi-dark"
        drive.app.wear("light")
        assert drive.app.theme == "ansi-light"
        await drive.settle()
        async for place in walk(drive):
            for text, style in styles(drive):
                for colour in (style.color, style.bgcolor):
                    assert colour is None or colour.triplet is None, (place, text, str(style))
                assert style.bgcolor is None or style.bgcolor.is_default, (place, text, str(style))
                assert style.color is None or style.color.name not in ("black", "white", "bright_black"), (place, text)


async def test_no_color_is_no_colour_at_all(db: Path, monkeypatch: pytest.MonkeyPatch, truecolor: None) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with driving(db) as drive:
        async for place in walk(drive):
            for text, style in styles(drive):
                for colour in (style.color, style.bgcolor):
                    assert colour is None or colour.is_default, (place, text, str(style))


@pytest.mark.parametrize("no_color", [False, True])
async def test_what_colour_tells_is_told_in_signs_too(
    db: Path, monkeypatch: pytest.MonkeyPatch, truecolor: None, no_color: bool
) -> None:
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("escape", "u")
        assert drive.screen.splitlines()[-2].startswith(" ! ")
        await drive.press("a")
        await drive.type("Lager")
        await drive.press("enter", "up")
        assert drive.screen.count("›") >= 1
        assert any(style.reverse for _text, style in styles(drive))


def test_the_names_are_textuals_and_ours() -> None:
    assert set(THEMES) == {*BUILTIN_THEMES, *(theme.name for theme in OWN)}
    assert set(THEMES[: len(OWN)]) == {theme.name for theme in OWN}


@pytest.mark.parametrize(("name", "near"), [("drak", "dark"), ("Light", "light"), ("ansi-drak", "ansi-dark")])
def test_an_unknown_theme_is_refused_with_the_nearest(name: str, near: str) -> None:
    with pytest.raises(UsageError, match=f"Did you mean {near}") as raised:
        settings.load({"theme": name})
    assert raised.value.exit_code == 2


async def test_every_theme_can_be_worn(db: Path, truecolor: None) -> None:
    async with driving(db) as drive:
        for name in THEMES:
            drive.app.wear(name)
            await drive.settle()
            assert drive.app.theme == name
            assert "Mette Holm" in drive.screen
