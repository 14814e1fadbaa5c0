"""The kinds of session (local templates): read from `data/guide/kinds`, chosen for a session, minded at its end."""

from functools import cache
from pathlib import Path
from typing import Any, get_args

from jobsamtale_tui import records, resources
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method import kinds
from jobsamtale_tui.method.kinds import Item, Kind
from jobsamtale_tui.reference import guide, own_files

FOLDER = "kinds"
_FORMS = get_args(records.Form)
_FIELDS = frozenset(
    {
        *("key", "name", "also", "how", "form", "interview_type", "self_booking"),
        *("item", "indicators", "actions", "questions"),
    }
)


def in_force() -> tuple[tuple[Kind, ...], str | None]:
    """The kinds in force, and a sentence where a municipality's own cannot be read: then the shipped ones are used."""
    return own_files.own_or_shipped(read, own_files.FOLDER, FOLDER)


def kind_of(session: records.Session) -> Kind | None:
    """The kind that a session was given; None where it has none, or one that is not known here."""
    return kinds.of_session(in_force()[0], session) if session.session_kind else None


@cache
def read(folder: Path) -> tuple[Kind, ...]:
    """The kinds in `folder`, in the order of the files' names. Raises RefusedError, with the file's name, where one
    cannot be read or where two are called the same."""
    found: list[Kind] = []
    known: set[str] = set()
    for path in sorted(folder.glob("*.toml")):
        for kind in read_file(path):
            called = {" ".join(name.split()).casefold() for name in kinds.names(kind)}
            if called & known:
                raise own_files.broken(path, _("{name} stands twice").format(name=kind.name.da))
            known |= called
            found.append(kind)
    return tuple(found)


def read_file(path: Path) -> list[Kind]:
    """The kinds in a file. Raises RefusedError with its name and what is wrong."""
    with own_files.refusing(path):
        content = resources.toml(path.read_text(encoding="utf-8"))
        unknown = {*content} - {"kind"}
        if unknown:
            raise KeyError(sorted(unknown)[0])
        return [_kind(table) for table in content.get("kind", [])]


def _kind(table: dict[str, Any]) -> Kind:
    unknown = {*table} - _FIELDS
    if unknown:
        raise KeyError(sorted(unknown)[0])
    form, number, how = table.get("form"), table.get("interview_type"), table.get("how")
    if form is not None and form not in _FORMS:
        raise ValueError(_("form is one of {names}").format(names=", ".join(_FORMS)))
    if number is not None and number not in kinds.INTERVIEW_TYPES:
        known = ", ".join(map(str, kinds.INTERVIEW_TYPES))
        raise ValueError(_("interview_type is one of {names}").format(names=known))
    booking = table.get("self_booking", False)
    if not isinstance(booking, bool):
        raise ValueError(_("self_booking is true or false"))
    return Kind(
        key=_text(table["key"]),
        name=guide.words(table["name"]),
        also=tuple(map(_text, table.get("also", ()))),
        how=guide.words(how) if how else None,
        form=form,
        interview_type=number,
        self_booking=booking,
        items=tuple(map(_item, table.get("item", ()))),
        indicators=tuple(map(_text, table.get("indicators", ()))),
        actions=tuple(map(_text, table.get("actions", ()))),
        questions=tuple(map(guide.words, table.get("questions", ()))),
    )


def _item(table: dict[str, Any]) -> Item:
    unknown = {*table} - {"topic", "core"}
    if unknown:
        raise KeyError(sorted(unknown)[0])
    core = table.get("core", False)
    if not isinstance(core, bool):
        raise ValueError(_("core is true or false"))
    return Item(topic=guide.words(table["topic"]), core=core)


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(_("a text is blank or no text"))
    return value


# At the end of a session


def card(kind: Kind) -> guide.Card:
    """A kind as a page of the guide."""
    called = {action.key: action.name for action in guide.guide()[0].actions}
    advice = [called[action] for action in kind.actions if action in called]
    if kind.self_booking:
        advice.append(records.Words(da="Borgeren kan selv booke den.", en="The citizen can book it herself."))
    return guide.Card(key=kind.key, name=kind.name, how=kind.how, advice=tuple(advice), questions=kind.questions)
