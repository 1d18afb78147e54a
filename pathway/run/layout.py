"""Where each fact has its place in a record: facts first, then derived facts, in the order of the definition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.model.derived import Grade, Product
from pathway.model.facts import Choice

if TYPE_CHECKING:
    from decimal import Decimal

    from pathway.model.pathway import Pathway


class Layout:
    """The places of a pathway's facts, and what merging needs to know about each place."""

    __slots__ = ("derived", "facts", "index", "limits", "names", "ranged", "size", "visible", "yields")

    def __init__(self, pathway: Pathway) -> None:
        self.names = [fact.name for fact in pathway.facts]
        self.facts = len(self.names)
        self.names += [one.name for one in pathway.derived if not isinstance(one, Product | Grade)]
        self.size = len(self.names)
        self.index = {name: place for place, name in enumerate(self.names)}
        self.derived = frozenset(range(self.facts, self.size))
        raised = {kind.authority.raises for kind in pathway.events if kind.authority is not None}
        raised |= {kind.flags_held for kind in pathway.events}
        self.visible = sum(1 << place for place in range(self.facts) if self.names[place] not in raised)
        self.yields = {
            self.index[fact.name]: fact
            for fact in pathway.facts
            if isinstance(fact, Choice) and (fact.yields or fact.no_result)
        }
        self.ranged = frozenset(self.index[row.fact] for row in pathway.reference.rows)
        self.limits: dict[int, list[tuple[Decimal | None, Decimal | None]]] = {
            place: [_limits(pathway, self.names[place], months) for months in range((pathway.oldest_years + 1) * 12)]
            for place in self.ranged
        }

    def names_in(self, mask: int) -> tuple[str, ...]:
        """The names whose bits are set, in the order of the definition."""
        return tuple(name for place, name in enumerate(self.names) if mask >> place & 1)


def _limits(pathway: Pathway, fact: str, months: int) -> tuple[Decimal | None, Decimal | None]:
    row = pathway.reference.interval(fact, months)
    return (None, None) if row is None else (row.lower, row.upper)
