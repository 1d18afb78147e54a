"""The audit of the table of imports: each row against itself, and against the entries that are here."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import select

from pathway.model.errors import BadInput, one_line
from pathway.store.chain import read_stamp
from pathway.store.imports import GIVEN_UP, IN_PART, TAKEN_UP, WHOLE
from pathway.store.schema import ENTRIES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from pathway.store.imports import Import, Imports

_DIGEST = re.compile("[0-9a-f]{64}")
_AT_ONCE = 500


def faults_of_imports(imports: Imports, connection: Connection, *, cases: int, entries: int) -> Iterator[str]:
    """What is wrong with the rows of imports, in a store with so many cases and entries."""
    ends, rows = imports.given_up(), imports.all()
    reached = _numbers_of(connection, [str(one.reached) for one in rows])
    for one in rows:
        said = _fault_within(one) or _fault_against(one, reached, cases=cases, entries=entries)
        if not said and one.state == GIVEN_UP and one.key not in ends:
            said = "is called given up, and nothing says by whom"
        if said:
            yield f"the import with digest {one_line(str(one.key))[:12]} {said}"


def _numbers_of(connection: Connection, hashes: list[str]) -> dict[str, int]:
    """The numbers of entries in their cases, by their hashes, of which there is no index; those that are here."""
    found: dict[str, int] = {}
    for begin in range(0, len(hashes), _AT_ONCE):
        asked = select(ENTRIES.c.hash, ENTRIES.c.sequence).where(ENTRIES.c.hash.in_(hashes[begin : begin + _AT_ONCE]))
        found |= {one[0]: one[1] for one in connection.execute(asked)}
    return found


def _fault_within(one: Import) -> str:
    """What no import can have in its row; "" where there is nothing."""
    numbers = (one.cases, one.entries, one.cases_done, one.entries_done)
    if one.state not in (IN_PART, WHOLE, TAKEN_UP, GIVEN_UP) or not _DIGEST.fullmatch(str(one.key)):
        return f"has a row that no import writes: its state is '{one_line(str(one.state))[:20]}'"
    if not all(isinstance(number, int) and number >= 0 for number in numbers) or not _is_moment(one.begun_at):
        return "has a row that no import writes: its counts or its moment are none"
    said = f"{one.cases_done:,} of {one.cases:,} cases and {one.entries_done:,} of {one.entries:,} entries"
    done = (one.cases_done, one.entries_done) == (one.cases, one.entries)
    if done is not (one.state == WHOLE) or one.cases_done > one.cases or one.entries_done > one.entries:
        return f"is '{one.state}' by its row, and has {said} by its counts"
    if one.cases_done > one.entries_done or bool(one.cases_done) is not bool(one.entries_done):
        return f"counts {said}; each case has an entry at least"
    return ""


def _fault_against(one: Import, reached: dict[str, int], *, cases: int, entries: int) -> str:
    """How a row differs from the entries; "" where it does not."""
    if one.cases_done > cases or one.entries_done > entries:
        return (
            f"brought {one.cases_done:,} cases with {one.entries_done:,} entries by its row, and {cases:,} cases with "
            f"{entries:,} entries are here"
        )
    if not one.entries_done:
        return ""
    sequence = reached.get(str(one.reached))
    if sequence is None:
        return f"reached the entry with hash {one_line(str(one.reached))[:12]}, and that is not here"
    if one.entries_done < sequence + one.cases_done:
        return f"brought {one.entries_done:,} entries by its row, and its last case alone has {sequence + 1:,}"
    return ""


def _is_moment(text: object) -> bool:
    try:
        return isinstance(text, str) and bool(read_stamp(text))
    except BadInput:
        return False
