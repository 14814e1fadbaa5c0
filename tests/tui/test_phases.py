from pathlib import Path

from tests.tui.driving import driving


async def test_f2_to_f5_go_to_their_phase_also_from_a_text_field(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        for key, phase in (("f4", 3), ("f2", 1), ("f5", 4), ("f3", 2), ("f5", 4), ("f2", 1)):
            await drive.press(key)
            assert drive.where == f"phase {phase}"
            assert f"▸{phase} " in drive.screen


async def test_f6_goes_on_from_a_text_field_and_after_the_last_phase_to_completing(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        for phase in (2, 3, 4):
            await drive.press("f6")
            assert drive.where == f"phase {phase}"
        await drive.press("f6")
        assert drive.where == "CompleteScreen"


async def test_angles_go_on_and_back_outside_text_fields(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("ida")
        assert drive.at == "agenda"
        await drive.press(">")
        assert (drive.where, drive.at) == ("phase 2", "frame")
        await drive.press("escape", ">")
        assert drive.where == "phase 3"
        await drive.press("<")
        assert drive.where == "phase 2"
        await drive.press("escape", "<", "<", "<")
        assert drive.where == "phase 1"


async def test_angles_are_text_in_a_text_field(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3")
        await drive.type("a > b < c")
        assert drive.where == "phase 2"
        assert drive.widget("need").value == "a > b < c"


async def test_going_to_another_phase_saves_the_field(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3")
        await drive.type("Ro på")
        await drive.press("f4")
        assert drive.session().need == "Ro på"
        await drive.press("f3")
        assert drive.widget("need").value == "Ro på"


async def test_s_and_d_go_between_scale_and_agenda(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("ida")
        await drive.press("f4")
        assert drive.at == "agenda"
        await drive.press("s")
        assert drive.at == "scale"
        await drive.press("d")
        assert drive.at == "agenda"
        await drive.press("tab")
        assert drive.at == "scale"


async def test_escape_leaves_the_field_keeping_its_text_then_the_screen(db: Path) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("n", "f3")
        await drive.type("Jeg vil i gang")
        await drive.press("escape")
        assert (drive.where, drive.at) == ("phase 2", "agenda")
        assert drive.session().need == "Jeg vil i gang"
        await drive.press("escape")
        assert drive.where == "CitizenScreen"
        await drive.press("escape")
        assert drive.where == "HomeScreen"


async def test_escape_on_a_new_line_with_text_adds_it(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.type("Truckkort")
        await drive.press("escape")
        assert drive.at == "agenda"
        assert [item.topic for item in drive.session().agenda] == ["Truckkort"]
        await drive.press("f5")
        await drive.type("Ringe")
        await drive.press("escape")
        assert drive.at == "steps"
        assert [step.what for step in drive.session().steps] == ["Ringe"]


async def test_escape_in_a_remark_keeps_it(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f4", "7", "enter")
        await drive.type("Det går")
        await drive.press("escape")
        assert (drive.at, drive.indicator) == ("scale", "mod")
        assert drive.session().scores[0].remark == "Det går"


async def test_tab_after_escape_goes_on_from_the_field_that_was_left(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3", "escape", "tab")
        assert drive.at == "agenda-new"


async def test_tab_reaches_every_field_of_the_closing_and_comes_round(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f5")
        seen = [drive.at]
        for _time in range(13):
            await drive.press("tab")
            seen.append(drive.at)
        assert seen[0] == "step-what"
        assert set(seen) >= {"summary", "summary_added", "helped", "missing", "different", "next-at", "next-reason"}
        assert set(seen) >= {"remarks", "theme", "steps"}
        assert seen.count("step-what") == 2


TEXTS = {
    1: {"preparation": "preparation"},
    2: {"frame": "frame", "need": "need"},
    4: {
        "summary": "summary",
        "summary_added": "summary_added",
        "helped": "evaluation.helped",
        "missing": "evaluation.missing",
        "different": "evaluation.different",
        "remarks": "remarks",
        "theme": "theme",
    },
}


async def test_every_text_is_saved_when_it_is_left(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        for phase, fields in TEXTS.items():
            await drive.press(f"f{phase + 1}")
            assert drive.where == f"phase {phase}"
            for field, kept in fields.items():
                drive.widget(field).focus()
                await drive.settle()
                await drive.type(f"Søde {field}")
                await drive.press("tab")
                part, _dot, name = kept.partition(".")
                value = getattr(drive.session(), part)
                assert (getattr(value, name) if name else value) == f"Søde {field}"
                assert drive.history()[-1] == (f"text.{kept}", "anne", "anne-login")
                assert "saved 10:05:00" in drive.status


async def test_steps_change_hands_are_changed_and_removed(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f5")
        await drive.type("Ringe")
        await drive.press("enter")
        assert "Without how and when" in drive.status
        await drive.press("up")
        for who in ("caseworker", "other", "citizen"):
            await drive.press("b")
            assert drive.session().steps[0].who == who
        await drive.press("e")
        assert drive.at == "step-what"
        await drive.press("tab")
        await drive.type("Fredag")
        await drive.press("tab")
        await drive.type("5/6")
        await drive.press("enter")
        step = drive.session().steps[0]
        assert (step.what, step.how, str(step.when)) == ("Ringe", "Fredag", "2026-06-05")
        await drive.press("up", "delete")
        assert drive.session().steps == ()


async def test_a_day_that_is_none_is_said_and_the_line_stays(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f5")
        await drive.type("Ringe")
        await drive.press("tab", "tab")
        await drive.type("31/2")
        await drive.press("enter")
        assert "»31/2« is not a day" in drive.status
        assert drive.at == "step-when"
        assert drive.widget("step-what").value == "Ringe"
        assert drive.session().steps == ()


async def test_the_next_session_takes_a_day_and_a_reason(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f5")
        drive.widget("next-at").focus()
        await drive.settle()
        await drive.type("24/6 10.30")
        await drive.press("enter")
        assert drive.at == "next-reason"
        await drive.type("Efter prøveugen")
        await drive.press("enter")
        agreed = drive.session().next
        assert (agreed.at.isoformat(), agreed.reason) == ("2026-06-24T08:30:00+00:00", "Efter prøveugen")
        drive.widget("next-at").focus()
        await drive.settle()
        await drive.press("end", "ctrl+u")
        await drive.type("snart")
        await drive.press("enter")
        assert "»snart« is not a time" in drive.status
        assert drive.session().next == agreed
