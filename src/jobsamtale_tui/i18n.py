"""Words on the screen: English in the code inside `_()`, Danish from the catalogue unless English is asked for.

Nothing here looks at the machine's locale: the same program says the same everywhere.
"""

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

DEFAULT_LANGUAGE = "da"
LANGUAGES = ("da", "en")
LOCALE_DIR = Path(__file__).parent / "locale"

_catalogue: list[gettext.NullTranslations] = []
_language: list[str] = [DEFAULT_LANGUAGE]
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def use(language: str) -> None:
    """Says everything in `language` (`da` or `en`) from now on."""
    _language[:] = [language]
    if language == "en":
        _catalogue[:] = [gettext.NullTranslations()]
    else:
        _catalogue[:] = [gettext.translation("jobsamtale", LOCALE_DIR, [language])]


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within the block all is said in `language` (`da` or `en`), in this thread alone: what a citizen is to read."""
    before = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(before)


@cache
def _spoken_catalogue(language: str) -> gettext.NullTranslations:
    return gettext.NullTranslations() if language == "en" else gettext.translation("jobsamtale", LOCALE_DIR, [language])


def _current() -> gettext.NullTranslations:
    spoken = _spoken.get()
    if spoken is not None:
        return _spoken_catalogue(spoken)
    if not _catalogue:
        use(DEFAULT_LANGUAGE)
    return _catalogue[0]


def _(message: str) -> str:
    """`message` in the language in use; the English text itself where that is English."""
    return _current().gettext(message)


def in_danish(message: str) -> str:
    """`message` in Danish whatever the language in use: for sentences that are kept with a case."""
    return gettext.translation("jobsamtale", LOCALE_DIR, ["da"]).gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The form for `count` of a text that has a singular and a plural."""
    return _current().ngettext(one, many, count)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "mark now, translate when shown"
    """Marks a text for the catalogue where it is only stored; `_()` translates it where it is shown."""
    return message


def language() -> str:
    """The language in use: da or en."""
    _current()
    return _spoken.get() or _language[0]
