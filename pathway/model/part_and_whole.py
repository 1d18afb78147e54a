"""Part and whole: an amount of a report that cannot be more than another amount of the same report."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from attrs import field, frozen

from pathway.model.units import exact
from pathway.model.values import Bound, HeldBack, least, most

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pathway.model.facts import Fact
    from pathway.model.values import Raw, Value


@frozen
class PartsOf:
    """Which amounts of a report are `parts` of its amount `whole`.

    A part above the whole of the same report by over `percent` is held back: nobody knows which of them is wrong. A
    part above `alone` counts only beside the whole. Both are decided in each report, before it is merged.
    """

    whole: str
    parts: tuple[str, ...]
    percent: int
    alone: Decimal = field(converter=exact)
    cites: tuple[str, ...]

    def doubted(
        self, given: Mapping[str, Value], raw: Mapping[str, Raw], facts: Mapping[str, Fact]
    ) -> Iterator[HeldBack]:
        """The parts of a report that do not count."""
        whole = given.get(self.whole)
        for name in self.parts:
            part = given.get(name)
            if not isinstance(part, Decimal | Bound):
                continue
            fact = facts[name]
            if isinstance(whole, Decimal | Bound):
                if least(part) * 100 > most(whole) * (100 + self.percent):
                    said = f"{self.whole} {facts[self.whole].write(whole)}"
                    words = f"{fact.write(part)} is more than its whole in this report, {said}"
                    yield HeldBack(name, str(raw[name]), words, exceeds=self.whole)
            elif least(part) > self.alone:
                limit = fact.write(self.alone)
                words = (
                    f"{fact.write(part)} is above {limit}, and counts only in a report that gives {self.whole} as high"
                )
                yield HeldBack(name, str(raw[name]), words)
