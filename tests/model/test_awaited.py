"""What is awaited: the bits that a case computes, and what a proof says that the answer names, are the same."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathway import PATHWAY
from pathway.definition.facts import ANC, FEVER, HB, PETECHIAE, WBC
from pathway.model.awaited import WhateverComes, reportable
from pathway.model.guards import IsTrue, all_of, any_of, at_least, in_report, in_state, shown
from pathway.run.compile import Compiler
from pathway.run.record import Record
from pathway.verify.waiting import AwaitsSomething
from tests.children import BORN
from tests.readings import COMPILED, GUARDS, RANDOM_GUARDS, AsSymbolicState, settled, some_record

RECORDS = [some_record(seed) for seed in range(4)]


def function_of(guard, *, want: bool, revisable: bool):
    compiler = Compiler(PATHWAY, COMPILED.layout)
    awaited = compiler.revised if revisable else compiler.unknown
    waits = [f"return {awaited.waits(guard, want=want)}"]
    return compiler.function("waits", lambda: waits, (), awaited.sure)


def agree(guard, records: list[Record], *, want: bool, revisable: bool) -> bool:
    """Hold the two back ends together; whether anything was awaited of any record."""
    bits, found = function_of(guard, want=want, revisable=revisable), False
    for record in records:
        named = bits(record)
        assert not named & ~COMPILED.layout.visible, "what nobody can report is not awaited"
        proof = AwaitsSomething(WhateverComes(AsSymbolicState(record).terms(), PATHWAY, revisable=revisable))
        assert settled(proof.waits(guard, want=want)) == bool(named), guard
        found |= bool(named)
    return found


@pytest.mark.parametrize("revisable", [False, True])
def test_run_and_proof_await_something_of_the_same_guards_of_the_pathway(revisable):
    found = {agree(guard, RECORDS, want=want, revisable=revisable) for guard in GUARDS for want in (True, False)}
    assert found == {True, False}


@settings(max_examples=100, deadline=None)
@given(RANDOM_GUARDS, st.integers(0, 10_000), st.booleans(), st.booleans())
def test_run_and_proof_await_something_of_the_same_guards_whatever_they_are(guard, seed, want, revisable):
    agree(guard, [some_record(seed)], want=want, revisable=revisable)


def names(guard, *, revisable: bool = False, **values) -> set[str]:
    record = Record(COMPILED, BORN, None)
    for name, value in values.items():
        record.episode.values[COMPILED.layout.index[name]] = value
    return set(COMPILED.layout.names_in(function_of(guard, want=True, revisable=revisable)(record)))


def test_all_parts_of_an_all_are_awaited_until_one_of_them_is_false():
    guard = all_of(FEVER, PETECHIAE)
    assert names(guard) == {"fever", "petechiae"}
    assert names(guard, fever=True) == {"petechiae"}
    assert names(guard, fever=False) == set()


def test_all_parts_of_an_any_are_awaited_until_one_of_them_is_true():
    guard = any_of(FEVER, PETECHIAE)
    assert names(guard, fever=False) == {"petechiae"}
    assert names(guard, fever=True) == set()


def test_at_least_waits_until_the_number_is_reached_or_out_of_reach():
    guard = at_least(2, FEVER, PETECHIAE, ANC.known())
    assert names(guard) == {"anc", "fever", "petechiae"}
    assert names(guard, fever=True, petechiae=True) == set()


def test_what_is_not_shown_is_not_awaited_and_what_is_asked_to_be_shown_is():
    assert names(shown(FEVER)) == {"fever"}
    assert names(~shown(FEVER)) == set()


def test_a_report_that_is_still_to_come_is_awaited_and_a_state_is_not():
    assert names(in_report(WBC.known() & HB.known())) == {"wbc", "hb"}
    assert names(in_state("smear")) == set()


def test_where_every_fact_may_be_reported_otherwise_a_false_flag_is_awaited():
    assert names(FEVER.as_guard(), fever=False) == set()
    assert names(FEVER.as_guard(), revisable=True, fever=False) == {"fever"}
    assert names(FEVER.as_guard(), revisable=True, fever=True) == set()


def test_flags_that_the_fold_raises_by_itself_are_asked_of_nobody():
    raised = {kind.authority.raises for kind in PATHWAY.events if kind.authority}
    raised |= {kind.flags_held for kind in PATHWAY.events if kind.flags_held}
    assert raised and not raised & reportable(PATHWAY)
    for name in raised:
        assert names(IsTrue(name)) == set() == names(IsTrue(name, "report"))
