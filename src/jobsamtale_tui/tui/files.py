"""Files of the user's own beside the database: a text on its way through an editor, the last text that was copied."""

import os
import secrets
from pathlib import Path


def own_folder(folder: Path) -> Path:
    """`folder`, made where it is missing, for its owner alone. Raises OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def write_own(path: Path, text: str) -> Path:
    """Writes `text` at `path` as a whole, readable by its owner alone; what stood there is replaced. Raises OSError."""
    own_folder(path.parent)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return path
