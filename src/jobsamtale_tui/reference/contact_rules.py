"""The contact rules and the holidays, read from their files."""

from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, get_args

from jobsamtale_tui import resources
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method import contact as method
from jobsamtale_tui.method.contact import Rule
from jobsamtale_tui.reference import own_files

FOLDER = "contact"


def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the files. Raises RefusedError where a municipality's own file is broken."""
    return read(resources.place("rules", FOLDER))


@cache
def read(folder: Path) -> tuple[Rule, ...]:
    """The rules in the files of `folder`. Raises RefusedError, with the file's name, where one cannot be read."""
    found: list[Rule] = []
    for path in sorted(folder.glob("*.toml")):
        with own_files.refusing(path, _broken):
            content = resources.toml(path.read_text(encoding="utf-8"))
            days = content.get("days", {})
            found += [_rule(table, days) for table in content["rule"]]
            _once(found)
    return tuple(found)


def _broken(path: Path, why: str) -> RefusedError:
    return RefusedError(
        _("The contact rules in {path} cannot be read: {why}").format(path=path, why=why),
        _("Correct the file, or take it away to use the one that comes with the program"),
    )


_SETS = frozenset({"counts_with", "units"})

_DATES = frozenset({"from", "until", "unchecked_from"})


def _rule(table: dict[str, Any], days: dict[str, Any]) -> Rule:
    values = {f"{name}_" if name == "from" else name: value for name, value in table.items()}
    for name in _SETS & table.keys():
        values[name] = frozenset(map(str, table[name]))
    wrong = [name for name in _DATES & table.keys() if type(table[name]) is not date]
    if wrong:
        raise ValueError(_("{name} has to be a day").format(name=wrong[0]))
    rule = Rule(
        **{
            **values,
            "groups": tuple(map(str, table["groups"])),
            "closed": days.get("closed", "stay"),
            "also_closed": frozenset(days.get("also", ())),
            "closed_source": str(days.get("source", "")),
        }
    )
    if rule.closed not in get_args(method.Closed):
        raise ValueError(_("closed is next, before or stay"))
    if rule.read not in get_args(method.Read):
        raise ValueError(_("read is statute, agency, page or not"))
    if not (rule.required >= 1 and 0 <= rule.after_months < rule.months and 0 < rule.share <= 1):
        raise ValueError(_("{rule}: required, months, after_months or share is out of range").format(rule=rule.id))
    return rule


def _once(found: list[Rule]) -> None:
    ids = [one.id for one in found]
    twice = next((one for one in ids if ids.count(one) > 1), None)
    if twice:
        raise ValueError(_("the rule {rule} stands twice").format(rule=twice))


@lru_cache(maxsize=200)
def _holidays(year: int) -> frozenset[date]:
    known = _known_holidays().get(str(year))
    if known is not None:
        return frozenset(date.fromisoformat(f"{year}-{day}") for day in known.split())
    import holidays

    return frozenset(holidays.country_holidays("DK", years=year))


@cache
def _known_holidays() -> dict[str, str]:
    """Those of the years around now, by year; they come with the program, whatever rules a municipality has."""
    return resources.toml((resources.shipped() / "rules" / "holidays.toml").read_text(encoding="utf-8"))


def is_holiday(day: date) -> bool:
    """Whether a day is a public holiday in Denmark."""
    return day in _holidays(day.year)
