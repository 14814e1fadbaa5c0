"""The lint: LIX against texts counted by hand, every kind of finding found and rightly not found."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsamtale_tui.casework.facts import read_through
from jobsamtale_tui.method import lint, readability
from jobsamtale_tui.method.lint import Finding, Language
from jobsamtale_tui.records import AgendaItem, JobGoal, NextSession, Participant, Session, Step
from jobsamtale_tui.reference import language as lists

GOAL = JobGoal(key="g", citizen="c", grade="A", position="Lagermedarbejder", from_=date(2026, 1, 1))


@pytest.mark.parametrize(
    ("text", "words", "sentences", "long_words", "lix"),
    [
        ("", 0, 0, 0, 0),
        ("Hun kom.", 2, 1, 0, 2),
        # 8 words, 2 sentences, long: lagermedarbejder (16), arbejder (8): 8/2 + 100*2/8 = 29
        ("Mette er lagermedarbejder. Hun arbejder i en butik.", 8, 2, 2, 29),
        # 10 words, 1 sentence; long: formiddag, telefonen, arbejdsgiver: 10 + 30 = 40
        ("Hun ringer en formiddag i telefonen til en ny arbejdsgiver.", 10, 1, 3, 40),
        # the stops of abbreviations and of a clock end no sentence; "f.eks" is letters with a stop within: two words
        ("Vi mødes kl. 10.30, bl.a. om CV.", 7, 1, 0, 7),
        ("Første linje\nanden linje", 4, 2, 0, 2),
        ("7 af 10!", 1, 1, 0, 1),
        # a hyphened word is one, and its letters count together: it-support is nine
        ("Han søger it-support.", 3, 1, 1, 36),
    ],
)
def test_lix_is_what_one_counts_by_hand(text: str, words: int, sentences: int, long_words: int, lix: int) -> None:
    found = readability.lix(text)
    assert (found.words, found.sentences, found.long_words, found.value) == (words, sentences, long_words, lix)


def session(**more: Any) -> Session:
    return Session(key="s", citizen="c", held_at=datetime(2026, 6, 1, 8, tzinfo=UTC), **{"status": "draft", **more})


def found(more: dict[str, Any], **options: Any) -> list[Finding]:
    options.setdefault("goals", (GOAL,))
    return lint.lint(session(**more), lists.language(), **options)


def kinds(more: dict[str, Any], **options: Any) -> list[tuple[str, str, str]]:
    return [(one.kind, one.where, one.what) for one in found(more, **options)]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Vedrørende praktikken er vi enige.", "Vedrørende"),
        ("Hun kommer, såfremt bussen kører.", "såfremt"),
        ("Vi ser på timer i forhold  til børnene.", "i forhold  til"),
        ("Der er iværksat noget.", None),
        ("Indsatsen iværksættes mandag.", "iværksættes"),
        ("Helbredsmæssige hensyn fylder.", "Helbredsmæssige"),
        ("Angående lønnen.", "Angående"),
        ("Hun gik i gang med det samme.", None),
        ("Hun fik en tillægsgave.", None),
    ],
)
def test_officialese_is_a_whole_word_in_any_of_its_forms(text: str, what: str | None) -> None:
    expected = [("officialese", "remarks", what)] if what else []
    assert kinds({"remarks": text}) == expected


def test_the_same_word_is_told_once_and_her_own_words_are_hers() -> None:
    assert len(kinds({"remarks": "Vedrørende a. Vedrørende b.", "frame": "Vedrørende c."})) == 1
    assert kinds({"summary": "Vedrørende det der", "need": "angående løn"}) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Hun har fået en depression.", "depression"),
        ("ADHD gør morgenen svær.", "ADHD"),
        ("Hans medicin virker.", "medicin"),
        ("Hun er gravid i sjette måned.", "gravid"),
        ("Misbruget er nævnt.", "Misbruget"),
        ("Ryggen driller, men hun kan stå.", None),
        ("Der er kolde hænder på kølelageret.", None),
        ("Hun er addiktiv og glad.", None),
    ],
)
def test_health_and_the_like_is_pointed_out_wherever_it_stands(text: str, what: str | None) -> None:
    for where in ("remarks", "summary"):
        assert kinds({where: text}) == ([("sensitive", where, what)] if what else [])


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Hun bor hos Kirsten.", "Kirsten"),
        ("Det er Søren Kirkegaards fortjeneste.", "Søren"),
        ("Vi talte om Pers kontrakt.", "Pers"),
        ("Anne og Mette Holm var med.", None),
        ("Mettes datter hjælper.", None),
        ("Tage kontakt til lageret.", None),
        ("Hans cykel er i stykker.", None),
        ("Hun taler med Tage om det.", "Tage"),
        ("Han bor i Kirstenlund.", None),
        ("Hun hjælper lis med noget.", None),
    ],
)
def test_names_of_others_and_not_those_of_the_ones_who_take_part(text: str, what: str | None) -> None:
    people = {"known": ["Mette Holm", "Anne Bech"]}
    assert kinds({"remarks": text}, **people) == ([("third_person", "remarks", what)] if what else [])


def test_one_who_takes_part_may_be_named() -> None:
    more = {"remarks": "Kirsten var med.", "participants": (Participant(role="companion", name="Kirsten Lund"),)}
    assert kinds(more) == []


def goal(**more: Any) -> JobGoal:
    return JobGoal(key="g", citizen="c", grade="A", from_=date(2026, 1, 1), **more)


@pytest.mark.parametrize(
    ("goals", "kind"),
    [
        ((), "no_goal"),
        ((goal(position="Et job"),), "vague_goal"),
        ((goal(position="arbejde "),), "vague_goal"),
        ((goal(position="Et job", industry="Lager"),), None),
        ((goal(position="Et job"), goal(position="Kok")), None),
        ((goal(education="Pædagogisk assistent"),), None),
        ((goal(position="Job", education="Kok"),), None),
        ((goal(function="Pluk og pak"),), None),
        ((goal(),), "vague_goal"),
        ((goal(position="Jobkonsulent"),), None),
    ],
)
def test_a_goal_names_a_position_a_function_an_industry_or_an_education(
    goals: tuple[JobGoal, ...], kind: str | None
) -> None:
    assert [one.kind for one in found({}, goals=goals)] == ([kind] if kind else [])
    assert [one.kind for one in found({}, goals=goals, first=True) if one.kind == "no_goal"] == []


def step(what: str, how: str | None = None, when: date | None = None) -> Step:
    return Step(what=what, how=how, when=when, who="citizen", status="open")


@pytest.mark.parametrize(
    ("one", "kind"),
    [
        (step("Søge job"), "vague_step"),
        (step("søge job.", when=date(2026, 6, 9)), "vague_step"),
        (step("Søge job", "To opslag hver formiddag på biblioteket"), None),
        (step("Søge job som truckfører på havnen", "Jobnet", date(2026, 6, 9)), None),
        (step("Ringe til Netto"), "step"),
        (step("Ringe til Netto", "Om formiddagen"), "step"),
        (step("Ringe til Netto på mandag"), None),
        (step("Ringe, hvis jeg kommer i tvivl"), None),
        (step("Ringe til Netto", None, date(2026, 6, 9)), None),
    ],
)
def test_steps_that_say_too_little(one: Step, kind: str | None) -> None:
    assert [finding.kind for finding in found({"steps": (one,)})] == ([kind] if kind else [])


def test_a_long_sentence_and_a_heavy_text() -> None:
    long = "Hun " + "går videre og " * 11 + "hviler."
    assert [one.kind for one in found({"remarks": long})] == ["long_sentence"]
    heavy = "Beskæftigelsesplanen forudsætter gennemgribende virksomhedskontakt. " * 20
    said = found({"remarks": heavy})
    assert [one.kind for one in said] == ["lix"]
    assert "very hard" in said[0].why
    assert [one.kind for one in found({"remarks": heavy[:200]})] == []


def test_what_matters_most_comes_first_and_dropped_items_and_the_preparation_are_left_out() -> None:
    more = {
        "preparation": "Depression vedrørende Kirsten",
        "agenda": (
            AgendaItem(topic="Kræft", by="citizen", state="dropped"),
            AgendaItem(topic="Vedrørende CV", by="citizen", state="done", conclusion="Angst hos Kirsten"),
        ),
        "steps": (step("Følge op"),),
        "next": NextSession(at=datetime(2026, 7, 1, tzinfo=UTC), reason="Hun afventer svar"),
    }
    told = kinds(more, goals=())
    assert [kind for kind, _where, _what in told] == [
        "sensitive",
        "third_person",
        "no_goal",
        "vague_step",
        "officialese",
        "officialese",
    ]
    assert told[0] == ("sensitive", "agenda.1.conclusion", "Angst")


def test_every_finding_says_why_and_what_instead_and_where_in_words() -> None:
    more = {"remarks": "Vedrørende Kirsten og hendes angst", "steps": (step("Søge job"), step("Ringe"))}
    for one in found(more, goals=()):
        assert one.why.endswith(".")
        assert one.suggestion
        assert read_through.place(one)
        assert read_through.sentence(one).startswith(("»", read_through.place(one)))


@given(st.text(), st.text(), st.text())
def test_nothing_that_is_written_breaks_it(remarks: str, what: str, position: str) -> None:
    one = session(remarks=remarks, summary=what, steps=(step(what or "x", remarks),))
    for words in (Language(), lists.language()):
        for finding in lint.lint(one, words, goals=(goal(position=position),), known=[what]):
            read_through.sentence(finding)
    number = readability.lix(remarks)
    assert number.long_words <= number.words
    assert bool(number.words) == bool(number.sentences)


@given(st.lists(st.text(alphabet="ab* .'Å(", max_size=8), max_size=5), st.booleans(), st.text(alphabet="ab .'å("))
def test_a_municipalitys_words_may_have_any_sign(words: list[str], whole: bool, text: str) -> None:
    lint.glob(words, whole=whole).search(text)
