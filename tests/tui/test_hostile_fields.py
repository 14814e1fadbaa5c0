"""Text fields with characters that cannot be seen: each has a cell and a mark, and the text stays as it was."""

from pathlib import Path

from tests import hostile
from tests.tui.caseload import make
from tests.tui.driving import driving

from jobsamtale_tui import texts
from jobsamtale_tui.tui.widgets.fields import LineField

TEXT = "a\u202eb\u200bc\u2028d\U000e0041e"
SHOWN = "a�b�c�d�e"


def test_stand_ins_are_letter_for_letter() -> None:
    for text in hostile.TEXTS:
        assert len(texts.held(text)) == len(texts.marked(text)) == len(text)
        assert texts.released(texts.held(text)) == text
        assert not hostile.STEERING.search(texts.marked(text).replace("\t", ""))
        assert not hostile.STEERING.search(texts.shown(text))


async def test_what_is_there_shows_and_stays_where_nothing_is_typed(tmp_path: Path) -> None:
    records = hostile.caseload()
    session = next(one for one in records if one.get("key") == "x-nu")
    session["frame"] = session["need"] = TEXT
    agenda = session["agenda"]
    assert isinstance(agenda, list)
    agenda[0]["topic"] = TEXT
    async with driving(make(tmp_path / "x.db", records), size=(100, 40)) as drive:
        await drive.open_session("x-1")
        before = drive.session()
        await drive.press("f3")
        for name in ("frame", "need"):
            drive.widget(name).focus()
            await drive.settle()
            assert SHOWN in drive.screen
        await drive.press("f2", "f5", "f3")
        assert drive.session() == before


async def test_the_cursor_stands_where_it_seems_to(db: Path) -> None:
    async with driving(db, size=(100, 40)) as drive:
        await drive.open_session("ida")
        await drive.press("f3")
        area = drive.widget("need")
        area.focus()
        area.value = TEXT.replace("\u2028", "\u2060")
        await drive.settle()
        assert area.text == TEXT.replace("\u2028", "\u2060")
        await drive.press("home", "right", "right")
        start = area.content_region.x
        assert area.cursor_screen_offset.x - start == 2
        await drive.type("X")
        assert area.text.startswith("a\u202eXb")
        await drive.press("backspace", "backspace")
        assert area.text.startswith("ab\u200b")
        await drive.press("ctrl+z")
        assert area.text.startswith("a\u202eXb")
        await drive.press("home", "right", "right", "delete")
        assert area.text.startswith("a\u202eb")
        await drive.press("home")
        await drive.press(*["shift+right"] * 3)
        assert area.selected_text == "a\u202eb"
        await drive.press("tab")
        assert drive.session().need == TEXT.replace("\u2028", "\u2060")


async def test_the_same_on_one_line(db: Path) -> None:
    async with driving(db, size=(100, 40)) as drive:
        await drive.open_session("ida")
        await drive.press("f2", "a")
        await drive.paste(TEXT)
        line = drive.app.screen.focused
        assert isinstance(line, LineField)
        assert line.value == TEXT.replace("\u2028", " ")
        assert SHOWN.replace("c�d", "c d") in drive.screen
        await drive.press("home", "right", "right", "right")
        assert line.cursor_screen_offset.x - line.content_region.x == 3
        await drive.type("X")
        assert line.value.startswith("a\u202ebX\u200b")
        await drive.press("backspace", "enter")
        assert drive.session().agenda[-1].topic == TEXT.replace("\u2028", " ")


async def test_the_whole_corpus_is_pasted_and_kept(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("ida")
        await drive.press("f3")
        area = drive.widget("need")
        area.focus()
        area.value = ""
        pasted = "".join(hostile.TEXTS)
        await drive.paste(pasted)
        assert area.value == texts.typed(pasted)
        assert not hostile.STEERING.search(drive.screen)
        await drive.press("home", "tab")
        assert drive.session().need == texts.typed(pasted).strip()


async def test_a_million_letters_are_taken(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("ida")
        await drive.press("f3")
        drive.widget("need").focus()
        drive.widget("need").value = ""
        text = "ord " * 125_000 + "\n" * 100
        await drive.paste(text)
        await drive.press("tab")
        assert drive.session().need == text.strip()
