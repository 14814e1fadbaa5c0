"""`prepare`: the briefing as text on one screen, as JSON, for a day, and what it refuses."""

from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Run, as_lines

GOLDEN = Path(__file__).parent / "briefing.txt"
PER: list[dict[str, Any]] = [
    {"kind": "caseworker", "key": "anne", "name": "Anne Bech"},
    {
        "kind": "citizen",
        "key": "per",
        "name": "Per Madsen",
        "cpr": "010184-1235",
        "case_key": "FAS-1",
        "target_group": "jobparat",
        "caseworker": "anne",
        "contact_start": "2026-02-02",
        "readiness": 2,
        "indicators_used": {"use": True, "reason": "Ryggen", "barriers": ["Ryggen tåler ikke tunge løft"]},
    },
    {
        "kind": "profile",
        "citizen": "per",
        "wishes": ["stilladsarbejder"],
        "cv": [{"position": "stilladsarbejder", "years": 15}],
        "competences": ["Møder til tiden"],
    },
    *(
        {
            "kind": "application",
            "key": f"ansøgning-{day}",
            "citizen": "per",
            "on": f"2026-05-{day}",
            "position": "pædagogmedhjælper",
            "channel": channel,
            "result": result,
        }
        for day, channel, result in (("04", "Jobnet", "Afslag"), ("11", "Jobnet", ""), ("28", "Telefon", "Til samtale"))
    ),
    {
        "kind": "job_goal",
        "key": "mål",
        "citizen": "per",
        "grade": "A",
        "position": "Stilladsarbejder",
        "realistic": "no",
        "why": "Ryggen",
        "from": "2026-02-02",
    },
    {
        "kind": "activity",
        "key": "praktik",
        "citizen": "per",
        "name": "Praktik i Børnehuset",
        "field": "employment",
        "outcome": "nærmere selvforsørgelse",
        "from": "2026-05-20",
    },
    {
        "kind": "agreement",
        "key": "aftale",
        "citizen": "per",
        "from": "2026-02-02",
        "indicators": [{"indicator": "jobtro", "reason": "Han er i tvivl", "from": "2026-02-02"}],
    },
    {
        "kind": "session",
        "key": "s-1",
        "citizen": "per",
        "held_at": "2026-02-09T09:00:00Z",
        "status": "completed",
        "scores": [{"indicator": "jobtro", "value": 7}],
    },
    {
        "kind": "session",
        "key": "s-2",
        "citizen": "per",
        "caseworker": "anne",
        "held_at": "2026-05-04T08:00:00Z",
        "status": "completed",
        "theme": "Arbejde med børn",
        "agenda": [
            {"topic": "Arbejde med børn", "by": "citizen", "state": "done", "conclusion": "Per vil prøve en praktik"},
            {"topic": "Efteruddannelse", "by": "caseworker", "state": "agreed"},
        ],
        "scores": [{"indicator": "jobtro", "value": 4}],
        "steps": [
            {"what": "Ringe til Børnehuset", "when": "2026-05-11", "who": "citizen", "status": "open"},
            {"what": "Finde udtalelsen", "who": "caseworker", "status": "partly"},
        ],
        "summary": "Jeg vil gerne arbejde med børn.",
    },
]
REASONS = [
    *("overdue_step", "carried_item", "open_step", "indicator_fell", "goal_not_realistic", "wish_vs_applications"),
    *("wish_vs_cv", "activity_purpose"),
]


@pytest.fixture
def per(home: Path, run: Run) -> Path:
    """A database with Per in it."""
    source = home / "per.jsonl"
    source.write_text(as_lines(PER), encoding="utf-8")
    assert run("import", source).code == 0
    return source


def test_the_text_is_kept_and_fits_a_screen(per: Path, run: Run) -> None:
    done = run("prepare", "per")
    assert (done.code, done.err) == (0, "")
    assert done.out == GOLDEN.read_text(encoding="utf-8")
    lines = done.out.splitlines()
    assert len(lines) <= 23
    assert max(map(len, lines)) <= 80


def test_all_there_is_has_the_facts_behind_each_proposal(per: Path, run: Run) -> None:
    text = run("prepare", "per", "--full").out
    assert "Decided 04.05.2026: Ringe til Børnehuset. Due 11.05.2026, 21 days ago. Not done." in " ".join(text.split())
    assert text.count("○ ") > len(REASONS)


def test_json_has_the_contracts_shape(per: Path, run: Run) -> None:
    found = run("--lang", "da", "prepare", "per", "--format", "json").json
    assert [one["reason"] for one in found["proposals"]] == REASONS
    assert {frozenset(one) for one in found["proposals"]} == {frozenset({"reason", "topic", "because"})}
    assert (found["citizen"], found["on"], found["last_session"]["key"]) == ("per", "2026-06-01", "s-2")
    assert found["last_session"]["summary"] == "Jeg vil gerne arbejde med børn."
    assert [(one["what"], one["status"]) for one in found["open_steps"]] == [
        ("Ringe til Børnehuset", "open"),
        ("Finde udtalelsen", "partly"),
    ]
    assert [one["key"] for one in found["job_goals"] + found["activities"]] == ["mål", "praktik"]
    (chosen,) = found["agreement"]["indicators"]
    assert (chosen["indicator"], chosen["latest"]["value"], chosen["latest"]["session"]) == ("jobtro", 4, "s-2")
    assert set(found["contact"]) == {"due", "rule", "status"}
    assert (found["search"]["applications"], found["search"]["per_week"]) == (2, 0.5)
    assert found["search"]["channels"] == {"Jobnet": 2, "Telefon": 1}
    assert found["search"]["industries"] == {"børn og unge": 3}
    assert found["search"]["unanswered"] == 1
    assert "010184" not in run("prepare", "per", "--format", "json").out


def test_only_sentences_change_with_the_language(per: Path, run: Run) -> None:
    danish, english = (run("--lang", lang, "prepare", "per", "--format", "json").json for lang in ("da", "en"))
    for one in (danish, english):
        for proposal in one["proposals"]:
            assert proposal.pop("because")
    assert danish == english


def test_a_day_is_looked_at_from_that_day(per: Path, run: Run) -> None:
    found = run("prepare", "per", "--on", "2026-03-01", "--format", "json").json
    assert found["last_session"]["key"] == "s-1"
    assert found["open_steps"] == []
    assert found["agreement"]["indicators"][0]["latest"]["value"] == 7
    assert "no_applications" not in [one["reason"] for one in found["proposals"]]
    found = run("prepare", "per", "--on", "2026-08-03", "--format", "json").json
    assert "no_applications" in [one["reason"] for one in found["proposals"]]


def test_somebody_of_whom_nothing_is_known(filled: Path, run: Run) -> None:
    done = run("prepare", "åge")
    assert done.code == 0
    assert "the first session" in done.out
    assert "\u202e" not in done.out


def test_what_is_refused(per: Path, run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("prepare", "nobody").code == 3
    assert run("prepare", "per", "--on", "never").code == 2
    assert run("prepare", "per", "--format", "pdf").code == 2
    (home / "own" / "positions").mkdir(parents=True)
    (home / "own" / "positions" / "byen.toml").write_text("[[")
    monkeypatch.setenv("JOBSAMTALE_DATA", str(home / "own"))
    done = run("prepare", "per")
    assert done.code == 0
    assert "byen.toml cannot be read" in done.err
    (home / "own" / "rules").mkdir()
    (home / "own" / "rules" / "proposals.toml").write_text("proposal = 3")
    done = run("prepare", "per")
    assert (done.code, done.out) == (1, "")
    assert "proposals.toml cannot be read" in done.err


def test_it_needs_neither_the_app_nor_the_mapping_layer(per: Path, home: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys; from jobsamtale_tui.__main__ import main; main(['prepare', 'per']);"
        "print([one for one in ('textual', 'sqlmodel', 'sqlalchemy', 'pydantic', 'jinja2') if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
