"""How the house stands: circles of files, imports within functions, full folders, who knows SQL and Textual's inside.

`python -m scripts.house check` prints a table and fails where a figure is past its ceiling. It reads the code and
imports none of it.
"""

import argparse
import ast
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src" / "jobsamtale_tui"
CEILINGS: Mapping[str, tuple[int, int]] = {
    "files that lie in a circle of imports": (0, 0),
    "imports within functions of the app": (79, 79),
    "files of the largest flat folder": (24, 24),
    "files that know SQLModel or SQLAlchemy": (2, 2),
    "files that lean on Textual's private names outside tui/terminal": (0, 0),
}
"""By figure how high it may be today, and how high it may be in the end. Where the first is above the second it is what
was there when it was last counted: it only ever goes down."""
APP, TERMINAL = "tui/", "tui/terminal/"


@dataclass(frozen=True, slots=True)
class Found:
    """A figure, and what it is made of."""

    figure: int
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """An import of a module, or of a name of one; `deferred` within a function."""

    module: str
    name: str
    deferred: bool


class House:
    """The files of a package, read once. Files are named by their path within it."""

    def __init__(self, source: Path = SOURCE) -> None:
        self.package = source.name
        paths = sorted(source.rglob("*.py"))
        self.trees = {
            path.relative_to(source).as_posix(): ast.parse(path.read_text(encoding="utf-8"), str(path))
            for path in paths
        }
        self.imports = {name: tuple(_imports(tree)) for name, tree in self.trees.items()}
        self._files = {self._module(name): name for name in self.trees}

    def _module(self, name: str) -> str:
        parts = [self.package, *Path(name).with_suffix("").parts]
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def edges(self) -> dict[str, set[str]]:
        """By file the files it imports: at the top, within functions and for types."""
        found: dict[str, set[str]] = {}
        for name, imports in self.imports.items():
            modules = {
                f"{one.module}.{one.name}" if f"{one.module}.{one.name}" in self._files else one.module
                for one in imports
            }
            found[name] = {self._files[module] for module in modules if module in self._files} - {name}
        return found

    def circles(self) -> Found:
        """The circles of files, whatever kind of import closes them."""
        found = sorted(circles(self.edges()), key=len, reverse=True)
        return Found(sum(map(len, found)), tuple(f"{len(one)}: {', '.join(sorted(one))}" for one in found))

    def deferred(self) -> Found:
        """The imports within functions of the app."""
        counts = {
            name: sum(one.deferred for one in self.imports[name]) for name in self.imports if name.startswith(APP)
        }
        most = sorted(((count, name) for name, count in counts.items() if count), reverse=True)[:5]
        return Found(sum(counts.values()), tuple(f"{count}: {name}" for count, name in most))

    def largest_folder(self) -> Found:
        """The files of the folder that has most; migrations have no end, and are told apart by their numbers."""
        counts: dict[str, int] = {}
        for name in self.trees:
            path = Path(name)
            if path.name != "__init__.py" and "versions" not in path.parts:
                counts[path.parent.as_posix()] = counts.get(path.parent.as_posix(), 0) + 1
        folder, count = max(counts.items(), key=lambda pair: pair[1], default=("", 0))
        return Found(count, (folder,))

    def know_sql_libraries(self) -> Found:
        """The files that import SQLModel or SQLAlchemy, migrations aside."""
        found = [
            name
            for name, imports in self.imports.items()
            if "migrations/" not in name
            and any(one.module.partition(".")[0] in ("sqlmodel", "sqlalchemy") for one in imports)
        ]
        return Found(len(found), tuple(found))

    def lean_on_textual(self) -> Found:
        """The files outside the terminal's folder that import one of Textual's private modules, or name a private
        attribute that nothing in this package gives: then it is Textual's, or Python's."""
        ours = {name for tree in self.trees.values() for name in _given(tree)}
        found = []
        for name, tree in self.trees.items():
            if name.startswith(APP) and not name.startswith(TERMINAL):
                leans = set(_leans(tree, self.imports[name], ours))
                found += [f"{name}: {', '.join(sorted(leans))}"] if leans else []
        return Found(len(found), tuple(found))

    def figures(self) -> dict[str, Found]:
        """All of them, in the order of the ceilings."""
        found = (
            self.circles(),
            self.deferred(),
            self.largest_folder(),
            self.know_sql_libraries(),
            self.lean_on_textual(),
        )
        return dict(zip(CEILINGS, found, strict=True))


def circles(edges: Mapping[str, Iterable[str]]) -> list[set[str]]:
    """The sets of names that reach each other: Tarjan's strongly connected components of two and more."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[set[str]] = []

    def visit(name: str) -> None:
        index[name] = low[name] = len(index)
        stack.append(name)
        for other in edges.get(name, ()):
            if other not in index:
                visit(other)
                low[name] = min(low[name], low[other])
            elif other in stack:
                low[name] = min(low[name], index[other])
        if low[name] == index[name]:
            at = stack.index(name)
            circle = set(stack[at:])
            del stack[at:]
            if len(circle) > 1:
                found.append(circle)

    for name in edges:
        if name not in index:
            visit(name)
    return found


def _imports(node: ast.AST, *, deferred: bool = False) -> Iterator[Imported]:
    """A statement counts once, however many names it has; those of others are needed for the edges alone."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            for place, alias in enumerate(child.names):
                yield Imported(alias.name, "", deferred and place == 0)
        elif isinstance(child, ast.ImportFrom):
            for place, alias in enumerate(child.names):
                yield Imported(child.module or "", alias.name, deferred and place == 0)
        else:
            within = isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef))
            yield from _imports(child, deferred=deferred or within)


def _private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name != "_"


def _given(tree: ast.AST) -> Iterator[str]:
    """The private names that a file gives: functions, classes, variables, attributes that are set."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and _of_self(node):
            yield node.attr


def _of_self(node: ast.Attribute) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id in ("self", "cls")


def _leans(tree: ast.AST, imports: Iterable[Imported], ours: set[str]) -> Iterator[str]:
    """What a file uses of Textual's inside. `os._exit` and its like are a module's own, not an object's."""
    modules = {one.name or one.module for one in imports}
    for one in imports:
        if one.module.partition(".")[0] == "textual" and any(map(_private, [*one.module.split("."), one.name])):
            yield f"{one.module}.{one.name}"
    for node in ast.walk(tree):
        if not isinstance(node, ast.Attribute) or not _private(node.attr):
            continue
        of_module = isinstance(node.value, ast.Name) and node.value.id in modules
        if node.attr not in ours and not of_module:
            yield ast.unparse(node)


def table(figures: Mapping[str, Found]) -> str:
    """The figures beside their ceilings and goals."""
    wide = max(map(len, figures))
    lines = [f"{'':<{wide}}  today  ceiling   goal"]
    for what, found in figures.items():
        ceiling, goal = CEILINGS[what]
        lines.append(f"{what:<{wide}}  {found.figure:>5}  {ceiling:>7}  {goal:>5}")
    return "\n".join(lines)


def faults(figures: Mapping[str, Found]) -> list[str]:
    """What is past its ceiling, and where."""
    said = []
    for what, found in figures.items():
        if found.figure > CEILINGS[what][0]:
            said += [f"house: {what}: {found.figure}, at most {CEILINGS[what][0]}"]
            said += [f"  {one}" for one in found.told]
    return said


def main() -> int:
    """The command; exit code 1 where a figure is past its ceiling."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("check", "tell"), help="the table, or also what each figure is made of")
    parser.add_argument("--source", type=Path, default=SOURCE, help="another package to look at")
    given = parser.parse_args()
    figures = House(given.source).figures()
    sys.stdout.write(table(figures) + "\n")
    if given.what == "tell":
        told = (f"\n{what}\n" + "\n".join(f"  {one}" for one in found.told) for what, found in figures.items())
        sys.stdout.write("\n".join(told) + "\n")
    said = faults(figures)
    sys.stderr.write("".join(f"{one}\n" for one in said))
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main())
