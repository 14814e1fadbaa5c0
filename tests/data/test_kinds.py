"""The kinds of session and the words for looking back that ship; a municipality's own, broken or not."""

from pathlib import Path

import pytest

from jobsamtale_tui import resources
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.method import kinds, phases, quality
from jobsamtale_tui.reference import checks as reference_checks
from jobsamtale_tui.reference import indicators as shipped_indicators
from jobsamtale_tui.reference import own_files, quality_aspects, session_kinds

SHIPPED = resources.shipped() / own_files.FOLDER
KIND = '[[kind]]\nkey = "x"\nname = { da = "Egen slags" }\n'


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A municipality's own folder of kinds, empty so far."""
    folder = tmp_path / "data" / own_files.FOLDER / session_kinds.FOLDER
    folder.mkdir(parents=True)
    monkeypatch.setenv("JOBSAMTALE_DATA", str(tmp_path / "data"))
    return folder


def test_what_ships_is_whole_and_in_both_languages() -> None:
    found = session_kinds.read(SHIPPED / session_kinds.FOLDER)
    assert {one.key for one in found} >= {
        *("foerste-samtale", "opfoelgning", "brancheskift", "uddannelse"),
        *("jobsoegning", "faellessamtale", "branchemoede"),
    }
    catalogue = {one.key for one in shipped_indicators.catalogue()}
    for kind in found:
        assert any(item.core for item in kind.items), kind.key
        assert set(kind.actions) <= set(phases.RULES)
        assert set(kind.indicators) <= catalogue
        assert len(kind.questions) >= 2
        for words in (kind.name, kind.how, *kind.questions, *(item.topic for item in kind.items)):
            assert words is not None
            assert words.en
            assert words.en != words.da
        assert all(len(text) <= 60 for words in kind.questions for text in (words.da, words.en or ""))
    sides, roles = quality_aspects.read(SHIPPED / quality_aspects.FILE)
    assert [one.key for one in sides] == ["structure", "involvement", "ownership", "focus", "questions", "it"]
    assert [one.key for one in roles] == ["coach", "adviser", "authority"]
    said = [level.da for one in sides for level in one.levels]
    assert len(set(said)) == 18
    assert reference_checks.faults() == []


def test_own_kinds_take_the_place_of_the_shipped_ones(own: Path) -> None:
    (own / "egen.toml").write_text(KIND + "self_booking = true\n", encoding="utf-8")
    found, wrong = session_kinds.in_force()
    assert wrong is None
    assert [(one.name.da, one.self_booking) for one in found] == [("Egen slags", True)]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("[[kind]\n", "Expected"),
        ('[[kind]]\nkey = "x"\n', "name is missing"),
        (KIND + 'colour = "red"\n', "colour is missing or unknown"),
        (KIND + 'form = "email"\n', "form is one of"),
        (KIND + "interview_type = 8000\n", "interview_type is one of"),
        (KIND + 'self_booking = "ja"\n', "self_booking is true or false"),
        (KIND + '[[kind.item]]\ntopic = { da = " " }\n', "blank"),
        (KIND + '[[kind.item]]\ntopic = { da = "Punkt" }\nrequired = true\n', "required is missing or unknown"),
        (KIND + '[[kind]]\nkey = "y"\nname = { da = "egen  Slags" }\n', "twice"),
        ("kind = 3\n", ""),
        ('[[slags]]\nkey = "x"\n', "slags is missing or unknown"),
    ],
)
def test_a_broken_kind_is_one_sentence_and_the_shipped_ones_are_used(own: Path, text: str, why: str) -> None:
    (own / "egen.toml").write_text(text, encoding="utf-8")
    found, wrong = session_kinds.in_force()
    assert len(found) > 5
    assert wrong is not None
    assert "egen.toml" in wrong
    assert why in wrong
    assert "\n" not in wrong
    assert any(why in fault for fault in reference_checks.faults())


def test_the_check_says_all_that_is_wrong(own: Path) -> None:
    (own / "a.toml").write_text(KIND + 'actions = ["dance"]\nindicators = ["mood"]\n', encoding="utf-8")
    (own / "b.toml").write_text("[[kind]\n", encoding="utf-8")
    (own.parent / "egen.toml").write_text("[[kort]]\n", encoding="utf-8")
    (own.parent / quality_aspects.FILE).write_text("role = []\naspect = []\n", encoding="utf-8")
    found = reference_checks.faults()
    for said in ("kort", "focus", "dance", "mood", "b.toml"):
        assert any(said in fault for fault in found), said
    with pytest.raises(RefusedError):
        quality_aspects.read(own.parent / quality_aspects.FILE)
    assert quality_aspects.sheet()[1] is not None


def test_a_kind_is_known_by_any_of_its_names() -> None:
    found = session_kinds.read(SHIPPED / session_kinds.FOLDER)
    for said in ("brancheskift", " BRANCHESKIFT", "change of  industry"):
        assert getattr(kinds.find(found, said), "key", None) == "brancheskift"
    assert getattr(kinds.find(found, "Fællessamtale"), "key", None) == "faellessamtale"
    assert kinds.find(found, "Noget helt andet") is kinds.find(found, None) is kinds.find(found, " ") is None


def test_what_one_role_gains_the_others_give_up() -> None:
    assert quality.shared(None, 0, 35) == (35, 35, 30)
    assert quality.shared((35, 35, 30), 0, 60) == (60, 10, 30)
    assert quality.shared((60, 10, 30), 0, 80) == (80, 0, 20)
    assert quality.shared((60, 10, 30), 2, 0) == (90, 10, 0)
    assert quality.shared((60, 10, 30), 1, 200) == (0, 100, 0)
    for role in range(3):
        for percent in range(0, 101, 5):
            shares = quality.shared((50, 40, 10), role, percent)
            assert sum(shares) == 100
            assert min(shares) >= 0
            assert shares[role] == percent
