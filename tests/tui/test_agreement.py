"""The agreement as a whole: a reason for each change, its line of history, and what is suggested but never chosen."""

import json
from pathlib import Path

import pytest
from tests.tui.driving import Drive, driving

BARRIERS = {"use": True, "reason": "Hun er nysgerrig", "barriers": ["Kender ingen i byen", "Usikker [/b] på dansk"]}


async def test_a_change_of_the_period_needs_its_reason_and_is_kept_with_who_and_why(db: Path) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("i", "p", "down", "down", "ctrl+u")
        await drive.type("6")
        await drive.press("f10")
        assert drive.where == "PeriodForm"
        assert "Write why the period or how often is changed" in drive.screen
        await drive.press("down")
        await drive.type("Seks uger giver ro")
        await drive.press("enter")
        assert drive.where == "AgreementScreen"
        [(by, what, reason)] = drive.sql("SELECT by, what, reason FROM agreement_change")
        assert (by, reason) == ("anne", "Seks uger giver ro")
        assert "6" in what
        assert "4" in what
        assert f"03.06.2026 · Anne Bech · {what}"[:70] in drive.screen


async def test_a_change_is_taken_back_and_made_again_and_the_line_of_history_keeps_its_reason(db: Path) -> None:
    def running(drive: Drive) -> list[tuple[object, ...]]:
        return drive.sql(
            "SELECT indicator FROM agreement_indicator WHERE agreement = 'aftale-mette' AND end_reason IS NULL"
        )

    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("i", "u")
        assert "There is nothing to undo" in drive.status
        before = running(drive)
        await drive.press("home", "delete")
        await drive.type("Forkert linje")
        await drive.press("enter")
        assert len(running(drive)) == len(before) - 1
        await drive.press("u")
        await drive.until(lambda: "Taken back" in drive.status)
        assert running(drive) == before
        await drive.press("u")
        assert "There is nothing to undo" in drive.status
        await drive.press("U")
        await drive.until(lambda: "Made again" in drive.status)
        assert len(running(drive)) == len(before) - 1
        changes = drive.sql("SELECT what, reason, by FROM agreement_change ORDER BY position")
        assert [(reason, by) for _what, reason, by in changes] == [("Forkert linje", "anne")] * 3
        assert len({what for what, _reason, _by in changes}) == 3
        await drive.press("h")
        assert "Forkert linje" in drive.screen


async def test_all_changes_are_read_on_a_page_the_newest_first_and_nothing_in_them_is_markup(db: Path) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("i", "home", "delete")
        await drive.type("Det går [/b] godt nu")
        await drive.press("enter", "home", "enter", "ctrl+u")
        await drive.type("Hun vil have flere kræfter")
        await drive.press("enter", "h")
        assert drive.where == "AgreementHistoryScreen"
        page = " ".join(drive.screen.split())
        assert "05.01.2026 – 31.12.2026 · every 4 weeks" in page
        assert "03.06.2026 10.05 · Anne Bech" in page
        assert page.index("Why: Hun vil have flere kræfter") < page.index("Why: Det går [/b] godt nu")
        assert "»Det fylder i hverdagen (energi)«" in page
        await drive.press("escape")
        assert drive.where == "AgreementScreen"


async def test_what_barriers_and_goals_speak_for_is_suggested_with_why_and_never_chosen(db: Path) -> None:
    async with driving(db, citizen="ditte-ny") as drive:
        drive.sql("UPDATE citizen SET indicators_used = ? WHERE key = 'ditte-ny'", json.dumps(BARRIERS))
        await drive.press("i")
        rows = drive.widget("indicators")
        lines = ["".join(text for text, _look in line.cells) for line in rows.lines]
        suggested = [line for line in lines if line.startswith("◇")]
        assert any("barrier: Kender ingen i byen" in line for line in suggested)
        assert any("barrier: Usikker [/b] på dansk" in line for line in suggested)
        assert any("there is no job goal" in line for line in suggested)
        assert "barrier: Usikker [/b] på dansk" in drive.screen
        assert drive.sql("SELECT count(*) FROM agreement WHERE citizen = 'ditte-ny'") == [(0,)]
        key = rows.key
        await drive.press("enter")
        assert drive.widget("entry").value == ""
        await drive.type("Hun vil lære folk at kende")
        await drive.press("enter")
        assert drive.sql("SELECT indicator FROM agreement_indicator WHERE reason LIKE 'Hun vil lære%'") == [
            (key.split()[1],)
        ]
        assert not any(line.key == key for line in drive.widget("indicators").lines)


async def test_broken_rules_are_said_and_the_agreement_works_without_them(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own" / "rules").mkdir(parents=True)
    (tmp_path / "own" / "rules" / "suggestions.toml").write_text("[[suggestion]]\nwords = 1\n", encoding="utf-8")
    monkeypatch.setenv("JOBSAMTALE_DATA", str(tmp_path / "own"))
    async with driving(db, citizen="ditte-ny") as drive:
        await drive.press("i")
        assert "suggestions.toml cannot be read" in drive.status
        assert "Suggested" not in drive.screen
        assert "Can be chosen" in drive.screen
