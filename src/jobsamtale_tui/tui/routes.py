"""Which screen a route leads to; each is imported once somebody goes there, so that the app starts with one."""

from collections.abc import Callable
from typing import Any, TypeVar

from textual.screen import Screen

from jobsamtale_tui.tui.commands import route
from jobsamtale_tui.tui.commands.port import Route

R = TypeVar("R", bound=Route)
Maker = Callable[[R], Screen[Any]]
MAKERS: dict[type[Any], Maker[Any]] = {}
"""By route what makes its screen."""


def screen_of(where: Route) -> Screen[Any]:
    """The screen that a route leads to, new."""
    return MAKERS[type(where)](where)


def _leads(kind: type[R]) -> Callable[[Maker[R]], Maker[R]]:
    """What follows makes the screen of a route."""

    def known(make: Maker[R]) -> Maker[R]:
        MAKERS[kind] = make
        return make

    return known


# The first screens


@_leads(route.Home)
def _home(_where: route.Home) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.home import HomeScreen

    return HomeScreen()


@_leads(route.Help)
def _help(where: route.Help) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.help import HelpScreen

    return HelpScreen(where.screen)


# The citizen


@_leads(route.Citizen)
def _citizen(where: route.Citizen) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.citizen.overview import CitizenScreen

    return CitizenScreen(where.citizen)


@_leads(route.CitizenForm)
def _citizen_form(where: route.CitizenForm) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.citizen.form import CitizenForm

    return CitizenForm(where.citizen)


@_leads(route.Decision)
def _decision(where: route.Decision) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.citizen.form import DecisionForm

    return DecisionForm(where.citizen, where.used)


@_leads(route.Contact)
def _contact(where: route.Contact) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.citizen.contact import ContactScreen

    return ContactScreen(where.citizen)


@_leads(route.Profile)
def _profile(where: route.Profile) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.citizen.profile import ProfileForm

    return ProfileForm(where.citizen)


@_leads(route.PlanSession)
def _plan_session(where: route.PlanSession) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.citizen.plan_session import PlanScreen

    return PlanScreen(where.citizen)


@_leads(route.Goals)
def _goals(where: route.Goals) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.citizen.goals import GoalsScreen

    return GoalsScreen(where.citizen)


@_leads(route.Activities)
def _activities(where: route.Activities) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.citizen.activities import ActivitiesScreen

    return ActivitiesScreen(where.citizen)


@_leads(route.Applications)
def _applications(where: route.Applications) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.citizen.applications import JoblogScreen

    return JoblogScreen(where.citizen)


@_leads(route.Openings)
def _openings(where: route.Openings) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.citizen.openings import OpeningsScreen

    return OpeningsScreen(where.citizen)


@_leads(route.Briefing)
def _briefing(where: route.Briefing) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.citizen.briefing import BriefingScreen

    return BriefingScreen(where.citizen, where.before)


@_leads(route.Course)
def _course(where: route.Course) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.citizen.course import CourseScreen

    return CourseScreen(where.citizen)


@_leads(route.Graph)
def _graph(where: route.Graph) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.citizen.graph import GraphScreen

    return GraphScreen(where.citizen)


@_leads(route.SearchNote)
def _search_note(where: route.SearchNote) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.citizen.search_note import SearchNoteForm

    return SearchNoteForm(where.owner)


# The agreement


@_leads(route.Agreement)
def _agreement(where: route.Agreement) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.agreement.screen import AgreementScreen

    return AgreementScreen(where.citizen, where.day)


@_leads(route.AgreementPeriod)
def _agreement_period(where: route.AgreementPeriod) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.agreement.forms import PeriodForm

    return PeriodForm(where.agreement, where.place)


@_leads(route.AgreementRenewal)
def _agreement_renewal(where: route.AgreementRenewal) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.agreement.forms import RenewForm

    return RenewForm(where.agreement, where.day, where.place)


@_leads(route.AgreementHistory)
def _agreement_history(where: route.AgreementHistory) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.agreement.history import AgreementHistoryScreen

    return AgreementHistoryScreen(where.citizen)


# Indicators


@_leads(route.Indicators)
def _indicators(_where: route.Indicators) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.indicators.catalogue import IndicatorsScreen

    return IndicatorsScreen()


@_leads(route.IndicatorEditor)
def _indicator_editor(where: route.IndicatorEditor) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.indicators.editor import IndicatorEditorScreen

    return IndicatorEditorScreen(where.indicator)


@_leads(route.IndicatorNew)
def _indicator_new(where: route.IndicatorNew) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.indicators.new import IndicatorNewScreen

    return IndicatorNewScreen(where.made, where.copied)


@_leads(route.IndicatorPublish)
def _indicator_publish(where: route.IndicatorPublish) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.indicators.publish import PublishScreen

    return PublishScreen(where.family)


@_leads(route.IndicatorRetire)
def _indicator_retire(where: route.IndicatorRetire) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.indicators.publish import RetireScreen

    return RetireScreen(where.indicator, where.name, active=where.active)


@_leads(route.IndicatorConvert)
def _indicator_convert(where: route.IndicatorConvert) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.indicators.convert import ConvertScreen

    return ConvertScreen(where.family)


# Meetings


@_leads(route.Meeting)
def _meeting(where: route.Meeting) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.meeting.screen import GroupScreen

    return GroupScreen(where.group, where.day)


@_leads(route.MeetingNew)
def _meeting_new(_where: route.MeetingNew) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.meeting.new import GroupNewScreen

    return GroupNewScreen()


@_leads(route.MeetingJoin)
def _meeting_join(where: route.MeetingJoin) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.meeting.new import GroupJoinScreen

    return GroupJoinScreen(where.group, where.day, list(where.there))


@_leads(route.MeetingComplete)
def _meeting_complete(where: route.MeetingComplete) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.meeting.complete import GroupCompleteScreen

    return GroupCompleteScreen(where.group, where.day, where.since)


# Notes


@_leads(route.Note)
def _note(where: route.Note) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.notes.note import NoteScreen

    return NoteScreen(where.session, sought=where.sought)


@_leads(route.Complete)
def _complete(where: route.Complete) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.notes.note import CompleteScreen

    return CompleteScreen(where.session, where.citizen, where.first)


@_leads(route.NotesSearch)
def _notes_search(_where: route.NotesSearch) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.notes.search import SearchScreen

    return SearchScreen()


# People


@_leads(route.Who)
def _who(_where: route.Who) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.people.who import WhoScreen

    return WhoScreen()


@_leads(route.Caseworker)
def _caseworker(where: route.Caseworker) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.people.forms import CaseworkerScreen

    return CaseworkerScreen(where.made, key=where.caseworker)


@_leads(route.Caseworkers)
def _caseworkers(_where: route.Caseworkers) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.people.lists import CaseworkersScreen

    return CaseworkersScreen()


@_leads(route.Unit)
def _unit(where: route.Unit) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.people.forms import UnitScreen

    return UnitScreen(where.unit)


@_leads(route.Units)
def _units(_where: route.Units) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.people.lists import UnitsScreen

    return UnitsScreen()


# Sessions


@_leads(route.Session)
def _session(where: route.Session) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.session.screen import SessionScreen

    return SessionScreen(where.session)


@_leads(route.Details)
def _details(where: route.Details) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.session.details import DetailsRead, DetailsScreen

    if where.session.status == "completed":
        return DetailsRead(where.session)
    return DetailsScreen(where.session, where.line)


@_leads(route.Content)
def _content(where: route.Content) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.session.content import ContentScreen

    return ContentScreen(where.session)


@_leads(route.Sparring)
def _sparring(where: route.Sparring) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.session.sparring import SparringScreen

    return SparringScreen(where.owner)


@_leads(route.Correction)
def _correction(where: route.Correction) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.session.correction import AmendScreen

    return AmendScreen(where.session)


@_leads(route.Reflection)
def _reflection(where: route.Reflection) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.session.reflection import ReflectionScreen

    return ReflectionScreen(where.session, where.user)


@_leads(route.Reflections)
def _reflections(_where: route.Reflections) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.session.reflection import ReflectionsScreen

    return ReflectionsScreen()


@_leads(route.Shared)
def _shared(where: route.Shared) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.shared.screen import SharedScreen

    return SharedScreen(where.citizen, where.owner, where.begin)


@_leads(route.Conflict)
def _conflict(where: route.Conflict) -> Screen[Any]:
    from jobsamtale_tui.tui.screens.common.conflict import ConflictScreen

    return ConflictScreen(where.clash, where.typed, where.answered, where.names)
