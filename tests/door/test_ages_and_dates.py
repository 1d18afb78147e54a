"""An age or a day is read in the ways that nobody can read otherwise; each other way gets a line that says so."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathway.door.ages import Age, read_age
from pathway.door.dates import read_date
from pathway.door.doubts import Doubt


@pytest.mark.parametrize(
    "text",
    ["13m", "13mo", "13 mo", "13 months", "13 month", "1y1m", "1 y 1 m", "1y1mo", "1 year 1 month", "1yr 1mo", "1Y1M",
     " 13mo ", "13\u00a0months"],
)  # fmt: skip
def test_thirteen_months_in_every_spelling(text):
    assert (read_age(text).months, read_age(text).days) == (13, 0)


@pytest.mark.parametrize(
    ("text", "months", "days"),
    [("10d", 0, 10), ("10 days", 0, 10), ("1 day", 0, 1), ("6w", 0, 42), ("3 weeks", 0, 21), ("2w3d", 0, 17),
     ("2y", 24, 0), ("2 years", 24, 0),
     ("1y", 12, 0), ("0d", 0, 0), ("4mo 2w", 4, 14), ("1y 11m", 23, 0), ("150y", 1800, 0), ("2y3mo", 27, 0)],
)  # fmt: skip
def test_weeks_and_days_are_counted_in_days(text, months, days):
    assert (read_age(text).months, read_age(text).days) == (months, days)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("13", "'13': 13 months, or 13 years? Write 13mo or 13y"),
        ("1.5y", "'1.5y' is not a whole number: 18mo, or 1y5m? Write completed years and months, such as 1y6m"),
        (
            "1,11 years",
            "'1,11 years' is not a whole number: 13.32mo, or 1y11m? Write completed years and months, such as 1y6m",
        ),
        ("1y13m", "'1y13m' has 13 months beside years; write 25mo or 2y1m"),
        ("2y12m", "'2y12m' has 12 months beside years; write 36mo or 3y"),
        ("151y", "'151y' is more than a lifetime; write for example 13mo, 2y, 1y1m, 6w or 20d"),
        ("13 Monate", "'13 Monate' is no age; write for example 13mo, 2y, 1y1m, 6w or 20d"),
        ("", "'' is no age; write for example 13mo, 2y, 1y1m, 6w or 20d"),
    ],
)
def test_an_age_that_is_not_plain_gets_a_line_that_says_what_would_be_right(text, reason):
    held = read_age(text)
    assert isinstance(held, Doubt)
    assert held.reason == reason


@pytest.mark.parametrize(
    "text",
    ["mo", "mo13", "13mo 2y", "1y1", "-1mo", "1y 2y", "１３mo", "13 monthſ", "13h", "13min", "1m2m", "13mm", "13 m o"],
)
def test_what_is_no_age_is_none(text):
    assert isinstance(read_age(text), Doubt)


def test_a_day_is_read_year_first():
    assert read_date("2024-12-22") == read_date(" 2024-12-22 ") == date(2024, 12, 22)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("22.12.2024", "'22.12.2024' is not written as year-month-day; write 2024-12-22"),
        ("12/22/24", "'12/22/24' is not written as year-month-day; write 2024-12-22"),
        ("20241222", "'20241222' is not written as year-month-day; write 2024-12-22"),
        ("2024-1-5", "'2024-1-5' is not written as year-month-day; write 2024-01-05"),
        ("2024/12/22", "'2024/12/22' is not written as year-month-day; write 2024-12-22"),
        ("2024-12-22T09:00Z", "'2024-12-22T09:00Z' has a time of day; write 2024-12-22"),
        ("２０２４-12-22", "'２０２４-12-22' has digits other than 0 to 9; write 2024-12-22"),
        ("2024-02-30", "'2024-02-30' is no day of the calendar; write for example 2024-12-22"),
        ("2024-W51-7", "'2024-W51-7' is not written as year-month-day; write for example 2024-12-22"),
        ("22 Dec 2024", "'22 Dec 2024' is not written as year-month-day; write for example 2024-12-22"),
        ("", "'' is not written as year-month-day; write for example 2024-12-22"),
        ("03/04/2024",
        "03/04/2024: 3 April 2024, or 4 March 2024? A day is read year first; write 2024-04-03 or 2024-03-04"),
        ("01.02.03", "01.02.03: 1 February 2003, or 2 January 2003, or 3 February 2001? A day is read year first; "
         "write 2003-02-01 or 2003-01-02 or 2001-02-03"),
    ],
)  # fmt: skip
def test_a_day_in_another_order_gets_a_line_that_says_so(text, reason):
    held = read_date(text)
    assert isinstance(held, Doubt)
    assert held.reason == reason


@given(st.dates())
def test_a_day_reads_back_and_no_other_order_of_it_is_read(day):
    assert read_date(day.isoformat()) == day
    for other in (f"{day:%d.%m.}{day.year:04}", f"{day:%m/%d/}{day.year:04}", day.isoformat().replace("-", "")):
        held = read_date(other)
        assert isinstance(held, Doubt)
        assert day.isoformat() in held.reason


@given(st.text(alphabet="0123456789 ./-TymowdYMonthsears１٣²\x00\u202e", max_size=30) | st.text(max_size=300))
def test_any_text_is_an_age_or_a_day_or_a_doubt_in_one_line(text):
    for read in (read_age(text), read_date(text)):
        if isinstance(read, Doubt):
            assert 0 < len(read.reason) <= 300
            assert read.reason.isprintable() and read.printed.isprintable()
        else:
            assert isinstance(read, Age | date)
