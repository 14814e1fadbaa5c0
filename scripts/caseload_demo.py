"""The demo's caseload as records: forty citizens of a municipality that does not exist."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

from jobsamtale_tui.records import (
    KINDS,
    Activity,
    Application,
    Balance,
    Caseworker,
    Citizen,
    CvEntry,
    Ended,
    FollowUp,
    Indicator,
    IndicatorsUsed,
    JobGoal,
    Opening,
    Profile,
    Quality,
    Record,
    Reflection,
    Scale,
    Session,
    Unit,
    Wording,
    Words,
    as_document,
    identity,
)
from scripts.caseload_calendar import ANCHOR, Diary, open_day, weeks
from scripts.caseload_scores import ENERGY, ENERGY_WIDER
from scripts.caseload_sessions import CONSULTANT, Event, Writer, laid_out, reserve_fixed, start_of
from scripts.caseload_stories import USER, Story, shared, stories

SEED = 2026
_MUNICIPALITY = "Nørreå Kommune"
_LEADER, _COLLEAGUE = "lise-marie-toft", "jonas-kjær"
_CPR_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def demo_toml() -> str:
    """What says how the demo's dates are laid and whose eyes it is seen with."""
    return f'anchor = {ANCHOR.isoformat()}\nuser = "{USER}"\n'


def demo_jsonl() -> str:
    """The demo's caseload in the exchange format, sorted as an export is."""
    kinds = list(KINDS)
    records = sorted(demo_records(), key=lambda record: (kinds.index(record.kind), identity(record)))
    return "".join(line(as_document(record)) for record in records)


def line(document: dict[str, Any]) -> str:
    """A document as a line of an exchange file."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"


def demo_records() -> Iterator[Record]:
    """Every record of the demo."""
    yield from _house()
    yield from _energy()
    told, pieces, diary = stories(), shared(), Diary()
    fixed = reserve_fixed(told, diary)
    at_meeting = [story.key for story in told if story.industry]
    sessions: list[Session] = []
    for number, story in enumerate(told):
        rng = Random(f"{SEED}:{story.key}")
        start = start_of(rng, story)
        events = laid_out(rng, story, start, diary) + fixed[story.key]
        events += _booked(rng, story, diary)
        events.sort(key=lambda event: event.at)
        seat = at_meeting.index(story.key) if story.industry else 0
        writer = Writer(rng, story, pieces, events, seat)
        written = writer.sessions()
        sessions += written
        yield _citizen(rng, story, start, number, written)
        yield _profile(story)
        yield from writer.plan.agreements
        yield from _goals(story, start)
        yield from _applications(rng, story, start)
        yield from _activities(story, start)
        yield from written
    yield from _reflections(sessions)
    yield from _openings()


def _house() -> Iterable[Record]:
    yield Unit(key="job-og-ydelse", name="Job og ydelse", municipality=_MUNICIPALITY)
    yield Unit(key="helbred-og-job", name="Helbred og job", municipality=_MUNICIPALITY)
    yield Caseworker(key=USER, name="Anne Bech", unit="job-og-ydelse", role="caseworker")
    yield Caseworker(key=_COLLEAGUE, name="Jonas Kjær", unit="helbred-og-job", role="caseworker")
    yield Caseworker(key=_LEADER, name="Lise-Marie Toft", unit="helbred-og-job", role="team_leader")
    yield Caseworker(key="torben-kaas", name=CONSULTANT, unit="job-og-ydelse", role="company_consultant")


def _energy() -> Iterable[Record]:
    narrow = {
        "1": Wording(da="Jeg har ingen kræfter."),
        "3": Wording(da="Jeg har kræfter til det nødvendige."),
        "5": Wording(da="Jeg har kræfter til overs."),
    }
    wide = {
        "1": Wording(da="Jeg har ikke kræfter til noget i løbet af dagen."),
        "3": Wording(da="Jeg har kræfter til én ting om dagen."),
        "5": Wording(da="Jeg har kræfter til en formiddag."),
        "7": Wording(da="Jeg har kræfter til det meste af en dag, når jeg holder pauser."),
        "10": Wording(da="Jeg har kræfter til en hel arbejdsdag og til noget bagefter."),
    }
    name = Words(da="Energi", en="Energy")
    question = Wording(da="Hvor meget har du kræfter til på en almindelig dag?")
    first = Indicator(
        key=ENERGY,
        version=1,
        name=name,
        question=question,
        area="Hverdag og helbred",
        scale=Scale(min=1, max=5, levels=narrow),
        from_=date(2024, 9, 2),
        until=ENERGY_WIDER - timedelta(days=1),
        status="retired",
    )
    yield first
    yield replace(
        first,
        version=2,
        scale=Scale(min=1, max=10, levels=wide),
        from_=ENERGY_WIDER,
        until=None,
        status="active",
    )


def _booked(rng: Random, story: Story, diary: Diary) -> list[Event]:
    if story.worker == USER or story.ended or rng.random() < 0.45:
        return []
    day = ANCHOR + timedelta(days=rng.randint(1, 20))
    return [Event(diary.find(rng, story.worker, day), "planned")]


def _citizen(rng: Random, story: Story, start: date, number: int, sessions: list[Session]) -> Citizen:
    used = None
    if story.why:
        used = IndicatorsUsed(use=story.use, reason=story.why, barriers=tuple(story.barriers))
    ended = None
    if story.ended:
        last = max(session.held_at for session in sessions if session.status == "completed").date()
        ended = Ended(on=open_day(last + timedelta(days=3)), reason=story.ended[1])
    return Citizen(
        key=story.key,
        name=story.name,
        cpr=_cpr(story, number),
        case_key=f"FAS-{start.year}-{rng.randint(40, 98) * 10 + number:05d}",
        target_group=story.group,
        caseworker=story.worker,
        contact_start=start,
        language=story.language,
        readiness=story.ready or {"jobparat": 2, "dagpenge": 1}.get(story.group, 3),
        indicators_used=used,
        ended=ended,
    )


def _cpr(story: Story, number: int) -> str:
    """A number that nobody has: serials from 9900 on; each sixth without a valid check digit."""
    day = f"{int(story.born[:2]) + (60 if story.admin else 0):02d}"
    base = f"{day}{story.born[2:6]}"
    for serial in range(9900, 10_000):
        digits = f"{base}{serial}"
        valid = sum(weight * int(digit) for weight, digit in zip(_CPR_WEIGHTS, digits, strict=True)) % 11 == 0
        man = serial % 2 == 1
        if valid != (story.invalid or number % 6 == 5) and man == story.born.endswith("m"):
            return f"{base}-{serial}"
    raise ValueError(f"no serial is left for {story.key}")


def _profile(story: Story) -> Profile:
    return Profile(
        citizen=story.key,
        wishes=story.wishes,
        cv=tuple(CvEntry(position=position, years=years) for position, years in story.cv),
        competences=story.can,
        to_develop=story.grow,
    )


def _goals(story: Story, start: date) -> Iterable[Record]:
    for number, told in enumerate(story.goals, 1):
        fields = {key: value for key, value in told.items() if key != "weeks"}
        since, until = _span(told.get("weeks"), start)
        yield JobGoal(key=_goal_key(story, number), citizen=story.key, from_=since, until=until, **fields)


def _goal_key(story: Story, number: int) -> str:
    return f"{story.key}-mål-{number}"


def _span(told: list[int] | None, start: date) -> tuple[date, date | None]:
    since = max(weeks(told[0]), start + timedelta(days=10)) if told else open_day(start + timedelta(days=14))
    return since, weeks(told[1]) + timedelta(days=4) if told and len(told) > 1 else None


def _applications(rng: Random, story: Story, start: date) -> Iterable[Record]:
    pieces = shared()
    first = start + timedelta(days=18)
    last = weeks(-6) if story.quiet else weeks(story.ended[0]) if story.ended else ANCHOR - timedelta(days=4)
    count = len(story.applied)
    for number, told in enumerate(story.applied):
        position, employer = told.split(" @ ")
        day = first + (last - first) * (number + 1) / count - timedelta(days=rng.randint(0, 6))
        recent = (ANCHOR - day).days < 18
        result = "Afventer svar" if recent else rng.choice(pieces["results"][:-1])
        if story.ended and number == 0:
            result = "Ansat"
        yield Application(
            key=f"{story.key}-ansøgning-{number + 1}",
            citizen=story.key,
            on=day,
            position=position,
            employer=employer,
            channel=rng.choice(pieces["channels"]),
            result=result or None,
        )


def _activities(story: Story, start: date) -> Iterable[Record]:
    for number, told in enumerate(story.activities, 1):
        since, until = _span(told["weeks"], start)
        yield Activity(
            key=f"{story.key}-indsats-{number}",
            citizen=story.key,
            name=told["name"],
            field=told["field"],
            outcome=told["outcome"],
            toward_job=told["toward"],
            goal=_goal_key(story, told["goal"]) if "goal" in told else None,
            responsible=told["who"],
            from_=since,
            until=until,
            follow_ups=tuple(
                FollowUp(on=weeks(week) + timedelta(days=2), nearer=nearer, why=why, shows=shows)
                for week, nearer, why, shows in told.get("follow", ())
            ),
        )


def _reflections(sessions: list[Session]) -> Iterable[Record]:
    def held(citizen: str, number: int) -> str:
        return [each.key for each in sessions if each.citizen == citizen and each.status == "completed"][number]

    yield Reflection(
        session=held("per-madsen", -1),
        by=USER,
        role="self",
        quality=Quality(structure=3, involvement=3, ownership=2, focus=2, questions=2, it=3),
        roles=Balance(coach=50, adviser=40, authority=10),
        worked="Han fik tid til at sige, hvad han helst vil, før vi så på andre veje.",
        note="Jeg kom med plan B, før han selv gjorde. Næste gang venter jeg et spørgsmål længere.",
    )
    yield Reflection(
        session=held("fatima-al-hassan", -2),
        by=_COLLEAGUE,
        role="peer",
        quality=Quality(structure=2, involvement=3, ownership=3, focus=2, questions=3, it=1),
        roles=Balance(coach=60, adviser=30, authority=10),
        worked="Du lod pausen stå, og så kom det vigtige.",
        note="Skærmen kunne have været fælles.",
    )
    yield Reflection(
        session=held("thomas-winther", 1),
        by=_LEADER,
        role="leader",
        quality=Quality(structure=3, involvement=2, ownership=3, focus=3, questions=3, it=2),
        roles=Balance(coach=40, adviser=55, authority=5),
        worked="Gode spørgsmål om opgaver i stedet for titler.",
        note="Prøv at lade borgeren samle op, før du selv gør det.",
    )


def _openings() -> Iterable[Record]:
    """What to bring to a session: for one citizen, and for whoever looks in an industry."""
    yield Opening(
        key="mælkevejen-vikar",
        citizen="per-madsen",
        industry="Dagtilbud",
        title="Pædagogmedhjælper, vikar i legetiden",
        employer="Børnehuset Mælkevejen",
        type="job",
        until=ANCHOR + timedelta(days=11),
        note="Lederen kender Per fra praktikken og vil gerne ringes op.",
    )
    yield Opening(
        key="nørreå-skole-pedel",
        citizen="per-madsen",
        industry="Skole",
        title="Praktik hos pedellen",
        employer="Nørreå Skole",
        type="internship",
        note="Han må komme og se værkstedet først.",
    )
    yield Opening(
        key="nordlager-truck",
        industry="Lager og logistik",
        title="Lagermedarbejder på daghold",
        employer="Nordlager",
        type="job",
        until=ANCHOR + timedelta(days=18),
        note="Truckcertifikat er en fordel, ikke et krav.",
    )
    yield Opening(
        key="solhøj-praktik",
        industry="Ældrepleje",
        title="Praktik på et plejehjem",
        employer="Solhøj",
        type="internship",
    )
    yield Opening(
        key="uddannelsesguiden",
        title="Uddannelser og job, beskrevet kort",
        type="link",
        link="https://www.ug.dk",
    )
