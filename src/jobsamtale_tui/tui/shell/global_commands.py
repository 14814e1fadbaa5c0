"""What works on every screen: help, palette, jump, copy, privacy, themes, suspending, and reasons why not."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import BindingType
from textual.filter import LineFilter
from textual.widgets import Input, TextArea

from jobsamtale_tui import texts
from jobsamtale_tui.i18n import _, ngettext
from jobsamtale_tui.tui.commands import route
from jobsamtale_tui.tui.commands.bindings import bind, bind_split
from jobsamtale_tui.tui.commands.registry import BY_ID, keys_of, shown_key
from jobsamtale_tui.tui.look import themes
from jobsamtale_tui.tui.look.privacy import MASK, OwnText
from jobsamtale_tui.tui.shell.availability import why_not
from jobsamtale_tui.tui.shell.clipboard import copy, sequence
from jobsamtale_tui.tui.shell.navigation import Navigator
from jobsamtale_tui.tui.shell.preferences import remember
from jobsamtale_tui.tui.shell.screen import BaseScreen
from jobsamtale_tui.tui.terminal.control_filter import HARMLESS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jobsamtale_tui.store.sqlite.database import Database
    from jobsamtale_tui.tui.shell.jump import JumpLabel


class GlobalCommands(Navigator):
    """The app's part that does the commands of the place `everywhere`."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *bind_split("palette", "palette", priority=True),
        bind("notes.search", priority=True),
        bind("jump"),
        bind("copy"),
        bind("privacy"),
        bind("suspend"),
    ]
    keys: "Mapping[str, str]"
    database: "Database"
    files: Path
    private = False
    lasting = True
    """What is chosen is remembered, and files are left; not by the demo."""
    _letters: "dict[str, JumpLabel]"

    def key_of(self, command: str) -> str:
        """The first key of a command as people read it."""
        return shown_key(keys_of(BY_ID[command], self.keys)[0])

    def say(self, sentence: str, *, warning: bool = False) -> None:
        """Says one of our own sentences on the status line of the screen."""
        if isinstance(self.screen, BaseScreen):
            self.screen.status(OwnText(sentence), warning=warning)

    def key_comes(self, event: events.Key | events.Paste) -> None:
        """What was said goes at the next key."""
        if isinstance(self.screen, BaseScreen):
            self.screen.key_comes(event.time)

    # Help and palette

    def action_help(self) -> None:
        """The keys that work here, those of what has the focus first."""
        found = self.another(route.Help(self.screen))
        if found is not None:
            self.push(found)

    def action_palette(self) -> None:
        """Every command by name, with its key, and why not where it is not possible now."""
        from jobsamtale_tui.tui.shell.palette import Palette

        if isinstance(self.screen, BaseScreen):
            self.push(Palette(self.screen))

    def dropped(self, count: int) -> None:
        """Says that keys went nowhere."""
        said = ngettext(
            "{count} key was dropped: it waited too long for what it was to go to",
            "{count} keys were dropped: they waited too long for what they were to go to",
            count,
        )
        self.say(said.format(count=count), warning=True)

    def refused(self, event: events.Key | events.Paste) -> bool:
        """With `--read-only` a key that changes something says why it does not; on a screen for both only few do."""
        if not isinstance(event, events.Key) or not isinstance(self.screen, BaseScreen):
            return False
        only = self.screen.only
        if only is None and not self.database.read_only:
            return False
        active = self.screen.active_bindings.get(event.key)
        name = (active.binding.id or "") if active else ""
        command = BY_ID.get(name.partition(":")[0])
        if only is not None and command is not None and only.isdisjoint((name, command.id)):
            return not self._is_letter(event)
        if command is None or not command.changes or not self.database.read_only:
            return False
        self.say(why_not(self.screen, command.id) or "", warning=True)
        return True

    def action_notes_search(self) -> None:
        """A field to search in all notes; what stands in the screen's own fields is kept first."""
        found = self.another(route.NotesSearch())
        if isinstance(self.screen, BaseScreen) and found is not None:
            self.screen.keep()
            self.push(found)

    # Jump

    def action_jump(self) -> None:
        """Letters over every field and list; the next key goes to one of them or leaves."""
        from jobsamtale_tui.tui.shell.jump import show_labels

        if not isinstance(self.screen, BaseScreen):
            return
        self._letters = show_labels(self.screen)
        if self._letters:
            self.key_interceptor = self._jump_to
        else:
            self.say(_("There is nothing to jump to here"))

    def _jump_to(self, event: events.Key | events.Paste) -> bool:
        from jobsamtale_tui.tui.shell.jump import letter_of

        self.key_interceptor = None
        label = self._letters.get(letter_of(event))
        here = all(one.screen is self.screen for one in self._letters.values())
        for one in self._letters.values():
            one.remove()
        self._letters = {}
        if label is not None and here:
            label.target.focus(scroll_visible=False)
        return here

    # Copy

    def action_copy(self) -> None:
        """Copies what is marked, else the text of the field, else that of the screen."""
        text = self._to_copy()
        if text:
            self.say(copy(self, text))
        else:
            self.say(_("There is no text here to copy"))

    def _to_copy(self) -> str:
        field = self.focused
        if isinstance(field, (Input, TextArea)):
            return field.selected_text or (field.value if isinstance(field, Input) else field.text)
        return self.screen.reading() if isinstance(self.screen, BaseScreen) else ""

    def copy_to_clipboard(self, text: str) -> None:
        """Copies by OSC 52, cleaned of control characters, in the wrapping that tmux and screen pass on."""
        text = texts.typed(text)
        self.remember_copied(text)
        self.write_to_terminal(sequence(text))

    # Privacy

    def action_privacy(self) -> None:
        """Hides what is a citizen's on every screen, until pressed again."""
        self.hide(not self.private)
        key = self.key_of("privacy")
        if self.private:
            self.say(_("Names, CPR numbers and texts are hidden; {key} shows them").format(key=key))
        else:
            self.say(_("All is shown; {key} hides it").format(key=key))

    def hide(self, private: bool) -> None:
        """Hides what is a citizen's on every screen, or shows it."""
        self.private = private
        for screen in self.screen_stack:
            for widget in screen.walk_children(with_self=True):
                widget.refresh()

    def get_line_filters(self) -> Sequence[LineFilter]:
        """No control character reaches the terminal; the mask lies over all else."""
        return [*super().get_line_filters(), HARMLESS, *([MASK] if self.private else [])]

    @property
    def title_mark(self) -> str:
        """What the title line says of the app itself: hidden, read-only."""
        hidden = _("hidden, {key} shows").format(key=self.key_of("privacy")) if self.private else ""
        reading = _("read-only") if self.database.read_only else ""
        return OwnText(" · ".join(filter(None, (hidden, reading))))

    # Themes

    def wear(self, name: str) -> None:
        """Puts a theme on; without colours (NO_COLOR), or with sixteen, the terminal's own."""
        for theme in themes.OWN:
            self.register_theme(theme)
        self.ansi_theme_dark, self.ansi_theme_light = themes.ON_DARK, themes.ON_LIGHT
        if self.no_color:
            self.drop_colours()
        self.theme = self.fitting(name)

    def choose_theme(self, name: str) -> None:
        """Puts a theme on and remembers it in the configuration."""
        self.theme = self.fitting(name)
        self.say(remember("theme", name) if self.lasting else _("For this time: the demo leaves nothing behind"))

    def fitting(self, name: str) -> str:
        """The theme to put on for a terminal like this one."""
        if not name.startswith("ansi-") and (self.no_color or self.console.color_system == "standard"):
            return "ansi-dark" if self.available_themes[name].dark else "ansi-light"
        return name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our own variables, for the themes of Textual."""
        return themes.defaults(self.current_theme)

    # Suspending

    def action_suspend(self) -> None:
        """Back to the shell; what stands in the fields is kept first. Without a shell that can fetch it back: said."""
        if isinstance(self.focused, (Input, TextArea)):
            self.say(_("{key} leaves to the shell outside text fields: esc first").format(key=self.key_of("suspend")))
        elif not can_come_back():
            self.say(_("There is no shell to go back to here; q leaves the app"))
        else:
            if isinstance(self.screen, BaseScreen):
                self.screen.keep()
            self.action_suspend_process()


def can_come_back() -> bool:
    """Whether a shell with job control waits above: without one a stopped process could never be fetched back."""
    leader, session = os.getpgrp(), os.getsid(0)
    parent = os.getppid() if leader == os.getpid() else _parent(leader)
    try:
        return parent > 1 and os.getsid(parent) == session and os.getpgid(parent) != leader
    except OSError:
        return False


def _parent(process: int) -> int:
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
        return int(stat.rpartition(")")[2].split()[1])
    except (OSError, ValueError, IndexError):
        return 0
