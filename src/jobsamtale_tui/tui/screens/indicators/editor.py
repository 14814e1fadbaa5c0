"""One indicator as a form, and beside it the form as the citizen will meet it. Every change is saved as the draft."""

from collections.abc import Coroutine, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from jobsamtale_tui.casework.change.context import ChangeContext
from jobsamtale_tui.casework.indicators import editing as indicator_editing
from jobsamtale_tui.casework.indicators import families
from jobsamtale_tui.editing.outcomes import RecordSaved
from jobsamtale_tui.errors import ChangedByOtherError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method import indicator_lint
from jobsamtale_tui.records import Indicator, Wording
from jobsamtale_tui.reference import language
from jobsamtale_tui.store.questions import quick_reads
from jobsamtale_tui.store.sqlite.database import Database
from jobsamtale_tui.tui.commands import route
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.commands.registry import FORMS, INDICATOR, INDICATORS
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.screens.common.form import FormScreen
from jobsamtale_tui.tui.screens.indicators.form_model import LEVEL, Page, suggested_mapping
from jobsamtale_tui.tui.widgets.form import Form
from jobsamtale_tui.tui.widgets.indicator_preview import IndicatorPreview

if TYPE_CHECKING:
    from jobsamtale_tui.casework.change.context import Actor
    from jobsamtale_tui.editing.outcomes import BackgroundResult, NotSaved, Saved


class IndicatorEditorScreen(FormScreen):
    """The form and its preview. What is valid is saved as the draft; what is not is remembered as it was typed."""

    shows: ClassVar[tuple[str, ...]] = (
        "indicator.publish",
        "indicator.preview",
        "indicator.language",
        "indicator.undo",
    )
    where: ClassVar[tuple[str, ...]] = (INDICATOR, INDICATORS, FORMS)
    DEFAULT_CSS: ClassVar[str] = """
    IndicatorEditorScreen #both { height: 1fr; }
    IndicatorEditorScreen Form { width: 1fr; }
    IndicatorEditorScreen IndicatorPreview { width: 54; border-left: solid $dim; }
    IndicatorEditorScreen.-narrow IndicatorPreview { display: none; border: none; }
    IndicatorEditorScreen.-narrow.looking IndicatorPreview { display: block; width: 1fr; }
    IndicatorEditorScreen.-narrow.looking Form { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("indicator.publish"),
        bind("indicator.undo"),
        bind("indicator.redo"),
        bind("indicator.language"),
        bind("indicator.preview"),
    ]

    def __init__(self, key: str) -> None:
        super().__init__(f"indicator.edit {key}", "", key)
        self.key = key
        self._language = "da"
        self._levels: dict[str, Wording] = {}
        self._more: tuple[str, ...] = ()
        self._line: str | None = None
        self._building = False
        """The form is being replaced: its lines do not all stand yet."""
        self._left_at: str | None = None
        self._seen = [0]
        """The draft's version, known to the write_queue's thread alone once the form stands."""
        self._page: Page
        self._sent: Indicator | None
        """What the write_queue has last been given; None where it could not save it."""

    # The form

    def body(self) -> ComposeResult:
        """Form and preview."""
        with Horizontal(id="both"):
            yield from super().body()
            yield IndicatorPreview()

    def build(self, typed: Mapping[str, str]) -> Form:
        """The draft, or what it would be a draft upon."""
        family = self.family
        if family is None:
            self.call_later(self.dismiss)
            return Form(*self._page.items(), values=self._page.values())
        self._seen = [quick_reads.draft_version(self.connection, self.key)]
        form = self._form(family.draft or _upon(family.newest), typed)
        self._sent = self._page.read(self._page.values())
        return form

    def _form(self, shown: Indicator, typed: Mapping[str, str]) -> Form:
        family = self.family
        earlier = family.published if family else None
        self._levels |= shown.scale.levels or {}
        self._page = Page(shown, self._language, earlier, self._levels, self._more)
        page, terms = self._page, language.language().terms
        return Form(*page.items(), values=page.values(), typed=typed, check=lambda values: page.faults(values, terms))

    @property
    def family(self) -> families.Family | None:
        """All versions as they stand on disk."""
        return next((one for one in families.families(self.connection) if one.key == self.key), None)

    def on_mount(self) -> None:
        """Says where one is, and shows what stands there."""
        self.call_after_refresh(self._head)
        self.call_after_refresh(self._look)

    def on_screen_resume(self) -> None:
        """The draft may have been published."""
        if not self.query(Form) or self.shell.write_queue.busy:
            return
        if quick_reads.draft_version(self.connection, self.key) != self._seen[0]:
            self._soon(self.renew())

    def _head(self) -> None:
        family = self.family
        if family is None:
            return
        draft, old = family.draft, family.published
        if draft is None:
            said = _("version {version}, nothing changed yet").format(version=family.newest.version)
        elif old is None:
            said = _("draft, not published yet")
        else:
            said = _("draft upon version {version}").format(version=old.version)
        pages = [one if one != self._language else f"[{one}]" for one in self._page.languages(self.form.values)]
        shown = (draft or family.newest).name.say()
        self.title_line(f"{shown} · {OwnText(said)}", OwnText(" ".join(pages)))

    def _read(self) -> Indicator | None:
        form = self.form
        return self._page.read(form.values) if form.valid else None

    def _look(self) -> None:
        found, here = self._read(), self.form.here or ""
        if found is None:
            return
        level = int(here.removeprefix(LEVEL)) if here.startswith(LEVEL) else None
        advice = indicator_lint.remarks(found, language.language().terms)
        self.query_one(IndicatorPreview).show(found, self._language, level, advice)

    def typed(self, name: str) -> None:
        """The preview follows; after a pause it is saved."""
        if self._building:
            return
        if name == "by":
            self._suggest()
        self._look()

    def _suggest(self) -> None:
        form, earlier = self.form, self._page.earlier
        if form.field("by").value == "levels" and earlier and not form.field("mapping").value.strip():
            values = form.values
            if values["min"] is not None and values["max"] is not None and values["min"] < values["max"]:
                scale = replace(earlier.scale, min=values["min"], max=values["max"], levels=None, stages=())
                form.put("mapping", suggested_mapping(earlier.scale, scale))

    @on(events.DescendantFocus)
    def entered(self) -> None:
        """The preview shows the level that one has come to; the line that was left is saved."""
        if self._building or self.form.here == self._line:
            return
        self._line = self.form.here
        self.keep()
        self._look()

    # Saving

    def keep(self) -> None:
        """Remembers what is typed, until it is saved; saves what is valid as the draft."""
        if not self.is_mounted or self._building or self.shell.database.read_only:
            return
        found = self._read()
        if found is None or found != self._sent:
            super().keep()
        elif not self.shell.write_queue.busy:
            self.shell.drafts.forget(self.what)
        if found is None or found == self._sent:
            return
        self._sent, typed, seen, key = found, self.form.typed, self._seen, self.key
        drafts, what, kept = self.shell.drafts, self.what, self.form.dirty

        def job(database: Database, actor: "Actor") -> Any:
            place = ChangeContext(database=database, actor=actor, key=key, seen=seen[0])
            seen[0] = indicator_editing.save_draft(place, found)
            now = drafts.typed(what)
            if now and now[0] == kept:
                drafts.forget(what)  # at once: the app may be on its way out
            return "draft", (typed, found)

        self.shell.write_queue.record(self.what, job)

    def saved(self, message: "Saved") -> None:
        """What was typed is the draft now; a form with another range has other lines."""
        result = message.result
        if not isinstance(result, RecordSaved) or result.what != self.what:
            return
        if self._building:
            self.call_later(self.saved, message)
            return
        what, value = result.result
        if what == "draft":
            typed, kept = value
            self.form.settle(typed)
            if (kept.scale.min, kept.scale.max) != (self._page.indicator.scale.min, self._page.indicator.scale.max):
                self._soon(self._put(kept))
            self._head()
        elif what == "publish":
            self._publish()
        else:
            self.shell.say(value)
            self._soon(self.renew(typed=False))

    def not_saved(self, message: "NotSaved") -> None:
        """Another one's draft shows with what was typed over it; nothing is lost."""
        if message.field != self.what:
            return
        if self._building:
            self.call_later(self.not_saved, message)
            return
        dirty = self.form.dirty
        if dirty:
            self._sent = None
        self.shell.drafts.form(self.what, dirty)
        self.shell.release_keys()
        if isinstance(message.error, ChangedByOtherError):
            self._soon(self.renew())
        else:
            self.form.say(str(message.error), bad=True)

    def database_back(self) -> None:
        """What could not be saved is tried again."""
        if self._sent is None:
            self.keep()

    async def renew(self, *, typed: bool = True) -> None:
        """The draft as it stands on disk, with what was typed and not saved over it."""
        await self._replace(self.build(self.form.dirty if typed else {}))

    async def _put(self, shown: Indicator) -> None:
        await self._replace(self._form(shown, self.form.dirty))

    def _soon(self, work: Coroutine[Any, Any, None]) -> None:
        """Replaces the form; keys wait until the new one stands."""
        self.shell.pause_keys()
        self.run_worker(work)

    async def _replace(self, form: Form) -> None:
        old, here = self.form, self.form.here or self._left_at
        self._building = True
        with self.app.batch_update():
            await old.remove()
            await self.query_one("#both").mount(form, before=0)
        self._building = False
        if here in form.items and here is not None and not self.has_class("looking"):
            form.go(here)
        self._line = form.here
        self._head()
        self._look()
        self.shell.release_keys()

    # Commands

    def finish(self) -> None:
        """All is saved already: leaves, or says what is missing."""
        if self.form.valid:
            self.action_back()
        else:
            self.form.blame()

    def action_back(self) -> None:
        """From the preview back to the form; else saves what is valid and leaves."""
        if self.has_class("looking"):
            self.action_indicator_preview()
        elif self.form.valid:
            self.keep()
            self.dismiss()
        else:
            super().action_back()

    def action_indicator_preview(self) -> None:
        """In a narrow window the form and its preview take turns."""
        if not self.has_class("-narrow"):
            self.shell.say(_("The form stands beside it, as the citizen meets it"))
            return
        looking = not self.has_class("looking")
        if looking:
            self._left_at = self.form.here
            self.keep()
        self._look()
        self.set_class(looking, "looking")
        if not looking:
            self.call_after_refresh(self.form.go, self._left_at or next(iter(self.form.items)))

    def action_indicator_language(self) -> None:
        """The texts in the next language."""
        found = self._read()
        if found is None:
            self.form.blame()
            return
        known = self._page.languages(self.form.values)
        known += [] if "en" in known else ["en"]
        self._more = tuple(known)
        self.keep()
        self._language = known[(known.index(self._language) + 1) % len(known)] if self._language in known else "da"
        # The key has to be done with in the line that it came to, before that line goes: so it takes the long way.
        self.shell.pause_keys()
        self.shell.write_queue.run_in_background(self.what, lambda: found)

    def ready(self, message: "BackgroundResult") -> None:
        """The form can be replaced by the one in the next language."""
        if message.what == self.what:
            self._soon(self._turn(message.result))

    async def _turn(self, shown: Indicator) -> None:
        await self._replace(self._form(shown, {}))

    def action_indicator_publish(self) -> None:
        """What it means to publish the draft, once all is saved."""
        if not self.form.valid:
            self.form.blame()
            return
        self.keep()
        self.shell.pause_keys()
        self.shell.write_queue.record(self.what, lambda _database, _actor: ("publish", None))

    def _publish(self) -> None:
        family = self.family
        self.shell.release_keys()
        if family is None or family.draft is None:
            self.shell.say(_("Nothing has been changed since it was published"))
        else:
            self.open(route.IndicatorPublish(family))

    def action_indicator_undo(self) -> None:
        """Takes back the last change."""
        self._take(back=True)

    def action_indicator_redo(self) -> None:
        """Makes it again."""
        self._take(back=False)

    def _take(self, *, back: bool) -> None:
        if not self.form.valid:
            self.action_form_reset()
            return
        self.keep()
        self.shell.pause_keys()
        key = self.key

        def job(database: Database, actor: "Actor") -> Any:
            (indicator_editing.undo if back else indicator_editing.redo)(database, actor, key)
            return "taken", _("The last change was undone") if back else _("What was undone was made again")

        self.shell.write_queue.record(self.what, job)


def _upon(published: Indicator) -> Indicator:
    """A draft upon a published version in which nothing is changed yet."""
    return replace(
        published,
        version=published.version + 1,
        status="draft",
        from_=None,
        until=None,
        reason=None,
        converts=None,
    )
