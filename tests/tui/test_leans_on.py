"""The list of Textual's private names: all are still there, and no others are used, nor anywhere else."""

import ast
import inspect
import pkgutil
import sys
import textwrap
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from jobsamtale_tui import tui
from jobsamtale_tui.tui.terminal.leans_on import LEANS, Lean

ROOT = Path(tui.__file__).parent
TERMINAL = "jobsamtale_tui.tui.terminal."


def private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name != "_"


@cache
def tree(cls: type) -> ast.Module:
    return ast.parse(textwrap.dedent(inspect.getsource(cls)))


@cache
def of_self(cls: type) -> frozenset[str]:
    """The names that a class uses of itself: `self.name`, `super().name`."""
    found = (node for node in ast.walk(tree(cls)) if isinstance(node, ast.Attribute))
    return frozenset(node.attr for node in found if ast.unparse(node.value) in ("self", "super()"))


@cache
def own(cls: type) -> frozenset[str]:
    """What a class defines, or sets on itself."""
    found = (node for node in ast.walk(tree(cls)) if isinstance(node, ast.Attribute))
    stored = {node.attr for node in found if isinstance(node.ctx, ast.Store) and ast.unparse(node.value) == "self"}
    return frozenset(stored | set(vars(cls)))


def bases(cls: type, package: str) -> list[type]:
    return [base for base in cls.__mro__ if base.__module__.partition(".")[0] == package]


def classes() -> list[type]:
    """Every class of the app that is made of one of Textual's."""
    for module in pkgutil.walk_packages(tui.__path__, tui.__name__ + "."):
        import_module(module.name)
    modules = [(name, module) for name, module in sys.modules.items() if name.startswith(tui.__name__)]
    found = {one for name, module in modules for one in vars(module).values() if _of(one, name)}
    return sorted((one for one in found if bases(one, "textual")), key=lambda one: (one.__module__, one.__qualname__))


def _of(one: object, module: str) -> bool:
    return isinstance(one, type) and one.__module__ == module


@pytest.mark.parametrize("lean", LEANS, ids=lambda lean: f"{lean.owner or lean.module}.{lean.name}")
def test_it_is_still_there(lean: Lean) -> None:
    module = import_module(lean.module)
    if lean.owner:
        assert lean.name in own(getattr(module, lean.owner)), f"moved or gone: {lean}"
    else:
        assert hasattr(module, lean.name), f"moved or gone: {lean}"


def test_no_class_uses_a_private_name_of_textuals_that_is_not_listed() -> None:
    listed = {lean.name for lean in LEANS}
    found = {}
    for cls in classes():
        theirs = {name for base in bases(cls, "textual") for name in own(base) if private(name)}
        for name in theirs & (of_self(cls) | {name for name in vars(cls) if name in _written(cls)}):
            found[f"{cls.__module__}.{cls.__qualname__}", name] = name in listed
    assert [where for where, known in found.items() if not known] == []
    assert [where for where in found if not where[0].startswith(TERMINAL)] == []
    assert len(found) > 20


def _written(cls: type) -> set[str]:
    """The names of what stands in the body of a class: Textual adds some of its own."""
    (defined,) = tree(cls).body
    assert isinstance(defined, ast.ClassDef)
    return {node.name for node in defined.body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))}


def test_no_file_outside_the_terminal_reaches_into_textual() -> None:
    listed = {lean.name for lean in LEANS if private(lean.name)}
    found = []
    for path in sorted(ROOT.rglob("*.py")):
        if path.parent.name == "terminal":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if any(name.startswith("textual._") or "._" in name.removeprefix("textual") for name in names):
                found.append(f"{path.name}: {ast.unparse(node)}")
            if (
                isinstance(node, ast.Attribute)
                and node.attr in listed
                and ast.unparse(node.value) not in ("self", "os")
            ):
                found.append(f"{path.name}: {ast.unparse(node)}")
    assert found == []
