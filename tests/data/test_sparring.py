"""The sparring that ships, and a municipality's own that is broken."""

from pathlib import Path

import pytest

from jobsamtale_tui.reference import sparring


def test_the_shipped_areas_are_those_of_concrete_search_in_two_languages() -> None:
    areas, wrong = sparring.areas()
    assert wrong is None
    assert [area.key for area in areas] == ["cv", "application", "channels", "network", "interview"]
    assert all(said.en and said.da != said.en and len(said.da) <= 74 for area in areas for said in area.advice)


def test_a_broken_file_is_named_and_the_shipped_one_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "guide" / "sparring"
    own.mkdir(parents=True)
    (own / "vores.toml").write_text('[[area]]\nkey = "cv"\nname = { da = "CV" }\n', encoding="utf-8")
    monkeypatch.setenv("JOBSAMTALE_DATA", str(tmp_path))
    areas, wrong = sparring.areas()
    assert len(areas) == 5
    assert wrong is not None
    assert "vores.toml" in wrong
    assert "advice" in wrong
    (own / "vores.toml").write_text(
        '[[area]]\nkey = "cv"\nname = { da = "CV" }\nadvice = [{ da = "Skriv det" }]\n', encoding="utf-8"
    )
    sparring.read.cache_clear()
    assert [area.key for area in sparring.areas()[0]] == ["cv"]
    sparring.read.cache_clear()
