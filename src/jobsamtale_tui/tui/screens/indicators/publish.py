"""What publishing a draft means: what differs, whether a number still means what it did, and why it is changed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from jobsamtale_tui import dates
from jobsamtale_tui.casework.change.context import ChangeContext
from jobsamtale_tui.casework.indicators import editing as indicator_editing
from jobsamtale_tui.casework.indicators import families
from jobsamtale_tui.casework.indicators import files as indicator_files
from jobsamtale_tui.casework.indicators.families import Family
from jobsamtale_tui.i18n import N_, _
from jobsamtale_tui.method import meaning
from jobsamtale_tui.store.questions import quick_reads
from jobsamtale_tui.store.sqlite.database import Database
from jobsamtale_tui.tui.look.privacy import public
from jobsamtale_tui.tui.screens.common.form import FormScreen, Job
from jobsamtale_tui.tui.widgets.form import Choice, Day, Form, Item, Text

if TYPE_CHECKING:
    from jobsamtale_tui.casework.change.context import Actor


_NAMES: Mapping[str, str] = {
    "name": N_("Name"),
    "question": N_("Question"),
    "area": N_("Area"),
    "scale.min": N_("Lowest level"),
    "scale.max": N_("Highest level"),
    "scale.stages": N_("Stages"),
    "reliable_change.threshold": N_("Real from"),
    "reliable_change.sd": N_("SD"),
    "reliable_change.reliability": N_("Reliability"),
    "reliable_change.source": N_("Says who"),
}


def difference_line(one: meaning.Difference) -> str:
    """A difference in the words of the editor's lines: `Level 3: »…« → »…«`; another language is named behind."""
    field, _dot, language = one.path.rpartition(".")
    level = field.removeprefix("scale.levels.")
    if one.path in _NAMES:
        said = _(_NAMES[one.path])
    elif field in _NAMES or level != field:
        said = _(_NAMES[field]) if field in _NAMES else _("Level {level}").format(level=level)
        said += "" if language == "da" else f" ({language})"
    else:
        said = one.path
    return indicator_files.difference_line(
        replace(one, path=said, before=_stages(one.before), after=_stages(one.after))
    )


def _stages(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    return "; ".join(f"{stage['from']}-{stage['to']} {stage['name'].get('da', '')}" for stage in value)


class PublishScreen(FormScreen):
    """What differs from the version in force, what the program makes of it, and the decision."""

    DEFAULT_CSS: ClassVar[str] = """
    PublishScreen #differences { height: auto; max-height: 50%; padding: 1 2 0 2; }
    PublishScreen #differences Static { height: auto; }
    """

    def __init__(self, family: Family) -> None:
        title = _("Publish {name}").format(name=family.versions[-1].name.say())
        super().__init__(f"indicator.publish {family.key}", title, family.key)
        self.family = family
        self._seen = 0

    def body(self) -> ComposeResult:
        """The differences above the form."""
        with VerticalScroll(id="differences"):
            yield Static(id="told", markup=False)
        yield from super().body()

    def build(self, typed: Mapping[str, str]) -> Form:
        """How it is published, from when, and why."""
        found = next((one for one in families.families(self.connection) if one.key == self.family.key), self.family)
        self.family, self._seen = found, quick_reads.draft_version(self.connection, found.key)
        self.call_after_refresh(self._tell)
        old = found.published
        items: list[Item] = []
        if old is not None:
            items.append(Choice("how", _("Publish"), options=self._ways()))
        items += [
            Text("reason", _("Why"), needed=old is not None, hint=_("Kept with the version and shown with it")),
            Day("from", _("In force from"), hint=_("Only for a new version; blank is today")),
        ]
        return Form(*items, values={"how": self._ways()[0][0] if old else "new", "from": dates.today()}, typed=typed)

    def _ways(self) -> tuple[tuple[str, str], ...]:
        """The proposal first; the other one where it is possible."""
        old, draft = self.family.published, self.family.draft
        if old is None or draft is None:
            return (("new", ""),)
        new = ("new", _("as version {version}: numbers mean something else").format(version=draft.version))
        same = ("same", _("in version {version}: numbers mean the same").format(version=old.version))
        if self._effect != "meaning":
            return (same, new)
        if families.in_use(self.connection, old.key, old.version):
            return (new,)
        return (new, same)

    @property
    def _effect(self) -> meaning.Effect:
        return meaning.effect(self._differences())

    def _differences(self) -> list[meaning.Difference]:
        old, draft = self.family.published, self.family.draft
        return meaning.differences(old, draft) if old and draft else []

    def _tell(self) -> None:
        old, draft = self.family.published, self.family.draft
        if draft is None:
            lines = [_("There is no draft any more")]
        elif old is None:
            lines = [_("It is published for the first time: from then on it can be chosen and scored.")]
        else:
            lines = [difference_line(one) for one in self._differences()]
            lines = lines or [_("Nothing that is said to the citizen differs")]
            lines += ["", self._proposal(old.version)]
        self.query_one("#told", Static).update(public("\n".join(lines)))

    def _proposal(self, version: int) -> str:
        ways = self._ways()
        if len(ways) == 1:
            said = _("Range, question or level texts differ, and version {version} is in use: it has to be a new one.")
        elif ways[0][0] == "new":
            said = _(
                "Range, question or level texts differ: a new version is proposed. Version {version} is not in use."
            )
        elif self._effect == "wording":
            said = _("It looks like a corrected wording: version {version} is proposed to keep. You decide.")
        else:
            said = _("What the numbers mean is as it was: version {version} is proposed to keep.")
        return said.format(version=version)

    def job(self, form: Form) -> Job:
        """Publishes it."""
        values, key, seen = form.values, self.family.key, self._seen

        def job(database: Database, actor: "Actor") -> Any:
            place = ChangeContext(database=database, actor=actor, key=key, seen=seen)
            how: indicator_editing.As = "same" if values.get("how") == "same" else "new"
            return indicator_editing.publish(place, how, values["reason"] or "", values["from"])

        return job

    def finish(self) -> None:
        """Publishes it, whether or not something was typed: the proposal stands."""
        if self.form.valid:
            self.send()
        else:
            self.form.blame()

    def action_back(self) -> None:
        """Nothing is published by leaving."""
        self.keep()
        self.dismiss()

    def done(self, result: Any) -> None:
        """Says which version it is."""
        self.dismiss()
        self.app.call_later(self.shell.say, _("Published: version {version}").format(version=result))

    async def renew(self) -> None:
        """The draft as it stands now, with what was typed."""
        old = self.form
        form = self.build(old.dirty)
        with self.app.batch_update():
            await old.remove()
            await self.mount(form, after=self.query_one("#differences"))


class RetireScreen(FormScreen):
    """Why an indicator is retired, or brought back."""

    def __init__(self, key: str, name: str, *, active: bool) -> None:
        title = _("Retire {name}") if active else _("Bring {name} back")
        super().__init__(f"indicator.retire {key}", title.format(name=name), key)
        self.key, self.active = key, active

    def build(self, typed: Mapping[str, str]) -> Form:
        """The reason."""
        hint = (
            _("It can no longer be chosen or scored; the scores that it has stay in graphs and notes")
            if self.active
            else _("Its newest version can be chosen and scored again")
        )
        return Form(Text("reason", _("Why"), needed=True, hint=hint), typed=typed)

    def job(self, form: Form) -> Job:
        """Does it."""
        reason, key, active = form.values["reason"], self.key, self.active

        def job(database: Database, actor: "Actor") -> Any:
            place = ChangeContext(database=database, actor=actor, key=key, seen=0)
            (indicator_editing.retire if active else indicator_editing.bring_back)(place, reason)

        return job
