"""The second pass of an import: what was checked is written in parts, and other writers get their turn between them."""

from __future__ import annotations

from itertools import groupby
from time import monotonic, sleep
from typing import TYPE_CHECKING

from attrs import field, frozen
from sqlalchemy import select

from pathway.model.errors import BadInput, Unavailable, one_line
from pathway.store.chain import StoredEntry, fault_in, stamp
from pathway.store.faults import Clash, Conflict, NotKnown
from pathway.store.import_check import Checked, entries_after, here
from pathway.store.import_lines import data_of, entry_of
from pathway.store.imports import IN_PART, WHOLE, Import
from pathway.store.schema import ENTRIES
from pathway.store.sessions import Unsettled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from sqlalchemy import Connection

    from pathway.store.store import Store

PART_ENTRIES, FIRST_PART = 1000, 250
"""So many entries make a part at most, with the rest of the last case; so many the first one."""
HELD = 0.1
"""The seconds for which a part may hold the store. After a longer one parts are smaller, after a short one larger."""
PART_BYTES = 8 * 2**20
"""So many characters in the bodies of its entries make a part, however few these are."""
PAUSE = 0.15
"""The seconds between two parts in a file, preparing the next one included: a writer who waits looks every 0.1 s."""

Numbered = tuple[int, StoredEntry]


@frozen
class _Part:
    """Some whole cases of a file, each entry with its line; `cases` and `entries` count the file up to its end."""

    logs: tuple[list[Numbered], ...]
    cases: int
    entries: int
    names: tuple[str, ...] = field(init=False)

    @names.default
    def _names(self) -> tuple[str, ...]:
        return tuple(log[0][1].case_id for log in self.logs)


class Parts:
    """The writing of one file that was checked."""

    def __init__(self, store: Store, checked: Checked, now: datetime, tell: Callable[..., None]) -> None:
        self.store, self.checked, self.now, self.tell = store, checked, now, tell
        self.new = 0
        """How many entries this import wrote that were not here."""
        self._done = _Part((), 0, 0)
        self._written = False
        self._released = self._begun = -PAUSE
        self._size = min(FIRST_PART, PART_ENTRIES)
        self._wanted = set(checked.versions) - store.versions.digests()

    def all(self, numbered: Iterator[tuple[int, str]]) -> None:
        """Write the cases. Raises `BadInput` or `Unavailable`, with what was imported and what was not."""
        before = self.store.imports.of(self.checked.key)
        try:
            for part in self._parts(numbered):
                self._take(part, finishes=before is not None and before.state != WHOLE)
        except BadInput as fault:
            raise BadInput(*(self._with_state(line) for line in fault.faults)) from None
        except Conflict as fault:
            raise Conflict(*(self._with_state(line) for line in fault.faults)) from None
        except (Unsettled, NotKnown) as fault:
            raise type(fault)(*map(self._not_known, fault.faults)) from None
        except Unavailable as fault:
            raise Unavailable(*(self._with_state(line) for line in fault.faults)) from None

    # --- parts ----------------------------------------------------------------------------------------------------

    def _parts(self, numbered: Iterator[tuple[int, str]]) -> Iterator[_Part]:
        logs: list[list[Numbered]] = []
        cases = entries = size = begun = 0
        for _, group in groupby(self._entries(numbered), key=lambda line: line[1].case_id):
            log = list(group)
            self._as_checked(log, cases)
            logs.append(log)
            cases, entries = cases + 1, entries + len(log)
            size += sum(len(entry.body) for _, entry in log)
            if entries - begun >= self._size or size >= PART_BYTES:
                if cases == self.checked.cases:
                    break
                yield _Part(tuple(logs), cases, entries)
                logs, size, begun = [], 0, entries
        if (cases, entries) != (self.checked.cases, self.checked.entries):
            raise BadInput("the file was changed while it was imported: a part of it is gone")
        yield _Part(tuple(logs), cases, entries)

    def _entries(self, numbered: Iterator[tuple[int, str]]) -> Iterator[Numbered]:
        for number, line in numbered:
            match data_of(line, number):
                case {"entry": dict(row)}:
                    yield number, entry_of(row, number, self.now)

    def _as_checked(self, log: list[Numbered], place: int) -> None:
        """Check that a case is the one that was checked at that place: the last hash stands for the whole log."""
        before: StoredEntry | None = None
        for number, entry in log:
            if said := fault_in(entry, before):
                raise BadInput(f"line {number}: case {one_line(entry.case_id)}: {said}")
            before = entry
        number, last = log[-1]
        if not self.checked.is_same(place, last):
            raise BadInput(f"line {number}: the file was changed while it was imported")

    # --- writing --------------------------------------------------------------------------------------------------

    def _take(self, part: _Part, *, finishes: bool) -> None:
        last = part.cases == self.checked.cases
        with self.store.database.reading() as connection:
            new, _ = self._lacking(connection, part)
        if new or self._wanted or (last and (finishes or self._written)):
            self._let_others()
            try:
                added = self._written_now(part, WHOLE if last else IN_PART)
            except Clash:
                raise self._why_taken(part) from None
            self._released = monotonic()
            self._adapt(self._released - self._begun)
            self.new += added
            self._written = True
            self._wanted.clear()
        self._done = part
        self.tell(part.entries, self.checked.entries)

    def _written_now(self, part: _Part, state: str) -> int:
        """How many entries of a part were written. Where no answer comes, this looks whether the last one is there."""
        new: list[StoredEntry] = []
        try:
            with self.store.database.writing() as connection:
                self._begun = monotonic()
                new = self._write(connection, part, state)
        except Unsettled as fault:
            if not new:
                raise  # nothing but a mark or a version was new: the next import of this file writes it again
            self.store.look(new[-1], fault)
        return len(new)

    def _write(self, connection: Connection, part: _Part, state: str) -> list[StoredEntry]:
        checked = self.checked
        reached = part.logs[-1][-1][1].hash if part.logs else ""
        self.store.imports.note(connection, self.now, Import(
            checked.key, stamp(self.now), state, checked.cases, checked.entries, part.cases, part.entries, reached,
        ), checked.takes_up if state == WHOLE else ())  # fmt: skip
        for digest in sorted(self._wanted):
            self.store.versions.keep(connection, checked.versions[digest], self.now)
        new, unknown = self._lacking(connection, part)
        if new:
            self.store.add(connection, new)
        if unknown:
            self.store.names_taken.take_all(connection, unknown)
        return new

    def _lacking(self, connection: Connection, part: _Part) -> tuple[list[StoredEntry], list[str]]:
        """The entries of a part that the store lacks, and the cases of which it has none."""
        asked = select(ENTRIES.c.case_id, ENTRIES.c.hash).where(ENTRIES.c.case_id.in_(part.names))
        there: dict[str, list[str]] = {}
        for case_id, found in connection.execute(asked.order_by(ENTRIES.c.case_id, ENTRIES.c.sequence)):
            there.setdefault(case_id, []).append(found)
        new: list[StoredEntry] = []
        unknown: list[str] = []
        for log in part.logs:
            case_id = log[0][1].case_id
            if case_id not in there:
                unknown.append(case_id)
            lacking = [entry for _, entry in entries_after(there.get(case_id, []), log)]
            new += lacking
            if lacking:
                there[case_id] = [entry.hash for _, entry in log]
        return new, unknown

    def _adapt(self, held: float) -> None:
        """Choose the size of the next part by the seconds for which this one held the store."""
        if held > HELD:
            self._size = max(1, self._size // 2)
        elif held < HELD / 2:
            self._size = min(PART_ENTRIES, self._size * 2)

    def _let_others(self) -> None:
        """Wait until a writer who waits for the file has had a chance to see that it is free."""
        if self.store.database.is_sqlite:
            sleep(max(0.0, self._released + PAUSE - monotonic()))

    def _why_taken(self, part: _Part) -> Exception:
        """The fault of a part of which a key is taken, although it was free when the file was checked."""
        with self.store.database.reading() as connection:
            for log in part.logs:
                for number, entry in entries_after(here(connection, log[0][1].case_id), log):
                    if entry.source_key is not None and self.store.by_key(entry.source, entry.source_key) is not None:
                        return BadInput(f"line {number}: its source key is taken by another entry here")
        return Conflict("somebody else recorded the same cases meanwhile. Import the file again")

    # --- what to tell ---------------------------------------------------------------------------------------------

    def _with_state(self, line: str) -> str:
        """A fault, with what was imported until then."""
        lost, state = "nothing was recorded", self._state()
        return line.replace(lost, state) if lost in line else f"{line}; {state}"

    def _not_known(self, line: str) -> str:
        """A fault of a commit of which nothing is known, with what was imported before it."""
        of = f"of {self.checked.cases:,} cases with {self.checked.entries:,} entries"
        state = f"the first {self._done.cases:,} {of} were" if self._written else f"nothing {of} was"
        return (
            f"{line.partition(', and it is not known')[0]}, and it is not known whether the cases under way were "
            f"imported; {state} imported before them. Import the same file again: it imports what is missing"
        )

    def _state(self) -> str:
        if not self._written:
            return "nothing was imported"
        try:
            found = self.store.imports.of(self.checked.key)
        except (BadInput, Unavailable):
            found = None
        of = f"of {self.checked.cases:,} cases with {self.checked.entries:,} entries"
        if found is None:
            return (
                f"at least the first {self._done.cases:,} {of} were imported, and it is not known whether the next "
                "were; what is missing is imported with the same file, or with a mended one"
            )
        return (
            f"the first {found.cases_done:,} {of} were imported, {found.entries_done:,} entries, and nothing of the "
            "other cases; these are imported with the same file, or with a mended one"
        )
