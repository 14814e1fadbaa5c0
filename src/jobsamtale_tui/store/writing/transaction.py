"""The one place that writes through SQLModel: the rows of a change by table, and what is about to be written of them.

Whoever makes a change is handed a `Transaction` and knows neither SQLModel nor the tables' module: it comes in with the
first change (`casework.change.transaction`), not with what a screen imports.
"""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Engine, create_engine, event, func, insert, inspect
from sqlalchemy.engine import Connection as CoreConnection
from sqlalchemy.orm import UOWTransaction
from sqlmodel import Session, select

from jobsamtale_tui import dates
from jobsamtale_tui.store.questions.history import Detail
from jobsamtale_tui.store.schema import tables
from jobsamtale_tui.store.schema.tables import Day, Moment, Row

__all__ = ["Engine", "Rows", "Transaction", "begun", "make_engine"]

R = TypeVar("R", bound=Row)
_DERIVED = frozenset({"row_version"})


def make_engine(connect: Callable[[], sqlite3.Connection]) -> Engine:
    """The engine for changes: every transaction begins IMMEDIATE; no parameters in error texts."""
    engine = create_engine("sqlite://", creator=connect, hide_parameters=True, pool_size=1)

    @event.listens_for(engine, "begin")
    def begin(connection: CoreConnection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


@contextmanager
def begun(engine: Engine) -> Iterator["Transaction"]:
    """A transaction; what is not committed by the end of the block is taken back."""
    with Session(engine, autoflush=False, expire_on_commit=False) as session:
        yield Transaction(session)


class Rows(Generic[R]):
    """The rows of one table, as a transaction sees and changes them. Questions do not see what is not flushed yet."""

    def __init__(self, session: Session, cls: type[R]) -> None:
        self.table = str(cls.__tablename__)
        self._session = session
        self._cls = cls
        self._table = cls.__table__  # type: ignore[attr-defined]

    def get(self, *key: Any) -> R | None:
        """The row with this primary key, also one that was added and not flushed."""
        return self._session.get(self._cls, key if len(key) > 1 else key[0])

    def find(self, order: str | None = None, /, **equal: Any) -> list[R]:
        """The rows whose columns are equal to these, by one of their columns."""
        wanted = select(self._cls).filter_by(**equal)
        return list(self._session.exec(wanted.order_by(self._table.c[order]) if order else wanted).all())

    def exists(self, **equal: Any) -> bool:
        """Whether there is a row whose columns are equal to these."""
        return self._session.exec(select(self._cls).filter_by(**equal).limit(1)).first() is not None

    def next_position(self, **parent: Any) -> int:
        """Where a new line of a record stands: behind those that are there and those that were added."""
        newest = select(func.max(self._table.c.position)).filter_by(**parent)
        last: int | None = self._session.exec(newest).one()
        added = [
            cast("int", cast("Any", one).position)
            for one in self._session.new
            if isinstance(one, self._cls) and all(getattr(one, name) == value for name, value in parent.items())
        ]
        return max([-1 if last is None else last, *added]) + 1

    def add(self, **values: Any) -> R:
        """A new row with these values in its columns."""
        strange = values.keys() - self._table.columns.keys()
        if strange:
            raise TypeError(f"{self.table}: {', '.join(sorted(strange))}")
        row = self._cls(**values)
        self._session.add(row)
        return row

    def revive(self, values: Mapping[str, Any]) -> R:
        """A new row as the history has it."""
        return self.add(**{name: self.typed(name, value) for name, value in values.items()})

    def typed(self, column: str, value: Any) -> Any:
        """What a column takes for a value that the history kept."""
        kind = self._table.columns[column].type
        if value is not None and isinstance(kind, Moment):
            return dates.from_iso(value)
        return date.fromisoformat(value) if value is not None and isinstance(kind, Day) else value

    def kept(self, key: Sequence[Any]) -> R | None:
        """The row that the history names by this key."""
        return self.get(
            *(self.typed(column.name, part) for column, part in zip(self._table.primary_key, key, strict=True))
        )


class Transaction:
    """One change of the database: rows by table, and what is written of them."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.details: list[Detail] = []
        """What has been flushed, row by row, before and after."""
        self.info: dict[str, Any] = {}
        """What those who make one change together note down for each other."""
        self.unit = Rows(session, tables.UnitRow)
        self.caseworker = Rows(session, tables.CaseworkerRow)
        self.indicator = Rows(session, tables.IndicatorRow)
        self.citizen = Rows(session, tables.CitizenRow)
        self.profile = Rows(session, tables.ProfileRow)
        self.agreement = Rows(session, tables.AgreementRow)
        self.agreement_indicator = Rows(session, tables.AgreementIndicatorRow)
        self.agreement_change = Rows(session, tables.AgreementChangeRow)
        self.job_goal = Rows(session, tables.JobGoalRow)
        self.application = Rows(session, tables.ApplicationRow)
        self.activity = Rows(session, tables.ActivityRow)
        self.opening = Rows(session, tables.OpeningRow)
        self.session = Rows(session, tables.SessionRow)
        self.agenda_item = Rows(session, tables.AgendaItemRow)
        self.score = Rows(session, tables.ScoreRow)
        self.step = Rows(session, tables.StepRow)
        self.note = Rows(session, tables.NoteRow)
        self.amendment = Rows(session, tables.AmendmentRow)
        self.reflection = Rows(session, tables.ReflectionRow)
        event.listen(session, "before_flush", self._note_down)

    def _note_down(self, session: Session, _context: UOWTransaction, _instances: Any) -> None:
        self.details.extend(_details(session))

    def rows(self, table: str) -> Rows[Any]:
        """The rows of a table that is known by its name alone."""
        return Rows(self._session, tables.ROWS[table])

    @property
    def driver(self) -> sqlite3.Connection:
        """The plain connection under it, for questions (`store.questions`); from here on nobody else writes."""
        return cast("sqlite3.Connection", self._session.connection().connection.driver_connection)

    def named(self, row: Row) -> tuple[str, list[Any]]:
        """A row's table and primary key, as the history names it."""
        return str(row.__tablename__), _key(row)

    def delete(self, row: Row) -> None:
        """Take a row out."""
        self._session.delete(row)

    def is_deleted(self, row: Row) -> bool:
        """Whether a row is taken out, or about to be."""
        return row in self._session.deleted or bool(cast("Any", inspect(row)).deleted)

    def flush(self) -> None:
        """Write what was changed so far; a row that others are to point at has to be there first."""
        self._session.flush()

    def changing(self) -> list[tuple[Row, Detail]]:
        """The rows that are about to be changed, each with what is about to be written of it."""
        found = ((row, _changed(row)) for row in self._session.dirty)
        return [(row, detail) for row, detail in found if detail is not None]

    def write_history(self, entry: Mapping[str, Any], details: Sequence[Detail]) -> int:
        """Write an entry of the history with its details, and return its number."""
        connection = self._session.connection()
        made = connection.execute(insert(tables.HistoryRow).values(entry)).inserted_primary_key
        number: int = made[0] if made else 0
        connection.execute(
            insert(tables.HistoryDetailRow),
            [
                {
                    "history": number,
                    "position": place,
                    "table_": one.table,
                    "key": one.key,
                    "before": one.before,
                    "after": one.after,
                }
                for place, one in enumerate(details)
            ],
        )
        return number

    def commit(self) -> None:
        """Keep it."""
        self._session.commit()


def _details(session: Session) -> Iterator[Detail]:
    """Read off what a flush is about to write: a row at a time."""
    for row in session.new:
        yield _detail(row, None, _values(row))
    for row in session.deleted:
        yield _detail(row, _values(row), None)
    for row in session.dirty:
        detail = _changed(row)
        if detail is not None:
            yield detail


def _changed(row: Any) -> Detail | None:
    before, after = {}, {}
    for attribute in inspect(row).attrs:
        changes = attribute.history
        if changes.has_changes() and attribute.key not in _DERIVED:
            before[attribute.key] = plain(changes.deleted[0] if changes.deleted else None)
            after[attribute.key] = plain(attribute.value)
    return _detail(row, before, after) if after and before != after else None


def _detail(row: Any, before: dict[str, Any] | None, after: dict[str, Any] | None) -> Detail:
    return Detail(str(row.__tablename__), _key(row), before, after)


def _key(row: Any) -> list[Any]:
    return [getattr(row, column.name) for column in row.__table__.primary_key]


def _values(row: Any) -> dict[str, Any]:
    return {
        column.name: plain(getattr(row, column.name)) for column in row.__table__.columns if column.name not in _DERIVED
    }


def plain(value: Any) -> Any:
    """Turn a column's value into what JSON keeps of it."""
    if isinstance(value, datetime):
        return dates.iso(value)
    return value.isoformat() if isinstance(value, date) else value
