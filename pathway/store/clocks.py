"""Clocks that differ between those who write. Told when it happens; no one is kept from taking back what is wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from pathway.store.chain import read_stamp
from pathway.store.faults import LOG

if TYPE_CHECKING:
    from pathway.run.case import Case
    from pathway.store.chain import StoredEntry

TOLD_FROM = timedelta(seconds=2)
"""Clocks that differ by less are not told: a command counts in whole seconds, and to set a clock takes some time."""


def behind(before: StoredEntry, now: datetime) -> timedelta:
    """By how much the clock of who writes now is behind that of the entry before; nothing where it is hardly so."""
    difference = read_stamp(before.recorded_at) - now.astimezone(UTC)
    return difference if difference >= TOLD_FROM else timedelta(0)


def tell(difference: timedelta) -> None:
    """Write a log line where the clocks differ. It names no case."""
    if difference:
        LOG.warning("a clock differs: the entry before was recorded %.0f s later than now", difference.total_seconds())


def words(difference: timedelta) -> str:
    """What a reader is told where the clocks differ."""
    seconds = round(difference.total_seconds())
    much = f"{seconds} s" if seconds < 120 else f"{seconds // 60} min" if seconds < 7200 else f"{seconds // 3600} h"
    return (
        f"this machine's clock is {much} behind the one that recorded the entry before; one of the two is wrong. "
        "Set it: moments of entries may be wrong by as much"
    )


def latest(case: Case, target: str) -> datetime | None:
    """The latest moment of the entries that an entry is about; None where there is no such entry.

    A change is of that moment at the earliest. Where it lies ahead, somebody's clock was ahead when it was recorded, or
    ours is behind. An entry that is wrong must not stand until our clock gets there: the change takes that moment.
    """
    ledger = case.timeline.ledger
    if all(entry.id != target for entry in ledger.entries):
        return None
    root = ledger.root(target).id
    return max(entry.at for entry in ledger.entries if ledger.root_of(entry) == root)
