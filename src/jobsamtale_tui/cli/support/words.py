"""The words for the values of the exchange format, where people read them."""

from jobsamtale_tui.i18n import N_, _

_WORDS = {
    "planned": N_("planned"),
    "draft": N_("under way"),
    "completed": N_("completed"),
    "cancelled": N_("cancelled"),
    "no_show": N_("did not come"),
    "personal": N_("in person"),
    "remote": N_("by phone or video"),
    "group": N_("in a group"),
    "industry": N_("by industry"),
    "via_other": N_("through another"),
    "citizen": N_("citizen"),
    "citizen_helped": N_("citizen, with help"),
    "caseworker": N_("caseworker"),
    "other": N_("other"),
    "possible": N_("possible"),
    "agreed": N_("agreed"),
    "dropped": N_("dropped"),
    "done": N_("done"),
    "partly": N_("partly"),
    "active": N_("active"),
    "retired": N_("retired"),
    "job": N_("a job"),
    "education": N_("an education"),
    "fund": N_("the insurance fund"),
    "mentor": N_("mentor"),
    "company_consultant": N_("company consultant"),
    "companion": N_("companion"),
    "interpreter": N_("interpreter"),
    "self": N_("yourself"),
    "peer": N_("colleague"),
    "leader": N_("leader"),
    "yes": N_("yes"),
    "no": N_("no"),
    "employment": N_("employment activity"),
    "health": N_("health activity"),
    "social": N_("social activity"),
    "voluntary": N_("voluntary activity"),
}


def word(value: str | None) -> str:
    """The word for a value; one without a word stands as it is."""
    return _(_WORDS[value]) if value in _WORDS else value or ""
