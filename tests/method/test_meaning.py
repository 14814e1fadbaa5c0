"""What a change of an indicator means, and what could be plainer in its texts."""

from dataclasses import replace
from typing import Any

import pytest

from jobsamtale_tui.method import indicator_lint, lint, meaning
from jobsamtale_tui.records import Indicator, ReliableChange, Scale, Stage, Wording, Words
from jobsamtale_tui.reference import indicators as shipped_indicators
from jobsamtale_tui.reference import language

BASE = Indicator(
    key="mod",
    version=1,
    name=Words(da="Mod"),
    question=Wording(da="Hvad tør du i dag?", en="What dare you do today?"),
    scale=Scale(min=1, max=3, levels={"1": Wording(da="Jeg tør ikke."), "3": Wording(da="Jeg tør meget.")}),
    status="active",
)


def levels(**texts: str) -> Scale:
    return replace(BASE.scale, levels={**(BASE.scale.levels or {}), **{k[1:]: Wording(da=v) for k, v in texts.items()}})


@pytest.mark.parametrize(
    ("changed", "effect"),
    [
        ({}, "none"),
        ({"name": Words(da="Modet"), "area": "x"}, "none"),
        ({"reliable_change": ReliableChange(threshold=2)}, "none"),
        ({"scale": replace(BASE.scale, stages=(Stage(from_=1, to=2, name=Words(da="x")),))}, "none"),
        ({"question": replace(BASE.question, other={"uk": "Що?"})}, "none"),
        ({"question": replace(BASE.question, en="What do you dare today?")}, "wording"),
        ({"question": replace(BASE.question, da="Hvad tør du idag?")}, "meaning"),
        ({"question": replace(BASE.question, da="Hvat tør du, i dag?")}, "wording"),
        ({"scale": levels(_1="Jeg tør, ikke!")}, "wording"),
        ({"scale": levels(_1="Jeg tør.")}, "meaning"),
        ({"scale": levels(_2="Jeg tør lidt.")}, "meaning"),
        ({"scale": replace(BASE.scale, max=5)}, "meaning"),
        ({"scale": replace(BASE.scale, min=0)}, "meaning"),
    ],
)
def test_what_a_change_means(changed: dict[str, Any], effect: str) -> None:
    assert meaning.effect(meaning.differences(BASE, replace(BASE, **changed))) == effect


def test_a_difference_names_its_field_and_both_values() -> None:
    new = replace(BASE, scale=replace(BASE.scale, max=5), version=2, status="draft", reason="x")
    (found,) = meaning.differences(BASE, new)
    assert (found.path, found.before, found.after) == ("scale.max", 3, 5)
    paths = [one.path for one in meaning.differences(BASE, new, all_fields=True)]
    assert paths == ["version", "scale.max", "status", "reason"]


def said(indicator: Indicator) -> list[tuple[str, str]]:
    return [(one.path, one.sentence.split(":")[0]) for one in indicator_lint.remarks(indicator, TERMS)]


TERMS = (lint.Term("officialese", lint.glob(["såfremt"]), "", "hvis"),)


def test_what_ships_needs_no_advice() -> None:
    terms = language.language().terms
    assert [one for each in shipped_indicators.catalogue() for one in indicator_lint.remarks(each, terms)] == []


def test_texts_are_read_through() -> None:
    whole = replace(BASE, question=Wording(da="Hvad tør du?"), scale=levels(_2="Jeg tør lidt."))
    assert said(whole) == []
    assert said(BASE)[0] == ("scale.levels", "No text for")
    assert said(replace(whole, question=Wording(da="Mod"))) == [
        ("question", "The question has no question mark"),
        ("question", "The question is not put to the citizen"),
    ]
    assert said(replace(whole, question=Wording(da=""))) == [("question", "There is no question")]
    assert said(replace(whole, scale=levels(_2="Jeg tør ikke!")))[0] == (
        "scale.levels.2",
        "Level 2 says the same as level 1",
    )
    assert ("scale.levels.2", "»såfremt« is officialese. Instead") in said(
        replace(whole, scale=levels(_2="Jeg tør, såfremt du gør."))
    )
    long = " ".join(["jeg"] * 17)
    assert said(replace(whole, scale=levels(_2=long)))[0][0] == "scale.levels.2"
    english = replace(whole, name=Words(da="Mod", en="Courage"))
    assert said(english)[0] == ("scale.levels", "Without a text in the language en, so the Danish one shows")
    heavy = "Beskæftigelsesrettede virksomhedspraktikker forudsætter kontinuerlige opfølgningsforanstaltninger " * 8
    assert any("LIX" in sentence for _path, sentence in said(replace(whole, scale=levels(_2=heavy))))
