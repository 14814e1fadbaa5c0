"""The keys that work here, from the registry."""

from textual.content import Content

from jobsamtale_tui.i18n import _
from jobsamtale_tui.tui.commands import COMMANDS, EVERYWHERE, FIELDS, LISTS, Command, shown_key
from jobsamtale_tui.tui.screens.read import ReadScreen


class HelpScreen(ReadScreen):
    """What every key does, those of the screen that one came from first."""

    def __init__(self, wanted: tuple[str, ...]) -> None:
        super().__init__()
        self.wanted = wanted

    def on_mount(self) -> None:
        """One table a place."""
        self.title_line(_("Keys"), _("esc goes back"))
        places = dict.fromkeys([*self.wanted, LISTS, FIELDS, EVERYWHERE, *(command.where for command in COMMANDS)])
        parts: list[object] = []
        for place in places:
            parts += [(_(place).capitalize(), "bold $text-primary"), "\n"]
            parts += [f"{self._line(command)}\n" for command in COMMANDS if command.where == place]
            parts.append("\n")
        self.show_text(Content.assemble(*parts))  # type: ignore[arg-type]

    def _line(self, command: Command) -> str:
        own = self.the_app.keys.get(command.id)
        keys = [key.strip() for key in own.split(",")] if own else list(command.keys)
        shown = "0–9" if command.id == "score.set" and not own else ", ".join(shown_key(key) for key in keys)
        return f"  {shown:<22} {_(command.label)}"
