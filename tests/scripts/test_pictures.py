"""The pictures' check: silent where they are what the app shows, one sentence with the file's name where not."""

from pathlib import Path

import pytest

from scripts import pictures

HOME, NOTE = "<svg>home</svg>\n", "<svg>note</svg>\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for pictures, and an app that shows two of them."""
    monkeypatch.setattr(pictures, "PICTURES", tmp_path)
    monkeypatch.setattr(pictures, "made", lambda: {"home.svg": HOME, "note.svg": NOTE})
    return tmp_path


def run(what: str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("sys.argv", ["pictures", what])
    return pictures.main()


def test_update_writes_them_and_takes_old_ones_away(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "gone.svg").write_text("<svg/>", encoding="utf-8")
    assert run("update", monkeypatch) == 0
    assert pictures.there() == {"home.svg": HOME, "note.svg": NOTE}
    assert run("check", monkeypatch) == 0


@pytest.mark.parametrize(
    ("name", "content"), [("home.svg", "<svg>old</svg>\n"), ("note.svg", None), ("extra.svg", "<svg/>\n")]
)
def test_check_names_what_differs_is_missing_or_too_many(
    name: str,
    content: str | None,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    run("update", monkeypatch)
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_text(content, encoding="utf-8")
    assert run("check", monkeypatch) == 1
    said = capsys.readouterr().err
    assert said == f"pictures: {name} in docs/pictures: not what the app shows now. Run make format.\n"


def test_a_drawing_has_no_random_ids_and_fetches_no_fonts() -> None:
    drawn = '<svg class="terminal-12345">\n<style>\n @font-face {\n src: url("https://x");\n }\n\n.terminal-12345-r1 '
    tidy = pictures.tidy(drawn + "{ font-family: Fira Code; }\n</style></svg>")
    assert "12345" not in tidy
    assert "https" not in tidy
    assert pictures.FONT in tidy


def test_the_manual_and_the_readme_show_the_pictures_that_are_made() -> None:
    pages = [pictures.ROOT / "README.md", pictures.ROOT / "docs" / "brugervejledning.md"]
    shown = "".join(page.read_text(encoding="utf-8") for page in pages)
    assert pictures.there()
    assert [name for name in pictures.there() if f"pictures/{name})" not in shown] == []
