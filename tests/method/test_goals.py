"""Whether a goal or a purpose says anything, by the words that ship: Danish as people write it."""

from datetime import date
from typing import Any

import pytest

from jobsamtale_tui.method import goals
from jobsamtale_tui.records import Activity, JobGoal
from jobsamtale_tui.reference.language import goal_words

VAGUE = """job|et job|Et job.|jobs|jobbet|jobbene|noget arbejde|fast arbejde|et fuldtidsjob|fuldtidsarbejde
fuldtidsstilling|deltidsjob på 15 timer|fritidsjob|noget|hvad som helst|hvadsomhelst|alt har interesse|bredt|ufaglært
et ufaglært job|forefaldende arbejde|blandet|ordinær beskæftigelse|selvforsørgelse|blive selvforsørgende|skånejob
småjobs|ordinære timer|ved ikke|uafklaret|afklares|?|-||et eller andet|Jeg vil bare have et job|at komme i arbejde
arbejde i en virksomhed|job i en anden branche|et godt job med gode kolleger|37 timer om ugen|medarbejder
det ordinære arbejdsmarked|sommerferiejob|a job|drømmejobbet|et stabilt arbejde med faste timer"""
CONCRETE = """kok|tømrer|pædagogmedhjælper|job på lager|lagerarbejde|specialarbejder|jobkonsulent|arbejdsmand
fritidsmedarbejder|servicemedarbejder|job i Netto|kontorjob|rengøring|job med børn|noget med dyr|arbejde med hænderne
fuldtidsjob som chauffør|SOSU-hjælper|IT|hf|nattevagt på plejehjem|timelærer|stilladsarbejder|dagplejer|natportier
fagforening|dagligvarer|feriecenter|biavler|bisidder|studievejleder|jobjobjobjobjobjobjobjobjobjobjobjobjobjob"""
EMPTY = """nærmere selvforsørgelse|Nærmere arbejdsmarkedet|tættere på job|bringe borgeren tættere på arbejdsmarkedet
At komme i job|afklaring|personlig og faglig udvikling|opkvalificering|at styrke hendes muligheder på arbejdsmarkedet
blive jobparat|fastholde tilknytning til arbejdsmarkedet|nearer self-support|komme tættere på job eller uddannelse
udvikle sociale kompetencer|afklaring af borgerens situation"""
SAYS = """Truckcertifikat|møde fire dage om ugen|prøve køkkenarbejde|bedre nattesøvn|få en fast rytme om morgenen
vide om hun kan stå op otte timer|dansk på arbejdspladsen|en reference fra en arbejdsgiver|mindre angst i store rum"""


def each(texts: str) -> list[str]:
    return [one for line in texts.split("\n") for one in line.split("|")]


@pytest.mark.parametrize(
    ("texts", "purpose", "empty"),
    [(VAGUE, False, True), (CONCRETE, False, False), (EMPTY, True, True), (SAYS, True, False)],
    ids=["vague", "concrete", "empty", "says"],
)
def test_words_that_say_nothing(texts: str, purpose: bool, empty: bool) -> None:
    words, check = goal_words(), goals.empty_purpose if purpose else goals.too_vague
    assert [text for text in each(texts) if check(text, words) != empty] == []


def goal(**more: Any) -> JobGoal:
    return JobGoal(key="g", citizen="c", grade="A", from_=date(2026, 1, 1), **more)


@pytest.mark.parametrize(
    ("one", "vague"),
    [
        (goal(), True),
        (goal(position="et job"), True),
        (goal(position="et job", industry="lager"), False),
        (goal(function="arbejde", industry="noget"), True),
        (goal(position="job", education="en uddannelse"), False),
        (goal(education="ved ikke"), True),
    ],
)
def test_a_goal_needs_one_field_that_names_something(one: JobGoal, vague: bool) -> None:
    assert goals.vague_goal(one, goal_words()) == vague


def test_a_municipality_has_words_of_its_own() -> None:
    words = goals.Words(goals.Empty(parts=frozenset({"job"}), concrete=frozenset({"jobs"})))
    assert goals.too_vague("jobbene", words)
    assert not goals.too_vague("jobs", words)
    assert not goals.too_vague("arbejde", words)


@pytest.mark.parametrize(
    ("outcome", "toward", "lack"),
    [
        (None, None, "missing"),
        (" ", "", "missing"),
        ("Nærmere selvforsørgelse", None, "empty"),
        ("Truckcertifikat", "nærmere job", "empty"),
        ("Truckcertifikat", None, None),
        ("Truckcertifikat", "Lagrene i Vejle spørger efter det", None),
    ],
)
def test_what_a_purpose_lacks(outcome: str | None, toward: str | None, lack: str | None) -> None:
    activity = Activity(
        key="a", citizen="c", name="n", field="health", from_=date(2026, 1, 1), outcome=outcome, toward_job=toward
    )
    assert goals.purpose_lacks(activity, goal_words()) == lack
