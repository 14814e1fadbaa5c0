"""Denmark's public holidays in `data/rules/holidays.toml`, from the library: written (`update`) or checked (`check`).

The program reads the file, because importing the library takes a tenth of a second and eleven megabytes.
"""

import argparse
import sys
from datetime import date
from pathlib import Path

FILE = Path(__file__).parents[1] / "data" / "rules" / "holidays.toml"
YEARS = range(2015, 2061)
_HEAD = """\
# Denmark's public holidays, month and day, a line a year. Made from the library holidays by scripts/holidays.py (run
# make format); other years are asked of the library itself.

"""


def reckoned(year: int) -> list[date]:
    """The public holidays of a year, in order, as the library has them."""
    import holidays

    return sorted(holidays.country_holidays("DK", years=year))


def content() -> str:
    """What the file has to say."""
    lines = (f'{year} = "{" ".join(f"{day:%m-%d}" for day in reckoned(year))}"' for year in YEARS)
    return _HEAD + "\n".join(lines) + "\n"


def main() -> int:
    """The command; exit code 1 where `check` finds a difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("update", "check"))
    made = content()
    if parser.parse_args().what == "update":
        FILE.write_text(made, encoding="utf-8")
        return 0
    if FILE.exists() and FILE.read_text(encoding="utf-8") == made:
        return 0
    sys.stderr.write("holidays: data/rules/holidays.toml is not what the library says. Run make format.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
