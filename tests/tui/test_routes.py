"""Every route has a screen, and leads to it by name alone."""

from typing import Any

import pytest
from tests.tui import places

from jobsamtale_tui.tui import routes
from jobsamtale_tui.tui.commands import route

NOTHING: Any = None
KINDS = [kind for kind in vars(route).values() if isinstance(kind, type) and kind.__module__ == route.__name__]


def test_every_route_has_a_screen() -> None:
    assert set(routes.MAKERS) == set(KINDS)
    assert len(KINDS) > 40


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_route_is_a_frozen_value(kind: Any) -> None:
    assert issubclass(kind, tuple)
    given = [object() for _name in kind._fields]
    assert kind(*given) == kind(*given)
    for name in kind._fields:
        with pytest.raises(AttributeError):
            setattr(kind(*given), name, None)


@pytest.mark.parametrize(
    ("where", "screen"),
    [
        (route.Home(), "HomeScreen"),
        (route.Who(), "WhoScreen"),
        (route.Citizen("mette"), "CitizenScreen"),
        (route.Goals("mette"), "GoalsScreen"),
        (route.Activities("mette"), "ActivitiesScreen"),
        (route.Note("s-1"), "NoteScreen"),
        (route.Session("s-1"), "SessionScreen"),
        (route.NotesSearch(), "SearchScreen"),
        (route.Conflict(NOTHING, NOTHING, print), "ConflictScreen"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_routes_that_hold_the_same_lead_to_their_own_screens(where: Any, screen: str) -> None:
    assert type(routes.screen_of(where)) is places.classes()[screen]
