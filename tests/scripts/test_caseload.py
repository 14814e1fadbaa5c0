"""The demo's caseload and the large one: valid, whole, and the same on every run."""

import json
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from jobsamtale_tui import dates, records
from jobsamtale_tui.casework.format import reading as exchange_format

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from scripts import caseload, caseload_demo, caseload_large  # noqa: E402

ANCHOR = date(2026, 6, 1)
GROUPS = {
    "dagpenge",
    "jobparat",
    "aktivitetsparat",
    "begraenset_arbejdsevne",
    "sygedagpenge",
    "varige_begraensninger",
    "ressourceforloeb",
    "uddannelsesparat",
    "aktivitetsparat_ung",
    "jobafklaring",
}


def of(found: Iterable[records.Record], cls: type) -> list[Any]:
    return [record for record in found if isinstance(record, cls)]


@pytest.fixture(scope="module")
def demo() -> list[records.Record]:
    return [exchange_format.read(line) for line in (caseload.DEMO / "caseload.jsonl").read_bytes().splitlines()]


@pytest.fixture(scope="module")
def large() -> list[records.Record]:
    return [exchange_format.read(line.rstrip(b"\n")) for line in caseload_large.large_lines(50, 300, 1)]


def catalogue() -> Iterator[tuple[str, int, int, int]]:
    for path in (ROOT / "data/indicators").glob("*.toml"):
        for each in tomllib.loads(path.read_text(encoding="utf-8"))["indicator"]:
            yield each["key"], each["version"], each["scale"]["min"], each["scale"]["max"]


def day_of(session: records.Session) -> date:
    return dates.local(session.held_at).date()


def check_references(found: list[records.Record]) -> None:
    citizens = {each.key: each for each in of(found, records.Citizen)}
    workers = {each.key: each for each in of(found, records.Caseworker)}
    units = {each.key for each in of(found, records.Unit)}
    goals = {each.key for each in of(found, records.JobGoal)}
    sessions = {each.key for each in of(found, records.Session)}
    assert {each.unit for each in workers.values()} <= units
    assert {each.caseworker for each in citizens.values()} <= set(workers)
    assert {each.citizen for each in found if hasattr(each, "citizen")} - {None} <= set(citizens)
    assert {each.caseworker for each in of(found, records.Session)} <= set(workers)
    assert {each.goal for each in of(found, records.Activity)} <= goals | {None}
    for reflection in of(found, records.Reflection):
        assert reflection.session in sessions
        assert reflection.by in workers
    for named in (citizens.values(), of(found, records.Session), of(found, records.Agreement)):
        assert max(Counter(each.key for each in named).values()) == 1
    for numbers in ([each.cpr for each in citizens.values()], [each.case_key for each in citizens.values()]):
        assert len(set(numbers)) == len(numbers)


def check_scores(found: list[records.Record]) -> None:
    scales = {(key, version): (low, high) for key, version, low, high in catalogue()}
    for each in of(found, records.Indicator):
        scales[each.key, each.version] = each.scale.min, each.scale.max
    agreed: dict[str, list[records.ChosenIndicator]] = {}
    for agreement in of(found, records.Agreement):
        agreed.setdefault(agreement.citizen, []).extend(agreement.indicators)
        assert {chosen.indicator for chosen in agreement.indicators} <= {key for key, _ in scales}
        for chosen in agreement.indicators:
            assert chosen.from_ >= agreement.from_
    ends = {each.key: each.until for each in of(found, records.Agreement)}
    assert ends
    for session in of(found, records.Session):
        for score in session.scores:
            low, high = scales[score.indicator, score.version]
            assert low <= score.value <= high, session.key
            assert any(
                chosen.indicator == score.indicator and chosen.from_ <= day_of(session) <= (chosen.until or date.max)
                for chosen in agreed[session.citizen]
            ), session.key


def test_the_demo_is_up_to_date_with_the_script(capsys: pytest.CaptureFixture[str]) -> None:
    assert caseload.main(["demo", "--check"]) == 0, capsys.readouterr().err


def test_a_stale_demo_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(caseload, "DEMO", tmp_path)
    assert caseload.main(["demo", "--check"]) == 1
    assert "differ" in capsys.readouterr().err
    assert caseload.main(["demo"]) == 0
    assert caseload.main(["demo", "--check"]) == 0


def test_the_demo_is_written_as_an_export_is(demo: list[records.Record]) -> None:
    kinds = list(records.KINDS)
    order = [(kinds.index(record.kind), records.identity(record)) for record in demo]
    assert order == sorted(order)
    text = "".join(caseload_demo.line(records.as_document(record)) for record in demo)
    assert text == (caseload.DEMO / "caseload.jsonl").read_text(encoding="utf-8")


def test_the_demo_names_its_user_and_monday(demo: list[records.Record]) -> None:
    about = tomllib.loads((caseload.DEMO / "demo.toml").read_text(encoding="utf-8"))
    assert about["anchor"] == ANCHOR
    assert sum(each.caseworker == about["user"] for each in of(demo, records.Citizen)) >= 18


def test_the_demo_holds_what_it_should_show(demo: list[records.Record]) -> None:
    citizens, sessions = of(demo, records.Citizen), of(demo, records.Session)
    assert {each.target_group for each in citizens} == GROUPS
    assert len(citizens) == 40
    assert 300 <= len(sessions) <= 450
    assert {each.status for each in sessions} == {"planned", "draft", "completed", "cancelled", "no_show"}
    assert {each.field for each in of(demo, records.Activity)} == {
        "employment",
        "health",
        "social",
        "voluntary",
    }
    assert any(not each.outcome for each in of(demo, records.Activity))
    assert any(each.position == "et job" for each in of(demo, records.JobGoal))
    assert any(each.education for each in of(demo, records.JobGoal))
    assert {each.ended.reason for each in citizens if each.ended} == {"job", "education"}
    assert any(each.indicators_used and not each.indicators_used.use for each in citizens)
    assert len({each.citizen for each in sessions if each.group}) > 2
    assert len({each.held_at for each in sessions if each.group}) == 1
    changed = [chosen for each in of(demo, records.Agreement) for chosen in each.indicators if chosen.end_reason]
    assert len(changed) >= 2
    told = [change.what for each in of(demo, records.Agreement) for change in each.changes]
    assert "Hverdagen er taget ud." in told
    assert "Troen på et job er valgt." in told
    assert len(told) == 2 * len(changed)
    openings = of(demo, records.Opening)
    assert {each.type for each in openings} == {"job", "internship", "link"}
    assert {bool(each.citizen) for each in openings} == {True, False}
    assert all(each.worked for each in of(demo, records.Reflection))
    latest: dict[str, date] = {}
    for each in of(demo, records.Agreement):
        latest[each.citizen] = max(latest.get(each.citizen, date.min), each.until or date.max)
    running = {each.key for each in citizens if not each.ended}
    assert [citizen for citizen in running if latest.get(citizen, date.max) < ANCHOR] == ["grethe-aastrup"]
    assert not any(each.note for each in sessions)
    versions = {
        (score.indicator, score.version) for each in sessions for score in each.scores if score.indicator == "energi"
    }
    assert versions == {("energi", 1), ("energi", 2)}


def test_per_still_seeks_what_he_no_longer_applies_for(demo: list[records.Record]) -> None:
    per = "per-madsen"
    profile = next(each for each in of(demo, records.Profile) if each.citizen == per)
    assert profile.wishes == ("stilladsmontør",)
    assert ("stilladsmontør", 15) in [(entry.position, entry.years) for entry in profile.cv]
    assert not any("pædagog" in entry.position for entry in profile.cv)
    applied = Counter(each.position for each in of(demo, records.Application) if each.citizen == per)
    assert applied.most_common(1)[0][0] == "pædagogmedhjælper"
    assert "stilladsmontør" not in applied
    sessions = [each for each in of(demo, records.Session) if each.citizen == per]
    assert sessions[-1].status == "planned"
    assert dates.local(sessions[-1].held_at).isoformat() == "2026-06-01T10:00:00+02:00"
    assert any(step.status == "open" for each in sessions for step in each.steps)


def test_references_resolve_and_scores_are_agreed(demo: list[records.Record], large: list[records.Record]) -> None:
    for found in (demo, large):
        check_references(found)
        check_scores(found)


def test_the_demo_agrees_with_itself_in_time(demo: list[records.Record]) -> None:
    citizens = {each.key: each for each in of(demo, records.Citizen)}
    engaged: Counter[tuple[str, datetime]] = Counter()
    for session in of(demo, records.Session):
        citizen, local = citizens[session.citizen], dates.local(session.held_at)
        assert local.weekday() < 5
        assert 8 <= local.hour < 16
        assert local.date() >= citizen.contact_start
        assert not citizen.ended or local.date() <= citizen.ended.on
        assert session.status != "completed" or local.date() < ANCHOR
        assert session.status != "planned" or local.date() >= ANCHOR
        assert all(step.when is None or step.when > local.date() for step in session.steps)
        assert session.next is None or session.next.at > session.held_at
        if not session.group:
            engaged[str(session.caseworker), session.held_at] += 1
    assert max(engaged.values()) == 1
    for activity in of(demo, records.Activity):
        assert activity.from_ >= citizens[activity.citizen].contact_start
        for follow_up in activity.follow_ups:
            assert activity.from_ <= follow_up.on < ANCHOR
            assert not activity.until or follow_up.on <= activity.until + timedelta(days=7)
    for application in of(demo, records.Application):
        assert citizens[application.citizen].contact_start <= application.on < ANCHOR
    for goal in of(demo, records.JobGoal):
        assert goal.from_ >= citizens[goal.citizen].contact_start


def test_nothing_is_said_twice_of_one_citizen(demo: list[records.Record]) -> None:
    said: Counter[tuple[str, str]] = Counter()
    for session in of(demo, records.Session):
        texts = [
            session.summary,
            session.need,
            session.preparation,
            *(item.conclusion for item in session.agenda),
        ]
        texts += [score.remark for score in session.scores]
        said.update((session.citizen, text) for text in texts if text)
    assert [pair for pair, times in said.items() if times > 1] == []


def test_no_text_holds_a_date_or_an_open_place(demo: list[records.Record]) -> None:
    for record in demo:
        for name, text in _free(records.as_document(record)):
            assert "{" not in text, text
            assert not re.search(r"\d[\d./]*\d", text), (name, text)


def _free(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    fixed = {"key", "citizen", "cpr", "case_key", "session", "goal", "group", "held_at", "at", "on", "when"}
    if isinstance(value, str) and name not in fixed | {"from", "until", "contact_start"}:
        yield name, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _free(item, key)
    elif isinstance(value, list):
        for item in value:
            yield from _free(item, name)


def test_a_large_caseload_is_what_was_asked_for(large: list[records.Record]) -> None:
    assert len(of(large, records.Citizen)) == 50
    sessions = of(large, records.Session)
    assert len(sessions) == 300
    kinds = list(records.KINDS)
    order = [(kinds.index(record.kind), records.identity(record)) for record in large]
    assert order == sorted(order)
    completed = [each for each in sessions if each.status == "completed"]
    assert all(len(each.scores) == 6 and len(each.agenda) == 2 and len(each.steps) == 1 for each in completed)
    notes = [each.note.text for each in completed if each.note]
    assert 0.4 < len(notes) / len(completed) < 0.6
    assert 300 < sum(map(len, notes)) / len(notes) < 700
    assert max(each.held_at for each in sessions) < datetime(2026, 6, 1, tzinfo=UTC)


def test_a_large_caseload_is_the_same_twice_whatever_the_hash_seed(tmp_path: Path) -> None:
    asked = ["large", "--citizens", "50", "--sessions", "300"]
    assert caseload.main([*asked, "-o", str(tmp_path / "one.jsonl")]) == 0
    command = [sys.executable, "-m", "scripts.caseload", *asked, "-o", "-"]
    piped = subprocess.run(command, cwd=ROOT, env={"PYTHONHASHSEED": "7"}, capture_output=True, check=True)
    assert (tmp_path / "one.jsonl").read_bytes() == piped.stdout
    assert caseload.main([*asked, "--seed", "2", "-o", str(tmp_path / "two.jsonl")]) == 0
    assert (tmp_path / "two.jsonl").read_bytes() != piped.stdout
    assert all(json.loads(line)["kind"] for line in piped.stdout.splitlines())
