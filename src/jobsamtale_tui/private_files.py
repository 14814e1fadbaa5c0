"""Files of the user's own beside the database: a text on its way through an editor, the last text that was copied."""

from pathlib import Path

from jobsamtale_tui.files import whole


def own_folder(folder: Path) -> Path:
    """`folder`, made where it is missing, for its owner alone. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def write_own(path: Path, text: str) -> Path:
    """Writes `text` at `path` as a whole, readable by its owner alone; what stood there is replaced. Raises OSError."""
    own_folder(path.parent)
    with whole(path) as part:
        part.write_text(text, encoding="utf-8")
    return path
