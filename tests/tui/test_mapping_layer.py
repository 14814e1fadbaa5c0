"""How the mapping layer comes in while somebody types: with nothing it does not need, and holding no key up for longer
than it must. Counted in a process of its own."""

import subprocess
import sys

from jobsamtale_tui.store.schema import tables

BESIDE = {"alembic", "babel", "email_validator", "html", "jinja2", "plotext", "typst"}
LOADED = f"""
import gc, sys
from jobsamtale_tui.editing import preload
runs = []
gc.callbacks.append(lambda phase, about: runs.append(phase))
preload.load()
gc.callbacks.clear()
from jobsamtale_tui.store.schema import tables
print(len(runs), gc.isenabled(), gc.get_freeze_count() > 0)
print(sum(row.__pydantic_complete__ for row in tables.Row.__subclasses__()))
print(*sorted({BESIDE!r} & set(sys.modules)))
"""


def test_what_comes_with_the_mapping_layer() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    collected, validators, beside = done.stdout.splitlines()
    assert collected == "0 True True"
    assert validators == "0"
    assert beside == ""


def test_a_row_is_made_without_a_validator() -> None:
    row = tables.UnitRow(key="nord", name="Nord")
    assert (row.key, row.name, row.municipality, row.row_version) == ("nord", "Nord", None, 1)
    assert len(tables.Row.__subclasses__()) == len(tables.Row.metadata.tables)
