"""What undo and redo did, in words."""

from typing import Any

from jobsamtale_tui import texts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.tui.look import labels


def taken_sentence(taken: Any) -> str:
    """What undo or redo did, in words: `Fortrudt: score 6 → 7`."""
    names = {
        "agenda": _("agenda item"),
        "score": _("score"),
        "step": _("step"),
        "text": _("text"),
        "next": _("next session"),
        "form": _("form"),
        "details": _("details"),
        "content": _("content"),
        "participant": _("details"),
        "session": _("status"),
    }
    action = taken.action.partition(".")[0]
    what = names.get(action, taken.action)
    changes = []
    for _table, before, after in taken.details:
        columns = sorted({*(before or {}), *(after or {})})
        shown = [name for name in ("topic", "what", "value", "state", "remark", "conclusion") if name in columns]
        shown = shown or columns[:1]
        for name in shown[:2]:
            old, new = (_said(action, name, (side or {}).get(name)) for side in (before, after))
            if old != new:
                changes.append(f"{texts.shortened(old, 24)} → {texts.shortened(new, 24)}")
    said = _("Taken back: {what} {changes}") if taken.back else _("Made again: {what} {changes}")
    return said.format(what=what, changes=", ".join(changes[:2]))


def _said(action: str, name: str, value: Any) -> str:
    """A stored value in the words that the screen has for it."""
    if (action, name) == ("step", "status"):
        return labels.step_status(value or "open")
    if value is None:
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if (action, name) == ("agenda", "state"):
        return labels.state(value)[0]
    if (action, name) in (("agenda", "by"), ("step", "who")):
        return labels.who(value)
    return labels.form(value) if name == "form" else str(value)
