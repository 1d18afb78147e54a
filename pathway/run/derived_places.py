"""What the fold needs to know of each derived fact, worked out once: places in the record instead of names."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, assert_never

from pathway.model.derived import Captured, Clock, Excess, Grade, Held, Latched, Product, Settled

if TYPE_CHECKING:
    from pathway.model.pathway import Pathway
    from pathway.run.layout import Layout


class DerivedPlaces:
    """The derived facts of a pathway by what the fold does with them."""

    def __init__(self, pathway: Pathway, layout: Layout) -> None:
        index = layout.index
        self.products: list[tuple[int, int, int, Decimal]] = []
        """Of each product: its place, those of both factors, and the constant factor."""
        self.excesses: list[tuple[int, list[int], int, Decimal]] = []
        """Of each excess: its place, those of the parts and of the whole, and how often the whole may be reached."""
        self.spans: dict[int, list[tuple[int, bool, Decimal, int]]] = {}
        """Of each fact that spans are read of: place, whether it is held at the limit, the limit, and seconds."""
        self.captures: list[tuple[int, int, str, str]] = []
        """Of each captured value: its place, that of its source, the state that captures it, and how."""
        self.highest: dict[int, int] = {}
        """The place of a value that is captured as the highest of the day, by the place of its source."""
        self.lasting: list[int] = []
        """The places that outlast an episode."""
        self.latches: list[int] = []
        """The places of what is latched."""
        for one in pathway.derived:
            match one:
                case Product():
                    self.products.append((index[one.fact], index[one.left], index[one.right], one.factor))
                case Excess():
                    parts = [index[part] for part in one.parts]
                    self.excesses.append((index[one.name], parts, index[one.whole], 1 + Decimal(one.percent) / 100))
                case Held() | Settled():
                    span = (index[one.name], isinstance(one, Held), one.limit, one.minutes * 60)
                    self.spans.setdefault(index[one.fact], []).append(span)
                    self.lasting.append(index[one.name])
                case Captured():
                    self.captures.append((index[one.name], index[one.of], one.entering, one.how))
                    if one.how == "highest_of_day":
                        self.highest[index[one.of]] = index[one.name]
                case Latched():
                    self.latches.append(index[one.name])
                    if one.for_good:
                        self.lasting.append(index[one.name])
                case Clock() | Grade():
                    pass
                case _:
                    assert_never(one)
        self.capturing = frozenset(entering for _, _, entering, _ in self.captures)
