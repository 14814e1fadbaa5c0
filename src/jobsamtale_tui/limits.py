"""Limits that the exchange format, forms and settings share; imported by what has to start at once."""

SESSION_MINUTES = 1440
"""Minutes of a session at most: a day."""
