"""The graph in the whole window: what is chosen by key, the cursor with its remarks, the period, both sizes."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.tui import caseload
from tests.tui.driving import Drive, driving

from jobsamtale_tui.documents.graph import drawing as graph_drawing
from jobsamtale_tui.documents.graph.choice import Moment
from jobsamtale_tui.tui.screens.citizen.graph import GraphScreen

FOLDER = Path(__file__).parent / "screens"
OVERBLIK = {"1": 1, "2": 3, "3": 5, "4": 8, "5": 10}


def _indicator(key: str, version: int, high: int, **more: Any) -> dict[str, Any]:
    return {
        "kind": "indicator",
        "key": key,
        "version": version,
        "name": {"da": key.capitalize()},
        "question": {"da": f"Hvordan står det til med {key}?"},
        "scale": {
            "min": 1,
            "max": high,
            "stages": [
                {"from": 1, "to": high // 2, "name": {"da": "Svært"}},
                {"from": high // 2 + 1, "to": high, "name": {"da": "På vej"}},
            ],
        },
        "status": "active",
        **more,
    }


def _session(number: int, **values: tuple[int, int | None]) -> dict[str, Any]:
    """A session every six weeks: `mod=(citizen's, caseworker's)`; overblik is on a scale to 5 until the third."""
    day = date(2025, 6, 2) + timedelta(weeks=6 * number)
    scores = []
    for key, (own, other) in values.items():
        version = {"version": 2 if number >= 3 else 1} if key == "overblik" else {}
        scores.append({"indicator": key, "value": own, "remark": f"Bemærkning {number} om {key}", **version})
        if other is not None:
            scores.append({"indicator": key, "value": other, "by": "caseworker", **version})
    return {
        "kind": "session",
        "key": f"s{number}",
        "citizen": "mette-holm",
        "held_at": f"{day}T08:00:00Z",
        "status": "completed",
        "remarks": f"Alt i alt {number}",
        "scores": scores,
    }


RECORDS: list[dict[str, Any]] = [
    {"kind": "caseworker", "key": "anne", "name": "Anne Bech"},
    _indicator("mod", 1, 10),
    _indicator("overblik", 1, 5),
    _indicator("overblik", 2, 10, converts={"from": 1, "by": "levels", "levels": OVERBLIK}),
    {"kind": "citizen", "key": "mette-holm", "name": "Mette Holm", "caseworker": "anne"},
    {
        "kind": "activity",
        "key": "praktik",
        "citizen": "mette-holm",
        "name": "Praktik på lager",
        "field": "employment",
        "from": "2025-08-20",
        "until": "2026-01-10",
    },
    _session(0, mod=(2, 4), overblik=(2, None)),
    _session(1, mod=(3, 4), overblik=(2, None)),
    _session(2, mod=(3, None), overblik=(3, None)),
    _session(3, mod=(5, 4), overblik=(6, None)),
    _session(4, mod=(6, 5), overblik=(6, None)),
    _session(5, mod=(6, 7), overblik=(7, None)),
    _session(6, mod=(8, 7), overblik=(8, None)),
]


@pytest.fixture(scope="module")
def made_here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return caseload.make(tmp_path_factory.mktemp("graph") / "made.db", RECORDS)


@pytest.fixture
def scored(tmp_path: Path, made_here: Path) -> Path:
    path = tmp_path / "scored.db"
    path.write_bytes(made_here.read_bytes())
    path.chmod(0o600)
    return path


def moment(drive: Drive) -> Moment:
    """Where the cursor of the graph stands."""
    found = drive.showing(GraphScreen).chart.moment
    assert found is not None
    return found


def column(drive: Drive) -> int:
    """Where it stands in the drawing."""
    found = moment(drive).column
    assert found is not None
    return found


async def graph(drive: Drive) -> None:
    await drive.press("g")
    await drive.until(lambda: drive.showing(GraphScreen).chart.large is not None)


async def test_it_shows_period_lines_gap_activities_and_judgement(scored: Path) -> None:
    async with driving(scored, citizen="mette-holm") as drive:
        await graph(drive)
        shown = drive.screen
        for text in (
            "Progress: Mette Holm",
            "02.06.25 – 09.02.26 · the whole course",
            "1● Mod 2● Overblik",
            "A·· Mod (citizen)",
            "B-- Mod (caseworker)",
            "+6   real rise",
            "2 (1–5) → 8 (1–10)  ≈+5  real rise",
            "Praktik på lager",
            "small letter: on an earlier scale, converted",
        ):
            assert text in shown, text
        assert "local assumptions" in drive.status
        assert drive.history() == []


async def test_indicators_and_raters_are_chosen_by_key(scored: Path) -> None:
    async with driving(scored, citizen="mette-holm") as drive:
        await graph(drive)
        await drive.press("2")
        assert "1○ Mod 2● Overblik" in drive.screen
        assert "C== Overblik" in drive.screen
        assert "┐ På vej" in drive.screen
        await drive.press("1")
        assert "1● Mod 2● Overblik" in drive.screen
        await drive.press("0", "down")
        assert "1● Mod 2○ Overblik" in drive.screen
        await drive.press("down", "down")
        assert "1● Mod 2● Overblik" in drive.screen
        await drive.press("r")
        assert "(caseworker)" not in drive.screen
        await drive.press("r")
        assert "A··" not in drive.screen
        assert "B-- Mod (caseworker)" in drive.screen
        await drive.press("9")
        assert "There is no indicator 9" in drive.status


async def test_the_cursor_tells_what_was_written_and_draws_nothing_anew(
    scored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driving(scored, citizen="mette-holm", size=(100, 40)) as drive:
        await graph(drive)
        drawn: list[Any] = []
        plot = graph_drawing.plot

        def drawing(*given: Any) -> Any:
            drawn.append(given)
            return plot(*given)

        monkeypatch.setattr(graph_drawing, "plot", drawing)
        assert "A Mod: 8 (the citizen) · På vej · »Bemærkning 6 om mod«" in drive.screen
        assert "Remarks on the session: Alt i alt 6" in drive.screen
        before = column(drive)
        await drive.press("left", "h")
        assert column(drive) < before
        assert "B Mod: 5 (the caseworker) · Svært · 1 below the citizen's own" in drive.screen
        await drive.press("home")
        assert "on the earlier scale 1–5; 3 on the newest, converted" in drive.screen
        await drive.press("left", "end", "l")
        assert "Alt i alt 6" in drive.screen
        assert drawn == []
        here = column(drive)
        assert all(line.ljust(100)[here] != " " for line in drive.screen.split("\n")[1:10])


async def test_a_period_lies_around_the_cursor_and_moves_with_it(scored: Path) -> None:
    async with driving(scored, citizen="mette-holm") as drive:
        await graph(drive)
        await drive.press("plus", "+", "+", "+")
        assert "· three months" in drive.screen
        assert "– 09.02.26" in drive.screen
        await drive.press("home")
        assert "02.06.25 –" in drive.screen
        await drive.press("minus", "minus", "minus", "minus")
        assert "02.06.25 – 09.02.26 · the whole course" in drive.screen
        assert moment(drive).session == "s0"


async def test_another_size_is_drawn_with_the_cursor_where_it_was(scored: Path) -> None:
    async with driving(scored, citizen="mette-holm", size=(120, 40)) as drive:
        await graph(drive)
        await drive.press("left", "left")
        for size in ((50, 20), (80, 24)):
            await drive.pilot.resize_terminal(*size)
            await drive.settle()
        await drive.until(lambda: "Mod (citizen)" in drive.screen)
        assert moment(drive).session == "s4"
        assert max(len(line) for line in drive.screen.split("\n")) <= 80


async def test_before_and_after_activities_and_the_note(scored: Path) -> None:
    async with driving(scored, citizen="mette-holm") as drive:
        await graph(drive)
        await drive.press("b")
        assert "Before and after activities: Mette Holm" in drive.screen
        assert "It does not show" in drive.screen
        assert "Praktik på lager, 20.08.2025 – 10.01.2026" in drive.screen
        assert "before  mean 2.5 (2 scores), rises 0.7 levels a month" in drive.screen
        await drive.press("escape")
        assert drive.where == "GraphScreen"
        await drive.press("left", "enter")
        assert drive.where == "NoteScreen"
        assert drive.key == "s5"


async def test_the_note_of_the_first_session_on_the_new_scale_says_what_the_old_score_stands_for(scored: Path) -> None:
    async with driving(scored, citizen="mette-holm", size=(160, 60)) as drive:
        await graph(drive)
        await drive.press("left", "left", "left", "enter")
        assert (
            "Siden sidst: 3 på skalaen 1 til 5 den 25. august 2025; skalaen er ændret, og 3 svarer til 5 på den nye"
            in (drive.screen)
        )
        first = "Siden første score (2 på skalaen 1 til 5 den 2. juni 2025)"
        assert f"{first}: reel fremgang, mere end tilfældige udsving (efter lokale antagelser)" in drive.screen


async def test_nobody_scored_and_a_small_window_get_a_sentence(scored: Path, db: Path) -> None:
    async with driving(db, citizen="ditte-ny") as drive:
        await graph(drive)
        assert "No scores yet." in drive.screen
        await drive.press("left", "plus", "1", "b")
        assert "There are no activities." in drive.screen
    async with driving(scored, citizen="mette-holm", size=(50, 20)) as drive:
        await graph(drive)
        assert "at least 60 columns" in drive.screen


async def test_what_is_hidden_shows_neither_scores_nor_remarks(scored: Path) -> None:
    async with driving(scored, citizen="mette-holm") as drive:
        await graph(drive)
        await drive.press("f12")
        for absent in ("Mette", "Bemærkning", "Praktik", "Overblik"):
            assert absent not in drive.screen


async def test_the_citizens_screen_says_what_is_real(scored: Path) -> None:
    async with driving(scored, citizen="mette-holm", size=(120, 50)) as drive:
        assert "Progress, first score to last" in drive.screen
        assert "Mod: 2 → 8, real rise" in drive.screen
        assert "Overblik: 2 on 1–5 → 8 on 1–10, real rise" in drive.screen


@pytest.mark.parametrize("no_color", [False, True])
async def test_screen(scored: Path, request: pytest.FixtureRequest, monkeypatch: Any, no_color: bool) -> None:
    """One screen as text; without colours the same signs stand on it."""
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    async with driving(scored, citizen="mette-holm") as drive:
        await graph(drive)
        await drive.press("1", "left", "left")
        shown = drive.screen + "\n"
        assert drive.app.no_color is no_color
    kept = FOLDER / "graph.txt"
    if request.config.getoption("--rewrite-screens"):
        kept.write_text(shown, encoding="utf-8")
    assert shown == kept.read_text(encoding="utf-8")
