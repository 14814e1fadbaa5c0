"""Keys for records that the app makes: time-ordered, short enough to type, made without asking the database."""

import secrets

from jobsamtale_tui import dates

_DIGITS = "0123456789abcdefghjkmnpqrstvwxyz"


def new_key() -> str:
    """A key such as `20260601-0800-4k7m2q9x`: the minute in UTC, then 40 random bits."""
    random = secrets.randbits(40)
    tail = "".join(_DIGITS[(random >> shift) & 31] for shift in range(35, -5, -5))
    return f"{dates.now():%Y%m%d-%H%M}-{tail}"
