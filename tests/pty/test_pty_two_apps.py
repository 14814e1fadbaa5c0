"""Two caseworkers on one citizen, in two terminals."""

from tests.pty.conftest import Desk


def test_the_second_sees_who_has_the_session_and_neither_writes_over_the_other(desk: Desk) -> None:
    first = desk.start("--db", str(desk.path), "--user", "bo", "open", "mette-holm")
    first.wait_for("24-1107")
    first.press("n")
    first.wait_for("▸1 ")
    first.press("f3")
    first.wait_for("▸2 ")
    first.type("Fra Bo")
    first.wait_for("Fra Bo")

    second = desk.start("--db", str(desk.path), "--user", "anne", "open", "mette-holm")
    second.wait_for("Bo Lund")
    second.press("n")
    second.wait_for("▸")
    second.wait_for("Bo Lund")
    second.press("f3")
    second.wait_for("▸2 ")
    second.type("Fra Anne")
    second.wait_for("Fra Anne")

    first.press("f4")
    first.wait_for("▸3 ")
    first.wait_for("10:05:00")
    second.press("f4")
    second.wait_for("F2")
    second.wait_for("Fra Bo")
    assert desk.sql("SELECT need FROM session WHERE key = 'mette-i-dag'") == [("Fra Bo",)]
    second.press("f4")
    second.wait_for("▸3 ")
    needed = "SELECT need FROM session WHERE key = 'mette-i-dag'"
    second.wait_for(lambda: desk.sql(needed) == [("Fra Bo\nFra Anne",)], "both to be saved")
    assert first.leave() == 0
    assert second.leave() == 0
