"""Nothing typed is interpreted: markup, control characters and invisible ones show as text, on every screen."""

import unicodedata
from pathlib import Path

from tests.tui.caseload import make
from tests.tui.driving import Drive, driving

from jobsamtale_tui.tui.screens.notes.note import CompleteScreen

MARKUP = "[/] [red]x[/blue] [@click=app.quit]y[/] [aftalt"
BIDI = "a\u202eb\u200bc\u2066d"
ESCAPES = "\x1b]0;OWNED\x07\x1b[2J\x9b2J\x00z"
SHOWN_BIDI = "a⟨202E⟩b⟨200B⟩c⟨2066⟩d"


def clean(drive: Drive) -> str:
    """The screen, which must hold no character that a terminal would act on."""
    shown = drive.screen
    found = {f"U+{ord(letter):04X}" for letter in shown if unicodedata.category(letter) in ("Cc", "Cf", "Cs")}
    assert found - {"U+000A"} == set(), drive.where
    return shown


async def walk(drive: Drive) -> list[str]:
    """Every screen of a citizen's whole session."""
    seen = [clean(drive)]
    await drive.press("/")
    await drive.type("x-1")
    seen.append(clean(drive))
    await drive.press("enter")
    await drive.settle()
    seen.append(clean(drive))
    await drive.press("g")
    seen.append(clean(drive))
    await drive.press("escape", "n")
    for key in ("f2", "f3", "f4", "s", "f5", "?"):
        await drive.press(*(("escape", key) if key in ("?", "s") and drive.at not in ("agenda", "scale") else (key,)))
        seen.append(clean(drive))
    await drive.press("escape", "f9")
    seen.append(clean(drive))
    await drive.press("enter")
    seen.append(clean(drive))
    assert drive.showing(CompleteScreen).completed
    await drive.press("escape", "home", "enter")
    seen.append(clean(drive))
    return seen


def records(text: str) -> list[dict[str, object]]:
    """A citizen all of whose texts are `text`."""
    item = {"topic": text, "by": "citizen", "conclusion": text}
    scored = {"indicator": "fjendtlig", "value": 3, "remark": text}
    whole = {
        "kind": "session",
        "citizen": "x-1",
        "theme": text,
        "agenda": [{**item, "state": "done"}, {**item, "state": "agreed"}],
        "scores": [scored],
        "steps": [{"what": text, "how": text, "when": "2026-05-01", "who": "citizen", "status": "open"}],
        "need": text,
        "frame": text,
        "preparation": text,
        "remarks": text,
        "summary": text,
        "summary_added": text,
        "evaluation": {"helped": text, "missing": text, "different": text},
        "next": {"at": "2026-06-24T08:00:00Z", "reason": text},
    }
    words = {"da": text}
    return [
        {"kind": "caseworker", "key": "anne", "name": text, "role": "caseworker"},
        {
            "kind": "indicator",
            "key": "fjendtlig",
            "version": 1,
            "name": words,
            "question": words,
            "scale": {
                "min": 1,
                "max": 5,
                "levels": {"3": words},
                "stages": [{"from": 1, "to": 5, "name": words}],
            },
            "status": "active",
        },
        {"kind": "citizen", "key": "x-1", "name": text, "caseworker": "anne"},
        {
            "kind": "agreement",
            "key": "x-a",
            "citizen": "x-1",
            "from": "2026-01-01",
            "indicators": [{"indicator": "fjendtlig", "reason": text, "from": "2026-01-01"}],
        },
        {"kind": "job_goal", "key": "x-m", "citizen": "x-1", "grade": "A", "position": text, "from": "2026-01-01"},
        {**whole, "key": "x-før", "held_at": "2026-05-01T08:00:00Z", "status": "completed"},
        {**whole, "key": "x-nu", "held_at": "2026-06-03T07:00:00Z", "status": "draft"},
    ]


async def test_markup_shows_as_it_was_typed_on_every_screen(tmp_path: Path) -> None:
    path = make(tmp_path / "x.db", records(MARKUP))
    async with driving(path, size=(150, 60)) as drive:
        seen = await walk(drive)
        assert all(MARKUP in shown for shown in seen if "Keys" not in shown.splitlines()[0])
        assert len(seen) == 13


async def test_invisible_characters_are_made_visible_on_every_screen(tmp_path: Path) -> None:
    path = make(tmp_path / "x.db", records(BIDI))
    async with driving(path, size=(150, 60)) as drive:
        seen = await walk(drive)
        assert all(SHOWN_BIDI in shown for shown in seen if "Keys" not in shown.splitlines()[0])


async def test_control_characters_in_a_database_from_elsewhere_reach_no_screen(tmp_path: Path) -> None:
    path = make(tmp_path / "x.db", records("PLADS"))
    async with driving(path, size=(150, 60)) as drive:
        for table, column in (
            ("citizen", "name"),
            ("caseworker", "name"),
            ("agenda_item", "topic"),
            ("agenda_item", "conclusion"),
            ("score", "remark"),
            ("step", "what"),
            ("step", "how"),
            ("job_goal", "position"),
            *(("session", name) for name in ("theme", "need", "frame", "preparation", "remarks", "summary")),
        ):
            drive.sql(f'UPDATE "{table}" SET "{column}" = ?', ESCAPES.replace("\x00", "") + "PLADS")
        seen = await walk(drive)
        assert all("PLADS" in shown for shown in seen if "Keys" not in shown.splitlines()[0])


async def test_typed_and_pasted_text_is_kept_as_text(db: Path) -> None:
    pasted = f"{MARKUP} {ESCAPES} {BIDI}"
    kept = f"{MARKUP} ]0;OWNED[2J2Jz {BIDI}"
    async with driving(db, size=(150, 60)) as drive:
        await drive.open_session("ida")
        await drive.press("a")
        await drive.type(MARKUP)
        await drive.press("enter")
        assert drive.session().agenda[-1].topic == MARKUP
        assert MARKUP in clean(drive)
        await drive.paste(pasted)
        clean(drive)
        await drive.press("enter")
        assert drive.session().agenda[-1].topic == kept
        clean(drive)
        for phase, fields in (("f3", ("frame", "need")), ("f5", ("summary", "theme", "helped", "step-what"))):
            await drive.press(phase)
            for name in fields:
                drive.widget(name).focus()
                await drive.settle()
                if drive.widget(name).value:
                    await drive.press("ctrl+end", "ctrl+u", "end", "ctrl+u")
                await drive.paste(pasted)
                assert "[/] [red]x" in clean(drive), name
        await drive.press("f4", "s", "4", "enter")
        await drive.paste(pasted)
        clean(drive)
        await drive.press("enter")
        session = drive.session()
        assert session.scores[0].remark == kept
        assert (session.frame, session.summary, session.theme) == (kept, kept, kept)
        assert session.steps[0].what == kept
        assert MARKUP in clean(drive)


async def test_decomposed_letters_become_one(db: Path) -> None:
    async with driving(db) as drive:
        await drive.open_session("mette")
        await drive.press("f3")
        await drive.paste(unicodedata.normalize("NFD", "Blåbærgrød på øen"))
        await drive.press("tab")
        assert drive.session().need == "Blåbærgrød på øen"
