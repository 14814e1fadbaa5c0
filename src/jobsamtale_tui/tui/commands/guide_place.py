"""Where in the guide one is."""

from dataclasses import dataclass


@dataclass
class GuidePlace:
    """Whether the guide shows, and where in it one is: remembered as long as the app runs."""

    shown: bool = False
    page: int = 0
    """0 is the phase; then the themes, then the cards."""
    part: int = 0
    """A page that does not fit comes in parts."""
