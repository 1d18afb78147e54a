"""What a guard waits for: the facts that, once known, could make it true. Written once for the run and the proofs.

The next report has not arrived. So a guard counts as decided only where no next report can change it. Facts that the
guard reads in the report are open, and so is the time that passes in a state.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Generic, TypeVar, assert_never

from pathway.model.derived import AtMost, Captured, Clock, Excess, Grade, Held, Latched, Product, Settled
from pathway.model.guards import (
    REPORT,
    All,
    AnyOf,
    AtLeast,
    Below,
    Compare,
    Guard,
    InForce,
    InState,
    IsTrue,
    Known,
    Leaf,
    Named,
    Not,
    OneOf,
    Shown,
    Within,
    leaves,
)
from pathway.model.rails import F, Rails, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

    from pathway.model.pathway import Pathway

W = TypeVar("W")
"""A set of awaited facts in the language of a back end."""


class WhateverComes(Reading[F]):
    """Reads a guard as decided only where no next report can change it. `here` reads guards as they are now.

    Only `Known` and the facts of an authority can still change: an unknown fact may become known, and a report without
    authority may be followed by a report with authority. With `revisable` every fact may still be reported with another
    value: for a case in which nothing is unknown.
    """

    def __init__(self, here: Rails[F], pathway: Pathway, *, revisable: bool = False) -> None:
        super().__init__(here)
        self.pathway = pathway
        self.revisable = revisable
        self.replaceable = set(pathway.facts_by_name) if revisable else _of_authority(pathway)
        self._passing = {
            clock.name for clock in pathway.derived if isinstance(clock, Clock) and clock.counts == "days_in_state"
        }

    def leaf(self, leaf: Leaf, *, want: bool) -> F:
        """Where a leaf is true (or, without `want`, false) and no report can change that."""
        if leaf.scope == REPORT or leaf.fact in self._passing:
            return self.disj(())
        if not want and (isinstance(leaf, Known) or leaf.fact in self.replaceable):
            return self.disj(())
        return self.here.leaf(leaf, want=want)

    def write(self, guard: Guard, *, want: bool) -> F:
        """The formula of `rail`, written anew."""
        if isinstance(guard, Not) and isinstance(guard.of, Known) and guard.of.scope != REPORT:
            # A guard that is true while a fact is unknown waits for no report: it is read as it is now.
            return self.here.leaf(guard.of, want=not want)
        return super().write(guard, want=want)


class Awaited(ABC, Generic[F, W]):
    """The facts that a guard waits for: use `waits`. A back end writes three small methods in its language."""

    def __init__(self, sure: WhateverComes[F]) -> None:
        self.sure = sure
        self._pathway = sure.pathway
        self._reportable = reportable(sure.pathway)

    @abstractmethod
    def of_fact(self, fact: str) -> W:
        """That fact alone."""

    @abstractmethod
    def any_of(self, waits: Iterable[W]) -> W:
        """The facts of all parts together; no fact if there is no part."""

    @abstractmethod
    def unless(self, decided: F, waits: W) -> W:
        """The awaited facts where the formula `decided` does not hold; no fact where it holds."""

    def waits(self, guard: Guard, *, want: bool = True, never: Iterable[bool] = ()) -> W:
        """The facts that stand between a guard and being true (or, without `want`, false).

        `never`: truths (true, false) that the caller has found not to be certain; they are not asked about again.
        """
        match guard:
            case Compare() | OneOf() | IsTrue() | Known() | Below() | Within():
                return self._leaf(guard, want=want)
            case InState() | InForce():
                return self._nothing()
            case Not():
                return self.waits(guard.of, want=not want, never=[not truth for truth in never])
            case Shown():
                if not want:
                    return self._nothing()
                settled = self._settled(guard.of, {True}.difference(never))
                return self.unless(settled, self.waits(guard.of, never=(True,)))
            case Named():
                return self.waits(guard.of, want=want, never=never)
            case All() | AnyOf():
                # A false part settles an `all`, a true part an `any`. Until then every part counts; none is surely so.
                settles = isinstance(guard, AnyOf)
                settled = self._settled(guard, {settles}.difference(never))
                return self.unless(settled, self._of_parts(guard, want=want, never=(settles,)))
            case AtLeast():
                settled = self._settled(guard, {True, False}.difference(never))
                return self.unless(settled, self._of_parts(guard, want=want))
            case _:
                assert_never(guard)

    def _settled(self, guard: Guard, truths: Set[bool]) -> F:
        """Where a guard certainly has one of `truths`."""
        return self.sure.disj([self.sure.rail(guard, want=truth) for truth in (True, False) if truth in truths])

    def _of_parts(self, guard: All | AnyOf | AtLeast, *, want: bool, never: Iterable[bool] = ()) -> W:
        return self.any_of([self.waits(part, want=want, never=never) for part in guard.of])

    def _leaf(self, leaf: Leaf, *, want: bool) -> W:
        if isinstance(leaf, Known) and not want:
            return self._nothing()
        here, fact = self.sure.here, leaf.fact
        if leaf.scope == REPORT:
            return self._fact(fact)
        if fact in self.sure.replaceable:
            return self.unless(here.leaf(leaf, want=want), self._fact(fact))
        known = here.leaf(Known(fact, leaf.scope), want=True)
        if self._pathway.door and isinstance(leaf, Compare | Below | Within):
            # A bound may leave the comparison open: then the amount itself is still awaited.
            answered = self.sure.disj([here.exact(leaf), *(here.leaf(leaf, want=want) for want in (True, False))])
            known = self.sure.conj([known, answered])
        derived = self._pathway.derived_by_name.get(fact)
        match derived:
            case None:
                return self.unless(known, self._fact(fact))
            case Latched():
                true = here.leaf(IsTrue(fact, leaf.scope), want=True)
                return self.unless(true if self.sure.revisable else known, self.waits(derived.when))
            case Held() | Settled():
                return self.unless(known, self._fact(derived.fact))
            case Captured():
                return self.unless(known, self._fact(derived.of))
            case AtMost():
                return self.unless(known, self._fact(derived.part))
            case Clock() | Excess() | Grade() | Product():
                # A clock is never unknown. The others are computed from reported facts, which are awaited themselves.
                return self._nothing()
            case _:
                assert_never(derived)

    def _fact(self, fact: str) -> W:
        return self.of_fact(fact) if fact in self._reportable else self._nothing()

    def _nothing(self) -> W:
        return self.any_of(())


def reportable(pathway: Pathway) -> frozenset[str]:
    """The facts that a reader can be asked for: no derived facts, and no flags that the fold raises by itself."""
    raised = {kind.authority.raises for kind in pathway.events if kind.authority is not None}
    raised |= {kind.flags_held for kind in pathway.events}
    raised |= {kind.counted_by.flag for kind in pathway.events if kind.counted_by is not None}
    return frozenset(pathway.facts_by_name) - raised


def _of_authority(pathway: Pathway) -> set[str]:
    """The facts by which a report has authority."""
    return {leaf.fact for kind in pathway.events if kind.authority for leaf in leaves(kind.authority.when)}
