"""Pictures of the app for README and manual, docs/pictures/*.svg: `update` draws them anew, `check` compares.

The clock stands still in the week that the demo data were written for, and what a drawing is given at random (its
ids) is replaced, so that the same app gives the same files. A session is held on the way, key by key, as in the README.
The demo caseload is made up, so nobody real is in a picture.
"""

import argparse
import asyncio
import os
import re
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events

from jobsamtale_tui import dates, settings
from jobsamtale_tui.casework.exchange.demo import demo_database
from jobsamtale_tui.casework.facts import citizen_page
from jobsamtale_tui.documents.page import printout
from jobsamtale_tui.store.questions import citizen_lists
from jobsamtale_tui.tui.app import JobsamtaleApp

if TYPE_CHECKING:
    from textual.pilot import Pilot

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
SIZE = (100, 30)
THEME = "dark"
CLOCK = "T09:58:00+02:00"
LANGUAGE = "da"
CITIZEN = "per madsen"
NEED = "Vide, om skolerne er vejen ind"
AGENDA = ("Opkaldene til de to skoler", "Pedel som plan B", "Ryggen: hvor mange timer")
SCORES = (
    ("7", "Ved nu, at han vil være på en skole eller i en børnehave."),
    ("6", ""),
    ("6", "Har selv ringet til to skoler."),
    ("6", "Den ene skole sagde: ring igen i august."),
)
STEPS = (
    ("Besøge Nordre Skole og hilse på pedellen", "Ringe mandag og aftale tid", "15/6"),
    ("Skrive pedelerfaring fra stilladsårene ind i CV'et", "Sammen med jobformidleren", "22/6"),
)
SUMMARY = "Jeg har to veje nu, og den ene har sagt, jeg må komme."
_FONT = re.compile(r"\s*@font-face \{.*?\}\n", re.DOTALL)
_ID = re.compile(r"terminal-\d+")
FONT = "'Fira Code', 'JetBrains Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace"


def tidy(svg: str) -> str:
    """The drawing without its random ids, and with fonts of the reader's own machine in place of fetched ones."""
    svg = _ID.sub("terminal", _FONT.sub("\n", svg))
    svg = re.sub(r"font-family: [^;]+;", f"font-family: {FONT};", svg)
    return "\n".join(line.rstrip() for line in svg.splitlines() if line.strip()) + "\n"


class Sitting:
    """Somebody at the app: presses keys, writes, takes pictures."""

    def __init__(self, app: JobsamtaleApp, pilot: "Pilot[int]") -> None:
        self.app, self.pilot = app, pilot
        self.pictures: dict[str, str] = {}

    async def press(self, *keys: str) -> None:
        """Presses keys, each once all that the one before asked for is saved and shown."""
        for key in keys:
            await self.pilot.press(key)
            await self.settle()

    async def settle(self) -> None:
        """Waits until nothing is on its way."""
        await self.pilot.pause()
        await asyncio.to_thread(self.app.write_queue.flush, 5)
        await self.pilot.pause()

    async def write(self, text: str) -> None:
        """Puts a text into the field that has the focus, as a paste does."""
        self.app.post_message(events.Paste(text))
        await self.settle()

    def take(self, name: str) -> None:
        """Keeps the screen as it stands."""
        self.pictures[name] = tidy(self.app.export_screenshot(title="jobsamtale"))

    async def through(self) -> None:
        """From home to a completed note, and the graph."""
        await self.settle()
        self.take("home")
        await self.press("i", "enter", "down")
        self.take("indicator")
        await self.press("f8")
        self.take("indicator-form")
        await self.press("escape", "escape", "escape")
        await self.press("slash")
        await self.write(CITIZEN)
        await self.press("enter")
        self.take("citizen")
        await self.press("n")
        self.take("prepare")
        await self.press("f6")
        await self.write(NEED)
        await self.press("tab")
        for topic in AGENDA:
            await self.write(topic)
            await self.press("enter")
        self.take("open")
        await self.press("f7")
        self.take("guide")
        await self.press("f7", "f6", "space", "space", "space")
        for place, (value, remark) in enumerate(SCORES, 1):
            await self.press(value)
            if place == len(SCORES) - 1:
                self.take("conduct")
            await self.press("enter")
            await self.write(remark)
            await self.press("enter")
        await self.press("f6")
        for what, how, when in STEPS:
            for part, key in ((what, "tab"), (how, "tab"), (when, "enter")):
                await self.write(part)
                await self.press(key)
        await self.press("tab", "tab", "tab")
        await self.write(SUMMARY)
        self.take("close")
        await self.press("f9")
        self.take("complete")
        await self.press("enter")
        self.take("note")
        await self.press("g")
        self.take("graph")


def scores_of(app: JobsamtaleApp) -> str:
    """The drawing on the page that the citizen of the sitting gets."""
    (citizen,) = citizen_lists.citizens(app.connection, CITIZEN)
    return printout.svg(citizen_page.page_facts(app.connection, citizen))


async def draw(language: str) -> dict[str, str]:
    """Name and SVG of each picture."""
    with tempfile.TemporaryDirectory() as folder:
        settings.install(settings.Settings(db="", lang=language))
        database, user = demo_database(Path(folder), dates.today())
        app = JobsamtaleApp(settings.Settings(db=str(database.path), user=user, lang=language, theme=THEME), database)
        async with app.run_test(size=SIZE) as pilot:
            sitting = Sitting(app, pilot)
            await sitting.through()
            sitting.pictures["citizen-scores"] = scores_of(app)
        app.write_queue.close()
        app.connection.close()
        database.close()
        return sitting.pictures


def made() -> dict[str, str]:
    """Name of the file and SVG of each picture, whatever the environment says."""
    anchor = tomllib.loads((ROOT / "data" / "demo" / "demo.toml").read_text(encoding="utf-8"))["anchor"]
    for name in [name for name in os.environ if name.startswith("JOBSAMTALE_")]:
        del os.environ[name]
    os.environ.pop("NO_COLOR", None)
    os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", JOBSAMTALE_NOW=f"{anchor}{CLOCK}")
    return {f"{name}.svg": svg for name, svg in asyncio.run(draw(LANGUAGE)).items()}


def there() -> dict[str, str]:
    """Name and content of the pictures as they are."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(PICTURES.glob("*.svg"))}


def main() -> int:
    """The command; exit code 1 where `check` finds a difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("update", "check"))
    what = parser.parse_args().what
    new, old = made(), there()
    if what == "update":
        PICTURES.mkdir(parents=True, exist_ok=True)
        for name in old.keys() - new.keys():
            (PICTURES / name).unlink()
        for name, svg in new.items():
            (PICTURES / name).write_text(svg, encoding="utf-8")
        return 0
    wrong = sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
    if not wrong:
        return 0
    sys.stderr.write(f"pictures: {', '.join(wrong)} in docs/pictures: not what the app shows now. Run make format.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
