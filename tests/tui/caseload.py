"""A small caseload in the exchange format, on a Wednesday: every kind of citizen that the screens tell apart."""

import json
from pathlib import Path
from typing import Any

from jobsamtale_tui.casework.change.context import Actor
from jobsamtale_tui.casework.exchange.importing import import_file
from jobsamtale_tui.store.sqlite.database import Database

NOW = "2026-06-03T08:05:00Z"
"""Wednesday the third of June 2026, five past ten in Denmark."""
CPR = "150388-1234"


def _indicator(key: str, name: str, low: int, high: int, **more: Any) -> dict[str, Any]:
    levels = {str(level): {"da": f"{name} på trin {level}."} for level in range(low, high + 1)}
    return {
        "kind": "indicator",
        "key": key,
        "version": 1,
        "name": {"da": name, "en": f"{name} (en)"},
        "question": {"da": f"Hvordan står det til med {name.lower()}?", "en": f"How is {name.lower()}?"},
        "scale": {"min": low, "max": high, "levels": levels, **more},
        "status": "active",
    }


def _agreement(key: str, citizen: str, until: str, *indicators: str) -> dict[str, Any]:
    return {
        "kind": "agreement",
        "key": key,
        "citizen": citizen,
        "from": "2026-01-05",
        "until": until,
        "every_weeks": 4,
        "indicators": [
            {"indicator": one, "reason": f"Det fylder i hverdagen ({one})", "from": "2026-01-05"} for one in indicators
        ],
    }


def _session(key: str, citizen: str, held_at: str, status: str, **more: Any) -> dict[str, Any]:
    whose = {"kind": "session", "key": key, "citizen": citizen, "caseworker": "anne"}
    return {**whose, "held_at": held_at, "status": status, **more}


RECORDS: list[dict[str, Any]] = [
    {"kind": "unit", "key": "nord", "name": "Afsnit Nord"},
    {"kind": "caseworker", "key": "anne", "name": "Anne Bech", "unit": "nord", "role": "caseworker"},
    {"kind": "caseworker", "key": "bo", "name": "Bo Lund", "unit": "nord", "role": "caseworker"},
    _indicator("mod", "Mod", 1, 10, stages=[{"from": 6, "to": 8, "name": {"da": "På vej"}}]),
    _indicator("energi", "Energi", 0, 10),
    _indicator("overblik", "Overblik", 1, 5),
    {
        "kind": "citizen",
        "key": "mette-holm",
        "name": "Mette Holm",
        "cpr": CPR,
        "case_key": "24-1107",
        "target_group": "jobparat",
        "caseworker": "anne",
        "contact_start": "2026-01-05",
        "indicators_used": {"use": True, "reason": "Hun vil følge sin udvikling"},
    },
    {"kind": "citizen", "key": "åge-bx", "name": "Åge Østergaard", "caseworker": "anne"},
    {"kind": "citizen", "key": "øjvind-bx", "name": "Øjvind Nør", "caseworker": "anne"},
    {"kind": "citizen", "key": "ærlig-bx", "name": "Ærenlund Bo", "caseworker": "anne"},
    {"kind": "citizen", "key": "zenia-bx", "name": "Zenia Zahl", "caseworker": "anne"},
    {"kind": "citizen", "key": "ida-sø", "name": "Ida Sø", "case_key": "24-2200", "caseworker": "anne"},
    {
        "kind": "citizen",
        "key": "kaj-lind",
        "name": "Kaj Lind",
        "caseworker": "anne",
        "indicators_used": {"use": False, "reason": "Han bad om at slippe"},
    },
    {
        "kind": "citizen",
        "key": "ditte-ny",
        "name": "Ditte Ny",
        "caseworker": "anne",
        "indicators_used": {"use": True, "reason": "Hun er nysgerrig"},
    },
    {"kind": "citizen", "key": "bos-borger", "name": "Borger hos Bo", "caseworker": "bo"},
    _agreement("aftale-mette", "mette-holm", "2026-12-31", "mod", "energi", "overblik", "jobtro", "netvaerk"),
    _agreement("aftale-ida", "ida-sø", "2026-04-30", "mod", "energi"),
    _agreement("aftale-kaj", "kaj-lind", "2026-12-31", "mod"),
    {
        "kind": "job_goal",
        "key": "mål-1",
        "citizen": "mette-holm",
        "grade": "A",
        "position": "Lagermedarbejder",
        "realistic": "partly",
        "from": "2026-01-05",
    },
    _session(
        "mette-maj",
        "mette-holm",
        "2026-05-06T08:00:00Z",
        "completed",
        form="personal",
        theme="Lager eller butik",
        agenda=[
            {"topic": "Lager eller butik", "by": "citizen", "state": "done", "conclusion": "Lager først"},
            {"topic": "Truckkort", "by": "citizen", "state": "agreed"},
        ],
        scores=[{"indicator": "mod", "value": 5}, {"indicator": "overblik", "value": 3}],
        steps=[
            {
                "what": "Ringe til Bilka",
                "how": "Torsdag formiddag",
                "when": "2026-05-20",
                "who": "citizen",
                "status": "open",
            }
        ],
        summary="Jeg prøver lageret.",
    ),
    _session("mette-i-dag", "mette-holm", "2026-06-03T08:30:00Z", "planned", form="personal"),
    _session("zenia-i-går", "zenia-bx", "2026-06-02T08:30:00Z", "planned", form="remote"),
    _session("øjvind-fredag", "øjvind-bx", "2026-06-05T10:00:00Z", "planned", form="personal", theme="Første møde"),
    _session("åge-om-lidt", "åge-bx", "2026-06-15T10:00:00Z", "planned"),
    _session(
        "ida-åben",
        "ida-sø",
        "2026-06-01T09:00:00Z",
        "draft",
        need="Jeg vil gerne have ro",
        agenda=[{"topic": "Praktik", "by": "citizen", "state": "agreed"}],
        next={"at": "2026-06-22T08:00:00Z"},
    ),
    _session("bos", "bos-borger", "2026-06-03T11:00:00Z", "planned") | {"caseworker": "bo"},
]


def make(path: Path, records: list[dict[str, Any]]) -> Path:
    """A database at `path` with these records, through the store's own front door."""
    source = path.with_suffix(".jsonl")
    source.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), encoding="utf-8")
    made = Database(path.with_suffix(".making"))
    made.prepare()
    import_file(made, source, source.name, Actor(None, "tester"))
    made.copy_to(path)
    made.close()
    return path
