"""The citizen's page: its words, its drawing, and the PDF as a reader and a screen reader meet it."""

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdf
import pytest
from tests import hostile

from jobsamtale_tui import resources
from jobsamtale_tui.documents.graph.facts import GraphFacts
from jobsamtale_tui.documents.page import printout
from jobsamtale_tui.documents.page.printout import NextMeeting, PageFacts
from jobsamtale_tui.documents.page.typeset import TIGHTEST, Press
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.method.progress import Reading, series
from jobsamtale_tui.records import Agreement, ChosenIndicator, Rater, Scale, Step, Wording

START = datetime(2026, 2, 2, 9, tzinfo=UTC)
SVG = "{http://www.w3.org/2000/svg}"
CPR = "010190-1234"


def reading(key: str, number: int, value: int, *, by: Rater = "citizen", version: int = 2, high: int = 10) -> Reading:
    return Reading(
        at=START + timedelta(days=30 * number),
        session=f"s{number}",
        indicator=key,
        version=version,
        value=value,
        by=by,
        min=1,
        max=high,
    )


def scored(values: dict[str, tuple[int, ...]], text: str = "Jeg står på trin {}") -> GraphFacts:
    found = [reading(key, number, value) for key, some in values.items() for number, value in enumerate(some)]
    scale = Scale(min=1, max=10, levels={str(level): Wording(da=text.format(level)) for level in range(1, 11)})
    return GraphFacts(
        citizen="mette-holm",
        citizen_name="Mette Holm",
        series=series(found, {key: f"Om {key}" for key in values}),
        activities=(),
        scales=dict.fromkeys(values, scale),
    )


def facts(values: dict[str, tuple[int, ...]] | None = None, **more: Any) -> PageFacts:
    """Two indicators, of which one has risen; agreement, step and next session."""
    values = {"mod": (3, 5, 8), "ro": (4, 5)} if values is None else values
    chosen = tuple(
        ChosenIndicator(indicator=key, reason=f"Det fylder ({key})", from_=date(2026, 1, 5)) for key in values
    )
    agreement = Agreement(
        key="a", citizen="x", from_=date(2026, 1, 5), until=date(2026, 7, 5), every_weeks=4, indicators=chosen
    )
    step = Step(what="Ringe til Lis", how="Om morgenen", when=date(2026, 6, 9), who="citizen", status="open")
    given: dict[str, Any] = {
        "language": "en",
        "graph": scored(values),
        "names": {key: f"Om {key}" for key in values},
        "agreement": agreement,
        "chosen": chosen,
        "steps": (step,),
        "after": START + timedelta(days=60),
        "next": NextMeeting(at=datetime(2026, 6, 15, 8, tzinfo=UTC), form="remote"),
        "caseworker": "Anne Bech",
    }
    return PageFacts(**(given | more))


@pytest.fixture(scope="module")
def press() -> Press:
    return Press()


def read(made: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(made))


def root(made: bytes) -> Any:
    """The catalogue of the document, with all that hangs on it."""
    return read(made).trailer["/Root"]


def text_of(made: bytes) -> str:
    """The one sheet's words, however they are broken into lines."""
    pages = read(made).pages
    assert len(pages) == 1
    return " ".join(pages[0].extract_text().split())


def tags(made: bytes) -> list[tuple[str, dict[str, Any]]]:
    """The elements of the structure in reading order: kind and attributes."""

    def walk(node: Any) -> Iterator[tuple[str, dict[str, Any]]]:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for part in node:
                yield from walk(part)
        elif isinstance(node, dict):
            if "/S" in node:
                yield str(node["/S"]), dict(node)
            if "/K" in node:
                yield from walk(node["/K"])

    return list(walk(root(made)["/StructTreeRoot"]))


def test_a_page_says_scores_changes_agreement_steps_and_next_session(press: Press) -> None:
    found = text_of(press.page(printout.page(facts())))
    for said in (
        "Mette Holm: your way forward",
        "After the session on 3 Apr 2026 · Your caseworker is Anne Bech",
        "8 of 10 Jeg står på trin 8",
        "Since the first score: 5 levels up. Since last: 3 levels up. A clear rise.",
        "Since the first score: 1 level up. The difference can be chance.",
        "A change is called clear from 3 levels on",
        "Why: Det fylder (mod)",
        "Our agreement runs from 5 Jan 2026 to 5 Jul 2026. You score every 4 weeks.",
        "Ringe til Lis Om morgenen 9 Jun 2026 You",
        "Monday 15 June 2026 at 10:00, by phone or video.",
    ):
        assert said in found, (said, found)


def test_a_danish_page_is_danish_whatever_the_screen_speaks(press: Press) -> None:
    made = press.page(printout.page(facts(language="da")))
    assert "3. apr. 2026" in text_of(made)
    assert "Mandag den 15. juni 2026 kl. 10.00" in text_of(made)
    assert root(made)["/Lang"] == "da-DK"
    assert root(press.page(printout.page(facts())))["/Lang"] == "en-GB"
    assert [printout.spoken(one) for one in ("en", "da", "ar", None)] == ["en", "da", "da", "da"]


def test_the_page_is_tagged_for_a_screen_reader(press: Press) -> None:
    made = press.page(printout.page(facts()))
    catalogue, found, about = root(made), tags(made), read(made).metadata
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert about is not None
    assert about.title == "Mette Holm: your way forward"
    assert b"<pdfuaid:part>1" in catalogue["/Metadata"].get_data()
    assert [kind for kind, _more in found if re.fullmatch(r"/H\d", kind)] == ["/H1", *["/H2"] * 4]
    (alt,) = [more["/Alt"] for kind, more in found if kind == "/Figure"]
    assert "Om mod, from 1 to 10: 3 on 2 Feb 2026, 5 on 4 Mar 2026, 8 on 3 Apr 2026." in alt
    kinds = [kind for kind, _more in found]
    assert (kinds.count("/Table"), kinds.count("/TH")) == (2, 6)


def test_the_same_facts_give_the_same_bytes_in_another_process(press: Press, tmp_path: Path) -> None:
    made = press.page(printout.page(facts()), START)
    assert press.page(printout.page(facts()), START) == made
    script = (
        "import sys; from jobsamtale_tui import i18n; i18n.use('da')\n"
        "from tests.documents import test_printout as t\n"
        "sys.stdout.buffer.write(t.Press().page(t.printout.page(t.facts()), t.START))\n"
    )
    env = {**os.environ, "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONPATH": str(Path(__file__).parents[2])}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, env=env, cwd=tmp_path, check=True)
    assert done.stdout == made


def test_a_page_without_scores_has_the_rest(press: Press) -> None:
    found = text_of(press.page(printout.page(facts({}, graph=scored({}), agreement=None, chosen=()))))
    assert "Ringe til Lis" in found
    assert "Your scores over time" not in found
    chosen = facts(graph=scored({}))
    found = text_of(press.page(printout.page(chosen)))
    assert "There are no scores yet." in found
    assert "Om mod Why: Det fylder (mod) No score yet" in found
    assert PageFacts(language="da", graph=scored({})).empty


@pytest.mark.parametrize(
    ("indicators", "steps", "left_out"),
    [
        (6, 5, []),
        (11, 4, []),
        (12, 12, ["6 more steps stand in your plan.", "How to take the steps stands in your plan."]),
        (25, 40, ["13 more indicators have no room here.", "34 more steps stand in your plan."]),
    ],
)
def test_what_does_not_fit_one_sheet_is_left_out_and_said(
    press: Press, indicators: int, steps: int, left_out: list[str]
) -> None:
    step = Step(what="Øve mig på at ringe", how="Hver dag", when=date(2026, 6, 9), who="citizen", status="open")
    many = facts({f"n{number}": (3, 4, 5) for number in range(indicators)}, steps=(step,) * steps)
    found = text_of(press.page(printout.page(many)))
    assert ("in your plan" in found) == bool(left_out)
    for said in left_out:
        assert said in found, found
    assert "15 June 2026" in found


def test_indicators_of_the_agreement_come_first() -> None:
    many = facts({f"n{number:02}": (3, 4) for number in range(14)})
    chosen = tuple(one for one in many.chosen if one.indicator in ("n13", "n09"))
    made = printout.page(facts({f"n{number:02}": (3, 4) for number in range(14)}, chosen=chosen))
    assert [row["name"] for row in made["scores"]["rows"]][:3] == ["Om n09", "Om n13", "Om n00"]
    assert "Om n13" in made["graph"]["alt"][0]


WORST = (
    "W" * 900,
    f"日本 \ue000 مرحبا 😀 {CPR} \ufffe" * 30,
    "<b>&amp;</b> #let $5$ *x* " + "\n".join((*hostile.MARKUP, *hostile.UNSEEN)),
)


@pytest.mark.parametrize("text", WORST)
def test_whatever_people_type_stays_text_on_one_sheet(press: Press, text: str) -> None:
    found = facts({f"n{number}": (3, 9) for number in range(9)})
    chosen = tuple(
        ChosenIndicator(indicator=one.indicator, reason=text, from_=date(2026, 1, 5)) for one in found.chosen
    )
    step = Step(what=text, how=text, when=None, who="other", status="partly")
    graph = scored({f"n{number}": (3, 9) for number in range(9)}, text.replace("{", "(").replace("}", ")"))
    named = [type(one)(**{slot: getattr(one, slot) for slot in one.__slots__} | {"name": text}) for one in graph.series]
    graph = GraphFacts(citizen="x", citizen_name=text, series=named, activities=(), scales=graph.scales)
    hard = facts(graph=graph, chosen=chosen, steps=(step,) * 30, caseworker=text)
    said = text_of(press.page(printout.page(hard)))
    assert CPR not in said
    assert "15 June 2026" in said
    if "<b>" in text:
        assert "<b>&amp;</b> #let $5$ *x*" in said
    ElementTree.fromstring(printout.svg(hard))


def test_signs_that_no_font_has_are_said(press: Press) -> None:
    step = Step(what="Se 日本", who="citizen", status="open")
    found = text_of(press.page(printout.page(facts(steps=(step,)))))
    assert "Se □□" in found
    assert "□ stands for a sign that cannot be printed here." in found
    assert "□" not in text_of(press.page(printout.page(facts())))


# The drawing


def test_the_drawing_is_told_in_words_and_tells_raters_apart_without_colour() -> None:
    both = [reading("mod", 0, 2, version=1, high=5), *(reading("mod", number, 3 + number) for number in (1, 2))]
    both += [reading("mod", number, 5, by="caseworker") for number in (0, 2)]
    graph = GraphFacts(
        citizen="x", citizen_name="Mette Holm", series=series(both, {"mod": "Mod & <ro>"}), activities=()
    )
    drawn = printout.svg(facts(graph=graph))
    root = ElementTree.fromstring(drawn)
    assert drawn == printout.svg(facts(graph=graph))
    told = root.findtext(f"{SVG}desc") or ""
    assert "2 on 2 Feb 2026 (on an earlier scale, 1 to 5)" in told
    assert "Mod & <ro> (the caseworker), from 1 to 10: 5 on 2 Feb 2026" in told
    ground = root.find(f"{SVG}rect")
    assert ground is not None
    assert [ground.get(name) for name in ("width", "fill")] == ["493", "#ffffff"]
    panel = root.find(f"{SVG}svg")
    assert panel is not None
    assert (len(panel.findall(f"{SVG}circle")), len(panel.findall(f"{SVG}rect"))) == (3, 2)
    assert panel.findall(f"{SVG}circle")[0].get("fill") == "#ffffff"
    broken = [path.get("stroke-dasharray") for path in panel.findall(f"{SVG}path") if path.get("stroke-dasharray")]
    assert broken == ["4 3"]
    words = [text.text for text in root.iter(f"{SVG}text")]
    assert {"Mod & <ro>", "2/5", "4", "5", "your scores"} <= set(words)
    with pytest.raises(ValueError, match="needs a series"):
        printout.svg(facts({}))


# A municipality's own template


def own(folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> Press:
    (folder / "data" / "templates").mkdir(parents=True)
    (folder / "data" / "templates" / "borgerside.typ").write_text(text, encoding="utf-8")
    monkeypatch.setenv("JOBSAMTALE_DATA", str(folder / "data"))
    return Press()


def test_a_municipality_may_have_a_template_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    press = own(
        tmp_path,
        monkeypatch,
        '#let data = json(bytes(sys.inputs.pages)).first()\n#set document(title: "x")\n= Nørreå\n#data.next.text',
    )
    assert "Nørreå Monday 15 June" in text_of(press.page(printout.page(facts())))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("= A\n\n#nothing", "borgerside.typ:3): unknown variable: nothing"),
        ('#read("../../secret.txt")', "would escape"),
        ('#read("/etc/passwd")', "file not found"),
        ('#import "@preview/cetz:0.3.0"', "packages from the net"),
        ("#while true {}", "borgerside.typ:1"),
        ("#let f(x) = f(x)\n#f(1)", "depth"),
    ],
)
def test_a_broken_template_is_refused_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, reason: str
) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    with pytest.raises(RefusedError) as refused:
        own(tmp_path, monkeypatch, text).page(printout.page(facts()))
    assert reason in str(refused.value)
    assert "Correct the template" in str(refused.value)


def test_a_template_without_end_is_set_once_for_each_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = '#set document(title: "x")\n#let tight = json(bytes(sys.inputs.pages)).first().tight\nA #pagebreak() #tight'
    made = own(tmp_path, monkeypatch, text).page(printout.page(facts()))
    assert read(made).pages[1].extract_text().strip() == str(TIGHTEST)


def test_the_shipped_template_has_every_way() -> None:
    text = (resources.shipped() / "templates" / "borgerside.typ").read_text(encoding="utf-8")
    assert len(re.findall(r"^  \(size: ", text, re.MULTILINE)) == TIGHTEST + 1
