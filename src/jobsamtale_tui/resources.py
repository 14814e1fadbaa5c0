"""Where the data that ship are, and a municipality's own in their place."""

import os
from pathlib import Path

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
