"""What the pages for those who work on the program name is there: files, folders, `make` targets, tests and classes."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "jobsamtale_tui"
PAGES = (
    *("README.md", "CONTRIBUTING.md", "SECURITY.md", "docs/architecture.md"),
    *("docs/decisions.md", "docs/glossary.md", "docs/change-x.md"),
)
ENDINGS = frozenset(
    {"py", "md", "toml", "yaml", "lock", "po", "tcss", "j2", "typ", "csv", "jsonl", "sh", "svg", "json"}
)
ELSEWHERE = frozenset({"config.toml", "caseload.jsonl", "brev.txt", "joblog.csv", "jobtro.csv", "scores.csv"})
"""Files of the user's own, named in examples."""
CODE = ("src", "scripts", "tests", "bench")
TREE = re.compile(r"^( *)(\S+(?: \S+)*?)(?:  +.*)?$")


def paragraphs(page: str) -> Iterator[tuple[int, str]]:
    """What stands between backticks, each with its line; blocks of code are left out."""
    fenced = False
    for number, line in enumerate((ROOT / page).read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("```"):
            fenced = not fenced
        elif not fenced:
            yield from ((number, one) for one in re.findall(r"`([^`]+)`", line))


def is_path(told: str) -> bool:
    """Whether it looks like a file or a folder of the repository."""
    if not re.fullmatch(r"\.?[\w*][\w*./-]*", told) or told in ELSEWHERE:
        return False
    ending = told.rpartition(".")[2] if "." in told else ""
    first = told.partition("/")[0]
    known = any((base / first).is_dir() for base in (ROOT, SOURCE))
    return ending in ENDINGS or ("/" in told and known)


def there(told: str) -> bool:
    """Whether it is there, from the top of the repository or of the package."""
    return any(any(base.glob(told.rstrip("/"))) for base in (ROOT, SOURCE))


@cache
def words() -> frozenset[str]:
    """Every name in the code."""
    found: set[str] = set()
    for folder in CODE:
        for path in (ROOT / folder).rglob("*.py"):
            if path != Path(__file__):
                found.update(re.findall(r"\w+", path.read_text(encoding="utf-8")))
    return frozenset(found)


@pytest.mark.parametrize("page", PAGES)
def test_every_path_is_there(page: str) -> None:
    missing = [f"{page}:{number}: {told}" for number, told in paragraphs(page) if is_path(told) and not there(told)]
    assert missing == []


@pytest.mark.parametrize("page", PAGES)
def test_every_target_is_one_of_the_makefile(page: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z-]+)|^    make ([a-z-]+)", (ROOT / page).read_text(encoding="utf-8"), re.M))
    assert {one or other for one, other in named} - targets == set()


@pytest.mark.parametrize("page", PAGES)
def test_every_class_and_test_is_in_the_code(page: str) -> None:
    """A name with two capitals, one of a test, or the last part of `module.name`."""
    missing = []
    for number, told in paragraphs(page):
        if is_path(told) or not re.fullmatch(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*(\(\))?", told):
            continue
        last = told.removesuffix("()").rpartition(".")[2]
        looked_for = "." in told or last.startswith("test_") or re.fullmatch(r"(?:[A-Z][a-z0-9]+){2,}", last)
        if looked_for and last not in words() and told not in ELSEWHERE:
            missing.append(f"{page}:{number}: {told}")
    assert missing == []


def test_the_rooms_are_as_the_tree_shows_them() -> None:
    tree = (ROOT / "docs/architecture.md").read_text(encoding="utf-8").split("```")[1].strip("\n")
    above: list[tuple[int, Path]] = []
    missing, shown = [], set()
    for line in tree.splitlines():
        found = TREE.match(line)
        assert found, line
        depth = len(found[1])
        above = [one for one in above if one[0] < depth]
        parent = above[-1][1] if above else ROOT
        for name in found[2].split(" "):
            path = parent / name.rstrip("/")
            shown.add(path)
            if not any(parent.glob(name.rstrip("/"))):
                missing.append(str(path.relative_to(ROOT)))
        above.append((depth, parent / found[2].split(" ")[-1].rstrip("/")))
    assert missing == []
    rooms = {path for path in SOURCE.iterdir() if path.is_dir() and path.name not in ("__pycache__", "data", "locale")}
    assert rooms <= shown


@cache
def danish() -> str:
    """All that is Danish on the screen: the catalogue, and the data that ship."""
    with (SOURCE / "locale" / "da" / "LC_MESSAGES" / "jobsamtale.po").open("rb") as file:
        texts = [one for message in read_po(file) if message.id for one in _strings(message.string)]
    data = [
        path.read_text(encoding="utf-8") for ending in ("toml", "j2") for path in (ROOT / "data").rglob(f"*.{ending}")
    ]
    return "\n".join((*texts, *data)).casefold()


def _strings(said: object) -> list[str]:
    several = said if isinstance(said, Iterable) else ()
    return [said] if isinstance(said, str) else [one for one in several if isinstance(one, str)]


def test_the_danish_words_of_the_glossary_are_those_of_the_screen() -> None:
    """The first column of a table whose heading is Danish; what is in brackets is not on the screen."""
    missing, inside = [], False
    for line in (ROOT / "docs/glossary.md").read_text(encoding="utf-8").splitlines():
        cells = [one.strip() for one in line.strip("|").split("|")]
        inside = line.startswith("|") and (inside or cells[0] == "Danish")
        if not inside or cells[0] == "Danish" or set(cells[0]) <= set("- :"):
            continue
        told = [word.strip() for word in re.sub(r"\(.*?\)", "", cells[0]).split(",")]
        missing += [word for word in told if word.casefold() not in danish()]
    assert missing == []
