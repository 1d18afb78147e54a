"""A stretch of what happened, and how it was folded: once for each state in which a case came to it."""

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
"""How many ways of folding it a segment remembers."""


class Run:
    """One way in which a segment was folded: the fold before it, what each batch did, and the fold after it.

    Where nothing happened before, there is no fold before it: None. Nobody changes the two folds, but for the last one
    of a course, which goes on.
    """

    __slots__ = ("after", "before", "outcomes")

    def __init__(self, before: Fold | None, outcomes: list[Outcome | None], after: Fold) -> None:
        self.before = before
        self.outcomes = outcomes
        self.after = after

    def is_after(self, before: Fold | None) -> bool:
        """Whether it goes on from a fold, or from one that goes on alike."""
        if self.before is None or before is None:
            return self.before is before
        return self.before is before or same_course(self.before, before)


class Segment:
    """Batches in their order, each with its key. A batch is one item, or reports that count together.

    `runs` are the ways in which it was folded last. Courses that have the same segment share them.
    """

    __slots__ = ("batches", "keys", "runs")

    def __init__(self, keys: list[Key], batches: list[Batch]) -> None:
        self.keys = keys
        self.batches = batches
        self.runs: list[Run] = []

    def fold(self, before: Fold | None, begin: Callable[[], Fold]) -> Run:
        """The way in which it is folded after `before`, or from the beginning: one that is remembered, or a new one."""
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
        """The same batches, of which no folding is known."""
        return Segment(self.keys[:], self.batches[:])

    def split(self, longest: int) -> list[Segment]:
        """The segment in parts of at most about so many batches; what has one key stays together."""
        parts, begin = [], 0
        while begin < len(self.keys):
            end = min(begin + longest, len(self.keys))
            while end < len(self.keys) and self.keys[end] == self.keys[end - 1]:
                end += 1
            parts.append(Segment(self.keys[begin:end], self.batches[begin:end]))
            begin = end
        return parts
