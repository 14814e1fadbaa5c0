"""CSV as Excel and others write it: any table comes back, and rows become records that the next run finds again."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobsamtale_tui.casework.exchange import csv_import, csv_mapping, csv_table
from jobsamtale_tui.errors import RefusedError, UsageError

HEADINGS = ["Borger", "Dato", "Stilling", "Firma; by", "Svar"]
CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t;,|\"'=æøåÆØÅ"), max_size=12)
LATIN = st.text(st.sampled_from('abc æøåÆØÅé€–»«½§ 123\n;,\t"=+-@'), max_size=12)


def known(headings: Sequence[str]) -> int:
    return csv_mapping.recognised("applications", list(headings))


def written(rows: list[list[str]], separator: str, encoding: str) -> bytes:
    """A table by Excel's rules: cells with separators, quotes or line breaks in quotes, rows end in CRLF."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows([HEADINGS, *rows])
    return text.getvalue().encode(encoding)


def read(raw: bytes) -> csv_table.Table:
    return csv_table.read(io.BytesIO(raw), "x.csv", known)


@given(
    st.lists(st.lists(CELL, min_size=5, max_size=5), max_size=6),
    st.sampled_from([(";", "utf-8-sig"), (",", "utf-8"), ("\t", "utf-16"), (";", "utf-8"), ("|", "utf-8-sig")]),
)
def test_any_table_comes_back(rows: list[list[str]], how: tuple[str, str]) -> None:
    table = read(written(rows, *how))
    assert table.headings == tuple(HEADINGS)
    assert table.separator == how[0]
    assert [list(row.cells) for row in table.rows] == [row for row in rows if any(map(str.strip, row))]
    assert not table.faults


@given(st.lists(st.lists(LATIN, min_size=5, max_size=5), min_size=1, max_size=6))
def test_windows_1252_comes_back(rows: list[list[str]]) -> None:
    rows[0][2] = "Pædagogmedhjælper på Ærø"
    table = read(written(rows, ";", "cp1252"))
    assert table.encoding == "cp1252"
    assert [list(row.cells) for row in table.rows] == [row for row in rows if any(map(str.strip, row))]


def test_every_row_knows_the_line_it_begins_on() -> None:
    table = read(b'sep=;\r\nBorger;Dato;Stilling\r\na;1-6-2026;"To\r\nlinjer"\r\n\r\nb;2-6-2026;"Ikke lukket\r\n')
    assert [row.line for row in table.rows] == [3]
    assert table.rows[0].cells[2] == "To\nlinjer"
    assert [line for line, _said in table.faults] == [6]


@pytest.mark.parametrize("raw", [b"", b"\r\n\r\n", b"PK\x03\x04\x00\x00\x14", b"Borger;Dato\r\n\x81\x8d"])
def test_what_is_no_table_is_refused(raw: bytes) -> None:
    with pytest.raises(RefusedError):
        read(raw)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-06-01", date(2026, 6, 1)),
        ("1-6-2026", date(2026, 6, 1)),
        ("01.06.26", date(2026, 6, 1)),
        ("1/6/2026", date(2026, 6, 1)),
        ("01-06-2026 12:30", date(2026, 6, 1)),
        ("2026-06-01T12:30:00", date(2026, 6, 1)),
        ("3.12.98", date(1998, 12, 3)),
        ("29-2-2024", date(2024, 2, 29)),
    ],
)
def test_days_are_read_as_danes_write_them(text: str, day: date) -> None:
    assert csv_import.read_day(text) == day


@pytest.mark.parametrize("text", ["31-2-2026", "6/13/2026", "1/6", "46174", "i går", "29-2-2026", "1-6-20261"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no day"):
        csv_import.read_day(text)


@pytest.mark.parametrize(("text", "number"), [("3,5", 3.5), ("3.5", 3.5), ("15", 15), ("2 år", 2), ("0,25 år", 0.25)])
def test_numbers_have_a_decimal_comma(text: str, number: float) -> None:
    assert csv_import.read_number(text) == number


@pytest.mark.parametrize("text", ["tre", "1.000,5", "-2", "3 måneder", "1e3"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no number"):
        csv_import.read_number(text)


def test_headings_are_guessed_in_danish_and_english_each_once() -> None:
    danish = ["CPR-nr.", "Ansøgningsdato", "Stillingsbetegnelse", "Virksomhed", "Kanal", "Status", "Titel"]
    assert csv_mapping.guess("applications", danish) == {
        "citizen": ("CPR-nr.",),
        "on": ("Ansøgningsdato",),
        "position": ("Stillingsbetegnelse",),
        "employer": ("Virksomhed",),
        "channel": ("Kanal",),
        "result": ("Status",),
    }
    english = ["Citizen", "Wish", "Position", "Years", "Skills", "to_develop"]
    assert set(csv_mapping.guess("profiles", english)) == {
        *("citizen", "wishes", "position", "years", "competences", "to_develop")
    }
    several = csv_mapping.guess("profiles", ["Borger", "Kompetence 1", "Kompetence 2"])
    assert several["competences"] == ("Kompetence 1", "Kompetence 2")


def test_what_is_told_counts_before_the_guess() -> None:
    headings = ["Borger", "Dato", "Titel", "Jobtitel", "Uden navn (5)"]
    found = csv_mapping.plan(
        None, "x.csv", "applications", headings, ["position=jobtitel", "result=5", "citizen=Borger"]
    )
    assert found.mapping["position"] == ("Jobtitel",)
    assert found.mapping["result"] == ("Uden navn (5)",)
    assert found.left == ("Titel",)
    with pytest.raises(RefusedError, match="no column for on"):
        csv_mapping.plan(None, "x.csv", "applications", headings, ["on="])
    for wrong in ("Stilling", "postion=Titel", "position=Findes ikke", "position=9"):
        with pytest.raises(UsageError):
            csv_mapping.plan(None, "x.csv", "applications", headings, [wrong])


@given(st.lists(st.text(max_size=20), min_size=1, max_size=4), st.integers(0, 3))
def test_a_key_made_of_content_is_a_key_and_looks_like_no_cpr_number(parts: list[str], place: int) -> None:
    key = csv_import.content_key(*parts, place=place)
    assert key == csv_import.content_key(*parts, place=place) != csv_import.content_key(*parts, place=place + 1)
    assert key.replace("-", "").isalpha()
    assert len(key) <= 64


def test_the_file_may_be_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_table, "MOST_BYTES", 1024 * 1024)
    with pytest.raises(RefusedError, match="larger than 1 MB"):
        read(b"Borger;Dato\r\n" + b"a;b\r\n" * 300_000)
