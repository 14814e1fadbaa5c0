"""When what is being typed is kept: after a pause, and often enough where there is none; and that it is said."""

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from textual.timer import Timer

PAUSE_SECONDS = 0.3
"""A pause of this length in typing keeps what stands in the fields."""
LONG_SECONDS = 0.5
"""Who types on for so long has it kept without a pause: no more typing than this is lost where a process is killed."""


class Typed(Protocol):
    """A screen that is typed in."""

    def set_timer(self, delay: float, callback: Callable[[], object], /) -> "Timer":
        """Calls back after so many seconds."""

    def typing_begins(self) -> None:
        """Says on the status line that what is typed is not kept yet."""

    def typing_kept(self) -> None:
        """Says that it is."""


class Pause:
    """Calls `keep` once somebody has typed and paused, or typed on for long; `screen` has the timer and says so."""

    def __init__(self, screen: Typed, keep: Callable[[], object]) -> None:
        self._screen, self._keep = screen, keep
        self._timer: Timer | None = None
        self._since = 0.0
        self._amid = False

    def typing(self) -> None:
        """A key has changed a field."""
        now = monotonic()
        if self._timer is None:
            self._since = now
        else:
            self._timer.stop()
        self._screen.typing_begins()
        left = self._since + LONG_SECONDS - now
        if left < PAUSE_SECONDS:
            self._timer = self._screen.set_timer(max(0.001, left), self._long)
        else:
            self._timer = self._screen.set_timer(PAUSE_SECONDS, self._over)

    def stop(self) -> None:
        """It has been kept."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if not self._amid:
            self._screen.typing_kept()

    def _long(self) -> None:
        """It is kept in the middle of typing; that is said once there is a pause."""
        self._amid = True
        try:
            self._keep()
        finally:
            self._amid = False
        self._since = monotonic()
        self._timer = self._screen.set_timer(PAUSE_SECONDS, self._over)

    def _over(self) -> None:
        self._timer = None
        self._keep()
        self._screen.typing_kept()
