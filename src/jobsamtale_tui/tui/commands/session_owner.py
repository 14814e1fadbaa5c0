"""The session that is open, as its views, the forms that change it and the screen for both know it."""

import sqlite3
from typing import Protocol

from textual.widget import Widget

from jobsamtale_tui import records
from jobsamtale_tui.editing.session_model import SessionModel
from jobsamtale_tui.method.session_edits import Edit
from jobsamtale_tui.tui.commands.port import Shell


class SessionView(Protocol):
    """The phase in view."""

    def show(self) -> None:
        """Brings itself in line with the record."""

    def offer(self) -> None:
        """Puts what could not be saved back where it was typed."""

    def save_aside(self) -> None:
        """Saves what stands in the fields that are not being typed in."""

    def take_back(self, field: str, text: str) -> None:
        """Takes text that was given back out of its field again."""


class SessionOwner(Protocol):
    """A screen that has a session open: the session as it is seen, and the way to edit it."""

    key: str
    citizen: records.Citizen
    first: bool
    """It is the citizen's first session."""
    model: SessionModel

    @property
    def session(self) -> records.Session:
        """The record as it is seen."""

    @property
    def shell(self) -> Shell:
        """The app."""

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection that the screens read through."""

    @property
    def view(self) -> SessionView | None:
        """The phase in view."""

    @property
    def focused(self) -> Widget | None:
        """What has the cursor."""

    def make(
        self, edit: Edit, *, what: str = "", field: str | None = None, text: str | None = None, show: bool = True
    ) -> None:
        """Makes an edit, and (`show`) has the phase in view show it."""

    def status(self, sentence: str | None = None, *, saved: str | None = None, warning: bool = False) -> None:
        """Says something on the status line."""

    def leave_fields(self) -> bool:
        """Saves what stands in the fields; False where one cannot be read and has to be mended first."""

    def save_text(self, field: str, text: str, widget: str) -> None:
        """Saves one of the session's texts, typed in the field with the id `widget`."""

    @property
    def offered(self) -> dict[str, str]:
        """The texts that could not be saved and stand in their fields again, by field."""

    def refused(self) -> dict[str, list[str]]:
        """What was typed and could not be saved, by field."""

    def seen_in(self, field: str) -> None:
        """What stands in a field, or is about to be typed over there, is as the record on the screen has it."""

    def seen_earlier(self, field: str, at: str = "") -> None:
        """What stands in a field was typed earlier, over the record as it was then."""

    def drop(self, field: str) -> None:
        """A text that could not be saved was taken out of its field by hand."""
