"""Contact on a real file: whose session it was, the day in Denmark, and a target group that changes."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from jobsamtale_tui import records
from jobsamtale_tui.casework.change.context import Actor, ChangeContext
from jobsamtale_tui.casework.citizen import citizens
from jobsamtale_tui.casework.facts import contact
from jobsamtale_tui.documents.contact import departure
from jobsamtale_tui.method.contact import Met
from jobsamtale_tui.store.questions import contacts, reads
from jobsamtale_tui.store.sqlite.database import Database

D = date.fromisoformat
PER = records.Citizen(
    key="per", name="Per Ek", target_group="dagpenge", caseworker=None, contact_start=D("2026-01-05"), language="da"
)


@pytest.fixture
def made(database: Database, actor: Actor) -> Database:
    citizens.make(database, actor, PER)
    with database.connected() as connection:
        connection.execute("INSERT INTO caseworker (key, name, sort_key) VALUES ('anne', 'Anne', 'anne')")
    return database


def held(database: Database, held_at: str, status: str = "completed", **columns: Any) -> None:
    with database.connected() as connection:
        values = {"key": f"s-{held_at}", "citizen": "per", "held_at": held_at, "status": status, **columns}
        names = ", ".join(f'"{name}"' for name in values)
        connection.execute(
            f"INSERT INTO session ({names}) VALUES ({','.join('?' * len(values))})", list(values.values())
        )


@pytest.mark.parametrize(
    ("held_at", "day"),
    [
        ("2026-03-28T22:30:00Z", "2026-03-28"),  # winter time: half past eleven in the evening
        ("2026-03-28T23:30:00Z", "2026-03-29"),  # half past midnight, the clocks go on that night
        ("2026-03-29T22:30:00Z", "2026-03-30"),  # summer time
        ("2026-10-24T22:30:00Z", "2026-10-25"),
        ("2026-10-25T22:30:00Z", "2026-10-25"),  # winter time again
    ],
)
def test_a_session_lies_on_its_day_in_denmark(made: Database, held_at: str, day: str) -> None:
    held(made, held_at)
    with made.connected() as connection:
        ((citizen, found),) = [(key, list(met)) for key, met in contacts.met(connection, D("2026-01-01"))]
    assert (citizen, found) == ("per", [Met(D(day))])


def test_days_without_end_are_days_like_others(database: Database, actor: Actor) -> None:
    end, start = date.max, D("2026-01-05")
    before = (records.EarlierGroup(target_group="jobparat", from_=start, until=end),)
    waits = records.ContactException(reason="treatment", from_=start, until=end)
    citizens.make(database, actor, replace(PER, key="a", earlier_groups=before))
    for key, until in (("b", end), ("c", None)):
        citizens.make(database, actor, replace(PER, key=key, contact_exceptions=(replace(waits, until=until),)))
    citizens.make(database, actor, replace(PER, key="d", contact_start=end))
    with database.connected() as connection:
        found = {one.citizen: one.standing for one in contact.entries(connection, D("2026-02-02"))}
        never = {one.citizen: one.standing for one in contact.entries(connection, end)}["d"]
    assert found["a"].target_group == "jobparat"
    assert found["b"].due == found["c"].due is not None
    assert never.status == "none"
    assert citizens.group_since(replace(PER, earlier_groups=before)) == end


def test_what_the_fund_held_alone_is_not_the_municipalitys_and_a_joint_session_is(made: Database) -> None:
    held(made, "2026-04-07T08:00:00Z", interview_type=17)
    held(made, "2026-04-08T08:00:00Z", participants='[{"role":"fund"}]')
    held(made, "2026-04-09T08:00:00Z", interview_type=19, caseworker="anne")
    held(made, "2026-04-10T08:00:00Z", form="group", caseworker="anne")
    held(made, "2026-04-13T08:00:00Z", "no_show", caseworker="anne")
    with made.connected() as connection:
        found = contact.standing(connection, "per", D("2026-04-20"))
        said = contact.explain(connection, "per", D("2026-04-20"))
    assert [(one.day.day, one.joint, one.group) for one in found.counted] == [(9, True, False), (10, False, True)]
    assert said is not None
    assert "Sessions that the unemployment fund held alone are not counted: 2." in said.because
    assert "In a group: 1. They are counted, but the law speaks of individual sessions." in said.because


def test_a_change_with_its_day_keeps_the_group_before(made: Database, actor: Actor) -> None:
    def change(group: str, since: str) -> None:
        with made.connected() as connection:
            before = reads.citizen(connection, "per")
            seen = connection.execute("SELECT row_version FROM citizen").fetchone()[0]
        assert before is not None
        assert citizens.group_fault(before, group, D(since)) is None
        changed = {"target_group": group, "earlier_groups": citizens.with_earlier_group(before, D(since))}
        citizens.edit(ChangeContext(database=made, actor=actor, key="per", seen=seen), changed)

    change("jobparat", "2026-04-01")
    change("aktivitetsparat", "2026-05-18")
    with made.connected() as connection:
        per = reads.citizen(connection, "per")
        assert per is not None
        assert [(one.target_group, one.from_, one.until) for one in per.earlier_groups] == [
            ("dagpenge", D("2026-01-05"), D("2026-03-31")),
            ("jobparat", D("2026-04-01"), D("2026-05-17")),
        ]
        before, then, now = (contact.standing(connection, "per", D(day)) for day in TIMES)
    assert [one.target_group for one in (before, then, now)] == ["dagpenge", "jobparat", "aktivitetsparat"]
    assert (then.start, now.start, now.period_end) == (D("2026-04-01"), D("2026-04-01"), D("2026-10-01"))
    assert "The target group before began 18.05.2026" in (citizens.group_fault(per, "jobparat", D("2026-05-18")) or "")
    assert "choose the new one" in (citizens.group_fault(per, "aktivitetsparat", D("2026-06-01")) or "")


TIMES = ("2026-03-31", "2026-04-01", "2026-05-18")


def test_after_a_session_the_rule_asks_for_the_next_and_a_wish_departs_from_it(made: Database, actor: Actor) -> None:
    citizens.edit(ChangeContext(database=made, actor=actor, key="per", seen=1), {"target_group": "jobparat"})
    held(made, "2026-03-05T09:00:00Z", "draft", caseworker="anne")
    with made.connected() as connection:
        session = reads.session(connection, "s-2026-03-05T09:00:00Z")
        assert session is not None
        found = contact.after(connection, session)
    assert (found.held, found.due) == (1, D("2026-04-14"))  # 122 days for three
    assert departure(found, None) == "The rule: no later than 14.04.2026"
    assert departure(found, D("2026-04-14")).endswith("; the wished date is in time")
    assert departure(found, D("2026-04-15")).endswith("; the wished date is 1 day later")
    assert departure(found, D("2026-04-23")).endswith("; the wished date is 9 days later")
