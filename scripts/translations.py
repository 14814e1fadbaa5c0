"""The Danish catalogue: brought up to date with the texts in the code (`update`), or checked (`check`).

`update --merge FILE…` takes translations from other PO files. A text that is missing, left over, fuzzy or whose
placeholders differ fails the check, and so does a compiled catalogue that is not the written one's.
"""

import argparse
import ast
import io
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "jobsamtale_tui"
PO = SOURCE / "locale" / "da" / "LC_MESSAGES" / "jobsamtale.po"
MO = PO.with_suffix(".mo")
KEYWORDS = {"_": 1, "N_": 1, "ngettext": 2}
"""What marks a text, and how many of its arguments are texts."""
HEADER = "# Danish texts of jobsamtale. The English text is the key; see docs/architecture.md.\n"
FIXED = datetime(2026, 1, 1, tzinfo=UTC)
_PLACEHOLDER = re.compile(r"\{[a-z_]*\}")


def extracted() -> Catalog:
    """All texts marked in the code. Babel's own reading of it passes over those within f-strings and other calls."""
    catalog = _empty()
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            message = _marked(node)
            if message:
                catalog.add(message[0] if len(message) == 1 else message)
    return catalog


def _marked(node: ast.AST) -> tuple[str, ...]:
    """The text of a call that marks one, with its plural where it has one; else nothing."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
        return ()
    given = node.args[: KEYWORDS.get(node.func.id, 0)]
    texts = tuple(one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str))
    return texts if len(texts) == len(given) else ()


def _empty() -> Catalog:
    catalog = Catalog(locale="da", domain="jobsamtale", header_comment=HEADER, fuzzy=False)
    catalog.mime_headers = [
        ("Content-Type", "text/plain; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
    ]
    return catalog


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="da")


def _compiled(catalog: Catalog) -> bytes:
    """The compiled form: the same bytes whenever it is made."""
    catalog.creation_date = catalog.revision_date = FIXED
    made = io.BytesIO()
    write_mo(made, catalog)
    return made.getvalue()


def update(others: list[Path]) -> None:
    """Writes the catalogue and its compiled form: known translations kept, new texts empty, old ones dropped."""
    known = {
        message.id: message.string
        for path in [PO, *others]
        if path.exists()
        for message in _read(path)
        if message.string and message.id
    }
    catalog = extracted()
    for message in catalog:
        if message.id and message.id in known:
            message.string = known[message.id]
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalog, no_location=True, sort_output=True, width=110, omit_header=False)
    text = PO.read_text(encoding="utf-8")
    PO.write_text(re.sub(r'"(POT-Creation-Date|Generated-By)[^\n]*\n', "", text), encoding="utf-8")
    MO.write_bytes(_compiled(_read(PO)))


def faults() -> list[str]:
    """What is wrong with the catalogue, a sentence each."""
    catalog, said = _read(PO), []
    for message in extracted():
        if not message.id:
            continue
        kept = catalog.get(message.id)
        strings = [] if kept is None else [kept.string] if isinstance(kept.string, str) else list(kept.string or ())
        if kept is None or not strings or not all(strings):
            said.append(f"no Danish text for {message.id!r}")
        elif kept.fuzzy:
            said.append(f"the Danish text for {message.id!r} is fuzzy")
        else:
            ids = [message.id] if isinstance(message.id, str) else list(message.id)
            wanted = set(_PLACEHOLDER.findall(" ".join(ids)))
            said += [
                f"other placeholders in the Danish for {message.id!r}"
                for string in strings
                if set(_PLACEHOLDER.findall(string)) - wanted
                or (isinstance(message.id, str) and set(_PLACEHOLDER.findall(string)) != wanted)
            ]
    in_code = {message.id for message in extracted()}
    said += [
        f"a text that is no longer in the code: {message.id!r}"
        for message in catalog
        if message.id and message.id not in in_code
    ]
    if not MO.exists() or MO.read_bytes() != _compiled(catalog):
        said.append("the compiled catalogue is not up to date")
    return said


def main() -> int:
    """The command; exit code 1 where `check` finds something."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("update", "check"))
    parser.add_argument("--merge", nargs="*", type=Path, default=[])
    arguments = parser.parse_args()
    if arguments.what == "update":
        update(arguments.merge)
        return 0
    found = faults()
    for sentence in found:
        sys.stderr.write(f"translations: {sentence}\n")
    if found:
        sys.stderr.write("Run make format, then fill in what is empty in locale/da.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
