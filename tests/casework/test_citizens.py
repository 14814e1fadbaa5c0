"""Citizens, caseworkers and units made and changed, through the functions that the forms call."""

import io
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from jobsamtale_tui import records
from jobsamtale_tui.casework.change.context import Actor, ChangeContext
from jobsamtale_tui.casework.citizen import citizens, staff
from jobsamtale_tui.casework.exchange import importing
from jobsamtale_tui.errors import ChangedByOtherError, NotFoundError, RefusedError
from jobsamtale_tui.store.questions import citizen_lists, quick_reads, reads
from jobsamtale_tui.store.sqlite.database import Database

CPR = "150388-1234"
SOFIE = records.Citizen(
    key="sofie",
    name="Sofie Ågård",
    cpr=CPR,
    case_key="S-1",
    target_group="uddannelsesparat",
    contact_start=date(2026, 5, 1),
    language="da",
    readiness=2,
    indicators_used=records.IndicatorsUsed(use=True, reason="Fire barrierer", barriers=("angst", "bolig")),
)


@pytest.fixture
def made(database: Database, actor: Actor) -> Database:
    citizens.make(database, actor, SOFIE)
    return database


def found(database: Database, key: str = "sofie") -> records.Citizen:
    with database.connected() as connection:
        citizen = reads.citizen(connection, key)
    assert citizen is not None
    return citizen


def place(database: Database, actor: Actor, key: str = "sofie") -> ChangeContext:
    with database.connected() as connection:
        seen = quick_reads.version(connection, "citizen", key)
    return ChangeContext(database=database, actor=actor, key=key, seen=seen)


def edit(database: Database, actor: Actor, **changed: Any) -> None:
    citizens.edit(place(database, actor), changed)


def history(database: Database) -> list[tuple[Any, ...]]:
    with database.connected() as connection:
        return connection.execute(
            'SELECT h."action", h."subject", h."login", d."before", d."after" FROM history h'
            " JOIN history_detail d ON d.history = h.id ORDER BY h.id, d.position"
        ).fetchall()


def test_a_citizen_is_kept_whole_with_one_entry_in_the_history(made: Database) -> None:
    assert found(made) == SOFIE
    [(action, subject, login, before, after)] = history(made)
    assert (action, subject, login, before) == ("citizen.new", "sofie", "tester", None)
    assert '"name":"Sofie Ågård"' in after


def test_what_is_made_can_be_exported_and_read_back(made: Database, database: Database, actor: Actor) -> None:
    with made.connected() as connection:
        documents = list(reads.documents(connection, "citizen"))
    file = io.BytesIO("".join(json.dumps(one) + "\n" for one in documents).encode())
    importing.import_file(database, file, "again", actor)
    assert [entry[0] for entry in history(database)] == ["citizen.new"], "an identical record changes nothing"


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"key": "sofie"}, "The key sofie is taken"),
        ({"key": "bo", "cpr": CPR}, "The CPR number 150388-•••• is Sofie Ågård's"),
        ({"key": "bo", "case_key": "S-1"}, "The case key S-1 is Sofie Ågård's"),
        ({"key": "bo", "cpr": "310299-1234"}, "310299-•••• does not begin with a day that exists"),
        ({"key": "bo", "cpr": "1234"}, "DDMMYY-NNNN"),
        ({"key": "bo bo"}, "a key is 1 to 64"),
        ({"key": "bo", "caseworker": "nobody"}, "no caseworker with the key nobody"),
        ({"key": "bo", "name": "  "}, "may not be blank"),
        ({"key": "bo", "readiness": 4}, "between 1 and 3"),
        (
            {"key": "bo", "indicators_used": records.IndicatorsUsed(use=False, reason=" ")},
            "The decision on indicators has no reason",
        ),
        (
            {
                "key": "bo",
                "contact_start": date(2026, 5, 1),
                "ended": records.Ended(on=date(2026, 4, 30), reason="job"),
            },
            "The course cannot end before the contact began",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_without_a_cpr_number(
    made: Database, actor: Actor, other: Mapping[str, Any], said: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        citizens.make(made, actor, records.Citizen(**{"name": "Bo", **other}))
    assert said in str(refused.value)
    assert CPR[-4:] not in str(refused.value)
    assert len(history(made)) == 1


def test_a_wrong_check_digit_is_a_warning_alone(made: Database, actor: Actor) -> None:
    assert citizens.make(made, actor, records.Citizen(key="bo", name="Bo", cpr="010199-1234")) == "bo"
    with made.connected() as connection:
        [(field, said, warns)] = citizens.findings(connection, {"cpr": "030199-1234"})
    assert (field, warns) == ("cpr", True)
    assert "check digit" in said
    assert "1234" not in said


def test_the_findings_of_a_form_know_whose_the_numbers_are(made: Database) -> None:
    values = {"key": "sofie", "cpr": CPR, "case_key": "S-1"}
    with made.connected() as connection:
        taken = citizens.findings(connection, values)
        own = citizens.findings(connection, values, key="sofie")
    assert [(field, warns) for field, _said, warns in taken] == [("key", False), ("cpr", False), ("case_key", False)]
    assert [warns for _field, _said, warns in own] in ([], [True]), "her own numbers are not taken"


def test_a_change_sets_what_it_names_and_leaves_the_rest(made: Database, actor: Actor) -> None:
    edit(made, actor, name="Sofie Bæk", cpr=None)
    citizen = found(made)
    assert (citizen.name, citizen.cpr, citizen.case_key) == ("Sofie Bæk", None, "S-1")
    assert citizen.indicators_used == SOFIE.indicators_used
    with made.connected() as connection:
        assert [one.key for one in citizen_lists.citizens(connection, "bæk")] == ["sofie"]
        assert citizen_lists.citizens(connection, "ågård") == []
    action, _subject, _login, before, after = history(made)[-1]
    assert action == "citizen.edit"
    assert "case_key" not in before
    assert '"name":"Sofie Bæk"' in after


def test_a_change_that_changes_nothing_leaves_no_trace(made: Database, actor: Actor) -> None:
    edit(made, actor, name="Sofie Ågård")
    assert len(history(made)) == 1


def test_the_key_is_never_changed(made: Database, actor: Actor) -> None:
    edit(made, actor, key="other", name="Sofie Bæk")
    assert found(made).name == "Sofie Bæk"


def test_nobody_writes_over_somebody_elses_change(made: Database, actor: Actor) -> None:
    seen = place(made, actor)
    citizens.edit(place(made, Actor("bo", "bo-login")), {"readiness": 1})
    with pytest.raises(ChangedByOtherError, match=r"bo changed it at 01.06.2026"):
        citizens.edit(seen, {"readiness": 3})
    assert found(made).readiness == 1


def test_the_decision_on_indicators_has_a_reason_and_barriers(made: Database, actor: Actor) -> None:
    citizens.decide(place(made, actor), False, "Hun ønsker det ikke", ["angst"])
    assert found(made).indicators_used == records.IndicatorsUsed(
        use=False, reason="Hun ønsker det ikke", barriers=("angst",)
    )
    with pytest.raises(RefusedError, match="has no reason"):
        citizens.decide(place(made, actor), True, "")


def test_an_old_decision_without_a_reason_hinders_no_other_change(database: Database, actor: Actor) -> None:
    line = b'{"kind":"citizen","key":"bo","name":"Bo","indicators_used":{"use":true}}\n'
    importing.import_file(database, io.BytesIO(line), "file", actor)
    citizens.edit(place(database, actor, "bo"), {"name": "Bo Lund"})
    assert found(database, "bo").name == "Bo Lund"


def test_a_course_ends_on_a_day_in_something(made: Database, actor: Actor) -> None:
    edit(made, actor, ended=records.Ended(on=date(2026, 6, 1), reason="education"))
    assert found(made).ended == records.Ended(on=date(2026, 6, 1), reason="education")
    edit(made, actor, ended=None)
    assert found(made).ended is None


def test_somebody_who_is_not_there_is_not_found(database: Database, actor: Actor) -> None:
    with pytest.raises(NotFoundError):
        citizens.edit(ChangeContext(database=database, actor=actor, key="nobody", seen=1), {"name": "Bo"})


@pytest.mark.parametrize(
    ("typed", "written"), [("1503881234", CPR), ("150388 1234", CPR), (CPR, CPR), ("1503", "1503"), ("", "")]
)
def test_a_cpr_number_may_be_typed_in_several_ways(typed: str, written: str) -> None:
    assert citizens.typed_cpr(typed) == written


def test_a_key_is_made_from_the_name_and_is_free(made: Database) -> None:
    with made.connected() as connection:
        for name, key in (
            ("Mette Holm", "mette-holm"),
            ("  Åse  Ærø/Sø ", "åse-ærø-sø"),
            ("Sofie", "sofie-2"),
            ("…", ""),
            ("A" * 100, "a" * 59),
        ):
            assert staff.proposed_key(connection, "citizen", name) == key
            assert not key or staff.key_fault(connection, "citizen", key) is None
        assert staff.key_fault(connection, "citizen", "sofie") == "The key sofie is taken"
        assert "1 to 64" in str(staff.key_fault(connection, "citizen", "a b"))


def test_a_unit_and_a_caseworker_are_made(database: Database, actor: Actor) -> None:
    staff.make_unit(database, actor, records.Unit(key="nord", name="Afsnit Nord", municipality="Vejle"))
    worker = records.Caseworker(key="åse", name="Åse Bæk", unit="nord", role="key_person")
    staff.make_caseworker(database, actor, worker)
    with database.connected() as connection:
        assert reads.units(connection) == [records.Unit(key="nord", name="Afsnit Nord", municipality="Vejle")]
        assert reads.caseworker(connection, "åse") == worker
    assert [entry[0] for entry in history(database)] == ["unit.new", "caseworker.new"]
    with pytest.raises(RefusedError, match="The key nord is taken"):
        staff.make_unit(database, actor, records.Unit(key="nord", name="Nord"))
    with pytest.raises(RefusedError, match="The key åse is taken"):
        staff.make_caseworker(database, actor, worker)
    with pytest.raises(RefusedError, match="no unit syd"):
        staff.make_caseworker(database, actor, records.Caseworker(key="bo", name="Bo", unit="syd"))
