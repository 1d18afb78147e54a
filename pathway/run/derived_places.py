"""Derived facts as the fold needs them, computed once: with places in the record instead of names."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, assert_never

from pathway.model.derived import AtMost, Captured, Clock, Excess, Grade, Held, Latched, Product, Settled

if TYPE_CHECKING:
    from pathway.model.pathway import Pathway
    from pathway.run.layout import Layout


class DerivedPlaces:
    """The derived facts of a pathway, grouped by what the fold does with them."""

    def __init__(self, pathway: Pathway, layout: Layout) -> None:
        index = layout.index
        self.products: list[tuple[int, int, int, Decimal]] = []
        """For each product: its place, the places of both factors, and the constant factor."""
        self.excesses: list[tuple[int, list[int], int, Decimal]] = []
        """For each excess: its place, the places of the parts and of the whole, and the greatest ratio of the two."""
        self.spans: dict[int, list[tuple[int, bool, Decimal, int, int | None]]] = {}
        """For each fact, its spans: the place, whether the span is `Held` (else `Settled`), the limit, the seconds.

        The last part is the most seconds between two readings of a `Held`, None where any time may lie between.
        """
        self.captures: list[tuple[int, int, str, str]] = []
        """For each captured value: its place, the place of its source, the state that captures it, and how."""
        self.highest: dict[int, int] = {}
        """The place of each value that is captured as the highest of the day, by the place of its source."""
        self.windows: dict[int, int] = {}
        """The days for which the readings of a fact are kept beyond an episode, by the place of the fact."""
        self.bounds: dict[int, tuple[int, int, int]] = {}
        """For each bound the places of the part, of the whole, and of the other part."""
        self.lasting: list[int] = []
        """The places of facts that outlast an episode."""
        self.latches: list[int] = []
        """The places of latches."""
        for derived in pathway.derived:
            match derived:
                case Product():
                    self.products.append(
                        (index[derived.fact], index[derived.left], index[derived.right], derived.factor)
                    )
                case Excess():
                    parts = [index[part] for part in derived.parts]
                    self.excesses.append(
                        (index[derived.name], parts, index[derived.whole], 1 + Decimal(derived.percent) / 100)
                    )
                case Held() | Settled():
                    within = derived.within if isinstance(derived, Held) else None
                    most = None if within is None else within * 60
                    span = (index[derived.name], isinstance(derived, Held), derived.limit, derived.minutes * 60, most)
                    self.spans.setdefault(index[derived.fact], []).append(span)
                    self.lasting.append(index[derived.name])
                case Captured():
                    self.captures.append((index[derived.name], index[derived.of], derived.entering, derived.how))
                    if derived.how == "highest_of_day":
                        self.highest[index[derived.of]] = index[derived.name]
                        if derived.days:
                            self.windows[index[derived.of]] = derived.days
                case Latched():
                    self.latches.append(index[derived.name])
                    if derived.for_good:
                        self.lasting.append(index[derived.name])
                case AtMost():
                    names = (derived.part, derived.whole, derived.less)
                    self.bounds[index[derived.name]] = (index[names[0]], index[names[1]], index[names[2]])
                case Clock() | Grade():
                    pass
                case _:
                    assert_never(derived)
        self.capturing = frozenset(entering for _, _, entering, _ in self.captures)
