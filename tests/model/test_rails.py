"""One logic, four readings: Python source, solver terms, the plain evaluator and a back end of twenty lines agree.

The plain evaluator shares nothing with `Rails`. The toy back end shows how little a new language has to say: here a
formula is the set of those records in which it holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathway.model.assumed import assumed_truth
from pathway.model.guards import Below, Compare, InForce, InState, IsTrue, Known, Not, OneOf, Shown, Within, walk
from pathway.model.rails import Rails
from pathway.run.evaluate import Evaluator
from tests.readings import COMPILED, GUARDS, LEAVES, RANDOM_GUARDS, AsSymbolicState, decided, settled, some_record

if TYPE_CHECKING:
    from pathway.run.record import Record


class Sets(Rails[frozenset]):
    """A formula is the set of the numbers of those records in which it holds."""

    def __init__(self, records: list[Record]) -> None:
        super().__init__()
        self.evaluators = [Evaluator(COMPILED, record) for record in records]

    def leaf(self, leaf, *, want):
        return self._where(lambda one: one.truth(leaf) is want)

    def in_state(self, states):
        return self._where(lambda one: one.record.state in states)

    def in_force(self, advice):
        return self._where(lambda one: one.record.active >> COMPILED.place_of[advice] & 1)

    def conj(self, parts):
        return self._all.intersection(*parts)

    def disj(self, parts):
        return frozenset().union(*parts)

    def neg(self, of):
        return self._all - of

    def at_least(self, n, parts):
        found = list(parts)
        return frozenset(number for number in self._all if sum(number in part for part in found) >= n)

    @property
    def _all(self):
        return self._where(lambda _: True)

    def _where(self, test):
        return frozenset(number for number, one in enumerate(self.evaluators) if test(one))


def agree(guard, records: list[Record]) -> set[bool | None]:
    """Hold all readings together on some records; the truths that they found."""
    sets, found = Sets(records), set()
    true, false = sets.true(guard), sets.false(guard)
    for number, record in enumerate(records):
        plain = Evaluator(COMPILED, record).truth(guard)
        symbolic = AsSymbolicState(record)
        assert decided(guard, record) is plain, (guard, number)
        assert (settled(symbolic.true(guard)), settled(symbolic.false(guard))) == (plain is True, plain is False), guard
        assert (number in true, number in false) == (plain is True, plain is False), (guard, number)
        nodes = [one for one in walk(guard) if isinstance(one, (*_LEAF_KINDS, InState, InForce))]
        assert assumed_truth(guard, {one: Evaluator(COMPILED, record).truth(one) for one in nodes}) is plain, guard
        found.add(plain)
    return found


_LEAF_KINDS = (Compare, OneOf, IsTrue, Known, Below, Within)
RECORDS = [some_record(seed) for seed in range(12)]


def test_all_readings_of_every_guard_of_the_pathway_agree():
    found = set().union(*(agree(guard, RECORDS[:6]) for guard in GUARDS))
    assert found == {True, False, None}, "the records tell nothing apart"


@settings(max_examples=150, deadline=None)
@given(RANDOM_GUARDS, st.integers(0, 10_000))
def test_all_readings_of_any_guard_agree_on_any_record(guard, seed):
    agree(guard, [some_record(seed), some_record(seed + 1)])


@pytest.mark.parametrize("kind", _LEAF_KINDS)
def test_the_pathway_has_leaves_of_every_kind_to_agree_on(kind):
    assert any(isinstance(leaf, kind) for leaf in LEAVES)


def test_what_is_assumed_of_a_part_stands_before_what_its_leaves_say():
    leaf = IsTrue("fever")
    part = Shown(leaf)
    assert assumed_truth(Not(part), {leaf: True}) is False
    assert assumed_truth(Not(part), {leaf: True, part: None}) is None
