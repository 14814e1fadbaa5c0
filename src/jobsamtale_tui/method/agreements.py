"""Which indicators of an agreement count on a day, and whether indicators are used at all."""

from datetime import date

from jobsamtale_tui.records import Agreement, ChosenIndicator, Citizen


def chosen_on(agreement: Agreement | None, day: date) -> tuple[ChosenIndicator, ...]:
    """The indicators of an agreement that are chosen on `day`, each once.

    After the agreement's own end its last day counts: its indicators still show, and the caller says so. What was
    taken out on the very day it was chosen never counted.
    """
    if agreement is None:
        return ()
    if agreement.until is not None:
        day = min(day, agreement.until)
    found: dict[str, ChosenIndicator] = {}
    for chosen in agreement.indicators:
        withdrawn = chosen.end_reason is not None and chosen.until == chosen.from_
        if chosen.from_ <= day and (chosen.until is None or day <= chosen.until) and not withdrawn:
            found[chosen.indicator] = chosen
    return tuple(found.values())


def run_out(agreement: Agreement | None, day: date) -> bool:
    """Whether the agreement's period has ended before `day`."""
    return agreement is not None and agreement.until is not None and agreement.until < day


def next_until(agreement: Agreement, day: date) -> date | None:
    """The last day of an agreement from `day` on that is as long as this one; None where this one is open."""
    return day + (agreement.until - agreement.from_) if agreement.until is not None else None


def indicators_used(citizen: Citizen, agreement: Agreement | None) -> bool:
    """Whether indicators are used: where it was decided so, or an agreement stands and it was not decided otherwise."""
    decision = citizen.indicators_used
    return decision.use if decision is not None else agreement is not None
