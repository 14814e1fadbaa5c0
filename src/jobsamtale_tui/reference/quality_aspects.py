"""The words for a look back on a session, read from `data/guide/reflection.toml`: a municipality may word them anew."""

from functools import cache
from pathlib import Path
from typing import Any

from jobsamtale_tui import resources
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method.quality import ASPECTS, LEVELS, ROLES, Aspect, Role
from jobsamtale_tui.reference import guide, own_files

FILE = "reflection.toml"
Sheet = tuple[tuple[Aspect, ...], tuple[Role, ...]]


def sheet() -> tuple[Sheet, str | None]:
    """Aspects and roles in the format's order, and a sentence where a municipality's own cannot be read: then the
    shipped ones are used."""
    return own_files.own_or_shipped(read, own_files.FOLDER, FILE)


@cache
def read(path: Path) -> Sheet:
    """The aspects and roles in a file. Raises RefusedError where it cannot be read or has not all of them."""
    with own_files.refusing(path):
        content = resources.toml(path.read_text(encoding="utf-8"))
        aspects = {one.key: one for one in map(_aspect, content["aspect"])}
        roles = {one.key: one for one in map(_role, content["role"])}
        for known, found in ((ASPECTS, aspects), (ROLES, roles)):
            strange = {*known} ^ {*found}
            if strange:
                raise KeyError(sorted(strange)[0])
    return tuple(aspects[key] for key in ASPECTS), tuple(roles[key] for key in ROLES)


def _aspect(table: dict[str, Any]) -> Aspect:
    levels = [guide.words(one) for one in table["levels"]]
    if len(levels) != LEVELS:
        raise ValueError(_("{name} needs three levels").format(name=table["key"]))
    poor, middling, good = levels
    return Aspect(key=str(table["key"]), name=guide.words(table["name"]), levels=(poor, middling, good))


def _role(table: dict[str, Any]) -> Role:
    return Role(key=str(table["key"]), name=guide.words(table["name"]), how=guide.words(table["how"]))
