"""An agreement in a real terminal: chosen, its period changed, taken out, each with its reason; then its history."""

from tests.pty.conftest import Desk

CLEAR, DELETE = "\x15", "\x1b[3~"


def test_an_agreement_is_changed_and_its_history_is_read(desk: Desk) -> None:
    terminal = desk.start("--db", str(desk.path), "--user", "anne", "open", "mette-holm")
    terminal.wait_for("Mette Holm")
    terminal.press("i")
    terminal.wait_for("● Mod")
    terminal.press("p")
    terminal.wait_for("F7")
    for _line in range(2):
        terminal.press("down")
    terminal.send(CLEAR)
    terminal.type("6")
    terminal.press("down")
    terminal.type("Ro på")
    terminal.wait_for("Ro på")
    terminal.press("f10")
    terminal.wait_for("hver 6. uge")
    terminal.wait_for("Ro på")
    terminal.press("home")
    terminal.send(DELETE)
    terminal.wait_for("tages Mod ud?")
    terminal.type("Hun tør ringe selv nu")
    terminal.press("enter")
    terminal.wait_for("× Mod")
    terminal.press("h")
    terminal.wait_for("Hun tør ringe selv nu")
    terminal.wait_for("Ro på")
    shown = terminal.screen
    assert shown.index("Hun tør ringe") < shown.index("Ro på")
    terminal.press("escape")
    terminal.wait_for("× Mod")
    assert terminal.leave() == 0
    assert desk.sql("SELECT by, reason FROM agreement_change ORDER BY position") == [
        ("anne", "Ro på"),
        ("anne", "Hun tør ringe selv nu"),
    ]
