"""Loading what changes are made with, ahead of the first one."""

import gc
import importlib

from jobsamtale_tui.reference import target_groups

MODULES = (
    *("casework.session.commit", "casework.session.lifecycle"),
    *("casework.format.reading", "store.writing.transaction"),
)


def load() -> None:
    """Imports the mapping layer and what belongs to it, for the saver's thread."""
    gc.disable()  # what comes stays: looking for garbage in it holds keys up, once for 35 ms
    try:
        for name in MODULES:
            importlib.import_module(f"jobsamtale_tui.{name}")
        target_groups.names()
    finally:
        gc.freeze()  # or the collector goes through the mapping layer now and then, in the middle of a key
        gc.enable()
