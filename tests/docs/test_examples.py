"""The scripts in docs/eksempler, each run on the demo caseload; programs that a machine may lack are stood in for."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "docs" / "eksempler"
JQ = f"""#!{sys.executable}
import json, re, sys
text = sys.stdin.read()
try:
    found = [json.loads(text)]
except ValueError:
    found = [json.loads(line) for line in text.splitlines()]
keys = set()
def walk(value):
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        walk(inner)
    keys.update(value if isinstance(value, dict) else ())
walk(found)
arguments = sys.argv[1:]
assert arguments[:-1] == ["-r"], arguments
asked = set(re.findall(r"\\.([a-z_0-9]+)", arguments[-1]))
assert found and asked and asked <= keys, asked - keys
print(arguments[-1])
"""
SSH = """#!/bin/sh
[ "$1" = -t ] || exit 99
echo "ssh $2"
shift 2
exec sh -c "$*"
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from jobsamtale_tui.casework.exchange.demo import demo_database

    made, _user = demo_database(tmp_path_factory.mktemp("demo"), date(2026, 6, 1))
    copy = made.path.with_name("copy.db")
    made.copy_to(copy)
    made.close()
    return copy


@pytest.fixture
def shell(demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs, first on PATH, and a database of the test's own."""
    programs = tmp_path / "bin"
    programs.mkdir()
    ours = f'#!/bin/sh\nexec "{sys.executable}" -m jobsamtale_tui "$@"\n'
    for name, text in {"jobsamtale": ours, "jq": JQ, "ssh": SSH}.items():
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)
    database = tmp_path / "x.db"
    shutil.copyfile(demo, database)
    database.chmod(0o600)
    monkeypatch.setenv("JOBSAMTALE_DB", str(database))
    monkeypatch.setenv("JOBSAMTALE_LANG", "en")
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    return programs


def run(*command: object, code: int = 0) -> str:
    done = subprocess.run([str(one) for one in command], capture_output=True, timeout=120, check=False)
    assert done.returncode == code, done.stderr.decode()
    return done.stdout.decode()


def script(name: str, *arguments: object, code: int = 0) -> str:
    return run("sh", FOLDER / name, *arguments, code=code)


def put_clock(shell: Path, time: str) -> None:
    (shell / "date").write_text(f"#!/bin/sh\necho {time}\n")
    (shell / "date").chmod(0o755)


def steps_done() -> None:
    database = os.environ["JOBSAMTALE_DB"]
    run("jobsamtale", "export", "sessions", "-o", f"{database}.jsonl")
    lines = [json.loads(line) for line in Path(f"{database}.jsonl").read_text("utf-8").splitlines()]
    one = next(line for line in lines if line["status"] == "completed" and line.get("steps"))
    one["steps"][0] |= {"status": "done", "outcome": "Det gik godt"}
    Path(f"{database}.jsonl").write_text(json.dumps(one), "utf-8")
    run("jobsamtale", "import", f"{database}.jsonl")


def test_the_nightly_export_gives_what_is_new(shell: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    put_clock(shell, "2026-06-01-021500")
    script("natlig-eksport.sh", out)
    first = sorted(path.name for path in out.iterdir())
    assert first == [
        f"{kind}-2026-06-01-021500.jsonl" for kind in ("agreements", "citizens", "scores", "sessions", "steps")
    ]
    put_clock(shell, "2026-06-02-021500")
    script("natlig-eksport.sh", out)
    assert sorted(path.name for path in out.iterdir()) == first
    steps_done()
    put_clock(shell, "2026-06-03-021500")
    script("natlig-eksport.sh", out)
    new = {path.name for path in out.iterdir()} - set(first)
    assert new == {"sessions-2026-06-03-021500.jsonl", "steps-2026-06-03-021500.jsonl"}
    (step,) = (out / "steps-2026-06-03-021500.jsonl").read_text("utf-8").splitlines()
    assert json.loads(step)["outcome"] == "Det gik godt"


def test_notes_are_handed_over_whole_and_once(shell: Path, tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    script("aflevering.sh", drop)
    notes = sorted(drop.glob("*.txt"))
    assert len(notes) == len(run("jobsamtale", "export", "notes").splitlines())
    for one in notes:
        one.unlink()
    script("aflevering.sh", drop)
    assert list(drop.glob("*.txt")) == []


def test_notes_that_were_left_on_the_way_are_handed_over_next_time(shell: Path, tmp_path: Path) -> None:
    drop = tmp_path / "drop"
    (shell / "mv").write_text("#!/bin/sh\nexit 1\n")
    (shell / "mv").chmod(0o755)
    script("aflevering.sh", drop, code=1)
    (shell / "mv").unlink()
    group = next(str(number) for number in os.getgroups() or [os.getgid()])
    script("aflevering.sh", drop, group)
    notes = list(drop.glob("*.txt"))
    assert len(notes) == len(run("jobsamtale", "export", "notes").splitlines())
    assert all(stat.S_IMODE(one.stat().st_mode) == 0o640 for one in notes)
    assert list((drop / ".klar").iterdir()) == []


def test_copies_are_looked_through_and_the_oldest_go(shell: Path, tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    copies.mkdir()
    (copies / "jobsamtale-mine.db").write_text("")
    for day in (1, 2, 3, 4):
        put_clock(shell, f"2026-06-0{day}-030000")
        script("sikkerhedskopi.sh", copies, 2)
    assert sorted(path.name for path in copies.iterdir()) == [
        "jobsamtale-2026-06-03-030000.db",
        "jobsamtale-2026-06-04-030000.db",
        "jobsamtale-mine.db",
    ]
    copy = copies / "jobsamtale-2026-06-04-030000.db"
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    before = run("jobsamtale", "export", "all")
    run("jobsamtale", "db", "restore", copy)
    assert run("jobsamtale", "export", "all") == before


def test_no_old_copy_goes_where_the_new_one_fails(shell: Path, tmp_path: Path) -> None:
    copies = tmp_path / "copies"
    put_clock(shell, "2026-06-01-030000")
    script("sikkerhedskopi.sh", copies, 1)
    put_clock(shell, "2026-06-02-030000")
    Path(os.environ["JOBSAMTALE_DB"]).chmod(0o644)
    script("sikkerhedskopi.sh", copies, 1, code=4)
    assert [path.name for path in copies.iterdir()] == ["jobsamtale-2026-06-01-030000.db"]


@pytest.mark.parametrize("question", ["planlagte", "antal", "skridt", "udvikling", "notat"])
def test_questions_ask_for_what_is_there(shell: Path, question: str) -> None:
    """The stand-in for jq checks that it is given JSON and that every name asked for is in it."""
    assert "." in script("opslag.sh", question, "per-madsen-11")


def test_every_question_is_tried(shell: Path) -> None:
    text = (FOLDER / "opslag.sh").read_text(encoding="utf-8")
    assert re.findall(r"^    ([a-z]+)\)", text, re.MULTILINE) == ["planlagte", "antal", "skridt", "udvikling", "notat"]
    script("opslag.sh", code=2)
    script("opslag.sh", "notat", code=2)
    script("opslag.sh", "notat", "no-such-session", code=3)


@pytest.mark.parametrize("link", ["FAS-2025-00900", "jobsag:FAS-2025-00900", "jobsag://FAS-2025-00900"])
def test_a_case_opens_here_or_over_ssh(
    shell: Path, link: str, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (shell / "jobsamtale").write_text('#!/bin/sh\necho "jobsamtale $*"\nexit 3\n')
    line = f'. "{FOLDER}/sag.sh"; sag {link}'
    assert run("sh", "-c", line, code=3) == "jobsamtale open FAS-2025-00900\n"
    monkeypatch.setenv("JOBSAG_VAERT", "samtale.example.org")
    assert run("sh", "-c", line, code=3) == "ssh samtale.example.org\njobsamtale open FAS-2025-00900\n"


@pytest.mark.parametrize("link", ["", "'a;touch x'", "'$(touch x)'", "-oProxyCommand=x", "'jobsag:a b'"])
def test_what_is_no_case_is_not_passed_on(shell: Path, link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JOBSAG_VAERT", "samtale.example.org")
    assert run("sh", "-c", f'. "{FOLDER}/sag.sh"; sag {link}', code=2) == ""


def test_cron_knows_the_scripts() -> None:
    lines = (FOLDER / "crontab.txt").read_text(encoding="utf-8").splitlines()
    jobs = [line for line in lines if line and not line.startswith("#") and not re.match(r"[A-Z]+=", line)]
    for line in jobs:
        *when, command = line.split(maxsplit=5)
        assert len(when) == 5
        assert all(re.fullmatch(r"[\d*,/-]+", one) for one in when)
        assert "%" not in command.replace("\\%", "")
        name = command.split()[0].rpartition("/")[2]
        assert os.access(FOLDER / name, os.X_OK), name
    assert len(jobs) == 3


def test_every_example_is_named_and_can_be_run() -> None:
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    for path in FOLDER.iterdir():
        assert path.name == "README.md" or f"]({path.name})" in page
        if path.suffix == ".sh":
            assert subprocess.run(["sh", "-n", str(path)], check=False).returncode == 0
            assert path.name == "sag.sh" or os.access(path, os.X_OK)
