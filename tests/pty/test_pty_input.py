"""What terminals and slow lines do to keys: split letters and sequences, foreign bytes, reports, other sizes."""

import time

from tests.pty.conftest import Desk
from tests.pty.terminal import Terminal

SSH = {"SSH_CONNECTION": "10.0.0.1 22 10.0.0.2 22"}


def in_the_need(desk: Desk, **env: str) -> Terminal:
    """In the opening of today's session, in the text field of the need."""
    terminal = desk.start("--db", str(desk.path), "--user", "anne", "open", "mette-holm", **env)
    terminal.wait_for("24-1107")
    terminal.press("n")
    terminal.wait_for("▸1 ")
    terminal.press("f3")
    terminal.wait_for("▸2 ")
    return terminal


def need(desk: Desk) -> str | None:
    found: str | None = desk.sql("SELECT need FROM session WHERE key = 'mette-i-dag'")[0][0]
    return found


def test_letters_of_several_bytes_may_come_byte_by_byte(desk: Desk) -> None:
    terminal = in_the_need(desk, LANG="C")
    for byte in "Blåbærgrød på 日本 😀".encode():
        terminal.send(bytes([byte]))
        terminal.taken()
    terminal.wait_for("Blåbærgrød på 日")
    assert terminal.leave() == 0
    assert desk.unfinished[0][3] == "Blåbærgrød på 日本 😀"


def test_an_arrow_split_by_a_slow_line_is_an_arrow_and_escape_is_escape(desk: Desk) -> None:
    terminal = in_the_need(desk, **SSH)
    terminal.type("katte")
    terminal.wait_for("katte")
    for part in ("\x1b", "[D"):
        terminal.send(part)
        terminal.taken()
        time.sleep(0.15)  # the slow line itself: longer than a lone escape is waited for, shorter than over SSH
    terminal.type("X")
    terminal.wait_for("kattXe")
    assert "[D" not in terminal.screen
    assert need(desk) is None
    terminal.press("escape")
    terminal.wait_for(lambda: need(desk) == "kattXe", "the text to be saved")


REPORTS = {
    "old mouse report, far out": b"\x1b[M\xe6\xf8\xff",
    "old mouse report": b"\x1b[M #$",
    "mouse report": b"\x1b[<0;10;3M\x1b[<0;10;3m",
    "mouse report, off the screen": b"\x1b[<0;200;300M",
    "latin-1": b"\xe6",
    "no letter": b"\xff\xfe",
    "half a letter": b"\xc3",
    "the other half": b"\x80",
    "unknown report": b"\x1b[?62;1;6c",
}


def test_bytes_that_are_no_text_do_not_end_the_app(desk: Desk) -> None:
    terminal = in_the_need(desk)
    for number, (name, report) in enumerate(REPORTS.items()):
        terminal.send(report)
        terminal.type(f" w{number}")
        terminal.wait_for(f"w{number}", name)
    assert terminal.leave() == 0
    text = desk.unfinished[0][3]
    assert all(f" w{number}" in text for number in range(len(REPORTS)))


def test_a_latin_1_terminal_types_danish_letters(desk: Desk) -> None:
    terminal = in_the_need(desk)
    terminal.send("smørrebrød på en".encode("latin-1"))
    terminal.wait_for("smørrebrød på en")


def test_focus_reports_leave_the_field_as_it_is(desk: Desk) -> None:
    terminal = in_the_need(desk)
    terminal.type("halv")
    terminal.wait_for("halv")
    terminal.send("\x1b[O")
    terminal.quiet()
    assert need(desk) is None
    terminal.send("\x1b[I")
    terminal.type("færdig")
    terminal.wait_for("halvfærdig")
    assert desk.sql("SELECT count(*) FROM history WHERE action LIKE 'text.%'") == [(0,)]


def test_a_paste_of_several_lines_stays_whole(desk: Desk) -> None:
    terminal = in_the_need(desk)
    terminal.send("\x1b[200~første linje\r\nanden æøå\x1b[201~")
    terminal.wait_for("anden æøå")
    terminal.press("tab")
    terminal.wait_for(lambda: need(desk) == "første linje\nanden æøå", "the text to be saved")
    terminal.send("\x1b[200~et punkt\ni to linjer\x1b[201~")
    terminal.wait_for("et punkt i to linjer")


def test_a_paste_with_sequences_in_it_does_nothing_but_text(desk: Desk) -> None:
    terminal = in_the_need(desk)
    terminal.send("\x1b[200~rød \x1b[31mtekst\x1bOS\x1b[21~, slut\x1b[201~")
    terminal.wait_for("slut")
    terminal.type(" og videre")
    terminal.wait_for("slut og videre")
    assert "▸2 " in terminal.screen
    assert terminal.leave() == 0


def test_what_is_typed_before_the_app_has_the_terminal_is_typed_into_it(desk: Desk) -> None:
    terminal = desk.start()
    terminal.send("/mette\r")
    terminal.wait_for("24-1107")
    terminal.wait_for("Samtaler")
    assert terminal.leave() == 0


def test_other_sizes_on_the_way(desk: Desk) -> None:
    terminal = in_the_need(desk)
    terminal.type("Ro")
    terminal.wait_for("Ro")
    terminal.resize(20, 5)
    terminal.quiet()
    terminal.type(" på")
    terminal.press("f4")
    terminal.quiet()
    terminal.press("7", "f5", "f2", "f3")
    terminal.quiet()
    terminal.resize(120, 40)
    terminal.wait_for("Ro på")
    terminal.wait_for("▸2 ")
    terminal.press("f4")
    terminal.wait_for("Hvordan står det til med")
    assert terminal.process.poll() is None
    found = "SELECT indicator, value FROM score WHERE session = 'mette-i-dag'"
    terminal.wait_for(lambda: desk.sql(found) == [("mod", 7)], "the score to be saved")


def test_an_idle_screen_sends_nothing_and_no_mouse_is_asked_for(desk: Desk) -> None:
    terminal = in_the_need(desk)
    terminal.quiet(1.5)
    seen = len(terminal.raw)
    until = time.monotonic() + 1.5
    while time.monotonic() < until:
        terminal.read()
    assert len(terminal.raw) == seen
    assert terminal.leave() == 0
    for mode in (b"?1000h", b"?1002h", b"?1003h", b"?1006h"):
        assert mode not in terminal.raw
