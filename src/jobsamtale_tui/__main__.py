"""The command `jobsamtale`, also as `python -m jobsamtale_tui`."""

import sys

from jobsamtale_tui import i18n, settings


def main(arguments: list[str] | None = None) -> int:
    """Runs the command line with `arguments` (the process's own where None) and returns its exit code.

    The language is put in force before the commands are imported, because their help is made as they are.
    """
    given = sys.argv[1:] if arguments is None else arguments
    try:
        i18n.use(settings.wished_language(given))
        from jobsamtale_tui.cli.main import run

        return run(given)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
