"""Files with indicators: every fault with its line, what would change, and what is refused."""

import json
from pathlib import Path

import pytest

from jobsamtale_tui import records
from jobsamtale_tui.casework.change.context import Actor, ChangeContext
from jobsamtale_tui.casework.indicators import editing as indicator_editing
from jobsamtale_tui.casework.indicators import families
from jobsamtale_tui.casework.indicators import files as indicator_files
from jobsamtale_tui.errors import ChangedByOtherError, RefusedError
from jobsamtale_tui.reference import indicators as shipped_indicators
from jobsamtale_tui.store.questions import quick_reads, reads
from jobsamtale_tui.store.sqlite.database import Database

ACTOR = Actor(None, "tester")
FIVE = """\
[[indicator]]
key = "ro"
version = 1
status = "active"
name = { da = "Ro" }
question = { da = "Hvor rolig er du?" }

[indicator.scale]
min = 1
max = 5
levels.1 = { da = "Jeg er urolig." }
"""
TEN = """
[[indicator]]
key = "ro"
version = 2
status = "active"
name = { da = "Ro" }
question = { da = "Hvor rolig er du?" }
converts = { from = 1, by = "levels", levels = { 1 = 1, 2 = 3, 3 = 5, 4 = 8 } }

[indicator.scale]
min = 1
max = 10
"""


@pytest.fixture
def database(tmp_path: Path) -> Database:
    made = Database(tmp_path / "own" / "x.db")
    made.prepare()
    return made


def written(folder: Path, content: str, name: str = "own.toml") -> Path:
    path = folder / name
    path.write_text(content)
    return path


def taken(database: Database, path: Path, reason: str | None = None) -> tuple[list[str], list[str]]:
    """What would change and what is wrong; taken in where nothing is."""
    with database.connected() as connection:
        planned, faults = indicator_files.plan_all(connection, [path], reason)
    if not faults:
        indicator_files.apply(database, ACTOR, planned)
    name = f"{path}:"
    return [line for one in planned for line in indicator_files.told(one)], [one.removeprefix(name) for one in faults]


def stored(database: Database, key: str = "ro") -> dict[int, records.Indicator]:
    with database.connected() as connection:
        return {one.version: one for one in reads.indicators(connection, key)}


def test_every_fault_is_said_with_its_line(tmp_path: Path) -> None:
    wrong = FIVE.replace("levels.1", "levels.7") + TEN.replace("max = 10", "max = 10\nlevels.0 = { da = 'x' }")
    assert indicator_files.check(written(tmp_path, wrong)) == [
        f"{tmp_path}/own.toml:8: indicator ro: scale: level 7 is not on the scale; it goes from 1 to 5",
        f"{tmp_path}/own.toml:21: indicator ro: scale: level 0 is not on the scale; it goes from 1 to 10",
    ]
    (gap,) = indicator_files.check(written(tmp_path, FIVE + TEN))
    assert gap.endswith(
        ":13: indicator ro: converts.levels: every number from 1 to 5 is named, and no other; look at 5"
    )
    wrong = FIVE.replace("name =", "nme =").replace("version = 1", "version = 0")
    found = indicator_files.check(written(tmp_path, TEN + wrong))
    assert [line.removeprefix(f"{tmp_path}/own.toml:") for line in found] == [
        "13: indicator ro: the field name is missing",
        "15: indicator ro: version: the number must lie between 1 and 100000",
        "17: indicator ro: the field nme is not known; did you mean name?",
    ]
    lines = [json.dumps({"kind": "indicator", "key": "x", "version": 0}), "{", json.dumps({"kind": "unit", "key": "u"})]
    found = indicator_files.check(written(tmp_path, "\n".join(lines), "own.jsonl"))
    assert [line.split(":")[1] for line in found] == ["1", "1", "1", "1", "1", "2", "3"]
    assert indicator_files.advice(written(tmp_path, FIVE)) == [
        f"{tmp_path}/own.toml:1: indicator ro: scale.levels: No text for: 2, 3, 4, 5"
    ]


def test_a_file_is_compared_and_taken_in(tmp_path: Path, database: Database) -> None:
    path = written(tmp_path, FIVE)
    assert taken(database, path) == (["+ indicator ro version 1: new, Ro, 1–5, active"], [])
    assert taken(database, path) == (["  indicator ro version 1: as it was"], [])
    both = written(tmp_path, FIVE + TEN.replace("4 = 8", "4 = 8, 5 = 10"))
    assert taken(database, both)[1] == []
    assert stored(database)[2].converts == records.Converts(
        from_=1, by="levels", levels={"1": 1, "2": 3, "3": 5, "4": 8, "5": 10}
    )


def test_a_changed_meaning_needs_its_own_version_and_a_wording_its_reason(tmp_path: Path, database: Database) -> None:
    taken(database, written(tmp_path, FIVE))
    changes, faults = taken(database, written(tmp_path, FIVE.replace("max = 5", "max = 6")))
    assert changes == ["~ indicator ro version 1: changed", "    scale.max: 5 → 6 (what a number means)"]
    assert faults == [
        "1: indicator ro: scale.max: version 1 is published, and this changes what its numbers mean; give it version 2"
    ]
    path = written(tmp_path, FIVE.replace("urolig", "urollig"))
    assert taken(database, path)[1] == [
        "1: indicator ro: reason: a changed wording of a published version needs a reason, here or with --reason"
    ]
    assert taken(database, path, "Stavefejl")[1] == []
    assert stored(database)[1].reason == "Stavefejl"
    assert taken(database, written(tmp_path, FIVE.replace('"active"', '"draft"')))[1] == [
        "1: indicator ro: status: version 1 is published and cannot become a draft again",
        "1: indicator ro: reason: a changed wording of a published version needs a reason, here or with --reason",
    ]


def test_both_formats_say_the_same(tmp_path: Path, database: Database) -> None:
    taken(database, written(tmp_path, FIVE + TEN.replace("4 = 8", "4 = 8, 5 = 10")))
    every = list(stored(database).values())
    lines = "".join(json.dumps(records.as_document(one)) + "\n" for one in every)
    for name, content in (("own.toml", families.to_toml(every)), ("own.jsonl", lines)):
        assert [one for _line, one in indicator_files.load(written(tmp_path, content, name)).found] == every


def test_a_draft_is_hidden_until_it_is_published_and_a_catalogue_indicator_stays_whole(database: Database) -> None:
    (mod,) = [one for one in shipped_indicators.catalogue() if one.key == "jobtro"]
    place = ChangeContext(database=database, actor=ACTOR, key="jobtro", seen=0)
    seen = indicator_editing.save_draft(place, mod)
    assert [one.status for one in stored(database, "jobtro").values()] == ["active", "draft"]
    with pytest.raises(ChangedByOtherError):
        indicator_editing.save_draft(place, mod)
    indicator_editing.undo(database, ACTOR, "jobtro")
    assert list(stored(database, "jobtro")) == [1]
    indicator_editing.redo(database, ACTOR, "jobtro")
    with database.connected() as connection:
        again = quick_reads.draft_version(connection, "jobtro")
        assert again > seen
        assert mod.from_ is not None
        assert next(one for one in families.choosable(connection, mod.from_) if one.key == "jobtro").version == 1
    with pytest.raises(RefusedError, match="A reason is missing"):
        indicator_editing.publish(ChangeContext(database=database, actor=ACTOR, key="jobtro", seen=again), "new", " ")
    with database.connected() as connection:
        assert quick_reads.draft_version(connection, "jobtro") == again
