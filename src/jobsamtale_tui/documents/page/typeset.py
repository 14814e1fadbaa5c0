"""The citizen's page as PDF: the template in force, set by Typst, tagged for screen readers (PDF/UA-1).

Typst sees the data as JSON, so nothing in them is markup, and reads no file outside the template's folder. Fonts come
from a package, never from the machine: the same pages give the same bytes.
"""

import json
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import font_source_sans_pro
import typst

from jobsamtale_tui import resources, texts
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import _

NAME = "borgerside.typ"
_FACES = ("Regular", "Semibold", "Bold")
_PLACE = re.compile(r"┌─ .*?:(\d+):\d+")
_UNPRINTABLE = re.compile(r'the text `"(.+?)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_STANDARD = "PDF/UA-1 error"
_STAND_IN = "□"
_KEPT = {*map(chr, range(128)), _STAND_IN, "\u200b"}
_JOINING = {"Mn", "Mc", "Me", "Cf", "Cc"}
_UNSURE = ({"Co", "Cn"}, {"Lo", "So", *_JOINING})
_PACKAGE = re.compile(rb'"@')
_SHEETS = re.compile(rb"/Type/Pages/Count (\d+)")
TIGHTEST = 9
"""The last of the ways that a template sets a page, from the roomiest (0) on."""
_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)

Page = Mapping[str, Any]
"""What `printout.page` gives."""


class Press:
    """Makes PDF of pages by the template in force; keeps what several pages have in common."""

    def __init__(self) -> None:
        self._template = _path()
        try:
            source = self._template.read_bytes()
        except OSError as error:
            raise _refused(self._template, None, error.strerror or _("it cannot be read")) from None
        if _PACKAGE.search(source):
            raise _refused(self._template, None, _("it may not fetch packages from the net"))
        self._compiler = typst.Compiler(
            self._template, root=self._template.parent, font_paths=_fonts(), ignore_system_fonts=True
        )

    def page(self, page: Page, at: datetime | None = None) -> bytes:
        """A PDF of one page (`printout.page`), dated `at`: when the newest of its facts was made.

        It is set as roomy as one sheet allows. Signs that none of the fonts has stand as `□`, and the page says so.
        Raises RefusedError that names the line where the template is broken.
        """
        return self._fitted(page, at)[1]

    def book(self, pages: Iterable[tuple[Page, datetime | None]]) -> bytes:
        """One PDF of many pages, each as `page` has it, dated as the newest; made in memory as a whole. b"" of none."""
        fitted, newest = [], None
        for page, at in pages:
            fitted.append(self._fitted(page, at)[0])
            newest = max(filter(None, (newest, at)), default=None)
        return self._set(fitted, newest) if fitted else b""

    def _fitted(self, page: Page, at: datetime | None) -> tuple[Page, bytes]:
        tight = 0
        while True:
            try:
                made = self._set([{**page, "tight": tight}], at)
            except typst.TypstError as error:
                table = _stand_ins(error.diagnostic, set(json.dumps(page, ensure_ascii=False)))
                if not table:
                    raise self._broken(error) from None
                page = {**_translated(page, table), "replaced": True}
                continue
            if tight == TIGHTEST or _sheets(made) == 1:
                return {**page, "tight": tight}, made
            tight += 1

    def _set(self, pages: Sequence[Page], at: datetime | None) -> bytes:
        told = json.dumps(pages, ensure_ascii=False)
        made = self._compiler.compile(
            format="pdf", sys_inputs={"pages": told}, pdf_standards=["ua-1"], timestamp=at or _NO_DAY
        )
        return made if isinstance(made, bytes) else b""

    def _broken(self, error: typst.TypstError) -> RefusedError:
        place = _PLACE.search(error.diagnostic)
        return _refused(self._template, place[1] if place else None, texts.one_line(error.message))


def _sheets(pdf: bytes) -> int:
    """How many sheets a PDF has: the root of its pages says so, and Typst writes it in the clear."""
    return max((int(count) for count in _SHEETS.findall(pdf)), default=1)


def _translated(value: Any, table: Mapping[int, str]) -> Any:
    match value:
        case str():
            return value.translate(table)
        case dict():
            return {key: _translated(part, table) for key, part in value.items()}
        case list():
            return [_translated(part, table) for part in value]
        case _:
            return value


def _stand_ins(diagnostic: str, signs: set[str]) -> dict[int, str]:
    """What stands for each of the `signs` that Typst says it has no glyph for; nothing for what joins other signs.

    Where it does not say which: first what nobody's font has, then what one for European alphabets need not have.
    """
    if _STANDARD not in diagnostic:
        return {}
    named = "".join(_UNPRINTABLE.findall(diagnostic))
    missing = signs & set(_ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), named)) - _KEPT
    for kinds in _UNSURE:
        missing = missing or {sign for sign in signs - _KEPT if unicodedata.category(sign) in kinds}
    return {ord(sign): _STAND_IN if unicodedata.category(sign) not in _JOINING else "" for sign in missing}


@cache
def _fonts() -> typst.Fonts:
    """The three faces that are used, and those that Typst brings for other alphabets.

    The package has each face in two formats. One of each is put in a folder of its own, so that it does not depend on
    the order of files in a folder which of the two a page is set in.
    """
    folder = Path(font_source_sans_pro.__file__).parent / "files"
    with tempfile.TemporaryDirectory() as own:
        for face in _FACES:
            (Path(own) / f"{face}.otf").symlink_to(folder / f"SourceSansPro-{face}.otf")
        return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[own])


def _path() -> Path:
    return resources.place("templates", NAME)


def _refused(path: Path, line: str | None, reason: str) -> RefusedError:
    place = f"{path}:{line}" if line else str(path)
    return RefusedError(
        _("The template of the citizen's page cannot be used ({place}): {reason}").format(place=place, reason=reason),
        _("Correct the template, or take it away to use the one that comes with the program"),
    )
