"""Looks for what breaks the readers: the exchange format, indicator files, CSV, the configuration, the note's template.

Coverage-guided, by hand, in an environment of its own, because it needs a compiler that most machines do without:

    python3 -m venv fuzzing && fuzzing/bin/pip install atheris -r requirements.lock
    PYTHONPATH=src nice -n 19 fuzzing/bin/python bench/fuzz.py exchange -max_total_time=600

The first word is one of `exchange`, `indicators`, `csv`, `labour`, `config`, `template` and `files` (a whole file into
a database); what follows is libFuzzer's. Seeds come from data/demo, data/indicators and data/templates. What is found
lies in `crash-…` in the folder that it is run from; mend it, and put the input into tests/casework/test_fuzzed.py.
"""

import io
import json
import os
import re
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["jobsamtale_tui", "tomllib", "json"]):
    from jobsamtale_tui import records, resources, settings, texts
    from jobsamtale_tui.casework.change.context import Actor
    from jobsamtale_tui.casework.exchange import csv_import, importing, labour_import
    from jobsamtale_tui.casework.format import reading as exchange_format
    from jobsamtale_tui.casework.indicators import families
    from jobsamtale_tui.casework.indicators import files as indicator_files
    from jobsamtale_tui.documents.note import template as note_template
    from jobsamtale_tui.errors import JobsamtaleError
    from jobsamtale_tui.store.schema.layout import as_json
    from jobsamtale_tui.store.sqlite.database import Database

CPR = re.compile(r"(?<!\d)\d{6}[- ]?\d{4}(?!\d)")


def said(sentence: str) -> None:
    """A sentence is one line that a terminal may be shown, without a CPR number in it."""
    assert "\n" not in sentence
    assert texts.shown(sentence) == sentence, ascii(sentence)
    assert not CPR.search(sentence), ascii(sentence)
    assert len(sentence) < 2000, len(sentence)


def one_line(data: bytes) -> None:
    """A line is a record that comes back the same, or is refused by sentences."""
    try:
        record = exchange_format.read(data)
    except exchange_format.LineRefusedError as error:
        refused = error.sentences
    else:
        refused = []
    for sentence in refused:
        said(sentence)
    if refused:
        return
    written = as_json(records.as_document(record))
    assert exchange_format.read(written.encode()) == record
    assert not any(texts.forbidden(text) for text in records.texts_of(json.loads(written)))


def indicator_file(data: bytes) -> None:
    """An indicator file has faults with lines, or is read, written and read again as the same."""
    PATH.write_bytes(data)
    found = indicator_files.check(PATH)
    for sentence in found:
        line = sentence.removeprefix(f"{PATH}:").partition(":")[0]
        assert 1 <= int(line) <= data.count(b"\n") + data.count(b"\r") + 1
        said(sentence)
    if not found:
        read = [indicator for _line, indicator in indicator_files.load(PATH).found]
        PATH.write_text(families.to_toml(read), encoding="utf-8")
        assert not indicator_files.check(PATH)
        assert [indicator for _line, indicator in indicator_files.load(PATH).found] == read


def config_file(data: bytes) -> None:
    """A configuration is in force, or refused by a sentence."""
    settings.config_path().write_bytes(data)
    with suppress(JobsamtaleError):
        settings.load()


def template(data: bytes) -> None:
    """A template writes a note, or is refused by a sentence."""
    (PATH.parent / "templates" / f"{note_template.NAME}.txt.j2").write_bytes(data)
    note_template._environment.cache_clear()
    try:
        text, _name, _version = note_template.run({"citizen_name": "Åse", "agenda": ("CV", "Netværk"), "session": None})
    except JobsamtaleError:
        return
    assert texts.forbidden(text) is None


def whole_file(data: bytes) -> None:
    """A file is taken in, or refused as a whole."""
    try:
        importing.import_file(DATABASE, io.BytesIO(data), "-", Actor(None, "fuzz"), dry_run=True)
    except JobsamtaleError as error:
        for sentence in getattr(error, "lines", [error.sentence]):
            said(sentence)


def csv_file(data: bytes) -> None:
    """A table is taken in as Joblog, profiles or openings, or refused as a whole."""
    actor = Actor(None, "fuzz")
    for what in csv_import.KINDS:
        try:
            csv_import.import_csv(DATABASE, io.BytesIO(data), "-", actor, what, citizen="x", dry_run=True)
        except JobsamtaleError as error:
            for sentence in getattr(error, "lines", [error.sentence]):
                said(sentence)


def labour(data: bytes) -> None:
    """What is known of the labour market is read, or refused as a whole."""
    try:
        labour_import.read(io.BytesIO(data), "-")
    except JobsamtaleError as error:
        for sentence in getattr(error, "lines", [error.sentence]):
            said(sentence)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "exchange": one_line,
    "indicators": indicator_file,
    "config": config_file,
    "template": template,
    "csv": csv_file,
    "labour": labour,
    "files": whole_file,
}


def seeds(target: str) -> list[bytes]:
    """What to begin from."""
    shipped = resources.shipped()
    demo = (shipped / "demo" / "caseload.jsonl").read_bytes()
    if target == "exchange":
        by_kind: dict[str, list[bytes]] = {}
        for line in demo.splitlines():
            by_kind.setdefault(json.loads(line)["kind"], []).append(line)
        return [line for lines in by_kind.values() for line in sorted(lines, key=len)[::5][:12]]
    if target == "files":
        return [b"\n".join(demo.splitlines()[:30])]
    if target == "csv":
        rows = '"Lager; og ""truck""";=1+1;%s;01.05.26;3,5 \u00e5r;praktik;https://x.dk;http://\n'
        heads = ("Stilling;Virksomhed;Kanal;Dato", "Stilling;\u00c5r;\u00d8nsker", "Titel;Arbejdsgiver;Type;Link")
        made = [f"{head}\r\n{rows % row}" for head in heads for row in ("netv\u00e6rk", "010190-1234", "\ufeff\t")]
        return [one.encode(code) for one in made for code in ("utf-8-sig", "utf-16")]
    if target == "labour":
        return [path.read_bytes() for path in (shipped / "labour_market").glob("*.csv")]
    if target == "config":
        return [b'db = "x.db"\nuser = "anne"\nread_only = true\nsession_minutes = 45\n[keys]\n"session.start" = "n"\n']
    if target == "template":
        return [path.read_bytes() for path in (shipped / "templates").glob("*.j2")]
    return [path.read_bytes() for path in (shipped / "indicators").glob("*.toml")]


def words() -> str:
    """libFuzzer's dictionary: the format's own names and values, and what readers trip over."""
    found = {*records.KINDS, "da", "en", "1e999", "NaN", "\\ud800", "\\u0000", "010190-1234", "[[indicator]]", "inf"}
    for kind in records.KINDS:
        found |= set(exchange_format._names(kind))
    return "".join('"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"\n' for word in sorted(found))


if __name__ == "__main__":
    name = sys.argv[1] if sys.argv[1:] else ""
    if name not in TARGETS:
        sys.exit(f"Choose one of: {', '.join(TARGETS)}")
    folder = Path(tempfile.mkdtemp(prefix="jobsamtale-fuzz-"))
    PATH = folder / "file.toml"
    os.environ["XDG_CONFIG_HOME"] = str(folder)
    settings.config_path().parent.mkdir()
    if name == "template":
        (folder / "templates").mkdir()
        os.environ["JOBSAMTALE_DATA"] = str(folder)
        identity = f"{note_template.NAME}.toml"
        (folder / "templates" / identity).write_bytes((resources.shipped() / "templates" / identity).read_bytes())
    DATABASE = Database(folder / "fuzz.db")
    DATABASE.prepare()
    whole = b'{"kind": "citizen", "key": "x", "name": "x"}'
    importing.import_file(DATABASE, io.BytesIO(whole), "-", Actor(None, "fuzz"))
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(seeds(name)):
        (corpus / f"seed-{number}").write_bytes(seed)
    (folder / "words").write_text(words(), encoding="utf-8")
    options = [f"-dict={folder / 'words'}", "-max_len=4096", "-timeout=20", *sys.argv[2:], str(corpus)]
    atheris.Setup([sys.argv[0], *options], TARGETS[name])
    atheris.Fuzz()
