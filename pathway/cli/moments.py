"""Moments and ages as a user writes them. The clock is read here, and not below the command line."""

from __future__ import annotations

import os
import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from pathway.door.ages import read_age
from pathway.door.dates import read_date
from pathway.door.doubts import Doubt
from pathway.model.errors import BadInput
from pathway.run.moments import read_moment, zone_named

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

EARLIEST, LATEST = 1900, 2199
_ZONEINFO = re.compile(r".*/zoneinfo/(?:posix/|right/)?(.+)")


def local_zone() -> str:
    """The name of this machine's time zone; UTC where it cannot be found."""
    names = [os.environ.get("TZ", "").removeprefix(":")]
    if found := _ZONEINFO.fullmatch(os.path.realpath("/etc/localtime")):
        names.append(found.group(1))
    for name in filter(None, names):
        try:
            return zone_named(name).key
        except BadInput:
            continue
    return "UTC"


def read_at(text: str | None, zone: str) -> datetime:
    """The moment that a text writes; now for None. `BadInput` where it has no offset, or a year out of range."""
    at = datetime.now(zone_named(zone)).replace(microsecond=0) if text is None else read_moment(text, "at")
    if not EARLIEST <= at.year <= LATEST:
        raise BadInput(f"at: {at.isoformat()} is not between {EARLIEST} and {LATEST}")
    return at.astimezone(zone_named(zone))


def read_born(text: str) -> date:
    """The date of birth that a text writes."""
    born = read_date(text)
    if isinstance(born, Doubt):
        raise BadInput(f"born: {born.reason}")
    if not EARLIEST <= born.year <= LATEST:
        raise BadInput(f"born: {born.isoformat()} is not between {EARLIEST} and {LATEST}")
    return born


def read_birth(age: str | None, born: str | None, on: date) -> date:
    """The date of birth of a child, from the age on a day or from the date: exactly one of them is given."""
    if born is not None and age is None:
        return read_born(born)
    if age is not None and born is None:
        return born_at_age(age, on)
    raise BadInput("age: how old is the child? write --age 13mo, or --born 2024-12-22, one of them")


def born_at_age(text: str, on: date) -> date:
    """The date of birth of a child who has exactly this age on a day.

    Months are completed ones. Days are subtracted before them, exactly.
    """
    age = read_age(text)
    if isinstance(age, Doubt):
        raise BadInput(f"age: {age.reason}")
    back = on - timedelta(days=age.days)
    year, month = divmod(back.year * 12 + back.month - 1 - age.months, 12)
    if year < EARLIEST:
        raise BadInput(f"age: {age.printed} before {on.isoformat()} is before {EARLIEST}")
    # Where the month has no such day its last day is taken: the completed months are the same.
    return date(year, month + 1, min(back.day, monthrange(year, month + 1)[1]))


def local_time(at: datetime, zone: ZoneInfo) -> str:
    """A moment for a reader, on the clock of a zone; seconds only where they are not zero."""
    here = at.astimezone(zone)
    return here.strftime("%Y-%m-%d %H:%M:%S" if here.second else "%Y-%m-%d %H:%M")
