"""Floor: the export of `cli_bare.py` as a command of a small Typer program without Rich."""

from collections.abc import Callable

import typer

app = typer.Typer(help="An app.", rich_markup_mode=None, pretty_exceptions_enable=False)


def _stub(name: str) -> Callable[[str], None]:
    def command(day: str = "") -> None:
        """Work on an entry."""

    command.__name__ = name
    return command


for _name in ("add", "edit", "show", "import", "stats"):
    app.command(_name)(_stub(_name))


@app.command()
def export(db: str) -> None:
    """Write CSV."""
    import csv
    import sqlite3
    import sys

    connection = sqlite3.connect(f"file:{db}?mode=ro", uri=True)
    csv.writer(sys.stdout).writerows(connection.execute("select id, day, score, note from entry order by id"))


if __name__ == "__main__":
    app()
