"""Pictures of the app for the README and the manual: docs/pictures/*.svg, drawn anew from the demo caseload.

The clock stands still in the week that the demo data were written for, and what a drawing is given at random (its
ids) is replaced, so that the same app gives the same files. A session is held on the way, key by key, as in the README.
"""

import argparse
import asyncio
import os
import re
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
SIZE = (100, 30)
CLOCK = "T09:58:00+02:00"
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


async def draw(language: str) -> dict[str, str]:
    """Name and SVG of each picture."""
    from jobsamtale_tui import dates, settings
    from jobsamtale_tui.casework.demo import demo_database
    from jobsamtale_tui.tui.app import JobsamtaleApp

    with tempfile.TemporaryDirectory() as folder:
        settings.install(settings.Settings(db="", lang=language))
        database, user = demo_database(Path(folder), dates.today())
        app = JobsamtaleApp(settings.Settings(db=str(database.path), user=user, lang=language), database)
        pictures: dict[str, str] = {}
        async with app.run_test(size=SIZE) as pilot:

            async def press(*keys: str) -> None:
                for key in keys:
                    await pilot.press(key)
                    await settle()

            async def settle() -> None:
                await pilot.pause()
                await asyncio.to_thread(app.saver.flush, 5)
                await pilot.pause()

            async def write(text: str) -> None:
                if app.focused is not None:
                    app.focused.value = text  # type: ignore[attr-defined]
                await pilot.pause()

            def take(name: str) -> None:
                pictures[name] = tidy(app.export_screenshot(title="jobsamtale"))

            await settle()
            take("home")
            await press("slash")
            await write(CITIZEN)
            await press("enter", "n", "f6")
            await write(NEED)
            await press("tab")
            for topic in AGENDA:
                await write(topic)
                await press("enter")
            await press("f6", "space", "space", "space")
            for place, (value, remark) in enumerate(SCORES):
                await press(value)
                if place == 2:
                    take("scales")
                await press("enter")
                await write(remark)
                await press("enter")
            await press("f6")
            for step in STEPS:
                for part in step:
                    await write(part)
                    await press("enter" if part == step[-1] else "tab")
            await press("tab", "tab", "tab")
            await write(SUMMARY)
            take("closing")
            await press("f9")
            await press("enter")
            take("note")
            await press("g")
            await settle()
            take("graph")
            await press("escape")
        app.saver.close()
        app.connection.close()
        database.close()
        return pictures


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lang", choices=("da", "en"), default="da")
    parser.add_argument("--to", type=Path, default=PICTURES, help="the folder to write to")
    arguments = parser.parse_args()
    anchor = tomllib.loads((ROOT / "data" / "demo" / "demo.toml").read_text(encoding="utf-8"))["anchor"]
    os.environ["JOBSAMTALE_NOW"] = f"{anchor}{CLOCK}"
    os.environ.pop("NO_COLOR", None)
    for name in [name for name in os.environ if name.startswith("JOBSAMTALE_") and name != "JOBSAMTALE_NOW"]:
        del os.environ[name]
    arguments.to.mkdir(parents=True, exist_ok=True)
    for name, svg in asyncio.run(draw(arguments.lang)).items():
        (arguments.to / f"{name}.svg").write_text(svg, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
