"""Files that are there whole or not at all, for their owner alone."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ENDING = ".part"
"""A file that is being written is hidden, named after the one it becomes, and ends so."""
_DATABASE = b"SQLite format 3\x00"
_BESIDE = ("-wal", "-shm", "-journal")


@contextmanager
def whole(path: Path, *, durable: bool = True) -> Iterator[Path]:
    """A new, empty file in the folder of `path`, mode 0600, that takes its place once the block has ended well.

    Until then what stands at `path` stays, and what ends the block any other way leaves nothing behind. A symbolic
    link stays: the file that it names is replaced. `durable`: file and name reach the disk. Raises OSError.
    """
    target = path.resolve()
    if target.is_dir():
        raise IsADirectoryError(21, os.strerror(21), str(path))
    # Not `secrets`, which brings OpenSSL into every command that reads.
    part = target.with_name(f".{target.name[:100]}.{os.getpid()}-{os.urandom(6).hex()}{ENDING}")
    try:  # from here on a signal can come at any moment
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield part
        if durable:
            settle(part)
        part.replace(target)
        if durable:
            settle(target.parent)
    finally:
        part.unlink(missing_ok=True)


def settle(path: Path) -> None:
    """A file or folder as it is now has reached the disk. Raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def holds_database(path: Path) -> bool:
    """Whether at `path` lies a database, or what SQLite keeps beside one: nothing else is written over it."""
    with suppress(OSError):
        target = path.resolve()
        for ending in _BESIDE:
            beside = target.with_name(target.name.removesuffix(ending))
            if target.name.endswith(ending) and beside.name and holds_database(beside):
                return True
        if target.is_file():
            with target.open("rb") as file:
                return file.read(len(_DATABASE)) == _DATABASE
    return False
