"""Forms: checked as one types, kept by F10 or Escape, nothing typed ever lost; citizens and sessions made by them."""

from pathlib import Path

import pytest
from tests.tui import caseload
from tests.tui.driving import Drive, driving

from jobsamtale_tui.casework.change.context import Actor, ChangeContext
from jobsamtale_tui.casework.citizen import citizens
from jobsamtale_tui.store.questions import quick_reads
from jobsamtale_tui.store.sqlite.database import Database
from jobsamtale_tui.tui.widgets.form import Form


def said(drive: Drive) -> str:
    """The sentence under the form."""
    return str(drive.app.screen.query_one(".said").render())


def form(drive: Drive) -> Form:
    return drive.app.screen.query_one(Form)


def line(drive: Drive, label: str) -> str:
    """The line of the form with this label, its mark before it."""
    return next(one.strip() for one in drive.screen.splitlines() if label in one)


async def to(drive: Drive, name: str) -> None:
    """Moves to a line by the keys."""
    names = list(form(drive).items)
    begins = form(drive).here
    assert begins is not None
    here = names.index(begins)
    way = "down" if names.index(name) > here else "up"
    await drive.press(*[way] * abs(names.index(name) - here))
    assert drive.at == f"form-{name}"


def citizen(drive: Drive, key: str, columns: str) -> tuple[object, ...]:
    return drive.sql(f"SELECT {columns} FROM citizen WHERE key = ?", key)[0]


# A new citizen


async def test_a_name_is_enough_and_the_key_is_made_from_it(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("+")
        await drive.type("Sofie Ågård")
        await drive.press("f10")
        assert drive.where == "CitizenScreen"
        assert "Sofie Ågård" in drive.screen.splitlines()[0]
        assert citizen(drive, "sofie-ågård", "name, caseworker, contact_start, language") == (
            *("Sofie Ågård", "anne", "2026-06-03", "da"),
        )
        assert drive.history() == [("citizen.new", "anne", "anne-login")]
        await drive.press("escape")
        assert drive.where == "HomeScreen"


async def test_a_key_of_ones_own_stays_whatever_the_name_becomes(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("+")
        await drive.type("Mette Holm")
        assert drive.widget("form-key").value == "mette-holm-2"
        await drive.press("down", "ctrl+u")
        await drive.type("mh")
        await drive.press("up")
        await drive.type("st")
        assert (drive.widget("form-name").value, drive.widget("form-key").value) == ("Mette Holmst", "mh")


async def test_all_of_it_line_by_line(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("+")
        for text in ("Sofie Ny", "", "24-9999", "010199-1234"):
            await drive.type(text)
            await drive.press("enter")
        await drive.press("right", "enter", "b", "enter")  # dagpenge, Bo
        await drive.press("ctrl+u")
        await drive.type("1/5")
        await drive.press("enter", "e", "enter", "2", "enter", "u", "enter")
        await drive.type("Hun vil følge sin udvikling")
        await drive.press("enter")
        await drive.type("angst, bolig,gæld , søvn")
        await drive.press("enter", "enter")
        assert drive.at == "form-ended_on"
        await drive.press("enter")
        assert drive.where == "CitizenScreen"
        columns = "case_key, cpr, target_group, caseworker, contact_start, language, readiness, indicators_used, ended"
        assert citizen(drive, "sofie-ny", columns) == (
            *("24-9999", "010199-1234", "dagpenge", "bo", "2026-05-01", "en", 2),
            '{"use":true,"reason":"Hun vil følge sin udvikling","barriers":["angst","bolig","gæld","søvn"]}',
            None,
        )


async def test_what_is_missing_is_said_where_it_is_missing(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("+")
        assert line(drive, "Name").startswith("* Name")
        await to(drive, "case_key")
        await drive.type("x")
        await drive.press("f10")
        assert drive.where == "CitizenForm"
        assert drive.at == "form-name"
        assert "Name has to be filled" in said(drive)
        await drive.type("Bo")
        assert "has to be filled" not in said(drive)


@pytest.mark.parametrize(
    ("name", "typed", "mark", "sentence"),
    [
        ("cpr", "310299-1234", "!", "310299-•••• does not begin with a day that exists"),
        ("cpr", "1503", "!", "A CPR number is written DDMMYY-NNNN"),
        ("cpr", caseload.CPR, "!", "The CPR number 150388-•••• is Mette Holm's"),
        ("cpr", "010199-1234", "?", "the check digit of 010199-•••• does not fit"),
        ("case_key", "24-1107", "!", "The case key 24-1107 is Mette Holm's"),
        ("key", "mette-holm", "!", "The key mette-holm is taken"),
        ("key", "a b", "!", "A key is 1 to 64 letters"),
        ("contact_start", "32/1", "!", "That is no day"),
        ("ended_on", "3/6", "!", "Say what the course ended in"),
        ("barriers", "angst", "!", "Say whether indicators are used"),
    ],
)
async def test_it_is_checked_as_one_types(db: Path, name: str, typed: str, mark: str, sentence: str) -> None:
    async with driving(db) as drive:
        await drive.press("+")
        await drive.type("Ny Borger")
        await to(drive, name)
        await drive.press("ctrl+u")
        await drive.type(typed)
        assert sentence in said(drive) or not said(drive).startswith("!")
        await drive.press("f10")
        if mark == "!":
            assert drive.where == "CitizenForm"
            assert said(drive).replace("\n", " ").startswith(f"! {sentence}")
            assert any(one.strip().startswith("! ") for one in drive.screen.splitlines()), "marked without colour too"
        else:
            assert drive.where == "CitizenScreen"


async def test_a_cpr_number_is_masked_outside_its_line(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("+")
        await to(drive, "cpr")
        await drive.type("0101991234")
        assert "0101991234" in drive.screen
        await drive.press("down")
        assert "1234" not in drive.screen
        assert "010199-••••" in line(drive, "CPR")
        await drive.press("up")
        assert "0101991234" in drive.screen


# Leaving


async def test_escape_keeps_a_form_that_can_be_kept(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("+")
        await drive.type("Bo Ny")
        await drive.press("escape")
        assert drive.where == "CitizenScreen"
        assert citizen(drive, "bo-ny", "name") == ("Bo Ny",)


async def test_escape_leaves_an_untouched_form_at_once(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("+", "escape")
        assert drive.where == "HomeScreen"
        assert drive.sql("SELECT * FROM unfinished_form") == []


async def test_escape_says_what_is_missing_and_the_second_leaves_with_all_of_it_kept(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("+")
        await to(drive, "cpr")
        await drive.type("310299-1234")
        await to(drive, "target_group")
        await drive.press("right", "escape")
        assert drive.where == "CitizenForm"
        assert "Esc once more leaves" in drive.status
        assert drive.at == "form-name"
        await drive.press("escape")
        assert drive.where == "HomeScreen"
        await drive.press("ctrl+q")
    async with driving(db) as drive:
        await drive.press("+")
        assert "stands here again" in drive.status
        assert drive.widget("form-cpr").value == "310299-1234"
        assert drive.widget("form-target_group").value == "dagpenge"
        await drive.type("Bo Ny")
        await to(drive, "cpr")
        await drive.press("ctrl+u", "f10")
        assert drive.where == "CitizenScreen"
        assert drive.sql("SELECT * FROM unfinished_form") == []


@pytest.mark.parametrize("ending", ["hang_up", "action_leave"])
async def test_what_is_typed_outlives_the_terminal(db: Path, ending: str) -> None:
    async with driving(db) as drive:
        await drive.press("+")
        await drive.type("Halvt et na")
        getattr(drive.app, ending)()
    async with driving(db) as drive:
        await drive.press("+")
        assert drive.widget("form-name").value == "Halvt et na"
        assert drive.widget("form-key").value == "halvt-et-na"
        await drive.type("vn")
        assert drive.widget("form-key").value == "halvt-et-navn", "the key goes on following the name"


async def test_begun_anew_and_back_again(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("+")
        await drive.type("Bo Ny")
        await drive.press("f7")
        assert drive.widget("form-name").value == ""
        await drive.press("f7")
        assert drive.widget("form-name").value == "Bo Ny"
        await drive.press("f7", "escape")
        assert drive.where == "HomeScreen"


async def test_help_and_another_screen_take_nothing(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("+")
        await drive.type("Bo Ny")
        await drive.press("f1")
        assert drive.where == "HelpScreen"
        assert "Keep the form" in drive.screen
        await drive.press("escape")
        assert drive.widget("form-name").value == "Bo Ny"


# Changing


async def test_a_citizen_is_changed_and_her_key_is_not_asked(db: Path) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("e")
        assert "key" not in form(drive).items
        assert "mette-holm" in drive.screen.splitlines()[0]
        assert "150388-••••" in drive.screen
        assert caseload.CPR not in drive.screen
        await to(drive, "readiness")
        await drive.press("1")
        await to(drive, "ended")
        await drive.press("e", "down")
        await drive.type("3/6")
        await drive.press("f10")
        assert drive.where == "CitizenScreen"
        assert "education" in drive.screen
        assert citizen(drive, "mette-holm", "cpr, readiness, ended") == (
            *(caseload.CPR, 1, '{"on":"2026-06-03","reason":"education"}'),
        )
        [(before, after)] = drive.sql(
            "SELECT d.before, d.after FROM history h JOIN history_detail d ON d.history = h.id"
            " WHERE h.action = 'citizen.edit'"
        )
        assert "cpr" not in before + after, "only what was changed"


async def test_somebody_elses_change_is_not_written_over_and_ones_own_typing_stays(db: Path) -> None:
    async with driving(db, citizen="mette-holm") as drive:
        await drive.press("e")
        await to(drive, "readiness")
        await drive.press("2")
        other = Database(db)
        with other.connected() as connection:
            seen = quick_reads.version(connection, "citizen", "mette-holm")
        place = ChangeContext(database=other, actor=Actor("bo", "bo-login"), key="mette-holm", seen=seen)
        citizens.edit(place, {"case_key": "NY-1", "readiness": 3})
        other.close()
        await drive.press("f10")
        assert drive.where == "ConflictScreen"
        await drive.press("f3")
        assert drive.where == "CitizenScreen"
        assert citizen(drive, "mette-holm", "case_key, readiness") == ("NY-1", 2)


async def test_a_refusal_by_the_store_keeps_the_form(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("+")
        await drive.type("Bo Ny")
        drive.sql("INSERT INTO citizen (key, name, sort_key, found_by) VALUES ('bo-ny', 'Bo', 'bo', 'bo')")
        await drive.press("f10")
        assert drive.where == "CitizenForm"
        assert "The key bo-ny is taken" in said(drive)
        assert drive.widget("form-name").value == "Bo Ny"


async def test_read_only_says_so(db: Path) -> None:
    async with driving(db, read_only=True) as drive:
        await drive.press("+")
        assert drive.where == "HomeScreen"
        assert "read-only" in drive.status


# Planning


async def test_a_session_is_planned(db: Path) -> None:
    async with driving(db, citizen="ditte-ny") as drive:
        await drive.press("p")
        await drive.type("10/6 13.30")
        assert "Wed 10.06.2026 13.30" in drive.screen
        await drive.press("enter", "enter", "t", "enter")
        await drive.type("Hun hører om praktikken")
        await drive.press("enter")
        assert drive.where == "CitizenScreen"
        assert "○ 10.06.2026 13.30" in drive.screen
        assert drive.sql("SELECT held_at, status, form, theme, caseworker FROM session WHERE citizen = 'ditte-ny'") == [
            ("2026-06-10T11:30:00Z", "planned", "remote", "Hun hører om praktikken", "anne")
        ]


async def test_a_session_is_planned_for_a_time_to_come(db: Path) -> None:
    async with driving(db, citizen="ditte-ny") as drive:
        await drive.press("p")
        await drive.type("1/6-26 9")
        assert "That time has passed" in said(drive)
        await drive.press("f10")
        assert drive.where == "PlanScreen"


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 16)])
async def test_what_there_is_to_say_stays_in_sight(db: Path, size: tuple[int, int]) -> None:
    async with driving(db, size=size) as drive:
        await drive.press("+")
        await drive.type("Bo")
        await to(drive, "ended_on")
        await drive.type("nej")
        assert "Ended on" in drive.screen
        assert "That is no day" in drive.screen


async def test_what_names_somebody_is_hidden_with_all_else(db: Path) -> None:
    async with driving(db) as drive:
        await drive.press("f12", "+")
        await to(drive, "cpr")
        assert "DDMMYY-NNNN" in drive.screen
        await drive.type(caseload.CPR)
        assert "Mette Holm" in said(drive)
        assert "Mette" not in drive.screen
        assert "150388" not in drive.screen


async def test_what_was_typed_in_two_places_stands_in_one_line(db: Path) -> None:
    async with driving(db) as drive:
        drive.app.drafts.form("citizen.new", {"name": "Ida Sø", "also name": "Ida Søn"})
        await drive.press("+")
        assert drive.form.dirty["name"] == "Ida Sø / Ida Søn"
