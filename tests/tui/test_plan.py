"""Job goals, activities, the profile, the steps since last time and what the law requires, from the keyboard."""

from pathlib import Path

import pytest
from tests.tui.driving import driving

from jobsamtale_tui.tui.widgets.rows import Rows


async def test_a_goal_is_made_changed_into_another_and_taken_back(db: Path) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("m")
        assert drive.where == "GoalsScreen"
        assert "● A  Lagermedarbejder  partly realistic" in drive.screen
        await drive.press("plus")
        assert drive.where == "GoalForm"
        await drive.press("down")
        await drive.type("Et fuldtidsjob")
        assert "The job goal fits any job" in drive.screen
        await drive.press("down", "down")
        await drive.type("Detail")
        assert "The job goal fits any job" not in drive.screen
        await drive.press("f10")
        goals = 'SELECT "grade", "position", "industry", "until" FROM "job_goal" ORDER BY "grade", "from_"'
        assert drive.sql(goals)[1] == ("B", "Et fuldtidsjob", "Detail", None)
        await drive.press("home", "enter", "down", *["backspace"] * 20)
        await drive.type("Chauffør")
        assert "This becomes another goal" in drive.screen
        await drive.press("f10")
        assert [row[1:] for row in drive.sql(goals)][:2] == [
            ("Lagermedarbejder", None, "2026-06-02"),
            ("Chauffør", None, None),
        ]
        assert "× A  Lagermedarbejder" in drive.screen
        assert "● A  Chauffør" in drive.row
        await drive.press("u")
        assert drive.sql(goals)[0][1:] == ("Lagermedarbejder", None, None)
        await drive.press("U")
        assert len(drive.sql(goals)) == 3


async def test_a_goal_that_names_nothing_is_not_kept_and_one_ends_with_its_reason(db: Path) -> None:
    async with driving(db, size=(120, 40)) as drive:
        await drive.open_session("mette")
        await drive.press("escape", "m", "plus", *["down"] * 6)
        await drive.type("Hun er i tvivl")
        await drive.press("f10")
        assert drive.where == "GoalForm"
        assert "The goal names nothing" in drive.screen
        await drive.press("f7", "escape")
        assert drive.where == "GoalsScreen"
        await drive.press("x")
        assert drive.where == "EndGoalForm"
        await drive.press("escape")
        assert (drive.where, drive.sql('SELECT "until" FROM "job_goal"')) == ("GoalsScreen", [(None,)])
        await drive.press("x", "down")
        await drive.type("Ryggen holder ikke")
        await drive.press("f10")
        assert drive.sql('SELECT "until", "why" FROM "job_goal"') == [("2026-06-03", "Ryggen holder ikke")]
        await drive.press("escape")
        assert drive.where == "phase 1"


async def test_an_empty_list_says_its_whole_sentence_in_a_narrow_window(db: Path) -> None:
    async with driving(db, citizen="ida-sø", size=(60, 24)) as drive:
        await drive.press("m")
        assert "The road need not be clear, but the goal has to be there." in " ".join(drive.screen.split())


async def test_a_list_that_is_filled_anew_keeps_no_mark_where_the_cursor_was(
    db: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(db) as drive:
        await drive.press("i")
        rows = drive.app.screen.query_one(Rows)
        painted: list[int] = []
        monkeypatch.setattr(rows, "refresh_line", painted.append)
        rows.fill(rows.lines, key=rows.lines[2].key)
        assert {0, 2} <= set(painted)


async def test_an_activity_has_a_purpose_and_is_followed_up(db: Path) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("A", "plus")
        await drive.type("Truckkursus")
        await drive.press("down", "down")
        await drive.type("Nærmere selvforsørgelse")
        assert "This fits any activity" in drive.screen
        await drive.press("f10")
        assert drive.where == "ActivitiesScreen"
        assert "! Truckkursus" in drive.screen
        await drive.press("enter")
        drive.widget("form").put("outcome", "Truckcertifikat B")
        drive.widget("form").put("toward_job", "Lagrene i Vejle spørger efter det")
        drive.widget("form").put("responsible", "Virksomhedsservice")
        await drive.press("f10")
        assert "● Truckkursus" in drive.screen
        assert "A Lagermedarbejder" in drive.screen  # the only goal is the one it points at
        await drive.press("f", "right", "down")
        await drive.type("Hun kunne lide opgaverne")
        await drive.press("f10")
        assert "▲ nearer" in drive.row
        follow = drive.sql('SELECT "outcome", "responsible", "follow_ups" FROM "activity"')[0]
        assert follow[:2] == ("Truckcertifikat B", "Virksomhedsservice")
        assert '"nearer":"yes"' in follow[2]
        await drive.press("u")
        assert drive.sql('SELECT "follow_ups" FROM "activity"') in ([("[]",)], [(None,)])
        await drive.press("escape")
        assert "Truckkursus (employment · → A Lagermedarbejder · Virksomhedsservice)" in str(
            drive.widget("facts").content
        )


async def test_the_profile_is_one_form_a_line_each(db: Path) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("c")
        assert drive.where == "ProfileForm"
        drive.widget("form").put("wishes", "Lagermedarbejder\nChauffør")
        drive.widget("form").put("cv", "Stilladsmontør, 15\nKøkken 2,5 år\nVikar")
        drive.widget("form").put("competences", "Møder til tiden")
        await drive.press("f10")
        assert drive.sql('SELECT "wishes", "cv", "competences" FROM "profile"') == [
            (
                '["Lagermedarbejder","Chauffør"]',
                '[{"position":"Stilladsmontør","years":15},{"position":"Køkken","years":2.5},{"position":"Vikar"}]',
                '["Møder til tiden"]',
            )
        ]
        await drive.press("c")
        assert drive.widget("form").field("cv").value == "Stilladsmontør, 15 years\nKøkken, 2,5 years\nVikar"
        assert not drive.widget("form").dirty


async def test_earlier_steps_are_asked_about_in_the_opening(db: Path) -> None:
    step = 'SELECT "status", "outcome" FROM "step" WHERE "session" = \'mette-maj\''
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3")
        assert drive.at == "need"
        assert "○ Ringe til Bilka · 20.05.2026 !  open" in drive.screen
        await drive.press("escape", "s")
        assert drive.at == "since"
        await drive.press("a")
        assert drive.at == "agenda-new"
        await drive.press("escape", "s", "space")
        assert drive.sql(step) == [("done", None)]
        await drive.press("space", "enter")
        await drive.type("De ringer tilbage")
        await drive.press("enter")
        assert drive.sql(step) == [("partly", "De ringer tilbage")]
        assert "◐ Ringe til Bilka · 20.05.2026 !  partly: De ringer tilbage" in drive.screen
        await drive.press("u")
        assert drive.sql(step) == [("partly", None)]
        await drive.press("u")
        assert "Taken back: step partly → done" in drive.status
        await drive.press("U")
        await drive.press("enter")
        await drive.type("Halvt skrevet")
        drive.top.keep()
        assert drive.unfinished().field.startswith("since-entry mette-maj")
        await drive.press("escape")
        assert drive.sql(step) == [("partly", "Halvt skrevet")]
    async with driving(db) as drive:
        await drive.open_session("ida")
        await drive.press("f3")
        assert not drive.app.screen.query("#since")


async def test_what_the_law_requires_has_a_mark_and_is_not_dropped(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("ida")
        await drive.press("f3", "escape", "r")
        assert drive.session().agenda[0].required
        assert "§ required by law" in drive.row
        await drive.press("delete")
        assert len(drive.session().agenda) == 1
        assert "takes the mark off first" in drive.status
        await drive.press("space")
        assert drive.session().agenda[0].state == "possible"
        await drive.press("r", "delete")
        assert drive.session().agenda == ()
