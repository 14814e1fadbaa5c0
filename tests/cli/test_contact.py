"""`contact list`, `contact explain`, and the next session as a calendar file and as a line."""

import json
import sqlite3
import stat
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Run, as_lines

from jobsamtale_tui.casework.facts import contact
from jobsamtale_tui.documents.contact import brief

FIELDS = [
    "citizen", "target_group", "rule", "rule_from", "held", "required", "period_start", "period_end", "due", "status",
]  # fmt: skip
TABLE = """\
Status      Due         Name       Key        Target group                        Held  Period ends
! overdue   09.03.2026  Bo Dal     bo-dal     Social assistance, ready for a job  0/4   02.09.2026
◷ due soon  15.06.2026  Ane Bæk    ane-bæk    Sickness benefit                    2/4   31.07.2026
✓ in time   27.07.2026  Dan Elm    dan-elm    Unemployment benefit                0/2   10.09.2026
✓ in time               Eva Frost  eva-frost  Unemployment benefit                2/2   05.07.2026
"""
SHARES = """\
Target group                        Rule                   Citizens  Met        Asked for  Average  Overdue
Unemployment benefit                lov1750-dagpenge-2026  1         100 % (1)  75 %       2.0      0
Social assistance, ready for a job  lov1750-jobparat-2026  1         0 % (0)    75 %       0.0      1
Sickness benefit                    sdpl13b-2024           1         0 % (0)    100 %      2.0      0
"""


def citizen(key: str, name: str, group: str, start: str, *held: str, **more: Any) -> list[dict[str, Any]]:
    whose = {"kind": "session", "citizen": key, "caseworker": "anne", "status": "completed", "form": "personal"}
    return [
        {"kind": "citizen", "key": key, "name": name, "target_group": group, "caseworker": "anne",
         "contact_start": start, **more},
        *({**whose, "key": f"{key}-{place}", "held_at": f"{day}T08:00:00Z"} for place, day in enumerate(held)),
    ]  # fmt: skip


RECORDS: list[dict[str, Any]] = [
    {"kind": "unit", "key": "nord", "name": "Afsnit Nord"},
    {"kind": "unit", "key": "syd", "name": "Afsnit Syd"},
    {"kind": "caseworker", "key": "anne", "name": "Anne Bech", "unit": "nord"},
    *citizen("ane-bæk", "Ane Bæk", "sygedagpenge", "2026-01-31", "2026-03-02", "2026-04-30"),
    *citizen("bo-dal", "Bo Dal", "jobparat", "2026-03-02", cpr="010190-1234"),
    *citizen("dan-elm", "Dan Elm", "dagpenge", "2026-03-10", "2026-04-01"),
    *citizen("eva-frost", "Eva Frost", "dagpenge", "2026-01-05", "2026-04-13", "2026-05-11"),
    *citizen("finn-gro", "Finn Gro", "jobparat", "2024-03-02", "2024-03-05"),
]


@pytest.fixture
def contacts(run: Run, home: Path) -> Run:
    source = home / "contacts.jsonl"
    source.write_text(as_lines(RECORDS), encoding="utf-8")
    assert run("import", source).code == 0
    return run


def test_the_list_has_the_most_pressing_first(contacts: Run) -> None:
    done = contacts("contact", "list", "--unit", "nord")
    assert (done.code, done.err) == (0, "")
    listed, shares = done.out.split("\n\n")
    rules = [line.split()[-1] for line in listed.splitlines()[1:]]
    assert rules == ["lov1750-jobparat-2026", "sdpl13b-2024", "lov1750-dagpenge-2026", "lov1750-dagpenge-2026"]
    assert "".join(f"{line.rpartition('  ')[0].rstrip()}\n" for line in listed.splitlines()) == TABLE
    assert shares == SHARES
    assert contacts("contact", "list", "--unit", "nord").out == done.out
    assert contacts("contact", "list", "--unit", "syd").out.splitlines()[1:] == []


def test_json_has_everybody_with_the_fields_of_the_contract(contacts: Run) -> None:
    found = contacts("contact", "list", "--format", "json").json
    assert [one["citizen"] for one in found] == ["bo-dal", "ane-bæk", "dan-elm", "eva-frost", "finn-gro"]
    assert all(list(one) == FIELDS for one in found)
    assert found[0] == {
        "citizen": "bo-dal",
        "target_group": "jobparat",
        "rule": "lov1750-jobparat-2026",
        "rule_from": "2026-07-01",
        "held": 0,
        "required": 4,
        "period_start": "2026-03-02",
        "period_end": "2026-09-02",
        "due": "2026-03-09",
        "status": "overdue",
    }
    assert [found[-1][name] for name in ("rule", "held", "due", "status")] == [None, None, None, "none"]
    assert contacts("--lang", "da", "contact", "list", "--format", "json").json == found
    assert contacts("contact", "list", "--status", "none", "--format", "json").json == [found[-1]]


def test_on_a_day_it_stands_as_it_did_then(contacts: Run) -> None:
    found = contacts("contact", "list", "--on", "2026-03-03", "--format", "json").json
    stands = {one["citizen"]: (one["held"], one["status"]) for one in found}
    assert stands["bo-dal"] == (0, "due")
    assert stands["ane-bæk"] == (1, "ok")
    assert stands["dan-elm"] == (None, "none")


def test_the_groups_share_stands_beside_what_the_rule_asks_for(contacts: Run) -> None:
    found = contacts("contact", "list", "--unit", "nord", "--format", "json").json
    eva = next(one for one in found if one["citizen"] == "eva-frost")
    assert [eva[name] for name in ("group_share", "group_share_required", "group_average")] == [1.0, 0.75, 2.0]


def test_explain_names_rule_source_and_sum(contacts: Run) -> None:
    said = contacts("contact", "explain", "eva-frost", "--on", "2026-05-01").out
    for part in (
        "lov1750-dagpenge-2026, in force from 01.07.2026: the municipality holds at least 2 sessions from month 4",
        "The statute itself has not been read",
        "It has to be met for 75 % of the target group.",
        "So the period goes from 05.04.2026 to 05.07.2026",
        "Held in the period: 1 of 2 (13.04.2026).",
        "1 left, spread evenly from the last session (13.04.2026) to 05.07.2026: the next by 05.07.2026.",
        "the date moves to 06.07.2026",
    ):
        assert part in said, part
    read = contacts("contact", "explain", "ane-bæk", "--format", "json").json
    assert (read["source_read"], read["status"], read["due"]) == ("statute", "due", "2026-06-15")
    assert any("could not be checked" in sentence for sentence in read["because"])
    assert "the months that it counts are over" in contacts("contact", "explain", "finn-gro").out
    assert contacts("contact", "explain", "010190-1234").out.startswith("Citizen  Bo Dal")
    assert contacts("contact", "explain", "nobody").code == 3


def test_more_sessions_than_the_rule_asks_for_are_told_as_such(contacts: Run, home: Path) -> None:
    more = citizen("gro-dam", "Gro Dam", "dagpenge", "2026-01-05", "2026-04-13", "2026-05-11", "2026-05-18")
    (home / "more.jsonl").write_text(as_lines(more), encoding="utf-8")
    assert contacts("import", home / "more.jsonl").code == 0
    said = contacts("contact", "explain", "gro-dam").out
    assert "Held in the period: 3 (13.04.2026, 11.05.2026, 18.05.2026). The rule asks for 2." in said
    with sqlite3.connect(home / "data" / "test.db") as connection:
        assert brief(contact.standing(connection, "gro-dam", date(2026, 6, 1))) == "✓ in time (3 held, 2 needed)"


def test_a_changed_group_and_an_exception_are_explained(contacts: Run, home: Path) -> None:
    more = citizen(
        "ida-holm", "Ida Holm", "aktivitetsparat", "2026-02-02", "2026-02-05", "2026-04-20",
        earlier_groups=[{"target_group": "jobparat", "from": "2026-02-02", "until": "2026-04-01"}],
        contact_exceptions=[{"reason": "treatment", "from": "2026-05-01", "until": "2026-06-30",
                             "why": "Genoptræning"}],
    )  # fmt: skip
    source = home / "ida.jsonl"
    source.write_text(as_lines(more), encoding="utf-8")
    assert contacts("import", source).code == 0
    said = contacts("contact", "explain", "ida-holm").out
    assert "Days in an earlier target group on the same kind of benefit count too." in said
    assert "It waits (she is in treatment: Genoptræning) until after 30.06.2026" in said
    found = contacts("contact", "explain", "ida-holm", "--format", "json").json
    assert (found["held"], found["due"]) == (2, "2026-07-01")
    exported = contacts("export", "all").out
    assert json.dumps(more[0]["earlier_groups"], separators=(",", ":")) in exported
    assert '"why":"Genoptræning"' in exported


@pytest.mark.parametrize(
    "fault",
    [
        {"contact_exceptions": [{"reason": "holiday", "from": "2026-01-01"}]},
        {"contact_exceptions": [{"reason": "treatment", "from": "2026-02-01", "until": "2026-01-01"}]},
        {"earlier_groups": [{"target_group": "jobparat", "from": "2026-01-01"}]},
        {"earlier_groups": [{"target_group": "jobparat", "from": "2026-02-01", "until": "2026-01-01"}]},
    ],
)
def test_an_import_refuses_what_no_rule_can_use(run: Run, home: Path, fault: dict[str, Any]) -> None:
    source = home / "wrong.jsonl"
    source.write_text(as_lines([{"kind": "citizen", "key": "a", "name": "A", **fault}]), encoding="utf-8")
    done = run("import", source)
    assert done.code == 1
    assert f"{source}:1: " in done.err


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[rule]]\nid = 'x'", "groups is missing"),
        ("[[rule]", "cannot be read"),
        ("x = 1", "rule is missing"),
        ("[[rule]]\nid='x'\ngroups=['jobparat']\nrequired=0\nmonths=6\nsource='s'\nread='not'", "out of range"),
        ("[[rule]]\nid='x'\ngroups=['jobparat']\nrequired=1\nmonths=6\nsource='s'\nread='maybe'", "read is statute"),
        ("[[rule]]\nid='x'\ngroups=['jobparat']\nrequired=1\nmonths=6\nsource='s'\nread='not'\nfrom='i dag'", "a day"),
    ],
)
def test_broken_rules_are_named_with_their_file(contacts: Run, home: Path, text: str, said: str) -> None:
    folder = home / "own" / "rules" / "contact"
    folder.mkdir(parents=True)
    (folder / "egne.toml").write_text(text, encoding="utf-8")
    done = contacts("--data", home / "own", "contact", "list")
    assert (done.code, done.out) == (1, "")
    assert "egne.toml" in done.err
    assert said in done.err


def test_the_next_session_as_a_calendar_file(contacts: Run, home: Path) -> None:
    source = home / "next.jsonl"
    session = {
        "kind": "session", "key": "bo-dal-næste", "citizen": "bo-dal", "held_at": "2026-10-12T08:00:00Z",
        "status": "completed", "next": {"at": "2026-10-26T09:30:00Z", "reason": "Bo Dal skal have tid til praktikken"},
    }  # fmt: skip
    source.write_text(as_lines([session]), encoding="utf-8")
    assert contacts("import", source).code == 0
    target = home / "samtale.ics"
    assert contacts("session", "ics", "bo-dal-næste", "-o", target).code == 0
    content = target.read_bytes()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert contacts("session", "ics", "bo-dal-næste").out.encode() == content
    lines = content.decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert {"CLASS:PRIVATE", "DTSTART:20261026T093000Z", "DTEND:20261026T103000Z"} <= set(lines)
    assert not any(word in content.decode() for word in ("Bo", "bo-dal", "0101", "praktik"))
    line = contacts("session", "message", "bo-dal-næste").out
    assert "mandag den 26. oktober 2026 kl. 10.30" in line  # the clocks went back the night before
    assert "Bo" not in line
    refused = contacts("session", "ics", "ane-bæk-0")
    assert (refused.code, "No next session has been agreed" in refused.err) == (1, True)


def test_a_municipalitys_own_words_and_broken_ones(contacts: Run, home: Path) -> None:
    source = home / "planned.jsonl"
    source.write_text(
        as_lines([
            {"kind": "session", "key": "p", "citizen": "bo-dal", "held_at": "2026-06-05T07:00:00Z", "status": "planned"}
        ]),
        encoding="utf-8",
    )  # fmt: skip
    contacts("import", source)
    words = home / "own" / "templates" / "indkaldelse.toml"
    words.parent.mkdir(parents=True)
    words.write_text('calendar = "Møde"\nmessage = "Vi ses {day} kl. {time}"\nminutes = 30\n', encoding="utf-8")
    said = contacts("--data", home / "own", "session", "message", "p")
    assert said.out == "Vi ses fredag den 5. juni 2026 kl. 09.00\n"
    other = home / "other" / "templates" / "indkaldelse.toml"
    other.parent.mkdir(parents=True)
    other.write_text('calendar = "Møde"\nmessage = "Kære {name}"\nminutes = 30\n', encoding="utf-8")
    broken = contacts("--data", home / "other", "session", "message", "p")
    assert (broken.code, "indkaldelse.toml" in broken.err, "name is missing" in broken.err) == (1, True, True)
