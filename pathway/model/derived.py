"""Derived facts: all facts with memory or arithmetic. The fold computes them; guards only read them."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, TypeAlias

from attrs import field, frozen

from pathway.model.added import added
from pathway.model.facts import Numeric, Truth
from pathway.model.guards import Below, Guard  # attrs resolves field types at run time for JSON
from pathway.model.units import exact, written


def _bands(bands: tuple[tuple[Decimal | int | str, str], ...]) -> tuple[tuple[Decimal, str], ...]:
    return tuple((exact(limit), word) for limit, word in bands)


@frozen(order=False)
class Clock(Numeric):
    """A number computed from the time passed in: completed months since birth, or calendar days in the state."""

    name: str
    title: str
    counts: Literal["age", "days_in_state"]
    unit: str
    cites: tuple[str, ...]


@frozen
class Latched(Truth):
    """True from the moment at which its guard was true: for the rest of the episode or, with `for_good`, for good.

    Before that moment it has the truth of its guard: false or unknown. An event of `cleared_by` ends it. Before an
    event is read, the latch also ends where `ends_when` is true, or more than `lasts_days` calendar days after the day
    on which it was last met.
    """

    name: str
    title: str
    when: Guard
    cites: tuple[str, ...]
    cleared_by: tuple[str, ...] = ()
    for_good: bool = False
    ends_when: Guard | None = added(None, since="0.2.0")
    lasts_days: int | None = added(None, since="0.2.0")


@frozen
class Held(Truth):
    """A quantity at or above a limit in readings at least `minutes` apart, with no lower reading between them.

    The time from the last reading to now does not count. Unknown while such a span has begun and is too short. An event
    of `restarted_by` begins the span anew. With `within`, it is true at a reading where another reading of the span
    lies at least `minutes` and at most `within` minutes back.
    """

    name: str
    title: str
    fact: str
    limit: Decimal = field(converter=exact)
    minutes: int
    cites: tuple[str, ...]
    restarted_by: tuple[str, ...] = ()
    within: int | None = added(None, since="0.2.0")


@frozen
class Settled(Truth):
    """A reading below a limit, at least `minutes` after the last reading at or above the limit."""

    name: str
    title: str
    fact: str
    limit: Decimal = field(converter=exact)
    minutes: int
    cites: tuple[str, ...]


@frozen(order=False)
class Captured(Numeric):
    """A value as it was when the episode first entered a state.

    `how`: "value" takes the value at that moment. "highest_of_day" takes the highest reading of the episode up to the
    end of that calendar day, else the next reading that is reported. With `days`, it takes the highest reading of so
    many calendar days before that day and of the day itself, of whatever episode; where there is none, the higher of
    the last reading before and the next one. No reading counts from the event `ends_with` on.
    """

    name: str
    title: str
    of: str
    entering: str
    how: Literal["value", "highest_of_day"]
    unit: str
    cites: tuple[str, ...]
    local_choice: str = ""
    days: int = added(0, since="0.2.0")
    ends_with: str = added("", since="0.2.0")


@frozen
class Product:
    """A fact computed from two others of the same sample (the same `at`) where the fact was not reported itself.

    `words` describe the computation. `brief` describes it behind an amount; with "" the `words` stand there.
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
        """The fact that the product computes."""
        return self.fact


@frozen
class Excess(Truth):
    """Whether the counts `parts` of a report add up to more than its count `whole`, by over `percent`."""

    name: str
    title: str
    parts: tuple[str, ...]
    whole: str
    percent: int
    cites: tuple[str, ...]


@frozen(order=False)
class AtMost(Numeric):
    """The most that a part can be that a report does not give: the whole less another part of the same report.

    Where the other part is unknown too, the whole. The bound stands until a later report gives the part, or the whole
    again. It has the reference limits of the part.
    """

    name: str
    title: str
    part: str
    whole: str
    less: str
    unit: str
    cites: tuple[str, ...]

    def below_reference(self) -> Guard:
        """The guard that the bound is below the lower limit of the reference interval of the part: it must be low."""
        return Below(self.name)


@frozen
class Grade:
    """A word for an amount, for display only. `bands` pair a limit with the word for amounts below it. Above
    all bands, but below the reference interval, the word is `last`.
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


Derived: TypeAlias = Clock | Latched | Held | Settled | Captured | Product | Excess | AtMost | Grade
