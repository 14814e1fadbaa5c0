"""The thread that writes to the terminal ends, whatever the terminal does; what a terminal sends is what was meant."""

import io
import threading
from random import Random

import pytest
from textual import events

from jobsamtale_tui.tui.terminal import input_parser
from jobsamtale_tui.tui.terminal.input_parser import Burst, InputParser
from jobsamtale_tui.tui.terminal.writer import Writer


class Gone(io.StringIO):
    """A terminal that has hung up: from the `after`th call on, it takes nothing."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.left = after

    def _count(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise OSError(5, "Input/output error")

    def write(self, text: str) -> int:
        self._count()
        return super().write(text)

    def flush(self) -> None:
        self._count()


@pytest.mark.parametrize("after", range(5))
@pytest.mark.parametrize("ending", [True, False])
def test_a_terminal_that_goes_away_at_any_moment_holds_nobody_up(
    after: int, ending: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = Writer(Gone(after))
    writer.write("one")
    writer.write("two")
    writer._put_now(None)  # told to stop before it has begun: nothing is flushed until the end
    writer.start()
    writer.join(20)
    assert not writer.is_alive()

    again = Writer(Gone(after))
    again.start()
    again.write("one")
    monkeypatch.setattr(Writer, "ending", ending)
    stopping = threading.Thread(target=again.stop, daemon=True)
    stopping.start()
    stopping.join(20)
    assert not stopping.is_alive()
    assert not again.is_alive()


def said(parser: InputParser, *parts: str) -> list[str]:
    """Keys by name, pastes and bursts in brackets."""
    found: list[str] = []
    for part in parts:
        for message in parser.read(part):
            if isinstance(message, events.Key):
                found.append(message.key)
            elif isinstance(message, (events.Paste, Burst)):
                found.append(f"[{message.text}]")
    return found


PASTED = [
    "rød \x1b[31mtekst\x1b[0m",
    "\x1bOQ\x1b[A\x1bd\x1b",
    "\x1b[200~ \x1b[20 \x1b[O\x1b[<0;1;1M",
    "\r\nen\r\n\nto\r",
    "x" * 100 + "\x1b",
]


@pytest.mark.parametrize("text", PASTED)
def test_nothing_in_a_paste_is_a_key_however_it_is_split(text: str) -> None:
    sent, random = f"a\x1b[200~{text}\x1b[201~b\x1b[C", Random(4)
    assert said(InputParser(), sent) == ["a", f"[{text}]", "b", "right"]
    assert said(InputParser(), *sent) == ["a", f"[{text}]", "b", "right"]
    for _ in range(20):
        cut = random.randrange(len(sent))
        assert said(InputParser(), sent[:cut], sent[cut:]) == ["a", f"[{text}]", "b", "right"]


def test_a_paste_that_has_lost_its_end_does_not_swallow_what_is_typed_later(monkeypatch: pytest.MonkeyPatch) -> None:
    parser = InputParser()
    assert said(parser, "\x1b[200~halv", "t") == []
    assert list(parser.tick()) == []
    monkeypatch.setattr(input_parser, "PASTE_SECONDS", -1.0)
    assert [message.text for message in parser.tick() if isinstance(message, events.Paste)] == ["halvt"]
    assert said(parser, "x\x1b[201~y") == ["x", "y"]


def test_a_line_feed_is_enter() -> None:
    assert said(InputParser(), "a\nb\r\nc\r", "\nd\n", "\n") == [
        *("a", "enter", "b", "enter", "c", "enter"),
        *("d", "enter", "enter"),
    ]
    assert said(InputParser(), "x" * 48 + "\n" + "y" * 48) == [f"[{'x' * 48}\r{'y' * 48}]"]


REPORTS = [
    "\x1b[?62;1;6c",
    "\x1b[>0;276;0c",
    "\x1b[0n",
    "\x1b[?997;1n",
    "\x1b[[F",
    "\x1b[5;5R",
    "\x1b[M #$",
]
TOLD = ["\x1b]11;rgb:0000/0000/0000\x1b\\", "\x1b]0;title\x07", "\x1bP1$r0m\x1b\\", "\x1b_Gi=1;OK\x1b\\"]


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_that_nobody_knows_types_nothing_and_takes_no_letter(report: str) -> None:
    assert said(InputParser(), f"a{report}bc\x1b[A") == ["a", "b", "c", "up"]
    assert said(InputParser(), *f"a{report}bc\x1b[A") == ["a", "b", "c", "up"]


@pytest.mark.parametrize("told", TOLD)
def test_what_a_terminal_says_of_itself_types_nothing(told: str) -> None:
    assert said(InputParser(), f"a{told}bc{told}\x1b[A") == ["a", "b", "c", "up"]
