"""Days, written as 2024-12-22 (ISO 8601, extended form) and in no other way: other orders can be read in two ways."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from pathway.door.doubts import LONGEST_TEXT, Doubt, cut, doubt, one_line, quoted, too_long

EXAMPLE = "2024-12-22"

_ISO = re.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})")
_PARTS = re.compile(r"([0-9]{1,4}) ?[./ -] ?([0-9]{1,2}) ?[./ -] ?([0-9]{1,4})")
_PACKED = re.compile("([0-9]{4})([0-9]{2})([0-9]{2})")
_WITH_TIME = re.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9].*")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_CENTURY = 2000
"""The century of a year of two digits, where a reading is shown. No such year is ever read."""


def read_date(text: str) -> date | Doubt:
    """The day that a text writes as 2024-12-22. Other texts are a doubt that shows what they can mean. Never raises."""
    if len(text) > LONGEST_TEXT:
        return too_long(text, EXAMPLE)
    printed = one_line(text)
    found = _ISO.fullmatch(printed)
    if found is None:
        return doubt(printed, f"{_fault(printed)}; {_proposal(_days(_plain_digits(printed)))}")
    day = _day(found[1], found[2], found[3])
    return day or doubt(printed, f"{quoted(printed)} is no day of the calendar; write for example {EXAMPLE}")


def _fault(printed: str) -> str:
    if _plain_digits(printed) != printed:
        return f"{quoted(printed)} has digits other than 0 to 9"
    if _WITH_TIME.fullmatch(printed):
        return f"{quoted(printed)} has a time of day"
    if len(days := _days(printed)) > 1:
        meant = ", or ".join(f"{day.day} {_MONTHS[day.month - 1]} {day.year}" for day in days)
        return f"{cut(printed, 60)}: {meant}? A day is read year first"
    return f"{quoted(printed)} is not written as year-month-day"


def _proposal(days: list[date]) -> str:
    return f"write {' or '.join(day.isoformat() for day in days)}" if days else f"write for example {EXAMPLE}"


def _days(printed: str) -> list[date]:
    """Every day that a text can mean, the likelier order first: day, month, year; month, day, year; year first."""
    if found := _WITH_TIME.fullmatch(printed):
        printed = found[1]
    if found := _PACKED.fullmatch(printed):
        orders = [(found[1], found[2], found[3])]
    elif found := _PARTS.fullmatch(printed):
        first, second, third = found.groups()
        orders = [(third, second, first), (third, first, second), (first, second, third)]
    else:
        return []
    days = (_day(*order) for order in orders if len(order[0]) in {2, 4} and max(map(len, order[1:])) <= 2)
    return list(dict.fromkeys(day for day in days if day is not None))


def _day(year: str, month: str, day: str) -> date | None:
    number = int(year) + (_CENTURY if len(year) == 2 else 0)
    try:
        return date(number, int(month), int(day))
    except ValueError:
        return None


def _plain_digits(text: str) -> str:
    """The text with every decimal digit as one of 0 to 9."""
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text)
