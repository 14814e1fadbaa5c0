"""Hostile text and the command line: exact in a pipe, and an error is one line. Every command, and all that it
takes, is in test_every_command."""

import html.parser
import json
import random
from itertools import product
from pathlib import Path

import pytest
from tests import hostile

from .conftest import Run


def test_the_data_stay_exact_in_a_pipe(run: Run, hostile_db: Path, hostile_source: Path, tmp_path: Path) -> None:
    first = run("export", "all").out
    other = tmp_path / "other.db"
    again = tmp_path / "all.jsonl"
    again.write_text(first, encoding="utf-8")
    assert run("--db", other, "import", again).code == 0
    assert run("--db", other, "export", "all").out == first
    citizen = next(one for one in map(json.loads, first.rstrip("\n").split("\n")) if one["kind"] == "profile")
    given = next(one for one in map(json.loads, hostile_source.read_text().splitlines()) if one["kind"] == "profile")
    assert citizen == json.loads(json.dumps(given))


def test_a_page_of_html_has_our_tags_alone(run: Run, hostile_db: Path) -> None:
    class Tags(html.parser.HTMLParser):
        found: set[str] = set()  # noqa: RUF012 - of this test

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.found.add(tag)
            assert {name for name, _value in attrs} <= {"lang", "charset", "name", "content"}

    reader = Tags(convert_charrefs=False)
    page = run("note", "x-før", "--format", "html").out
    reader.feed(page)
    ours = ["html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "ul", "li", "br"]
    assert reader.found <= set(ours)
    assert page.count("</style>") == page.count("</title>") == 1


def test_markdown_is_text(run: Run, hostile_db: Path) -> None:
    """Whatever CommonMark makes of the page, what people typed is in its text, and nothing of it a link or a tag."""
    from markdown_it import MarkdownIt

    tokens = MarkdownIt().parse(run("note", "x-før", "--format", "md").out)
    kinds = {token.type for token in tokens} | {
        child.type for token in tokens for child in token.children or () if child.type != "text"
    }
    assert not kinds & {"link_open", "image", "html_block", "html_inline", "fence", "code_inline", "table_open", "hr"}


def test_names_of_files_stay_in_their_folder(run: Run, home: Path, tmp_path: Path) -> None:
    keys = ("..", ".", "-o", "con", "nul.txt", "~", "x" * 64, "æ" * 64, "A", "a", "010190-1234")
    records: list[dict[str, object]] = [{"kind": "citizen", "key": "c", "name": "C"}]
    records += [
        {
            "kind": "session",
            "key": key,
            "citizen": "c",
            "held_at": "2026-01-01T08:00:00Z",
            "status": "completed",
            "note": {"text": key, "template": "x", "version": 1, "at": "2026-01-01T09:00:00Z"},
        }
        for key in keys
        if key != "~"
    ]
    done = run("import", hostile.write(tmp_path / "keys.jsonl", records))
    assert done.code == 0
    assert "could be a CPR number" in done.err
    assert "1234" not in done.err
    for folder in (tmp_path / "-x" / ".." / "notes", tmp_path / "æøå\u202e"):
        assert run("export", "notes", "--dir", folder, "--format", "text").code == 0
        written = list(folder.iterdir())
        assert len(written) == len(records) - 1
        assert not [path for path in written if "1234" in path.name]
    assert {path.name for path in tmp_path.iterdir()} >= {"notes"}
    assert not (tmp_path / "txt").exists()


@pytest.mark.parametrize(
    "line",
    [
        "{}",
        "--{}",
        "--db sqlite:///{} citizen list",
        "citizen {}",
        "note x-nu --{}",
        "graph x-1 --format csv -o {}",
        "export notes --dir {}",
        "export scores --new {}",
    ],
)
def test_whatever_is_named_an_error_is_one_harmless_line(
    run: Run, hostile_db: Path, line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    corpus = [text for text in hostile.TEXTS if "\x00" not in text and not text.startswith("/")]
    some = random.Random(line).sample(corpus, 3 if "--db" in line else 6)
    for text in (*some, "010190-1234", "\udc80x", "[/]\x1b]0;x\x07"):
        done = run(*(part.replace("{}", text) for part in line.split(" ")))
        assert done.code in range(5), (text, done.err)
        assert "Traceback" not in done.err
        assert "inside the program" not in done.err, (text, done.err)
        assert hostile.steers(done.err.encode("utf-8", "backslashreplace")) == [], text
        if done.code:
            assert done.err.count("\n") == 1, (text, done.err)
            assert "1234" not in done.err
            assert done.out == ""


SETTINGS = ("\x1b]0;x\x07", "[/]", "{0} %s", "a\u202eb", "x" * 5000, "010190-1234", "\udc80")


@pytest.mark.parametrize("name", ["LANG", "DB", "DATA", "USER", "READ_ONLY", "THEME", "SESSION_MINUTES", "NOW"])
def test_settings_that_are_hostile(
    run: Run, hostile_db: Path, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for text in SETTINGS:
        with monkeypatch.context() as patched:
            patched.setenv(f"JOBSAMTALE_{name}", text)
            for line in ("config show", "citizen list", "doctor"):
                done = run(*line.split())
                assert done.code in range(5)
                assert "inside the program" not in done.err, (name, line, done.err)
                assert hostile.steers(done.err.encode("utf-8", "backslashreplace")) == []
                assert "1234" not in done.err


DEEP = "a = " + "[" * 3000 + "]" * 3000
TOML = (
    DEEP,
    "a = " + "{b = " * 3000 + "1" + "}" * 3000,
    ".".join("a" for _ in range(4000)) + " = 1",
    f"{'k' * 100_000} = 1",
    "session_minutes = " + "9" * 5000,
    "session_minutes = 1e999",
    "session_minutes = nan",
    "session_minutes = 0x" + "f" * 5000,
    "lang = 1979-05-27T07:32:00Z",
    "lang = 2026-02-30",
    'lang = "\\u0000"',
    'lang = "\\ud800"',
    'theme = "\\u001b]0;x\\u0007"',
    'lang = "da"\nlang = "da"',
    "[keys]\n[keys]",
    '[keys]\n"\\u001b[2J" = "n"',
    '[keys]\nquit = "\\u001b[2J"',
    '[keys]\nquit = "[@click=app.bell]"',
    f'[keys]\nquit = "{"n," * 5000}n"',
    '[keys]\nquit = ""',
    '[keys]\n"a\u202eb" = "x"',
    "\ufeffx = 1",
    "lang = 'da'\r\rx",
    "\x00",
    "lang = 'a\u2028b'",
    "[[keys]]",
    "keys = 1",
)


def test_a_configuration_that_is_hostile(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JOBSAMTALE_LANG")
    folder = home / "xdg_config_home" / "jobsamtale"
    folder.mkdir(parents=True)
    for content, line in product(TOML, ("config show", "keys", "keys --format md")):
        (folder / "config.toml").write_text(content, encoding="utf-8", errors="surrogatepass")
        done = run(*line.split())
        assert done.code in (0, 2), done.err
        assert hostile.steers(done.err.encode()) == []
        assert done.err.count("\n") == (1 if done.code else 0)
        assert len(done.err) < 2500


@pytest.mark.parametrize("place", range(len(TOML)))
def test_files_of_a_municipality_that_are_hostile(
    run: Run, hostile_db: Path, place: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder, name in (("rules", "target_groups.toml"), ("indicators", "x.toml"), ("templates", "journalnotat.toml")):
        (tmp_path / "own" / folder).mkdir(parents=True)
        (tmp_path / "own" / folder / name).write_text(TOML[place], encoding="utf-8", errors="surrogatepass")
    monkeypatch.setenv("JOBSAMTALE_DATA", str(tmp_path / "own"))
    for line in ("note x-nu", "indicator list", "citizen steps x-1"):
        done = run(*line.split())
        assert done.code in (0, 1), done.err
        assert "inside the program" not in done.err, (line, done.err)
        assert hostile.steers(done.err.encode()) == []
        assert len(done.err) < 2500
    done = run("indicator", "check", tmp_path / "own" / "indicators" / "x.toml")
    assert done.code == 1
    assert hostile.steers(done.err.encode()) == []
    assert len(done.err) < 5000
