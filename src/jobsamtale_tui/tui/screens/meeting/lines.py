"""What a meeting's screen says: a line for each citizen and each common item, and what a change left alone."""

from typing import TYPE_CHECKING

from jobsamtale_tui import records, texts
from jobsamtale_tui.casework.session import meetings
from jobsamtale_tui.editing import presence
from jobsamtale_tui.i18n import _, ngettext
from jobsamtale_tui.tui.look import labels
from jobsamtale_tui.tui.widgets.rows import Line

if TYPE_CHECKING:
    from jobsamtale_tui.casework.session.meetings import CommonItem
    from jobsamtale_tui.store.writing.presence import Presence

MARKS = {"completed": "✓", "draft": "…", "planned": "○", "no_show": "×", "cancelled": "×"}


def left_alone(what: str, count: object) -> str:
    """What a change of the common agenda left as it was, in words; empty where it left nothing."""
    if not isinstance(count, int) or not count:
        return ""
    if what == "group.conclude":
        said = ngettext(
            "{count} session has a conclusion of its own, which stays",
            "{count} sessions have a conclusion of their own, which stays",
            count,
        )
    elif what == "group.remove":
        said = ngettext(
            "It stays in {count} session, where something came of it",
            "It stays in {count} sessions, where something came of it",
            count,
        )
    else:
        return ""
    return said.format(count=count)


def citizen_line(session: records.Session, name: str, wide: int, holder: "Presence | None" = None) -> Line:
    """A citizen of the meeting, and what is missing for her, or who else has her session open."""
    said = labels.status(session.status)
    look = "dim"
    if session.status in ("planned", "draft"):
        missing = meetings.missing(session)
        said = _("missing: {what}").format(what=", ".join(missing)) if missing else _("everything is there")
        if meetings.ready(session):
            said, look = _("ready") + (f" · {said}" if missing else ""), "good"
    if holder is not None:
        said, look = presence.mark(holder), "mark"
    name_there = f"{texts.shortened(name, 26):<{wide}}"
    return Line(session.key, ((f"{MARKS[session.status]} ", look), (name_there, "strong"), (said, look)))


def item_line(key: str, item: "CommonItem") -> Line:
    """A common item, and how far it has come."""
    _word, mark = labels.state(item.state)
    look = "good" if item.state == "done" else "strong"
    cells = [(f"{mark} ", look), (texts.one_line(item.topic), look)]
    if 0 < item.done < item.stands:
        cells.append(("  " + _("done in {done} of {stands}").format(done=item.done, stands=item.stands), "dim"))
    if item.conclusion:
        cells.append((f": {texts.one_line(item.conclusion)}", ""))
    return Line(key, tuple(cells))
