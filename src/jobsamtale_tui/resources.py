"""Where the data that ship are, and a municipality's own in their place; how their TOML is read."""

import os
import re
from pathlib import Path
from typing import Any

from jobsamtale_tui.i18n import _

_NESTED = re.compile(r"(?<![\w\"'.-])(?:[\w-]+[ \t]*\.[ \t]*){100}")
"""A dotted key of a hundred parts: the reader takes the square of their number."""
_INSTALLED = Path(__file__).parent / "data"
_CHECKOUT = Path(__file__).parents[2] / "data"


def shipped() -> Path:
    """The folder of the data that come with the program, in a wheel or in a checkout."""
    return _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT


def folder(name: str) -> Path:
    """The folder `name` (`indicators`, `templates`, …): the municipality's own where it has one, else the shipped one.

    The municipality's data folder is the setting `data`, handed on in JOBSAMTALE_DATA.
    """
    own = os.environ.get("JOBSAMTALE_DATA")
    if own and (Path(own) / name).is_dir():
        return Path(own) / name
    return shipped() / name


def place(folder_name: str, name: str = "") -> Path:
    """A file or folder of the data (`rules`, `target_groups.toml`): the municipality's own where it has one, else the
    shipped one."""
    own, ours = folder(folder_name) / name, shipped() / folder_name / name
    return own if own.exists() and own.is_dir() == ours.is_dir() else ours


def toml(text: str) -> dict[str, Any]:
    """What a TOML file says. Raises ValueError with a sentence or the reader's own words, whatever stands in it."""
    import tomllib

    if _NESTED.search(text):
        raise ValueError(_("it is nested too deeply"))
    try:
        return tomllib.loads(text.removeprefix("\ufeff"))
    except tomllib.TOMLDecodeError:
        raise
    except RecursionError:
        raise ValueError(_("it is nested too deeply")) from None
    except ValueError:
        raise ValueError(_("a number in it has too many digits")) from None
