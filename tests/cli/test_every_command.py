"""Every command, argument, option and format: hostile text is data or an error of one harmless line, a CPR number is
in no error; a command or option that is new is in it by itself."""

import csv
import io
import json
import random
import re
import shutil
import unicodedata
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from tests import hostile
from tests.cli import tree
from tests.cli.conftest import Run, Terminal

from jobsamtale_tui import texts
from jobsamtale_tui.cli.exchange import EXPORTS

NUMBERS = (
    *("010190-1234", "0101901234", "010190 1234", "010190–1234", "010190\u00a01234", "010190_1234", "010190.1234"),
    *("010190\u200b1234", "010190 -\n1234", "０１０１９０－１２３４", "٠١٠١٩٠١٢٣٤", "x010190-1234x"),
)
BESIDE = (
    *("citizen show -- -o", "session show x-før", "note x-nu"),
    *(f"export notes --format {form}" for form in ("text", "md")),
)
"""What is shown of a draft, of a key that looks like an option, and where `all` cannot be had."""
NOT_MADE = {f"export all --format {form}" for form in ("csv", "text", "md")}
STEERS = "[/][@click=app.quit]\x1b]0;x\x07\x9b2J\u202e{0} %s\n=1"


def tells(said: str) -> bool:
    """Whether the number can be read in it, however it is written."""
    return "0101901234" in "".join(str(unicodedata.digit(sign)) for sign in said if unicodedata.digit(sign, -1) >= 0)


def test_every_command_that_asks_for_something_is_given_it() -> None:
    asked = {words for words, command in tree.commands() if any(one.required for one in command.params)}
    assert asked == set(tree.GIVEN)
    assert {words for words, _command in tree.commands()} >= tree.CHANGES


def test_every_format_is_data_in_a_pipe_and_harmless_in_a_terminal(
    run: Run, hostile_db: Path, terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("JOBSAMTALE_USER", "anne")
    lines = list(tree.formats())
    lines += [["export", kind, *form] for kind in EXPORTS for form in ([], ["--format", "csv"])]
    lines += [line.split() for line in BESIDE]
    for words in lines:
        if words[-1] == "pdf":
            words += ["-o", str(tmp_path / "graph.pdf")]
        if words[0] == "print":
            words += ["--citizen", "x-1", "--dir", str(tmp_path / "pages")]
        done = run(*words)
        codes = (0, 1) if words[0] == "lint" else (2,) if " ".join(words) in NOT_MADE else (0,)
        assert done.code in codes, (words, done.err)
        assert "inside the program" not in done.err, (words, done.err)
        assert hostile.steers(done.err.encode()) == [], words
        if done.code == 0 and words[-1] == "json":
            json.loads(done.out)
        if done.code == 0 and words[-1] == "csv":
            rows = list(csv.reader(io.StringIO(done.out)))
            assert len({len(row) for row in rows}) == 1 or words[0] == "graph", words
            cells = [cell for row in rows for cell in row]
            assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))], words
        if words[-1] == "svg":
            tags = {one.tag.rpartition("}")[2] for one in ET.fromstring(done.out).iter()}
            assert tags <= {"svg", "title", "desc", "g", "path", "line", "rect", "circle", "text", "tspan", "polyline"}
        if words[:2] == ["session", "ics"]:
            names = {line.partition(":")[0].partition(";")[0] for line in re.sub(r"\r\n ", "", done.out).split("\r\n")}
            assert names <= {
                *("BEGIN", "END", "VERSION", "PRODID", "METHOD", "CALSCALE", "UID", "DTSTAMP", "DTSTART", "DTEND"),
                *("SUMMARY", "DESCRIPTION", "LOCATION", "STATUS", "SEQUENCE", "CLASS", "CATEGORIES", "DURATION", ""),
            }
        _code, raw = terminal(*words)
        assert hostile.steers(raw, app=words[0] == "print") == [], words  # how far it is stands on one line


def test_whatever_an_argument_or_an_option_is_given(
    run: Run, hostile_db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "a" / "b" / "here"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    corpus = [text for text in hostile.TEXTS if "\x00" not in text and not text.startswith("/")]
    chosen, there = random.Random(4), list(tree.values())
    assert len(there) > 110
    for place, (what, words) in enumerate(there):
        number = NUMBERS[place % len(NUMBERS)]
        for text in (*chosen.sample(corpus, 2), chosen.choice(hostile.FIGURES), STEERS, number, "\udc80x"):
            for left in folder.iterdir():  # what one command has written is not what the next is given
                shutil.rmtree(left) if left.is_dir() else left.unlink()
            done = run(*(word.replace("{}", text) for word in words))
            assert done.code in range(5), (what, text, done.err)
            assert "inside the program" not in done.err, (what, text, done.err)
            assert hostile.steers(done.err.encode("utf-8", "backslashreplace")) == [], (what, text)
            assert not tells(done.err), (what, text)
            if done.code and not what.startswith(("import", "indicator", "labour")):
                assert (done.err.count("\n"), done.out) == (1, ""), (what, text, done.err, done.out)


def test_a_number_is_masked_however_it_is_written() -> None:
    for number in NUMBERS:
        assert not tells(texts.without_cpr(f"a {number} b"))
        crossed = texts.crossed_out(f"a {number} b")
        assert len(crossed) == len(f"a {number} b")
        assert not tells(crossed)
        raw = f"jobsamtale\0show\0{number}\0".encode()
        assert len(texts.crossed_out_bytes(raw)) == len(raw)
        assert not tells(texts.crossed_out_bytes(raw).decode())
    assert texts.crossed_out_bytes(b"show\x00010190\x001234\x00\xff") == b"show\x00010190\x00xxxx\x00\xff"
    for text in ("2026-06-03 10:00", "123456, 2026", "tlf. 12 34 56 78", "1234567890123", "kl. 08.00-09.30"):
        assert texts.without_cpr(text) == text


def test_a_number_in_a_file_is_in_none_of_its_faults(run: Run, hostile_db: Path, tmp_path: Path) -> None:
    """Also where the sentence shows the beginning of a text alone."""
    for number in NUMBERS:
        lines: list[dict[str, object]] = [
            {"kind": number},
            {"kind": "citizen", "key": "y", "name": "x", number: 1},
            {"kind": "citizen", "key": f"{number} x", "name": "x"},
            {"kind": "citizen", "key": "y", "name": "x", "cpr": number, "target_group": f"{number}!"},
            *({"kind": "unit", "key": "y", "name": "x", f"{'x' * lead}{number}": 1} for lead in range(66, 76)),
            {"kind": "job_goal", "key": "y", "citizen": number, "grade": "A", "from": number},
            {"kind": "session", "key": "y", "citizen": "x-1", "held_at": number, "status": number},
        ]
        path = hostile.write(tmp_path / "in.jsonl", lines)
        done = run("import", path)
        assert done.code == 1
        assert not re.search(r"0101\W?90\W{0,3}[1١１]", done.err), done.err
        assert not tells(done.err)
        table = tmp_path / "in.csv"
        for cells in (("y", number, "x"), (number, "1-6-2026", "x"), ("x-1", "1-6-2026", f"{number}\x1b")):
            table.write_text("Borger;Dato;Stilling\n" + ";".join(f'"{cell}"' for cell in cells), encoding="utf-8")
            done = run("import", table, "--as", "applications")
            assert done.code == 1, (cells, done.err)
            assert not tells(done.err), done.err
