"""docs/forloeb.md: a course of six sessions (`course.toml`), played key by key in a terminal: `update`, `check`.

An empty database, the app started anew for each session with its clock on that day; then what `prepare`, `note` and
`graph` say, word for word. Nothing in them is made at random, so the same app gives the same page.
"""

import argparse
import sqlite3
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.pty.terminal import Terminal, environment

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "forloeb.md"
STORY = Path(__file__).with_name("course.toml")
SIZE = (120, 40)
CLEAR = "\x15"
"""ctrl+u takes out what stands on a line."""
STATES = ("open", "done", "partly", "dropped")
"""Of a step, as space goes from one to the next."""


class Course:
    """The caseworker's machine: her database, and the app on it."""

    def __init__(self, home: Path) -> None:
        self.story: dict[str, Any] = tomllib.loads(STORY.read_text(encoding="utf-8"))
        (home / "tmp").mkdir(mode=0o700)
        self.home, self.db = home, home / "forloeb.db"

    def played(self) -> str:
        """The page."""
        self.register()
        parts = [self.story["head"].strip()]
        for number, session in enumerate(self.story["session"], 1):
            before = self.says(session, "prepare", self.story["citizen"])
            self.hold(session)
            parts += [
                f"## {session['title']}",
                session["told"].strip(),
                _verbatim("Overblikket før samtalen", before),
                _verbatim("Notatet", self.says(session, "note", self._key(number))),
                _verbatim("Grafen", self.says(session, "graph", self.story["citizen"])),
            ]
        after = _verbatim("Overblikket, når forløbet er slut", self.says(session, "prepare", self.story["citizen"]))
        return "\n\n".join((*parts, after)) + "\n"

    def says(self, session: dict[str, Any], *arguments: str) -> str:
        """What a command writes at the time of the session."""
        made = subprocess.run(  # noqa: S603 - the program itself
            [sys.executable, "-m", "jobsamtale_tui", "--db", str(self.db), *arguments],
            env={**self._env(session["at"]), "COLUMNS": "80", "LINES": "24"},
            capture_output=True,
            text=True,
            check=True,
        )
        return made.stdout

    def _key(self, number: int) -> str:
        connection = sqlite3.connect(self.db)
        found = connection.execute("SELECT key FROM session ORDER BY held_at").fetchall()
        connection.close()
        return str(found[number - 1][0])

    def _env(self, at: Any) -> dict[str, str]:
        return environment(self.home, JOBSAMTALE_NOW=at.isoformat())

    @contextmanager
    def app(self, at: Any, *arguments: str) -> Iterator[Terminal]:
        """The app at that time; left by ctrl+q."""
        terminal = Terminal(["--db", str(self.db), *arguments], self._env(at), size=SIZE)
        try:
            yield terminal
            if terminal.leave():
                raise AssertionError(terminal.screen)
        finally:
            terminal.close()

    def register(self) -> None:
        """The first start: who one is, the citizen, her first session."""
        story = self.story
        with self.app(story["registered"]) as terminal:
            terminal.wait_for("ny jobkonsulent")
            terminal.press("enter")
            fill(terminal, [story["worker"]])
            terminal.wait_for("Intet planlagt")
            terminal.press("+")
            fill(terminal, story["form"])
            terminal.wait_for("p planlæg")
            terminal.press("p")
            fill(terminal, story["plan"])
            terminal.wait_for("planlagt")

    def hold(self, session: dict[str, Any]) -> None:
        """One session, from the citizen's screen to the note, and what is written down after it."""
        with self.app(session["at"], "open", self.story["citizen"]) as terminal:
            terminal.wait_for("n samtale")
            forms(terminal, session.get("before", []))
            terminal.press("n")
            prepare(terminal, session)
            opening(terminal, session)
            conduct(terminal, session)
            close(terminal, session)
            terminal.press("f9")
            terminal.wait_for("UDKAST")
            terminal.press("enter")
            terminal.wait_for("samtalen er afsluttet")
            if "after" in session:
                out(terminal)
                terminal.wait_for("n samtale")
                forms(terminal, session["after"])


def prepare(terminal: Terminal, session: dict[str, Any]) -> None:
    """The proposals that are taken, named by their words."""
    terminal.wait_for("▸1 ")
    if "prepared" in session:
        out(terminal)
        forms(terminal, session["prepared"])
        terminal.press("a")
    for place, words in enumerate(session.get("take", [])):
        terminal.wait_for(f"○ {words}")
        terminal.press(*["tab"] * (place == 0))
        terminal.wait_for("enter tag det med")
        while not (here := _cursor(terminal)).startswith(f"› ○ {words}"):
            terminal.press("down")

            def moved(was: str = here) -> bool:
                return _cursor(terminal) not in ("", was)

            terminal.wait_for(moved, "the next proposal")
        terminal.press("enter")

        def taken(said: str = f"\n› ○ {words}") -> bool:
            return said not in terminal.screen

        terminal.wait_for(taken, f"{words} to be taken")


def _cursor(terminal: Terminal) -> str:
    return next((line for line in terminal.screen.splitlines() if line.startswith("› ")), "")


def opening(terminal: Terminal, session: dict[str, Any]) -> None:
    """The steps since last time, what she needs, the agenda."""
    terminal.press("f3")
    terminal.wait_for("▸2 ")
    if "since" in session:
        out(terminal)
        terminal.press("s", "home")
        for was, now, outcome in session["since"]:
            terminal.press(*["space"] * ((STATES.index(now) - STATES.index(was)) % len(STATES)), "enter")
            terminal.send(CLEAR)
            write(terminal, outcome)
            terminal.press("enter")
        terminal.press("down")
    if "frame" in session:
        write(terminal, session["frame"])
        terminal.press("tab")
    write(terminal, session["need"])
    out(terminal)
    terminal.press("home")
    for words in session.get("take", []):
        terminal.press("space")
        terminal.wait_for(f"● {words}")
    terminal.press("a")
    for topic in session["agenda"]:
        write(terminal, topic)
        terminal.press("enter")
        terminal.wait_for(f"● {topic}")


def conduct(terminal: Terminal, session: dict[str, Any]) -> None:
    """The agenda point by point, the goals and activities, the indicators and their scores."""
    terminal.press("f4")
    terminal.wait_for("▸3 ")
    for topic, conclusion in zip(session.get("take", []) + session["agenda"], session["concluded"], strict=True):
        if conclusion:
            terminal.press("enter")
            write(terminal, conclusion)
            terminal.press("enter")
            terminal.wait_for(f"{topic}: {conclusion[:20]}")
        terminal.press("space")
        terminal.wait_for(f"✓ {topic}")
    if "indicators" in session:
        choose(terminal, session)
    for score, remark in session["scores"]:
        terminal.press(score, "enter")
        write(terminal, remark)
        terminal.press("enter")
        terminal.wait_for(f"✎ {remark}")
    forms(terminal, session.get("form", []))


def choose(terminal: Terminal, session: dict[str, Any]) -> None:
    """The decision to use indicators, and those that are chosen, each with its reason."""
    terminal.press("i")
    terminal.wait_for("○ ")
    terminal.press("right", "enter")
    for text in session["decision"]:
        write(terminal, text)
        terminal.press("enter")
    terminal.wait_for("Kan vælges")
    for name, reason in session["indicators"]:
        terminal.press("/")
        terminal.type(name)
        terminal.press("enter", "enter")
        write(terminal, reason)
        terminal.press("enter")

        def chosen(said: str = reason) -> bool:
            return any(said in one and "●" in one for one in terminal.screen.splitlines())

        terminal.wait_for(chosen)
    out(terminal)
    terminal.wait_for("▸3 ")


def close(terminal: Terminal, session: dict[str, Any]) -> None:
    """Next steps, her summary, the next session, the caseworker's own view."""
    terminal.press("f5")
    terminal.wait_for("▸4 ")
    for what, how, when in session["steps"]:
        for text, key in ((what, "tab"), (how, "tab"), (when, "enter")):
            write(terminal, text)
            terminal.press(key)
        terminal.wait_for(f"{what} – {how}")
    terminal.press("tab", "tab", "tab")
    for name in ("summary", "added", "helped", "missing", "different", "next-at", "next-reason", "remarks"):
        if name in session:
            write(terminal, session[name])
        terminal.press("tab")


def forms(terminal: Terminal, found: list[dict[str, Any]]) -> None:
    """Opens forms by their keys and fills them."""
    for one in found:
        terminal.press(*one["keys"])
        fill(terminal, one["lines"])
        terminal.wait_for(one["then"])
        for _time in range(one.get("out", 0)):
            out(terminal)


def fill(terminal: Terminal, lines: list[str]) -> None:
    """Writes line by line: nothing leaves a line as it is, `=x` chooses, and keeps the form."""
    terminal.wait_for("F10 gem")
    for line in lines:
        if line.startswith("="):
            terminal.press(line[1:])
        elif line:
            terminal.send(CLEAR)
            write(terminal, line)
        terminal.press("tab")
    terminal.press("f10")
    terminal.wait_for(lambda: "F10 gem" not in terminal.screen, "the form to close")


def write(terminal: Terminal, text: str) -> None:
    """Types words and waits until the last of them stands on the screen."""
    if text:
        terminal.type(text.replace("\n", "\r"))
        terminal.wait_for(text.rsplit(maxsplit=1)[-1])


def out(terminal: Terminal) -> None:
    """Escape: back to the list, or to the screen before."""
    terminal.escape()


def _verbatim(title: str, said: str) -> str:
    lines = "\n".join(line.rstrip() for line in said.strip("\n").splitlines())
    return f"### {title}\n\n```text\n{lines}\n```"


def page() -> str:
    """Plays the course; the page about it."""
    with tempfile.TemporaryDirectory() as folder:
        return Course(Path(folder)).played()


def main() -> int:
    """The command; exit code 1 where `check` finds a difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("update", "check"))
    what, new = parser.parse_args().what, page()
    if what == "update":
        PAGE.write_text(new, encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != new:
        sys.stderr.write("course: docs/forloeb.md is not what the app says now. Run python -m scripts.course update.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
