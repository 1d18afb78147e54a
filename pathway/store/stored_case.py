"""A case in a store. An entry is durable when the call that records it returns."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from pathway.model.errors import BadInput, one_line
from pathway.run.answers import Override
from pathway.run.log import Entry, Overridden, SetAside, entry_to_json, event_of, target_of
from pathway.run.moments import aware
from pathway.run.step import Step
from pathway.store import clocks
from pathway.store.chain import StoredEntry, canonical, chained, plain, read_stamp, stamp
from pathway.store.faults import LOG, Clash, Conflict
from pathway.store.names import line_of_words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pathway.model.events import Event, TypedEvent
    from pathway.model.pathway import Pathway
    from pathway.run.answers import Verdict
    from pathway.run.case import Case
    from pathway.store.entry_log import EntryLog
    from pathway.store.versions import Versions


@frozen
class Receipt:
    """What was recorded. `already` is true where the same entry with the same source key was there: nothing was added.

    `step` is what the entry did to the case, None where it was there already. `clock_behind` is by how much the clock
    of who recorded it is behind that of the entry before; nothing where the clocks agree within two seconds.
    """

    entry: StoredEntry
    step: Step | None
    already: bool = False
    clock_behind: timedelta = timedelta(0)


class StoredCase:
    """One case of a store, as it was when it was read or last written to.

    `case` answers questions (`plan`, `why`, `propose` ...); whatever is recorded through this class is kept. `now` is
    the moment of recording, and no `at` may be later. Every writing call raises `BadInput` for wrong input, `Conflict`
    where another writer was faster, `Unavailable` where the store cannot be written; then nothing was recorded.
    """

    def __init__(self, log: EntryLog, versions: Versions, case: Case, last: StoredEntry) -> None:
        self._log, self._versions = log, versions
        self._case: Case | None = case
        self.last = last

    @property
    def id(self) -> str:
        """The name of the case."""
        return self.last.case_id

    @property
    def case(self) -> Case:
        """The case as it is folded from its log."""
        if self._case is None:
            self.refresh()
            assert self._case is not None
        return self._case

    @property
    def sequence(self) -> int:
        """The number of the last entry that is known here; the opening is 0."""
        return self.last.sequence

    @property
    def pathway(self) -> Pathway:
        """The version that the case is pinned to."""
        return self.case.pathway

    def told(self) -> list[Entry]:
        """Every entry that was ever recorded; `case.log` leaves out those that have no object under its version.

        Raises `Conflict` where the store has entries that were not read yet.
        """
        entries = self._log.log_of(self.id)
        if entries[-1] != self.last:
            raise self._overtaken()
        return self._versions.told(entries)

    def refresh(self) -> None:
        """Read the case anew."""
        entries = self._log.log_of(self.id)
        self._case, self.last = self._versions.folded(entries), entries[-1]

    def moved(self, entry: StoredEntry) -> None:
        """A migration was recorded as this entry. The case is read anew when it is next asked for.

        To read it here could fail, and what is recorded would look as if it were not.
        """
        self._case, self.last = None, entry

    def record(
        self, event: Event | TypedEvent, *, at: datetime, by: str, now: datetime, source: str = "", key: str = "",
    ) -> Receipt:  # fmt: skip
        """Record what happened at a moment. The same event by the same source key twice is one entry."""
        return self._write(lambda case, id: case.record(event, at=at, by=by, id=id, now=now), by, now, source, key)

    def correct(
        self, target: str, event: Event | TypedEvent, *, at: datetime, by: str, now: datetime,
        taken_at: datetime | None = None, source: str = "", key: str = "",
    ) -> Receipt:  # fmt: skip
        """Correct an entry that was wrong from the start. A correction that would take urgent advice away waits.

        An entry that is of a moment later than `now`, by a clock that differs, can be corrected all the same; so it can
        be withdrawn and acknowledged. The change is then of the moment of that entry.
        """
        at, late = self._not_before(target, at, now, source, key)
        return self._write(
            lambda case, id: case.correct(target, event, at=at, by=by, taken_at=taken_at, id=id, now=late),
            by, late, source, key, clock=now,
        )  # fmt: skip

    def withdraw(
        self, target: str, *, at: datetime, by: str, now: datetime, reason: str = "", source: str = "", key: str = "",
    ) -> Receipt:  # fmt: skip
        """Withdraw an entry that never was so. Like a correction, a withdrawal may wait."""
        at, late = self._not_before(target, at, now, source, key)
        return self._write(
            lambda case, id: case.withdraw(target, at=at, by=by, reason=reason, id=id, now=late),
            by, late, source, key, clock=now,
        )  # fmt: skip

    def acknowledge(
        self, target: str, *, at: datetime, by: str, now: datetime, source: str = "", key: str = ""
    ) -> Receipt:
        """A named clinician acknowledges a change that waits; from then on it counts."""
        at, late = self._not_before(target, at, now, source, key)
        return self._write(lambda case, id: case.acknowledge(target, at=at, by=by, id=id, now=late),
                           by, late, source, key, clock=now)  # fmt: skip

    def set_aside(
        self, advice: str, *, at: datetime, by: str, reason: str, now: datetime, source: str = "", key: str = "",
    ) -> Receipt:  # fmt: skip
        """A named clinician sets urgent advice aside, with a reason. It answers what was recorded before it."""
        return self._write(
            lambda case, id: case.set_aside(advice, at=at, by=by, reason=reason, id=id, now=now), by, now, source, key
        )  # fmt: skip

    def propose(
        self, order: str, *, at: datetime, now: datetime, override: Override | None = None, source: str = "",
        key: str = "",
    ) -> Verdict:  # fmt: skip
        """What the pathway says to an order. Asking records nothing; a refused order that is overridden is kept."""
        if override is not None and not isinstance(override, Override):
            raise BadInput(f"{order}: an override is an Override(by=..., reason=...)")
        verdict = self.case.propose(order, at=at, now=now)
        if override is None or verdict.verdict != "refused":
            return verdict
        found: list[Verdict] = []

        def act(case: Case, id: str) -> None:
            found.append(case.propose(order, at=at, override=override, id=id, now=now))

        self._write(act, override.by, now, source, key)
        return found[0] if found else verdict

    # --- inside ---------------------------------------------------------------------------------------------------

    def _write(
        self, act: Callable[[Case, str], Step | None], by: str, now: datetime, source: str, key: str, *,
        clock: datetime | None = None,
    ) -> Receipt:  # fmt: skip
        """Make an entry and keep it. `clock` is what the writer's clock says, where the entry is of another moment."""
        line_of_words(by, "by", wanted=True)
        line_of_words(source, "source", longest=200)
        line_of_words(key, "key", longest=200)
        now = aware(now, "now")
        before = self.last
        with self._log.database.patience.call():
            receipt = self._written(act, by, now, source, key)
        if receipt.already:
            return receipt
        difference = clocks.behind(before, aware(clock or now, "now"))
        clocks.tell(difference)
        return evolve(receipt, clock_behind=difference)

    def _written(
        self, act: Callable[[Case, str], Step | None], by: str, now: datetime, source: str, key: str
    ) -> Receipt:
        case, before = self.case, self.last
        try:
            step = act(case, f"e{before.sequence + 1}")
        except BadInput as fault:
            # A repeated message may be wrong by now, for example where its own target was corrected since.
            if (found := self._there(source, key)) is not None:
                return self._again(found, act, fault)
            raise
        except BaseException:
            self._case = None  # the case may hold half of the entry: read it anew
            raise
        entry = entry_after(before, case.timeline.ledger.entries[-1], case.pathway, by, now, source, key)
        self._case = None  # the case is ahead of the store until the entry is written
        try:
            self._log.append(entry)
        except Clash:
            found = self._there(source, key)
            if found is not None:
                return self._same(found, entry)
            raise self._overtaken() from None
        self._case, self.last = case, entry
        return Receipt(entry, step)

    def _not_before(self, target: str, at: datetime, now: datetime, source: str, key: str) -> tuple[datetime, datetime]:
        """The moment of a change and of its recording, by clocks that may differ."""
        latest = clocks.latest(self.case, target)
        if latest is None or at.tzinfo is None or now.tzinfo is None or not at <= now or at >= latest:
            return at, now
        if now < latest:
            return latest, latest
        # The same message again, once our clock has got there: it has the moment that it was recorded with.
        found = self._there(source, key)
        same = found is not None and (found.case_id, found.happened_at) == (self.id, stamp(latest))
        return (latest if same else at), now

    def _overtaken(self) -> Conflict:
        LOG.info("somebody else was faster; nothing was recorded")
        return Conflict(
            f"case {self.id}: somebody else recorded an entry meanwhile; nothing was recorded. Read it and retry"
        )

    def _there(self, source: str, key: str) -> StoredEntry | None:
        return self._log.by_key(source, key) if key else None

    def _again(self, found: StoredEntry, act: Callable[[Case, str], Step | None], fault: BadInput) -> Receipt:
        """The receipt of the entry that was there, if the same act at its place would have made the same entry."""
        taken = _taken(found, self.id)
        if found.case_id != self.id or not found.of_log:
            raise BadInput(*taken.faults, *fault.faults)
        entries = [entry for entry in self._log.log_of(self.id) if entry.sequence < found.sequence]
        case = self._versions.folded(entries)
        try:
            act(case, f"e{found.sequence}")
        except BadInput:
            raise BadInput(*taken.faults, *fault.faults) from None
        recorded_at = read_stamp(found.recorded_at)
        return self._same(found, entry_after(
            entries[-1], case.timeline.ledger.entries[-1], case.pathway, found.recorded_by, recorded_at, found.source,
            found.source_key or "",
        ))  # fmt: skip

    def _same(self, found: StoredEntry, entry: StoredEntry) -> Receipt:
        if found.case_id == entry.case_id and content_of(found) == content_of(entry):
            return Receipt(found, None, already=True)
        raise _taken(found, entry.case_id)


def _taken(found: StoredEntry, case_id: str) -> BadInput:
    """The fault of a source key that another entry has. The entry is named only where it is of the same case."""
    where = f", {found.sequence} of this case" if found.case_id == case_id else ""
    return BadInput(f"key: '{one_line(found.source_key or '')}' of this source is taken by another entry{where}")


def entry_after(
    before: StoredEntry, entry: Entry, pathway: Pathway, by: str, now: datetime, source: str, key: str
) -> StoredEntry:
    """The entry of the store that keeps an entry of a case's log, after the one before."""
    return chained(
        before.hash, case_id=before.case_id, sequence=before.sequence + 1, kind=entry.kind,
        happened_at=stamp(entry.at),
        recorded_at=stamp(now), recorded_by=by, source=source, source_key=key or None,
        event=_name_of(entry), target=target_of(entry), body=plain(entry_to_json(entry)),
        pathway_version=pathway.version, pathway_digest=pathway.digest,
    )  # fmt: skip


def _name_of(entry: Entry) -> str:
    """The event that an entry records or corrects, the order that it overrides, the advice that it sets aside.

    "" where it names none of them.
    """
    if isinstance(entry, Overridden):
        return entry.order
    if isinstance(entry, SetAside):
        return entry.advice
    event = event_of(entry)
    return "" if event is None else event.name


def content_of(entry: StoredEntry) -> tuple[Any, ...]:
    """The content of an entry: without its place in the log, its sender, and what the case made of it."""
    data = entry.data
    told = tuple(canonical({name: data.get(name)}) for name in ("with", "taken_at", "reason"))
    return (entry.kind, entry.event, entry.target, entry.happened_at, *told)
