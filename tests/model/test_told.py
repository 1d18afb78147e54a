"""Whether the report at hand tells a guard: the written guard says what a look at the report says."""

from __future__ import annotations

import pytest
from attrs import evolve

from pathway import PATHWAY
from pathway.model.derived import Captured, Clock, Grade, Held, Latched, Settled
from pathway.model.guards import (
    NEVER,
    REPORT,
    All,
    AnyOf,
    AtLeast,
    InForce,
    InState,
    IsTrue,
    Known,
    Named,
    Not,
    Shown,
    in_report,
)
from pathway.model.told import told
from pathway.run.compiled import compiled
from pathway.run.evaluate import Evaluator
from tests.readings import some_record

GROUNDS = [advice.when for advice in PATHWAY.advice]
CONDITIONS = [condition.guard for condition in PATHWAY.conditions]
COMPILED = compiled(PATHWAY)
FLAGS = {kind.authority.raises: kind.authority for kind in PATHWAY.events if kind.authority}


def is_told(guard, record, want=True):
    """By a look at the record: the guard is true (or false), and something of it stands in the report."""
    evaluator = Evaluator(COMPILED, record)

    def so(part):
        return evaluator.truth(part) is want

    match guard:
        case InState() | InForce():
            return False
        case Not():
            return is_told(guard.of, record, not want)
        case Shown() | Named():
            return is_told(guard.of, record, want)
        case All() | AnyOf() if isinstance(guard, All) is want:
            return so(guard) and any(is_told(part, record, want) for part in guard.of)
        case All() | AnyOf():
            return any(is_told(part, record, want) for part in guard.of)
        case AtLeast():
            return so(guard) and any(so(part) and is_told(part, record, want) for part in guard.of)
    derived = PATHWAY.derived_by_name.get(guard.fact)
    if isinstance(derived, Latched):
        return want and is_told(derived.when, record)
    if isinstance(derived, Clock | Grade) or (isinstance(guard, Known) and not want):
        return False
    if isinstance(derived, Held | Settled | Captured):
        reading = derived.of if isinstance(derived, Captured) else derived.fact
        return so(guard) and evaluator.truth(Known(reading, REPORT)) is True
    if so(evolve(guard, scope=REPORT)):
        return True
    authority = FLAGS.get(guard.fact)
    if authority is not None and so(guard):
        return evaluator.truth(authority.on if want else authority.clears) is True
    counted = [kind for kind in PATHWAY.events if kind.flags_held == guard.fact]
    names = [name for kind in counted for name in (*(field.fact for field in kind.fields), *kind.records)]
    return so(guard) and any(evaluator.truth(Known(name, REPORT)) is True for name in names)


@pytest.mark.parametrize("part", range(4))
def test_every_ground_and_condition_is_told_where_a_look_at_the_report_says_so(part):
    seen = set()
    guards = [*GROUNDS, *CONDITIONS][part::4]
    for seed in range(150):
        record = some_record(seed)
        for number, guard in enumerate(guards):
            found = Evaluator(COMPILED, record).truth(told(guard, PATHWAY)) is True
            assert found is is_told(guard, record), (seed, guard)
            seen.add((number, found))
    assert len({number for number, found in seen if found}) > len(guards) // 2


def test_the_facts_of_before_tell_nothing():
    """The record knows a low count; the report at hand is a temperature."""
    case_ground = PATHWAY.condition("low_count").guard
    record = some_record(1)
    record.report = COMPILED.silence
    assert Evaluator(COMPILED, record).truth(told(case_ground, PATHWAY)) is not True


def test_that_something_is_unknown_is_told_by_no_report():
    assert told(~Known("hb"), PATHWAY) == NEVER
    assert told(in_report(Known("hb")), PATHWAY) == Known("hb", REPORT)
    assert told(Not(IsTrue("fever")), PATHWAY) == Not(IsTrue("fever", REPORT))
