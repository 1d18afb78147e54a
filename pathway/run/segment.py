"""A segment of the items of a case, and its runs: a run for each condition in which the case came to the segment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.run.convergence import same_course

if TYPE_CHECKING:
    from collections.abc import Callable

    from pathway.run.fold import Fold
    from pathway.run.item import Item, Key
    from pathway.run.outcome import Outcome

    Batch = tuple[Item, ...]

REMEMBERED = 6
"""The most runs that a segment remembers."""


class Run:
    """A folding of a segment: the fold before it, the outcome of each batch, and the fold after it.

    `before` is None for the first segment. Nobody changes the two folds, except the last fold of a course, which is
    folded on.
    """

    __slots__ = ("after", "before", "outcomes")

    def __init__(self, before: Fold | None, outcomes: list[Outcome | None], after: Fold) -> None:
        self.before = before
        self.outcomes = outcomes
        self.after = after

    def is_after(self, before: Fold | None) -> bool:
        """Whether the run goes on from the fold `before`, or from a fold that goes on alike."""
        if self.before is None or before is None:
            return self.before is before
        return self.before is before or same_course(self.before, before)


class Segment:
    """Batches in their order, each with its key. A batch is one item, or reports that count together.

    `runs` are its latest runs. Courses that have the same segment share them.
    """

    __slots__ = ("batches", "keys", "runs")

    def __init__(self, keys: list[Key], batches: list[Batch]) -> None:
        self.keys = keys
        self.batches = batches
        self.runs: list[Run] = []

    def fold(self, before: Fold | None, begin: Callable[[], Fold]) -> Run:
        """The run of the segment after `before`, or from the beginning: a remembered run, or a new run."""
        for run in self.runs:
            if run.is_after(before):
                return run
        after = begin() if before is None else before.copy()
        run = Run(before, [after.apply(batch) for batch in self.batches], after)
        if len(self.runs) == REMEMBERED:
            del self.runs[0]
        self.runs.append(run)
        return run

    def copy(self) -> Segment:
        """The same batches, without runs."""
        return Segment(self.keys[:], self.batches[:])

    def split(self, longest: int) -> list[Segment]:
        """The segment in parts of about `longest` batches at most. Batches of one key stay together."""
        parts, begin = [], 0
        while begin < len(self.keys):
            end = min(begin + longest, len(self.keys))
            while end < len(self.keys) and self.keys[end] == self.keys[end - 1]:
                end += 1
            parts.append(Segment(self.keys[begin:end], self.batches[begin:end]))
            begin = end
        return parts
