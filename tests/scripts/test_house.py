"""The figures of the house are those of its files, whatever kind of import there is."""

from pathlib import Path

import pytest
from scripts.house import Found, House

from scripts import house

FILES = {
    "__init__.py": "",
    "records.py": "import sqlite3\n",
    "store.py": "from sqlmodel import Session\nimport records\n",
    "migrations/first.py": "import sqlalchemy\n",
    "tui/__init__.py": "",
    "tui/app.py": "import os\n\n\ndef run():\n    from small.tui import home, page\n    os._exit(0)\n",
    "tui/home.py": (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from small.tui.app import run\n"
        "class Home:\n    _own = 1\n    def show(self):\n        self._mine = self._own\n        return self._mine\n"
    ),
    "tui/page.py": "import small.tui.home\nclass Page:\n    async def f(self):\n        import small.records, ast\n",
    "tui/terminal/inside.py": "from textual._compositor import Compositor\n",
    "tui/help.py": "def f(node):\n    return node._bindings\n",
    "tui/fields.py": "from textual.document._edit import Edit\n",
}


@pytest.fixture
def small(tmp_path: Path) -> House:
    """A house of eleven files."""
    source = tmp_path / "small"
    for name, text in FILES.items():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(text, encoding="utf-8")
    return House(source)


def test_a_circle_is_one_whatever_kind_of_import_closes_it(small: House) -> None:
    assert small.circles() == Found(3, ("3: tui/app.py, tui/home.py, tui/page.py",))


def test_an_import_within_a_function_counts_once(small: House) -> None:
    assert small.deferred() == Found(2, ("1: tui/page.py", "1: tui/app.py"))


def test_folders_are_counted_flat_and_without_what_makes_them_packages(small: House) -> None:
    assert small.largest_folder() == Found(5, ("tui",))


def test_migrations_may_know_what_others_may_not(small: House) -> None:
    assert small.know_sql_libraries() == Found(1, ("store.py",))


def test_textuals_inside_is_for_the_terminal_alone(small: House) -> None:
    assert small.lean_on_textual() == Found(
        2, ("tui/fields.py: textual.document._edit.Edit", "tui/help.py: node._bindings")
    )


@pytest.mark.parametrize(
    ("edges", "found"),
    [
        ({"a": ["b"], "b": []}, []),
        ({"a": ["b"], "b": ["a"]}, [{"a", "b"}]),
        ({"a": ["b"], "b": ["c"], "c": ["a", "d"], "d": ["e"], "e": ["d"]}, [{"d", "e"}, {"a", "b", "c"}]),
        ({"a": ["a"]}, []),
    ],
)
def test_circles_are_sets_of_what_reaches_each_other(edges: dict[str, list[str]], found: list[set[str]]) -> None:
    assert house.circles(edges) == found


def test_what_is_past_its_ceiling_is_said_with_what_it_is_made_of() -> None:
    what = next(iter(house.CEILINGS))
    over = house.CEILINGS[what][0] + 1
    figures = {one: Found(0) for one in house.CEILINGS}
    assert house.faults(figures) == []
    figures[what] = Found(over, ("here",))
    assert house.faults(figures) == [f"house: {what}: {over}, at most {over - 1}", "  here"]
    assert str(over) in house.table(figures)


def test_the_house_stands_as_it_may() -> None:
    assert house.faults(House().figures()) == []
    assert all(goal <= ceiling for ceiling, goal in house.CEILINGS.values())
