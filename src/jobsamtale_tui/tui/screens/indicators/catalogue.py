"""The catalogue of indicators: made, changed, copied, put in order, retired and brought back."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from jobsamtale_tui import dates, texts
from jobsamtale_tui.casework.change.context import ChangeContext
from jobsamtale_tui.casework.indicators import editing as indicator_editing
from jobsamtale_tui.casework.indicators import families
from jobsamtale_tui.casework.indicators.families import Family
from jobsamtale_tui.editing.outcomes import RecordSaved
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.questions import quick_reads
from jobsamtale_tui.store.sqlite.database import Database
from jobsamtale_tui.tui.commands import route
from jobsamtale_tui.tui.commands.bindings import bind, bind_pair
from jobsamtale_tui.tui.commands.registry import INDICATORS
from jobsamtale_tui.tui.look.privacy import OwnText, public
from jobsamtale_tui.tui.screens.common.record_list import FollowedRows
from jobsamtale_tui.tui.screens.indicators.form_model import published
from jobsamtale_tui.tui.shell.screen import BaseScreen
from jobsamtale_tui.tui.widgets.indicator_preview import IndicatorPreview, Shown
from jobsamtale_tui.tui.widgets.rows import Line, Rows

if TYPE_CHECKING:
    from jobsamtale_tui.casework.change.context import Actor
    from jobsamtale_tui.editing.outcomes import NotSaved, Saved

WHAT = "indicators"


class IndicatorsScreen(BaseScreen):
    """All indicators in their order, with what stands of each; beside them the one under the cursor as she meets it."""

    shows: ClassVar[tuple[str, ...]] = (
        *("indicator.open", "indicator.new", "indicator.copy", "indicator.retire"),
        *("indicator.publish", "indicator.undo", "indicator.preview", "palette"),
    )
    where: ClassVar[tuple[str, ...]] = (INDICATORS,)
    DEFAULT_CSS: ClassVar[str] = """
    IndicatorsScreen #both { height: 1fr; }
    IndicatorsScreen #indicators { width: 1fr; }
    IndicatorsScreen IndicatorPreview { width: 54; border-left: solid $dim; }
    IndicatorsScreen.-narrow IndicatorPreview { display: none; border: none; }
    IndicatorsScreen.-narrow.looking IndicatorPreview { display: block; width: 1fr; }
    IndicatorsScreen.-narrow.looking #indicators { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("indicator.open"),
        bind("indicator.new"),
        bind("indicator.copy"),
        *bind_pair("indicator.move", "indicator_move(-1)", "indicator_move(1)"),
        bind("indicator.retire"),
        bind("indicator.discard"),
        bind("indicator.publish"),
        bind("indicator.convert"),
        bind("indicator.undo"),
        bind("indicator.redo"),
        bind("indicator.preview"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._families: dict[str, Family] = {}

    def body(self) -> ComposeResult:
        """The list and the form beside it, and what the marks mean."""
        with Horizontal(id="both"):
            yield FollowedRows(_("No indicators yet; + makes one"), id="indicators")
            yield IndicatorPreview()
        yield Static(
            public(_("● in force  × retired  ○ not published yet  ✎ a draft that no session sees")),
            classes="hint",
            markup=False,
        )

    def on_mount(self) -> None:
        """The cursor stands on the first."""
        self.title_line(OwnText(_("Indicators")))
        self._fill()
        self.query_one(Rows).focus()
        self.call_after_refresh(self.look)

    def on_screen_resume(self) -> None:
        """What was changed in the form stands in the list."""
        if self.query(Rows):
            self._fill()

    def _fill(self, key: str | None = None) -> None:
        rows = self.query_one(Rows)
        found = families.families(self.connection)
        self._families = {family.key: family for family in found}
        rows.fill([Line(family.key, _cells(family, self.size.width)) for family in found], key=key or rows.key)
        self.look()

    @on(FollowedRows.Moved)
    def look(self) -> None:
        """The preview shows the one under the cursor, its draft where it has one."""
        if self.family is not None and self.query(Shown):
            self.query_one(IndicatorPreview).show(self.family.draft or self.family.newest, "da", None, [])

    @property
    def family(self) -> Family | None:
        """The indicator under the cursor."""
        return self._families.get(self.query_one(Rows).key or "")

    @on(Rows.PastEnd)
    def stay(self) -> None:
        """The list ends here."""

    @on(Rows.Chosen)
    def chosen(self) -> None:
        """The form opens."""
        self.action_indicator_open()

    # Commands

    def action_indicator_preview(self) -> None:
        """In a narrow window the list and the form take turns."""
        if not self.has_class("-narrow"):
            self.shell.say(_("The form stands beside it, as the citizen meets it"))
        elif self.family is not None:
            self.toggle_class("looking")
            if not self.has_class("looking"):
                self.query_one(Rows).focus()

    def action_back(self) -> None:
        """From the form to the list, then the screen."""
        if self.has_class("looking"):
            self.action_indicator_preview()
        else:
            super().action_back()

    def action_indicator_open(self) -> None:
        """The form for the indicator."""
        if self.family:
            self.open(route.IndicatorEditor(self.family.key))

    def action_indicator_new(self) -> None:
        """A form for a new one."""
        self.open(route.IndicatorNew(self.made))

    def action_indicator_copy(self) -> None:
        """A form for a copy."""
        if self.family:
            self.open(route.IndicatorNew(self.made, self.family.draft or self.family.newest))

    def made(self, key: str) -> None:
        """A new one was begun: its form opens."""
        self._fill(key)
        self.open(route.IndicatorEditor(key))

    def action_indicator_move(self, way: int) -> None:
        """One place up or down."""
        keys, here = list(self._families), self.family
        if here is None or not 0 <= keys.index(here.key) + way < len(keys):
            return
        at = keys.index(here.key)
        keys[at], keys[at + way] = keys[at + way], keys[at]
        moved = here.key

        def job(database: Database, actor: "Actor") -> Any:
            indicator_editing.arrange(database, actor, moved, keys)

        self._record(job)

    def action_indicator_retire(self) -> None:
        """Asks why; retires it, or brings it back."""
        family = self.family
        if family is None:
            return
        if family.published is None:
            self.shell.say(_("It is not published, so it cannot be retired; delete discards the draft"))
        else:
            self.open(route.IndicatorRetire(family.key, family.newest.name.say(), active=family.active))

    def action_indicator_discard(self) -> None:
        """The draft goes; undo brings it back."""
        family = self.family
        if family is None or family.draft is None:
            self.shell.say(_("There is no draft of it"))
            return
        place = self._place(family.key)

        def job(database: Database, actor: "Actor") -> Any:
            indicator_editing.discard(place(database, actor))
            return _("The draft is discarded; u brings it back")

        self._record(job)

    def action_indicator_publish(self) -> None:
        """What publishing the draft means."""
        if self.family is None or self.family.draft is None:
            self.shell.say(_("There is no draft of it"))
        else:
            self.open(route.IndicatorPublish(self.family))

    def action_indicator_convert(self) -> None:
        """How scores of an earlier version are drawn on the one after it."""
        if self.family is None or len(published(self.family)) < 2:
            self.shell.say(_("There is one published version, so no scores have to be moved"))
        else:
            self.open(route.IndicatorConvert(self.family))

    def action_indicator_undo(self) -> None:
        """Takes back what one last did to the indicator."""
        self._take(back=True)

    def action_indicator_redo(self) -> None:
        """Makes it again."""
        self._take(back=False)

    def _take(self, *, back: bool) -> None:
        key = self.query_one(Rows).key
        if key is None:
            return

        def job(database: Database, actor: "Actor") -> Any:
            (indicator_editing.undo if back else indicator_editing.redo)(database, actor, key)
            return _("The last change was undone") if back else _("What was undone was made again")

        self._record(job)

    def _place(self, key: str) -> "Callable[[Database, Actor], ChangeContext]":
        seen = quick_reads.draft_version(self.connection, key)
        return lambda database, actor: ChangeContext(database=database, actor=actor, key=key, seen=seen)

    def _record(self, job: "Callable[[Database, Actor], Any]") -> None:
        self.shell.pause_keys()
        self.shell.write_queue.record(WHAT, job)

    def saved(self, message: "Saved") -> None:
        """It stands in the list."""
        result = message.result
        if isinstance(result, RecordSaved) and result.what == WHAT:
            self._fill()
            self.shell.release_keys()
            if result.result:
                self.shell.say(result.result)

    def not_saved(self, message: "NotSaved") -> None:
        """The list as it stands now."""
        if message.field == WHAT:
            self._fill()


def _cells(family: Family, width: int) -> tuple[tuple[str, str], ...]:
    one = family.newest
    mark, look = ("○ ", "dim") if family.published is None else ("● ", "good") if family.active else ("× ", "dim")
    scale = f"{one.scale.min}–{one.scale.max}"
    said = [OwnText(_("version {version}").format(version=one.version))]
    if one.status == "retired":
        until = dates.short_day(one.until) if one.until else ""
        said.append(OwnText(_("retired {day}").format(day=until).strip()))
    if family.published is None:
        said.append(OwnText(_("not published")))
    elif family.draft is not None:
        said.append(OwnText(_("✎ draft of version {version}").format(version=family.draft.version)))
    room = 30 if width < 160 else 44
    area = ((f"  {texts.shortened(one.area or '', 30)}", "dim"),) if width >= 160 else ()
    return (
        (OwnText(mark), look),
        (f"{texts.shortened(one.name.say(), room):<{room + 1}}", "strong" if family.active else ""),
        (f"{scale:<8}", ""),
        (OwnText(", ".join(said)), "dim"),
        *area,
    )
