"""What can be wrong with what a caller, a file or a definition says."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class BadInput(ValueError):
    """Input from outside that cannot be taken; nothing was recorded.

    `faults` has one line each: where, what is wrong, what would have been right.
    """

    def __init__(self, *faults: str) -> None:
        self.faults = faults
        super().__init__("; ".join(faults))

    def at(self, place: str) -> BadInput:
        """The same faults, each led by where it was found."""
        return BadInput(*(f"{place}: {fault}" for fault in self.faults))


class Unavailable(RuntimeError):
    """What was asked for could not be done now, through no fault of the input; nothing was recorded.

    `faults` has one line each: what stood in the way, and what to do. To try again later is right.
    """

    def __init__(self, *faults: str) -> None:
        self.faults = faults
        super().__init__("; ".join(faults))


class DefinitionError(ValueError):
    """A pathway that contradicts itself: an unknown name, a rule without a citation, a repeated id."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


def one_line(text: str) -> str:
    """A text as it may stand in a line: white space as single blanks, and not longer than a line."""
    text = " ".join(text.split())
    return text if len(text) <= 80 else text[:77] + "..."


def nearest(name: str, names: Iterable[str]) -> str:
    """A hint that ends a line about an unknown name: the nearest known ones, or all where they are few."""
    known = sorted(names)
    near = get_close_matches(name, known, n=3, cutoff=0.5)
    if near:
        return "nearest: " + ", ".join(near)
    if len(known) <= 12:
        return "known: " + ", ".join(known)
    return f"{len(known)} names are known"
