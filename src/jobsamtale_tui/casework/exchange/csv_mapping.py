"""Which column of a CSV file is which field: told, remembered for these very headings, or guessed from them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from jobsamtale_tui.casework.exchange.csv_table import plain
from jobsamtale_tui.casework.format.faults import did_you_mean, quoted
from jobsamtale_tui.errors import RefusedError, UsageError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.store.questions.quick_reads import Connection
from jobsamtale_tui.store.sqlite.database import Database
from jobsamtale_tui.store.writing import csv_mappings

Reading = Literal["text", "day", "number", "list", "type"]


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a column can be: its name in the exchange format, and further headings by which it is guessed."""

    name: str
    headings: str
    reading: Reading = "text"
    needed: bool = False


_WHOSE = "borger borgernøgle borgerid cpr cprnr cprnummer personnummer sagsnøgle sagsnr sagsnummer sag casekey case"
_POSITION = "stilling stillingsbetegnelse jobtitel titel title jobtitle job"
_EMPLOYER = "arbejdsgiver virksomhed virksomhedsnavn firma company"
_SENT = "date dato ansøgningsdato sendt sendtden datosendt ansøgt ansøgtden oprettet applied"
_CHANNEL = "kanal ansøgningsform ansøgningsmetode ansøgtvia fremgangsmåde via"
_COMPETENCES = "competence kompetence kompetencer kvalifikationer skills"
_DEVELOP = "udviklingspunkt udviklingspunkter udvikling skaludvikles"
_OUTLOOK = "udsigt udsigter jobmuligheder balance vurdering"
FIELDS: Mapping[str, tuple[Field, ...]] = {
    "applications": (
        Field("citizen", _WHOSE, needed=True),
        Field("on", _SENT, "day", needed=True),
        Field("position", _POSITION, needed=True),
        Field("employer", _EMPLOYER),
        Field("channel", _CHANNEL),
        Field("result", "resultat status svar udfald answer"),
        Field("id", "joblogid reference referencenr løbenr løbenummer"),
    ),
    "profiles": (
        Field("citizen", _WHOSE, needed=True),
        Field("wishes", "wish ønske ønsker jobønske jobønsker jegsøgerjobsom søgerjobsom", "list"),
        Field("position", _POSITION),
        Field("years", "år antalår erfaringår erfaringiår anciennitet yearsofexperience", "number"),
        Field("competences", _COMPETENCES, "list"),
        Field("to_develop", _DEVELOP, "list"),
    ),
    "openings": (
        Field("citizen", _WHOSE),
        Field("industry", "branche fagområde"),
        Field("title", f"overskrift {_POSITION}", needed=True),
        Field("employer", _EMPLOYER),
        Field("type", "art slags", "type"),
        Field("link", "url webadresse hjemmeside"),
        Field("until", "frist ansøgningsfrist deadline udløber tilogmed", "day"),
        Field("note", "bemærkning bemærkninger kommentar"),
    ),
    "labour": (
        Field("occupation", f"erhverv fag {_POSITION}", needed=True),
        Field("region", "område rarområde landsdel kommune"),
        Field("outlook", _OUTLOOK, needed=True),
        Field("source", "kilde", needed=True),
        Field("date", "dato opgjort", "day", needed=True),
    ),
}
"""What can come as CSV, and the columns of each; `citizen` takes a key, a case key or a CPR number."""
Mapping_ = dict[str, tuple[str, ...]]
"""The headings of each field; several for a list."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The mapping of one file, and where it came from: `told`, `remembered` or `guessed`."""

    mapping: Mapping_
    origin: str
    left: tuple[str, ...]
    """The headings that are not taken."""

    def sentence(self, name: str) -> str:
        """What is taken as what, on one line."""
        pairs = ", ".join(f"{quoted(one)} → {field}" for field, found in self.mapping.items() for one in found)
        said = {
            "told": _("{file}: columns as told: {pairs}"),
            "remembered": _("{file}: columns as the last time: {pairs}"),
            "guessed": _("{file}: columns guessed from their headings: {pairs}"),
        }[self.origin].format(file=name, pairs=pairs)
        left = ", ".join(map(quoted, self.left))
        return f"{said}; " + _("not taken: {names}").format(names=left) if left else said


def recognised(what: str, headings: Sequence[str]) -> int:
    """How many of the headings mean something."""
    return sum(len(found) for found in guess(what, headings).values())


def guess(what: str, headings: Sequence[str]) -> Mapping_:
    """The fields that headings in Danish or English name, each heading at most once."""
    found: Mapping_ = {}
    left = list(headings)
    for field in FIELDS[what]:
        known = {plain(field.name), *field.headings.split()}
        hits = [one for one in left if plain(one) in known]
        hits = hits if field.reading == "list" else hits[:1]
        if hits:
            found[field.name] = tuple(hits)
            left = [one for one in left if one not in hits]
    return found


def plan(
    connection: Connection | None,
    name: str,
    what: str,
    headings: Sequence[str],
    told: Iterable[str],
    *,
    citizen: bool = False,
) -> Plan:
    """The mapping for a file's headings; `told` are `FIELD=HEADING`, `citizen` says that one citizen has all rows.
    Without a connection nothing is remembered.

    Raises UsageError where what is told names no field or no column, RefusedError where a needed field has none.
    """
    known = csv_mappings.remembered(connection, what, headings) if connection else None
    mapping = dict(known if known is not None else guess(what, headings))
    own = _told(what, headings, told)
    for field, found in own.items():
        for other in [one for one, headed in mapping.items() if set(headed) & set(found)]:
            mapping[other] = tuple(one for one in mapping[other] if one not in found)
        mapping[field] = found
    if citizen:
        mapping.pop("citizen", None)
    mapping = {field.name: mapping[field.name] for field in FIELDS[what] if mapping.get(field.name)}
    missing = [
        field.name
        for field in FIELDS[what]
        if field.needed and field.name not in mapping and not (citizen and field.name == "citizen")
    ]
    if missing:
        hint = _("Write for instance --map {field}=HEADING; the headings are {names}")
        raise RefusedError(
            _("{file} has no column for {names}").format(file=name, names=", ".join(missing)),
            hint.format(field=missing[0], names=", ".join(map(quoted, headings))),
        )
    taken = {one for found in mapping.values() for one in found}
    origin = "told" if own else "guessed" if known is None else "remembered"
    return Plan(mapping, origin, tuple(one for one in headings if one not in taken))


def _told(what: str, headings: Sequence[str], told: Iterable[str]) -> Mapping_:
    fields = {field.name: field for field in FIELDS[what]}
    found: Mapping_ = {}
    for one in told:
        field, equals, heading = one.partition("=")
        if not equals:
            raise UsageError(
                _("--map {value} is not FIELD=HEADING").format(value=quoted(one)),
                _("Write for instance --map position=Stilling"),
            )
        if field not in fields:
            raise UsageError(
                _("--map: {field} is not a field of {what}").format(field=quoted(field), what=what),
                did_you_mean(field, fields),
            )
        if found.get(field) and fields[field].reading != "list":
            raise UsageError(_("--map names two columns for {field}").format(field=field), _("Name one"))
        found[field] = (*found.get(field, ()), *_column(headings, heading))
    return found


def _column(headings: Sequence[str], heading: str) -> tuple[str, ...]:
    """The heading that is meant: as it stands, however it is written, or the column's number; none where blank."""
    heading = " ".join(heading.split())
    if not heading:
        return ()
    exact = [one for one in headings if one == heading] or [one for one in headings if plain(one) == plain(heading)]
    if exact and plain(heading):
        return (exact[0],)
    if heading.isascii() and heading.isdigit() and 1 <= int(heading[:6]) <= len(headings):
        return (headings[int(heading) - 1],)
    raise UsageError(
        _("--map: there is no column {heading}").format(heading=quoted(heading)), did_you_mean(heading, headings)
    )


def remember(database: Database, what: str, headings: Sequence[str], found: Plan) -> None:
    """The next file with these headings is read in the same way. Raises StoreError."""
    with database.connected() as connection:
        csv_mappings.remember(connection, what, headings, found.mapping)
