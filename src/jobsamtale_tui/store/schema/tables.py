"""The tables, one class an entity: the single source of the schema, written through by `casework` alone.

Keys are the records' own. Times, days and JSON are text through one column type each, so that a plain read and the
mapping layer see the same; every table is STRICT, so that a number cannot hide in a text column. Words that SQL
keeps for itself carry an underscore (`from_`, `on_`, `when_`, `group_`).
"""

import json
from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint, Index, Integer, Text, TypeDecorator, text
from sqlalchemy.engine import Dialect
from sqlmodel import Field, SQLModel

from jobsamtale_tui import dates


class Day(TypeDecorator[date]):
    """A day, as ISO 8601 text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:  # noqa: ARG002, D102
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:  # noqa: ARG002, D102
        return None if value is None else date.fromisoformat(value)


class Moment(TypeDecorator[datetime]):
    """A time in UTC to the second, as ISO 8601 text with Z."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002, D102
        return None if value is None else dates.iso(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002, D102
        return None if value is None else dates.from_iso(value)


class Json(TypeDecorator[Any]):
    """A JSON value as compact text; set anew as a whole, never changed in place."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002, D102
        return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002, D102
        return None if value is None else json.loads(value)


STRICT = {"sqlite_strict": True}
CLUSTERED = {"sqlite_strict": True, "sqlite_with_rowid": False}
"""Children lie beside each other under their parent's key."""


def _key(target: str | None = None) -> Any:
    """A column of the primary key, and what it points at."""
    return Field(sa_column=Column(Text, *_to(target), primary_key=True, nullable=False))


def _position() -> Any:
    return Field(sa_column=Column(Integer, primary_key=True, nullable=False, autoincrement=False))


def _to(target: str | None) -> list[ForeignKey]:
    return [ForeignKey(target)] if target else []


def _text(target: str | None = None, *, index: bool = False, unique: bool = False) -> Any:
    return Field(sa_column=Column(Text, *_to(target), nullable=False, index=index, unique=unique))


def _text_or_none(target: str | None = None, *, index: bool = False, unique: bool = False) -> Any:
    return Field(default=None, sa_column=Column(Text, *_to(target), nullable=True, index=index, unique=unique))


def _number() -> Any:
    return Field(sa_column=Column(Integer, nullable=False))


def _number_or_none() -> Any:
    return Field(default=None, sa_column=Column(Integer, nullable=True))


def _of(kind: type[TypeDecorator[Any]], *, none: bool = False, index: bool = False) -> Any:
    column: Column[Any] = Column(kind, nullable=none, index=index)
    return Field(default=None, sa_column=column) if none else Field(sa_column=column)


def _row_version() -> Any:
    return Field(default=1, sa_column=Column(Integer, nullable=False, server_default="1"))


class Row(SQLModel):
    """What every table is."""

    __table_args__: Any = STRICT
    model_config: ClassVar[Any] = {
        "arbitrary_types_allowed": True,
        "defer_build": True,  # a table is never validated: building 32 validators takes time and half a megabyte
    }

    def __repr__(self) -> str:
        """The class alone: a row's values could be somebody's CPR number."""
        return f"<{type(self).__name__}>"

    __str__ = __repr__


class UnitRow(Row, table=True):
    """A section of a job centre."""

    __tablename__ = "unit"
    key: str = _key()
    name: str = _text()
    municipality: str | None = _text_or_none()
    row_version: int = _row_version()


class CaseworkerRow(Row, table=True):
    """A caseworker, with the key that her name sorts by."""

    __tablename__ = "caseworker"
    key: str = _key()
    name: str = _text()
    sort_key: str = _text()
    unit: str | None = _text_or_none("unit.key")
    role: str | None = _text_or_none()
    row_version: int = _row_version()


class IndicatorRow(Row, table=True):
    """A version of an indicator."""

    __tablename__ = "indicator"
    key: str = _key()
    version: int = _position()
    name: dict[str, Any] = _of(Json)
    question: dict[str, Any] = _of(Json)
    area: str | None = _text_or_none()
    scale: dict[str, Any] = _of(Json)
    from_: date | None = _of(Day, none=True)
    until: date | None = _of(Day, none=True)
    status: str = _text()
    order_: int | None = _number_or_none()
    reason: str | None = _text_or_none()
    reliable_change: dict[str, Any] | None = _of(Json, none=True)
    converts: dict[str, Any] | None = _of(Json, none=True)
    row_version: int = _row_version()


class CitizenRow(Row, table=True):
    """A citizen, with what her name sorts by and what she is found by."""

    __tablename__ = "citizen"
    __table_args__ = (Index("ix_citizen_order", "sort_key", "key"), STRICT)
    key: str = _key()
    name: str = _text()
    sort_key: str = _text()
    found_by: str = _text()
    cpr: str | None = _text_or_none(unique=True)
    case_key: str | None = _text_or_none(unique=True)
    target_group: str | None = _text_or_none()
    caseworker: str | None = _text_or_none("caseworker.key", index=True)
    contact_start: date | None = _of(Day, none=True)
    language: str | None = _text_or_none()
    readiness: int | None = _number_or_none()
    indicators_used: dict[str, Any] | None = _of(Json, none=True)
    ended: dict[str, Any] | None = _of(Json, none=True)
    earlier_groups: list[Any] | None = _of(Json, none=True)
    contact_exceptions: list[Any] | None = _of(Json, none=True)
    row_version: int = _row_version()


class ProfileRow(Row, table=True):
    """What a citizen has put up about herself."""

    __tablename__ = "profile"
    citizen: str = _key("citizen.key")
    wishes: list[Any] | None = _of(Json, none=True)
    cv: list[Any] | None = _of(Json, none=True)
    competences: list[Any] | None = _of(Json, none=True)
    to_develop: list[Any] | None = _of(Json, none=True)
    row_version: int = _row_version()


class AgreementRow(Row, table=True):
    """An agreement on indicators."""

    __tablename__ = "agreement"
    key: str = _key()
    citizen: str = _text("citizen.key", index=True)
    from_: date = _of(Day)
    until: date | None = _of(Day, none=True)
    every_weeks: int | None = _number_or_none()
    row_version: int = _row_version()


class AgreementIndicatorRow(Row, table=True):
    """An indicator chosen in an agreement, and why."""

    __tablename__ = "agreement_indicator"
    __table_args__ = CLUSTERED
    agreement: str = _key("agreement.key")
    position: int = _position()
    indicator: str = _text(index=True)
    reason: str = _text()
    from_: date = _of(Day)
    until: date | None = _of(Day, none=True)
    end_reason: str | None = _text_or_none()


class AgreementChangeRow(Row, table=True):
    """A change of an agreement and why: kept, and never written again."""

    __tablename__ = "agreement_change"
    __table_args__ = CLUSTERED
    agreement: str = _key("agreement.key")
    position: int = _position()
    at: datetime = _of(Moment)
    by: str | None = _text_or_none()
    what: str = _text()
    reason: str = _text()


class JobGoalRow(Row, table=True):
    """A goal of the ABC-jobplan."""

    __tablename__ = "job_goal"
    key: str = _key()
    citizen: str = _text("citizen.key", index=True)
    grade: str = _text()
    position: str | None = _text_or_none()
    function: str | None = _text_or_none()
    industry: str | None = _text_or_none()
    education: str | None = _text_or_none()
    realistic: str | None = _text_or_none()
    why: str | None = _text_or_none()
    from_: date = _of(Day)
    until: date | None = _of(Day, none=True)
    row_version: int = _row_version()


class ApplicationRow(Row, table=True):
    """An application from the Joblog."""

    __tablename__ = "application"
    __table_args__ = (Index("ix_application_citizen", "citizen", "on_"), STRICT)
    key: str = _key()
    citizen: str = _text("citizen.key")
    on_: date = _of(Day)
    position: str = _text()
    employer: str | None = _text_or_none()
    channel: str | None = _text_or_none()
    result: str | None = _text_or_none()
    row_version: int = _row_version()


class ActivityRow(Row, table=True):
    """An effort, with its follow-ups."""

    __tablename__ = "activity"
    key: str = _key()
    citizen: str = _text("citizen.key", index=True)
    name: str = _text()
    field: str = _text()
    outcome: str | None = _text_or_none()
    toward_job: str | None = _text_or_none()
    goal: str | None = _text_or_none("job_goal.key")
    responsible: str | None = _text_or_none()
    from_: date = _of(Day)
    until: date | None = _of(Day, none=True)
    follow_ups: list[Any] | None = _of(Json, none=True)
    row_version: int = _row_version()


class OpeningRow(Row, table=True):
    """A job, an internship or a link to bring to a session."""

    __tablename__ = "opening"
    key: str = _key()
    citizen: str | None = _text_or_none("citizen.key", index=True)
    industry: str | None = _text_or_none()
    title: str = _text()
    employer: str | None = _text_or_none()
    type: str | None = _text_or_none()
    link: str | None = _text_or_none()
    until: date | None = _of(Day, none=True)
    note: str | None = _text_or_none()
    row_version: int = _row_version()


class CsvMappingRow(Row, table=True):
    """Which column of a CSV file is which field, by kind and by the file's headings; no history."""

    __tablename__ = "csv_mapping"
    __table_args__ = CLUSTERED
    kind: str = _key()
    headings: str = _key()
    mapping: dict[str, Any] = _of(Json)
    at: datetime = _of(Moment)


_CONTACT = ("caseworker", "interview_type", "form", "participants")
"""What the rules on contact look at in all of a citizen's sessions; they are reckoned from the index alone."""


class SessionRow(Row, table=True):
    """A session; its `row_version` counts the changes of it and of all that belongs to it."""

    __tablename__ = "session"
    __table_args__ = (
        Index("ix_session_citizen", "citizen", "status", "held_at", *_CONTACT),
        Index("ix_session_caseworker", "caseworker", "status", "held_at"),
        Index("ix_session_status", "status", "held_at", "key"),
        Index("ix_session_held_at", "held_at"),
        Index("ix_session_group", "group_", "held_at", sqlite_where=text('"group_" IS NOT NULL')),
        STRICT,
    )
    key: str = _key()
    citizen: str = _text("citizen.key")
    caseworker: str | None = _text_or_none("caseworker.key")
    held_at: datetime = _of(Moment)
    minutes: int | None = _number_or_none()
    form: str | None = _text_or_none()
    group_: str | None = _text_or_none()
    participants: list[Any] | None = _of(Json, none=True)
    interview_type: int | None = _number_or_none()
    booked_by: str | None = _text_or_none()
    status: str = _text()
    session_kind: str | None = _text_or_none()
    theme: str | None = _text_or_none()
    risk: str | None = _text_or_none()
    preparation: str | None = _text_or_none()
    frame: str | None = _text_or_none()
    need: str | None = _text_or_none()
    remarks: str | None = _text_or_none()
    summary: str | None = _text_or_none()
    summary_added: str | None = _text_or_none()
    evaluation: dict[str, Any] | None = _of(Json, none=True)
    next: dict[str, Any] | None = _of(Json, none=True)
    row_version: int = _row_version()


class AgendaItemRow(Row, table=True):
    """A topic on a session's agenda."""

    __tablename__ = "agenda_item"
    __table_args__ = CLUSTERED
    session: str = _key("session.key")
    position: int = _position()
    topic: str = _text()
    by: str = _text()
    state: str = _text()
    required: int | None = _number_or_none()
    conclusion: str | None = _text_or_none()


class ScoreRow(Row, table=True):
    """A score of a session, by indicator and rater."""

    __tablename__ = "score"
    __table_args__ = (
        ForeignKeyConstraint(["indicator", "version"], ["indicator.key", "indicator.version"]),
        Index("ix_score_indicator", "indicator", "version", "value"),
        CLUSTERED,
    )
    session: str = _key("session.key")
    indicator: str = _key()
    by: str = _key()
    position: int = _number()
    version: int = _number()
    value: int = _number()
    remark: str | None = _text_or_none()


class StepRow(Row, table=True):
    """A next step decided in a session."""

    __tablename__ = "step"
    __table_args__ = (Index("ix_step_open", "status", "when_"), CLUSTERED)
    session: str = _key("session.key")
    position: int = _position()
    what: str = _text()
    how: str | None = _text_or_none()
    when_: date | None = _of(Day, none=True)
    who: str = _text()
    status: str = _text()
    outcome: str | None = _text_or_none()


class NoteRow(Row, table=True):
    """The journal note of a completed session, as written."""

    __tablename__ = "note"
    session: str = _key("session.key")
    text: str = _text()
    template: str = _text()
    version: Any = _of(Json)
    at: datetime = _of(Moment)


class AmendmentRow(Row, table=True):
    """A correction of a completed session."""

    __tablename__ = "amendment"
    __table_args__ = CLUSTERED
    session: str = _key("session.key")
    position: int = _position()
    at: datetime = _of(Moment)
    by: str = _text()
    reason: str = _text()
    text: str = _text()


class ReflectionRow(Row, table=True):
    """A look back on a session, for learning."""

    __tablename__ = "reflection"
    __table_args__ = (Index("ix_reflection_by", "by"), CLUSTERED)
    session: str = _key("session.key")
    by: str = _key()
    role: str = _key()
    quality: dict[str, Any] | None = _of(Json, none=True)
    roles: dict[str, Any] | None = _of(Json, none=True)
    worked: str | None = _text_or_none()
    note: str | None = _text_or_none()


class HistoryRow(Row, table=True):
    """A change: when, by whom and under which login name, what was done, and which earlier change it takes back."""

    __tablename__ = "history"
    __table_args__ = (
        Index("ix_history_subject", "subject_kind", "subject", "id"),
        Index("ix_history_edit", "edit", unique=True, sqlite_where=text('"edit" IS NOT NULL')),
        STRICT,
    )
    id: int | None = Field(default=None, sa_column=Column(Integer, primary_key=True))
    at: datetime = _of(Moment)
    by: str | None = _text_or_none()
    login: str = _text()
    action: str = _text()
    subject_kind: str = _text()
    subject: str = _text()
    undoes: int | None = _number_or_none()
    detail: dict[str, Any] | None = _of(Json, none=True)
    edit: str | None = _text_or_none()
    """What names the edit that was made; no edit is made twice."""


class HistoryDetailRow(Row, table=True):
    """What a change did to one row or (an import) one record: before and after."""

    __tablename__ = "history_detail"
    __table_args__ = CLUSTERED
    history: int = Field(sa_column=Column(Integer, ForeignKey("history.id"), primary_key=True, nullable=False))
    position: int = _position()
    table_: str = _text()
    key: list[Any] = _of(Json)
    before: dict[str, Any] | None = _of(Json, none=True)
    after: dict[str, Any] | None = _of(Json, none=True)


class UnfinishedRow(Row, table=True):
    """Where somebody stands in an open session, and what stands in the field but is not yet left; no history."""

    __tablename__ = "unfinished"
    __table_args__ = CLUSTERED
    session: str = _key("session.key")
    login: str = _key()
    phase: int = _number()
    field: str = _text()
    cursor: str | None = _text_or_none()
    text: str | None = _text_or_none()
    at: datetime = _of(Moment)


class UnfinishedFormRow(Row, table=True):
    """What somebody typed in a form and has not kept, by the form's name; no history."""

    __tablename__ = "unfinished_form"
    __table_args__ = CLUSTERED
    form: str = _key()
    login: str = _key()
    typed: dict[str, Any] = _of(Json)
    at: datetime = _of(Moment)


class AtHandRow(Row, table=True):
    """A session that an app has open: which process on which machine, and who works in it since when; no history."""

    __tablename__ = "at_hand"
    __table_args__ = CLUSTERED
    session: str = _key()
    host: str = _key()
    process: int = Field(sa_column=Column(Integer, primary_key=True, nullable=False))
    begun: str = _text()
    login: str = _text()
    by: str | None = _text_or_none()
    at: datetime = _of(Moment)


class SearchedRow(Row, table=True):
    """A session's place in the search index: its number there, and a checksum of the text that went in."""

    __tablename__ = "searched"
    id: int = Field(sa_column=Column(Integer, primary_key=True))
    session: str = _text(unique=True)
    fingerprint: int = _number()


class UnsearchedRow(Row, table=True):
    """A session whose note has been written or corrected and waits to be taken into the search index."""

    __tablename__ = "unsearched"
    __table_args__ = CLUSTERED
    session: str = _key()


class FindingRow(Row, table=True):
    """A citizen's number in the index that finds her by her name; see `store.finding`."""

    __tablename__ = "finding"
    id: int = Field(sa_column=Column(Integer, primary_key=True))
    citizen: str = _text(unique=True)


class FindingNumberRow(Row, table=True):
    """An ending of a word with digits that a citizen, by her number in that index, is found by."""

    __tablename__ = "finding_number"
    __table_args__ = CLUSTERED
    part: str = _key()
    id: int = _position()


class UnfoundRow(Row, table=True):
    """A citizen who is new or has changed and waits to be taken into that index."""

    __tablename__ = "unfound"
    __table_args__ = CLUSTERED
    citizen: str = _key()


class ConsumerRow(Row, table=True):
    """A receiver of exports, by name and kind: its filters, its last run, and one that was begun and not confirmed."""

    __tablename__ = "consumer"
    __table_args__ = CLUSTERED
    key: str = _key()
    kind: str = _key()
    filters: dict[str, Any] = _of(Json)
    run: int = _number()
    run_at: datetime | None = _of(Moment, none=True)
    confirmed_at: datetime | None = _of(Moment, none=True)
    pending_since: datetime | None = _of(Moment, none=True)


class DeliveredRow(Row, table=True):
    """What a consumer last had of a record (or a part of it), and in which of its runs; no history."""

    __tablename__ = "delivered"
    __table_args__ = (ForeignKeyConstraint(["consumer", "kind"], ["consumer.key", "consumer.kind"]), CLUSTERED)
    consumer: str = _key()
    kind: str = _key()
    record: str = _key()
    part: str = _key()
    digest: str = _text()
    run: int = _number()


ROWS: dict[str, type[Row]] = {str(cls.__tablename__): cls for cls in Row.__subclasses__()}
"""The table classes by table name."""
