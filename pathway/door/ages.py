"""Ages as people write them: 13m, 13 months, 1y1m, 3 weeks. Completed months and days, or a doubt."""

from __future__ import annotations

import re
from decimal import Decimal

from attrs import frozen

from pathway.door.doubts import LONGEST_TEXT, Doubt, Reading, doubt, one_line, quoted, too_long

LONGEST_LIFE = 150
"""The greatest age in years."""
EXAMPLE = "13mo, 2y, 1y1m, 6w or 20d"

_YEARS, _MONTHS = "y|yr|yrs|year|years", "m|mo|mos|month|months"
_WEEKS, _DAYS = "w|wk|wks|week|weeks", "d|day|days"
_AGE = re.compile(
    "".join(rf"(?:([0-9]{{1,5}}) ?(?:{words}) ?(?![a-z]))?" for words in (_YEARS, _MONTHS, _WEEKS, _DAYS)),
    re.IGNORECASE | re.ASCII,
)
_BARE = re.compile("[0-9]{1,3}")
_BROKEN = re.compile(rf"([0-9]{{1,3}})[.,]([0-9]{{1,2}}) ?(?:{_YEARS})", re.IGNORECASE | re.ASCII)


@frozen
class Age:
    """An age: so many completed months, and so many days where weeks or days were given."""

    months: int
    days: int
    printed: str


def read_age(text: str) -> Age | Doubt:
    """The age that a text writes: years, months, weeks and days, each once, in this order. Never raises for a text."""
    if len(text) > LONGEST_TEXT:
        return too_long(text, EXAMPLE)
    printed = one_line(text)
    found = _AGE.fullmatch(printed)
    if found is None or not any(found.groups()):
        return _unreadable(printed)
    years, months, weeks, days = (None if part is None else int(part) for part in found.groups())
    if years is not None and months is not None and months > 11:
        whole = years * 12 + months
        return doubt(printed, f"{quoted(printed)} has {months} months beside years; write {whole}mo or {_split(whole)}")
    age = Age((years or 0) * 12 + (months or 0), (weeks or 0) * 7 + (days or 0), printed)
    if age.months + age.days // 31 > LONGEST_LIFE * 12:
        return doubt(printed, f"{quoted(printed)} is more than a lifetime; write for example {EXAMPLE}")
    return age


def _unreadable(printed: str) -> Doubt:
    if _BARE.fullmatch(printed) and int(printed) <= LONGEST_LIFE:
        number = int(printed)
        readings = (
            Reading(Decimal(number), f"{number} months", f"{number}mo"),
            Reading(Decimal(12 * number), f"{number} years", f"{number}y"),
        )
        return doubt(
            printed, f"{quoted(printed)}: {number} months, or {number} years? Write {number}mo or {number}y", readings
        )
    if broken := _BROKEN.fullmatch(printed):
        line = f"{quoted(printed)} is not a whole number: {_meant(broken)}?"
        return doubt(printed, f"{line} Write completed years and months, such as 1y6m")
    return doubt(printed, f"{quoted(printed)} is no age; write for example {EXAMPLE}")


def _meant(broken: re.Match[str]) -> str:
    """What a broken number of years can mean: parts of a year, or months behind the point."""
    part = f"{(Decimal(f'{broken[1]}.{broken[2]}') * 12).normalize():f}mo"
    behind = int(broken[2])
    return part if behind > 11 else f"{part}, or {int(broken[1])}y{behind}m"


def _split(months: int) -> str:
    years, rest = divmod(months, 12)
    return f"{years}y{rest}m" if rest else f"{years}y"
