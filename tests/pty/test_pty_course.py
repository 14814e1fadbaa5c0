"""A course of six sessions, from an empty database to a job, as docs/forloeb.md keeps it."""

from scripts import course


def test_the_course_plays_as_the_page_keeps_it() -> None:
    assert course.page() == course.PAGE.read_text(encoding="utf-8")
