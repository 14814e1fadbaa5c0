"""The citizen's open steps as plain text, to be put into the plan that her target group has."""

from collections.abc import Iterable
from datetime import date

from jobsamtale_tui import dates
from jobsamtale_tui.records import Step

PLAN = "Min Plan"
"""What the plan is called where the target group is not known."""
_WHO = {"caseworker": "Det gør jobkonsulenten. ", "other": "Det gør en anden. "}


def steps_text(plan: str, steps: Iterable[Step], day: date) -> str:
    """The plan's name and the day, then a line a step: what, how, when, and whose it is where it is not the citizen's.

    In Danish, as a note is; empty where there is no step. What people typed stands on one line.
    """
    lines = [_line(step) for step in steps]
    return "\n".join([f"{plan}: næste skridt, {dates.short_day(day)}", *lines]) if lines else ""


def _line(step: Step) -> str:
    said = [_sentence(step.what)]
    if step.how and step.how.strip():
        said.append(_sentence(f"Hvordan: {step.how}"))
    if step.when:
        said.append(f"Hvornår: {dates.short_day(step.when)}.")
    partly = "Delvist gjort. " if step.status == "partly" else ""
    return f"- {_WHO.get(step.who, '')}{partly}{' '.join(said)}"


def _sentence(text: str) -> str:
    line = " ".join(text.split())
    return line if line.endswith((".", "!", "?", "…")) else f"{line}."
