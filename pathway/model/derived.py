"""Derived facts: all facts with memory or arithmetic. The fold computes them; guards only read them."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, TypeAlias

from attrs import field, frozen

from pathway.model.added import added
from pathway.model.facts import Numeric, Truth
from pathway.model.guards import Guard  # attrs resolves field types at run time for JSON
from pathway.model.units import exact, written


def _bands(bands: tuple[tuple[Decimal | int | str, str], ...]) -> tuple[tuple[Decimal, str], ...]:
    return tuple((exact(limit), word) for limit, word in bands)


@frozen(order=False)
class Clock(Numeric):
    """Computed from the time that is passed in: completed months since birth, or calendar days in the state."""

    name: str
    title: str
    counts: Literal["age", "days_in_state"]
    unit: str
    cites: tuple[str, ...]


@frozen
class Latched(Truth):
    """True from the moment at which its guard was true: for the episode, or, with `for_good`, for good.

    Until then it is what its guard is. An event of `cleared_by` ends it.
    """

    name: str
    title: str
    when: Guard
    cites: tuple[str, ...]
    cleared_by: tuple[str, ...] = ()
    for_good: bool = False


@frozen
class Held(Truth):
    """A quantity at or above a limit over a span of readings, with none lower between; never from a reading to now.

    Unknown while such a span has begun and is not long enough. Events of `restarted_by` begin the count anew.
    """

    name: str
    title: str
    fact: str
    limit: Decimal = field(converter=exact)
    minutes: int
    cites: tuple[str, ...]
    restarted_by: tuple[str, ...] = ()


@frozen
class Settled(Truth):
    """A reading below a limit, at least so many minutes after the last reading at or above it."""

    name: str
    title: str
    fact: str
    limit: Decimal = field(converter=exact)
    minutes: int
    cites: tuple[str, ...]


@frozen(order=False)
class Captured(Numeric):
    """A value as it was when the episode first entered a state.

    `how`: "value" takes it as it stands; "highest_of_day" takes the highest reading of the episode up to the end of
    that calendar day, else the next one reported.
    """

    name: str
    title: str
    of: str
    entering: str
    how: Literal["value", "highest_of_day"]
    unit: str
    cites: tuple[str, ...]
    local_choice: str = ""


@frozen
class Product:
    """A fact computed from two others of the same sample (the same `at`) where it was not reported itself.

    `words` say how it is computed; `brief` says so behind an amount ("" for `words`).
    """

    fact: str
    left: str
    right: str
    factor: Decimal = field(converter=exact)
    words: str
    cites: tuple[str, ...]
    brief: str = added("", since="0.1.1")

    @property
    def name(self) -> str:
        """The fact that it computes."""
        return self.fact


@frozen
class Excess(Truth):
    """Whether some counts of one report add up to more than another by over so many percent."""

    name: str
    title: str
    parts: tuple[str, ...]
    whole: str
    percent: int
    cites: tuple[str, ...]


@frozen
class Grade:
    """A word for an amount, for display only. `bands` pair a limit with the word below it. Above all bands, but
    below the reference interval, the word is `last`.
    """

    name: str
    title: str
    fact: str
    bands: tuple[tuple[Decimal, str], ...] = field(converter=_bands)
    last: str
    cites: tuple[str, ...]

    def word(self, amount: Decimal, lower: Decimal | None) -> str:
        """The word for an amount, given the lower limit of its reference interval; "" where it is not low."""
        for limit, word in self.bands:
            if amount < limit:
                return word
        return self.last if lower is not None and amount < lower else ""

    def describe(self) -> str:
        """The bands in words."""
        said, floor = [], ""
        for limit, word in self.bands:
            said.append(f"{word} {floor}< {written(limit)}")
            floor = f"{written(limit)} <= .. "
        return ", ".join([*said, f"{self.last} {floor}< lower limit"])


Derived: TypeAlias = Clock | Latched | Held | Settled | Captured | Product | Excess | Grade
