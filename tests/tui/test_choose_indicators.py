"""Indicators chosen on the way: the decision, the catalogue, a reason for each, and the scale form that follows."""

from pathlib import Path
from typing import Any

import pytest
from tests.tui.driving import Drive, driving

from jobsamtale_tui.casework.change.context import ChangeContext
from jobsamtale_tui.tui.screens.agreement.screen import AgreementScreen
from jobsamtale_tui.tui.widgets.rows import Rows


async def conducting(drive: Drive, citizen: str) -> None:
    await drive.open_session(citizen)
    await drive.press("f4")
    assert drive.where == "phase 3"


def agreed(drive: Drive, citizen: str) -> list[tuple[Any, ...]]:
    return drive.sql(
        "SELECT a.from_, i.indicator, i.reason, i.until, i.end_reason FROM agreement a"
        " JOIN agreement_indicator i ON i.agreement = a.key WHERE a.citizen = ? ORDER BY a.from_, a.key, i.position",
        citizen,
    )


async def choose(drive: Drive, name: str, reason: str) -> None:
    """Finds an indicator in the list by the arrows and gives its reason."""
    rows = drive.app.screen.query_one("#indicators", Rows)
    places = [at for at, line in enumerate(rows.lines) if line.key and name in "".join(t for t, _look in line.cells)]
    rows.go(places[0])
    await drive.press("enter")
    assert drive.at == "entry"
    await drive.type(reason)
    await drive.press("enter")


async def test_where_it_is_not_decided_a_quiet_line_says_so_and_the_key_decides(db: Path) -> None:
    async with driving(db) as drive:
        await conducting(drive, "ærenlund")
        assert "Whether indicators are used is not decided; i decides it" in drive.screen
        await drive.press("i")
        assert drive.where == "DecisionForm"
        await drive.press("u", "enter")
        await drive.type("Fire barrierer")
        await drive.press("enter")
        await drive.type("angst, bolig, gæld, søvn")
        await drive.press("enter")
        assert drive.where == "AgreementScreen"
        for name, reason in (("Jobtro", "Hun tvivler"), ("Mod", "Hun øver sig")):
            await choose(drive, "Troen" if name == "Jobtro" else name, reason)
        await drive.press("escape")
        assert drive.where == "phase 3"
        assert drive.at == "scale"
        assert [entry.indicator.key for entry in drive.widget("scale").entries] == ["jobtro", "mod"]
        assert "not decided" not in drive.screen
        assert agreed(drive, "ærlig-bx") == [
            ("2026-06-03", "jobtro", "Hun tvivler", None, None),
            ("2026-06-03", "mod", "Hun øver sig", None, None),
        ]
        await drive.press("7")
        assert [(score.indicator, score.value) for score in drive.session().scores] == [("jobtro", 7)]
        assert [action for action, _by, _login in drive.history()] == [
            *("session.start", "citizen.edit", "agreement.new", "agreement.choose", "score.set"),
        ]


async def test_where_they_are_not_to_be_used_nothing_of_them_shows_any_more(db: Path) -> None:
    async with driving(db) as drive:
        await conducting(drive, "ærenlund")
        await drive.press("i", "n", "enter")
        await drive.type("Hun søger målrettet")
        await drive.press("f10")
        assert drive.where == "phase 3"
        assert "ndicator" not in drive.screen
        assert not drive.app.screen.query("#scale")
        await drive.press("i")
        assert drive.where == "phase 3"
        assert "Indicators are not used: Hun søger målrettet" in drive.status


async def test_the_decision_needs_its_reason(db: Path) -> None:
    async with driving(db) as drive:
        await conducting(drive, "ærenlund")
        await drive.press("i", "u", "f10")
        assert drive.where == "DecisionForm"
        assert "Write why indicators are used" in drive.screen


async def test_where_they_are_used_and_none_agreed_the_key_offers_the_catalogue(db: Path) -> None:
    async with driving(db) as drive:
        await conducting(drive, "ditte")
        assert "i chooses them together" in " ".join(drive.screen.split())
        await drive.press("i")
        assert drive.where == "AgreementScreen"
        assert "Can be chosen" in drive.screen
        await choose(drive, "Energi", "Hun er træt")
        await drive.press("escape")
        assert [entry.indicator.key for entry in drive.widget("scale").entries] == ["energi"]
        assert "no agreement" not in drive.screen


async def test_without_a_reason_it_is_not_accepted(db: Path) -> None:
    async with driving(db, citizen="ditte-ny") as drive:
        await drive.press("i", "enter", "enter")
        assert drive.at == "entry"
        assert "Without a reason nothing changes" in drive.status
        await drive.type("   ")
        await drive.press("enter", "escape")
        assert drive.at == "indicators"
        assert agreed(drive, "ditte-ny") == []


async def test_after_a_choice_the_cursor_stands_on_the_next(db: Path) -> None:
    async with driving(db, citizen="ditte-ny") as drive:
        await drive.press("i")
        following = [line.key for line in drive.widget("indicators").lines if line.key][1]
        await drive.press("enter")
        await drive.type("Grund")
        await drive.press("enter")
        assert drive.widget("indicators").key == following


async def test_one_is_taken_out_with_its_reason_and_stays_in_sight(db: Path) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("i", "home", "delete")
        assert "taken out" in drive.screen
        await drive.press("enter")
        assert "Without a reason nothing changes" in drive.status
        await drive.type("Det går godt nu")
        await drive.press("enter")
        [line] = [line for line in agreed(drive, "mette-holm") if line[4]]
        assert line[1:] == ("mod", "Det fylder i hverdagen (mod)", "2026-06-02", "Det går godt nu")
        assert "× Mod" in drive.screen
        await drive.press("escape")
        assert "Mod (en): Det fylder" not in drive.screen


async def test_a_reason_is_worded_anew(db: Path) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("i", "home", "enter")
        assert drive.widget("entry").value == "Det fylder i hverdagen (mod)"
        await drive.press("ctrl+u")
        await drive.type("Hun vil turde ringe")
        await drive.press("escape")
        assert agreed(drive, "mette-holm")[0][2] == "Hun vil turde ringe"
        assert drive.history()[-1][0] == "agreement.reword"


async def test_a_reason_that_is_half_written_outlives_the_terminal(db: Path) -> None:
    async with driving(db, citizen="ditte-ny") as drive:
        await drive.press("i", "enter")
        await drive.type("Hun er ofte")
        drive.app.hang_up()
    async with driving(db, citizen="ditte-ny") as drive:
        await drive.press("i")
        assert (drive.at, drive.widget("entry").value) == ("entry", "Hun er ofte")
        await drive.type(" træt")
        await drive.press("enter")
        assert agreed(drive, "ditte-ny")[0][2] == "Hun er ofte træt"
        assert drive.sql("SELECT * FROM unfinished_form") == []


async def test_the_period_is_a_form(db: Path) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("i", "p", "down", "ctrl+u")
        await drive.type("1/5-26")
        await drive.press("up", "ctrl+u")
        await drive.type("1/6-26")
        assert "ends before it begins" in drive.screen
        await drive.press("down", "ctrl+u")
        await drive.type("1/9")
        await drive.press("down", "ctrl+u", "8", "enter")
        await drive.type("Otte uger passer bedre")
        await drive.press("enter")
        assert drive.where == "AgreementScreen"
        assert "01.06.2026 – 01.09.2026 · every 8 weeks" in drive.screen
        assert drive.sql("SELECT from_, until, every_weeks FROM agreement WHERE citizen = 'mette-holm'") == [
            ("2026-06-01", "2026-09-01", 8)
        ]


async def test_a_period_that_has_run_out_is_said_and_a_new_agreement_takes_over(db: Path) -> None:
    async with driving(db, citizen="ida-sø") as drive:
        await drive.press("i")
        assert "! The period has run out" in drive.screen
        await drive.press("enter")
        assert drive.at == "indicators"
        await drive.press("+")
        assert drive.where == "RenewForm"
        assert drive.widget("form-until").value == "26.09.2026"
        await drive.press("f10")
        assert drive.where == "RenewForm"
        assert len(agreed(drive, "ida-sø")) == 2
        await drive.press("down", "down")
        await drive.type("Ida er på vej")
        await drive.press("enter")
        assert drive.where == "AgreementScreen"
        assert "run out" not in drive.screen
        assert "03.06.2026 – 26.09.2026 · every 4 weeks" in drive.screen
        assert "Ida er på vej" in " ".join(drive.screen.split())
        assert [line[:3] for line in agreed(drive, "ida-sø")] == [
            ("2026-01-05", "mod", "Det fylder i hverdagen (mod)"),
            ("2026-01-05", "energi", "Det fylder i hverdagen (energi)"),
            ("2026-06-03", "mod", "Det fylder i hverdagen (mod)"),
            ("2026-06-03", "energi", "Det fylder i hverdagen (energi)"),
        ]


async def test_what_somebody_else_has_agreed_meanwhile_is_said_and_the_reason_stays(db: Path) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("i", "home", "delete")
        await drive.type("Det går godt nu")
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(drive.showing(AgreementScreen), "_place", lambda _answer=None: _stale(db))
            await drive.press("enter")
        assert "Somebody else has changed it" in drive.status
        assert (drive.at, drive.widget("entry").value) == ("entry", "Det går godt nu")
        assert not [line for line in agreed(drive, "mette-holm") if line[4]]
        await drive.press("enter")
        assert [line[4] for line in agreed(drive, "mette-holm") if line[4]] == ["Det går godt nu"]


def _stale(path: Path) -> Any:
    """What the screen would ask with had somebody else changed the agreement in the very moment."""
    return lambda database, actor: ChangeContext(database=database, actor=actor, key="aftale-mette", seen=0)


async def test_where_they_are_not_used_the_citizens_screen_says_why(db: Path) -> None:
    async with driving(db, citizen="kaj-lind") as drive:
        await drive.press("i")
        assert drive.where == "CitizenScreen"
        assert "Indicators are not used: Han bad om at slippe" in drive.status
