"""One reading of a case, folded: its items in the order of time, and the fold after them.

The items stand in short segments, and each segment remembers its runs. An item that comes late, or goes, makes one
segment new. The segments after it are folded again only while the case comes to them as it never did before. Where the
case comes to a segment as before, the rest stays as it was.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from pathway.run.past import Past
from pathway.run.segment import Run, Segment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from pathway.run.fold import Fold
    from pathway.run.item import Item, Key
    from pathway.run.outcome import Outcome

LENGTH = 16
"""About how many batches a segment has."""


class Course:
    """Items in `segments`, and `path`: the run of each segment in this course, None while the segment changes.

    Both lists grow at their ends. A change before the end makes another course (`edited`).
    """

    __slots__ = ("_begin", "_merges", "fold", "last", "path", "segments")

    def __init__(self, begin: Callable[[], Fold], *, merges: bool) -> None:
        """`begin` makes a fold to which nothing has happened; `merges`: reports of one key are one batch."""
        self._begin = begin
        self._merges = merges
        self.fold = begin()
        self.segments: list[Segment] = []
        self.path: list[Run | None] = []
        self.last: Key | None = None

    @property
    def size(self) -> tuple[int, int]:
        """The number of segments before the last one, and the number of batches in the last one."""
        return (len(self.segments) - 1, len(self.segments[-1].batches)) if self.segments else (0, 0)

    def items(self) -> Iterator[Item]:
        """The items, in the order of time."""
        for segment in self.segments:
            for batch in segment.batches:
                yield from batch

    def append(self, item: Item) -> Outcome | None:
        """Fold an item that comes after all others. Raises `BadInput` where transitions do not come to rest."""
        if not self.segments or len(self.segments[-1].batches) >= LENGTH:
            self._begin_segment()
        segment, run, batch = self.segments[-1], self.path[-1], (item,)
        assert run is not None
        try:
            outcome = self.fold.apply(batch)
        except BaseException:
            run.after = self.fold = self._after(run.before, segment.batches)
            if not segment.keys:
                self.segments.pop()
                self.path.pop()
            raise
        self.last = item.at, item.rank
        segment.keys.append(self.last)
        segment.batches.append(batch)
        run.outcomes.append(outcome)
        return outcome

    def outcome_of(self, item: Item) -> Outcome | None:
        """The outcome of the batch that holds an item."""
        number = self._segment_of(item.key)
        segment = self.segments[number]
        for place in range(bisect_left(segment.keys, item.key), bisect_right(segment.keys, item.key)):
            if any(member.entry == item.entry for member in segment.batches[place]):
                return self._run(number).outcomes[place]
        return None

    def at(self, moment: datetime, size: tuple[int, int]) -> tuple[Fold, Past]:
        """A copy of the fold at a moment, with its past, as the course was when it had this `size`."""
        if not self.segments:
            return self._begin(), Past([], (0, 0))
        number = bisect_right(self.segments, moment, hi=size[0] + 1, key=lambda segment: segment.keys[0][0]) - 1
        if number < 0:
            return self._begin(), Past([], (0, 0))
        segment = self.segments[number]
        known = size[1] if number == size[0] else len(segment.batches)
        count = bisect_right(segment.keys, moment, hi=known, key=lambda key: key[0])
        whole = count == len(segment.batches)
        run = self._run(number)
        fold = run.after.copy() if whole else self._after(run.before, segment.batches[:count])
        return fold, Past(self.path, (number, count))

    def edited(self, gone: Sequence[Item], new: Sequence[Item]) -> Course:
        """Another course, without some items and with others. This course stays as it is."""
        other = Course.__new__(Course)
        other._begin, other._merges = self._begin, self._merges
        other.segments, other.path = self.segments[:], self.path[:]
        if other.segments:
            # This course goes on adding to its last segment, so the other course gets a copy.
            tail = other.segments[-1] = other.segments[-1].copy()
            tail.runs.append(other._run(-1))
        changed = [other._remove(item) for item in gone] + [other._insert(item) for item in new]
        if changed:
            other._fold_again(min(changed))
        other._own_end()
        return other

    def filled(self, items: Sequence[Item]) -> Course:
        """A course with these items: this course, which must be empty, or another one."""
        keys = [(item.at, item.rank) for item in items]
        if any(key >= following for key, following in pairwise(keys)):
            return self.edited([], items)
        for begin in range(0, len(items), LENGTH):
            self._begin_segment()
            segment, run, apply = self.segments[-1], self.path[-1], self.fold.apply
            assert run is not None
            segment.keys = keys[begin : begin + LENGTH]
            segment.batches = [(item,) for item in items[begin : begin + LENGTH]]
            run.outcomes += [apply(batch) for batch in segment.batches]
        if keys:
            self.last = keys[-1]
        return self

    # --- inside -------------------------------------------------------------------------------------------------------

    def _begin_segment(self) -> None:
        before = self.fold if self.segments else None
        if before is not None:
            self.fold = before.copy()
        segment, run = Segment([], []), Run(before, [], self.fold)
        segment.runs.append(run)
        self.segments.append(segment)
        self.path.append(run)

    def _after(self, before: Fold | None, batches: Sequence[tuple[Item, ...]]) -> Fold:
        fold = self._begin() if before is None else before.copy()
        for batch in batches:
            fold.apply(batch)
        return fold

    def _segment_of(self, key: Key) -> int:
        """The number of the segment in which a key has its place."""
        return max(0, bisect_right(self.segments, key, key=lambda segment: segment.keys[0]) - 1)

    def _remove(self, item: Item) -> int:
        """Take an item out; the number of the first segment that must be folded again."""
        number, segment = self._changing(item)
        for place in range(bisect_left(segment.keys, item.key), bisect_right(segment.keys, item.key)):
            left = tuple(member for member in segment.batches[place] if member is not item)
            if len(left) == len(segment.batches[place]):
                continue
            if left:
                segment.batches[place] = left
            else:
                del segment.keys[place], segment.batches[place]
            if not segment.keys:
                del self.segments[number], self.path[number]
                # The next segment comes after another one now, even where an earlier change leaves no trace.
                if number < len(self.path):
                    self.path[number] = None
            return number
        raise AssertionError(f"{item.entry} is not in the course")

    def _insert(self, item: Item) -> int:
        """Put an item in; the number of the first segment that must be folded again."""
        if not self.segments:
            self.segments, self.path = [Segment([item.key], [(item,)])], [None]
            return 0
        number, segment = self._changing(item)
        place, end = bisect_left(segment.keys, item.key), bisect_right(segment.keys, item.key)
        if self._merges and item.event is not None and place < end:
            segment.batches[place] = tuple(sorted((*segment.batches[place], item), key=lambda member: member.sequence))
            return number
        while place < end and segment.batches[place][0].tie < item.tie:
            place += 1
        segment.keys.insert(place, item.key)
        segment.batches.insert(place, (item,))
        if len(segment.keys) > 2 * LENGTH:
            parts = segment.split(LENGTH)
            self.segments[number : number + 1], self.path[number : number + 1] = parts, [None] * len(parts)
        return number

    def _changing(self, item: Item) -> tuple[int, Segment]:
        """The number and a copy of an item's segment, which may be changed. Its run is not known any more."""
        number = self._segment_of(item.key)
        segment = self.segments[number] = self.segments[number].copy()
        self.path[number] = None
        return number, segment

    def _fold_again(self, first: int) -> None:
        """Fold the segments again, from the first that has changed to where the path is as it was."""
        path, unknown = self.path, self.path.count(None)
        before = self._ended(first)
        for number in range(first, len(path)):
            known = path[number]
            if known is None:
                run, unknown = self.segments[number].fold(before, self._begin), unknown - 1
            elif known.is_after(before):
                if not unknown:
                    return
                run = known
            else:
                run = self.segments[number].fold(before, self._begin)
            path[number], before = run, run.after

    def _ended(self, count: int) -> Fold | None:
        """The fold after the first `count` segments, whose runs are known; None for no segment."""
        return self._run(count - 1).after if count else None

    def _own_end(self) -> None:
        """Give this course an end of its own: other courses may have the same last segment."""
        if not self.segments:
            self.fold, self.last = self._begin(), None
            return
        self.last = self.segments[-1].keys[-1]
        run = self._run(-1)
        self.fold = run.after.copy()
        tail = self.segments[-1] = self.segments[-1].copy()
        tail.runs.append(Run(run.before, run.outcomes[:], self.fold))
        self.path[-1] = tail.runs[0]

    def _run(self, number: int) -> Run:
        run = self.path[number]
        assert run is not None, "every segment has been folded"
        return run
