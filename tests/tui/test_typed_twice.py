"""What was typed in one place twice (in two apps, before a crash and after it) is offered, all of it."""

import json
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
from tests.tui.driving import driving

from jobsamtale_tui.casework.session import lifecycle
from jobsamtale_tui.editing.merge_drafts import merge, split_forms
from jobsamtale_tui.tui.screens.meeting.new import GroupNewScreen

PLACES: list[dict[str, str]] = [
    {"entry": "En", "concluding": "x"},
    {"entry": "To", "concluding": "x", "more": "m"},
    {"entry": "Tre", "concluding": "y"},
]


def test_what_was_typed_in_three_places_is_there_from_each() -> None:
    typed: dict[str, Any] = reduce(merge, PLACES, {})
    assert split_forms(typed) == [{"entry": "En", "concluding": "x", "more": "m"}, {"entry": "To"}, PLACES[2]]
    again = merge(typed, merge({"entry": "Fire"}, {"entry": "Fem"}))
    assert sorted(part["entry"] for part in split_forms(again)) == ["En", "Fem", "Fire", "To", "Tre"]


async def test_a_participant_who_was_begun_in_two_places_stands_on_the_line(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        what = f"details {drive.key}"
        typed = {"participant": "Ida", "also participant": "Bo", "also also participant": "Eva"}
        drive.app.drafts.form(what, typed)
        await drive.press("escape", "o")
        assert drive.where == "DetailsScreen"
        assert drive.widget("participant").value == "Ida / Bo / Eva"


async def test_citizens_and_topics_chosen_in_two_places_are_all_chosen(db: Path) -> None:
    typed = {"citizens": ["mette-holm"], "also citizens": ["ida-sø", "mette-holm"], "also topics": ["Vejen til jobbet"]}
    async with driving(db) as drive:
        drive.app.drafts.form("group.new", {name: json.dumps(found) for name, found in typed.items()})
        await drive.press("m")
        assert drive.where == "GroupNewScreen"
        assert drive.widget("picker").keys == ["mette-holm", "ida-sø"]
        assert drive.showing(GroupNewScreen).topics == ["Vejen til jobbet"]


async def test_reasons_for_an_agreement_from_two_places_are_asked_for_in_turn(db: Path) -> None:
    kept = {"reword jobtro": "En", "also reword jobtro": "To", "reword overblik": "Tre"}
    async with driving(db, citizen="mette-holm") as drive:
        drive.app.drafts.form("agreement mette-holm", kept)
        await drive.press("i")
        assert drive.where == "AgreementScreen"
        assert drive.widget("entry").value == "En / To"
        drive.top.keep()
        assert set(drive.typed("agreement mette-holm")) == {"reword jobtro", "reword overblik"}
        await drive.press("enter")
        await drive.until(lambda: drive.widget("entry").value == "Tre")
        await drive.press("enter")
        await drive.until(lambda: drive.app.drafts.typed("agreement mette-holm") is None)
        query = "SELECT reason FROM agreement_indicator WHERE agreement = 'aftale-mette' AND indicator IN (?, ?)"
        found = drive.sql(query, "jobtro", "overblik")
        assert sorted(found) == [("En / To",), ("Tre",)]


@pytest.mark.parametrize("answer", ["f3", "f2"])
async def test_all_that_was_typed_over_a_completed_session_is_one_correction_or_none(db: Path, answer: str) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f4")
        await drive.until(lambda: drive.at == "scale")
        key = drive.key
        drive.other(lifecycle.complete)
        await drive.burst("7", "j", "5", "j", "4")
        await drive.until(lambda: drive.where == "ConflictScreen" and not drive.app.write_queue.busy)
        assert [type(one).__name__ for one in drive.app.screen_stack].count("ConflictScreen") == 1
        while drive.where == "ConflictScreen":  # what was refused later than the first stands on a second one
            await drive.press(answer)
            await drive.until(lambda: not drive.app.write_queue.busy)
        if answer == "f3":
            await drive.until(lambda: drive.where == "AmendScreen")
            text = drive.typed(f"amend {key}")["text"]
            assert text.splitlines() == ["Mod 7", "Energi 5", "Overblik 4"]
        else:
            await drive.until(lambda: drive.where == "CitizenScreen")
        assert drive.app.drafts.refused(key) == {}
