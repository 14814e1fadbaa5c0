"""The keys to a citizen's job goals and activities, from her own screen and from a session with her."""

from typing import ClassVar

from textual.binding import BindingType

from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.shell.screen import BaseScreen


class PlanKeys(BaseScreen):
    """A screen about one citizen: it says whose goals and activities the keys open."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("goals"), bind("activities"), bind("joblog"), bind("openings")]

    @property
    def whose_plan(self) -> str:
        """The citizen's key."""
        raise NotImplementedError

    def action_goals(self) -> None:
        """Her job goals."""
        from jobsamtale_tui.tui.screens.citizen.goals import GoalsScreen

        self.the_app.open_screen(GoalsScreen(self.whose_plan))

    def action_activities(self) -> None:
        """Her activities."""
        from jobsamtale_tui.tui.screens.citizen.activities import ActivitiesScreen

        self.the_app.open_screen(ActivitiesScreen(self.whose_plan))

    def action_joblog(self) -> None:
        """Her applications."""
        from jobsamtale_tui.tui.screens.citizen.applications import JoblogScreen

        self.the_app.open_screen(JoblogScreen(self.whose_plan))

    def action_openings(self) -> None:
        """What is kept to bring to a session."""
        from jobsamtale_tui.tui.screens.citizen.openings import OpeningsScreen

        self.the_app.open_screen(OpeningsScreen(self.whose_plan))
