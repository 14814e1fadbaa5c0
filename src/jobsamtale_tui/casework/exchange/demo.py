"""The demo caseload: the exchange files that ship, moved by whole weeks to where today is."""

import io
import json
import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from jobsamtale_tui import dates, resources
from jobsamtale_tui.errors import NotFoundError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.settings import login_name
from jobsamtale_tui.store.sqlite.database import Database

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})")
_DAYS = frozenset({"from", "until", "contact_start", "on", "when"})
_TIMES = frozenset({"held_at", "at"})


def demo_database(folder: Path, today: date) -> tuple[Database, str]:
    """A database in `folder` with the demo caseload as it looks on `today`, and the key of who acts in it.

    Raises NotFoundError where no demo data came with the program, ImportRefusedError where they are faulty.
    """
    from jobsamtale_tui.casework.change.context import Actor
    from jobsamtale_tui.casework.exchange.importing import import_file

    source = resources.folder("demo")
    files = sorted(source.glob("*.jsonl"))
    if not files:
        raise NotFoundError(_("There are no demo data in {path}").format(path=source), _("Install the program anew"))
    about = resources.toml((source / "demo.toml").read_text(encoding="utf-8"))
    weeks = weeks_between(about["anchor"], today)
    database = Database(folder / "demo.db")
    database.prepare()
    lines = (line for file in files for line in file.read_text(encoding="utf-8").splitlines())
    moved = io.BytesIO("".join(f"{line}\n" for line in shifted(lines, weeks)).encode())
    user = str(about["user"])
    import_file(database, moved, "demo", Actor(user, login_name()))
    return database, user


def weeks_between(anchor: date, today: date) -> int:
    """How many weeks the week of `today` lies after the week of `anchor`."""
    return (dates.week(today)[0] - dates.week(anchor)[0]).days // 7


def shifted(lines: Iterable[str], weeks: int) -> Iterable[str]:
    """Exchange records with every day and time `weeks` later; a time keeps its hour in Denmark."""
    for line in lines:
        if line.strip():
            yield json.dumps(_moved(json.loads(line), weeks), ensure_ascii=False)


def _moved(value: Any, weeks: int, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _moved(item, weeks, key) for key, item in value.items()}
    if isinstance(value, list):
        return [_moved(item, weeks) for item in value]
    if isinstance(value, str):
        if name in _DAYS and _DAY.fullmatch(value):
            return (date.fromisoformat(value) + timedelta(weeks=weeks)).isoformat()
        if name in _TIMES and _TIME.fullmatch(value):
            return dates.iso(_later(datetime.fromisoformat(value), weeks))
    return value


def _later(moment: datetime, weeks: int) -> datetime:
    # Adding to an aware Danish time moves the wall clock, also over the changes of summer and winter time.
    return dates.local(moment) + timedelta(weeks=weeks)
