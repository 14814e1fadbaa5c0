"""A look back on a completed session, for learning: one's own, or a colleague's or leader's observation."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from jobsamtale_tui import dates, records, texts
from jobsamtale_tui.casework.session import reflections as changes
from jobsamtale_tui.i18n import N_, _, language
from jobsamtale_tui.method.quality import ASPECTS, ROLES
from jobsamtale_tui.reference import quality_aspects
from jobsamtale_tui.store.questions import reads, reflections
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.screens.common.form import FormScreen, Job
from jobsamtale_tui.tui.screens.common.text_page import PageScreen
from jobsamtale_tui.tui.widgets.form import Choice, Form, Levels, Text
from jobsamtale_tui.tui.widgets.levels import QualityRows, RoleRows
from jobsamtale_tui.tui.widgets.page import Paragraph

if TYPE_CHECKING:
    from jobsamtale_tui.casework.change.context import Actor
    from jobsamtale_tui.store.sqlite.database import Database

WRITERS = {
    "self": N_("the one who held the session"),
    "peer": N_("a colleague who observed"),
    "leader": N_("a leader who observed"),
}


class ReflectionScreen(FormScreen):
    """What worked comes first. All of it is optional, and stays out of notes, reports and exports."""

    def __init__(self, session: records.Session, user: str) -> None:
        title = _("Look back on the session · only for learning")
        super().__init__(f"reflection {session.key} {user}", title, dates.short_time(session.held_at))
        self.session = session
        self._writers = _writers(session, user)
        written = {one.role: one for one in reflections.written_by(self.connection, session.key, user)}
        self._written = next((written[role] for role in self._writers if role in written), None)
        worker = reads.caseworker(self.connection, user)
        leads = worker is not None and worker.role == "team_leader" and "leader" in self._writers
        self._role = self._written.role if self._written else "leader" if leads else self._writers[0]

    def build(self, typed: Mapping[str, str]) -> Form:
        """Who writes, what worked, the roles, the quality, what to take along."""
        (sides, roles), wrong = quality_aspects.sheet()
        if wrong:
            self.shell.say(wrong, warning=True)
        own = self._role == "self"
        return Form(
            Choice(
                "role",
                _("As"),
                options=tuple((role, _(WRITERS[role])) for role in self._writers),
                hint=_(
                    "In no note and no report, and in an export only if asked for. Whoever can open the database can"
                    " read it: write of the session, not of the citizen"
                ),
            ),
            Text(
                "worked",
                _("What worked"),
                lines=2,
                hint=_("What did you do that helped?") if own else _("What did you see that helped? That comes first"),
            ),
            Levels(
                "roles",
                _("Roles"),
                count=len(ROLES),
                make=lambda name, written: RoleRows(name, roles, written, language()),
                hint=_("How was the session shared? Left and right, or a digit for tens; backspace takes it out"),
            ),
            Levels(
                "quality",
                _("Quality"),
                count=len(ASPECTS),
                make=lambda name, written: QualityRows(name, sides, written, language()),
                hint=_("1, 2 or 3 on each; all six or none"),
            ),
            Text(
                "note",
                _("To take along"),
                lines=2,
                hint=_("What will you do next time?") if own else _("One thing that could be tried next time"),
            ),
            values=self._values(),
            typed=typed,
        )

    def _values(self) -> dict[str, Any]:
        written = self._written
        quality, roles = (written.quality, written.roles) if written else (None, None)
        return {
            "role": self._role,
            "worked": written.worked if written else None,
            "roles": tuple(getattr(roles, name) for name in ROLES) if roles else None,
            "quality": tuple(getattr(quality, name) for name in ASPECTS) if quality else None,
            "note": written.note if written else None,
        }

    def job(self, form: Form) -> Job:
        """Keeps it; where nothing is left it is taken out."""
        values, session = form.values, self.session.key
        was = self._written.role if self._written else None
        quality, roles = values["quality"], values["roles"]

        def keep(database: "Database", actor: "Actor") -> bool:
            said = changes.Said(
                worked=values["worked"],
                roles=records.Balance(**dict(zip(ROLES, roles, strict=True))) if roles else None,
                quality=records.Quality(**dict(zip(ASPECTS, quality, strict=True))) if quality else None,
                note=values["note"],
            )
            return changes.keep(database, actor, session, values["role"], said, was=was)

        return keep

    def done(self, result: bool) -> None:
        """Back to the note, and said there."""
        self.dismiss()
        said = _("Kept for yourself; the note is as it was") if result else _("Nothing is kept: it was empty")
        self.app.call_later(partial(self.shell.say, said))


def _writers(session: records.Session, user: str) -> tuple[records.Observer, ...]:
    """In which roles somebody can write of a session: who held it as herself, others as observers."""
    if session.caseworker == user:
        return ("self",)
    return ("peer", "leader") if session.caseworker else ("self", "peer", "leader")


class ReflectionsScreen(PageScreen):
    """One's own looks back and what others observed in one's sessions, the newest first."""

    def on_mount(self) -> None:
        """One after the other."""
        self.title_line(OwnText(_("Looks back")), OwnText(_("only for learning")))
        user = self.shell.settings.user
        found = reflections.for_caseworker(self.connection, user) if user else []
        if not found:
            self.page.show([(OwnText(_("There is none yet. One is written from a completed note.")), "")])
        else:
            sheet = quality_aspects.sheet()[0]
            self.page.show([line for one in found for line in paragraphs(one, sheet, user or "")])
        self.page.focus()


def paragraphs(one: reflections.LookBack, sheet: quality_aspects.Sheet, user: str) -> list[Paragraph]:
    """A look back as lines of a page."""
    record, spoken = one.record, language()
    whose = _(WRITERS[record.role]) if record.by == user else f"{one.by_name}, {_(WRITERS[record.role])}"
    lines: list[Paragraph] = [(f"{dates.short_time(one.held_at)} · {whose}", "heading")]
    if record.worked:
        lines.append((_("What worked: {text}").format(text=texts.one_line(record.worked)), ""))
    if record.roles:
        shares = [f"{role.name.say(spoken)} {getattr(record.roles, role.key)} %" for role in sheet[1]]
        lines.append((OwnText(" · ".join(shares)), ""))
    if record.quality:
        for aspect in sheet[0]:
            level = getattr(record.quality, aspect.key)
            lines.append((OwnText(f"{level}  {aspect.name.say(spoken)}: {aspect.levels[level - 1].say(spoken)}"), ""))
    if record.note:
        lines.append((_("To take along: {text}").format(text=texts.one_line(record.note)), ""))
    return [*lines, ("", "")]
