"""The thread that writes to the terminal ends, whatever the terminal does."""

import io
import threading

import pytest

from jobsamtale_tui.tui.terminal import Writer


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
