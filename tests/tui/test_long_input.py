"""A megabyte in a field of one line: it stays as typed, and a key measures and draws a part of it alone."""

from pathlib import Path

import pytest
from tests.tui.driving import Drive, driving

from jobsamtale_tui.tui.terminal import long_input
from jobsamtale_tui.tui.terminal.long_input import PART, STEP

WORDS = "Hun vil gerne i gang igen på lageret. "
FEW = 12 * PART
"""So many letters a key may look at."""


def line_of(drive: Drive) -> str:
    """The field as it is drawn."""
    return str(drive.widget("agenda-new").render_line(0).text)


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many letters each measuring and drawing looks at."""
    found: list[int] = []
    made = long_input._shown

    def shown(text: str) -> str:
        found.append(len(text))
        return made(text)

    monkeypatch.setattr(long_input, "_shown", shown)
    return found


async def test_a_megabyte_stays_as_typed_and_a_key_looks_at_a_part(db: Path, looked_at: list[int]) -> None:
    text = (WORDS * (1_000_000 // len(WORDS))).strip()
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.paste(text)
        for keys in (("æ",), ("left",), ("home",), ("Æ",), ("right",), ("end",)):
            looked_at.clear()
            await drive.press(*keys)
            assert 0 < sum(looked_at) < FEW, keys
        field = drive.widget("agenda-new")
        assert field.value == f"Æ{text}æ"
        await drive.press("enter")
        await drive.until(lambda: [item.topic for item in drive.session().agenda] == [f"Æ{text}æ"])


async def test_what_is_around_the_cursor_shows(db: Path) -> None:
    text = "".join(f"{number:05d} " for number in range(1000))
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.paste(text)
        field = drive.widget("agenda-new")
        assert line_of(drive).rstrip().endswith("00998 00999")
        for place in (0, 1, STEP - 1, STEP, 2 * STEP, 2 * STEP + 1, 3000, 5 * STEP - 1, len(text) - STEP, len(text)):
            field.cursor_position = place
            await drive.settle()
            shown = line_of(drive)
            at = field._cursor_offset - field.scroll_offset.x - (place == len(text))
            assert 0 <= at < field.size.width, place
            assert shown[max(0, at - 6) : at] == text[max(0, place - min(6, at)) : place]
            assert shown[at : at + 6].rstrip() in text[place : place + 6]


async def test_a_mark_in_a_long_line_and_wide_letters(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.paste("字" * (2 * PART) + "\u202e" + "x" * 10)
        field = drive.widget("agenda-new")
        shown = line_of(drive).rstrip()
        assert shown.endswith("字�" + "x" * 10)
        field.action_cursor_left(select=True)
        await drive.type("y")
        assert field.value.endswith("\u202e" + "x" * 9 + "y")
        await drive.press("home")
        assert line_of(drive).startswith("字字")
        await drive.press("delete")
        assert field.value.startswith("字" * (2 * PART - 1) + "\u202e")
