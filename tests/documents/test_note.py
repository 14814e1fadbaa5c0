import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from jobsamtale_tui import i18n, texts
from jobsamtale_tui.documents.note import facts as note_facts
from jobsamtale_tui.documents.note.facts import NoteActivity, NoteFacts, NoteIndicator
from jobsamtale_tui.method.progress import Judgement, Reading
from jobsamtale_tui.records import (
    AgendaItem,
    Amendment,
    Evaluation,
    FollowUp,
    JobGoal,
    NextSession,
    Participant,
    Rater,
    Session,
    SessionStatus,
    Step,
)

GOAL_B = JobGoal(key="b", citizen="per", grade="B", education="pædagogisk assistent", from_=date(2026, 1, 1))
HELD = datetime(2026, 3, 2, 13, 5, tzinfo=UTC)
EXPECTED = Path(__file__).with_name("journalnotat.txt")
BEFORE = Reading(
    at=datetime(2026, 2, 2, 9, tzinfo=UTC),
    session="s1",
    indicator="hverdag",
    version=1,
    value=4,
    by="citizen",
    min=1,
    max=10,
)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = i18n._catalogue[:]
    i18n.use("en")
    yield
    i18n._catalogue[:] = before


def indicator(
    key: str,
    value: int | None,
    previous: Reading | None = None,
    change: int | None = None,
    *,
    by: Rater = "citizen",
    reason: str | None = None,
    remark: str | None = None,
    stage: str | None = None,
    judgement: Judgement = "too_few",
    first: Reading | None = None,
    unchanged: bool = False,
) -> NoteIndicator:
    return NoteIndicator(
        key=key,
        name=key.capitalize(),
        version=2,
        min=1,
        max=10,
        value=value,
        by=by,
        previous=previous,
        change=change,
        reason=reason,
        remark=remark,
        stage=stage,
        judgement=judgement,
        first=first or previous,
        unchanged=unchanged,
    )


SESSION = Session(
    key="s2",
    citizen="per",
    caseworker="karen",
    held_at=HELD,
    minutes=45,
    form="personal",
    participants=(Participant(role="fund", name="Mette Lund"), Participant(role="interpreter")),
    status="completed",
    theme="CV og praktik",
    risk="Langvarig ledighed og ny branche.",
    preparation="Husk selv at være kort.",
    need="Jeg vil have hjælp til CV'et.\n\nOg til at ringe:\n- børnehaven",
    agenda=(
        AgendaItem(topic="CV", by="citizen", state="done", conclusion="Erfaring med børn skal med.\nPer skriver."),
        AgendaItem(topic="Rådighed", by="caseworker", state="agreed", required=True),
        AgendaItem(topic="Valgt fra", by="caseworker", state="dropped"),
        AgendaItem(topic="Kun forberedt", by="caseworker", state="possible"),
    ),
    remarks="Per virker mere sikker.",
    steps=(
        Step(
            what="Ringe til børnehaven",
            how="om formiddagen",
            when=date(2026, 3, 9),
            who="citizen",
            status="open",
        ),
        Step(what="Sende stillingsopslag", who="caseworker", status="open"),
        Step(what="Tale med lederen", who="other", status="open"),
    ),
    summary="Jeg ringer selv.",
    summary_added="Praktik tages op igen.",
    evaluation=Evaluation(helped="At vi så på CV'et sammen", different="  "),
    next=NextSession(at=datetime(2026, 3, 30, 8, tzinfo=UTC), reason="Svar fra børnehaven", booked_by="citizen"),
)
FACTS = NoteFacts(
    session=SESSION,
    citizen_key="per",
    citizen_name="Per Hansen",
    case_key="2026-117",
    caseworker_name="Karen Holm",
    target_group="Jobparate",
    indicators=(
        indicator(
            "hverdag",
            6,
            BEFORE,
            2,
            reason="Dagene glider",
            remark="Står op kl. 7",
            stage="På vej",
            judgement="within_chance",
        ),
        indicator("netværk", None, reason="Få kontakter"),
        indicator("hverdag", 5, by="caseworker", reason="Dagene glider", remark="Er kommet hver gang"),
    ),
    job_goals=(
        JobGoal(
            key="a",
            citizen="per",
            grade="A",
            position="pædagogmedhjælper",
            industry="daginstitution",
            realistic="partly",
            why="Mangler erfaring",
            from_=date(2026, 1, 1),
        ),
        GOAL_B,
    ),
    since=(
        Step(what="Skrive til Ole", who="citizen", status="partly", outcome="Han er på ferie"),
        Step(what="Finde to opslag", who="caseworker", status="done"),
        Step(what="Ringe til lægen", who="citizen", status="open"),
    ),
    activities=(
        NoteActivity(
            name="Praktik i Solstrålen",
            field="employment",
            outcome="Prøve arbejdet med de mindste, og en udtalelse",
            toward_job="Lederen søger to medhjælpere efter sommer",
            goal=GOAL_B,
            responsible="Virksomhedsservice",
            from_=date(2026, 2, 9),
            until=date(2026, 5, 8),
            follow_ups=(
                FollowUp(on=date(2026, 3, 2), nearer="yes", why="Han har en fast makker", shows="Møder hver dag"),
            ),
        ),
        NoteActivity(
            name="Rygtræning",
            field="health",
            outcome=None,
            toward_job=None,
            goal=None,
            responsible=None,
            from_=date(2026, 3, 9),
            until=None,
            follow_ups=(),
        ),
    ),
)


def bare(session: Session, *indicators: NoteIndicator) -> NoteFacts:
    return NoteFacts(
        session=session,
        citizen_key=session.citizen,
        citizen_name="Per Hansen",
        case_key=None,
        caseworker_name=None,
        target_group=None,
        indicators=indicators,
        job_goals=(),
    )


def text_of(facts: NoteFacts) -> str:
    return note_facts.render(facts, HELD).text


def session(status: SessionStatus = "completed", **fields: Any) -> Session:
    return Session(key="s", citizen="per", held_at=HELD, status=status, **fields)


def test_the_note_is_the_expected_file() -> None:
    found = note_facts.render(FACTS, HELD)
    assert found.text + "\n" == EXPECTED.read_text(encoding="utf-8")
    assert (found.template, found.version, found.at) == ("journalnotat", 4, HELD)


def test_the_same_facts_give_the_same_text_in_any_language() -> None:
    i18n._catalogue[:] = []
    assert text_of(FACTS) + "\n" == EXPECTED.read_text(encoding="utf-8")


def test_what_is_no_part_of_a_note_is_not_in_it() -> None:
    found = text_of(FACTS)
    for absent in ("Husk selv at være kort", "Valgt fra", "Kun forberedt", "anderledes"):
        assert absent not in found


def test_an_empty_session_is_title_and_citizen() -> None:
    assert text_of(bare(session())) == "Samtale mandag den 2. marts 2026 kl. 14.05\n\nBorger: Per Hansen"


@pytest.mark.parametrize(
    ("status", "said"),
    [
        ("draft", "Samtalen er ikke afsluttet."),
        ("planned", "Samtalen er planlagt og ikke holdt endnu."),
        ("cancelled", "Samtalen er aflyst."),
        ("no_show", "Borgeren kom ikke til samtalen."),
    ],
)
def test_a_session_that_is_not_completed_is_headed_as_a_draft(status: SessionStatus, said: str) -> None:
    lines = text_of(bare(session(status))).split("\n")
    assert lines[:3] == ["UDKAST: Samtale mandag den 2. marts 2026 kl. 14.05", "", said]


@pytest.mark.parametrize(
    ("form", "minutes", "said"),
    [
        ("remote", 45, "Form: telefonisk eller digital samtale, 45 minutter"),
        ("remote", None, "Form: telefonisk eller digital samtale"),
        (None, 1, "Varighed: 1 minut"),
        (None, 0, "Varighed: 0 minutter"),
    ],
)
def test_form_and_length_are_told_as_far_as_they_are_known(form: Any, minutes: int | None, said: str) -> None:
    assert text_of(bare(session(form=form, minutes=minutes))).split("\n")[-1] == said


def test_summer_time_counts() -> None:
    assert "2. juli 2026 kl. 15.05" in text_of(bare(replace(session(), held_at=HELD.replace(month=7))))


def test_changes_are_told_in_words() -> None:
    other = replace(BEFORE, max=5)
    found = text_of(
        bare(
            session(),
            indicator("a", 4, BEFORE, 0),
            indicator("b", 3, BEFORE, -1),
            indicator("c", 6, other, None),
            indicator("d", 6),
        )
    )
    assert "Siden sidst: uændret fra den 2. februar 2026" in found
    assert "Siden sidst: 1 trin ned fra 4 den 2. februar 2026" in found
    assert "Siden sidst: 4 på skalaen 1 til 5 den 2. februar 2026; skalaen er ændret" in found
    assert "Siden sidst: første score" in found


def test_the_change_since_the_first_score_is_judged_in_words() -> None:
    first = replace(BEFORE, value=2, max=5, on_newest=3, converted=True)
    found = text_of(
        bare(
            session(),
            indicator("a", 9, BEFORE, 5, judgement="real_rise"),
            indicator("b", 1, BEFORE, -3, judgement="real_fall"),
            indicator("c", 8, first, None, judgement="real_rise"),
            indicator("d", 8),
            indicator("e", 4, BEFORE, 0, judgement="within_chance", unchanged=True),
            indicator("f", 5, BEFORE, 1, judgement="within_chance"),
        )
    )
    since = "Siden første score (4 den 2. februar 2026)"
    assert f"{since}: reel fremgang, mere end tilfældige udsving (efter lokale antagelser)" in found
    assert f"{since}: reelt fald, mere end tilfældige udsving (efter lokale antagelser)" in found
    assert "2 på skalaen 1 til 5 den 2. februar 2026; skalaen er ændret, og 2 svarer til 3 på den nye\n" in found
    assert "Siden første score (2 på skalaen 1 til 5 den 2. februar 2026): reel fremgang" in found
    assert found.count(f"{since}: uændret\n") == 1
    assert found.count(f"{since}: kan være tilfældige udsving") == 1
    assert found.count("Siden første score") == 5


def test_the_caseworkers_assessments_stand_in_a_section_of_their_own() -> None:
    before, after = text_of(FACTS).split("Vurdering fra jobkonsulenten\n")
    for assessment in ("Er kommet hver gang", "Langvarig ledighed", "Per virker mere sikker"):
        assert assessment not in before
        assert assessment in after


def test_a_possible_item_that_was_talked_through_is_in_the_note() -> None:
    item = AgendaItem(topic="Kurser", by="citizen", state="possible", conclusion="Truckkort")
    assert "- Kurser (borgerens punkt)\n  Konklusion: Truckkort" in text_of(bare(session(agenda=(item,))))


def test_the_document_has_the_shape_of_the_contract() -> None:
    written = note_facts.render(FACTS, HELD)
    found = json.loads(json.dumps(note_facts.document(FACTS, written)))
    assert list(found) == [
        *("session", "citizen", "held_at", "form", "caseworker", "indicators", "agenda", "job_goals"),
        *("steps", "summary", "summary_added", "next", "template", "text", "sha256"),
    ]
    assert found["citizen"] == {"key": "per", "name": "Per Hansen", "case_key": "2026-117"}
    assert found["held_at"] == "2026-03-02T13:05:00Z"
    assert found["indicators"][0] == {
        "key": "hverdag",
        "name": "Hverdag",
        "version": 2,
        "min": 1,
        "max": 10,
        "value": 6,
        "by": "citizen",
        "previous": {"value": 4, "version": 1, "session": "s1"},
        "change": 2,
        "reason": "Dagene glider",
        "remark": "Står op kl. 7",
    }
    assert found["indicators"][1]["value"] is found["indicators"][1]["previous"] is None
    assert [item["state"] for item in found["agenda"]] == ["done", "agreed", "dropped", "possible"]
    assert "kind" not in found["job_goals"][0]
    assert found["steps"][0]["when"] == "2026-03-09"
    assert found["next"]["at"] == "2026-03-30T08:00:00Z"
    assert found["template"] == {"name": "journalnotat", "version": 4}
    assert found["sha256"] == hashlib.sha256(written.text.encode("utf-8")).hexdigest()


def test_what_is_absent_is_null_in_the_document() -> None:
    facts = bare(session())
    found = note_facts.document(facts, note_facts.render(facts, HELD))
    assert [found[key] for key in ("form", "caseworker", "summary", "summary_added", "next")] == [None] * 5
    assert found["agenda"] == found["steps"] == found["job_goals"] == found["indicators"] == []


def test_corrections_stand_after_the_note_as_written() -> None:
    corrected = note_facts.with_amendments(
        "Titel",
        (
            Amendment(at=HELD, by="karen", reason="Forkert dato", text="Det var\nonsdag"),
            Amendment(at=HELD, by="ole", reason="Navn", text="Pia"),
        ),
        {"karen": "Karen Holm"},
    )
    assert corrected == (
        "Titel\n\nRettelser\n---------\n"
        "- 02.03.2026 14.05, Karen Holm\n  Begrundelse: Forkert dato\n  Rettelse: Det var\n  onsdag\n"
        "- 02.03.2026 14.05, ole\n  Begrundelse: Navn\n  Rettelse: Pia"
    )
    assert note_facts.with_amendments("Titel", ()) == "Titel"


def test_markdown_has_the_structure_of_the_text() -> None:
    found = note_facts.to_markdown(text_of(FACTS))
    assert found.startswith("# Samtale mandag den 2. marts 2026 kl. 14.05: CV og praktik\n\nBorger: Per Hansen")
    assert "\n\n## Dagsorden\n\n- CV (borgerens punkt)\\\n  Konklusion: " in found
    assert "Og til at ringe:\\\n\\- børnehaven" in found


TYPED = st.text(max_size=40) | st.text(alphabet="ab1 \n\t-=#*_`~<>&[]()!|\\:.+\"'$^{}%", min_size=1, max_size=40)
MARKUP = MarkdownIt("commonmark").enable(["table", "strikethrough"])


class Page(HTMLParser):
    """What a page says, and the elements that it has."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def words(text: str) -> str:
    """A text without white space, and without the signs that a note's layout is made of."""
    return "".join(text.split()).replace("-", "").replace("=", "").replace("\x00", "\ufffd")


@st.composite
def any_facts(draw: st.DrawFn) -> NoteFacts:
    typed: list[str] = [draw(TYPED) for _ in range(20)]
    take = iter(typed * 3)
    changed = session(
        theme=next(take),
        frame=next(take),
        need=next(take),
        agenda=(AgendaItem(topic=next(take), by="citizen", state="done", conclusion=next(take)),),
        steps=(Step(what=next(take), how=next(take), who="citizen", status="done", outcome=next(take)),),
        participants=(Participant(role="other", name=next(take)),),
        summary=next(take),
        summary_added=next(take),
        evaluation=Evaluation(helped=next(take), missing=next(take), different=next(take)),
        next=NextSession(at=HELD, reason=next(take)),
        remarks=next(take),
        risk=next(take),
    )
    goal = JobGoal(key="a", citizen="per", grade="A", position=next(take), why=next(take), from_=date(2026, 1, 1))
    facts = bare(changed, indicator("hverdag", 3, reason=next(take), remark=next(take)))
    return replace(facts, citizen_name=next(take), caseworker_name=next(take), job_goals=(goal,))


HEADINGS = {
    "Rammen for samtalen",
    "Det vil borgeren have hjælp til",
    "Dagsorden",
    "Indikatorer: borgerens egen score",
    "Jobmål",
    "Det gør borgeren inden næste samtale",
    "Borgeren opsummerer",
    "Tilføjet af jobkonsulenten",
    "Borgeren evaluerer samtalen",
    "Næste samtale",
    "Vurdering fra jobkonsulenten",
}


@given(any_facts())
@settings(max_examples=60, deadline=None)
def test_any_text_gives_a_note_whose_layout_is_the_templates(facts: NoteFacts) -> None:
    found = text_of(facts)
    lines = found.split("\n")
    assert lines[0].startswith("Samtale mandag den 2. marts 2026 kl. 14.05")
    assert all(line == line.rstrip() for line in lines)
    assert found == found.strip("\n")
    assert texts.forbidden(found) is None
    assert texts.normal(found) == found
    under = [number for number, line in enumerate(lines) if line and set(line) == {"-"}]
    assert {lines[number - 1] for number in under} <= HEADINGS
    assert all(len(lines[number]) == len(lines[number - 1]) for number in under)
    assert all(lines[number - 2] == "" and lines[number - 3] != "" for number in under)


@given(TYPED.map(texts.typed))
@settings(max_examples=100, deadline=None)
def test_typed_text_stands_line_by_line_as_it_was_typed(typed: str) -> None:
    found = text_of(bare(session(need=typed))).split("\n")
    kept = [line.rstrip() for line in typed.split("\n")]
    while kept and not kept[-1]:
        kept.pop()
    while kept and not kept[0]:
        kept.pop(0)
    expected = [f"  {line}" if line else "" for line in kept]
    assert expected == (found[found.index("-" * 31) + 1 :] if kept else [])


@given(any_facts() | TYPED)
@settings(max_examples=60, deadline=None)
def test_markdown_and_html_show_typed_text_and_never_run_it(source: NoteFacts | str) -> None:
    text = source if isinstance(source, str) else text_of(source)
    page = Page(note_facts.to_html(text, "<titel>"))
    shown = Page(MARKUP.render(note_facts.to_markdown(text)))
    frame = {"html", "head", "meta", "title", "style", "body"}
    assert set(page.elements) - frame <= {"h1", "h2", "ul", "li", "p", "br"}
    assert set(shown.elements) <= {"h1", "h2", "ul", "li", "p", "br"}
    assert shown.attributes == []
    styled = "".join(page.said)
    assert words(styled[styled.index("}") + 1 :]) == words(text)
    assert words("".join(shown.said)) == words(text)


def test_a_page_is_danish_and_whole() -> None:
    page = note_facts.to_html("Titel\n\nA\n-\n- en\n- to\n\n  mere\n\nSlut", "<b>")
    assert page.startswith('<!DOCTYPE html>\n<html lang="da">\n<head>\n<meta charset="utf-8">')
    assert "<title>&lt;b&gt;</title>" in page
    assert "<h2>A</h2>\n<ul>\n<li>en</li>\n<li><p>to</p>\n<p>mere</p></li>\n</ul>\n<p>Slut</p>" in page


@pytest.mark.parametrize("text", ["", "\n\n", "-", "- ", "---", "a\n===\n- b", "  x\n\n- \n  y"])
def test_any_layout_has_a_form(text: str) -> None:
    assert isinstance(note_facts.to_markdown(text), str)
    assert note_facts.to_html(text, "").endswith("</html>\n")
