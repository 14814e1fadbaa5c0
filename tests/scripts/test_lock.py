"""What the lock is held against, on made-up packages and on the lock itself."""

from email.message import Message
from typing import Any

import pytest
from packaging.requirements import Requirement

from jobsamtale_tui.cli.tested import TESTED
from scripts import lock

HASH = " --hash=sha256:" + "0" * 64


class Made:
    """An installed package."""

    def __init__(self, version: str, *requires: str, python: str = "") -> None:
        self.version, self.requires = version, list(requires)
        self.metadata = Message()
        if python:
            self.metadata["Requires-Python"] = python


def entries(*lines: str) -> list[lock.Pinned]:
    return lock.read("".join(f"{line}{HASH}\n    # via something\n" for line in lines))


def said(roots: list[str], pinned: list[lock.Pinned], *pythons: str, **installed: Any) -> list[str]:
    return lock.faults([Requirement(one) for one in roots], pinned, installed, pythons or ["3.11", "3.12", "3.13"])


def test_a_lock_that_is_enough() -> None:
    pinned = entries("a==1.0", "b==2.0 ; python_full_version < '3.12'", "c==3.0")
    installed = {
        "a": Made("1.0", "B>=2; python_version < '3.12'", "c; extra == 'more'"),
        "b": Made("2.0"),
        "c": Made("3.0"),
    }
    assert said(["a[more]>=1"], pinned, **installed) == []
    assert said(["a>=1"], pinned, **installed) == ["nothing needs c"]


@pytest.mark.parametrize(
    ("root", "needs", "fault"),
    [
        ("a>=2", "", "pyproject.toml needs a>=2, and the lock has 1.0 (Python 3.13 on Linux, 3.13 on macOS)"),
        ("a", "b>=3", "a 1.0 needs b>=3, and the lock has 2.0 (Python 3.13 on Linux, 3.13 on macOS)"),
        ("a", "d; python_version >= '3.13'", "and the lock has no d (Python 3.13 on Linux, 3.13 on macOS)"),
        ("a", "d; sys_platform == 'darwin'", "and the lock has no d (Python 3.13 on macOS)"),
        ("a[more]", "d; extra == 'more'", "and the lock has no d"),
    ],
)
def test_what_is_missing_or_out_of_range_is_said(root: str, needs: str, fault: str) -> None:
    made = {"a": Made("1.0", *([needs] if needs else [])), "b": Made("2.0")}
    found = said([root, "b"], entries("a==1.0", "b==2.0"), "3.13", **made)
    assert len(found) == 1
    assert fault in found[0]


def test_a_need_of_another_python_alone_is_found_on_this_one() -> None:
    made = {"a": Made("1.0", "d; python_version < '3.12'")}
    assert "(Python 3.11 on Linux, 3.11 on macOS)" in said(["a"], entries("a==1.0"), **made)[0]


def test_what_is_installed_is_what_the_lock_says() -> None:
    pinned = entries("a==1.0", "b==2.0 ; sys_platform == 'win32'")
    assert said(["a", "b; sys_platform == 'win32'"], pinned, a=Made("1.1")) == [
        "a 1.1 is installed, not 1.0: run make setup"
    ]
    assert said(["a", "b; sys_platform == 'win32'"], pinned) == ["a 1.0 is not installed: run make setup"]


def test_a_package_that_leaves_a_python_out_is_said() -> None:
    found = said(["a"], entries("a==1.0"), a=Made("1.0", python="<3.13"))
    assert found == ["a 1.0 does not run on Python 3.13: it needs <3.13"]


def test_a_line_that_pins_nothing_or_has_no_hash_is_refused() -> None:
    with pytest.raises(ValueError, match="no pinned version"):
        lock.read("a>=1.0\n")
    assert "a has no hash" in said(["a"], lock.read("a==1.0\n"), a=Made("1.0"))


def test_the_lock_is_enough() -> None:
    told = lock.project()
    pinned = lock.read(lock.LOCK.read_text(encoding="utf-8"))
    assert lock.supported(told) == ["3.11", "3.12", "3.13"]
    assert lock.faults(lock.wanted(told), pinned, lock.here(), lock.supported(told)) == []


def test_every_dependency_of_the_program_was_tested_and_is_bounded() -> None:
    own = [Requirement(one) for one in lock.project()["project"]["dependencies"]]
    assert set(TESTED) == {one.name for one in own}
    assert all(TESTED[one.name] in one.specifier for one in own)
    free = {one.name for one in own if not any(bound.operator in ("<", "==", "~=") for bound in one.specifier)}
    assert free == {"tzdata"}, "data alone may be as new as it likes"
