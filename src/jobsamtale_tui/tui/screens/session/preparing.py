"""Forberedelse: what there is to know and what is proposed; and beside it the possible agenda items."""

from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from jobsamtale_tui.documents.briefing.briefing import sections_of
from jobsamtale_tui.i18n import _
from jobsamtale_tui.tui.commands import route
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.commands.registry import OPEN, PREPARE, PROPOSALS
from jobsamtale_tui.tui.commands.session_owner import SessionOwner
from jobsamtale_tui.tui.look.privacy import public
from jobsamtale_tui.tui.screens.common import briefing_request
from jobsamtale_tui.tui.screens.session import proposals
from jobsamtale_tui.tui.screens.session.agenda import AgendaRows, AgendaView
from jobsamtale_tui.tui.screens.session.proposals import ProposalRows
from jobsamtale_tui.tui.widgets.captions import Heading
from jobsamtale_tui.tui.widgets.fields import LineField as Field
from jobsamtale_tui.tui.widgets.fields import TextField

if TYPE_CHECKING:
    from jobsamtale_tui.documents.briefing.briefing import Briefing, Section
    from jobsamtale_tui.editing.outcomes import BackgroundResult
    from jobsamtale_tui.method.preparing import Proposal
    from jobsamtale_tui.store.questions.reads import Unfinished


class Brief(VerticalScroll, can_focus=True):
    """What there is to know, as far as there is room."""

    BINDINGS: ClassVar[list[BindingType]] = [bind("briefing", "screen.view_do('briefing')")]


class PrepareView(AgendaView):
    """Prepared, not locked: what is put here is possible until the citizen has agreed to it."""

    shows = ("agenda.add", "agenda.toggle", "search.note")
    where = (PREPARE, PROPOSALS, OPEN)
    order = ("agenda-new", "proposals", "agenda", "preparation", "brief")
    fields: ClassVar[dict[str, str]] = {"preparation": "preparation"}
    begins = "possible"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("search.note", "screen.view_do('search')"),
        bind("go.proposals", "screen.view_do('proposals')"),
    ]

    def __init__(self, owner: SessionOwner, left: "Unfinished | None" = None) -> None:
        super().__init__(owner, left)
        self._proposals: tuple[Proposal, ...] = ()

    def compose(self) -> ComposeResult:
        """Proposals and what is known to the left, the agenda to the right, notes for oneself below."""
        with Horizontal(classes="columns"):
            with Vertical(classes="column"):
                yield Heading(_("Could be talked about"), id="proposals-heading")
                yield ProposalRows()
                with Brief(id="brief"):
                    yield Static("", id="brief-text", classes="text", markup=False)
            with Vertical(classes="column"):
                yield Heading(_("Possible agenda items"))
                yield AgendaRows(_("Nothing yet: write what could be talked about"), id="agenda")
                yield Field("agenda-new", placeholder=_("+ a possible item"))
        yield Heading(_("Notes for yourself (the citizen can ask to see them)"))
        yield TextField("preparation", self.text_of("preparation"))

    def on_mount(self) -> None:
        """The briefing comes from the background: it reads a good deal, and no key waits for it."""
        self._ask()

    def come_back(self) -> None:
        """What was changed on another screen counts."""
        super().come_back()
        self._ask()

    def _ask(self) -> None:
        briefing_request.ask(self.owner.shell, self.session.citizen, self.session.held_at)

    def ready(self, message: "BackgroundResult") -> None:
        """The briefing has come."""
        if message.what != briefing_request.asked(self.session.citizen, self.session.held_at) or message.result is None:
            super().ready(message)
            return

        made: Briefing = message.result
        self._proposals = made.proposals
        known = [section for section in sections_of(made) if section.title != _("Proposals")]
        self.query_one("#brief-text", Static).update(Content("\n\n").join(map(_part, known)))
        self._show_proposals()
        if made.warning:
            self.owner.status(made.warning, warning=True)

    @property
    def proposal_rows(self) -> ProposalRows:
        """The list of proposals."""
        return self.query_one(ProposalRows)

    @property
    def keys_here(self) -> tuple[str, ...]:
        """Those of the proposals where the cursor is in them."""
        if self.owner.focused is self.proposal_rows:
            return ("proposal.take", "proposal.facts", "proposal.dismiss")
        return super().keys_here

    @on(events.DescendantFocus)
    def say_way(self) -> None:
        """The heading of the proposals says which key goes there from where the cursor is."""
        here = self.owner.focused.id if self.owner.focused else None
        way = {"agenda-new": "field.next", "agenda": "go.proposals"}.get(here or "")
        heading = _("Could be talked about")
        if way:
            heading = _("{heading} · {key} goes there").format(heading=heading, key=self.owner.shell.key_of(way))
        self.query_one("#proposals-heading", Heading).update(heading)

    def land(self) -> None:
        """The cursor stands in the agenda: on its items, else on its new line."""
        self.go("agenda" if self.session.agenda else "agenda-new")

    def show(self) -> None:
        """What has become an item is no proposal any more."""
        super().show()
        self._show_proposals()

    def _show_proposals(self) -> None:
        became = proposals.kept(self.owner.shell.drafts, self.session.key)
        self.proposal_rows.show(*proposals.sorted_out(self._proposals, self.session.agenda, became))

    @on(ProposalRows.Chosen, "#proposals")
    def take(self) -> None:
        """Enter on a proposal makes it a possible item."""
        self.do("take")

    def do(self, what: str) -> None:
        """Does a command of the proposals, else one of the agenda's."""
        if what == "search":
            if self.owner.leave_fields():
                self.owner.shell.open(route.SearchNote(self.owner))
        elif what == "briefing":
            self.owner.shell.push(route.Briefing(self.session.citizen, self.session.held_at))
        elif what == "proposals":
            self.proposal_rows.focus()
        elif what == "facts":
            self.proposal_rows.tell()
        elif what in ("take", "dismiss"):
            here = self.proposal_rows.key
            found = next((one for one in self._proposals if proposals.name_of(one) == here), None)
            if found is not None:
                self._take(found) if what == "take" else self._put_aside(found)
        else:
            super().do(what)

    def _take(self, proposal: "Proposal") -> None:
        proposals.note(
            self.owner.shell.drafts, self.session.key, proposals.name_of(proposal), proposals.TAKEN + proposal.topic
        )
        self.add(proposal.topic, "caseworker", "possible")

    def _put_aside(self, proposal: "Proposal") -> None:
        drafts, name = self.owner.shell.drafts, proposals.name_of(proposal)
        aside = proposals.kept(drafts, self.session.key).get(name) == proposals.ASIDE
        if not aside:
            self.proposal_rows.step_on()
        proposals.note(drafts, self.session.key, name, None if aside else proposals.ASIDE)
        self._show_proposals()


def _part(section: "Section") -> Content:
    head = public(Content.styled(section.title, "bold $text-primary"))
    return Content.assemble(head, "\n", "\n".join(section.entries))
