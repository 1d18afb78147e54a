"""Bounds in proofs: an amount of which only a bound is known is a pair, the least and the greatest value.

The greatest value is a fact of its own beside the amount, with the events, intervals and memory of the amount. So what
merges, closes and carries an amount does the same to both ends. Only a comparison reads both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from pathway.model.derived import Captured
from pathway.model.facts import Quantity
from pathway.model.parts import Parts
from pathway.model.pathway import Pathway

if TYPE_CHECKING:
    from pathway.model.events import EventType

MOST = "__most"
INFINITE = 10**30
"""Above every amount: the greatest value where only a lower bound is known."""


def most_of(name: str) -> str:
    """The name of the fact that is the greatest value of an amount."""
    return f"{name}{MOST}"


def is_most(name: str) -> bool:
    """Whether a fact is the greatest value of another."""
    return name.endswith(MOST)


def with_bounds(pathway: Pathway) -> tuple[Pathway, frozenset[str]]:
    """The pathway with a greatest value for each amount that may be a bound, and the names of those amounts."""
    bounded = [fact for fact in pathway.facts if isinstance(fact, Quantity) and fact.plausible[0] >= 0]
    if not pathway.door or not bounded:
        return pathway, frozenset()
    names = {fact.name for fact in bounded}
    captured = [one for one in pathway.derived if isinstance(one, Captured) and one.of in names]
    most = Parts(**{
        **{name: getattr(pathway, name) for name in (field.name for field in Parts.__attrs_attrs__)},
        "facts": (*pathway.facts, *(evolve(fact, name=most_of(fact.name)) for fact in bounded)),
        "derived": (
            *pathway.derived,
            *(evolve(one, name=most_of(one.name), of=most_of(one.of)) for one in captured),
        ),
        "events": tuple(_with_most(kind, names) for kind in pathway.events),
        "reference": evolve(
            pathway.reference,
            rows=(
                *pathway.reference.rows,
                *(evolve(row, fact=most_of(row.fact)) for row in pathway.reference.rows if row.fact in names),
            ),
        ),
    })  # fmt: skip
    made = Pathway.of(most)
    return made, frozenset(names | {one.name for one in captured})


def _with_most(kind: EventType, names: set[str]) -> EventType:
    fields = tuple(evolve(field, fact=most_of(field.fact)) for field in kind.fields if field.fact in names)
    return evolve(kind, fields=(*kind.fields, *fields))
