"""What a note is made of: the theme that nobody wrote, and the goal that an activity points at."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from jobsamtale_tui import records
from jobsamtale_tui.casework.change.context import Actor
from jobsamtale_tui.casework.citizen import activities, citizens, goals
from jobsamtale_tui.casework.facts import notes
from jobsamtale_tui.documents.note import facts as note_facts
from jobsamtale_tui.store.sqlite.database import Database

HELD = datetime(2026, 6, 1, 8, tzinfo=UTC)
ACTOR = Actor(None, "login")
LONG = "Et emne, som er så langt, at det ikke kan stå på den ene linje"


def text(database: Database, *topics: str, **more: Any) -> str:
    agenda = tuple(records.AgendaItem(topic=topic, by="citizen", state="done") for topic in topics)
    session = records.Session(key="s", citizen="per", held_at=HELD, status="completed", agenda=agenda, **more)
    with database.connected() as connection:
        return note_facts.render(notes.note_facts(connection, session), HELD).text


@pytest.mark.parametrize(
    ("topics", "theme"),
    [
        (["Truckkort"], "Truckkort"),
        (["Truckkort", "Økonomi i næste måned"], "Truckkort, Økonomi i næste måned"),
        (
            ["Hvad du gerne vil arbejde med", "Hvad jeg er god til", "Hvor længe pengene rækker"],
            "Hvad du gerne vil arbejde med, Hvad jeg er god til og 1 mere",
        ),
        ([LONG, "Økonomi"], "Et emne, som er så langt, at det ikke kan stå på den ene… og 1 mere"),
    ],
)
def test_a_theme_that_nobody_wrote_has_whole_topics_and_whole_words(
    database: Database, topics: list[str], theme: str
) -> None:
    citizens.make(database, ACTOR, records.Citizen(key="per", name="Per"))
    assert text(database, *topics).split("\n")[0].partition("10.00: ")[2] == theme


def test_a_goal_is_told_once_and_named_where_an_activity_points_at_it(database: Database) -> None:
    citizens.make(database, ACTOR, records.Citizen(key="per", name="Per"))
    goal = records.JobGoal(
        key="m", citizen="per", grade="A", position="Buschauffør", function="rutebus", from_=date(2026, 1, 5)
    )
    goals.make(database, ACTOR, goal)
    one = records.Activity(key="i", citizen="per", name="Praktik", field="employment", goal="m", from_=date(2026, 5, 4))
    activities.make(database, ACTOR, one)
    said = text(database)
    assert said.count("Buschauffør, rutebus") == 1
    assert "Vejen til: A-målet, Buschauffør\n" in f"{said}\n"
