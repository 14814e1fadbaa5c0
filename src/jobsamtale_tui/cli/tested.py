"""The versions that the tests run with, made from requirements.lock by scripts/lock.py (run make format)."""

TESTED = {
    "alembic": "1.20.1",
    "babel": "2.18.0",
    "font-source-sans-pro": "0.0.1",
    "holidays": "0.109",
    "icalendar": "7.3.0",
    "jinja2": "3.1.6",
    "plotext": "5.3.2",
    "pydantic": "2.14.3",
    "python-stdnum": "2.2",
    "rich": "15.0.0",
    "snowballstemmer": "3.1.1",
    "sqlalchemy": "2.1.9",
    "sqlmodel": "0.0.50",
    "textual": "8.2.8",
    "tomlkit": "0.15.2",
    "typer": "0.28.0",
    "typst": "0.15.2",
    "tzdata": "2026.6",
}
