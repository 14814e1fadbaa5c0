"""Of an update only the lines that it shows are drawn, and they look as they do in Textual."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.tui.driving import driving
from textual._compositor import Compositor
from textual.geometry import Region
from textual.screen import Screen
from textual.widget import Widget

from jobsamtale_tui.tui.terminal.compositor import CroppedCompositor

KEYS = (("home", ()), ("conduct", ("/", *"mette", "enter", "n", "f4")), ("palette", ("ctrl+p",)), ("help", ("f1",)))
regions = st.sets(
    st.builds(Region, st.integers(0, 79), st.integers(0, 23), st.integers(1, 80), st.integers(1, 12)).map(
        lambda one: one.intersection(Region(0, 0, 80, 24))
    ),
    min_size=1,
    max_size=3,
)


def updated(screen: Screen[Any], compositor: type[Compositor], dirty: set[Region]) -> list[list[Any]]:
    """What an update of these regions sends, as text and styles, drawn by this compositor."""
    own = screen._compositor
    own.__class__, before = compositor, own.__class__
    try:
        own._dirty_regions = set(dirty)
        update = own.render_partial_update()
        assert update is not None
        sent = []
        for y, first, last in update.spans:
            for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
                if x < last and end > first:
                    sent.append([y, x, None if strip is None else list(strip)])
        return sent
    finally:
        own.__class__ = before


@pytest.mark.parametrize(("name", "keys"), KEYS, ids=[name for name, _keys in KEYS])
async def test_an_update_is_what_it_is_in_textual(db: Path, name: str, keys: tuple[str, ...]) -> None:
    @settings(max_examples=40)
    @given(dirty=regions)
    def same(screen: Screen[Any], dirty: set[Region]) -> None:
        assert updated(screen, CroppedCompositor, dirty) == updated(screen, Compositor, dirty)

    async with driving(db) as drive:
        await drive.press(*keys)
        same(drive.app.screen)


async def test_a_key_draws_the_lines_that_it_changes(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[str, int]] = []
    render_lines = Widget.render_lines

    def counted(self: Widget, crop: Region) -> Any:
        drawn.append((type(self).__name__, crop.height))
        return render_lines(self, crop)

    async with driving(db, size=(120, 40)) as drive:
        await drive.open_session("mette-holm")
        await drive.press("f4", "3")
        monkeypatch.setattr(Widget, "render_lines", counted)
        await drive.press("7")
        digit = [one for one in drawn if one[0] == "ScaleForm"]
    assert len(digit) == 1
    assert digit[0][1] <= 12
    assert "ConductView" not in dict(drawn)
