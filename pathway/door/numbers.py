"""What a number as typed can be (pathway 0.2, A2): one reading, two, or none.

The SI brochure (9th edition, 5.4.4) lets a point or a comma be the decimal mark and groups digits by threes with thin
spaces. Laboratories and reports print points, commas and apostrophes as group marks too. So a point or a comma before
exactly three digits has two readings.
"""

from __future__ import annotations

import re
from decimal import Decimal

from attrs import frozen

from pathway.door.doubts import quoted

DIGITS = 40
"""The most digits of a number. Each unit's factor has few, so conversions with fifty digits stay exact."""
BLANKS = " \u00a0\u2007\u2009\u202f"
"""Blanks that may group digits: the plain, the unbreakable, the figure, the thin and the narrow one."""
TOKEN = re.compile(
    rf"[+-]?[0-9.,](?:[0-9.,]|['’](?=[0-9])|[{BLANKS}](?=[0-9]{{3}}(?![0-9])))*(?:[eE][+-]?[0-9]{{1,3}}(?![0-9]))?"
)
"""The longest run of signs that may belong to a number."""

_POINT = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_COMMA = re.compile(r"[+-]?(?:[0-9]+,[0-9]{1,2}|0,[0-9]+)")
_TWO_WAYS = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
_GROUPED = re.compile(
    rf"[+-]?[1-9][0-9]{{0,2}}(?:(?:,[0-9]{{3}})+\.[0-9]+|(?:\.[0-9]{{3}})+,[0-9]+|(?:,[0-9]{{3}}){{2,}}|(?:\.[0-9]{{3}}){{2,}}"
    rf"|(?P<mark>['’{BLANKS}])[0-9]{{3}}(?:(?P=mark)[0-9]{{3}})*(?:[.,][0-9]+)?)"
)
_DECIMAL_COMMA = re.compile(r",(?=[0-9]+$)")
_MARK = re.compile(rf"['’{BLANKS}]")


@frozen
class Numbers:
    """The readings of a number: the decimal one first, then the grouped one. `plain` where nothing need be said."""

    readings: tuple[Decimal, ...]
    plain: bool = True


@frozen
class Unreadable:
    """A text that is no number, with the reason."""

    reason: str


def read_numbers(text: str) -> Numbers | Unreadable:
    """Every reading of a number as typed.

    A comma before one or two digits is a decimal comma, and so is one behind a single 0. A comma or a point before
    exactly three digits is a decimal or a group mark. Several groups of three, blanks and apostrophes only group.
    """
    if sum(map(str.isdigit, text)) > DIGITS:
        return Unreadable(f"{quoted(text)} has more than {DIGITS} digits")
    if _TWO_WAYS.fullmatch(text):
        return Numbers((Decimal(text.replace(",", ".")), Decimal(re.sub("[.,]", "", text))), plain=False)
    if _POINT.fullmatch(text):
        return _within_sight(Decimal(text), text)
    if _COMMA.fullmatch(text):
        return Numbers((Decimal(text.replace(",", ".")),), plain=False)
    if found := _GROUPED.fullmatch(text):
        return Numbers((_ungrouped(text, marked=found["mark"] is not None),), plain=False)
    if "," in text:
        return Unreadable(f"{quoted(text)} is not a number; write a decimal point, and no mark between thousands")
    return Unreadable(f"{quoted(text)} is not a number")


def _within_sight(number: Decimal, text: str) -> Numbers | Unreadable:
    """A number whose exponent is not beyond every amount. A zero has no exponent."""
    if not number:
        return Numbers((Decimal(0),))
    if abs(number.adjusted()) > DIGITS:
        return Unreadable(f"{quoted(text)} is beyond every amount")
    return Numbers((number,))


def _ungrouped(text: str, *, marked: bool) -> Decimal:
    """A number without its group marks. The last of two different marks is the decimal mark."""
    if marked:
        return Decimal(_DECIMAL_COMMA.sub(".", _MARK.sub("", text)))
    last = max(text.rfind("."), text.rfind(","))
    if text.count(text[last]) > 1:
        return Decimal(re.sub("[.,]", "", text))
    return Decimal(f"{re.sub('[.,]', '', text[:last])}.{text[last + 1 :]}")
