"""The agreement on indicators: every choice and every removal has its reason, and nothing is ever deleted."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from jobsamtale_tui import i18n, records
from jobsamtale_tui.casework.change.context import Actor, ChangeContext
from jobsamtale_tui.casework.citizen import agreements, citizens
from jobsamtale_tui.casework.exchange import exporting
from jobsamtale_tui.casework.exchange.importing import import_file
from jobsamtale_tui.casework.session import lifecycle, planning
from jobsamtale_tui.errors import ChangedByOtherError, NotFoundError, RefusedError
from jobsamtale_tui.method import agreements as method
from jobsamtale_tui.reference import indicators as shipped_indicators
from jobsamtale_tui.store.questions import quick_reads, reads
from jobsamtale_tui.store.sqlite.database import Database

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


def place(database: Database, actor: Actor) -> ChangeContext:
    key = agreement(database, date(2030, 1, 1)).key
    with database.connected() as connection:
        seen = quick_reads.version(connection, "agreement", key)
    return ChangeContext(database=database, actor=actor, key=key, seen=seen)


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
        "agreement_change",
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
        lambda: agreements.change_period(place(made, actor), DAY, LATER, 4, reason),
        lambda: agreements.renew(place(made, actor), LATER, None, 4, reason),
    ):
        with pytest.raises(RefusedError, match="A reason is missing; nothing has changed"):
            change()
    assert (agreement(made), history(made)) == before


def test_an_indicator_is_chosen_from_a_day_on(made: Database, actor: Actor) -> None:
    agreements.choose(place(made, actor), "hverdag", "Han vil op om morgenen", LATER)
    assert chosen(made, DAY) == ["jobtro", "netvaerk"]
    assert chosen(made, LATER) == ["jobtro", "netvaerk", "hverdag"]


def test_a_change_is_taken_back_and_made_again_and_all_of_it_stays_with_its_reason(
    made: Database, actor: Actor
) -> None:
    key = agreement(made).key
    agreements.choose(place(made, actor), "hverdag", "Han vil op om morgenen", DAY)
    agreements.remove(place(made, actor), "jobtro", "Han tror på det nu", LATER)
    agreements.undo(made, actor, key)
    assert chosen(made, LATER) == ["jobtro", "netvaerk", "hverdag"]
    agreements.undo(made, actor, key)
    assert chosen(made, LATER) == ["jobtro", "netvaerk"]
    agreements.redo(made, actor, key)
    assert chosen(made, LATER) == ["jobtro", "netvaerk", "hverdag"]
    lines = [(one.what, one.by, one.reason) for one in agreement(made).changes]
    said = [what for what, _by, _reason in lines]
    assert [said[4], said[5], said[6]] == [
        i18n.in_danish("Taken back: {what}").format(what=said[3]),
        i18n.in_danish("Taken back: {what}").format(what=said[2]),
        i18n.in_danish("Made again: {what}").format(what=said[2]),
    ]
    assert [reason for _what, _by, reason in lines[2:]] == [
        *("Han vil op om morgenen", "Han tror på det nu"),
        *("Han tror på det nu", "Han vil op om morgenen", "Han vil op om morgenen"),
    ]
    assert {by for _what, by, _reason in lines} == {actor.user}


def test_that_an_agreement_was_made_or_renewed_is_not_taken_back(made: Database, actor: Actor) -> None:
    with pytest.raises(RefusedError, match="There is nothing to undo"):
        agreements.undo(made, actor, agreement(made).key)
    fresh = agreements.renew(place(made, actor), LATER, None, 4, "Det virker")
    with pytest.raises(RefusedError, match="There is nothing to undo"):
        agreements.undo(made, actor, fresh)
    assert agreement(made, LATER).key == fresh


def test_what_a_note_tells_of_is_not_taken_back(made: Database, actor: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    agreements.choose(place(made, actor), "hverdag", "Han vil op om morgenen", DAY)
    monkeypatch.setenv("JOBSAMTALE_NOW", "2026-06-03T12:00:00Z")
    key = lifecycle.start(made, actor, "per", datetime(2026, 6, 3, 11, tzinfo=UTC))
    with made.connected() as connection:
        seen = reads.session_version(connection, key)
    lifecycle.complete(ChangeContext(database=made, actor=actor, key=key, seen=seen))
    before = agreement(made)
    with pytest.raises(RefusedError, match="A note has been written since"):
        agreements.undo(made, actor, before.key)
    assert agreement(made) == before


def test_what_is_taken_out_stays_with_both_reasons(made: Database, actor: Actor) -> None:
    agreements.remove(place(made, actor), "jobtro", "Han tror på det nu", LATER)
    line = agreement(made).indicators[0]
    assert (line.reason, line.until, line.end_reason) == ("Per tvivler", date(2026, 6, 30), "Han tror på det nu")
    assert chosen(made, date(2026, 6, 30)) == ["jobtro", "netvaerk"]
    assert chosen(made, LATER) == ["netvaerk"]
    lines = [line for line in history(made) if line[0] == "agreement.remove" and line[1] == "agreement_indicator"]
    [(_action, _table, before, after)] = lines
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
    assert '{"reason":"Per tvivler"}' in [line[2] for line in history(made)]
    assert agreement(made).changes[-1].what.endswith("»Per tvivler«.")
    agreements.reword(place(made, actor), "jobtro", "Per tror ikke på det endnu", DAY)
    assert len(agreement(made).changes) == 3


def test_what_is_chosen_is_not_chosen_twice_nor_taken_out_twice(made: Database, actor: Actor) -> None:
    with pytest.raises(RefusedError, match="chosen already"):
        agreements.choose(place(made, actor), "jobtro", "Igen", DAY)
    with pytest.raises(RefusedError, match="not chosen in the agreement"):
        agreements.remove(place(made, actor), "hverdag", "Nej", DAY)
    with pytest.raises(RefusedError, match="There is no indicator findes-ikke"):
        agreements.choose(place(made, actor), "findes-ikke", "Ja", DAY)


def test_the_period_is_changed_and_cannot_end_before_it_begins(made: Database, actor: Actor) -> None:
    agreements.change_period(place(made, actor), DAY, LATER, 4, "Fire uger passer bedre")
    found = agreement(made)
    assert (found.from_, found.until, found.every_weeks) == (DAY, LATER, 4)
    with pytest.raises(RefusedError, match="ends before it begins"):
        agreements.change_period(place(made, actor), LATER, DAY, 4, "Grund")
    with pytest.raises(RefusedError, match="between 1 and"):
        agreements.change_period(place(made, actor), DAY, LATER, 0, "Grund")
    assert agreement(made) == found


def test_when_the_period_has_run_out_nothing_more_is_chosen_in_it(made: Database, actor: Actor) -> None:
    agreements.change_period(place(made, actor), DAY, date(2026, 6, 30), None, "Kort forløb")
    with pytest.raises(RefusedError, match=r"ran out on 30\.06\.2026.*new agreement"):
        agreements.choose(place(made, actor), "hverdag", "Grund", LATER)


def test_a_new_agreement_takes_over_what_is_chosen_and_the_old_one_ends(made: Database, actor: Actor) -> None:
    old = agreement(made)
    agreements.remove(place(made, actor), "jobtro", "Han tror på det nu", date(2026, 6, 15))
    key = agreements.renew(place(made, actor), LATER, None, 6, "Per er på vej")
    new = agreement(made, LATER)
    assert (new.key, new.from_, new.until) == (key, LATER, None)
    assert [(one.indicator, one.reason, one.from_) for one in new.indicators] == [("netvaerk", "Han er alene", LATER)]
    assert agreement(made, DAY).key == old.key
    assert agreement(made, DAY).until == date(2026, 6, 30)
    with pytest.raises(RefusedError, match="began today"):
        agreements.renew(replace(place(made, actor), key=key), LATER, None, None, "Igen")


def test_every_change_is_kept_in_the_agreement_with_date_who_what_and_why(
    made: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOBSAMTALE_NOW", "2026-06-20T10:00:00+02:00")
    bo = Actor("bo", "bo-login")
    agreements.choose(place(made, bo), "hverdag", " Han vil op\n om morgenen ", DAY)
    agreements.remove(place(made, bo), "jobtro", "Han tror på det nu", LATER)
    agreements.change_period(place(made, bo), DAY, LATER, 4, "Fire uger passer bedre")
    agreements.change_period(place(made, bo), DAY, LATER, 4, "Ingen ændring")
    agreements.renew(place(made, bo), date(2026, 6, 25), date(2026, 9, 1), 6, "Per er på vej")
    with made.connected() as connection:
        old, new = reads.agreements(connection, "per")
    names = {one.key: one.name.da for one in shipped_indicators.catalogue()}
    assert [(one.by, one.reason) for one in old.changes] == [
        (None, "Per tvivler"),
        (None, "Han er alene"),
        ("bo", "Han vil op\n om morgenen"),
        ("bo", "Han tror på det nu"),
        ("bo", "Fire uger passer bedre"),
        ("bo", "Per er på vej"),
    ]
    assert old.changes[-1].at == datetime(2026, 6, 20, 8, tzinfo=UTC)
    said = [one.what for one in old.changes]
    assert all(sentence.endswith(".") for sentence in said)
    for sentence, parts in zip(
        said[2:],
        [[names["hverdag"]], [names["jobtro"]], ["01.06.2026 – 01.07.2026", "4"], ["24.06.2026"]],
        strict=True,
    ):
        assert all(part in sentence for part in parts)
    [line] = new.changes
    assert (line.by, line.reason) == ("bo", "Per er på vej")
    assert "25.06.2026 – 01.09.2026" in line.what
    assert "01.06.2026 – 01.07.2026" in line.what
    assert (new.until, new.every_weeks, old.until) == (date(2026, 9, 1), 6, date(2026, 6, 24))


def test_what_is_kept_is_danish_whatever_the_language_of_the_screen() -> None:
    i18n.use("en")
    assert i18n.in_danish("Can be chosen") == "Kan vælges"
    assert i18n.language() == "en"


def test_changes_go_out_and_come_back_as_they_were(made: Database, actor: Actor, tmp_path: Path) -> None:
    agreements.remove(place(made, actor), "jobtro", "Han tror\npå det nu", LATER)

    def everything(database: Database) -> bytes:
        with database.connected() as connection:
            stream = io.StringIO()
            exporting.write_jsonl(exporting.export(connection, "all"), stream)
        return stream.getvalue().encode()

    copy = Database(tmp_path / "copy.db")
    copy.prepare()
    import_file(copy, io.BytesIO(everything(made)), "all", actor)
    assert b'"changes":[{"at":' in everything(made)
    assert everything(copy) == everything(made)


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
