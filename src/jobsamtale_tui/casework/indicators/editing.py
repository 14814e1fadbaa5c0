"""Making and changing indicators: a draft that no session sees, and its publication, once it is said what it means.

One indicator has at most one draft: a version of its own behind those that are published. Publishing makes it the next
version, or carries its wording over to the version in force; that is for whoever publishes to decide, except that the
meaning of a version in use never changes.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.casework.change import fitting, record_lock, transaction
from jobsamtale_tui.casework.change import undo as undoing
from jobsamtale_tui.casework.change.context import Actor, ChangeContext, UndoResult
from jobsamtale_tui.casework.indicators import families
from jobsamtale_tui.casework.indicators import versions as indicator_versions
from jobsamtale_tui.errors import NotFoundError, RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method import meaning, scales
from jobsamtale_tui.store.questions import history
from jobsamtale_tui.store.schema import row_codec
from jobsamtale_tui.store.sqlite.database import Database

if TYPE_CHECKING:
    from jobsamtale_tui.store.schema.tables import IndicatorRow
    from jobsamtale_tui.store.writing.transaction import Transaction

KIND = "indicator"
As = Literal["same", "new"]
"""How a draft is published; `Place.seen` is `glance.draft_version` throughout."""
STAYS = frozenset({"key", "version", "status", "from", "until", "reason", "converts"})
"""What a version keeps of its own when a wording is carried over to it."""


def new(database: Database, actor: Actor, indicator: records.Indicator) -> str:
    """Begins an indicator as a draft (version 1) and returns its key. Raises RefusedError where the key is taken."""
    draft = fitting.fit(replace(indicator, version=1, status="draft", from_=None, until=None, converts=None))
    with transaction.change(database, actor, "indicator.new", KIND, draft.key) as work:
        if indicator_versions.known_versions(work, draft.key):
            raise RefusedError(_("The key {key} is taken").format(key=draft.key), _("Choose another key"))
        _add(work, draft)
    return draft.key


def save_draft(place: ChangeContext, indicator: records.Indicator) -> int:
    """Keeps `indicator` as the draft of the indicator `place.key` and returns the draft's version for `Place.seen`.

    Raises ChangedByOtherError where the draft is not the one that was seen, RefusedError for what cannot be kept.
    """
    with transaction.change(place.database, place.actor, "indicator.draft", KIND, place.key) as work:
        rows = _rows(work, place.key)
        row = _seen_draft(work, place, rows)
        version = row.version if row else max((one.version for one in rows), default=0) + 1
        draft = fitting.fit(replace(indicator, version=version, status="draft", from_=None, until=None))
        if row is None:
            return _add(work, draft).row_version
        row_codec.put(row, draft)
        row.row_version += 1
        return row.row_version


def discard(place: ChangeContext) -> None:
    """Takes the draft away; undo brings it back. Raises as `save_draft`, and RefusedError where there is none."""
    with transaction.change(place.database, place.actor, "indicator.discard", KIND, place.key) as work:
        work.delete(_needed(_seen_draft(work, place, _rows(work, place.key))))


def publish(place: ChangeContext, how: As, reason: str, from_: date | None = None) -> int:
    """Publishes the draft and returns the version that it is now.

    `new` makes it a version of its own from the day `from_` (today), `same` carries its wording over to the version
    that is published. Raises ChangedByOtherError as `save_draft`, RefusedError without a reason (a first version
    needs none), for a mapping with gaps, and where `same` would alter the meaning of a version in use.
    """
    said = texts.typed(reason).strip() or None
    with transaction.change(place.database, place.actor, "indicator.publish", KIND, place.key) as work:
        rows = _rows(work, place.key)
        row = _needed(_seen_draft(work, place, rows))
        base = max((one for one in rows if one.status != "draft"), key=lambda one: one.version, default=None)
        if base is not None and said is None:
            raise RefusedError(_("A reason is missing"), _("Write why it is changed: it is kept with the version"))
        if base is not None and how == "same":
            _carry_over(work, row, base, said)
            return base.version
        _check_mapping(row, rows)
        day = from_ or dates.today()
        for one in rows:
            if one.status == "active" and (one.from_ is None or one.from_ < day):
                one.until = min(one.until or date.max, day - timedelta(days=1))
        row.status, row.from_, row.reason = "active", day, said
        row.row_version += 1
        return row.version


def retire(place: ChangeContext, reason: str) -> None:
    """Nobody chooses the indicator any more; its scores stay. Raises RefusedError without a reason, or where it is not
    in force."""
    said = _reason(reason)
    with transaction.change(place.database, place.actor, "indicator.retire", KIND, place.key) as work:
        active = [one for one in _rows(work, place.key) if one.status == "active"]
        if not active:
            raise RefusedError(_("The indicator is not in force, so it cannot be retired"))
        newest = max(active, key=lambda one: one.version)
        for one in active:
            one.status = "retired"
            one.row_version += 1
        today = dates.today()
        newest.until = today if newest.from_ is None or newest.from_ <= today else newest.from_
        newest.reason = _joined(newest.reason, said)


def bring_back(place: ChangeContext, reason: str) -> None:
    """The newest published version can be chosen again. Raises RefusedError without a reason, or where it is in
    force already."""
    said = _reason(reason)
    with transaction.change(place.database, place.actor, "indicator.bring_back", KIND, place.key) as work:
        published = [one for one in _rows(work, place.key) if one.status != "draft"]
        if not published or any(one.status == "active" for one in published):
            raise RefusedError(_("The indicator is not retired, so it need not be brought back"))
        newest = max(published, key=lambda one: one.version)
        newest.status, newest.until = "active", None
        newest.reason = _joined(newest.reason, said)
        newest.row_version += 1


def convert(place: ChangeContext, version: int, converts: records.Converts | None, reason: str) -> None:
    """Gives a published version another mapping from an earlier one, or none: old scores are drawn by it.

    No score and no number's meaning changes. Raises RefusedError without a reason, for a version that is not published,
    and for a mapping with gaps.
    """
    said = _reason(reason)
    with transaction.change(place.database, place.actor, "indicator.convert", KIND, place.key) as work:
        rows = _rows(work, place.key)
        row = next((one for one in rows if one.version == version and one.status != "draft"), None)
        if row is None:
            raise RefusedError(_("There is no published version {version}").format(version=version))
        changed = fitting.fit(replace(indicator_versions.as_indicator(row), converts=converts))
        if changed.converts == indicator_versions.as_indicator(row).converts:
            return
        row_codec.put(row, replace(changed, reason=_joined(row.reason, said)))
        _check_mapping(row, rows)
        row.row_version += 1


def arrange(database: Database, actor: Actor, moved: str, keys: Sequence[str]) -> None:
    """Gives the indicators their places in the order of `keys`; the change belongs to the one that was moved."""
    with transaction.change(database, actor, "indicator.move", KIND, moved) as work:
        for place, key in enumerate(keys, 1):
            for row in _rows(work, key):
                if row.order_ != place:
                    row.order_ = place


def undo(database: Database, actor: Actor, key: str) -> UndoResult:
    """Takes back this login's last change of the indicator; what was published stays published."""
    return undoing.undo(database, actor, KIND, key, lambda work: _touch(work, key))


def redo(database: Database, actor: Actor, key: str) -> UndoResult:
    """Makes again what was last taken back."""
    return undoing.redo(database, actor, KIND, key, lambda work: _touch(work, key))


def put(work: "Transaction", indicator: records.Indicator) -> None:
    """Puts a version in its place as it is, over the one that is there."""
    row = next((one for one in _rows(work, indicator.key) if one.version == indicator.version), None)
    if row is None:
        _add(work, indicator)
    else:
        row_codec.put(row, indicator)
        row.row_version += 1


def _touch(work: "Transaction", key: str) -> int:
    work.flush()
    row = _draft(work.indicator.find(key=key))
    if row is None:
        return 0
    row.row_version = _fresh(work)
    return row.row_version


def _rows(work: "Transaction", key: str) -> "list[IndicatorRow]":
    """The versions of an indicator; those of the catalogue enter the database."""
    indicator_versions.known_versions(work, key)
    return work.indicator.find(key=key)


def _draft(rows: "list[IndicatorRow]") -> "IndicatorRow | None":
    return max((one for one in rows if one.status == "draft"), key=lambda one: one.version, default=None)


def _seen_draft(work: "Transaction", place: ChangeContext, rows: "list[IndicatorRow]") -> "IndicatorRow | None":
    if not rows and place.seen:
        raise NotFoundError(_("It is no longer there"))
    row = _draft(rows)
    if (row.row_version if row else 0) != place.seen:
        record_lock.refuse(work, KIND, place.key)
    return row


def _needed(row: "IndicatorRow | None") -> "IndicatorRow":
    if row is None:
        raise RefusedError(_("There is no draft of the indicator"), _("Change something first"))
    return row


def _add(work: "Transaction", draft: records.Indicator) -> "IndicatorRow":
    row = work.indicator.add(**row_codec.values(draft), row_version=_fresh(work))
    work.flush()
    return row


def _fresh(work: "Transaction") -> int:
    """A version that no draft of the indicator has had: who saw an earlier draft is not taken to have seen this one."""
    return history.newest(work.driver) + 1


def _carry_over(work: "Transaction", row: "IndicatorRow", base: "IndicatorRow", reason: str | None) -> None:
    before, after = indicator_versions.as_indicator(base), indicator_versions.as_indicator(row)
    found = meaning.differences(before, after)
    if meaning.effect(found) == "meaning" and families.in_use(work.driver, base.key, base.version):
        altered = ", ".join(one.path for one in found if one.effect == "meaning")
        said = _("Version {version} is in use, and what its numbers mean never changes: {fields}")
        raise RefusedError(said.format(version=base.version, fields=altered), _("Publish it as a version of its own"))
    row_codec.put(base, after, STAYS)
    base.reason = _joined(base.reason, reason)
    base.row_version += 1
    work.delete(row)


def _check_mapping(row: "IndicatorRow", rows: "list[IndicatorRow]") -> None:
    draft = indicator_versions.as_indicator(row)
    if draft.converts is None:
        return
    old = next((one for one in rows if one.version == draft.converts.from_), None)
    if old is None:
        said = _("There is no version {version} to convert from")
        raise RefusedError(said.format(version=draft.converts.from_), _("Name a version that there is"))
    gaps = scales.unmapped(indicator_versions.as_indicator(old).scale, draft.converts)
    if gaps:
        said = _("The mapping has to say where each number of version {version} goes, and no other: {numbers}")
        raise RefusedError(said.format(version=old.version, numbers=", ".join(gaps)), _("Fill in the mapping"))


def _reason(reason: str) -> str:
    said = texts.typed(reason).strip()
    if not said:
        raise RefusedError(_("A reason is missing"), _("Write why it is changed: it is kept with the version"))
    return said


def _joined(earlier: str | None, reason: str | None) -> str | None:
    """Every reason that a version has had, a line each, the earliest first."""
    return "\n".join(one for one in (earlier, reason) if one) or None
