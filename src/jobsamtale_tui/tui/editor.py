"""A text in the user's own editor: $VISUAL, $EDITOR or vi. The file is the user's alone and lives until it is read."""

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

from jobsamtale_tui import texts


def edited(app: App[Any], text: str) -> str | None:
    """`text` as the editor left it; None where there is no editor, it failed, or the file was not text."""
    command = shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    with tempfile.TemporaryDirectory(prefix="jobsamtale-") as folder:
        path = Path(folder) / "tekst.txt"
        path.touch(0o600)
        path.write_text(text, encoding="utf-8")
        try:
            with app.suspend():
                done = subprocess.run([*command, str(path)], check=False)  # noqa: S603 - the user's own editor
            if done.returncode != 0:
                return None
            return texts.typed(path.read_text(encoding="utf-8")).rstrip("\n")
        except (OSError, UnicodeDecodeError, SuspendNotSupported):
            return None
