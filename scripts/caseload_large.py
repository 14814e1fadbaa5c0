"""A caseload of any size for measuring: plain documents, made and written one at a time.

What a citizen is follows from the seed and her number alone, so every pass (citizens, agreements, sessions)
makes her anew and nothing is kept.
"""

import json
from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from random import Random
from typing import Any, NamedTuple

from scripts.caseload_calendar import ANCHOR, SLOTS, moment, open_day
from scripts.caseload_stories import names

_FIRST, _LAST = names()
_GROUPS = (
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
)
_INDICATORS = (
    "samarbejde",
    "kommunikation",
    "hverdag",
    "helbred",
    "jobmaal",
    "jobsoegning",
    "arbejdsmarked",
    "faglighed",
    "jobtro",
    "netvaerk",
    "fremmoede",
)
_REMARKS = (
    "Det går fremad i små skridt.",
    "Som sidst.",
    "En god periode med faste rammer.",
    "Har haft nogle svære dage, men er i gang igen.",
    "Er blevet mere sikker på sig selv.",
    "Mangler stadig en, der kan hjælpe i begyndelsen.",
)
_TOPICS = (
    ("Siden sidst", "Det aftalte er gjort, og der er mod på mere."),
    ("Jobmål", "Retningen holder, og der er set på to andre veje."),
    ("Praktik", "Der er fundet et sted, som vil tage imod."),
    ("CV og ansøgning", "CV'et er rettet til og lagt på nettet."),
    ("Hverdag og timer", "Ugen er lagt på papir, og der er plads til tre formiddage."),
    ("Netværk", "Der er tre navne at ringe til."),
)
_STEPS = (
    ("Ringe til to arbejdspladser", "Om formiddagen"),
    ("Skrive en ansøgning", "Med udgangspunkt i opslaget"),
    ("Aftale timer med praktikstedet", "Ved næste møde"),
    ("Tale med lægen om en plan", "Når tiden er der"),
    ("Rette CV'et", "Sammen med en ven"),
)
_REASONS = (
    "Det er her, der skal rykkes først.",
    "Borgeren har selv valgt den.",
    "Den følger op på praktikken.",
)
_DAYS_OF_BIRTH = (date(2006, 12, 31) - date(1962, 1, 1)).days
_PER_WORKER, _PER_UNIT = 60, 25
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


class _Hour(NamedTuple):
    day: str
    at: str
    noted: str
    due: str


def large_lines(citizens: int, sessions: int, seed: int) -> Iterator[bytes]:
    """The lines of a caseload of so many citizens and sessions, in the order of an export."""
    for document in _documents(citizens, sessions, seed):
        yield _encode(document).encode() + b"\n"


def _documents(citizens: int, sessions: int, seed: int) -> Iterator[dict[str, Any]]:
    workers = -(-citizens // _PER_WORKER)
    for number in range(-(-workers // _PER_UNIT)):
        yield {
            "kind": "unit",
            "key": f"u-{number:04d}",
            "name": f"Afsnit {number + 1}",
            "municipality": "Nørreå",
        }
    for number in range(workers):
        yield _worker(number)
    rng, hours = Random(), _hours()
    makers: tuple[Callable[[int, Random, list[list[_Hour]]], dict[str, Any]], ...] = (_citizen, _agreement)
    for make in makers:
        for number in range(citizens):
            rng.seed(seed * 10_000_019 + number)
            yield make(number, rng, hours)
    few, more = divmod(sessions, citizens)
    for number in range(citizens):
        rng.seed(seed * 10_000_019 + number)
        yield from _sessions(number, few + (number < more), rng, hours)


def _worker(number: int) -> dict[str, Any]:
    name = f"{_FIRST[number * 7 % len(_FIRST)]} {_LAST[number * 11 % len(_LAST)]}"
    unit = f"u-{number // _PER_UNIT:04d}"
    return {"kind": "caseworker", "key": f"k-{number:05d}", "name": name, "unit": unit, "role": "caseworker"}


def _hours() -> list[list[_Hour]]:
    hours, day = [], open_day(ANCHOR - timedelta(weeks=78))
    while day < ANCHOR:
        due = (day + timedelta(days=14)).isoformat()
        hours.append([_Hour(day.isoformat(), _iso(day, slot), _iso(day, slot, 42), due) for slot in SLOTS])
        day = open_day(day + timedelta(days=1))
    return hours


def _iso(day: date, clock: time, minutes: int = 0) -> str:
    return (moment(day, clock) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _traits(rng: Random, hours: list[list[_Hour]]) -> tuple[str, int, list[str]]:
    """Her name, the number of the day on which her course begins, and her indicators."""
    name = f"{rng.choice(_FIRST)} {rng.choice(_LAST)}"
    first = int(rng.random() ** 2 * (len(hours) - 40))
    return name, first, rng.sample(_INDICATORS, 6)


def _citizen(number: int, rng: Random, hours: list[list[_Hour]]) -> dict[str, Any]:
    name, first, _ = _traits(rng, hours)
    return {
        "kind": "citizen",
        "key": f"b-{number:07d}",
        "name": name,
        "cpr": _cpr(number),
        "case_key": f"FAS-{number:07d}",
        "target_group": _GROUPS[number % len(_GROUPS)],
        "caseworker": f"k-{number // _PER_WORKER:05d}",
        "contact_start": hours[first][0].day,
        "language": "da",
        "readiness": rng.randint(1, 3),
        "indicators_used": {
            "use": True,
            "reason": "Flere ting skal følges ad.",
            "barriers": ["Helbred", "Netværk"],
        },
    }


def _cpr(number: int) -> str:
    """A number with a valid check digit, told apart by day of birth first and serial then."""
    serials, days = divmod(number, _DAYS_OF_BIRTH)
    base = (date(1962, 1, 1) + timedelta(days=days)).strftime("%d%m%y")
    digits = sum(weight * int(digit) for weight, digit in zip((4, 3, 2, 7, 6, 5), base, strict=True))
    serial = 9000
    while True:
        tail = sum(weight * int(digit) for weight, digit in zip((4, 3, 2, 1), str(serial), strict=True))
        if (digits + tail) % 11 == 0:
            if serials == 0:
                return f"{base}-{serial}"
            serials -= 1
        serial += 1


def _agreement(number: int, rng: Random, hours: list[list[_Hour]]) -> dict[str, Any]:
    _, first, indicators = _traits(rng, hours)
    since = hours[first][0].day
    return {
        "kind": "agreement",
        "key": f"a-{number:07d}",
        "citizen": f"b-{number:07d}",
        "from": since,
        "until": "2026-12-31",
        "every_weeks": rng.choice((4, 6, 8)),
        "indicators": [
            {"indicator": indicator, "reason": rng.choice(_REASONS), "from": since} for indicator in indicators
        ],
    }


def _sessions(number: int, count: int, rng: Random, hours: list[list[_Hour]]) -> Iterator[dict[str, Any]]:
    name, first, indicators = _traits(rng, hours)
    values = [rng.randint(2, 6) for _ in indicators]
    left = len(hours) - first
    for turn in range(count):
        hour = hours[first + turn * left // count][number % len(SLOTS)]
        session: dict[str, Any] = {
            "kind": "session",
            "key": f"s-{number:07d}-{turn:04d}",
            "citizen": f"b-{number:07d}",
            "caseworker": f"k-{number // _PER_WORKER:05d}",
            "held_at": hour.at,
            "minutes": 40,
            "form": "remote" if rng.random() < 0.25 else "personal",
            "interview_type": 7,
            "booked_by": "citizen",
        }
        chance = rng.random()
        if chance < 0.05:
            session["status"] = "no_show" if chance < 0.03 else "cancelled"
        else:
            session["status"] = "completed"
            session |= _held(name, hour, _scores(indicators, values, rng), rng)
        yield session


def _scores(indicators: list[str], values: list[int], rng: Random) -> list[dict[str, Any]]:
    """The scores of one session; `values` move on."""
    scores: list[dict[str, Any]] = []
    for place, indicator in enumerate(indicators):
        values[place] = max(1, min(10, values[place] + rng.choice((-1, 0, 0, 0, 1, 1))))
        score: dict[str, Any] = {"indicator": indicator, "version": 1, "value": values[place]}
        if rng.random() < 0.5:
            score["remark"] = rng.choice(_REMARKS)
        scores.append(score)
    return scores


def _held(name: str, hour: _Hour, scores: list[dict[str, Any]], rng: Random) -> dict[str, Any]:
    """What a completed session holds beside its head."""
    agenda = rng.sample(_TOPICS, 2)
    what, how = rng.choice(_STEPS)
    held: dict[str, Any] = {
        "theme": agenda[0][0],
        "need": "Hjælp til at komme videre",
        "agenda": [{"topic": topic, "by": "citizen", "state": "done", "conclusion": said} for topic, said in agenda],
        "scores": scores,
        "steps": [
            {
                "what": what,
                "how": how,
                "when": hour.due,
                "who": "citizen",
                "status": rng.choice(("done", "done", "partly", "open")),
            }
        ],
        "summary": "Jeg ved, hvad jeg skal, og hvem jeg ringer til, hvis det driller.",
    }
    if rng.random() < 0.5:
        lines = [f"Samtale med {name}. Emner: " + " ".join(f"{topic}: {said}" for topic, said in agenda)]
        lines += [
            f"{each['indicator'].capitalize()}: {each['value']} af 10. {each.get('remark', '')}".rstrip()
            for each in scores
        ]
        lines.append(f"Næste skridt: {what}. {how}.")
        text = "\n".join(lines)
        held["note"] = {"text": text, "template": "journalnotat", "version": 1, "at": hour.noted}
    return held
