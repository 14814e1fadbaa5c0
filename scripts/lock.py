"""The lock: is it enough for each Python that we support (`check`), and what was tested by it (`update`).

`check` asks nobody: it reads requirements.lock, pyproject.toml and what the installed packages say that they need, and
goes through all of it for each supported Python and system. `resolve` has uv work out anew what a Python would get that
need not be on this machine, with the lock's versions preferred, and compares. `update` writes the versions that the
tests run with to where `jobsamtale doctor` finds them.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

from packaging.markers import Marker, default_environment
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements.lock"
PROJECT = ROOT / "pyproject.toml"
TESTED = ROOT / "src" / "jobsamtale_tui" / "cli" / "tested.py"
SYSTEMS = {
    "Linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": "x86_64"},
    "macOS": {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix", "platform_machine": "arm64"},
}
"""Where the program runs: an entry of the lock has to be there for each."""
ELSEWHERE = {"Windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"}}
"""What the lock may have entries for as well: uv writes it for every system."""
UV_SYSTEMS = {"Linux": "linux", "macOS": "macos"}
_PINNED = re.compile(r"(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;]+)(?:\s*;\s*(?P<marker>.+))?")
_HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")
_CLASSIFIER = re.compile(r"Programming Language :: Python :: (3\.\d+)")
_HEAD = '''\
"""The versions that the tests run with, made from requirements.lock by scripts/lock.py (run make format)."""

'''


@dataclass(frozen=True, slots=True)
class Pinned:
    """One entry of the lock."""

    name: str
    version: Version
    marker: Marker | None
    hashed: bool

    def holds(self, environment: Mapping[str, str]) -> bool:
        """Is it installed there."""
        return self.marker is None or self.marker.evaluate(dict(environment))


def read(text: str) -> list[Pinned]:
    """The entries of a lock; ValueError for a line that pins nothing."""
    found = []
    for line in text.replace("\\\n", " ").splitlines():
        entry, _, _ = line.partition("#")
        if not entry.strip():
            continue
        wanted, *hashes = re.split(r"\s(?=--)", entry.strip())
        said = _PINNED.fullmatch(wanted.strip())
        if said is None:
            raise ValueError(f"requirements.lock: {wanted.strip()!r} is no pinned version")
        marker = Marker(said["marker"]) if said["marker"] else None
        hashed = bool(hashes) and all(_HASH.fullmatch(one.strip()) for one in hashes)
        found.append(Pinned(canonicalize_name(said["name"]), Version(said["version"]), marker, hashed))
    return found


def project() -> dict[str, Any]:
    """pyproject.toml."""
    return tomllib.loads(PROJECT.read_text(encoding="utf-8"))


def supported(told: Mapping[str, Any]) -> list[str]:
    """The Pythons that the project says it runs on."""
    return [found[1] for one in told["project"]["classifiers"] if (found := _CLASSIFIER.fullmatch(one))]


def wanted(told: Mapping[str, Any]) -> list[Requirement]:
    """All that the lock has to hold: to run, to work on it, and to build, since set-up builds without an environment of
    its own."""
    return [
        Requirement(one)
        for one in [
            *told["project"]["dependencies"],
            *told["dependency-groups"]["dev"],
            *told["build-system"]["requires"],
        ]
    ]


def _own() -> dict[str, str]:
    return {name: str(value) for name, value in default_environment().items()}


def environment(python: str, system: Mapping[str, str]) -> dict[str, str]:
    """What markers are held against."""
    made = _own()
    made.update(python_version=python, python_full_version=f"{python}.0", implementation_name="cpython")
    made.update(implementation_version=f"{python}.0", platform_python_implementation="CPython")
    return {**made, **system}


def _of(requirement: Requirement, environment: Mapping[str, str], extra: str) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({**environment, "extra": extra})


def walk(
    roots: Iterable[Requirement],
    entries: Iterable[Pinned],
    installed: Mapping[str, Distribution],
    place: Mapping[str, str],
) -> Iterator[tuple[str, str]]:
    """What is needed there, one by one: the name, and a sentence where the lock has it not, or not in range."""
    pinned = {one.name: one for one in entries if one.holds(place)}
    todo = [(one, "pyproject.toml") for one in roots if _of(one, place, "")]
    seen: set[tuple[str, str]] = set()
    while todo:
        requirement, asker = todo.pop()
        name = canonicalize_name(requirement.name)
        found = pinned.get(name)
        if found is None:
            yield name, f"{asker} needs {requirement}, and the lock has no {name}"
            continue
        fits = requirement.specifier.contains(found.version, prereleases=True)
        yield name, "" if fits else f"{asker} needs {requirement}, and the lock has {found.version}"
        distribution = installed.get(name)
        if distribution is None:
            continue
        for extra in {"", *requirement.extras}:
            if (name, extra) not in seen:
                seen.add((name, extra))
                needs = (Requirement(one) for one in distribution.requires or ())
                todo += [(one, f"{name} {found.version}") for one in needs if _of(one, place, extra)]


def faults(
    roots: list[Requirement], entries: list[Pinned], installed: Mapping[str, Distribution], pythons: Iterable[str]
) -> list[str]:
    """What is wrong with the lock, a sentence each."""
    said = [f"{one.name} has no hash" for one in entries if not one.hashed]
    found: dict[str, list[str]] = {}
    reached: set[str] = set()
    own = _own()
    for one in entries:
        distribution = installed.get(one.name)
        if distribution is None:
            if one.holds(own):
                said.append(f"{one.name} {one.version} is not installed: run make setup")
        elif Version(distribution.version) != one.version:
            said.append(f"{one.name} {distribution.version} is installed, not {one.version}: run make setup")
    for python in pythons:
        for system, names in {**SYSTEMS, **ELSEWHERE}.items():
            place = environment(python, names)
            for name, fault in walk(roots, entries, installed, place):
                reached.add(name)
                if fault and system in SYSTEMS:
                    found.setdefault(fault, []).append(f"{python} on {system}")
        for one in entries:
            asked = installed[one.name].metadata["Requires-Python"] if one.name in installed else None
            if asked and not SpecifierSet(asked).contains(f"{python}.0"):
                said.append(f"{one.name} {one.version} does not run on Python {python}: it needs {asked}")
    said += [f"{fault} (Python {', '.join(places)})" for fault, places in found.items()]
    said += [f"nothing needs {one.name}" for one in entries if one.name not in reached]
    return said


def here() -> dict[str, Distribution]:
    """What is installed beside this Python."""
    return {canonicalize_name(one.metadata["Name"]): one for one in distributions()}


def resolved(uv: str, python: str, system: str) -> dict[str, Version]:
    """What this Python would get by pyproject.toml, with the versions of the lock where they are allowed."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "requirements.lock"
        shutil.copyfile(LOCK, out)
        command = [uv, "pip", "compile", str(PROJECT), "--group", f"{PROJECT}:dev", "--generate-hashes", "--quiet"]
        command += ["--python-version", python, "--python-platform", UV_SYSTEMS[system], "-o", str(out)]
        subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        return {one.name: one.version for one in read(out.read_text(encoding="utf-8"))}


def differences(entries: list[Pinned], uv: str, pythons: Iterable[str]) -> list[str]:
    """Where the lock is not what a Python resolves to, a sentence each."""
    said = []
    for python in pythons:
        for system, names in SYSTEMS.items():
            place = environment(python, names)
            locked = {one.name: one.version for one in entries if one.holds(place)}
            fresh = resolved(uv, python, system)
            for name in sorted(locked.keys() | fresh.keys()):
                ours, theirs = locked.get(name), fresh.get(name)
                if ours != theirs:
                    said.append(f"{name}: {ours} in the lock, {theirs} for Python {python} on {system}")
    return said


def tested(told: Mapping[str, Any], entries: list[Pinned]) -> str:
    """The file that says what was tested: the program's own dependencies."""
    version = {one.name: one.version for one in entries}
    names = sorted(canonicalize_name(Requirement(one).name) for one in told["project"]["dependencies"])
    lines = (f'    "{name}": "{version[name]}",\n' for name in names if name in version)
    return f"{_HEAD}TESTED = {{\n{''.join(lines)}}}\n"


def main() -> int:
    """The command; exit code 1 where something is found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("check", "update", "resolve"))
    parser.add_argument("--uv", default="uv", help="the uv that resolves")
    arguments = parser.parse_args()
    told, entries = project(), read(LOCK.read_text(encoding="utf-8"))
    if arguments.what == "update":
        TESTED.write_text(tested(told, entries), encoding="utf-8")
        return 0
    if arguments.what == "resolve":
        found = differences(entries, arguments.uv, supported(told))
    else:
        found = faults(wanted(told), entries, here(), supported(told))
        if not TESTED.exists() or TESTED.read_text(encoding="utf-8") != tested(told, entries):
            found.append("src/jobsamtale_tui/cli/tested.py is not what the lock says: run make format")
    for sentence in found:
        sys.stderr.write(f"lock: {sentence}\n")
    if found:
        sys.stderr.write("make lock renews the lock.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
