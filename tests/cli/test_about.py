import json
import os
from pathlib import Path

import pytest

from jobsamtale_tui import records, settings
from jobsamtale_tui.cli import tested
from jobsamtale_tui.cli.about import KINDS
from jobsamtale_tui.editing import recovery_file
from jobsamtale_tui.tui.commands.registry import COMMANDS

from .conftest import Run


def test_keys_are_the_registry(run: Run) -> None:
    found = run("keys", "--format", "json").json
    assert [one["id"] for one in found] == [command.id for command in COMMANDS]
    assert {tuple(sorted(one)) for one in found} == {("id", "keys", "label", "where")}
    table = run("keys").out
    assert all(command.id in table for command in COMMANDS)
    lines = run("keys", "--format", "md").out.splitlines()
    assert len(lines) == len(COMMANDS) + 2
    assert all(line.startswith("| ") and line.endswith(" |") for line in lines)


def test_keys_follow_the_configuration(run: Run) -> None:
    path = Path(run("config", "path").out.strip())
    path.parent.mkdir(parents=True)
    path.write_text('[keys]\n"session.start" = "f8"\n')
    found = {one["id"]: one["keys"] for one in run("keys", "--format", "json").json}
    assert found["session.start"] == ["f8"]
    path.write_text('[keys]\n"session.begin" = "f8"\n')
    done = run("keys")
    assert done.code == 2
    assert done.err.count("\n") == 1


def test_kinds_are_those_of_the_format() -> None:
    assert tuple(records.KINDS) == KINDS


@pytest.mark.parametrize("kind", [*KINDS, None])
def test_schemas(run: Run, kind: str | None) -> None:
    done = run("schema", *([kind] if kind else []))
    assert done.code == 0
    assert "$schema" in done.json


def test_settings_with_their_origin(run: Run, filled: Path) -> None:
    found = {one["name"]: one for one in run("--read-only", "config", "show", "--format", "json").json}
    assert found["db"] == {"name": "db", "value": str(filled), "origin": "JOBSAMTALE_DB"}
    assert found["read_only"] == {"name": "read_only", "value": True, "origin": "--read-only"}
    assert found["user"] == {"name": "user", "value": None, "origin": "default"}
    table = run("config", "show").out
    assert "JOBSAMTALE_DB" in table
    assert set(found) == {line.split()[0] for line in table.splitlines()[1:]}


def test_the_configuration_file_is_read(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path(run("config", "path").out.strip())
    assert path == home / "xdg_config_home" / "jobsamtale" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text('user = "anne"\nread_only = true\n')
    found = {one["name"]: one for one in run("config", "show", "--format", "json").json}
    assert (found["user"]["value"], found["user"]["origin"]) == ("anne", str(path))
    assert found["read_only"]["value"] is True
    monkeypatch.setenv("JOBSAMTALE_READ_ONLY", "0")
    found = {one["name"]: one for one in run("config", "show", "--format", "json").json}
    assert found["read_only"] == {"name": "read_only", "value": False, "origin": "JOBSAMTALE_READ_ONLY"}


def test_doctor_tells_what_to_do(run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMUX", "/tmp/tmux")
    monkeypatch.setenv("SSH_CONNECTION", "1 2 3 4")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("LC_ALL", "C")
    filled.chmod(0o640)
    done = run("doctor", "--format", "json")
    assert done.code == 0
    found = {one["what"]: one for one in done.json}
    assert not found["TERM"]["ok"]
    assert not found["LANG"]["ok"]
    assert "set-clipboard on" in found["tmux"]["do"]
    assert "ESCDELAY" in found["SSH"]["do"]
    assert any("chmod 600" in one["do"] for one in done.json)
    assert all(one["ok"] or one["do"] for one in done.json)
    table = run("doctor")
    assert table.code == 0
    assert len(table.out.splitlines()) == len(done.json)


@pytest.mark.parametrize(
    ("found", "ok", "said"),
    [("8.2.8", True, ""), ("8.2.11", True, ", tested with 8.2.8"), ("8.3.0", False, ", tested with 8.2.8")],
)
def test_doctor_names_versions_that_were_not_tested(
    run: Run, monkeypatch: pytest.MonkeyPatch, found: str, ok: bool, said: str
) -> None:
    monkeypatch.setitem(tested.TESTED, "textual", "8.2.8")
    monkeypatch.setattr("importlib.metadata.version", lambda _: found)
    textual = next(one for one in run("doctor", "--format", "json").json if one["what"] == "textual")
    assert textual["found"] == found + said
    assert textual["ok"] == ok
    assert textual["do"] == ("" if ok else "If something goes wrong, install textual 8.2.8")


def test_doctor_names_recovery_files_and_what_to_do_about_them(run: Run, home: Path, filled: Path) -> None:
    login, folder = settings.login_name(), settings.data_path()
    form = recovery_file.Draft(kind="form", key="citizen.new", at="2026-06-01T08:00:00Z", typed={"name": "Ida Sø"})
    draft = recovery_file.Held([form], [])
    files = [recovery_file.path_in(folder) for _ in range(4)]
    recovery_file.write(files[0], filled, login, draft)
    recovery_file.write(files[1], filled, "bo-login", draft)
    recovery_file.write(files[2], home / "gone.db", login, draft)
    files[3].write_text("{", encoding="utf-8")
    for number, file in enumerate(files):
        os.utime(file, (number, number))
    done = run("doctor", "--format", "json")
    found = [one for one in done.json if one["what"] == "recovery file"]
    assert [one["found"] for one in found] == [f"{file}, since 01.01.1970 01.00" for file in files]
    mine, another, gone, damaged = (one["do"] for one in found)
    assert f"jobsamtale --db {filled} takes it in again" in mine
    assert "bo-login" in another
    assert str(home / "gone.db") in gone
    assert "cannot be read" in damaged
    assert "Ida" not in done.out


def test_doctor_without_a_database_makes_none(run: Run, home: Path) -> None:
    assert run("doctor").code == 0
    assert not (home / "data").exists()


def test_machine_formats_do_not_change_with_the_language(shell: Run, filled: Path) -> None:
    for arguments in (["session", "list", "--format", "json"], ["db", "info", "--format", "json"], ["schema", "unit"]):
        danish = shell("--lang", "da", *arguments)
        assert danish.code == 0
        assert danish.out == shell("--lang", "en", *arguments).out
        json.loads(danish.out)
