"""The indicator catalogue: what ships, what is checked, what is written; and the target groups beside it."""

import io
import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobsamtale_tui import records, resources
from jobsamtale_tui.casework.change.context import Actor
from jobsamtale_tui.casework.exchange import importing
from jobsamtale_tui.casework.format import reading as exchange_format
from jobsamtale_tui.casework.indicators import families
from jobsamtale_tui.casework.indicators import files as indicator_files
from jobsamtale_tui.errors import NotFoundError, RefusedError
from jobsamtale_tui.reference import indicators as shipped_indicators
from jobsamtale_tui.reference import target_groups
from jobsamtale_tui.store.sqlite.database import Database

from .caseloads import made

GOOD = """\
[[indicator]]
key = "a"
version = 1
status = "active"
name = { da = "x" }
question = { da = "x" }

[indicator.scale]
min = 1
max = 5
"""


def check(tmp_path: Path, content: str | bytes) -> list[str]:
    path = tmp_path / "own.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    faults = indicator_files.check(path)
    assert all(fault.startswith(f"{path}:") for fault in faults)
    return [fault.removeprefix(f"{path}:") for fault in faults]


@pytest.mark.parametrize(
    "path", sorted((resources.shipped() / "indicators").glob("*.toml")), ids=lambda path: path.stem
)
def test_what_ships_passes_its_own_check(path: Path) -> None:
    assert indicator_files.check(path) == []


def test_the_catalogue_is_in_order_and_as_strict_reading_has_it() -> None:
    found = shipped_indicators.catalogue()
    assert len(found) >= 11
    assert found == sorted(found, key=records.identity)
    assert [exchange_format.read(json.dumps(records.as_document(one)).encode()) for one in found] == found


@pytest.mark.parametrize(
    ("content", "faults"),
    [
        (GOOD, []),
        (GOOD.replace("\n", "\r\n"), []),
        ("", ["1: there is no indicator in the file"]),
        ("indicator = 1", ["1: each indicator is a table headed [[indicator]]"]),
        ("[[indicators]]\nkey = 1", ["1: the field indicators is not known; did you mean indicator?"]),
        ("a = 1\nb = \n", ["2: this is not TOML: Invalid value"]),
        ('a = "x', ["1: this is not TOML: Unterminated string"]),
        (b'a = 1\nb = "\xff"', ["2: this is not UTF-8 (byte 12)"]),
        (GOOD + GOOD.replace("max = 5", "max = 99"),
         ["18: indicator a: scale: a scale has 2 to 11 levels, and min is below max"]),
        (GOOD + GOOD, ["11: indicator a: the version stands twice, on lines 1 and 11"]),
        (GOOD.replace("version", "versoin"),
         ["1: indicator a: the field version is missing",
          "3: indicator a: the field versoin is not known; did you mean version?"]),
        (GOOD + '[indicator.scale.levels]\n6 = { da = "x" }\n',
         ["8: indicator a: scale: level 6 is not on the scale; it goes from 1 to 5"]),
        (GOOD.replace('status = "active"', 'status = "active"\nfrom = "i morgen"'),
         ["5: indicator a: from: a day is written YYYY-MM-DD"]),
        (GOOD.replace("min = 1", "min = nan"), ["1: NaN"]),
        (GOOD.replace('key = "a"', "key = 1"), ["2: indicator: key: this must be a text"]),
    ],
)  # fmt: skip
def test_every_fault_has_its_line(tmp_path: Path, content: str | bytes, faults: list[str]) -> None:
    found = check(tmp_path, content)
    if faults == ["1: NaN"]:
        assert found == ["1: indicator a: NaN is not a number"]
    else:
        assert found == faults


def test_days_and_level_texts_are_read(tmp_path: Path) -> None:
    days = GOOD.replace('status = "active"', 'status = "active"\nfrom = 2026-01-01\nuntil = 2026-12-31')
    assert check(tmp_path, days + '[indicator.scale.levels]\n1 = { da = "Lavt", en = "Low" }\n') == []


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        indicator_files.check(tmp_path / "no.toml")
    with pytest.raises(RefusedError):
        indicator_files.check(tmp_path)


def test_a_municipality_has_its_own_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "own" / "indicators"
    own.mkdir(parents=True)
    (own / "a.toml").write_text(GOOD)
    monkeypatch.setenv("JOBSAMTALE_DATA", str(tmp_path / "own"))
    assert [one.key for one in shipped_indicators.catalogue()] == ["a"]
    (own / "b.toml").write_text("[[indicator]]\nkey = 'b'")
    with pytest.raises(RefusedError, match=r"b\.toml"):
        shipped_indicators.catalogue()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(made(records.Indicator), max_size=3, unique_by=records.identity))
def test_what_is_written_reads_the_same(tmp_path: Path, made: list[records.Indicator]) -> None:
    text = families.to_toml(made)
    tables = tomllib.loads(text).get("indicator", [])
    assert [exchange_format.read_document({**table, "kind": "indicator"}) for table in tables] == made
    assert not made or check(tmp_path, text) == []


def test_what_is_written_looks_as_the_catalogue_does() -> None:
    (path,) = (resources.shipped() / "indicators").glob("samarbejde.toml")
    (one,) = (one for one in shipped_indicators.catalogue() if one.key == "samarbejde")
    ours = [line.replace("{ ", "{").replace(" }", "}") for line in path.read_text().splitlines()]
    assert families.to_toml([one]).splitlines() == ours


def test_everything_is_the_database_and_then_the_rest(database: Database, actor: Actor) -> None:
    (known,) = (one for one in shipped_indicators.catalogue() if one.key == "samarbejde")
    own = records.Indicator(
        key="zebra", version=1, name=known.name, question=known.question, scale=known.scale, status="draft"
    )
    file = "\n".join(json.dumps(records.as_document(one)) for one in (known, own))
    importing.import_file(database, io.BytesIO(file.encode()), "-", actor)
    with database.connected() as connection:
        found = families.everything(connection)
    assert [(one.key, origin) for one, origin in found[:2]] == [("samarbejde", "database"), ("zebra", "database")]
    assert {origin for _one, origin in found[2:]} == {"catalogue"}
    assert len(found) == len(shipped_indicators.catalogue()) + 1


def test_the_ten_target_groups() -> None:
    assert [group.key for group in target_groups.target_groups()] == [
        "dagpenge", "jobparat", "aktivitetsparat", "begraenset_arbejdsevne", "sygedagpenge", "varige_begraensninger",
        "ressourceforloeb", "uddannelsesparat", "aktivitetsparat_ung", "jobafklaring",
    ]  # fmt: skip
    assert all(group.source and group.plan_source and group.name.en for group in target_groups.target_groups())
    assert target_groups.names()["dagpenge"] == "Dagpenge"
    found = target_groups.find("jobparat")
    assert found is not None
    assert found.plan == "Min Plan"
    assert target_groups.find("nej") is target_groups.find(None) is None


def test_a_municipality_has_its_own_target_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = tmp_path / "own" / "rules"
    rules.mkdir(parents=True)
    monkeypatch.setenv("JOBSAMTALE_DATA", str(tmp_path / "own"))
    assert len(target_groups.known()) == 10
    (rules / "target_groups.toml").write_text("[[target_group]]\nkey = 'ny'")
    with pytest.raises(RefusedError, match=r"target_groups\.toml"):
        target_groups.known()
