"""Three-valued logic, written once: a guard becomes two formulas, one for "is true" and one for "is false".

Where neither formula holds, the guard is unknown. So a language of two values can express three: Python source, terms
of a solver, columns. `Rails` knows the connectives; a back end is a subclass with seven small methods in its language.
The plain evaluator (`pathway.run.evaluate`) does not use this class: it is a second opinion, and tests compare the two.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Generic, TypeVar, assert_never

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
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Set

F = TypeVar("F")
"""A formula in the language of a back end: it holds or does not hold, and is never unknown."""


class Rails(ABC, Generic[F]):
    """Writes guards as pairs of formulas. Use `true` and `false`.

    `written` holds formulas that are written already. `rail` looks there first, so that a back end can write a guard
    once and name it afterwards.
    """

    def __init__(self) -> None:
        self.written: dict[tuple[Guard, bool], F] = {}

    @abstractmethod
    def leaf(self, leaf: Leaf, *, want: bool) -> F:
        """Where a leaf is true (or, without `want`, false). Neither holds for a leaf whose fact has no value."""

    @abstractmethod
    def in_state(self, states: tuple[str, ...]) -> F:
        """Where the case is in one of some states."""

    @abstractmethod
    def in_force(self, advice: str) -> F:
        """Where an advice is in force."""

    @abstractmethod
    def conj(self, parts: Iterable[F]) -> F:
        """Where every part holds; everywhere if there is no part."""

    @abstractmethod
    def disj(self, parts: Iterable[F]) -> F:
        """Where some part holds; nowhere if there is no part."""

    @abstractmethod
    def neg(self, of: F) -> F:
        """Where a formula does not hold."""

    @abstractmethod
    def at_least(self, n: int, parts: Iterable[F]) -> F:
        """Where at least `n` of the parts hold."""

    def exact(self, leaf: Leaf) -> F:  # noqa: ARG002  # for back ends that know bounds
        """Where the value that a leaf reads is no bound. A back end without bounds need not say it."""
        return self.conj(())

    def true(self, guard: Guard) -> F:
        """Where the guard is true."""
        return self.rail(guard, want=True)

    def false(self, guard: Guard) -> F:
        """Where the guard is false. An unknown guard is neither true nor false."""
        return self.rail(guard, want=False)

    def rail(self, guard: Guard, *, want: bool) -> F:
        """Where the guard is true (or, without `want`, false)."""
        found = self.written.get((guard, want)) if self.written else None
        return self.write(guard, want=want) if found is None else found

    def write(self, guard: Guard, *, want: bool) -> F:
        """The formula of `rail`, written anew."""
        match guard:
            case Compare() | OneOf() | IsTrue() | Known() | Below() | Within():
                return self.leaf(guard, want=want)
            case InState():
                return self._either_way(self.in_state(guard.states), want=want)
            case InForce():
                return self._either_way(self.in_force(guard.advice), want=want)
            case Not():
                return self.rail(guard.of, want=not want)
            case Shown():
                return self._either_way(self.true(guard.of), want=want)
            case Named():
                return self.rail(guard.of, want=want)
            case All() | AnyOf():
                # An `all` is false where some part is false, an `any` where every part is false.
                join = self.conj if isinstance(guard, All) is want else self.disj
                return join([self.rail(part, want=want) for part in guard.of])
            case AtLeast():
                # The guard is false where so many parts are false that `n` parts can no longer be true.
                enough = guard.n if want else len(guard.of) - guard.n + 1
                return self.at_least(enough, [self.rail(part, want=want) for part in guard.of])
            case _:
                assert_never(guard)

    def _either_way(self, formula: F, *, want: bool) -> F:
        return formula if want else self.neg(formula)


class Reading(Rails[F]):
    """Reads guards in another way than `here`, in the language of `here`. A subclass says how a leaf is read."""

    def __init__(self, here: Rails[F]) -> None:
        super().__init__()
        self.here = here

    def in_state(self, states: tuple[str, ...]) -> F:
        """As `here` reads it."""
        return self.here.in_state(states)

    def exact(self, leaf: Leaf) -> F:
        """As `here` reads it."""
        return self.here.exact(leaf)

    def in_force(self, advice: str) -> F:
        """As `here` reads it."""
        return self.here.in_force(advice)

    def conj(self, parts: Iterable[F]) -> F:
        """In the language of `here`."""
        return self.here.conj(parts)

    def disj(self, parts: Iterable[F]) -> F:
        """In the language of `here`."""
        return self.here.disj(parts)

    def neg(self, of: F) -> F:
        """In the language of `here`."""
        return self.here.neg(of)

    def at_least(self, n: int, parts: Iterable[F]) -> F:
        """In the language of `here`."""
        return self.here.at_least(n, parts)


class ReportOf(Reading[F]):
    """Reads guards while a report is at hand that gives only `facts`: every other fact of the report is unknown."""

    def __init__(self, here: Rails[F], facts: Set[str]) -> None:
        super().__init__(here)
        self.facts = facts

    def leaf(self, leaf: Leaf, *, want: bool) -> F:
        """A leaf of another fact is neither true nor false. Only `Known` is never unknown: it is false."""
        if leaf.scope != REPORT or leaf.fact in self.facts:
            return self.here.leaf(leaf, want=want)
        return self.conj(()) if isinstance(leaf, Known) and not want else self.disj(())
