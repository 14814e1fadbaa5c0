from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jobsamtale_tui import i18n, resources
from jobsamtale_tui.documents.note import facts as note_facts
from jobsamtale_tui.documents.note import limits as note_limits
from jobsamtale_tui.documents.note.facts import NoteFacts
from jobsamtale_tui.errors import RefusedError
from jobsamtale_tui.records import AgendaItem, Note, Session

HELD = datetime(2026, 3, 2, 13, 5, tzinfo=UTC)
FACTS = NoteFacts(
    session=Session(
        key="s2",
        citizen="per",
        held_at=HELD,
        status="completed",
        preparation="Husk selv at være kort.",
        need="Jeg vil have hjælp til CV'et.\n\nOg til at ringe:\n- børnehaven",
        agenda=(
            AgendaItem(topic="CV", by="citizen", state="done"),
            AgendaItem(topic="Valgt fra", by="caseworker", state="dropped"),
        ),
    ),
    citizen_key="per",
    citizen_name="Per Hansen",
    case_key=None,
    caseworker_name=None,
    target_group=None,
    indicators=(),
    job_goals=(),
)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = i18n._catalogue[:]
    i18n.use("en")
    yield
    i18n._catalogue[:] = before


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A municipality's own template, as yet the shipped one."""
    folder = tmp_path / "templates"
    folder.mkdir()
    for name in ("journalnotat.txt.j2", "journalnotat.toml"):
        (folder / name).write_bytes((resources.shipped() / "templates" / name).read_bytes())
    monkeypatch.setenv("JOBSAMTALE_DATA", str(tmp_path))
    return folder


def refused(folder: Path, template: str | bytes) -> str:
    data = template if isinstance(template, bytes) else template.encode()
    (folder / "journalnotat.txt.j2").write_bytes(data)
    with pytest.raises(RefusedError) as found:
        note_facts.render(FACTS, HELD)
    sentence = found.value.sentence
    assert sentence.startswith("The template of the journal note cannot be used (")
    assert "\n" not in sentence
    return sentence


def test_a_municipality_has_its_own_template(own: Path) -> None:
    (own / "journalnotat.txt.j2").write_text("{{ heading('Ærø') }}\n{{ session.need }}\n\n\n{{ 2 * 3 }}")
    (own / "journalnotat.toml").write_text('name = "ærø"\nversion = "2b"\n')
    found = note_facts.render(FACTS, HELD)
    assert found == Note(
        text="Ærø\n---\nJeg vil have hjælp til CV'et.\n\n  Og til at ringe:\n  - børnehaven\n\n6",
        template="ærø",
        version="2b",
        at=HELD,
    )


def test_without_a_template_of_its_own_the_shipped_one_writes(own: Path) -> None:
    (own / "journalnotat.txt.j2").unlink()
    assert note_facts.render(FACTS, HELD).text.startswith("Samtale mandag den 2. marts 2026 kl. 14.05\n\n")


@pytest.mark.parametrize(
    ("template", "line", "reason"),
    [
        ("a\n{% if %}\n", 2, ""),
        ("a\n\n{{ findes_ikke }}", 3, "'findes_ikke' is undefined"),
        ("a\n{{ session.findes_ikke }}", 2, "findes_ikke"),
        ("{{ 1 / 0 }}", 1, "division by zero"),
        ("{{ citizen_name + 1 }}", 1, ""),
        ("a\n{% include 'findes_ikke.j2' %}", 2, "findes_ikke.j2"),
        ("a\n{% include 'journalnotat.txt.j2' %}", 2, "it calls itself without end"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", 1, "it calls itself without end"),
        ("a\n{{ ''.__class__ }}", 2, "unsafe"),
        ("{{ session.__class__.__mro__ }}", 1, "unsafe"),
        ("{{ heading.__globals__ }}", 1, "unsafe"),
        ("{{ 'x' * 1000000000 }}", 1, "not allowed"),
        ("{{ '%1000000000d' % 1 }}", 1, "not allowed"),
        ("{{ 10 ** 10 ** 10 }}", 1, "not allowed"),
        ("{{ '{:>1000000000}'.format(1) }}", 1, "unsafe"),
        ("{{ range(10) }}", 1, "'range' is undefined"),
        ("{{ 'x' | center(1000000000) }}", 1, "center"),
        (b"a\n\xff", 2, "it is not UTF-8"),
    ],
)
def test_a_broken_template_is_refused_with_its_line(own: Path, template: str | bytes, line: int, reason: str) -> None:
    sentence = refused(own, template)
    assert f"{own / 'journalnotat.txt.j2'}:{line})" in sentence
    assert reason in sentence


def test_an_included_file_is_named_where_it_is_broken(own: Path) -> None:
    (own / "del.j2").write_text("\n{{ x }}")
    assert f"{own / 'del.j2'}:2)" in refused(own, "{% include 'del.j2' %}")


def test_templates_outside_the_folder_are_out_of_reach(own: Path) -> None:
    (own.parent / "hemmelig.txt").write_text("hemmelig")
    assert "hemmelig.txt" in refused(own, "{% include '../hemmelig.txt' %}")


def test_a_note_without_end_is_stopped(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(note_limits, "LONGEST", 100)
    assert "without end" in refused(own, "{{ session.need }}" * 9)


@pytest.mark.parametrize(
    ("toml", "reason"),
    [
        ("name = ]", "line 1"),
        ("version = 1", "name is missing"),
        ('name = "a"', "version is missing"),
        ('name = "a"\nversion = true', "version is missing"),
        (None, "No such file"),
    ],
)
def test_a_broken_toml_file_is_refused(own: Path, toml: str | None, reason: str) -> None:
    path = own / "journalnotat.toml"
    path.unlink() if toml is None else path.write_text(toml)
    with pytest.raises(RefusedError) as found:
        note_facts.render(FACTS, HELD)
    assert str(path) in found.value.sentence
    assert reason in found.value.sentence


def test_a_template_cannot_reach_what_is_not_for_the_note(own: Path) -> None:
    (own / "journalnotat.txt.j2").write_text(
        "{{ session.preparation is none }} {{ session.agenda | map(attribute='topic') | join(', ') }}"
    )
    assert note_facts.render(FACTS, HELD).text == "True CV"


LOOPS = "".join(f"{{% for i{place} in 'aaaaaaaaaa' %}}" for place in range(9)) + "{% endfor %}" * 9


@pytest.mark.parametrize(
    "template",
    [
        LOOPS,
        "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
        "{% include 'journalnotat.txt.j2' %}{% include 'journalnotat.txt.j2' %}",
        "{% for i in [1] recursive %}{{ loop([1, 2]) }}{% endfor %}",
        "{% set s = 'aaaaaaaaaa' %}" + "{% set s = s ~ s %}" * 60,
        "{% set s = 'aaaaaaaaaa' %}" + "{% set s = s + s %}" * 60,
        "{% set s = 'aaaaaaaaaa' %}" + "{% set s = [s, s] | join %}" * 60,
        "{% set s = ['a'] %}" + "{% set s = [s, s] | sum(start=[]) %}" * 60,
        "{% set s = 9 %}" + "{% set s = s * s %}" * 60,
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ session.__init__.__globals__ }}",
        "{{ heading.__code__ }}",
        "{{ self._TemplateReference__context }}",
        "{% include '/etc/passwd' %}",
        "{% include '../../../../../../../../etc/passwd' %}",
        "{% extends '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% for i in range(10**9) %}{% endfor %}",
    ],
)
def test_what_a_hostile_template_tries_is_refused_by_a_sentence(own: Path, template: str) -> None:
    assert "root:" not in refused(own, template)


def test_an_ordinary_template_may_join_count_and_loop(own: Path) -> None:
    (own / "journalnotat.txt.j2").write_text(
        "{% macro m(x) %}{{ x ~ '!' }}{% endmacro %}"
        "{% for one in session.agenda %}{{ loop.index * 2 + 1 }} {{ m(one.topic) }}{{ 'a' + 'b' }}{% endfor %}"
        "{{ [1, 2] | sum }} {{ ['a', 1] | join('-') }} {% if session.need %}{% set x = 'y' %}{{ x }}{% endif %}"
    )
    assert note_facts.render(FACTS, HELD).text == "3 CV!ab3 a-1 y"
