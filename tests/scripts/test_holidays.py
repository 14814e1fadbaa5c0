"""The holidays that the program reads are the library's, and years outside the file are asked of the library."""

from datetime import date, timedelta

import pytest

from jobsamtale_tui.reference import contact_rules
from scripts import holidays as made


def test_the_file_is_what_the_library_says() -> None:
    assert made.FILE.read_text(encoding="utf-8") == made.content()


@pytest.mark.parametrize("year", [1999, made.YEARS[0], 2023, 2024, made.YEARS[-1], made.YEARS[-1] + 1])
def test_a_day_is_a_holiday_where_the_library_says_so(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=number) for number in range(365)]
    assert [day for day in days if contact_rules.is_holiday(day)] == made.reckoned(year)


def test_great_prayer_day_is_one_until_2023() -> None:
    assert contact_rules.is_holiday(date(2023, 5, 5))
    assert not contact_rules.is_holiday(date(2024, 4, 26))
