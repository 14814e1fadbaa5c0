"""What others see of this process in a list of processes."""

from contextlib import suppress
from pathlib import Path

from jobsamtale_tui import texts

_START, _END = 47, 48
"""Where the arguments lie in memory: fields of /proc/self/stat, as proc(5) counts them, from 0."""


def hide_cpr() -> None:
    """Writes over the CPR numbers in the process's arguments, as `ps` shows them. Linux alone; elsewhere they stay."""
    with suppress(OSError, ValueError, IndexError):
        # The name of the program is in brackets and may hold spaces: the fields are counted from behind it.
        fields = Path("/proc/self/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        start, end = int(fields[_START - 2]), int(fields[_END - 2])
        if not 0 < start < end:
            return
        import ctypes

        raw = ctypes.string_at(start, end - start)
        ctypes.memmove(start, texts.crossed_out_bytes(raw), len(raw))
