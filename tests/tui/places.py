"""Every screen of the app and how it is opened on `hostile.caseload`: a new one that is not here fails a test."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from tests.tui.driving import Drive
from textual.screen import Screen

from jobsamtale_tui import dates
from jobsamtale_tui.casework import indicators
from jobsamtale_tui.errors import Clash, Piece
from jobsamtale_tui.store import history, reads
from jobsamtale_tui.tui import palette, screens

CITIZEN, DRAFT, DONE, MEETING = "x-1", "x-nu", "x-før", ("g-1", date(2026, 6, 4))
DAY = date(2026, 6, 3)


def classes() -> dict[str, type[Screen[Any]]]:
    """Every class that is shown: those that none is made from, and those that are shown themselves all the same."""
    for module in iter_modules(screens.__path__):
        import_module(f"{screens.__name__}.{module.name}")
    assert palette.Palette

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
        return getattr(import_module(f"{screens.__name__}.{module}"), name)(*given, **named)

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
        return next(one for one in indicators.families(self.drive.app.connection) if one.key == "fjendtlig")

    @property
    def newest(self) -> int:
        return history.newest(self.drive.app.connection)

    @property
    def clash(self) -> Clash:
        need = self.session().need
        return Clash(need, dates.now(), 1, (Piece("session", "", "need", f"{need} a", f"{need} b", (DRAFT,)),))


def nothing(*_given: Any) -> None:
    """What a form has done when it has been saved."""


Make = Callable[[At], Screen[Any]]
PLACES: dict[str, tuple[str, Make | str]] = {
    "HomeScreen": ("", ""),
    "Palette": ("", "ctrl+p"),
    "HelpScreen": ("", "?"),
    "SearchScreen": ("", lambda at: at.make("search", "SearchScreen")),
    "WhoScreen": ("", lambda at: at.make("who", "WhoScreen")),
    "UnitsScreen": ("", lambda at: at.make("staff_list", "UnitsScreen")),
    "CaseworkersScreen": ("", lambda at: at.make("staff_list", "CaseworkersScreen")),
    "UnitScreen": ("", lambda at: at.make("staff", "UnitScreen", "nord")),
    "CaseworkerScreen": ("", lambda at: at.make("staff", "CaseworkerScreen", nothing, key="anne")),
    "CitizenScreen": ("", lambda at: at.make("citizen", "CitizenScreen", CITIZEN)),
    "CitizenForm": ("", lambda at: at.make("citizen_form", "CitizenForm", CITIZEN)),
    "DecisionForm": ("", lambda at: at.make("citizen_form", "DecisionForm", CITIZEN, nothing)),
    "ProfileForm": ("", lambda at: at.make("profile", "ProfileForm", CITIZEN)),
    "PlanScreen": ("", lambda at: at.make("plan", "PlanScreen", at.citizen)),
    "BriefingScreen": ("", lambda at: at.make("briefing", "BriefingScreen", CITIZEN)),
    "CourseScreen": ("", lambda at: at.make("course", "CourseScreen", CITIZEN)),
    "GraphScreen": ("", lambda at: at.make("graph", "GraphScreen", CITIZEN)),
    "AroundScreen": ("GraphScreen", lambda at: at.make("graph", "AroundScreen", at.citizen.name, at.below.facts)),
    "ContactScreen": ("", lambda at: at.make("contact", "ContactScreen", CITIZEN)),
    "ExceptionForm": ("", lambda at: at.make("contact", "ExceptionForm", CITIZEN, 0)),
    "AgreementScreen": ("", lambda at: at.make("agreement", "AgreementScreen", CITIZEN, DAY)),
    "AgreementHistoryScreen": ("", lambda at: at.make("agreement_history", "AgreementHistoryScreen", CITIZEN)),
    "PeriodForm": (
        "AgreementScreen",
        lambda at: at.make("agreement_forms", "PeriodForm", at.agreement, at.below._place()),
    ),
    "RenewForm": (
        "AgreementScreen",
        lambda at: at.make("agreement_forms", "RenewForm", at.agreement, DAY, at.below._place()),
    ),
    "GoalsScreen": ("", lambda at: at.make("goals", "GoalsScreen", CITIZEN)),
    "GoalForm": ("", lambda at: at.make("goals", "GoalForm", CITIZEN, at.goal, nothing)),
    "EndGoalForm": ("", lambda at: at.make("goals", "EndGoalForm", at.goal)),
    "ActivitiesScreen": ("", lambda at: at.make("activities", "ActivitiesScreen", CITIZEN)),
    "ActivityForm": ("", lambda at: at.make("activities", "ActivityForm", CITIZEN, "x-i", nothing)),
    "FollowUpForm": ("", lambda at: at.make("activities", "FollowUpForm", at.activity)),
    "EndActivityForm": ("", lambda at: at.make("activities", "EndActivityForm", at.activity)),
    "JoblogScreen": ("", lambda at: at.make("joblog", "JoblogScreen", CITIZEN)),
    "ApplicationForm": ("", lambda at: at.make("joblog", "ApplicationForm", CITIZEN, "x-s", nothing)),
    "OpeningsScreen": ("", lambda at: at.make("openings", "OpeningsScreen", CITIZEN)),
    "OpeningForm": ("", lambda at: at.make("openings", "OpeningForm", CITIZEN, "x-o", nothing)),
    "SessionScreen": ("", lambda at: at.make("session", "SessionScreen", DRAFT)),
    "ContentScreen": ("SessionScreen", lambda at: at.make("content", "ContentScreen", at.session())),
    "DetailsScreen": ("SessionScreen", lambda at: at.make("details", "DetailsScreen", at.session())),
    "SearchNoteForm": ("SessionScreen", lambda at: at.make("search_note", "SearchNoteForm", at.below)),
    "SparringScreen": ("SessionScreen", lambda at: at.make("sparring", "SparringScreen", at.below)),
    "StepForm": ("SessionScreen", lambda at: at.make("sparring", "StepForm", at.below, "Ringe")),
    "SharedScreen": ("SessionScreen", lambda at: at.make("shared", "SharedScreen", at.citizen, at.below)),
    "ClashScreen": ("SessionScreen", lambda at: at.make("clash", "ClashScreen", at.clash, at.session().need, nothing)),
    "CompleteScreen": ("SessionScreen", lambda at: at.make("read", "CompleteScreen", DRAFT, at.citizen, False)),
    "NoteScreen": ("", lambda at: at.make("read", "NoteScreen", DONE)),
    "AmendScreen": ("NoteScreen", lambda at: at.make("amend", "AmendScreen", at.session(DONE))),
    "DetailsRead": ("", lambda at: at.make("details", "DetailsRead", at.session(DONE))),
    "ReflectionScreen": (
        "NoteScreen",
        lambda at: at.make("reflection", "ReflectionScreen", at.below, at.session(DONE), "anne"),
    ),
    "ReflectionsScreen": ("", lambda at: at.make("reflection", "ReflectionsScreen")),
    "GroupNewScreen": ("", lambda at: at.make("group_new", "GroupNewScreen")),
    "GroupScreen": ("", lambda at: at.make("group", "GroupScreen", *MEETING)),
    "GroupJoinScreen": ("GroupScreen", lambda at: at.make("group_new", "GroupJoinScreen", *MEETING, [])),
    "GroupCompleteScreen": (
        "GroupScreen",
        lambda at: at.make("group_complete", "GroupCompleteScreen", *MEETING, at.newest),
    ),
    "IndicatorsScreen": ("", lambda at: at.make("indicators", "IndicatorsScreen")),
    "IndicatorNewScreen": ("", lambda at: at.make("indicator_new", "IndicatorNewScreen", nothing)),
    "IndicatorEditorScreen": ("", lambda at: at.make("indicator_editor", "IndicatorEditorScreen", "fjendtlig")),
    "ConvertScreen": ("", lambda at: at.make("indicator_convert", "ConvertScreen", at.family)),
    "PublishScreen": ("", lambda at: at.make("indicator_publish", "PublishScreen", at.family)),
    "RetireScreen": (
        "",
        lambda at: at.make("indicator_publish", "RetireScreen", "fjendtlig", at.family.newest.name.da, active=True),
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
