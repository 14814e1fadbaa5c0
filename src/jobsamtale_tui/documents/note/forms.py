"""A kept note in other forms: with its corrections, as Markdown and as HTML.

Everything here works from the text alone, because a note is kept as it was written. What gives structure: the
first line is the title; a line underlined with as many `-` or `=` is a heading; a line that begins with `- `
is a list entry, and the indented lines below it belong to it. All else is paragraphs.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from jobsamtale_tui import dates
from jobsamtale_tui.records import Amendment

_MARKS = re.compile(r"([\\`*_{}\[\]#|~$])")
_LINE_START = re.compile(r"[+=:-]|\d+(?=[.)](?:\s|$))")
_EMOJI = re.compile(r":(?=[\w+-]+:)")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_PAGE = """\
<!DOCTYPE html>
<html lang="da">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>body {{ font: 1em/1.5 sans-serif; max-width: 44em; margin: 2em auto; padding: 0 1em }}</style>
</head>
<body>
{body}
</body>
</html>
"""


@dataclass(slots=True)
class _Block:
    """A title, a heading, a paragraph or a list entry; an entry may have more than one paragraph."""

    kind: Literal["title", "heading", "paragraph", "entry"]
    paragraphs: list[list[str]] = field(default_factory=list)


def with_amendments(text: str, amendments: Iterable[Amendment], names: Mapping[str, str] | None = None) -> str:
    """The note as written, and after it a section with each correction: when, by whom, why, and its text.

    `names` gives the names of those who wrote them by key; one without a name stands with the key.
    """
    entries = []
    for amendment in amendments:
        by = (names or {}).get(amendment.by, amendment.by)
        entries.append(f"- {dates.short_time(amendment.at)}, {_indented(by)}")
        entries.append(f"  Begrundelse: {_indented(amendment.reason)}")
        entries.append(f"  Rettelse: {_indented(amendment.text)}")
    if not entries:
        return text
    section = "\n".join(line.rstrip() for line in "\n".join(entries).split("\n"))
    return "\n\n".join(part for part in (text, f"Rettelser\n---------\n{section}") if part)


def to_markdown(text: str) -> str:
    """A note's text as Markdown (CommonMark), without a final newline; what people typed shows literally."""
    written: list[str] = []
    before = ""
    for block in _blocks(text):
        if written and not before == block.kind == "entry":
            written.append("")
        written.append(_markdown_block(block))
        before = block.kind
    return "\n".join(written)


def to_html(text: str, title: str) -> str:
    """A note's text as a whole HTML5 page in Danish, with `title` in its head; everything is escaped."""
    body: list[str] = []
    before = ""
    for block in _blocks(text):
        if before == "entry" != block.kind:
            body.append("</ul>")
        if before != "entry" == block.kind:
            body.append("<ul>")
        body.append(_html_block(block))
        before = block.kind
    if before == "entry":
        body.append("</ul>")
    return _PAGE.format(title=_escaped(title), body="\n".join(body))


def _blocks(text: str) -> list[_Block]:
    lines = text.split("\n")
    found: list[_Block] = []
    parted = True
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if not line.strip():
            parted = True
            continue
        last = found[-1] if found else None
        if _underlined(lines, number):
            found.append(_Block("heading" if found else "title", [[line.strip()]]))
            number += 1
        elif last is None:
            found.append(_Block("title", [[line.strip()]]))
        elif line.startswith("- "):
            found.append(_Block("entry", [[line[2:].strip()]]))
        elif last.kind == "entry" and line.startswith("  "):
            _add(last, line.strip(), parted)
        elif last.kind == "paragraph" and not parted:
            _add(last, line.strip(), False)
        else:
            found.append(_Block("paragraph", [[line.strip()]]))
        parted = False
    return found


def _underlined(lines: list[str], number: int) -> bool:
    line = lines[number - 1]
    if number == len(lines) or line.startswith((" ", "- ")):
        return False
    under = lines[number].rstrip()
    return len(under) == len(line.rstrip()) and (set(under) == {"-"} or set(under) == {"="})


def _add(block: _Block, line: str, apart: bool) -> None:
    if apart:
        block.paragraphs.append([line])
    else:
        block.paragraphs[-1].append(line)


def _markdown_block(block: _Block) -> str:
    paragraphs = [[_literal(line) for line in lines] for lines in block.paragraphs]
    match block.kind:
        case "title":
            return f"# {paragraphs[0][0]}"
        case "heading":
            return f"## {paragraphs[0][0]}"
        case "paragraph":
            return "\\\n".join(paragraphs[0])
        case "entry":
            return "- " + "\n\n  ".join("\\\n  ".join(lines) for lines in paragraphs)


def _literal(line: str) -> str:
    """A line that Markdown shows as it is: nothing in it is markup, wherever it stands."""
    line = _MARKS.sub(r"\\\1", line)
    line = _EMOJI.sub(r"\\:", line)
    start = _LINE_START.match(line)
    if start:
        line = line[: start.end()] + "\\" + line[start.end() :] if line[0].isdigit() else "\\" + line
    return "".join(_ENTITIES.get(letter, letter) for letter in line)


def _html_block(block: _Block) -> str:
    paragraphs = ["<br>\n".join(_escaped(line) for line in lines) for lines in block.paragraphs]
    match block.kind:
        case "title":
            return f"<h1>{paragraphs[0]}</h1>"
        case "heading":
            return f"<h2>{paragraphs[0]}</h2>"
        case "paragraph":
            return f"<p>{paragraphs[0]}</p>"
        case "entry" if len(paragraphs) == 1:
            return f"<li>{paragraphs[0]}</li>"
        case "entry":
            return "<li>" + "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs) + "</li>"


def _escaped(text: str) -> str:
    from html import escape  # only here: it comes with a table of all named characters, and the app writes no pages

    return escape(text)


def _indented(text: str) -> str:
    return text.strip("\n").replace("\n", "\n  ")
