"""The proposals in forberedelse: a list whose items become possible agenda items, or are put aside for this session."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.binding import BindingType
from textual.geometry import Region

from jobsamtale_tui import records, texts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.tui.commands.bindings import bind
from jobsamtale_tui.tui.look.privacy import OwnText
from jobsamtale_tui.tui.widgets.rows import Line, Rows

if TYPE_CHECKING:
    from jobsamtale_tui.editing.drafts import Drafts
    from jobsamtale_tui.method.preparing import Proposal

ASIDE = "aside"
_MARKS, _INDENT = 5, 7
"""Cells before a topic and a scroll bar after it; before the facts, and after them."""
TAKEN = "taken "
"""Before the words that an item stands under on the agenda."""


def form_of(session: str) -> str:
    """The name under which it is kept what became of a session's proposals: with the login, and without history."""
    return f"proposals {session}"


def kept(drafts: "Drafts", session: str) -> dict[str, str]:
    """What became of the proposals of a session."""
    found = drafts.typed(form_of(session))
    return found[0] if found else {}


def note(drafts: "Drafts", session: str, name: str, what: str | None) -> None:
    """Keeps what became of a proposal: put aside, taken under these words, or (None) open again."""
    now = {key: value for key, value in kept(drafts, session).items() if key != name}
    drafts.form(form_of(session), now if what is None else {**now, name: what})


def reworded(drafts: "Drafts", session: str, before: str, after: str) -> None:
    """An item has new words: a proposal that it came from is still taken."""
    for name, what in kept(drafts, session).items():
        if what == TAKEN + before:
            note(drafts, session, name, TAKEN + after)


def name_of(proposal: "Proposal") -> str:
    """What a proposal is known by within a session."""
    return f"{proposal.reason} {proposal.about}"


def sorted_out(
    proposals: Iterable["Proposal"], agenda: Sequence[records.AgendaItem], became: dict[str, str]
) -> tuple[list["Proposal"], list["Proposal"]]:
    """The proposals that are open, and those put aside; what stands on the agenda is in neither."""
    there = {texts.folded(item.topic) for item in agenda}
    found: tuple[list[Proposal], list[Proposal]] = [], []
    for one in proposals:
        what = became.get(name_of(one), "")
        if not there & {texts.folded(one.topic), texts.folded(what.removeprefix(TAKEN))}:
            found[what == ASIDE].append(one)
    return found


class ProposalRows(Rows):
    """The proposals, each with the facts behind it below when they are asked for."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("proposal.take", "screen.view_do('take')"),
        bind("proposal.facts", "screen.view_do('facts')"),
        bind("proposal.dismiss", "screen.view_do('dismiss')"),
        bind("briefing", "screen.view_do('briefing')"),
    ]

    def __init__(self) -> None:
        super().__init__(id="proposals")
        self.told: str | None = None
        """The proposal whose facts show."""
        self._shown: tuple[list[Proposal], list[Proposal]] = [], []

    def show(self, open_: list["Proposal"], aside: list["Proposal"]) -> None:
        """Brings the list in line; the cursor stays on its proposal, else where it is."""
        self._shown = open_, aside
        self.empty = _("Nothing to propose")
        self.fill(self._rows(), key=self.key)

    def step_on(self) -> None:
        """The cursor goes to the next that is open, where there is one: the one that it is on is put aside."""
        names = [name_of(one) for one in self._shown[0]]
        if self.key in names and len(names) > 1:
            place = names.index(self.key)
            wanted = (names[place + 1 :] or names[:place][-1:])[0]
            self.go(next(number for number, line in enumerate(self.lines) if line.key == wanted))

    def tell(self) -> None:
        """Shows the facts behind the proposal under the cursor, or hides them."""
        self.told = None if self.told == self.key else self.key
        self.fill(self._rows(), key=self.key)
        behind = sum(1 for line in self.lines[self.at + 1 :] if line.key is None) if self.told else 0
        self.call_after_refresh(
            self.scroll_to_region, Region(0, self.at, 1, 1 + behind), animate=False, force=True, immediate=True
        )

    def on_resize(self) -> None:
        """Another width, other lines."""
        super().on_resize()
        if self.told:
            self.fill(self._rows(), key=self.key)

    def _rows(self) -> list[Line]:
        open_, aside = self._shown
        lines: list[Line] = []
        for one in open_:
            lines.append(Line(name_of(one), ((OwnText("○ "), ""), (texts.one_line(one.topic), ""))))
            lines += self._facts(one)
        for one in aside:
            cells = (OwnText("× "), "dim"), (texts.one_line(one.topic), "dim"), (OwnText("  " + _("put aside")), "dim")
            lines.append(Line(name_of(one), cells))
            lines += self._facts(one)
        return lines

    def _facts(self, one: "Proposal") -> list[Line]:
        if self.told != name_of(one):
            return []
        from textwrap import wrap

        room, topic = max(20, self.size.width - _INDENT), texts.one_line(one.topic)
        cut = wrap(topic, room, break_on_hyphens=False) if cell_len(topic) > self.size.width - _MARKS else []
        because = wrap(one.because, room, break_on_hyphens=False)
        return [
            *(Line(None, ((f"    {row}", ""),)) for row in cut),
            *(Line(None, ((f"    {row}", "dim"),)) for row in because),
        ]
