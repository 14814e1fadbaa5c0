"""Scores that wait for the database: each is kept as plain data, as a text that could not be saved is.

A score says what is to stand, whatever stood before, so it can be made again as often as it takes; `since` says what
its asker had seen, so that nothing of others is written over unseen.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from jobsamtale_tui import records, texts
from jobsamtale_tui.store.questions import reads

if TYPE_CHECKING:
    from jobsamtale_tui.tui.answers import NotSaved
    from jobsamtale_tui.tui.screens.session.unsaved import SessionChanges

NAME = 24


@dataclass(frozen=True, slots=True)
class PendingScore:
    """A score on its way into a session; `value` None clears it. `name` is the indicator's, for people."""

    indicator: str
    by: records.Rater
    value: int | None
    since: int | None
    name: str

    @property
    def field(self) -> str:
        """The name under which it is kept."""
        return f"score {self.indicator} {self.by}"

    @property
    def text(self) -> str:
        """What is kept."""
        return json.dumps([self.value, self.since, self.name], ensure_ascii=False)

    @property
    def what(self) -> str:
        """The change in words."""
        return f"{texts.shortened(self.name, NAME)} {'–' if self.value is None else self.value}"


def is_score(field: str | None) -> bool:
    """Whether what is kept under this name is a score."""
    return (field or "").startswith("score ")


def read(field: str, text: str) -> PendingScore | None:
    """A score that was kept; None for anything else."""
    kind, *about = field.split(" ")
    if kind != "score" or len(about) != 2 or about[1] not in ("citizen", "caseworker"):
        return None
    try:
        value, since, name = json.loads(text)
    except (ValueError, TypeError):
        return None
    if type(value) not in (int, type(None)) or type(since) not in (int, type(None)) or not isinstance(name, str):
        return None
    return PendingScore(about[0], "citizen" if about[1] == "citizen" else "caseworker", value, since, name)


def in_words(field: str, text: str) -> str:
    """What could not be saved, as people read it: a score, the parts of a step, a text as it is."""
    score = read(field, text)
    if score is not None:
        return score.what
    if field.startswith("step-"):
        with suppress(ValueError, TypeError):
            return " · ".join(filter(None, json.loads(text)))
    return text


def laid_over(session: records.Session, scores: Iterable[PendingScore]) -> records.Session:
    """The session as it will be once these scores are saved."""
    there = {(one.indicator, one.by): one for one in session.scores}
    for score in scores:
        old = there.pop((score.indicator, score.by), None)
        if score.value is not None:
            new = records.Score(indicator=score.indicator, by=score.by, value=score.value)
            there[score.indicator, score.by] = replace(old, value=score.value) if old else new
    return replace(session, scores=tuple(there.values()))


# In a session's screen


def refused(owner: "SessionChanges") -> list[PendingScore]:
    """The scores of the session that the database has not taken, and that are not on their way again."""
    on_their_way = owner.the_app.drafts.on_their_way(owner.key)
    found = (read(field, kept[-1]) for field, kept in owner.refused().items() if kept and field not in on_their_way)
    return [score for score in found if score is not None]


def shown(owner: "SessionChanges", session: records.Session) -> records.Session:
    """The session as it is on disk, with the scores that are not there yet."""
    on_their_way = owner.the_app.drafts.on_their_way(owner.key).items()
    found = (read(field, text) for field, text in on_their_way)
    scores = [*refused(owner), *(score for score in found if score is not None)]
    return laid_over(session, scores) if scores else session


def set_score(
    owner: "SessionChanges", indicator: str, by: records.Rater, value: int | None, name: str, *, show: bool = False
) -> None:
    """Has a score saved. Where one of the same waits, this one takes its place, on what was seen then. `show`: on the
    phase in view too."""
    before = next((one for one in refused(owner) if (one.indicator, one.by) == (indicator, by)), None)
    since = before.since if before else owner.the_app.write_queue.since(owner.key)
    score = PendingScore(indicator, by, value, since, name)
    now = laid_over(owner.session, [score])
    owner.session = now
    _make(owner, score, now if show else None)


def make_again(owner: "SessionChanges") -> int:
    """Has what waits saved; how many scores it is. None while somebody is being asked what is to stand."""
    from jobsamtale_tui.tui.screens.common.conflict import ConflictScreen

    scores = [] if isinstance(owner.app.screen, ConflictScreen) else refused(owner)
    for score in scores:
        _make(owner, score)
    return len(scores)


def _make(owner: "SessionChanges", score: PendingScore, now: records.Session | None = None) -> None:
    from jobsamtale_tui.casework.session import parts

    owner.change(
        lambda place: parts.set_score(place, score.indicator, score.by, score.value),
        now,
        field=score.field,
        text=score.text,
        what=score.what,
        since=score.since,
    )


def fall_back(owner: "SessionChanges") -> None:
    """What somebody else has written stands: the screen shows it."""
    session = reads.session(owner.connection, owner.key)
    if session is not None and owner.view:
        owner.session = shown(owner, session)
        owner.view.show()
        owner.show_guide()


def not_saved(owner: "SessionChanges", message: "NotSaved") -> None:
    """One that was refused because of another change before it is made again by itself; that other one is not."""
    score = read(message.field or "", message.text or "")
    if score is not None and message.behind and owner.the_app.drafts.trouble is None:
        owner.call_later(_make, owner, score)
