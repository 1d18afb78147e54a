"""Reference intervals, in bands of age in completed months; each row with its citations."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from attrs import field, frozen

from pathway.model.units import exact, written


def _maybe(value: Decimal | int | str | None) -> Decimal | None:
    return None if value is None else exact(value)


@frozen
class Interval:
    """The limits of one amount for one band of age.

    Both ends of the band are included; with `to_month` None the band has no end. A value equal to a limit is within.
    `local_choice` gives the reason for limits that the source does not give.
    `doubt` says for which part of the band no source was found: from the month `doubt_from`, or up to and including
    the month `doubt_to`.
    """

    fact: str
    from_month: int
    to_month: int | None
    lower: Decimal = field(converter=exact)
    upper: Decimal | None = field(converter=_maybe)
    cites: tuple[str, ...]
    local_choice: str = ""
    doubt: str = ""
    doubt_from: int | None = None
    doubt_to: int | None = None

    def holds(self, months: int) -> bool:
        """Whether the band includes this age, in completed months."""
        return self.from_month <= months and (self.to_month is None or months <= self.to_month)

    def doubt_at(self, months: int) -> str:
        """The doubt, where it concerns this age in completed months; "" otherwise."""
        early = self.doubt_to is not None and months <= self.doubt_to
        late = self.doubt_from is not None and months >= self.doubt_from
        return self.doubt if early or late else ""

    def band(self) -> str:
        """The band in words."""
        if self.to_month is None:
            return f"{self.from_month} months and over" if self.from_month else "all ages"
        if self.to_month == self.from_month:
            return "under 1 month" if self.to_month == 0 else f"{self.to_month} month{'s' * (self.to_month > 1)}"
        return f"{self.from_month} to {self.to_month} months"

    def limits(self) -> str:
        """The limits in words."""
        return f">= {written(self.lower)}" if self.upper is None else f"{written(self.lower)} to {written(self.upper)}"


@frozen
class Reference:
    """A dated table of intervals. Without a row for an age the limit is unknown, and so is a guard that reads it."""

    dated: str
    title: str
    rows: tuple[Interval, ...]

    def interval(self, fact: str, months: int) -> Interval | None:
        """The row for a fact at an age in completed months; None without such a row."""
        for row in self.rows:
            if row.fact == fact and row.holds(months):
                return row
        return None

    def faults(self) -> list[str]:
        """Faults of rows that contradict themselves or one another, one line each."""
        found = []
        for fact in dict.fromkeys(row.fact for row in self.rows):
            rows = sorted((row for row in self.rows if row.fact == fact), key=lambda row: row.from_month)
            for row in rows:
                if row.from_month < 0:
                    found.append(f"reference {fact}: begins before birth")
                if row.to_month is not None and row.to_month < row.from_month:
                    found.append(f"reference {fact} {row.band()}: ends before it begins")
                if not all(limit is None or limit.is_finite() for limit in (row.lower, row.upper)):
                    found.append(f"reference {fact} {row.band()}: a limit is no number")
                    continue
                if row.upper is not None and row.upper < row.lower:
                    found.append(f"reference {fact} {row.band()}: upper limit below the lower one")
                if not row.cites:
                    found.append(f"reference {fact} {row.band()}: no citation")
            for younger, older in pairwise(rows):
                if younger.to_month is None or younger.to_month >= older.from_month:
                    found.append(f"reference {fact}: {younger.band()} and {older.band()} overlap")
        return found
