"""Copying: by the terminal's own clipboard (OSC 52), through tmux and screen too, and always into a file as well.

No terminal answers whether it took the text, so the sentence that comes back names the file.
"""

import base64
import os
from collections.abc import Mapping
from pathlib import Path

from jobsamtale_tui import texts
from jobsamtale_tui.i18n import _
from jobsamtale_tui.private_files import write_own
from jobsamtale_tui.tui.commands.port import Clipboard

NAME = "kopi.txt"
LONGEST = 74_994
"""Characters of base64: what xterm and those that follow it take in one OSC 52."""
SCREEN_PIECE = 240
"""GNU screen passes a string on only in pieces (256 bytes in its old versions)."""


def sequence(text: str, environment: Mapping[str, str] | None = None) -> str:
    """What makes the terminal copy `text`; empty where it is too long for any.

    tmux takes the plain sequence itself where `set-clipboard` is `on`, and hands the wrapped one to the terminal where
    `allow-passthrough` is: both are sent.
    """
    environment = os.environ if environment is None else environment
    encoded = base64.b64encode(text.encode("utf-8")).decode("ascii")
    if len(encoded) > LONGEST:
        return ""
    plain = f"\x1b]52;c;{encoded}\a"
    if environment.get("TMUX"):
        doubled = plain.replace("\x1b", "\x1b\x1b")
        return f"{plain}\x1bPtmux;{doubled}\x1b\\"
    if environment.get("STY"):
        pieces = (plain[at : at + SCREEN_PIECE] for at in range(0, len(plain), SCREEN_PIECE))
        return "".join(f"\x1bP{piece}\x1b\\" for piece in pieces)
    return plain


def copy(clipboard: Clipboard, text: str) -> str:
    """Copies `text` and writes it to the user's own file; the sentence for the status line says where that is."""
    text = texts.typed(text)
    clipboard.copy_to_clipboard(text)
    try:
        path: Path | None = write_own(clipboard.files / NAME, text + "\n")
    except OSError:
        path = None
    return _said(bool(sequence(text)), path, os.environ)


def _said(sent: bool, path: Path | None, environment: Mapping[str, str]) -> str:
    if path is None:
        if sent:
            return _("Sent to the terminal's clipboard. A copy could not be written to disk.")
        return _("Not copied: the text is too long for a terminal's clipboard, and the disk did not take it.")
    if not sent:
        return _("Too long for a terminal's clipboard; the text is in {path}").format(path=_short(path))
    if environment.get("TMUX"):
        return _("Copied; else it is in {path} (tmux: set-clipboard on)").format(path=_short(path))
    if environment.get("STY"):
        return _("Copied if screen passes it on; else it is in {path}").format(path=_short(path))
    return _("Copied; else it is in {path}").format(path=_short(path))


def _short(path: Path) -> str:
    """A path as the shell takes it, short enough to be read whole on the status line."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
