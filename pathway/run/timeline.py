"""A case over time: folded without the pending entries and, while there are any, with them. Both readings are kept.

The reading without the pending entries stands. But a later event may call for urgent advice in the other reading alone,
and nobody has decided yet which reading is right. Until then the urgent advice of both is in force.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from functools import partial
from typing import TYPE_CHECKING

from attrs import frozen

from pathway.run.course import Course
from pathway.run.fold import Fold
from pathway.run.item import Item
from pathway.run.ledger import Ledger
from pathway.run.log import Entry
from pathway.run.past import Past, excused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from pathway.run.compiled import CompiledPathway
    from pathway.run.item import Key
    from pathway.run.outcome import Outcome


class Reading:
    """The entries that count in one reading, folded. `also`: waiting entries that count in it."""

    __slots__ = ("also", "course", "items", "retained")

    def __init__(
        self, course: Course, also: AbstractSet[str], items: dict[str, Item], retained: dict[str, Item]
    ) -> None:
        self.course = course
        self.also = also
        self.items = items
        self.retained = retained


@frozen
class Edit:
    """A reading as it would be after an entry: its course, and the items that differ, by the id of their entry."""

    reading: Reading
    course: Course
    also: AbstractSet[str]
    items: dict[str, Item | None]
    retained: dict[str, Item]

    def outcome_of(self, entry: str) -> Outcome | None:
        """The outcome of the event of an entry in the reading."""
        item = self.items[entry] if entry in self.items else self.reading.items.get(entry)
        return None if item is None else self.course.outcome_of(item)

    def adopted(self) -> Reading:
        """The reading, changed by the edit."""
        reading = self.reading
        reading.course, reading.also, reading.retained = self.course, self.also, self.retained
        for root, item in self.items.items():
            if item is None:
                reading.items.pop(root, None)
            else:
                reading.items[root] = item
        return reading


@frozen
class Trial:
    """The timeline as it would be after the last entry of the ledger; `Timeline.adopt` makes it so."""

    standing: Edit
    beside: Edit | None
    end: Fold
    entry: Entry

    def outcome(self) -> Outcome | None:
        """The outcome of the entry in the reading that stands; None for an entry that is no event."""
        found = self.standing.outcome_of(self.entry.id)
        other = None if found is None or self.beside is None else self.beside.outcome_of(self.entry.id)
        if found is None or not excused(other, self.end.compiled.now_mask):
            return found
        return found.changed(deviations=())


class View:
    """A timeline as it was when the view was made."""

    __slots__ = ("_beside", "_sizes", "standing")

    def __init__(self, standing: Course, beside: Course | None) -> None:
        self.standing = standing
        self._beside = beside
        # A course grows at its end in place; a change before its end makes another course.
        self._sizes = standing.size, (0, 0) if beside is None else beside.size

    def at(self, moment: datetime) -> Fold:
        """The case at a moment, with the events up to then: a fold of its own, its clock moved to that moment."""
        fold, past = self.standing.at(moment, self._sizes[0])
        if self._beside is None:
            _tell_past(fold, past)
        else:
            beside, others = self._beside.at(moment, self._sizes[1])
            _tell_past(beside, others)
            _tell_past(fold, past.beside(others, fold.compiled.now_mask))
            stand_beside(fold, beside)
        fold.move_to(moment)
        return fold


class Timeline:
    """The folded case. `at` gives it at any moment, `end` after the last event."""

    __slots__ = ("_beside", "_end", "_standing", "_zone", "born", "compiled", "ledger")

    def __init__(self, compiled: CompiledPathway, born: date, zone: ZoneInfo) -> None:
        self.compiled = compiled
        self.born = born
        self._zone = None if zone.key == "UTC" else zone
        self.ledger = Ledger(compiled, zone)
        self._standing = Reading(self._new_course(), frozenset(), {}, {})
        self._beside: Reading | None = None
        self._end: Fold | None = None

    # --- what is so ---------------------------------------------------------------------------------------------------

    @property
    def end(self) -> Fold:
        """The case after its last event. It belongs to the timeline: read it, and do not change it."""
        if self._end is None:
            self._end = self._joined(self._standing.course, None if self._beside is None else self._beside.course)
        return self._end

    @property
    def now(self) -> Fold:
        """The case after its last event, without its past."""
        return self._standing.course.fold if self._beside is None else self.end

    @property
    def last(self) -> Key | None:
        """The key of the last item; None where nothing has happened."""
        return self._standing.course.last

    def comes_last(self, key: Key) -> bool:
        """Whether a key comes after all items of both readings: an entry that waits may move an event."""
        last = self._standing.course.last
        if last is not None and key <= last:
            return False
        other = None if self._beside is None else self._beside.course.last
        return other is None or key > other

    @property
    def past(self) -> Past:
        """The outcomes of all events, in the order in which things happened."""
        return self.end.past

    def at(self, moment: datetime) -> Fold:
        """The case at a moment, with the events up to then: a fold of its own, its clock moved to that moment."""
        return self.view().at(moment)

    def view(self) -> View:
        """The timeline as it is now, whatever is recorded later."""
        return View(self._standing.course, None if self._beside is None else self._beside.course)

    def items(self) -> Iterator[Item]:
        """The items of the reading that stands, in the order of time."""
        return self._standing.course.items()

    # --- what happens -------------------------------------------------------------------------------------------------

    def append(self, item: Item) -> Outcome:
        """Fold an event that comes after all others: it counts in both readings. The ledger gets its entry next.

        Raises `BadInput` where transitions do not come to rest; nothing is changed then.
        """
        if self._beside is None:
            self._end = None
            outcome = self._standing.course.append(item)
            assert outcome is not None
            self._standing.items[item.entry] = item
            return outcome
        before, course, beside = self.end.active, self._standing.course, self._beside.course
        self._end = None
        # The reading with the pending entries is tried first: where it fails, neither reading has changed.
        other = beside.append(item)
        try:
            outcome = course.append(item)
        except BaseException:
            self._beside.course = beside.edited([item], [])
            raise
        assert outcome is not None and other is not None
        self._standing.items[item.entry] = self._beside.items[item.entry] = item
        return told_of_both(outcome, other, before, self.end.active, self.compiled.now_mask)

    def trial(self) -> Trial:
        """The effect of the last entry of the ledger. Raises `BadInput` where transitions do not come to rest."""
        ledger = self.ledger
        entry = ledger.entries[-1]
        root = ledger.root_of(entry)
        standing = self._edit(self._standing, root, frozenset())
        beside = None
        if ledger.waits:
            beside = self._edit(self._beside or self._standing, root, ledger.waiting)
            # What begins to wait makes a difference to its event: the two readings never go on in one course.
            assert beside.course is not standing.course
        return Trial(standing, beside, self._joined(standing.course, None if beside is None else beside.course), entry)

    def adopt(self, trial: Trial) -> None:
        """Let the last entry count as it was tried."""
        if trial.beside is None:
            self._beside = None
        elif trial.beside.reading is self._standing:
            branched = Reading(self._standing.course, frozenset(), dict(self._standing.items), {})
            self._beside = Edit(
                branched, trial.beside.course, trial.beside.also, trial.beside.items, trial.beside.retained
            ).adopted()
        else:
            self._beside = trial.beside.adopted()
        self._standing = trial.standing.adopted()
        self._end = trial.end

    def extend(self, entries: list[Entry]) -> None:
        """Take the entries of a log that was recorded before, and fold it whole. Nothing may have happened before."""
        for entry in entries:
            self.ledger.append(entry)
        self._standing = self._folded(self._standing.course, frozenset())
        self._beside = self._folded(self._new_course(), self.ledger.waiting) if self.ledger.waits else None
        self._end = None

    # --- inside -------------------------------------------------------------------------------------------------------

    def _new_course(self) -> Course:
        return Course(partial(Fold, self.compiled, self.born, self._zone), merges=self.compiled.merges)

    def _folded(self, course: Course, also: AbstractSet[str]) -> Reading:
        """The reading of the whole ledger, folded by a course to which nothing has happened."""
        reading = Reading(course, also, self.ledger.items(also), {})
        reading.retained = self._retained(reading, also, {})
        reading.course = course.filled([*reading.items.values(), *reading.retained.values()])
        return reading

    def _edit(self, reading: Reading, root: str, also: AbstractSet[str]) -> Edit:
        """The reading after a change of one event, with the waiting entries `also` counting in it."""
        before, after = reading.items.get(root), self.ledger.item(root, also)
        gone: list[Item] = []
        new: list[Item] = []
        if before is not None and (after is None or not before.same(after)):
            gone.append(before)
        if after is not None and (before is None or not before.same(after)):
            new.append(after)
        items: dict[str, Item | None] = {root: after} if gone or new else {}
        retained = self._retained(reading, also, items)
        for name in reading.retained.keys() | retained.keys():
            was, now = reading.retained.get(name), retained.get(name)
            if was is not None and now is not None and was.same(now):
                retained[name] = was
                continue
            gone += [] if was is None else [was]
            new += [] if now is None else [now]
        course = reading.course.edited(gone, new) if gone or new else reading.course
        return Edit(reading, course, also, items, retained)

    def _retained(
        self, reading: Reading, also: AbstractSet[str], changed: Mapping[str, Item | None]
    ) -> dict[str, Item]:
        """The urgent advice that entries keep in force, each after the last event that was recorded before it."""
        ledger = self.ledger
        found = {}
        for entry in ledger.retaining:
            if ledger.retains(entry, also):
                known = reading.retained.get(entry.id)
                at = self._latest(reading, entry.id, changed, None if known is None else known.at)
                if at is not None:
                    found[entry.id] = ledger.retaining_item(entry, at)
        return found

    def _latest(
        self, reading: Reading, name: str, changed: Mapping[str, Item | None], known: datetime | None
    ) -> datetime | None:
        """The last moment of the events recorded up to an entry, as they count in a reading; None without an event."""
        number = self.ledger.number(name)
        for root, after in changed.items():
            before = reading.items.get(root)
            if known is None or self.ledger.number(root) > number:
                continue
            if after is not None and after.at >= known:
                known = after.at
            elif before is not None and before.at == known:
                known = None
        if known is not None:
            return known
        every: Iterable[Item | None] = ({**reading.items, **changed} if changed else reading.items).values()
        return max(
            (item.at for item in every if item is not None and item.event is not None and item.sequence <= number),
            default=None,
        )

    def _joined(self, standing: Course, beside: Course | None) -> Fold:
        """The fold of the reading that stands, with the urgent advice that only the other reading calls for."""
        # A copy, because a fold of the path that held its past would hold itself in memory.
        fold, past = standing.fold.copy(), Past(standing.path, standing.size)
        if beside is None:
            _tell_past(fold, past)
            return fold
        other, others = beside.fold.copy(), Past(beside.path, beside.size)
        _tell_past(other, others)
        _tell_past(fold, past.beside(others, self.compiled.now_mask))
        stand_beside(fold, other)
        return fold


def _tell_past(fold: Fold, past: Past) -> None:
    """Give a fold its past. Where no rule counts days in its state, give it the day of entry (see `convergence`)."""
    fold.past = past
    if fold.record.at is not None and fold.state not in fold.compiled.counting_days:
        entered = past.entered_on()
        if entered is not None:
            fold.record.count_days_from(entered)


def stand_beside(fold: Fold, other: Fold) -> None:
    """Keep in force, in the reading that stands, the urgent advice that only the other reading calls for."""
    fold.beside = other
    record = fold.record
    fold.lent = only = other.active & ~other.aside & fold.compiled.now_mask & ~record.active
    record.active |= only


def told_of_both(outcome: Outcome, other: Outcome, before: int, after: int, urgent: int) -> Outcome:
    """The outcome of an event for the advice of both readings. `before`, `after`: advice in force, as bit masks."""
    up, down = after & ~before, before & ~after
    completed = (outcome.completed | down & other.completed) & ~after
    return outcome.changed(
        raised=outcome.raised & ~before | up,
        completed=completed,
        left_undone=(outcome.left_undone | down & other.left_undone) & ~after,
        withdrawn=(outcome.withdrawn | down & ~completed) & ~after,
        deviations=() if excused(other, urgent) else outcome.deviations,
    )
