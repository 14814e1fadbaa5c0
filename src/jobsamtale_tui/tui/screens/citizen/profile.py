"""What the citizen has put up about herself, edited together: wishes, CV with years, competences, what to develop."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from jobsamtale_tui import records, texts
from jobsamtale_tui.casework.citizen import profiles
from jobsamtale_tui.i18n import N_, _
from jobsamtale_tui.store.questions import reads
from jobsamtale_tui.tui.screens.common.form import FormScreen, Job
from jobsamtale_tui.tui.widgets.form import Form, Item, Text

FIELDS = ("wishes", "cv", "competences", "to_develop")
_YEARS = re.compile(r"(.*?)[\s,;:(–-]+([0-9]{1,3}(?:[.,][0-9]+)?)\s*(?:år|years?|y)?\.?\)?", re.IGNORECASE)


@dataclass(frozen=True)
class Several(Text):
    """Several short texts, one a line."""

    def write(self, value: Any) -> str:
        """A line each."""
        return "\n".join(texts.one_line(one) for one in value or ())

    def read(self, typed: str) -> Any:
        """The lines that are not blank."""
        return tuple(line.strip() for line in texts.typed(typed).split("\n") if line.strip()) or None


@dataclass(frozen=True)
class Positions(Several):
    """The positions of a CV, one a line, each with its years behind it where they are known."""

    def write(self, value: Any) -> str:
        """`Stilladsmontør, 15 år`."""
        return "\n".join(written(entry) for entry in value or ())

    def read(self, typed: str) -> Any:
        """The positions: `Stilladsmontør, 15`, `Stilladsmontør 15 år` or without years."""
        return tuple(entry(line) for line in super().read(typed) or ()) or None


def written(entry: records.CvEntry) -> str:
    """A position of a CV on a line."""
    position = texts.one_line(entry.position)
    if entry.years is None:
        return position
    years = f"{entry.years:g}".replace(".", ",")
    return f"{position}, {_('{years} years').format(years=years)}"


def entry(line: str) -> records.CvEntry:
    """A position of a CV as it is typed. Raises ValueError for years that nobody has."""
    found = _YEARS.fullmatch(line.strip())
    if found is None or not found[1].strip():
        return records.CvEntry(position=line.strip())
    years = float(found[2].replace(",", "."))
    if years > 100:
        return records.CvEntry(position=line.strip())
    return records.CvEntry(position=found[1].strip(), years=int(years) if years == int(years) else years)


class ProfileForm(FormScreen):
    """The profile as a form; one that asks for more, or for less, gives other `items`."""

    kind = "profile"
    named: ClassVar[str] = N_("Wishes, CV and competences")

    def __init__(self, citizen: str, what: str = "profile.edit") -> None:
        super().__init__(f"{what} {citizen}", _(self.named))
        self.key = citizen
        self._known = False

    def items(self) -> tuple[Item, ...]:
        """The lines."""
        return (
            Several("wishes", _("Applies for work as"), lines=2, hint=_("As in »Jeg søger job som«; one a line")),
            Positions("cv", _("CV"), lines=4, hint=_("One position a line, with its years: Scaffolder, 15")),
            Several(
                "competences",
                _("Good at"),
                lines=4,
                hint=_("In her own words, from work and from the rest of life; one a line"),
            ),
            Several("to_develop", _("Wants to learn"), lines=3, hint=_("Points to develop, in her own words")),
        )

    def build(self, typed: Mapping[str, str]) -> Form:
        """The lines with what is known."""
        citizen, profile = reads.citizen(self.connection, self.key), reads.profile(self.connection, self.key)
        self._right = citizen.name if citizen else ""
        self._known = profile is not None
        values = {name: getattr(profile, name) or None for name in FIELDS} if profile else {}
        return Form(*self.items(), values=values, typed=typed)

    def changed_profile(self, form: Form) -> dict[str, Any]:
        """What of the profile was changed."""
        return {name: tuple(value or ()) for name, value in form.changed.items() if name in FIELDS}

    def job(self, form: Form) -> Job:
        """Saves what was changed."""
        fields, key, seen = self.changed_profile(form), self.key, int(self._known)
        return lambda database, actor: profiles.edit(self.place(database, actor, key, seen), fields)
