"""The guide that ships is complete, in both languages and short enough; one's own takes its place, broken or not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from jobsamtale_tui import records, resources
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.method import phases
from jobsamtale_tui.reference import guide, own_files
from jobsamtale_tui.reference.guide import Card

COLUMNS = 60


@pytest.fixture
def shipped() -> guide.Guide:
    return guide.read(resources.shipped() / own_files.FOLDER)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A municipality's own folder, empty so far."""
    folder = tmp_path / "data" / "guide"
    folder.mkdir(parents=True)
    monkeypatch.setenv("JOBSAMTALE_DATA", str(tmp_path / "data"))
    return folder


def every(found: guide.Guide) -> tuple[Card, ...]:
    return (*found.actions, *found.themes, *found.cards)


def said(found: guide.Guide) -> Iterator[tuple[str, records.Words]]:
    for card in every(found):
        for words in (card.name, card.how, *card.advice, *card.questions):
            if words is not None:
                yield card.key, words


def test_the_eleven_actions_stand_in_their_phases(shipped: guide.Guide) -> None:
    for number, keys in enumerate(phases.PHASES, 1):
        assert tuple(card.key for card in shipped.actions_of(number)) == keys
    assert len(shipped.actions) == 11
    assert all(len(card.questions) >= 2 and card.how for card in shipped.actions)


def test_three_themes_and_three_cards(shipped: guide.Guide) -> None:
    assert [card.key for card in shipped.themes] == ["want", "can", "search"]
    assert [card.key for card in shipped.cards] == ["resistance", "sensitive", "lost_hope"]
    assert all(len(card.questions) >= 5 and card.how for card in shipped.themes)
    assert all(len(card.questions) >= 3 and len(card.advice) >= 3 and card.how for card in shipped.cards)


def test_everything_is_said_in_both_languages_and_within_sixty_columns(shipped: guide.Guide) -> None:
    for key, words in said(shipped):
        assert words.en, key
        assert words.en != words.da, (key, words.da)
        for text in (words.da, words.en):
            assert len(text) <= COLUMNS, (key, len(text), text)
            assert text == text.strip()


def test_questions_are_questions_and_none_comes_twice(shipped: guide.Guide) -> None:
    for language in ("da", "en"):
        asked = [question.say(language) for card in every(shipped) for question in card.questions]
        assert all(question.endswith(("?", ".")) for question in asked)
        assert len(set(asked)) == len(asked)
        closed = [question for question in asked if not question.endswith("?")]
        assert len(closed) <= 1  # "Fortæl om …" invites as a question does


def test_keys_are_unique(shipped: guide.Guide) -> None:
    keys = [card.key for card in every(shipped)]
    assert len(set(keys)) == len(keys)


def test_a_municipalitys_own_takes_its_place(own: Path) -> None:
    (own / "egen.toml").write_text(
        '[[action]]\nkey = "kaffe"\nphase = 2\nname = { da = "Byd på kaffe" }\n', encoding="utf-8"
    )
    found, wrong = guide.guide()
    assert wrong is None
    assert [card.name.say("en") for card in found.actions_of(2)] == ["Byd på kaffe"]
    assert found.themes == found.cards == ()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[[action]\n", "Expected"),
        ('[[action]]\nkey = "x"\nname = { da = "X" }\n', "phase is missing"),
        ('[[action]]\nkey = "x"\nphase = 5\nname = { da = "X" }\n', "phase is 1, 2, 3 or 4"),
        ('[[kort]]\nkey = "x"\nname = { da = "X" }\n', "kort is missing or unknown"),
        ('[[card]]\nkey = "x"\nname = { sv = "X" }\n', "sv"),
        ('[[card]]\nkey = "x"\nname = { da = " " }\n', "blank"),
        ('[[card]]\nkey = "x"\nname = { da = 3 }\n', "no text"),
        ('[[card]]\nkey = "x"\nname = "X"\n', ""),
        ("card = 3\n", ""),
        ('title = "x"\n', ""),
    ],
)
def test_a_broken_file_is_one_sentence_and_the_shipped_guide_is_used(own: Path, text: str, why: str) -> None:
    (own / "egen.toml").write_text(text, encoding="utf-8")
    found, wrong = guide.guide()
    assert len(found.actions) == 11
    assert wrong is not None
    assert "egen.toml" in wrong
    assert why in wrong
    assert "\n" not in wrong


def test_a_file_that_is_not_utf_8_is_named(own: Path) -> None:
    (own / "egen.toml").write_bytes('[[card]]\nkey = "å"\n'.encode("latin-1"))
    with pytest.raises(RefusedError, match=r"egen\.toml"):
        guide.read(own)
