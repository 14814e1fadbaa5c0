"""`labour`: the table that is shown beside job goals, and how it is replaced."""

import os
from pathlib import Path

from tests.cli.conftest import Run

TABLE = "Stilling;Område;Jobmuligheder;Kilde;Dato\r\nLagermedarbejder;Ærø;gode;STAR;1.6.2024\r\n"


def test_the_shipped_table_is_marked_as_an_example(run: Run) -> None:
    found = run("labour", "list", "--format", "json").json
    assert found
    assert {one["source"] for one in found} == {"eksempel"}
    assert not any(one["old"] for one in found)
    assert len(run("labour", "list", "--search", "lager").out.splitlines()) == 2


def test_a_csv_file_takes_its_place_whole_or_not_at_all(run: Run, home: Path, tmp_path: Path) -> None:
    file = tmp_path / "ny.csv"
    file.write_bytes(TABLE.encode("cp1252"))
    before = run("labour", "list").out
    done = run("labour", "import", file, "--dry-run")
    assert done.code == 0
    assert "Område → region" in done.err
    assert run("labour", "list").out == before
    assert run("labour", "import", file).code == 0
    assert run("labour", "list", "--format", "json").json == [
        {
            "occupation": "Lagermedarbejder",
            "region": "Ærø",
            "outlook": "gode",
            "source": "STAR",
            "date": "2024-06-01",
            "old": True,
        }
    ]
    assert "! more than a year old" in run("labour", "list").out
    lies = Path(os.environ["XDG_DATA_HOME"]) / "jobsamtale" / "labour_market" / "outlook.csv"
    assert lies.stat().st_mode & 0o777 == 0o600
    kept = lies.read_bytes()
    file.write_text(TABLE + "lagermedarbejder;ærø;gode;STAR;1.6.2025\n;x;y;z;1.6.2025\nKok;;;STAR;i går\n")
    refused = run("labour", "import", file)
    assert refused.code == 1
    assert [line.split(":")[1] for line in refused.err.splitlines() if line.startswith(str(file))] == list("3455")
    assert lies.read_bytes() == kept
    lies.write_text("noget andet")
    assert run("labour", "list").code == 1


def test_the_houses_data_folder_comes_first(run: Run, home: Path, tmp_path: Path) -> None:
    house, file = tmp_path / "house", tmp_path / "ny.csv"
    house.mkdir()
    file.write_text(TABLE, encoding="utf-8")
    os.environ["JOBSAMTALE_DATA"] = str(house)
    try:
        assert run("labour", "import", file).code == 0
        assert (house / "labour_market" / "outlook.csv").is_file()
        assert len(run("labour", "list", "--format", "json").json) == 1
        house.joinpath("labour_market").chmod(0o500)
        if os.getuid():
            assert run("labour", "import", file).code == 1
        assert run("--read-only", "labour", "import", file).code == 1
    finally:
        house.joinpath("labour_market").chmod(0o700)
        del os.environ["JOBSAMTALE_DATA"]
