"""Every screen of the app and how it is opened on `hostile.caseload`: a new one that is not here fails a test."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

from tests.tui.driving import Drive
from textual.screen import Screen

from jobsamtale_tui import dates
from jobsamtale_tui.casework.indicators import families
from jobsamtale_tui.errors import Conflict, FieldConflict
from jobsamtale_tui.store.questions import history, reads
from jobsamtale_tui.tui import screens
from jobsamtale_tui.tui.shell import palette

CITIZEN, DRAFT, DONE, MEETING = "x-1", "x-nu", "x-før", ("g-1", date(2026, 6, 4))
DAY = date(2026, 6, 3)


def classes() -> dict[str, type[Screen[Any]]]:
    """Every class that is shown: those that none is made from, and those that are shown themselves all the same."""
    for module in walk_packages(screens.__path__, screens.__name__ + "."):
        import_module(module.name)
    assert issubclass(palette.Palette, Screen)

    def below(cls: type[Any]) -> Iterator[type[Any]]:
        for one in cls.__subclasses__():
            yield one
            yield from below(one)

    ours = {one for one in below(Screen) if one.__module__.startswith("jobsamtale_tui.")}
    return {one.__name__: one for one in ours if not one.__subclasses__() or one.__name__ in PLACES}


@dataclass(frozen=True)
class At:
    """What a screen is made from."""

    drive: Drive

    def make(self, module: str, name: str, *given: Any, **named: Any) -> Screen[Any]:
        made: Screen[Any] = getattr(import_module(f"{screens.__name__}.{module}"), name)(*given, **named)
        return made

    @property
    def below(self) -> Any:
        return self.drive.app.screen

    @property
    def citizen(self) -> Any:
        return reads.citizen(self.drive.app.connection, CITIZEN)

    def session(self, key: str = DRAFT) -> Any:
        return reads.session(self.drive.app.connection, key)

    @property
    def agreement(self) -> Any:
        return reads.latest_agreement(self.drive.app.connection, CITIZEN, DAY)

    @property
    def goal(self) -> Any:
        return reads.job_goals(self.drive.app.connection, CITIZEN)[0]

    @property
    def activity(self) -> Any:
        return reads.activities(self.drive.app.connection, CITIZEN)[0]

    @property
    def family(self) -> Any:
        return next(one for one in families.families(self.drive.app.connection) if one.key == "fjendtlig")

    @property
    def newest(self) -> int:
        return history.newest(self.drive.app.connection)

    @property
    def clash(self) -> Conflict:
        need = self.session().need
        return Conflict(
            need, dates.now(), 1, (FieldConflict("session", "", "need", f"{need} a", f"{need} b", (DRAFT,)),)
        )


def nothing(*_given: Any) -> None:
    """What a form has done when it has been saved."""


Make = Callable[[At], Screen[Any]]
PLACES: dict[str, tuple[str, Make | str]] = {
    "HomeScreen": ("", ""),
    "Palette": ("", "ctrl+p"),
    "HelpScreen": ("", "?"),
    "SearchScreen": ("", lambda at: at.make("notes.search", "SearchScreen")),
    "WhoScreen": ("", lambda at: at.make("people.who", "WhoScreen")),
    "UnitsScreen": ("", lambda at: at.make("people.lists", "UnitsScreen")),
    "CaseworkersScreen": ("", lambda at: at.make("people.lists", "CaseworkersScreen")),
    "UnitScreen": ("", lambda at: at.make("people.forms", "UnitScreen", "nord")),
    "CaseworkerScreen": ("", lambda at: at.make("people.forms", "CaseworkerScreen", nothing, key="anne")),
    "CitizenScreen": ("", lambda at: at.make("citizen.overview", "CitizenScreen", CITIZEN)),
    "CitizenForm": ("", lambda at: at.make("citizen.form", "CitizenForm", CITIZEN)),
    "DecisionForm": ("", lambda at: at.make("citizen.form", "DecisionForm", CITIZEN, nothing)),
    "ProfileForm": ("", lambda at: at.make("citizen.profile", "ProfileForm", CITIZEN)),
    "PlanScreen": ("", lambda at: at.make("citizen.plan_session", "PlanScreen", at.citizen)),
    "BriefingScreen": ("", lambda at: at.make("citizen.briefing", "BriefingScreen", CITIZEN)),
    "CourseScreen": ("", lambda at: at.make("citizen.course", "CourseScreen", CITIZEN)),
    "GraphScreen": ("", lambda at: at.make("citizen.graph", "GraphScreen", CITIZEN)),
    "AroundScreen": (
        "GraphScreen",
        lambda at: at.make("citizen.graph", "AroundScreen", at.citizen.name, at.below.facts),
    ),
    "ContactScreen": ("", lambda at: at.make("citizen.contact", "ContactScreen", CITIZEN)),
    "ExceptionForm": ("", lambda at: at.make("citizen.contact", "ExceptionForm", CITIZEN, 0)),
    "AgreementScreen": ("", lambda at: at.make("agreement.screen", "AgreementScreen", CITIZEN, DAY)),
    "AgreementHistoryScreen": ("", lambda at: at.make("agreement.history", "AgreementHistoryScreen", CITIZEN)),
    "PeriodForm": (
        "AgreementScreen",
        lambda at: at.make("agreement.forms", "PeriodForm", at.agreement, at.below._place()),
    ),
    "RenewForm": (
        "AgreementScreen",
        lambda at: at.make("agreement.forms", "RenewForm", at.agreement, DAY, at.below._place()),
    ),
    "GoalsScreen": ("", lambda at: at.make("citizen.goals", "GoalsScreen", CITIZEN)),
    "GoalForm": ("", lambda at: at.make("citizen.goals", "GoalForm", CITIZEN, at.goal, nothing)),
    "EndGoalForm": ("", lambda at: at.make("citizen.goals", "EndGoalForm", at.goal)),
    "ActivitiesScreen": ("", lambda at: at.make("citizen.activities", "ActivitiesScreen", CITIZEN)),
    "ActivityForm": ("", lambda at: at.make("citizen.activities", "ActivityForm", CITIZEN, "x-i", nothing)),
    "FollowUpForm": ("", lambda at: at.make("citizen.activities", "FollowUpForm", at.activity)),
    "EndActivityForm": ("", lambda at: at.make("citizen.activities", "EndActivityForm", at.activity)),
    "JoblogScreen": ("", lambda at: at.make("citizen.applications", "JoblogScreen", CITIZEN)),
    "ApplicationForm": ("", lambda at: at.make("citizen.applications", "ApplicationForm", CITIZEN, "x-s", nothing)),
    "OpeningsScreen": ("", lambda at: at.make("citizen.openings", "OpeningsScreen", CITIZEN)),
    "OpeningForm": ("", lambda at: at.make("citizen.openings", "OpeningForm", CITIZEN, "x-o", nothing)),
    "SessionScreen": ("", lambda at: at.make("session.screen", "SessionScreen", DRAFT)),
    "ContentScreen": ("SessionScreen", lambda at: at.make("session.content", "ContentScreen", at.session())),
    "DetailsScreen": ("SessionScreen", lambda at: at.make("session.details", "DetailsScreen", at.session())),
    "SearchNoteForm": ("SessionScreen", lambda at: at.make("citizen.search_note", "SearchNoteForm", at.below)),
    "SparringScreen": ("SessionScreen", lambda at: at.make("session.sparring", "SparringScreen", at.below)),
    "StepForm": ("SessionScreen", lambda at: at.make("session.sparring", "StepForm", at.below, "Ringe")),
    "SharedScreen": ("SessionScreen", lambda at: at.make("shared.screen", "SharedScreen", at.citizen, at.below)),
    "ConflictScreen": (
        "SessionScreen",
        lambda at: at.make("common.conflict", "ConflictScreen", at.clash, at.session().need, nothing),
    ),
    "CompleteScreen": ("SessionScreen", lambda at: at.make("notes.note", "CompleteScreen", DRAFT, at.citizen, False)),
    "NoteScreen": ("", lambda at: at.make("notes.note", "NoteScreen", DONE)),
    "AmendScreen": ("NoteScreen", lambda at: at.make("session.correction", "AmendScreen", at.session(DONE))),
    "DetailsRead": ("", lambda at: at.make("session.details", "DetailsRead", at.session(DONE))),
    "ReflectionScreen": (
        "NoteScreen",
        lambda at: at.make("session.reflection", "ReflectionScreen", at.session(DONE), "anne"),
    ),
    "ReflectionsScreen": ("", lambda at: at.make("session.reflection", "ReflectionsScreen")),
    "GroupNewScreen": ("", lambda at: at.make("meeting.new", "GroupNewScreen")),
    "GroupScreen": ("", lambda at: at.make("meeting.screen", "GroupScreen", *MEETING)),
    "GroupJoinScreen": ("GroupScreen", lambda at: at.make("meeting.new", "GroupJoinScreen", *MEETING, [])),
    "GroupCompleteScreen": (
        "GroupScreen",
        lambda at: at.make("meeting.complete", "GroupCompleteScreen", *MEETING, at.newest),
    ),
    "IndicatorsScreen": ("", lambda at: at.make("indicators.catalogue", "IndicatorsScreen")),
    "IndicatorNewScreen": ("", lambda at: at.make("indicators.new", "IndicatorNewScreen", nothing)),
    "IndicatorEditorScreen": ("", lambda at: at.make("indicators.editor", "IndicatorEditorScreen", "fjendtlig")),
    "ConvertScreen": ("", lambda at: at.make("indicators.convert", "ConvertScreen", at.family)),
    "PublishScreen": ("", lambda at: at.make("indicators.publish", "PublishScreen", at.family)),
    "RetireScreen": (
        "",
        lambda at: at.make("indicators.publish", "RetireScreen", "fjendtlig", at.family.newest.name.da, active=True),
    ),
}
"""By the name of the class: the screen below it, and what makes it (or the key that opens it)."""


async def go(drive: Drive, name: str) -> None:
    """From whatever screen to this one; the one below it stays where it stands already."""
    below, make = PLACES[name]
    there = [type(screen).__name__ for screen in drive.app.screen_stack]
    keep = there.index(below) + 1 if below in there[2:3] else 2
    while len(drive.app.screen_stack) > keep:
        drive.app.pop_screen()
        await drive.settle()
    if below and keep == 2:
        await go(drive, below)
    if isinstance(make, str):
        await drive.press(*filter(None, [make]))
    else:
        drive.app.push_screen(make(At(drive)))
        await drive.settle()
    assert type(drive.app.screen).__name__ == name
