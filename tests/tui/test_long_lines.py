"""A text without line breaks, however long: it stays as typed, and a key looks at a part of it alone."""

import random
from pathlib import Path

import pytest
from tests.tui.driving import driving

from jobsamtale_tui.tui.widgets import long_lines
from jobsamtale_tui.tui.widgets.long_lines import JOINT, LONGEST, parted, whole

WORDS = "Hun vil gerne i gang igen på lageret. "


@pytest.mark.parametrize("text", ["", "kort", "x" * (3 * LONGEST + 1), WORDS * 300, f"a\n{WORDS * 200}\n\nb\n"])
@pytest.mark.parametrize("before", [0, 1, LONGEST, 2 * LONGEST])
def test_parts_are_short_and_make_the_whole(text: str, before: int) -> None:
    held = parted(text, before)
    first, *rest = held.split("\n")
    assert whole(held) == text
    assert len(first) <= max(1, LONGEST + 1 - before)
    assert all(len(line) <= LONGEST + 1 for line in rest)


def test_a_part_ends_behind_a_word() -> None:
    assert all(line.endswith(f" {JOINT}") for line in parted(WORDS * 300).split("\n")[:-1])


async def test_a_megabyte_in_one_line_stays_as_typed(db: Path) -> None:
    text = WORDS * (1_000_000 // len(WORDS))
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3")
        await drive.paste(text)
        area = drive.widget("need")
        assert max(len(line) for line in area.document.lines) <= LONGEST + 1
        await drive.burst("æ", "enter", "b")
        assert area.value == f"{text}æ\nb"
        await drive.press("f4")
        assert drive.session().need == f"{text}æ\nb"


async def test_the_end_of_a_part_is_no_place_of_its_own(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_lines, "LONGEST", 10)
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3")
        area = drive.widget("need")
        await drive.paste("et to tre fire fem seks")
        assert area.document.line_count == 3
        assert long_lines.MARK in drive.screen
        area.move_cursor((0, 0))
        await drive.press("end")
        await drive.burst(*"XY")
        assert area.value == "et to tre XYfire fem seks"
        await drive.press("backspace", "backspace", "backspace")  # the third takes the joint
        assert area.value == "et to tre fire fem seks"
        await drive.press("backspace")
        assert area.value == "et to trefire fem seks"
        area.move_cursor((0, 0))
        await drive.press("end", "delete")
        assert "\n" not in area.value
        chance = random.Random(4)
        for _round in range(30):
            lines = area.document.lines
            row = chance.randrange(len(lines))
            area.move_cursor((row, chance.choice((0, len(lines[row])))))
            await drive.press(chance.choice(("delete", "backspace", "a", "space")))
            assert "\n" not in area.value
            assert JOINT not in area.value


async def test_undo_brings_the_text_back(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(long_lines, "LONGEST", 10)
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3")
        await drive.paste("et to tre fire fem seks")
        area = drive.widget("need")
        area.select_all()
        await drive.press("backspace")
        assert area.value == ""
        area.undo()
        assert area.value == "et to tre fire fem seks"
        assert area.get_text_range((0, 0), area.document.end) == "et to tre fire fem seks"
