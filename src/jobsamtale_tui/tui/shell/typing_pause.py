"""When what is being typed is kept: after a pause, and now and then where there is none."""

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.message_pump import MessagePump
    from textual.timer import Timer

PAUSE_SECONDS = 1.0
"""A pause of this length in typing keeps what stands in the fields."""
LONG_SECONDS = 3.0
"""Who types on for so long has it kept without a pause."""


class Pause:
    """Calls `keep` once somebody has typed and paused; `node` has the timer."""

    def __init__(self, node: "MessagePump", keep: Callable[[], object]) -> None:
        self._node = node
        self._keep = keep
        self._timer: Timer | None = None
        self._since = 0.0

    def typing(self) -> None:
        """A key has changed a field."""
        now = monotonic()
        if self._timer is None:
            self._since = now
        else:
            self._timer.stop()
        left = self._since + LONG_SECONDS - now
        self._timer = self._node.set_timer(max(0.001, min(PAUSE_SECONDS, left)), self._over)

    def stop(self) -> None:
        """It has been kept."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _over(self) -> None:
        self._timer = None
        self._keep()
