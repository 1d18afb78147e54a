"""Readings that are kept beyond an episode for some days, and the value that is captured from them."""

from __future__ import annotations

from decimal import Decimal
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from pathway.model.values import Bound, least

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Protocol

    from pathway.run.compiled import CompiledPathway
    from pathway.run.frame import Frame

    class Keeping(Protocol):
        """The parts of a record that keep readings."""

        compiled: CompiledPathway
        day: int
        episode: Frame
        captured_on: dict[int, int]
        kept: dict[int, Kept]


Amount: TypeAlias = Decimal | Bound


class Kept(NamedTuple):
    """The readings of a fact: each day (ordinal) with its highest reading, in order; whether no more of them count.

    `provisional`: the captured value is of a reading before the days that count, and the next one may exceed it.
    """

    days: tuple[tuple[int, Amount], ...] = ()
    ended: bool = False
    provisional: bool = False


NOTHING = Kept()


def higher(first: Amount, second: Amount) -> Amount:
    """The higher of two readings; the higher lower bound where one of them is a bound."""
    if isinstance(first, Decimal) and isinstance(second, Decimal):
        return second if first < second else first
    return Bound(">", max(least(first), least(second)))


def keep(record: Keeping, source: int, value: Amount) -> None:
    """Keep a reading, and let it count for the captured value where it still may."""
    kept, place = record.kept.get(source, NOTHING), record.compiled.highest[source]
    if kept.ended:
        return
    if place in record.captured_on:
        values, held = record.episode.values, record.episode.values[place]
        if held is None or kept.provisional or record.day == record.captured_on[place]:
            values[place] = value if held is None else higher(held, value)
    since = record.day - record.compiled.windows[source]
    before = {day: highest for day, highest in kept.days if day >= since}
    before[record.day] = higher(before.get(record.day, value), value)
    record.kept[source] = Kept(tuple(before.items()))


def captured_from(record: Keeping, source: int) -> Amount | None:
    """The value that is captured today: the highest of the days that count, else the last reading before them."""
    kept = record.kept.get(source, NOTHING)
    since = record.day - record.compiled.windows[source]
    if within := [value for day, value in kept.days if day >= since]:
        return reduce(higher, within)
    if not kept.days:
        return None
    record.kept[source] = kept._replace(provisional=not kept.ended)
    return kept.days[-1][1]


def end(record: Keeping, sources: list[int]) -> None:
    """From now on no reading of these facts counts."""
    for source in sources:
        record.kept[source] = record.kept.get(source, NOTHING)._replace(ended=True, provisional=False)


def of_next_episode(kept: Mapping[int, Kept]) -> dict[int, Kept]:
    """The readings at the beginning of the next episode, for which nothing is captured yet."""
    return {source: readings._replace(provisional=False) for source, readings in kept.items()}
