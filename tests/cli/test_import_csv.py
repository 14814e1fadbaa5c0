"""`import --as`: the Joblog, CVs and openings from CSV, whole or not at all, and the same again changes nothing."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Run

BOM = "\ufeff"


def joblog(*rows: str) -> bytes:
    head = "Borger;Dato;Stilling;Virksomhed;Kanal;Svar;Postnr"
    return (BOM + "\r\n".join([head, *rows, ""])).encode()


def exported(run: Run, kind: str) -> list[dict[str, object]]:
    lines = [json.loads(line) for line in run("export", "all").out.splitlines()]
    return [line for line in lines if line["kind"] == kind]


@pytest.fixture
def file(filled: Path, tmp_path: Path) -> Path:
    return tmp_path / "joblog.csv"


def test_the_joblog_comes_in_and_the_same_again_changes_nothing(run: Run, file: Path) -> None:
    file.write_bytes(
        joblog(
            "mette-høj;1-6-2026;Pædagogmedhjælper;Børnehuset;netværk;;7100",
            '24-1107;01.05.26;"Lager; og ""truck""";=HYPERLINK("x");jobopslag;afslag;7100',
            "0101901234;2/5/2026;Kok;;;;",
            "010190-1234;2/5/2026;Kok;;;;",
        )
    )
    done = run("import", file, "--as", "applications")
    assert done.code == 0
    assert "Borger → citizen, Dato → on, Stilling → position" in done.err
    assert "not taken: Postnr" in done.err
    found = exported(run, "application")
    assert sorted((one["on"], one["position"], one["citizen"]) for one in found) == [
        ("2026-05-01", 'Lager; og "truck"', "mette-høj"),
        ("2026-05-02", "Kok", "mette-høj"),
        ("2026-05-02", "Kok", "mette-høj"),
        ("2026-06-01", "Pædagogmedhjælper", "mette-høj"),
    ]
    assert '=HYPERLINK("x")' in [one.get("employer") for one in found]
    before = run("db", "info").out
    again = run("import", file, "--as", "applications", "--dry-run")
    assert "0 new, 0 changed, 4 as they were" in again.err
    assert "columns as the last time" in again.err
    assert run("import", file, "--as", "applications").err == ""
    assert run("db", "info").out == before
    file.write_bytes(joblog("mette-høj;1-6-2026;pædagogmedhjælper ;Børnehuset;;samtale 9/6;"))
    assert run("import", file, "--as", "applications").code == 0
    changed = next(one for one in exported(run, "application") if one.get("employer") == "Børnehuset")
    assert changed["result"] == "samtale 9/6"
    assert changed["channel"] == "netværk"
    assert len(exported(run, "application")) == 4


def test_every_bad_row_is_named_and_nothing_is_taken(run: Run, file: Path) -> None:
    file.write_bytes(
        joblog(
            "mette-høj;1-6-2026;Kok;;;;",
            "9912311234;31-2-2026;;;;;",
            '120588-1234;1-6-2026;"To\r\nlinjer";;;;',
            "mette-høj;1-6-2026;Kok\x1b;;;;",
            "mette-høj;1-6-2026;Kok;;;;7100;for meget",
        )
    )
    done = run("import", file, "--as", "applications")
    assert done.code == 1
    lines = [line.partition("joblog.csv:")[2] for line in done.err.splitlines() if "joblog.csv:" in line][1:]
    assert [line.partition(":")[0] for line in lines] == ["3", "3", "3", "4", "6", "7"]
    assert "991231" not in done.err
    assert "1234" not in done.err
    assert exported(run, "application") == []
    assert run("import", file, "--as", "applications", "--dry-run").code == 1


def test_a_file_of_one_citizen_and_columns_by_hand(run: Run, file: Path) -> None:
    file.write_bytes("Hvornår,Hvad,Hvor\n1/6/2026,Kok på Ærø,Kroen\n".encode("cp1252"))
    refused = run("import", file, "--as", "applications", "--citizen", "24-1107")
    assert refused.code == 1
    assert "has no column for on, position" in refused.err
    told = ("--map", "on=Hvornår", "--map", "position=hvad", "--map", "employer=3")
    assert run("import", file, "--as", "applications", "--citizen", "24-1107", *told).code == 0
    found = exported(run, "application")[0]
    assert (found["citizen"], found["position"], found["employer"]) == ("mette-høj", "Kok på Ærø", "Kroen")
    file.write_bytes("Hvornår,Hvad,Hvor\n31/5/2026,Tjener,Kroen\n".encode("utf-16"))
    done = run("import", file, "--as", "applications", "--citizen", "24-1107")
    assert (done.code, done.err) == (0, "")
    assert len(exported(run, "application")) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "is a CSV file"),
        (("--map", "on=Dato"), "--map and --citizen are for CSV files"),
        (("--as", "cv"), "--as cannot be cv"),
        (("--as", "applications", "--map", "dato=Dato"), "dato is not a field of applications"),
    ],
)
def test_wrong_usage_is_told(run: Run, file: Path, arguments: tuple[str, ...], said: str) -> None:
    file.write_bytes(joblog())
    done = run("import", file, *arguments)
    assert done.code == 2
    assert said in done.err


def test_profiles_are_gathered_by_citizen_and_keep_what_the_file_says_nothing_of(run: Run, file: Path) -> None:
    file.write_text(
        "Borger;Jeg søger job som;Stilling;År;Kompetencer\n"
        "mette-høj;Stilladsmontør;Stilladsmontør;15;\n"
        "24-1107;stilladsmontør;Lagermedarbejder;1,5 år;Rolig | Mødestabil\n",
        encoding="utf-8",
    )
    assert run("import", file, "--as", "profiles").code == 0
    expected = {
        "kind": "profile",
        "citizen": "mette-høj",
        "wishes": ["Stilladsmontør"],
        "cv": [{"position": "Stilladsmontør", "years": 15}, {"position": "Lagermedarbejder", "years": 1.5}],
        "competences": ["Rolig", "Mødestabil"],
    }
    assert exported(run, "profile") == [expected]
    file.write_text('Borger;Ønsker\nmette-høj;"Pedel\nChauffør"\n', encoding="utf-8")
    assert run("import", file, "--as", "profiles").code == 0
    assert exported(run, "profile") == [expected | {"wishes": ["Pedel", "Chauffør"]}]
    file.write_text("Borger;Stilling;År\nmette-høj;Kok;mange\n", encoding="utf-8")
    assert "År: »mange« is no number" in run("import", file, "--as", "profiles").err


def test_openings_come_in_with_and_without_a_citizen(run: Run, file: Path) -> None:
    file.write_text(
        "Borger;Titel;Virksomhed;Type;Link;Frist;Branche\n"
        ";Truckfører;Lager A/S;praktik;;1-7-2026;Lager\n"
        "mette-høj;Jobmesse;;link;https://example.org/x?a=1;;\n",
        encoding="utf-8",
    )
    assert run("import", file, "--as", "openings").code == 0
    again = run("import", file, "--as", "openings", "--dry-run")
    assert "0 new, 0 changed, 2 as they were" in again.err
    found = sorted(exported(run, "opening"), key=lambda one: str(one["title"]))
    assert [(one.get("citizen"), one["title"], one["type"]) for one in found] == [
        ("mette-høj", "Jobmesse", "link"),
        (None, "Truckfører", "internship"),
    ]
    assert list(json.loads(run("schema", "opening").out)["properties"]) == [
        *("kind", "key", "citizen", "industry", "title", "employer", "type", "link", "until", "note")
    ]
    assert exported(run, "session")[0]["kind"] == "session"
    kinds = [json.loads(line)["kind"] for line in run("export", "all").out.splitlines()]
    assert kinds.index("opening") < kinds.index("session")


def test_a_row_says_again_what_was_typed_by_hand(run: Run, file: Path, tmp_path: Path) -> None:
    by_hand = tmp_path / "x.jsonl"
    record = {"kind": "application", "key": "hånd", "citizen": "mette-høj", "on": "2026-06-01", "position": "Kok"}
    by_hand.write_text(json.dumps({**record, "result": "venter"}) + "\n")
    assert run("import", by_hand).code == 0
    file.write_bytes(joblog("mette-høj;1-6-2026;KOK;;mail;;"))
    assert run("import", file, "--as", "applications").code == 0
    found = exported(run, "application")
    assert found == [{**record, "position": "KOK", "channel": "mail", "result": "venter"}]
