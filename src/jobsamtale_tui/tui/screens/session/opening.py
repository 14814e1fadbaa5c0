"""Opstart: the frame, what help the citizen needs, and the agenda that is agreed."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult

from jobsamtale_tui.i18n import _
from jobsamtale_tui.tui.commands.registry import OPEN, SINCE
from jobsamtale_tui.tui.commands.session_owner import SessionOwner
from jobsamtale_tui.tui.screens.session.agenda import AgendaRows
from jobsamtale_tui.tui.screens.session.earlier_steps import SinceView
from jobsamtale_tui.tui.widgets.captions import Heading
from jobsamtale_tui.tui.widgets.fields import LineField as Field
from jobsamtale_tui.tui.widgets.fields import TextField

if TYPE_CHECKING:
    from jobsamtale_tui.store.questions.reads import Unfinished


class OpenView(SinceView):
    """In a first session purpose, roles and time are talked through; later one remark is enough."""

    shows = ("agenda.add", "agenda.toggle", "agenda.by")
    where = (OPEN, SINCE)
    order = ("frame", "need", "agenda-new", "agenda", "since")
    fields: ClassVar[dict[str, str]] = {"frame": "frame", "need": "need"}
    begins = "agreed"

    def __init__(self, owner: SessionOwner, left: "Unfinished | None" = None) -> None:
        super().__init__(owner, left)
        self.set_class(owner.first, "first")

    def compose(self) -> ComposeResult:
        """Frame, need, agenda."""
        if self.owner.first:
            title = _("Frame: the purpose, our roles (you own your case, I bring knowledge), the time we have")
        else:
            title = _("Frame: a remark on purpose and time")
        yield Heading(title)
        yield TextField("frame", self.text_of("frame"))
        yield from self.compose_since()
        yield Heading(_("What help does the citizen need and wish for? In her own words"))
        yield TextField("need", self.text_of("need"))
        yield Heading(_("Agenda"))
        yield AgendaRows(_("Nothing yet: ask what the citizen wants to talk about"), id="agenda")
        yield Field("agenda-new", placeholder=_("+ an item that is agreed"))

    def land(self) -> None:
        """A first session begins with the frame, a later one with the need."""
        self.go("frame" if self.owner.first else "need")
