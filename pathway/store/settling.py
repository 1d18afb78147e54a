"""What a writer does for the rows of the cases before it leaves: its own cases, and a few of those of others.

Whoever reads the rows counts in all that is new, so nothing has to be done here. Without it the first reader would pay
for everything; with too much of it a writer of one entry would pay for what somebody else imported.
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from sqlalchemy import select

from pathway.store.schema import CASES, ENTRIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from pathway.store.projection import Projection

OTHERS = 5
"""The most cases that a writer counts in for others."""
LOOKED_AT = 200
"""The most entries after the mark that a writer looks at."""
AT_ONCE = 25
SECONDS = 0.3
"""A writer begins nothing more for the rows after so many seconds."""


def settle(projection: Projection, own: Iterable[str]) -> int:
    """Count in a writer's own cases, then a few that others left behind; returns how many cases.

    The mark moves over the entries that are counted in then, so that the work of many writers adds up.
    """
    ends = monotonic() + SECONDS
    mine = projection.still_stale(sorted(own))
    done = 0
    while len(mine) > AT_ONCE and monotonic() < ends:
        done += projection.count_in(mine[:AT_ONCE])
        del mine[:AT_ONCE]
    if len(mine) > AT_ONCE or monotonic() > ends:
        return done
    with projection.database.reading() as connection:
        mark, top = projection.mark_and_top(connection)
        behind, reached = _behind(projection, connection, mark, top, set(mine))
    # One transaction for all: beside an import each of them may have to wait.
    return done + projection.count_in([*mine, *behind], moving=(mark, mark if reached is None else reached))


def _behind(
    projection: Projection, connection: Connection, mark: str | None, top: str, own: set[str]
) -> tuple[list[str], str | None]:
    """A few cases that are not counted in, and the mark that holds once they are; None where it stays.

    Of the entries after the mark the first are looked at, in order, up to the first that would be one case too many.
    """
    since = projection.number_of(mark, top)
    if since is None:
        return [], None  # the mark of another database, or none: whoever reads looks at everything
    place = ENTRIES.c.position if projection.database.is_sqlite else ENTRIES.c.written_in
    later = place > since if projection.database.is_sqlite else place >= since
    asked = (
        select(place, ENTRIES.c.case_id, ENTRIES.c.sequence, CASES.c.sequence)
        .select_from(ENTRIES.outerjoin(CASES, CASES.c.case_id == ENTRIES.c.case_id))
        .where(later).order_by(place).limit(LOOKED_AT)
    )  # fmt: skip
    found = connection.execute(asked).all()
    behind, passed = _few(found, own)
    where, _, highest = top.partition(" ")
    if passed == len(found) < LOOKED_AT:
        return behind, top
    if projection.database.is_sqlite:
        number = found[passed - 1][0] if passed else since
    else:
        # Entries of one transaction have one number; the mark stands before the first that is not counted in.
        number = min(found[min(passed, len(found) - 1)][0], int(highest))
    return behind, f"{where} {number}"


def _few(found: Sequence[Sequence[object]], own: set[str]) -> tuple[list[str], int]:
    """The cases of the first entries that are not counted in, a few at most, and how many entries these are."""
    behind: list[str] = []
    for passed, (_, case_id, sequence, counted) in enumerate(found):
        assert isinstance(case_id, str) and isinstance(sequence, int)
        # A case that could not be folded is looked at by every reader, whatever the mark says.
        if case_id in own or case_id in behind or (isinstance(counted, int) and not 0 <= counted < sequence):
            continue
        if len(behind) == OTHERS:
            return behind, passed
        behind.append(case_id)
    return behind, len(found)
