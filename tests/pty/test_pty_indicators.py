"""The scale editor in a real terminal: an indicator made, published, and changed when the terminal is left."""

import json

from tests.pty.conftest import Desk


def test_an_indicator_is_made_published_and_changed_again(desk: Desk) -> None:
    terminal = desk.start()
    terminal.wait_for("Åbne kladder")
    terminal.press("i")
    terminal.wait_for("● Mod")
    terminal.press("+")
    terminal.wait_for("* ")
    terminal.type("Søvn")
    terminal.wait_for("søvn")
    terminal.press("f10")
    terminal.wait_for("[da]")
    terminal.press("down")
    terminal.type("Hvordan sover du?")
    terminal.wait_for("Hvordan sover du?")
    terminal.press("f8")
    terminal.wait_for("10  –")
    terminal.press("escape")
    terminal.wait_for("[da]")
    terminal.press("f9")
    terminal.wait_for("03.06.2026")
    terminal.press("f10")
    published = "SELECT version, status, json_extract(question, '$.da') FROM indicator WHERE key = 'søvn'"
    terminal.wait_for(lambda: desk.sql(published) == [(1, "active", "Hvordan sover du?")], "it to be published")
    terminal.quiet()
    terminal.wait_for("[da]")
    terminal.press("down")
    terminal.type("Hverdag")
    terminal.wait_for("Hverdag")
    assert terminal.leave() == 0
    assert desk.sql("SELECT version, status, area FROM indicator WHERE key = 'søvn' ORDER BY version") == [
        (1, "active", None),
        (2, "draft", "Hverdag"),
    ]
    (scale,) = desk.sql("SELECT scale FROM indicator WHERE key = 'søvn' AND version = 2")
    assert json.loads(scale[0]) == {"min": 1, "max": 10}
