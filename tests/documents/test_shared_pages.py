"""The pages of the screen for both, as lines: they fit, say no number of hers, and leave nothing out in silence."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from rich.cells import cell_len

from jobsamtale_tui import i18n
from jobsamtale_tui.documents.shared import shared, shared_scale
from jobsamtale_tui.documents.shared.lines import Room, Row, SharedFacts, titled
from jobsamtale_tui.documents.shared.shared import Page
from jobsamtale_tui.method.progress import Reading
from jobsamtale_tui.records import AgendaItem, Indicator, Scale, Score, Session, Step, Wording, Words

LONG = "Jeg kan godt klare det meste af det, jeg skal, når jeg selv må bestemme rækkefølgen og har god tid til det"


def indicator(low: int = 0, high: int = 10, text: str = LONG, version: int = 2) -> Indicator:
    levels = {str(number): Wording(da=f"{text} ({number}).", en=f"English {number}.") for number in range(low, high)}
    return Indicator(
        key="ro",
        version=version,
        name=Words(da="Ro", other={"ar": "هدوء"}),
        question=Wording(da="Hvor meget ro har du?", en="How calm are you?"),
        scale=Scale(min=low, max=high, levels=levels),
        status="active",
    )


def reading(month: int, value: int, low: int = 0, high: int = 10, version: int = 2) -> Reading:
    at = datetime(2026, month, 6, 8, tzinfo=UTC)
    return Reading(
        at=at, session=f"s{month}", indicator="ro", version=version, value=value, by="citizen", min=low, max=high
    )


def facts(one: Indicator, *readings: Reading, value: int | None = None, **more: Any) -> SharedFacts:
    scores = () if value is None else (Score(indicator="ro", value=value),)
    session = Session(
        key="nu",
        citizen="hun",
        held_at=datetime(2026, 6, 3, 8, tzinfo=UTC),
        status="draft",
        scores=scores,
        **more,
    )
    return SharedFacts(
        language="da",
        today=date(2026, 6, 3),
        session=session,
        indicators=(one,),
        readings=readings,
        versions={"ro": {one.version: one}},
        answers=True,
    )


def text(rows: list[Row]) -> str:
    return "\n".join("".join(piece for piece, _look in row) for row in rows)


@pytest.mark.parametrize("value", [None, 0, 10])
def test_eleven_levels_with_long_texts_fit_the_smallest_window(value: int | None) -> None:
    room = Room(76, 20)
    rows = shared_scale.rows(facts(indicator(), value=value), room, indicator=indicator())
    assert len(rows) <= room.height
    assert max(cell_len(line) for line in text(rows).splitlines()) <= room.width
    for number in range(11):
        assert f" {number:>2}  " in text(rows)
    if value == 0:
        assert "► " in text(rows)
        assert "god tid til det (0)." in text(rows).replace("\n          ", " ")


def test_with_room_the_levels_stand_apart_and_in_full() -> None:
    rows = shared_scale.rows(facts(indicator(text="Kort")), Room(110, 38), indicator=indicator(text="Kort"))
    lines = text(rows).splitlines()
    at = next(place for place, line in enumerate(lines) if "Kort (9)." in line)
    assert not lines[at + 1].strip()
    assert "Kort (8)." in lines[at + 2]


@pytest.mark.parametrize("number", [-12, 0, 7, 10, 1000])
def test_large_numbers_are_five_lines_of_one_width(number: int) -> None:
    lines = shared_scale.large(number)
    assert len(lines) == shared_scale.DIGIT_HEIGHT
    assert {len(line) for line in lines} == {8 * len(str(number)) - 2}
    assert len({tuple(shared_scale.large(one)) for one in range(10)}) == 10


def test_her_line_has_each_number_where_it_stands_and_its_day_below() -> None:
    one = indicator()
    lines = text(
        shared_scale.rows(facts(one, reading(4, 2), reading(5, 6), value=9), Room(76, 20, line=True), indicator=one)
    )
    rows = lines.splitlines()
    for number in (2, 6, 9):
        row = next(line for line in rows if f"▐{number}▌" in line)
        assert row.startswith(f"{number:>2}│")
    assert [rows.index(next(row for row in rows if f"▐{n}▌" in row)) for n in (9, 6, 2)] == [3, 6, 10]
    i18n.use("en")
    assert "6.4.26" in lines
    assert "today" in lines
    assert "You began at 2 and are now at 9. That is a clear step up." in lines


def test_the_same_number_as_the_first_is_unchanged() -> None:
    one = indicator()
    i18n.use("en")
    lines = text(shared_scale.rows(facts(one, reading(4, 6)), Room(76, 20, line=True), indicator=one))
    assert "chance" not in lines
    lines = text(shared_scale.rows(facts(one, reading(4, 6), value=6), Room(76, 20, line=True), indicator=one))
    assert "It is unchanged." in lines
    assert "chance" not in lines


def test_numbers_of_an_earlier_scale_are_moved_and_it_is_said() -> None:
    one = indicator(1, 10)
    lines = text(shared_scale.rows(facts(one, reading(4, 5, 1, 5, 1), value=9), Room(76, 20, line=True), indicator=one))
    assert "▐10▌" in lines
    assert "earlier numbers are moved" in lines
    asked = text(shared_scale.rows(facts(one, reading(4, 5, 1, 5, 1)), Room(76, 20), indicator=one))
    assert "from another scale" in asked


def test_one_number_and_none() -> None:
    one = indicator()
    assert "one number so far: 4" in text(
        shared_scale.rows(facts(one, value=4), Room(76, 20, line=True), indicator=one)
    )
    assert "no numbers yet" in text(shared_scale.rows(facts(one), Room(76, 20, line=True), indicator=one))


def test_more_points_than_there_is_room_for_show_the_newest() -> None:
    one = indicator()
    many = [reading(month, month % 10) for month in range(1, 13)]
    lines = text(shared_scale.rows(facts(one, *many), Room(76, 20, line=True), indicator=one))
    assert "6.12.26" in lines
    assert "6.1.26" not in lines
    assert all(len(line) <= 76 for line in lines.splitlines())


def test_a_language_without_words_of_ours_gets_danish_ones_and_the_indicators_own() -> None:
    one = indicator()
    said = SharedFacts(language="ar", today=date(2026, 6, 3), session=None, indicators=(one,))
    assert said.spoken == "da"
    assert "هدوء" in text(shared_scale.rows(said, Room(76, 20), indicator=one))


def test_the_message_has_full_sentences_and_no_number_of_hers() -> None:
    step = Step(what="Ringe til 150388-1234", who="other", status="open")
    item = AgendaItem(topic="Kørekort\n150388 1234", by="citizen", state="done", conclusion="")
    said = shared.message(facts(indicator(), steps=(step,), agenda=(item,)))
    assert "1234" not in said
    assert "- Somebody else: Ringe til 150388-••••" in said
    assert "- Kørekort 150388-••••" in said
    assert shared.message(SharedFacts(language="da", today=date(2026, 6, 3), session=None)) == ""


def test_a_page_more_is_a_function_more(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Page("figures", lambda _facts, room: titled("Tal", room, [(("72 % finder job", "strong"),)]))
    monkeypatch.setattr(shared, "PAGES", (*shared.PAGES, lambda _facts: [page]))
    assert [one.kind for one in shared.pages(facts(indicator()))][-1] == "figures"
