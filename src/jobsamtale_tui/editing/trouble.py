"""What is wrong with the database, in words for a status line."""

from jobsamtale_tui.errors import StoreError
from jobsamtale_tui.i18n import _, ngettext


def trouble_words(
    error: StoreError, *, stranded: bool = False, kept: bool = True, waits: tuple[int, bool] = (0, False)
) -> str:
    """What is wrong with the database and what to do, short enough for a status line; `kept`: something typed is,
    and so many changes wait (`counted`)."""
    sentence = {
        "locked": _("The database is locked by another program"),
        "full": _("The disk is full: make room"),
        "disk": _("The disk does not take more: make room, or ask those who run it"),
        "read-only": _("The database may only be read: ask for the right to write"),
        "gone": _("The database file is gone: put it back where it was"),
        "replaced": _("Another file lies where the database was: start again"),
    }.get(error.kind, str(error).removesuffix("."))
    if stranded:
        return _("{what}. What you typed is on the screen alone").format(what=sentence)
    count, scores = waits
    if kept and count and scores:
        words = ngettext("{count} score waits to be saved. {what}", "{count} scores wait to be saved. {what}", count)
        return words.format(what=sentence, count=count)
    if kept and count:
        words = ngettext("{count} change waits to be saved. {what}", "{count} changes wait to be saved. {what}", count)
        return words.format(what=sentence, count=count)
    if kept:
        return _("{what}. What you typed is kept").format(what=sentence)
    return f"{sentence}. {_('Try again in a moment')}." if error.kind == "locked" else f"{sentence}."
