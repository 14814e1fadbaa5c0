"""Contact in the app: on home, with the citizen, its exceptions, and the next session at the end of one."""

import stat
from pathlib import Path

import pytest
from tests.tui.driving import driving

from jobsamtale_tui.casework.facts import contact


async def test_home_shows_who_is_overdue_below_the_week(db: Path) -> None:
    async with driving(db) as drive:
        rows = drive.widget("list")
        first = rows.key
        texts = ["".join(text for text, _look in line.cells) for line in rows.lines]
        place = texts.index("Contact: overdue or due soon")
        assert texts[place + 1].split() == [
            "!",
            "26.05.",
            "Mette",
            "Holm",
            "overdue",
            "planned",
            "03.06.,",
            "after",
            "that",
        ]
        assert rows.lines[place + 1].key == "mette-holm\n"
        assert rows.key == first == rows.lines[1].key
        await drive.press("G", "enter")
        assert drive.where == "CitizenScreen"
        assert "! overdue: no later than 26.05.2026 (1 of 4 held)" in " ".join(drive.screen.split())
    async with driving(db, user="bo") as drive:
        assert "Contact: overdue" not in drive.screen


async def test_where_it_is_not_known_who_one_is_home_shows_everybodys_while_they_are_few(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(db, user=None) as drive:
        await drive.until(lambda: "Contact: overdue" in drive.screen)
        assert "Mette Holm" in drive.screen.partition("Contact: overdue")[2]
    monkeypatch.setattr(contact, "EVERYBODY", 2)
    async with driving(db, user=None) as drive:
        assert "Contact: overdue" not in drive.screen


async def test_the_sum_and_an_exception_that_lets_it_wait(db: Path) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("f")
        assert drive.where == "ContactScreen"
        assert "The rule lov1750-jobparat-2026" in drive.widget("because").content
        assert "! overdue: no later than 26.05.2026" in drive.screen
        await drive.press("+", "w", "w", "enter")
        await drive.type("1/5-26")
        await drive.press("f10")
        drive.form.put("from", "1/5-26")
        drive.form.put("until", "30/6-26")
        await drive.press("f10")
        assert drive.where == "ContactScreen"
        assert "1 of 4 held" in drive.screen
        assert "no later than 01.07.2026" in drive.screen
        ((kept,),) = drive.sql("SELECT contact_exceptions FROM citizen WHERE key = 'mette-holm'")
        assert '"from":"2026-05-01","until":"2026-06-30"' in kept
        await drive.press("delete")
        assert "no later than 26.05.2026" in drive.screen
        assert drive.sql("SELECT contact_exceptions FROM citizen WHERE key = 'mette-holm'") == [(None,)]
        assert [one[0] for one in drive.history()] == ["citizen.edit", "citizen.edit"]


async def test_a_target_group_that_changes_with_a_day_keeps_the_one_before(db: Path) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("e")
        form = drive.form
        form.put("target_group", "sygedagpenge")
        form.put("group_since", "1/1-26")
        await drive.press("f10")
        assert "The target group before began 05.01.2026" in drive.screen
        form.put("group_since", "11/5-26")
        await drive.press("f10")
        assert drive.sql("SELECT target_group, earlier_groups FROM citizen WHERE key = 'mette-holm'") == [
            ("sygedagpenge", '[{"target_group":"jobparat","from":"2026-01-05","until":"2026-05-10"}]')
        ]


async def test_closing_says_what_the_rule_asks_and_how_far_the_wish_departs(db: Path, tmp_path: Path) -> None:
    async with driving(db, size=(120, 40)) as drive:
        drive.app.files = tmp_path / "own"
        await drive.open_session("mette")
        await drive.press("f5")
        rule = drive.widget("next-rule")
        assert rule.content == "The rule: no later than 19.06.2026"
        drive.widget("next-at").focus()
        await drive.type("28/6 10.30")
        assert rule.content == "The rule: no later than 19.06.2026; the wished date is 9 days later"
        await drive.press("tab")
        await drive.type("Hun er i praktik til da")
        await drive.press("escape", "y")
        assert "opied" in drive.status
        line = (tmp_path / "own" / "kopi.txt").read_text(encoding="utf-8")
        assert "søndag den 28. juni 2026 kl. 10.30" in line
        await drive.press("i")
        target = tmp_path / "own" / "samtale-20260628-1030.ics"
        assert str(target) in drive.status
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
        content = target.read_text(encoding="utf-8")
        assert "CLASS:PRIVATE" in content
        assert "Mette" not in content
        assert "praktik" not in content


async def test_without_a_date_there_is_nothing_to_send(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f5", "escape", "y")
        assert "Write when the next session is first" in drive.status
