"""Doubts: why a text was not read, in one line, with what would have been right."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import NamedTuple

from attrs import frozen

LONGEST_TEXT = 200
"""So many characters of a text are read at most."""
LONGEST_REASON = 300
"""So many characters has a reason at most."""
LONGEST_QUOTE = 60
"""So many characters of a text are quoted at most."""
_SIX_DIGITS = Context(prec=6)
_FURTHEST = 30


class Reading(NamedTuple):
    """One thing that a text can mean.

    `amount` is in the canonical unit, of an age in months. `words` say it to a reader. `write` is a text that is read
    as this and as nothing else.
    """

    amount: Decimal
    words: str
    write: str


@frozen
class Doubt:
    """A text that was not read.

    `printed` is the text in one line. `reason` says what is wrong and what would have been right, in one line of at
    most 300 characters. `readings` are the plausible readings.
    """

    printed: str
    reason: str
    readings: tuple[Reading, ...] = ()


def doubt(printed: str, reason: str, readings: tuple[Reading, ...] = ()) -> Doubt:
    """A doubt whose reason is cut to its longest length."""
    return Doubt(printed, cut(reason, LONGEST_REASON), readings)


def too_long(text: str, wanted: str) -> Doubt:
    """The doubt of a text that is longer than any that is read; `wanted` is an example."""
    start = one_line(text[:LONGEST_TEXT])
    return doubt(cut(start, LONGEST_TEXT), f"{quoted(start)} has {len(text)} characters; write for example {wanted}")


def one_line(text: str) -> str:
    """The text as one printable line: white space becomes single blanks, what cannot be seen becomes an escape."""
    text = " ".join(text.split())
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)


def quoted(line: str) -> str:
    """The start of a line in quotation marks."""
    return f"'{cut(line, LONGEST_QUOTE)}'"


def cut(line: str, longest: int) -> str:
    """The line, cut where it is too long."""
    return line if len(line) <= longest else line[: longest - 3] + "..."


def shown(number: Decimal) -> str:
    """A number as a reader sees it: no exponent, no trailing zeros, of more than twelve digits the first six."""
    if not number:
        return "0"
    if abs(number.adjusted()) > _FURTHEST:
        return f"{number:.3E}"
    if len(number.as_tuple().digits) > 12:
        number = _SIX_DIGITS.plus(number)
    return in_full(number)


def in_full(number: Decimal) -> str:
    """Every digit of a number, without an exponent and without trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
