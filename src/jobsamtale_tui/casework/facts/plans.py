"""The citizen's open steps for her plan, headed as her target group names it."""

import sqlite3

from jobsamtale_tui import dates, records
from jobsamtale_tui.documents import plan
from jobsamtale_tui.reference import target_groups
from jobsamtale_tui.store.questions import steps


def steps_text(connection: sqlite3.Connection, citizen: records.Citizen) -> str:
    """The open and partly done steps as text; empty where there are none."""
    group = target_groups.find(citizen.target_group)
    there = [step for _session, _place, step in steps.open_steps(connection, citizen.key)]
    return plan.steps_text(group.plan if group else plan.PLAN, there, dates.today())
