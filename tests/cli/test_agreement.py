"""`agreement`: agreements listed, shown with their history, and exported as `export agreements` writes them."""

from pathlib import Path

from jobsamtale_tui.casework.change.context import Actor, ChangeContext
from jobsamtale_tui.casework.citizen import agreements
from jobsamtale_tui.dates import today
from jobsamtale_tui.store.questions import quick_reads
from jobsamtale_tui.store.sqlite.database import Database

from .conftest import Run, as_lines

RUN_OUT = {
    "kind": "agreement",
    "key": "aftale-åge",
    "citizen": "åge",
    "from": "2026-01-05",
    "until": "2026-03-31",
    "every_weeks": 6,
    "indicators": [{"indicator": "jobtro", "reason": "Han tvivler", "from": "2026-01-05"}],
    "changes": [{"at": "2026-02-01T08:00:00Z", "what": "Jobtro er valgt.", "reason": "Han\ntvivler"}],
}


def _more(run: Run, home: Path) -> None:
    path = home / "more.jsonl"
    path.write_text(as_lines([RUN_OUT]), encoding="utf-8")
    assert run("import", path).code == 0


def test_agreements_are_listed_by_citizen_and_those_in_force_on_a_day(run: Run, filled: Path, home: Path) -> None:
    _more(run, home)
    lines = run("agreement", "list").out.splitlines()
    assert [line.split()[-1] for line in lines[1:]] == ["aftale-1", "aftale-åge"]
    assert "Mette Højbjerg" in lines[1]
    assert "jobtro" in lines[2]
    assert [one["key"] for one in run("agreement", "list", "--on", "2026-06-01", "--format", "json").json] == [
        "aftale-1"
    ]
    assert [one["key"] for one in run("agreement", "list", "--on", "2026-03-31", "--format", "json").json] == [
        *("aftale-1", "aftale-åge"),
    ]
    for filters, keys in (
        (("--citizen", "åge"), ["aftale-åge"]),
        (("--caseworker", "anne"), ["aftale-1"]),
        (("--unit", "nord", "--on", "2026-06-01"), ["aftale-1"]),
        (("--unit", "nord", "--on", "2025-06-01"), []),
    ):
        assert [one["key"] for one in run("agreement", "list", *filters, "--format", "json").json] == keys
    assert run("agreement", "list", "--unit", "syd").code == 3


def test_one_is_shown_with_its_history_and_what_is_suggested(run: Run, filled: Path) -> None:
    database = Database(filled)
    with database.connected() as connection:
        seen = quick_reads.version(connection, "agreement", "aftale-1")
    place = ChangeContext(database=database, actor=Actor("anne", "x"), key="aftale-1", seen=seen)
    agreements.remove(place, "jobtro", "Hun tror på det", today())
    database.close()
    shown = run("agreement", "show", "24-1107").out
    assert "Mette Højbjerg (mette-høj)" in shown
    assert "Hun tror på det" in shown
    assert "01.06.2026 10.00 · Anne Bech · " in shown
    assert "barrier: Ryggen" in shown
    found = run("agreement", "show", "aftale-1", "--format", "json").json
    assert found["kind"] == "agreement"
    assert [(one["at"], one["by"], one["reason"]) for one in found["changes"]] == [
        ("2026-06-01T08:00:00Z", "anne", "Hun tror på det")
    ]


def test_one_that_has_run_out_is_shown_and_says_so(run: Run, filled: Path, home: Path) -> None:
    _more(run, home)
    shown = run("agreement", "show", "åge").out
    assert "! The agreement's period has run out" in shown
    assert "Han tvivler" in shown
    assert "01.02.2026 09.00 · Jobtro er valgt. · Han tvivler" in shown


def test_who_has_none_and_who_is_not_there_is_said(run: Run, filled: Path) -> None:
    done = run("agreement", "show", "åge")
    assert (done.code, done.out) == (3, "")
    assert "åge has no agreement on indicators. See jobsamtale agreement list" in done.err
    assert run("agreement", "show", "ingen").code == 3


def test_an_export_is_that_of_export_agreements(run: Run, filled: Path, home: Path) -> None:
    _more(run, home)
    for form in ("jsonl", "csv"):
        done = run("agreement", "export", "--format", form)
        assert done.code == 0
        assert done.out == run("export", "agreements", "--format", form).out
        assert "aftale-åge" in done.out
    path = home / "out.jsonl"
    assert run("agreement", "export", "--citizen", "åge", "-o", path).code == 0
    assert path.read_text(encoding="utf-8").count("\n") == 1
    assert run("agreement", "export", "--format", "text").code == 2


def test_keys_of_citizens_and_agreements_complete(shell: Run, filled: Path) -> None:
    for beginning, key in (("a", "aftale-1"), ("m", "mette-høj")):
        line = f"jobsamtale agreement show {beginning}"
        done = shell(env={"_JOBSAMTALE_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": line})
        assert key in done.out
