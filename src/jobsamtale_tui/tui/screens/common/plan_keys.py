"""The keys to a citizen's job goals and activities, from her own screen and from a session with her."""

from typing import ClassVar

from textual.binding import BindingType

from jobsamtale_tui.tui.commands import route
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
        self.open(route.Goals(self.whose_plan))

    def action_activities(self) -> None:
        """Her activities."""
        self.open(route.Activities(self.whose_plan))

    def action_joblog(self) -> None:
        """Her applications."""
        self.open(route.Applications(self.whose_plan))

    def action_openings(self) -> None:
        """What is kept to bring to a session."""
        self.open(route.Openings(self.whose_plan))
