"""Suggestions: what speaks for an indicator is named, what is chosen is left out, a goal that says nothing counts."""

from datetime import date

import pytest

from jobsamtale_tui import records, resources
from jobsamtale_tui.method.goals import Empty, Words
from jobsamtale_tui.method.lint import glob
from jobsamtale_tui.method.suggestions import Because, Rule, suggest
from jobsamtale_tui.reference import language, suggestion_rules

DAY = date(2026, 1, 5)
RULES = (
    Rule("jobtro", glob(["usikker*", "alder*"]), glob([])),
    Rule("helbred", glob(["ryg", "ryggen", "smerte*"]), glob([])),
    Rule("kommunikation", glob(["dansk*"]), glob(["butik*"])),
    Rule("jobmaal", glob([]), glob([]), frozenset({"no_goal", "vague_goal", "goal_not_realistic"})),
)
WORDS = Words(goal=Empty(words=frozenset({"job"}), fillers=frozenset({"et"})))
SHOP = records.JobGoal(key="m", citizen="per", grade="A", position="Butiksassistent", industry="Dagligvarer", from_=DAY)


def keys(*barriers: str, goals: tuple[records.JobGoal, ...] = (SHOP,), taken: tuple[str, ...] = ()) -> list[str]:
    return [one.indicator for one in suggest(RULES, barriers, goals, words=WORDS, taken=taken)]


def test_each_suggestion_names_all_that_speaks_for_it() -> None:
    [first, second] = suggest(RULES, ["Usikker på dansk", "SMERTER i ryggen"], [SHOP])[:2]
    assert first.indicator == "kommunikation"
    assert first.because == (Because("barrier", "Usikker på dansk"), Because("goal", "Butiksassistent, Dagligvarer"))
    assert second.because == (Because("barrier", "Usikker på dansk"),)


def test_words_are_whole_and_what_is_chosen_is_not_suggested() -> None:
    assert keys("Ryggen") == ["helbred", "kommunikation"]
    assert keys("Rygning") == ["kommunikation"]
    assert keys("Ryggen", taken=("helbred", "kommunikation")) == []
    assert keys() == ["kommunikation"]


@pytest.mark.parametrize(
    ("goals", "fact"),
    [
        ((), "no_goal"),
        ((records.JobGoal(key="m", citizen="per", grade="A", position="Et job", from_=DAY),), "vague_goal"),
        (
            (records.JobGoal(key="m", citizen="per", grade="A", position="Svejser", realistic="no", from_=DAY),),
            "goal_not_realistic",
        ),
    ],
)
def test_goals_that_are_missing_vague_or_in_doubt_speak_for_themselves(
    goals: tuple[records.JobGoal, ...], fact: str
) -> None:
    [found] = suggest(RULES, [], goals, words=WORDS)
    assert (found.indicator, [one.fact for one in found.because]) == ("jobmaal", [fact])


def test_an_education_is_a_goal() -> None:
    school = records.JobGoal(key="m", citizen="per", grade="A", education="Tømrer", from_=DAY)
    assert keys(goals=(school,)) == []


def test_the_rules_that_ship_name_indicators_that_ship_and_each_has_something_that_speaks_for_it() -> None:
    shipped = {path.stem for path in (resources.shipped() / "indicators").glob("*.toml")}
    named = [rule.indicator for rule in suggestion_rules.rules()]
    assert set(named) == shipped
    assert len(named) == len(set(named))
    for text, indicator in (
        ("Sover dårligt", "hverdag"),
        ("Diskusprolaps", "helbred"),
        ("Hjertesygdom", "helbred"),
        ("Bor langt fra busser", "fremmoede"),
        ("Kender ingen i byen", "netvaerk"),
        ("Har ikke truckcertifikat", "faglighed"),
        ("Ved ikke, hvad hun vil", "jobmaal"),
    ):
        found = suggest(suggestion_rules.rules(), [text], [SHOP], words=language.goal_words())
        assert found[0].indicator == indicator, text
