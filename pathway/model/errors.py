"""Errors: bad input from outside, something unavailable, a faulty definition."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


LINE = 80
"""The most characters of a text that a fault quotes."""
UNWRITABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Characters that cannot stand in a line of text: line breaks, control characters, surrogates."""


class BadInput(ValueError):
    """Input from outside that cannot be accepted. Nothing was recorded.

    `faults` holds one line for each fault: its place, what is wrong, what would have been right.
    """

    def __init__(self, *faults: str) -> None:
        self.faults = tuple(map(_line, faults))
        super().__init__("; ".join(self.faults))

    def at(self, place: str) -> BadInput:
        """The same faults, each led by its place."""
        return BadInput(*(f"{place}: {fault}" for fault in self.faults))


class Unavailable(RuntimeError):
    """A request that could not be carried out now, although the input was right. Nothing was recorded.

    `faults` holds one line for each obstacle, and what to do about it. The same request may succeed later.
    """

    def __init__(self, *faults: str) -> None:
        self.faults = tuple(map(_line, faults))
        super().__init__("; ".join(self.faults))


class DefinitionError(ValueError):
    """A pathway that contradicts itself: an unknown name, a rule without a citation, a repeated id."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(map(_line, faults))
        super().__init__("\n".join(self.faults))


def _line(fault: str) -> str:
    """A fault in one line. The fault may quote a text from outside that has line breaks or control characters."""
    if UNWRITABLE.search(fault) is None:
        return fault
    return UNWRITABLE.sub(lambda sign: sign[0].encode("unicode_escape").decode(), " ".join(fault.split()))


def one_line(text: str) -> str:
    """A text cut to fit in a line: white space becomes single blanks, and 80 characters are the most."""
    text = " ".join(text.split())
    return text if len(text) <= LINE else text[: LINE - 3] + "..."


def nearest(name: str, names: Iterable[str]) -> str:
    """The end of a line about an unknown name: the nearest known names, or all known names where there are few."""
    from difflib import get_close_matches  # only a fault needs this module

    known = sorted(names)
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    if near:
        return "nearest: " + ", ".join(near)
    if len(known) <= 12:
        return "known: " + ", ".join(known)
    return f"{len(known)} names are known"
