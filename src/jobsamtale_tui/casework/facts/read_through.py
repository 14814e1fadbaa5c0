"""What a session's texts are read through for, put into sentences."""

import sqlite3

from jobsamtale_tui import dates, records
from jobsamtale_tui.i18n import _
from jobsamtale_tui.method import lint
from jobsamtale_tui.reference.language import FIELDS, language
from jobsamtale_tui.store.questions import reads


def findings(connection: sqlite3.Connection, session: records.Session) -> list[lint.Finding]:
    """What there is to point out in a session's note."""
    citizen = reads.citizen(connection, session.citizen)
    caseworker = reads.caseworker(connection, session.caseworker) if session.caseworker else None
    in_force = reads.job_goals(connection, session.citizen, dates.local(session.held_at).date())
    known = [one.name for one in (citizen, caseworker) if one]
    first = reads.last_completed(connection, session.citizen, session.held_at) is None
    return lint.lint(session, language(), goals=in_force, known=known, first=first)


def findings_of_text(text: str) -> list[lint.Finding]:
    """What there is to point out in a text of no session, such as a letter. Raises RefusedError as `language`."""
    return lint.lint_text(text, language())


def told(found: list[lint.Finding], most: int) -> list[str]:
    """The findings as sentences, no more than `most`; what is left out is counted in a last one."""
    said = [sentence(one) for one in found[:most]]
    if len(found) > most:
        said.append(_("and {count} more: jobsamtale lint tells them all").format(count=len(found) - most))
    return said


def place(finding: lint.Finding) -> str:
    """Where a finding stands, as people read it: `step 2, how`."""
    head, *rest = finding.where.split(".")
    nouns = {"agenda": _("item {number}"), "steps": _("step {number}"), "scores": _("score {number}")}
    if head in nouns:
        numbered = nouns[head].format(number=int(rest[0]) + 1)
        return ", ".join([numbered, *(_(FIELDS[one]) for one in rest[1:])])
    return _(FIELDS[rest[-1] if rest else head])


def sentence(finding: lint.Finding) -> str:
    """A finding on a line: the words, where, why, and what may stand instead."""
    what = f"»{finding.what}«, " if finding.what else ""
    instead = " " + _("Instead: {suggestion}").format(suggestion=finding.suggestion) if finding.suggestion else ""
    return f"{what}{place(finding)}: {finding.why}{instead}"
