"""An indicator as the lines of a form, one language at a time, and back."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from jobsamtale_tui import records, texts
from jobsamtale_tui.casework.indicators.families import Family
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method import indicator_lint, lint, scales
from jobsamtale_tui.records import Converts, Indicator, ReliableChange, Scale, Stage, Wording, Words
from jobsamtale_tui.tui.widgets.form import Choice, Fault, Item, Text, Values

W = TypeVar("W", Words, Wording)
LEVEL = "level-"
_STAGE = re.compile(r"(-?\d{1,9})(?:\s*[-–]\s*(-?\d{1,9}))?[\s:]+(.+)")
_PAIR = re.compile(r"(-?\d{1,9})\s*(?:=|->|→)\s*(-?\d{1,9})")
_LANGUAGE = re.compile(r"[a-z]{2,3}")


@dataclass(frozen=True)
class Figure(Item):
    """A number between `low` and `high`, with a comma or a point unless it is `whole`."""

    low: float = field(default=-1000, kw_only=True)
    high: float = field(default=1000, kw_only=True)
    whole: bool = field(default=False, kw_only=True)

    def write(self, value: Any) -> str:
        """With a comma, as people write it."""
        return "" if value is None else f"{value}".replace(".", ",")

    def read(self, typed: str) -> int | float | None:
        """The number."""
        text = typed.strip().replace(",", ".")
        if not text:
            return None
        try:
            value = int(text) if self.whole or re.fullmatch(r"-?\d+", text) else float(text)
        except ValueError:
            value = self.high + 1
        if not self.low <= value <= self.high:
            said = _("Write a number from {low} to {high}")
            raise ValueError(said.format(low=self.write(self.low), high=self.write(self.high)))
        return value


@dataclass(frozen=True)
class Page:
    """What the form shows: an indicator's texts in one language; Danish has all that is no text as well.

    `earlier` is the published version that the indicator is a draft upon, `levels` the texts of all levels met while
    editing: a range that is widened again has them back.
    """

    indicator: Indicator
    language: str = "da"
    earlier: Indicator | None = None
    levels: Mapping[str, Wording] = field(default_factory=dict)
    more: tuple[str, ...] = ()
    """Languages that were asked for and have no text yet."""

    def items(self) -> tuple[Item, ...]:
        """The lines."""
        level = _("The citizen's own words for level {level}; she hears it beside the number")
        texts_ = (
            Text("name", _("Name"), needed=self._danish, hint=_("A word or two; stands in lists, graph and note")),
            Text("question", _("Question"), hint=_("What you ask the citizen, put to her: du, din")),
        )
        levels = tuple(
            Text(f"{LEVEL}{number}", _("Level {level}").format(level=number), hint=level.format(level=number))
            for number in scales.levels(self.indicator.scale)
        )
        stages = Text("stages", _("Stages"), lines=4, hint=_("A line each, such as: 1-2 Hard right now"))
        if not self._danish:
            return (*texts_, *levels, stages)
        return (
            *texts_,
            Text("area", _("Area")),
            Figure("min", _("Lowest level"), needed=True, whole=True, hint=_("May be 0 or below")),
            Figure("max", _("Highest level"), needed=True, whole=True, hint=_("2 to 11 levels in all")),
            *levels,
            stages,
            Figure("threshold", _("Real from"), low=0, hint=_("So many levels up or down are more than chance")),
            Figure("sd", _("or SD"), low=0, hint=_("With reliability it gives the threshold (Jacobson & Truax)")),
            Figure("reliability", _("and reliability"), low=0, high=1, hint=_("0 to 1: how well two readings agree")),
            Text("source", _("Says who"), hint=_("Whose assumption it is: it is shown with the graph")),
            *(mapping_items(self.earlier) if self.earlier else ()),
            Text("languages", _("Languages"), hint=_("Further ones by their letters: en, uk, ar. F6 shows the next")),
        )

    @property
    def _danish(self) -> bool:
        return self.language == "da"

    def values(self) -> dict[str, Any]:
        """What stands in the lines."""
        one, say = self.indicator, self._say
        levels = {**self.levels, **(one.scale.levels or {})}
        found: dict[str, Any] = {"name": say(one.name), "question": say(one.question)}
        for number in scales.levels(one.scale):
            found[f"{LEVEL}{number}"] = say(levels.get(str(number)))
        found["stages"] = "\n".join(
            f"{stage.from_}-{stage.to} {say(stage.name) or ''}".rstrip() for stage in one.scale.stages
        )
        change, converts = one.reliable_change, one.converts
        found |= {name: getattr(change, name, None) for name in ("threshold", "sd", "reliability", "source")}
        found |= {"area": one.area, "min": one.scale.min, "max": one.scale.max, "by": "share", "mapping": None}
        if converts:
            found["by"] = converts.by
            found["mapping"] = written_mapping(converts.levels or {}) or None
        return {**found, "languages": ", ".join(self.languages({}))}

    def _say(self, words: Words | Wording | None) -> str | None:
        if words is None:
            return None
        if self._danish:
            return words.da or None
        return words.en if self.language == "en" else (words.other or {}).get(self.language)

    def read(self, values: Values) -> Indicator:
        """The indicator that the lines make. Raises ValueError where they make none (`faults` says why)."""
        one = self.indicator
        low, high = values.get("min", one.scale.min), values.get("max", one.scale.max)
        levels = {**self.levels, **(one.scale.levels or {})}
        for name, text in values.items():
            if name.startswith(LEVEL):
                number = name.removeprefix(LEVEL)
                levels[number] = self._with(levels.get(number, Wording(da="")), text)
        kept = {
            str(number): levels[str(number)]
            for number in range(low, high + 1)
            if levels.get(str(number), _NOTHING) != _NOTHING
        }
        scale = Scale(min=low, max=high, levels=kept or None, stages=self._stages(values["stages"] or ""))
        changed = replace(
            one, name=self._with(one.name, values["name"]), question=self._with(one.question, values["question"])
        )
        if not self._danish:
            return replace(changed, scale=scale)
        return replace(
            changed,
            scale=scale,
            area=values["area"],
            reliable_change=_reliable(values),
            converts=self._converts(values),
        )

    def _with(self, words: W, text: str | None) -> W:
        if self._danish:
            return replace(words, da=text or "")
        if self.language == "en":
            return replace(words, en=text)
        other = {**(words.other or {}), self.language: text}
        return replace(words, other={language: said for language, said in other.items() if said} or None)

    def _stages(self, written: str) -> tuple[Stage, ...]:
        known = {(stage.from_, stage.to): stage.name for stage in self.indicator.scale.stages}
        found = []
        for line in filter(None, map(str.strip, written.splitlines())):
            parts = _STAGE.fullmatch(line)
            if parts is None:
                if not self._danish:
                    continue
                raise ValueError(_("Write a stage as 1-2 and its name, a line each"))
            first, last = int(parts[1]), int(parts[2] or parts[1])
            name = known.get((first, last), Words(da=parts[3]))
            found.append(Stage(from_=first, to=last, name=self._with(name, parts[3])))
        if self._danish:
            return tuple(found)
        said = {(stage.from_, stage.to): stage for stage in found}
        return tuple(
            said.get((stage.from_, stage.to), replace(stage, name=self._with(stage.name, None)))
            for stage in self.indicator.scale.stages
        )

    def _converts(self, values: Values) -> Converts | None:
        if self.earlier is None:
            return self.indicator.converts
        if values["by"] != "levels":
            return None
        return Converts(from_=self.earlier.version, by="levels", levels=read_mapping(values["mapping"] or ""))

    def languages(self, values: Values) -> list[str]:
        """The languages that can be turned to, Danish first."""
        written = re.split(r"[,\s]+", values.get("languages") or "")
        known = indicator_lint.languages(self.indicator)
        return list(dict.fromkeys([*known, *self.more, *(one for one in written if _LANGUAGE.fullmatch(one))]))

    def faults(self, values: Values, terms: tuple[lint.Term, ...] = ()) -> list[Fault]:
        """What hinders it from being saved, and (`warns`) what could be plainer."""
        found = [*self._range_faults(values), *self._text_faults(values)]
        if not found and self.earlier is not None and values.get("by") == "levels":
            found += mapping_faults(self.earlier, values["min"], values["max"], values["mapping"] or "")
        if found or (self._danish and not values["name"]):
            return found
        return [*found, *(_fault(one, values) for one in indicator_lint.remarks(self.read(values), terms))]

    def _range_faults(self, values: Values) -> list[Fault]:
        low, high = values.get("min", self.indicator.scale.min), values.get("max", self.indicator.scale.max)
        if low is None or high is None:
            return [Fault("min" if low is None else "max", _("A number is missing"))]
        if not 1 <= high - low <= 10:
            return [Fault("max", _("A scale has 2 to 11 levels: the highest is above the lowest"))]
        try:
            stages = self._stages(values["stages"] or "")
        except ValueError as error:
            return [Fault("stages", str(error))]
        said = _("{from_}-{to} is not on the scale, which goes from {min} to {max}")
        return [
            Fault("stages", said.format(from_=stage.from_, to=stage.to, min=low, max=high))
            for stage in stages
            if not low <= stage.from_ <= stage.to <= high
        ]

    def _text_faults(self, values: Values) -> list[Fault]:
        found = []
        for one in re.split(r"[,\s]+", values.get("languages") or ""):
            if one and not _LANGUAGE.fullmatch(one):
                said = _("{language} is no language: write its two or three letters, for instance uk")
                found.append(Fault("languages", said.format(language=one)))
        if self._danish and values["threshold"] is None and (values["sd"] is None) != (values["reliability"] is None):
            missing = "sd" if values["sd"] is None else "reliability"
            found.append(Fault(missing, _("SD and reliability belong together")))
        small = [name for name in ("threshold", "sd") if values.get(name) is not None and values[name] <= 0]
        return [*found, *(Fault(name, _("The number must be above 0")) for name in small)]


_NOTHING = Wording(da="")


def _reliable(values: Values) -> ReliableChange | None:
    given = {name: values[name] for name in ("threshold", "sd", "reliability")}
    if all(value is None for value in given.values()):
        return None
    return ReliableChange(**given, source=values["source"])


def _fault(remark: indicator_lint.Remark, values: Values) -> Fault:
    """A remark, on the line that it is about."""
    name = remark.path.replace("scale.levels.", LEVEL)
    if name == "scale.levels":
        blank = (one for one, text in values.items() if one.startswith(LEVEL) and not text)
        name = next(blank, next(one for one in values if one.startswith(LEVEL)))
    return Fault(name, remark.sentence, warns=True)


def mapping_items(earlier: Indicator) -> tuple[Item, ...]:
    """The lines that say how scores of an earlier version are drawn."""
    ways = (("share", _("by share of the range")), ("levels", _("level by level")))
    hint = _("How scores of version {version} are drawn on this one")
    return (
        Choice("by", _("Old scores"), options=ways, hint=hint.format(version=earlier.version)),
        Text("mapping", _("Old to new"), hint=_("Every old number and where it goes: 1=2 2=4 3=6 4=8 5=10")),
    )


def mapping_faults(earlier: Indicator, low: int, high: int, written: str) -> list[Fault]:
    """What is wrong with a mapping of an earlier version's numbers to a scale from `low` to `high`."""
    old, mapping = earlier.scale, read_mapping(written)
    if not mapping:
        return [Fault("mapping", _("Every number from {min} to {max} needs a place").format(min=old.min, max=old.max))]
    gaps = scales.unmapped(old, Converts(from_=earlier.version, by="levels", levels=mapping))
    off = [str(level) for level in mapping.values() if not low <= level <= high]
    if gaps:
        said = _("Every number from {min} to {max} has a place, and no other: look at {numbers}")
        return [Fault("mapping", said.format(min=old.min, max=old.max, numbers=", ".join(gaps)))]
    if off:
        said = _("Not on the new scale: {numbers}")
        return [Fault("mapping", said.format(numbers=", ".join(off)))]
    return []


def read_mapping(written: str) -> dict[str, int]:
    """`1=2 2=4` as a mapping."""
    return {str(int(old)): int(new) for old, new in _PAIR.findall(texts.typed(written))}


def written_mapping(levels: Mapping[str, int]) -> str:
    """A mapping as `1=2 2=4`."""
    return " ".join(f"{old}={new}" for old, new in levels.items())


def suggested_mapping(old: records.Scale, new: records.Scale) -> str:
    """Every old number at the level nearest to its share of the range."""
    return written_mapping(
        {str(number): math.floor(scales.converted(number, old, new, None) + 0.5) for number in scales.levels(old)}
    )


def published(family: Family) -> list[Indicator]:
    """The versions that are not drafts, the newest first."""
    return sorted((one for one in family.versions if one.status != "draft"), key=lambda one: -one.version)
