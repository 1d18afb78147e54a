"""Whether what a pathway says about the door is well formed: bounds of bare numbers, spellings of options."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pathway.model.facts import Choice, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.model.parts import Parts

DOORS = (0, 1)
"""The ways in which amounts are read: as in version 0.1, or by the table of `pathway.door`."""


def entry_faults(pathway: Parts) -> Iterator[str]:
    """Every fault of what is read at the door."""
    if type(pathway.door) is not int or pathway.door not in DOORS:
        yield f"pathway: door is {pathway.door!r}; write 0 or 1"
    for fact in pathway.facts:
        if isinstance(fact, Quantity) and fact.bare_to is not None:
            low, high = fact.plausible
            if not fact.bare_to.is_finite() or not low <= fact.bare_to <= high:
                yield f"fact {fact.name}: bare_to is not within the plausible range"
        elif isinstance(fact, Choice):
            yield from _spelling_faults(fact)


def _spelling_faults(choice: Choice) -> Iterator[str]:
    written = Counter(spelling for spelling, _ in choice.spellings)
    for spelling, option in choice.spellings:
        if option not in choice.options:
            yield f"fact {choice.name}: '{spelling}' is a spelling of '{option}', which is no option"
        if spelling in choice.options:
            yield f"fact {choice.name}: '{spelling}' is an option and no other spelling"
        if written[spelling] > 1:
            yield f"fact {choice.name}: '{spelling}' is a spelling of several options"
