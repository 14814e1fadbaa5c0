import sqlite3
from pathlib import Path

import pytest

from .conftest import Done, Run


def said(done: Done) -> str:
    """The one line of an error."""
    assert done.out == ""
    assert done.err.startswith("jobsamtale: ")
    assert done.err.endswith((".\n", "?\n", "!\n"))
    assert done.err.count("\n") == 1
    return done.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ("citzen", "Did you mean citizen?"),
        ("citizen", "Choose one of: list, show"),
        ("citizen lst", "Did you mean list?"),
        ("citizen list --serch x", "Did you mean --search?"),
        ("citizen list --db x", "stands before the command"),
        ("citizen show", "needs KEY"),
        ("citizen show a b", "more than it takes"),
        ("note s-1 --format pdf", "--format cannot be pdf"),
        ("note s-1 --format", "needs a value"),
        ("import --dry-run=yes x", "takes no value"),
        ("session list --status plannd", "Did you mean planned?"),
        ("session list --since yesterday", "yesterday is not a day"),
        ("session list --since 2026-03-01 --until 2026-02-01", "is before --since"),
        ("graph mette-høj --width wide", "--width cannot be wide"),
        ("graph mette-høj --format json --with-caseworker", "for svg and pdf"),
        ("print", "Nobody is named"),
        ("print --unit nord --dir x -o y", "exclude each other"),
        ("contact list --status late", "--status cannot be late"),
        ("contact list --on yesterday", "yesterday is not a day"),
        ("export citizen", "Did you mean citizens?"),
        ("export citizens --format md", "Only notes"),
        ("export scores --with-cpr", "for citizens and all"),
        ("export scores --with-reflections", "only with export all"),
        ("export all --format csv", "do not fit"),
        ("export notes --format csv --dir x", "for notes to read"),
        ("schema sesion", "Did you mean session?"),
        ("indicator show jobtro --version one", "--version"),
        ("--lang fr keys", "fr is not known"),
        ("--db mysql://x citizen list", "mysql"),
        ("", "needs a terminal"),
        ("open mette-høj", "needs a terminal"),
        ("demo", "needs a terminal"),
    ],
)
def test_wrong_usage_is_one_line_and_exit_two(run: Run, filled: Path, arguments: str, words: str) -> None:
    done = run(*arguments.split())
    assert done.code == 2
    assert words in said(done)


@pytest.mark.parametrize(
    "arguments",
    [
        "note nope",
        "graph nope",
        "graph mette-høj --indicator nope",
        "citizen show nope",
        "session show nope",
        "indicator show nope",
        "indicator show jobtro --version 9",
        "indicator export nope",
        "indicator check nope.toml",
        "import nope.jsonl",
        "db restore nope.db",
        "session list --citizen nope",
        "session list --caseworker nope",
        "citizen list --unit nope",
        "export sessions --citizen nope",
        "--user nope citizen list",
        "--user nope db info",
    ],
)
def test_what_is_not_there_is_exit_three(run: Run, filled: Path, arguments: str) -> None:
    done = run(*arguments.split())
    assert done.code == 3
    assert "nope" in said(done) or "version" in done.err


def test_a_cpr_number_is_not_repeated_in_an_error(run: Run, filled: Path) -> None:
    for asked in ("020290-1111", "0202901111"):
        done = run("citizen", "show", asked)
        assert done.code == 3
        assert "1111" not in said(done)


def test_a_database_that_others_can_read_is_refused_with_the_command_that_mends_it(run: Run, filled: Path) -> None:
    filled.chmod(0o644)
    done = run("citizen", "list")
    assert done.code == 4
    assert f"chmod 600 {filled}" in said(done)


def test_a_newer_database_is_refused(run: Run, filled: Path) -> None:
    connection = sqlite3.connect(filled)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.commit()
    connection.close()
    assert run("citizen", "list").code == 4


def test_something_else_than_a_database_is_refused(run: Run, home: Path) -> None:
    other = home / "text.db"
    other.write_text("not a database, though long enough to look at")
    other.chmod(0o600)
    done = run("--db", other, "citizen", "list")
    assert done.code == 4
    said(done)


def test_a_place_that_cannot_be_written_is_refused(run: Run, home: Path) -> None:
    (home / "file").write_text("not a folder")
    done = run("--db", home / "file" / "x.db", "citizen", "list")
    assert done.code == 4
    said(done)


def test_read_only_makes_no_database_and_changes_none(run: Run, home: Path, filled: Path, tmp_path: Path) -> None:
    done = run("--db", home / "none.db", "--read-only", "citizen", "list")
    assert done.code == 4
    said(done)
    assert not (home / "none.db").exists()
    source = tmp_path / "more.jsonl"
    source.write_text('{"kind": "unit", "key": "syd", "name": "Syd"}\n')
    before = filled.read_bytes()
    done = run("--read-only", "import", source)
    assert done.code == 4
    said(done)
    assert filled.read_bytes() == before


def test_an_unknown_setting_is_refused_with_the_nearest(run: Run, home: Path) -> None:
    path = Path(run("config", "path").out.strip())
    path.parent.mkdir(parents=True)
    path.write_text('langg = "da"\n')
    done = run("citizen", "list")
    assert done.code == 2
    assert "Did you mean lang?" in said(done)


def test_an_unforeseen_error_is_one_line_without_what_it_held(
    run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object, **_more: object) -> None:
        raise RuntimeError("010190-1234")

    monkeypatch.setattr("jobsamtale_tui.store.questions.citizen_lists.citizens", fail)
    done = run("citizen", "list")
    assert done.code == 1
    assert "RuntimeError" in said(done)
    assert "1234" not in done.err
    debugged = run("--debug", "citizen", "list")
    assert debugged.code == 1
    assert "Traceback" in debugged.err


def test_an_interrupt_is_130_and_quiet(run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object, **_more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("jobsamtale_tui.store.questions.citizen_lists.citizens", fail)
    done = run("citizen", "list")
    assert (done.code, done.out, done.err) == (130, "", "")


def test_what_is_named_cannot_steer_the_terminal(run: Run, filled: Path) -> None:
    done = run("note", "\x1b[2Jx\n\u202ey")
    assert done.code == 3
    assert "\x1b" not in said(done)
    assert "\u202e" not in done.err


def test_bytes_that_are_not_utf8_name_nothing(shell: Run, filled: Path) -> None:
    done = shell("note", "\udcff")
    assert done.code == 3
    said(done)
