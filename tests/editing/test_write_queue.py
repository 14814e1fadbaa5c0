"""The queue of changes without any app: order, waiting and trying again, conflicts, and that nothing is made twice."""

import asyncio
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from tests.holder import Holder

from jobsamtale_tui.casework.change.context import Actor, ChangeContext, Resolution
from jobsamtale_tui.casework.session import earlier_steps, lifecycle
from jobsamtale_tui.casework.session.commit import commit
from jobsamtale_tui.editing.drafts import Drafts
from jobsamtale_tui.editing.outcomes import BackgroundResult, DraftStatus, NotSaved, Outcome, RecordSaved, Saved
from jobsamtale_tui.editing.pending import PendingEdit, from_document
from jobsamtale_tui.editing.session_model import SessionModel
from jobsamtale_tui.editing.write_queue import STARTED, WriteQueue
from jobsamtale_tui.errors import ChangedByOtherError, RefusedError
from jobsamtale_tui.method import session_edits as edits
from jobsamtale_tui.store.questions import history, reads
from jobsamtale_tui.store.sqlite import database as sqlite_database
from jobsamtale_tui.store.sqlite.database import Database

SESSION = "mette-i-dag"


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Changes give up on a lock soon."""
    monkeypatch.setattr(sqlite_database, "BUSY_SECONDS", 0.1)


@dataclass
class Desk:
    """An app without a screen: it takes what comes of changes, as the real one does."""

    database: Database
    folder: Path
    last_key: float = 0.0
    heard: list[Outcome] = field(default_factory=list)
    faults: list[BaseException] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.connection = self.database.connect()
        self.drafts = Drafts(self.database, "anne-login", lambda: self.folder, self.post_outcome)
        self.queue = WriteQueue(self, self.database, "anne", "anne-login", self.drafts)
        self.model = SessionModel(SESSION, self.queue, self.drafts, self.connection)

    def post_outcome(self, outcome: Outcome) -> None:
        self.loop.call_soon_threadsafe(self._take, outcome)

    def fail(self, error: BaseException) -> None:
        self.faults.append(error)

    def _take(self, outcome: Outcome) -> None:
        self.heard.append(outcome)
        if isinstance(outcome, (Saved, NotSaved)):
            self.queue.acknowledge(outcome)
        if isinstance(outcome, Saved):
            self.model.saved(outcome)
        elif isinstance(outcome, NotSaved):
            self.model.not_saved(outcome)
        elif isinstance(outcome, DraftStatus) and outcome.error is None:
            self.queue.send_waiting()

    async def settle(self) -> None:
        async with asyncio.timeout(20):
            while self.queue.busy or self.queue.at_work:
                await asyncio.sleep(0.005)

    @property
    def session(self) -> Any:
        """The session as it is in the database."""
        found = reads.session(self.connection, SESSION)
        assert found is not None
        return found

    def entries(self) -> list[tuple[str, str | None]]:
        """What the history has of the session since it was begun: actions, and what names the edits."""
        found = self.connection.execute("SELECT action, edit FROM history WHERE subject = ? ORDER BY id", (SESSION,))
        return [(action, edit) for action, edit in found if action != "session.start"]

    def bo(self, edit: edits.Edit) -> None:
        """A colleague changes the session."""
        seen = reads.session_version(self.connection, SESSION)
        commit(ChangeContext(database=self.database, actor=Actor("bo", "bo-login"), key=SESSION, seen=seen), edit)


@asynccontextmanager
async def at_desk(db: Path, folder: Path) -> AsyncIterator[Desk]:
    """One app on the database, with the session open."""
    database = Database(db)
    database.prepare()
    desk = Desk(database, folder)
    desk.drafts.recover()
    desk.queue.send_recovered()
    assert desk.model.load(shared=False) is not None
    desk.model.send_refused()
    try:
        yield desk
        assert desk.faults == []
    finally:
        desk.queue.close(5.0)
        desk.drafts.secure()
        desk.drafts.close()
        desk.connection.close()
        database.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


def every_edit(model: SessionModel) -> list[Callable[[], edits.Edit]]:
    """One edit of each kind that a session's screens make, made as they are: on what is seen by then."""

    def item() -> int:
        return model.opened.items[0]

    def step() -> int:
        return model.opened.steps[0]

    return [
        lambda: edits.AddItem(line=model.opened.free("agenda_item"), topic="CV", by="citizen", state="agreed"),
        lambda: edits.AddItem(line=model.opened.free("agenda_item"), topic="Pjat", by="caseworker", state="possible"),
        lambda: edits.ToggleItem(line=item(), state="dropped"),
        lambda: edits.RequireItem(line=item(), required=True),
        lambda: edits.PassItem(line=item(), by="caseworker"),
        lambda: edits.RewordItem(line=item(), topic="CV og job"),
        lambda: edits.ToggleItem(line=item(), state="agreed"),
        lambda: edits.FinishItem(line=item(), done=True),
        lambda: edits.ConcludeItem(line=item(), conclusion="Det står"),
        lambda: edits.RemoveItem(line=model.opened.items[1]),
        lambda: edits.SetScore(indicator="mod", by="citizen", value=6),
        lambda: edits.RemarkScore(indicator="mod", by="citizen", remark="Bedre"),
        lambda: edits.SetScore(indicator="energi", by="caseworker", value=3),
        lambda: edits.SetScore(indicator="energi", by="caseworker"),
        lambda: edits.AddStep(line=model.opened.free("step"), what="Ringe", how="Telefon"),
        lambda: edits.AddStep(line=model.opened.free("step"), what="Gå"),
        lambda: edits.ChangeStep(line=step(), what="Ringe til Bilka", how="Telefon"),
        lambda: edits.PassStep(line=step(), who="caseworker"),
        lambda: edits.RemoveStep(line=model.opened.steps[1]),
        lambda: edits.SetText(field="need", text="Ro"),
        lambda: edits.SetText(field="evaluation.helped", text="Alt"),
        lambda: edits.SetNext(at=model.session.held_at, reason="Derfor"),
        lambda: edits.SetContent(
            line=model.opened.free("agenda_item"),
            sets=("risk", "session_kind"),
            risk="Ingen",
            session_kind=edits.ChosenKind(name="Brancheskift", topics=("Brancher",)),
        ),
        lambda: edits.SetDetails(
            line=model.opened.free("agenda_item"), sets=("minutes", "form"), now=model.session.held_at, minutes=45
        ),
        lambda: edits.AddParticipant(role="companion", name="Ole  Bak"),
        lambda: edits.AddParticipant(role="interpreter"),
        lambda: edits.RemoveParticipant(index=1, role="interpreter"),
    ]


async def test_the_edits_that_are_tried_are_all_there_are(db: Path, folder: Path) -> None:
    async with at_desk(db, folder) as desk:
        kinds = set()
        for make in every_edit(desk.model):
            edit = make()
            kinds.add(edit.kind)
            desk.model.edit(edit)
        assert kinds | {"undo", "step.follow", "session.start"} == set(edits.KINDS)


async def test_every_edit_is_seen_at_once_and_stands_in_the_database_as_it_was_seen(db: Path, folder: Path) -> None:
    async with at_desk(db, folder) as desk:
        made = every_edit(desk.model)
        for make in made:
            desk.model.edit(make())
        seen = desk.model.session
        await desk.settle()
        assert desk.session == desk.model.session
        versions = {(one.indicator, one.by): one.version for one in desk.session.scores}
        scored = tuple(replace(one, version=versions[one.indicator, one.by]) for one in seen.scores)
        assert desk.session == replace(seen, scores=scored)
        assert len(desk.entries()) == len(made)
        assert all(edit for _action, edit in desk.entries())


async def test_every_edit_waits_for_the_database_in_its_order(db: Path, folder: Path) -> None:
    async with at_desk(db, folder) as desk:
        holder = Holder(db)
        for make in every_edit(desk.model):
            desk.model.edit(make(), what="x")
        seen = desk.model.opened
        await desk.settle()
        assert desk.model.opened == seen
        assert desk.entries() == []
        assert len(desk.queue.waits(SESSION)) == len(every_edit(desk.model))
        holder.let_go()
        desk.queue.send_waiting()
        await desk.settle()
        assert desk.queue.waits() == []
        assert desk.session == desk.model.session
        assert (desk.session.agenda, desk.session.steps) == (seen.session.agenda, seen.session.steps)
        assert not desk.drafts.waiting()


async def test_what_waits_when_one_leaves_is_made_once_the_session_is_opened_again(db: Path, folder: Path) -> None:
    async with at_desk(db, folder) as desk:
        holder = Holder(db)
        for make in every_edit(desk.model):
            desk.model.edit(make(), what="x")
        seen = desk.model.session
        await desk.settle()
        assert not desk.drafts.secure()
    holder.let_go()
    assert len(list(folder.glob("recovery-*.json"))) == 1
    async with at_desk(db, folder) as desk:
        assert list(folder.glob("recovery-*.json")) == []
        await desk.settle()
        assert (desk.session.agenda, desk.session.steps, desk.session.need) == (seen.agenda, seen.steps, seen.need)
        assert desk.drafts.refused(SESSION) == {}
        assert len({edit for _action, edit in desk.entries()}) == len(desk.entries()) == len(every_edit(desk.model))


async def test_an_edit_that_was_made_already_is_not_made_again(db: Path, folder: Path) -> None:
    """Killed between the commit and the word of it: the journal has the edit, and so has the history."""
    async with at_desk(db, folder) as desk:
        pending = desk.queue.edit(SESSION, edits.AddParticipant(role="companion", name="Ole"))
        await desk.settle()
        document = pending.document()
    async with at_desk(db, folder) as desk:
        desk.queue.send(from_document(document))
        await desk.settle()
        assert [one.name for one in desk.session.participants] == ["Ole"]
        assert len(desk.entries()) == 1
        assert isinstance(desk.heard[-1], Saved)


async def test_one_s_own_edits_of_an_earlier_run_are_no_conflict(db: Path, folder: Path) -> None:
    async with at_desk(db, folder) as desk:
        base = history.newest(desk.connection)
        first = PendingEdit(
            id="app-1", session=SESSION, edit=edits.SetText(field="need", text="Ro"), base=base, field="need", text="Ro"
        )
        second = replace(first, id="app-2", edit=edits.SetText(field="need", text="Ro og tid"), text="Ro og tid")
        desk.queue.send(first)
        await desk.settle()
    async with at_desk(db, folder) as desk:
        desk.queue.send(replace(second, again=True))
        await desk.settle()
        assert desk.session.need == "Ro og tid"


async def test_two_who_add_at_once_get_a_line_each_and_what_follows_finds_its_own(db: Path, folder: Path) -> None:
    async with at_desk(db, folder) as desk:
        free = desk.model.opened.free("agenda_item")
        desk.bo(edits.AddItem(line=free, topic="Bos", by="citizen", state="agreed"))
        desk.model.edit(edits.AddItem(line=free, topic="Annes", by="citizen", state="agreed"))
        desk.model.edit(edits.FinishItem(line=free, done=True))
        desk.model.edit(edits.ConcludeItem(line=free, conclusion="Godt"))
        await desk.settle()
        found = [(item.topic, item.state, item.conclusion) for item in desk.session.agenda]
        assert found == [("Bos", "agreed", None), ("Annes", "done", "Godt")]
        assert desk.model.opened.items == (free, free + 1)
        desk.model.edit(edits.FinishItem(line=free, done=True))  # Bo's own, now that it is seen
        await desk.settle()
        assert [item.state for item in desk.session.agenda] == ["done", "done"]


async def test_a_conflict_is_asked_about_and_hinders_no_other_edit(db: Path, folder: Path) -> None:
    async with at_desk(db, folder) as desk:
        desk.bo(edits.SetScore(indicator="mod", by="citizen", value=3))
        desk.model.edit(edits.SetScore(indicator="mod", by="citizen", value=7), what="Mod 7")
        desk.model.edit(edits.SetText(field="need", text="Ro"), field="need", text="Ro")
        await desk.settle()
        refused = [one for one in desk.heard if isinstance(one, NotSaved)]
        assert len(refused) == 1
        assert isinstance(refused[0].error, ChangedByOtherError)
        assert desk.session.need == "Ro"
        assert [one.value for one in desk.session.scores] == [3]
        assert [one.value for one in desk.model.session.scores] == [7]  # hers is seen until she has answered
        assert [one.what for one in desk.model.waits()] == ["Mod 7"]
        assert refused[0].error.clash is not None
        assert refused[0].again is not None
        refused[0].again(Resolution(refused[0].error.clash.upto))
        await desk.settle()
        assert [one.value for one in desk.session.scores] == [7]
        assert desk.model.waits() == []
        assert desk.drafts.refused(SESSION) == {}


async def test_a_conflict_outlives_the_app(db: Path, folder: Path) -> None:
    async with at_desk(db, folder) as desk:
        desk.bo(edits.SetScore(indicator="mod", by="citizen", value=3))
        desk.model.edit(edits.SetScore(indicator="mod", by="citizen", value=7), what="Mod 7")
        await desk.settle()
    async with at_desk(db, folder) as desk:
        await desk.settle()
        assert isinstance(desk.heard[-1], NotSaved)
        assert [one.value for one in desk.model.session.scores] == [7]
        desk.model.edit(
            edits.SetScore(indicator="mod", by="citizen", value=5)
        )  # takes its place, on what was seen then
        await desk.settle()
        assert [one.what for one in desk.model.waits()] == [""]
        assert [one.value for one in desk.session.scores] == [3]


async def test_an_edit_that_cannot_be_made_is_said_and_does_not_come_again(db: Path, folder: Path) -> None:
    async with at_desk(db, folder) as desk:
        desk.model.edit(edits.RemarkScore(indicator="mod", by="citizen", remark="x"))
        desk.model.edit(edits.SetScore(indicator="mod", by="citizen", value=99))
        await desk.settle()
        assert [type(one.error) for one in desk.heard if isinstance(one, NotSaved)] == [RefusedError, RefusedError]
        assert desk.model.waits() == []
        assert desk.model.session == desk.session


async def test_how_far_an_earlier_step_came_is_seen_while_it_waits(db: Path, folder: Path) -> None:
    """Whoever turns a step on turns on what is seen: else the second turn says that it was as it is on the disk."""
    async with at_desk(db, folder) as desk:

        def turn() -> None:
            desk.model.edit(earlier_steps.turned(desk.model.earlier_steps()[0]), what="x")

        turn()
        await desk.settle()
        holder = Holder(db)
        for _ in range(2):
            turn()
            await desk.settle()
        earlier = desk.model.earlier_steps()[0]
        desk.model.edit(earlier_steps.came_of(earlier, "Intet svar"))
        await desk.settle()
        assert [(one.step.status, one.step.outcome) for one in desk.model.earlier_steps()] == [
            ("dropped", "Intet svar")
        ]
        holder.let_go()
        desk.queue.send_waiting()
        await desk.settle()
        assert not any(isinstance(one, NotSaved) and not one.waits for one in desk.heard)
        followed = desk.connection.execute("SELECT status, outcome FROM step WHERE session = 'mette-maj'").fetchall()
        assert followed == [("dropped", "Intet svar")]


async def test_a_recovered_edit_that_cannot_be_made_does_not_come_again(db: Path, folder: Path) -> None:
    """It would hold up the completion of its session for good."""
    async with at_desk(db, folder) as desk:
        holder = Holder(db)
        desk.model.edit(edits.PassStep(line=7, who="other"), what="x")
        await desk.settle()
        assert not desk.drafts.secure()
    holder.let_go()
    async with at_desk(db, folder) as desk:
        await desk.settle()
        assert [type(one.error) for one in desk.heard if isinstance(one, NotSaved)] == [RefusedError]
        assert desk.model.waits() == []
        assert desk.drafts.refused(SESSION) == {}


async def test_undo_takes_back_what_waits_before_what_is_made(db: Path, folder: Path) -> None:
    async with at_desk(db, folder) as desk:
        desk.model.edit(edits.SetText(field="need", text="Ro"))
        await desk.settle()
        holder = Holder(db)
        desk.model.edit(edits.SetText(field="need", text="Ro og tid"))
        await desk.settle()
        assert [desk.model.session.need] == ["Ro og tid"]
        dropped = desk.model.undo()
        assert dropped is not None
        assert [desk.model.session.need] == ["Ro"]
        holder.let_go()
        assert desk.model.undo() is None
        await desk.settle()
        assert (desk.session.need, desk.model.session.need) == (None, None)
        desk.model.redo()
        await desk.settle()
        assert desk.session.need == "Ro"


async def test_a_text_that_is_taken_back_before_it_was_saved_does_not_come_back(db: Path, folder: Path) -> None:
    async with at_desk(db, folder) as desk:
        holder = Holder(db)
        desk.drafts.place(SESSION, 2, "agenda-new", "2", "CV")
        line = desk.model.opened.free("agenda_item")
        add = edits.AddItem(line=line, topic="CV", by="citizen", state="agreed")
        desk.model.edit(add, field="agenda-new", text="CV")
        await desk.settle()
        assert desk.model.undo() is not None
        assert desk.model.session.agenda == ()
        holder.let_go()
        desk.drafts.retry()
        await desk.settle()
        assert desk.drafts.refused(SESSION) == {}
        left = desk.drafts.left(SESSION)
        assert left is not None
        assert left.text is None


async def test_a_refused_text_that_is_on_its_way_again_is_not_offered_twice(db: Path, folder: Path) -> None:
    async with at_desk(db, folder) as desk:
        desk.drafts.form(f"session {SESSION}", {"agenda-new": ["CV", "Praktik"]})
    async with at_desk(db, folder) as desk:
        assert desk.model.refused() == {"agenda-new": ["CV", "Praktik"]}
        desk.model.offered["agenda-new"] = "CV"
        line = desk.model.opened.free("agenda_item")
        add = edits.AddItem(line=line, topic="CV", by="citizen", state="agreed")
        desk.model.edit(add, field="agenda-new", text="CV")
        assert desk.model.refused() == {"agenda-new": ["Praktik"]}
        await desk.settle()
        assert desk.model.refused() == {"agenda-new": ["Praktik"]}


@pytest.mark.parametrize(
    ("field", "typed", "text"),
    [
        ("agenda-new", " CV", "CV"),
        ("need", "Ro og", "Ro og tid"),
        ("step-how", '["Ringe", "Tele", ""]', '["Ringe", "Telefon", ""]'),
    ],
)
async def test_a_text_that_is_in_an_edit_that_waits_is_not_unfinished_too(
    db: Path, folder: Path, field: str, typed: str, text: str
) -> None:
    """Killed while both are in the recovery file, or the one in the database and the other in the file."""
    async with at_desk(db, folder) as desk:
        if field == "need":
            desk.drafts.place(SESSION, 2, field, "5", typed)
        holder = Holder(db)
        if field != "need":
            desk.drafts.place(SESSION, 2, field, "5", typed)
        desk.model.edit(edits.SetText(field="need", text="x"), field=field.replace("how", "what"), text=text)
        await desk.settle()
        assert not desk.drafts.secure()
    holder.let_go()
    async with at_desk(db, folder) as desk:
        left = desk.drafts.left(SESSION)
        assert left is not None
        assert (left.field, left.text) == (field, None)
        await desk.settle()
        assert desk.session.need == "x"


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("agenda-new", " CV", None),
        ("agenda-new", "Praktik", "Praktik"),
        ("step-when", '["Ringe", "Telefon", "1/6"]', None),
        ("step-what", '["Ringe", "", ""]', None),
        ("step-what", '["Skrive", "", ""]', '["Skrive", "", ""]'),
    ],
)
async def test_a_line_that_was_entered_just_before_a_kill_does_not_stand_there_still(
    db: Path, folder: Path, field: str, typed: str, kept: str | None
) -> None:
    """Killed between the commit and the word of it, before what was kept while it was typed has been forgotten."""
    async with at_desk(db, folder) as desk:
        desk.drafts.place(SESSION, 2, field, "1", typed)
        line = desk.model.opened.free("agenda_item")
        desk.model.edit(edits.AddItem(line=line, topic="CV", by="citizen", state="agreed"))
        desk.model.edit(edits.AddStep(line=desk.model.opened.free("step"), what="Ringe", how="Telefon"))
        await desk.settle()
    async with at_desk(db, folder) as desk:
        left = desk.drafts.left(SESSION)
        assert left is not None
        assert (left.field, left.text) == (field, kept)


async def test_what_is_typed_after_an_edit_that_waits_is_unfinished(db: Path, folder: Path) -> None:
    async with at_desk(db, folder) as desk:
        holder = Holder(db)
        desk.model.edit(edits.SetText(field="need", text="x"), field="agenda-new", text="CV")
        desk.drafts.place(SESSION, 2, "agenda-new", "3", "Praktik")
        await desk.settle()
        assert not desk.drafts.secure()
    holder.let_go()
    async with at_desk(db, folder) as desk:
        left = desk.drafts.left(SESSION)
        assert left is not None
        assert left.text == "Praktik"


async def test_undo_itself_waits_for_the_database(db: Path, folder: Path) -> None:
    async with at_desk(db, folder) as desk:
        desk.model.edit(edits.SetText(field="need", text="Ro"))
        await desk.settle()
        holder = Holder(db)
        desk.model.undo()
        await desk.settle()
        holder.let_go()
        desk.queue.send_waiting()
        await desk.settle()
        assert desk.session.need is None
        desk.queue.send_waiting()
        await desk.settle()
        assert desk.session.need is None


async def test_undo_takes_no_older_edit_than_the_last_one(db: Path, folder: Path) -> None:
    """The first has been refused by a database that is locked, the second is on its way there."""
    async with at_desk(db, folder) as desk:
        holder = Holder(db)
        desk.model.edit(edits.SetText(field="need", text="Ro"))
        await desk.settle()
        desk.model.edit(edits.SetText(field="frame", text="En time"))
        assert desk.model.undo() is None
        assert (desk.model.session.need, desk.model.session.frame) == ("Ro", None)
        await desk.settle()
        holder.let_go()
        desk.queue.send_waiting()
        await desk.settle()
        assert (desk.session.need, desk.session.frame) == ("Ro", None)


async def test_undo_twice_takes_two_back_however_late_the_database_is(db: Path, folder: Path) -> None:
    """The first waits behind its edit; the second does not take the first back."""
    async with at_desk(db, folder) as desk:
        for text in ("Ro", "Ro og tid"):
            desk.model.edit(edits.SetText(field="need", text=text))
        await desk.settle()
        holder = Holder(db)
        desk.model.edit(edits.SetText(field="need", text="Ro, tid og luft"))
        assert desk.model.undo() is None  # nothing has been refused by then: it is made behind its edit
        assert desk.model.session.need == "Ro og tid"
        await desk.settle()
        assert desk.model.undo() is None
        await desk.settle()
        holder.let_go()
        desk.queue.send_waiting()
        await desk.settle()
        assert (desk.session.need, desk.model.session.need) == ("Ro", "Ro")
        desk.model.redo()
        desk.model.redo()
        await desk.settle()
        assert desk.session.need == "Ro, tid og luft"


def begun(desk: Desk, citizen: str = "ditte-ny") -> list[tuple[str, str]]:
    """The sessions that have been begun with a citizen who had none: as they stand, and what the history says."""
    found = desk.connection.execute(
        "SELECT s.status, h.action FROM session s JOIN history h ON h.subject = s.key WHERE s.citizen = ?", (citizen,)
    )
    return found.fetchall()


def started(desk: Desk) -> list[Any]:
    return [one.result for one in desk.heard if isinstance(one, BackgroundResult) and one.what == STARTED]


async def test_a_session_that_is_begun_is_there_to_be_opened(db: Path, folder: Path) -> None:
    async with at_desk(db, folder) as desk:
        for _ in range(2):
            desk.queue.begin_session("ditte-ny")
            await desk.settle()
        assert begun(desk) == [("draft", "session.start")]
        keys = desk.connection.execute("SELECT key FROM session WHERE citizen = 'ditte-ny'").fetchall()
        assert [(key,) for key in started(desk)] == keys * 2
        desk.queue.begin_session("kaj-lind", "nobody")
        await desk.settle()
        assert isinstance(desk.heard[-1], NotSaved)
        assert not desk.heard[-1].waits
        assert not desk.drafts.waiting()


async def test_the_beginning_of_a_session_waits_for_the_database_and_is_made_once(db: Path, folder: Path) -> None:
    async with at_desk(db, folder) as desk:
        holder = Holder(db)
        for _ in range(2):
            desk.queue.begin_session("ditte-ny")
            await desk.settle()
            assert isinstance(desk.heard[-1], NotSaved)
            assert desk.heard[-1].waits
        assert len(desk.queue.waits()) == 1
        holder.let_go()
        desk.queue.send_waiting()
        await desk.settle()
        assert begun(desk) == [("draft", "session.start")]
        assert not desk.drafts.waiting()
        desk.queue.begin_session("ditte-ny")
        await desk.settle()
        assert len(begun(desk)) == len(started(desk)) == 1


async def test_the_beginning_of_a_session_outlives_the_app(db: Path, folder: Path) -> None:
    async with at_desk(db, folder) as desk:
        holder = Holder(db)
        desk.queue.begin_session("ditte-ny")
        await desk.settle()
        assert not desk.drafts.secure()
    async with at_desk(db, folder) as desk:  # the database is still locked
        await desk.settle()
        assert len(desk.queue.waits()) == 1
        assert not desk.drafts.secure()
        assert len(list(folder.glob("recovery-*.json"))) == 1
    holder.let_go()
    async with at_desk(db, folder) as desk:
        await desk.settle()
        assert begun(desk) == [("draft", "session.start")]
        assert list(folder.glob("recovery-*.json")) == []


async def test_a_completed_session_takes_no_edit_but_says_who_completed_it(db: Path, folder: Path) -> None:
    async with at_desk(db, folder) as desk:
        seen = reads.session_version(desk.connection, SESSION)
        lifecycle.complete(ChangeContext(database=desk.database, actor=Actor("bo", "bo"), key=SESSION, seen=seen))
        desk.model.edit(edits.SetScore(indicator="mod", by="citizen", value=7), what="Mod 7")
        await desk.settle()
        refused = desk.heard[-1]
        assert isinstance(refused, NotSaved)
        assert isinstance(refused.error, ChangedByOtherError)
        assert refused.error.clash is not None
        assert refused.error.clash.closed == (SESSION,)
        assert [field for field, _text in desk.model.left()] != []


async def test_a_question_waits_for_the_changes_before_it_and_holds_none_up(db: Path, folder: Path) -> None:
    async with at_desk(db, folder) as desk:
        go = asyncio.Event()
        seen: list[str | None] = []

        def question() -> str | None:
            with desk.database.connected() as connection:
                found = reads.session(connection, SESSION)
            seen.append(found.need if found else None)
            asyncio.run_coroutine_threadsafe(go.wait(), desk.loop).result(20)
            return seen[-1]

        desk.model.edit(edits.SetText(field="need", text="Ro"))
        desk.queue.run_in_background("need", question)
        desk.model.edit(edits.SetText(field="frame", text="En time"))
        async with asyncio.timeout(20):
            while desk.session.frame is None:  # the question still stands
                await asyncio.sleep(0.005)
        assert not any(isinstance(one, BackgroundResult) for one in desk.heard)
        go.set()
        await desk.settle()
        async with asyncio.timeout(20):
            while not any(isinstance(one, BackgroundResult) for one in desk.heard):
                await asyncio.sleep(0.005)
        assert seen == ["Ro"]


async def test_a_change_of_another_record_is_a_job(db: Path, folder: Path) -> None:
    async with at_desk(db, folder) as desk:
        desk.queue.record("unit", lambda _database, _actor: 7)
        await desk.settle()
        assert isinstance(desk.heard[-1], Saved)
        assert desk.heard[-1].result == RecordSaved("unit", 7)


async def test_a_fault_of_the_program_is_handed_on(db: Path, folder: Path) -> None:
    async with at_desk(db, folder) as desk:
        desk.queue.record("unit", lambda _database, _actor: 1 / 0)
        async with asyncio.timeout(20):
            while not desk.faults:
                await asyncio.sleep(0.005)
        assert isinstance(desk.faults.pop(), ZeroDivisionError)


async def test_read_only_makes_nothing(db: Path, folder: Path) -> None:
    Database(db).prepare()
    database = Database(db, read_only=True)
    desk = Desk(database, folder)
    desk.queue.edit(SESSION, edits.SetText(field="need", text="Ro"))
    await desk.settle()
    assert isinstance(desk.heard[-1], NotSaved)
    assert "read-only" in str(desk.heard[-1].error)
    assert not list(folder.glob("*"))
    desk.queue.close(1.0)
    desk.connection.close()


def test_nothing_of_it_knows_textual() -> None:
    code = (
        "import sys, pkgutil, importlib, jobsamtale_tui.editing as e\n"
        "[importlib.import_module(m.name) for m in pkgutil.iter_modules(e.__path__, e.__name__ + '.')]\n"
        "print([m for m in sys.modules if m.split('.')[0] == 'textual'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_history_refuses_the_same_edit_twice(db: Path) -> None:
    with Database(db).connected() as connection:
        columns = "at, login, action, subject_kind, subject, edit"
        connection.execute(
            f"INSERT INTO history ({columns}) VALUES ('2026-06-03T08:00:00Z', 'a', 'x', 's', 's', 'a-1')"
        )
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(
                f"INSERT INTO history ({columns}) VALUES ('2026-06-03T08:00:00Z', 'a', 'x', 's', 's', 'a-1')"
            )


async def test_a_line_that_is_added_asks_for_none_that_somebody_took_out(db: Path, folder: Path) -> None:
    async with at_desk(db, folder) as desk:
        free = desk.model.opened.free("agenda_item")
        desk.bo(edits.AddItem(line=free, topic="Bos", by="citizen", state="agreed"))
        desk.bo(edits.RemoveItem(line=free))
        desk.model.edit(edits.AddItem(line=free, topic="Annes", by="citizen", state="agreed"))
        await desk.settle()
        assert [item.topic for item in desk.session.agenda] == ["Annes"]
        assert not [one for one in desk.heard if isinstance(one, NotSaved)]


async def test_what_was_recovered_in_trouble_goes_before_what_is_typed_since(db: Path, folder: Path) -> None:
    async with at_desk(db, folder) as desk:
        holder = Holder(db)
        desk.model.edit(edits.SetText(field="need", text="Først"), field="need", text="Først")
        await desk.settle()
        desk.drafts.secure()
    async with at_desk(db, folder) as desk:  # it is locked still, and what was recovered is sent when it is opened
        desk.model.edit(edits.SetText(field="need", text="Sidst"), field="need", text="Sidst")
        await desk.settle()
        holder.let_go()
        desk.queue.send_waiting()
        await desk.settle()
        assert desk.session.need == "Sidst"
        assert [action for action, _edit in desk.entries()] == ["text.need", "text.need"]
