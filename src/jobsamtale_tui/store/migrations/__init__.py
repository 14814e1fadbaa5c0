"""The schema's steps, run by Alembic: each named, all that are missing whole or not at all, indexes of words included.

Foreign keys are off meanwhile, because rebuilding a table would otherwise delete the rows that point at it.
"""

import sqlite3
from pathlib import Path
from typing import Any, Protocol

from jobsamtale_tui.store.sqlite import citizen_search, note_search, statistics


class Connects(Protocol):
    """A database, as far as its migration goes."""

    def connect(self) -> sqlite3.Connection:
        """A plain connection."""
        ...


def ours(_found: Any, name: str | None, kind: str, reflected: bool, _other: Any) -> bool:
    """Alembic's `include_object`: FTS5 keeps its index in tables of its own, which are nobody else's business."""
    return not (kind == "table" and reflected and f"{name}_".startswith(("note_search_", "citizen_search_")))


def run(database: Connects, target: str = "head") -> None:
    """Brings `database` up to revision `target`; raises sqlite3.IntegrityError where rows would be left orphaned."""
    from alembic import command
    from alembic.config import Config
    from sqlalchemy import create_engine, event, pool
    from sqlalchemy.engine import Connection

    engine = create_engine("sqlite://", creator=database.connect, poolclass=pool.StaticPool, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    try:
        with engine.connect() as connection:
            driver = connection.connection.driver_connection
            if not isinstance(driver, sqlite3.Connection):
                raise TypeError(type(driver))
            driver.execute("PRAGMA foreign_keys = OFF")
            config.attributes["connection"] = connection
            with connection.begin():
                command.upgrade(config, target)
                # A step that rebuilt the table of notes has dropped its triggers.
                if note_search.install(driver):
                    note_search.renew(driver)
                if citizen_search.install(driver):
                    citizen_search.renew(driver)
                statistics.install(driver)
                if driver.execute("PRAGMA foreign_key_check").fetchone():
                    raise sqlite3.IntegrityError("orphaned rows after migration")
    finally:
        engine.dispose()
