"""The command `jobsamtale`, also as `python -m jobsamtale_tui`."""

import os
import signal
import sys
from types import FrameType

from jobsamtale_tui import i18n, settings


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line with `arguments` (the process's own where None) and returns its exit code.

    The language is put in force before the commands are imported, because their help is made as they are.
    """
    if arguments is None:
        _in_utf8()
        _end_in_order()
    given = sys.argv[1:] if arguments is None else arguments
    try:
        i18n.use(settings.wished_language(given))
        from jobsamtale_tui.cli.main import run

        return run(given)
    except KeyboardInterrupt:
        return 130


def _in_utf8() -> None:
    """Begins anew in Python's UTF-8 mode where the locale says otherwise and Python heeds it: names in variables,
    arguments and paths are UTF-8 whatever the locale."""
    if sys.getfilesystemencoding() != "utf-8" and not sys.flags.utf8_mode and sys.executable:
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 - this very program


def _end_in_order() -> None:
    """Who is ended or hung up on lets go of what was begun: no half-written file stays behind. The app has handlers
    of its own."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _leave)


def _leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


if __name__ == "__main__":
    sys.exit(main())
