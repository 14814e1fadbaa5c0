"""The format's words as they stand on the screen, in the language in use."""

from datetime import date
from functools import cache

from jobsamtale_tui.i18n import N_, _
from jobsamtale_tui.records import Field
from jobsamtale_tui.reference import target_groups

_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_STATUS = {
    "planned": N_("planned"),
    "draft": N_("draft"),
    "completed": N_("completed"),
    "cancelled": N_("cancelled"),
    "no_show": N_("no-show"),
}
_FORM = {
    "personal": N_("in person"),
    "remote": N_("telephone/digital"),
    "group": N_("group session"),
    "industry": N_("industry meeting"),
    "via_other": N_("through others"),
}
_STATE = {
    "possible": (N_("possible"), "○"),
    "agreed": (N_("agreed"), "●"),
    "dropped": (N_("dropped"), "×"),
    "done": (N_("done"), "✓"),
}
_WHO = {"citizen": N_("the citizen"), "caseworker": N_("the caseworker"), "other": N_("another")}
_STEP = {"open": N_("open"), "partly": N_("partly"), "done": N_("done"), "dropped": N_("given up")}
ROLES = {
    "caseworker": N_("caseworker"),
    "key_person": N_("key person"),
    "team_leader": N_("team leader"),
    "company_consultant": N_("company consultant"),
    "job_broker": N_("job broker"),
}
READINESS = {1: N_("1 ready for a job"), 2: N_("2 upskilling first"), 3: N_("3 not ready")}
ENDED = {"job": N_("job"), "education": N_("education"), "other": N_("other reason")}
_REALISTIC = {"yes": N_("realistic"), "partly": N_("partly realistic"), "no": N_("not realistic")}
FIELDS: tuple[Field, ...] = ("employment", "health", "social", "voluntary")
_FIELDS = {
    "employment": N_("employment"),
    "health": N_("health"),
    "social": N_("social"),
    "voluntary": N_("voluntary"),
}
PHASES = (N_("Preparation"), N_("Opening"), N_("Conducting"), N_("Closing"))


def short_weekday(day: date) -> str:
    """`ma` to `sø`."""
    return _(_WEEKDAYS[day.weekday()])


def long_day(day: date) -> str:
    """`ma 02.03.2026`."""
    return f"{short_weekday(day)} {day:%d.%m.%Y}"


def status(value: str) -> str:
    """A session's status."""
    return _(_STATUS[value])


def form(value: str | None) -> str:
    """A session's form; empty where it is not said."""
    return _(_FORM[value]) if value else ""


def state(value: str) -> tuple[str, str]:
    """An agenda item's state: the word and its mark."""
    word, mark = _STATE[value]
    return _(word), mark


def who(value: str) -> str:
    """The citizen, the caseworker or another."""
    return _(_WHO[value])


def step_status(value: str) -> str:
    """A step's status."""
    return _(_STEP[value])


def realistic(value: str | None) -> str:
    """Whether a job goal is realistic; empty where it is not said."""
    return _(_REALISTIC[value]) if value else ""


def field(value: str) -> str:
    """The field of an activity."""
    return _(_FIELDS[value])


def target_group(key: str | None) -> str:
    """A target group's name; its key where it is not known, empty where there is none."""
    return _target_groups().get(key, key) if key else ""


@cache
def _target_groups() -> dict[str, str]:
    return target_groups.names()
