"""The agreement on indicators: every choice and every removal has its reason, and nothing is ever deleted."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from jobsamtale_tui import records
from jobsamtale_tui.casework import agreements, citizens, planning
from jobsamtale_tui.casework.changes import Actor
from jobsamtale_tui.casework.sessions import Place
from jobsamtale_tui.errors import ChangedByOtherError, NotFoundError, RefusedError
from jobsamtale_tui.method import agreements as method
from jobsamtale_tui.store import glance, reads
from jobsamtale_tui.store.engine import Database

DAY = date(2026, 6, 1)
LATER = date(2026, 7, 1)


@pytest.fixture
def made(database: Database, actor: Actor) -> Database:
    citizens.make(database, actor, records.Citizen(key="per", name="Per Madsen"))
    agreements.make(database, actor, "per", DAY, chosen=[("jobtro", "Per tvivler"), ("netvaerk", "Han er alene")])
    return database


def agreement(database: Database, day: date = DAY) -> records.Agreement:
    with database.connected() as connection:
        found = reads.latest_agreement(connection, "per", day)
    assert found is not None
    return found


def place(database: Database, actor: Actor) -> Place:
    key = agreement(database, date(2030, 1, 1)).key
    with database.connected() as connection:
        seen = glance.version(connection, "agreement", key)
    return Place(database=database, actor=actor, key=key, seen=seen)


def chosen(database: Database, day: date) -> list[str]:
    return [one.indicator for one in method.chosen_on(agreement(database, day), day)]


def history(database: Database) -> list[tuple[Any, ...]]:
    with database.connected() as connection:
        return connection.execute(
            'SELECT h."action", d."table_", d."before", d."after" FROM history h'
            " JOIN history_detail d ON d.history = h.id WHERE h.subject_kind = 'agreement' ORDER BY h.id, d.position"
        ).fetchall()


def test_an_agreement_is_made_with_its_reasons_and_the_catalogues_indicators_enter(made: Database) -> None:
    found = agreement(made)
    assert (found.citizen, found.from_, found.until) == ("per", DAY, None)
    assert [(one.indicator, one.reason, one.from_) for one in found.indicators] == [
        ("jobtro", "Per tvivler", DAY),
        ("netvaerk", "Han er alene", DAY),
    ]
    with made.connected() as connection:
        assert {one.key for one in reads.indicators(connection)} == {"jobtro", "netvaerk"}
    assert {table for _action, table, _before, _after in history(made)} == {
        "agreement",
        "agreement_indicator",
        "indicator",
    }


@pytest.mark.parametrize("reason", ["", "  ", "\n\t"])
def test_without_a_reason_nothing_is_accepted(made: Database, actor: Actor, reason: str) -> None:
    before = agreement(made), history(made)
    for change in (
        lambda: agreements.make(made, actor, "per", LATER, chosen=[("jobtro", reason)]),
        lambda: agreements.choose(place(made, actor), "hverdag", reason, DAY),
        lambda: agreements.remove(place(made, actor), "jobtro", reason, LATER),
        lambda: agreements.reword(place(made, actor), "jobtro", reason, DAY),
    ):
        with pytest.raises(RefusedError, match="A reason is missing; nothing has changed"):
            change()
    assert (agreement(made), history(made)) == before


def test_an_indicator_is_chosen_from_a_day_on(made: Database, actor: Actor) -> None:
    agreements.choose(place(made, actor), "hverdag", "Han vil op om morgenen", LATER)
    assert chosen(made, DAY) == ["jobtro", "netvaerk"]
    assert chosen(made, LATER) == ["jobtro", "netvaerk", "hverdag"]


def test_what_is_taken_out_stays_with_both_reasons(made: Database, actor: Actor) -> None:
    agreements.remove(place(made, actor), "jobtro", "Han tror på det nu", LATER)
    line = agreement(made).indicators[0]
    assert (line.reason, line.until, line.end_reason) == ("Per tvivler", date(2026, 6, 30), "Han tror på det nu")
    assert chosen(made, date(2026, 6, 30)) == ["jobtro", "netvaerk"]
    assert chosen(made, LATER) == ["netvaerk"]
    action, table, before, after = history(made)[-1]
    assert (action, table) == ("agreement.remove", "agreement_indicator")
    assert (before, after) == (
        '{"until":null,"end_reason":null}',
        '{"until":"2026-06-30","end_reason":"Han tror på det nu"}',
    )


def test_what_is_chosen_and_taken_out_on_one_day_never_counts_and_can_be_chosen_again(
    made: Database, actor: Actor
) -> None:
    agreements.remove(place(made, actor), "jobtro", "Forkert linje", DAY)
    line = agreement(made).indicators[0]
    assert (line.from_, line.until) == (DAY, DAY)
    assert chosen(made, DAY) == ["netvaerk"]
    agreements.choose(place(made, actor), "jobtro", "Alligevel", DAY)
    assert chosen(made, DAY) == ["netvaerk", "jobtro"]
    assert [one.indicator for one in agreement(made).indicators] == ["jobtro", "netvaerk", "jobtro"]


def test_a_reason_can_be_worded_anew_and_the_old_one_stays_in_the_history(made: Database, actor: Actor) -> None:
    agreements.reword(place(made, actor), "jobtro", "Per tror ikke på det endnu", DAY)
    assert agreement(made).indicators[0].reason == "Per tror ikke på det endnu"
    assert history(made)[-1][2] == '{"reason":"Per tvivler"}'


def test_what_is_chosen_is_not_chosen_twice_nor_taken_out_twice(made: Database, actor: Actor) -> None:
    with pytest.raises(RefusedError, match="chosen already"):
        agreements.choose(place(made, actor), "jobtro", "Igen", DAY)
    with pytest.raises(RefusedError, match="not chosen in the agreement"):
        agreements.remove(place(made, actor), "hverdag", "Nej", DAY)
    with pytest.raises(RefusedError, match="There is no indicator findes-ikke"):
        agreements.choose(place(made, actor), "findes-ikke", "Ja", DAY)


def test_the_period_is_changed_and_cannot_end_before_it_begins(made: Database, actor: Actor) -> None:
    agreements.change_period(place(made, actor), DAY, LATER, 4)
    found = agreement(made)
    assert (found.from_, found.until, found.every_weeks) == (DAY, LATER, 4)
    with pytest.raises(RefusedError, match="ends before it begins"):
        agreements.change_period(place(made, actor), LATER, DAY, 4)
    with pytest.raises(RefusedError, match="between 1 and"):
        agreements.change_period(place(made, actor), DAY, LATER, 0)
    assert agreement(made) == found


def test_when_the_period_has_run_out_nothing_more_is_chosen_in_it(made: Database, actor: Actor) -> None:
    agreements.change_period(place(made, actor), DAY, date(2026, 6, 30), None)
    with pytest.raises(RefusedError, match=r"ran out on 30\.06\.2026.*new agreement"):
        agreements.choose(place(made, actor), "hverdag", "Grund", LATER)


def test_a_new_agreement_takes_over_what_is_chosen_and_the_old_one_ends(made: Database, actor: Actor) -> None:
    old = agreement(made)
    agreements.remove(place(made, actor), "jobtro", "Han tror på det nu", date(2026, 6, 15))
    key = agreements.renew(place(made, actor), LATER)
    new = agreement(made, LATER)
    assert (new.key, new.from_, new.until) == (key, LATER, None)
    assert [(one.indicator, one.reason, one.from_) for one in new.indicators] == [("netvaerk", "Han er alene", LATER)]
    assert agreement(made, DAY).key == old.key
    assert agreement(made, DAY).until == date(2026, 6, 30)
    with pytest.raises(RefusedError, match="began today"):
        agreements.renew(replace(place(made, actor), key=key), LATER)


def test_nobody_writes_over_somebody_elses_agreement(made: Database, actor: Actor) -> None:
    seen = place(made, actor)
    agreements.choose(place(made, Actor("bo", "bo-login")), "hverdag", "Bos grund", DAY)
    with pytest.raises(ChangedByOtherError, match="bo changed it at"):
        agreements.remove(seen, "jobtro", "Nej", LATER)
    assert chosen(made, LATER) == ["jobtro", "netvaerk", "hverdag"]


def test_an_agreement_is_with_somebody(database: Database, actor: Actor) -> None:
    with pytest.raises(NotFoundError):
        agreements.make(database, actor, "nobody", DAY)


def test_a_session_is_planned_once(made: Database, actor: Actor) -> None:
    at = datetime(2026, 6, 10, 8, 30, tzinfo=UTC)
    key = planning.plan(made, actor, "per", at, form="remote", theme=" Praktik ")
    with made.connected() as connection:
        session = reads.session(connection, key)
    assert session is not None
    assert (session.status, session.held_at, session.form, session.theme) == ("planned", at, "remote", "Praktik")
    with pytest.raises(RefusedError, match=r"planned at that time already: 10\.06\.2026 10\.30"):
        planning.plan(made, actor, "per", at)
    with pytest.raises(NotFoundError):
        planning.plan(made, actor, "nobody", at)
