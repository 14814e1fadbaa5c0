"""Textual's app, where more is asked of it than it has a public word for: each in a word of ours."""

from contextlib import suppress
from typing import TYPE_CHECKING

from textual.app import App
from textual.filter import Monochrome, NoColor

from jobsamtale_tui import texts

if TYPE_CHECKING:
    from rich.traceback import Trace


class SteadyApp(App[int]):
    """An app that keeps what is being typed when its window is left, and tells nothing when it crashes."""

    @property
    def leaving(self) -> bool:
        """The app is on its way out."""
        return self._exit

    def write_to_terminal(self, text: str) -> None:
        """Writes as it is, behind what has been drawn."""
        if self._driver is not None:
            self._driver.write(text)

    def remember_copied(self, text: str) -> None:
        """What is pasted where the app itself pastes."""
        self._clipboard = text

    def drop_colours(self) -> None:
        """No colour at all with NO_COLOR, where Textual would show shades of grey."""
        self._filters = [NoColor() if isinstance(one, Monochrome) else one for one in self._filters]

    def crashed(self) -> None:
        """What can be saved when the app crashes."""

    def _watch_app_focus(self, focus: bool) -> None:
        """A terminal window that loses the focus leaves the field as it is: half a line is not a line."""

    def _fatal_error(self) -> None:
        """The crash report shows no local variables and no CPR number, and nothing that would steer the terminal."""
        from rich.segment import Segments
        from rich.traceback import Traceback

        self.bell()
        with suppress(Exception):
            self.crashed()
        report = Traceback(show_locals=False, width=None)
        make_harmless(report.trace)
        self._exit_renderables.append(Segments(self.console.render(report, self.console.options)))
        self._close_messages_no_wait()


def make_harmless(trace: "Trace") -> None:
    """Whatever an error says, it steers no terminal and tells no number; what lies within a group of errors neither."""
    for stack in trace.stacks:
        stack.exc_value = texts.shown(texts.without_cpr(stack.exc_value))
        stack.notes = [texts.shown(texts.without_cpr(note)) for note in stack.notes]
        stack.syntax_error = None  # it would show a line of what was read
        for inner in stack.exceptions:
            make_harmless(inner)
