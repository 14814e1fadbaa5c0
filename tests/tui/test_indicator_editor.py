"""The scale editor: an indicator made, changed as a draft, published as what it means, put in order, retired."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.tui.driving import Drive, driving

from jobsamtale_tui import records
from jobsamtale_tui.casework.change.context import Actor, ChangeContext
from jobsamtale_tui.casework.facts import notes
from jobsamtale_tui.casework.indicators import editing as indicator_editing
from jobsamtale_tui.casework.indicators import families
from jobsamtale_tui.documents.graph import facts as graph_facts
from jobsamtale_tui.store.questions import quick_reads, reads
from jobsamtale_tui.store.sqlite.database import Database
from jobsamtale_tui.tui.shell import typing_pause
from jobsamtale_tui.tui.widgets.choice import Chooser

TODAY = date(2026, 6, 3)


def versions(db: Path, key: str) -> dict[int, records.Indicator]:
    with Database(db).connected() as connection:
        return {one.version: one for one in reads.indicators(connection, key)}


async def into(drive: Drive, name: str, text: str) -> None:
    """Puts a text into a line of the form, in place of what stands there."""
    drive.form.go(name)
    await drive.settle()
    await drive.press("end", "ctrl+u")
    await drive.type(text)


async def to(drive: Drive, name: str) -> None:
    """Moves down the list to the indicator."""
    while name not in drive.row:
        await drive.press("down")


async def opened(drive: Drive, name: str) -> None:
    """The form for an indicator of the list."""
    await drive.press("i")
    await to(drive, name)
    await drive.press("enter")
    assert drive.where == "IndicatorEditorScreen"


async def publish(drive: Drive, reason: str, way: str = "") -> None:
    """Publishes what is in the form, as proposed or the other way."""
    await drive.press("f9")
    assert drive.where == "PublishScreen"
    if way:
        await drive.press(way)
    await into(drive, "reason", reason)
    await drive.press("f10")


async def test_an_indicator_is_made_and_published(db: Path) -> None:
    async with driving(db, size=(120, 40)) as drive:
        await drive.press("i", "plus")
        await drive.type("Søvn")
        assert drive.widget("form-key").value == "søvn"
        await into(drive, "min", "-1")
        await into(drive, "max", "1")
        await drive.press("f10")
        assert drive.where == "IndicatorEditorScreen"
        await into(drive, "question", "Hvordan sover du?")
        for level, text in (("-1", "Jeg ligger vågen."), ("0", "Jeg sover lidt."), ("1", "Jeg sover godt.")):
            await into(drive, f"level-{level}", text)
        assert "Hvordan sover du?" in drive.screen
        assert "-1  Jeg ligger vågen." in drive.screen
        draft = versions(db, "søvn")[1]
        assert draft.status == "draft"
        with Database(db).connected() as connection:
            assert "søvn" not in {one.key for one in families.choosable(connection, TODAY)}
        await drive.press("f9")
        assert drive.where == "PublishScreen", drive.screen
        await drive.press("f10")
        assert drive.where == "IndicatorEditorScreen", drive.screen
        one = versions(db, "søvn")[1]
        assert (one.status, one.from_, one.question.da) == ("active", TODAY, "Hvordan sover du?")
        assert one.scale.levels == {
            "-1": records.Wording(da="Jeg ligger vågen."),
            "0": records.Wording(da="Jeg sover lidt."),
            "1": records.Wording(da="Jeg sover godt."),
        }
        await drive.press("escape")
        assert drive.where == "IndicatorsScreen"


async def test_a_corrected_wording_keeps_the_version_and_its_reason(db: Path) -> None:
    async with driving(db) as drive:
        await opened(drive, "Mod")
        await into(drive, "level-3", "Mod, på trin 3!")
        await publish(drive, "Komma manglede")
        known = versions(db, "mod")
        assert list(known) == [1]
        assert known[1].reason == "Komma manglede"
        assert known[1].scale.levels is not None
        assert known[1].scale.levels["3"].da == "Mod, på trin 3!"
        assert [action for action, _by, _login in drive.history()][-2:] == ["indicator.draft", "indicator.publish"]


async def test_a_changed_question_of_a_version_in_use_becomes_a_new_version(db: Path) -> None:
    async with driving(db) as drive:
        await opened(drive, "Mod")
        await into(drive, "question", "Hvad tør du i dag?")
        await drive.press("f9")
        how = drive.form.field("how")
        assert isinstance(how, Chooser)
        assert list(how.options) == [("new", "as version 2: numbers mean something else")]
        assert "version 1 is in use" in drive.screen
        assert "Question: »Hvordan står det til med mod?« → »Hvad tør du i dag?«" in " ".join(drive.screen.split())
        await drive.press("f10")
        assert drive.where == "PublishScreen"
        assert "Why has to be filled" in drive.screen
        await into(drive, "reason", "Spørgsmålet var svært")
        await drive.press("f10")
        known = versions(db, "mod")
        assert (known[1].question.da, known[1].until) == ("Hvordan står det til med mod?", date(2026, 6, 2))
        assert (known[2].question.da, known[2].from_, known[2].reason) == (
            "Hvad tør du i dag?",
            TODAY,
            "Spørgsmålet var svært",
        )


async def test_undo_and_redo_are_of_the_draft_alone(db: Path) -> None:
    async with driving(db) as drive:
        await opened(drive, "Mod")
        await into(drive, "name", "Tro")
        await into(drive, "area", "Hverdag")
        await drive.press("up")
        assert versions(db, "mod")[2].area == "Hverdag"
        await drive.press("f3")
        assert drive.widget("form-area").value == ""
        assert drive.widget("form-name").value == "Tro"
        await drive.press("f3")
        assert drive.widget("form-name").value == "Mod"
        assert list(versions(db, "mod")) == [1]
        await drive.press("f4", "f4")
        assert (versions(db, "mod")[2].name.da, versions(db, "mod")[2].area) == ("Tro", "Hverdag")
        assert drive.widget("form-area").value == "Hverdag"


async def test_opening_and_leaving_the_form_makes_no_draft(db: Path) -> None:
    async with driving(db) as drive:
        await opened(drive, "Mod")
        await drive.press("down", "down", "f6", "f6", "f8", "f8", "escape")
        assert drive.where == "IndicatorsScreen"
        assert list(versions(db, "mod")) == [1]
        assert drive.history() == []


async def test_texts_in_another_language_and_a_narrower_window(db: Path) -> None:
    async with driving(db) as drive:
        await opened(drive, "Mod")
        await into(drive, "languages", "en, uk")
        await drive.press("f6")
        assert drive.widget("form-name").value == "Mod (en)"
        await drive.press("f6")
        await into(drive, "level-1", "Дуже важко")
        await drive.press("f8")
        assert "Дуже важко" in drive.screen
        await drive.press("escape")
        assert drive.at == "form-level-1"
        levels = versions(db, "mod")[2].scale.levels
        assert levels is not None
        assert levels["1"].other == {"uk": "Дуже важко"}
        assert levels["1"].da == "Mod på trin 1."


async def test_a_range_brings_its_levels_and_forgets_none_while_one_types(db: Path) -> None:
    async with driving(db) as drive:
        await opened(drive, "Overblik")
        await into(drive, "max", "3")
        await drive.press("up")
        assert "level-5" not in drive.form.items
        await into(drive, "max", "7")
        await drive.press("up")
        assert drive.widget("form-level-5").value == "Overblik på trin 5."
        assert drive.widget("form-level-7").value == ""
        await into(drive, "max", "30")
        await drive.press("up")
        assert "2 to 11 levels" in drive.screen
        assert versions(db, "overblik")[2].scale.max == 7
        await drive.press("escape", "escape")
        await drive.press("enter")
        assert drive.widget("form-max").value == "30"


async def test_two_at_one_draft_lose_nothing(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typing_pause, "PAUSE_SECONDS", 60.0)  # the draft is saved when its line is left, and not before
    monkeypatch.setattr(typing_pause, "LONG_SECONDS", 60.0)
    async with driving(db) as drive:
        await opened(drive, "Mod")
        await into(drive, "area", "Hverdag")
        await drive.press("up")
        other = Database(db)
        with other.connected() as connection:
            seen = quick_reads.draft_version(connection, "mod")
        draft = versions(db, "mod")[2]
        place = ChangeContext(database=other, actor=Actor("bo", "bo-login"), key="mod", seen=seen)
        indicator_editing.save_draft(place, replace(draft, name=records.Words(da="Fra Bo")))
        other.close()
        await into(drive, "question", "Hvad tør du nu?")
        await drive.press("up")
        await drive.until(lambda: "bo changed it at" in drive.status)
        assert drive.widget("form-name").value == "Fra Bo"
        assert drive.widget("form-question").value == "Hvad tør du nu?"
        await drive.press("down")
        draft = versions(db, "mod")[2]
        assert (draft.name.da, draft.question.da, draft.area) == ("Fra Bo", "Hvad tør du nu?", "Hverdag")


async def test_copied_put_in_order_retired_and_brought_back(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("i")
        await to(drive, "Overblik")
        await drive.press("c")
        await drive.type("Overblik hjemme")
        await drive.press("f10")
        assert drive.where == "IndicatorEditorScreen"
        copied = versions(db, "overblik-hjemme")[1]
        assert (copied.scale, copied.status) == (versions(db, "overblik")[1].scale, "draft")
        await drive.press("escape")
        await to(drive, "Overblik hjemme")
        await drive.press("delete")
        assert versions(db, "overblik-hjemme") == {}
        await drive.press("home")
        first = drive.widget("indicators").key
        await drive.press("J")
        assert drive.widget("indicators").index == 1
        assert versions(db, first)[1].order == 2
        await drive.press("u")
        assert drive.widget("indicators").index == 0
        await to(drive, "Energi")
        await drive.press("x")
        await drive.type("Bruges ikke")
        await drive.press("f10")
        assert (versions(db, "energi")[1].status, versions(db, "energi")[1].until) == ("retired", TODAY)
        assert "retired 03.06.2026" in drive.screen
        await drive.press("x")
        await drive.type("Savnes")
        await drive.press("f10")
        one = versions(db, "energi")[1]
        assert (one.status, one.until, one.reason) == ("active", None, "Bruges ikke\nSavnes")


async def test_the_catalogue_shows_beside_it_the_form_as_she_meets_it(db: Path) -> None:
    async with driving(db, size=(120, 40)) as drive:
        await drive.press("i")
        await to(drive, "Mod")
        assert "Hvordan står det til med mod?" in drive.screen
        assert "Mod på trin 7." in drive.screen
        await to(drive, "Overblik")
        assert "Hvordan står det til med overblik?" in drive.screen
        assert "Hvordan står det til med mod?" not in drive.screen
        await drive.press("f8")
        assert "stands beside it" in drive.status
    async with driving(db) as drive:
        await drive.press("i")
        await to(drive, "Overblik")
        assert "Hvordan står det til med overblik?" not in drive.screen
        await drive.press("f8")
        assert "Hvordan står det til med overblik?" in drive.screen
        await drive.press("escape")
        assert "Hvordan står det til med overblik?" not in drive.screen
        assert "Overblik" in drive.row


async def test_a_mapping_between_two_published_versions_is_given_afterwards(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("i")
        await to(drive, "Overblik")
        await drive.press("m")
        assert "There is one published version" in drive.status
        await drive.press("enter")
        await into(drive, "max", "10")
        await drive.press("up")
        await publish(drive, "Fem trin viste ikke de små skridt")
        await drive.press("escape")
        await to(drive, "Overblik")
        await drive.press("m")
        assert drive.where == "ConvertScreen"
        drive.form.go("by")
        await drive.settle()
        await drive.press("right")
        await into(drive, "mapping", "1=1 2=4 3=7 4=8")
        await into(drive, "reason", "Vi har talt trinene igennem")
        await drive.press("f10")
        assert drive.where == "ConvertScreen"
        assert versions(db, "overblik")[2].converts is None
        await into(drive, "mapping", "1=1 2=4 3=7 4=8 5=10")
        await drive.press("f10")
        assert drive.where == "IndicatorsScreen"
        found = versions(db, "overblik")[2]
        assert found.converts == records.Converts(
            from_=1, by="levels", levels={"1": 1, "2": 4, "3": 7, "4": 8, "5": 10}
        )
        assert found.reason == "Fem trin viste ikke de små skridt\nVi har talt trinene igennem"
        await drive.press("m")
        assert drive.widget("form-mapping").value == "1=1 2=4 3=7 4=8 5=10"
        await drive.press("escape", "u")
        assert versions(db, "overblik")[2].converts is None
    assert versions(db, "overblik")[1].converts is None


async def test_a_reader_looks_and_changes_nothing(db: Path) -> None:
    async with driving(db, read_only=True) as drive:
        await opened(drive, "Mod")
        await drive.press("x")
        await drive.press("f8", "f8", "f9", "escape")
        assert drive.where == "IndicatorsScreen"
        await drive.press("plus")
        assert drive.where == "IndicatorsScreen"
    assert list(versions(db, "mod")) == [1]


@pytest.mark.parametrize(("way", "old_three"), [("share", 5.5), ("levels", 7.0)])
async def test_a_scale_of_five_becomes_one_of_ten_in_mid_course(db: Path, way: str, old_three: float) -> None:
    async with driving(db) as drive:
        await opened(drive, "Overblik")
        await into(drive, "max", "10")
        await drive.press("up")
        if way == "levels":
            drive.form.go("by")
            await drive.settle()
            await drive.press("right")
            assert drive.widget("form-mapping").value == "1=1 2=3 3=6 4=8 5=10"
            await into(drive, "mapping", "1=1 2=4 3=7 4=8")
            await drive.press("up")
            assert [one.name for one in drive.form.faults if not one.warns] == ["mapping"]
            await into(drive, "mapping", "1=1 2=4 3=7 4=8 5=10")
        await publish(drive, "Fem trin viste ikke de små skridt")
        await drive.press("escape", "escape")
        await drive.open_session("mette-holm")
        session = drive.key
        await drive.press("f4", "s", "j", "j", "9", "f9", "enter")
        note = drive.session(session).note.text
        assert "Overblik: 9 på skalaen 1 til 10" in note
        assert "3 på skalaen 1 til 5" in note
        assert "skalaen er ændret" in note
    known = versions(db, "overblik")
    assert known[2].converts == (
        None
        if way == "share"
        else records.Converts(from_=1, by="levels", levels={"1": 1, "2": 4, "3": 7, "4": 8, "5": 10})
    )
    with Database(db).connected() as connection:
        citizen = reads.citizen(connection, "mette-holm")
        assert citizen is not None
        drawn = graph_facts.document(notes.graph_facts(connection, citizen))
    (found,) = [one for one in drawn["series"] if one["indicator"] == "overblik"]
    first, last = found["points"]
    assert (first["version"], first["value"], first["max"]) == (1, 3, 5)
    assert (last["version"], last["value"], last["max"]) == (2, 9, 10)
    assert first["newest"] == {"version": 2, "min": 1, "max": 10, "value": pytest.approx(old_three, abs=0.1)}
    assert first["converted"] is (way == "levels")
