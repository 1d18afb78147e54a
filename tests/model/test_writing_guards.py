"""Guards as they are written: what is refused, what is flattened, and where a guard reads."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathway.definition.conditions import LOW_ANC, QUALIFIED_SMEAR
from pathway.definition.facts import ANC, BLASTS, BLASTS_PERCENT, FEVER, LINEAGE, PETECHIAE, WBC
from pathway.model.guards import (
    ALWAYS,
    NEVER,
    All,
    AnyOf,
    Below,
    Compare,
    InForce,
    InState,
    IsTrue,
    Known,
    Named,
    Not,
    OneOf,
    Within,
    all_of,
    any_of,
    in_report,
    in_state,
    latest,
    leaves,
    rescoped,
    shown,
    walk,
)
from tests.model.truths import COMPILED, FLAG_GUARDS, FLAGS, SCOPES, TRUTHS, many, record_with, truth
from tests.readings import decided

# --- writing guards -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("guard", [ALWAYS, NEVER, WBC < 6, ~FEVER, shown(FEVER), LOW_ANC, in_state("smear")], ids=repr)
def test_a_guard_has_no_truth_value_of_its_own(guard):
    with pytest.raises(TypeError, match="a guard has no truth value of its own"):
        bool(guard)


def test_and_or_and_not_of_python_are_refused_instead_of_dropping_half_a_guard():
    with pytest.raises(TypeError, match=r"Write & \| ~ instead of and, or, not"):
        _ = (WBC < 6) and (ANC < 1)
    with pytest.raises(TypeError):
        _ = (WBC < 6) or (ANC < 1)
    with pytest.raises(TypeError):
        _ = not (WBC < 6)
    with pytest.raises(TypeError):
        _ = 1 if WBC < 6 else 0


def test_a_chained_comparison_is_refused_instead_of_dropping_half_a_guard():
    with pytest.raises(TypeError, match=r"write \(1 <= FACT\) & \(FACT < 2\)"):
        _ = 1 < WBC < 2
    with pytest.raises(TypeError):
        _ = 20 <= BLASTS_PERCENT <= 30


def test_a_number_may_stand_on_either_side():
    limit = Decimal(6)
    reflected = limit > WBC, limit <= WBC
    assert reflected == (Compare("wbc", "<", limit), Compare("wbc", ">=", limit))


def test_a_long_and_is_one_and_and_a_long_or_is_one_or():
    one, two, three = WBC < 6, ANC < 1, FEVER.as_guard()
    assert one & two & three == one & (two & three) == All((one, two, three))
    assert one | two | three == one | (two | three) == AnyOf((one, two, three))
    assert (one & two) | three == AnyOf((All((one, two)), three))
    assert all_of(one & two, three) == All((All((one, two)), three)), "all_of keeps what it is given"


def test_always_and_never_are_not_swallowed_by_the_flattening():
    both, either = ALWAYS & FEVER, NEVER | FEVER
    assert both == All((ALWAYS, IsTrue("fever")))
    assert either == AnyOf((NEVER, IsTrue("fever")))


@many
@given(FLAG_GUARDS, FLAG_GUARDS, FLAG_GUARDS, st.lists(st.sampled_from(TRUTHS), min_size=4, max_size=4))
def test_flattening_changes_no_meaning(one, two, three, truths):
    values = dict(zip(FLAGS, truths, strict=True))
    assert truth(one & two & three, **values) is truth(All((one, All((two, three)))), **values)
    assert truth(one | two | three, **values) is truth(AnyOf((one, AnyOf((two, three)))), **values)


def test_a_flag_or_a_condition_stands_in_a_guard_as_it_is():
    both, contrary = FEVER & LOW_ANC, ~FEVER
    assert both == All((IsTrue("fever"), LOW_ANC))
    assert contrary == Not(IsTrue("fever"))
    assert any_of(FEVER, LOW_ANC) == AnyOf((IsTrue("fever"), LOW_ANC))


def test_guards_are_equal_by_what_they_say_and_can_be_keys():
    assert {WBC < 6: "low"}[WBC < "6.0"] == "low"
    assert (WBC < 6) != (WBC <= 6)


# --- where a guard reads --------------------------------------------------------------------------------------------


def test_in_report_and_latest_move_every_reading_of_the_episode():
    guard = all_of(WBC < 6, LINEAGE.is_("lymphoid"), FEVER, ANC.known(), ANC.below_reference(), ANC.within_reference())
    for scope, moved in (("report", in_report(guard)), ("latest", latest(guard))):
        assert {leaf.scope for leaf in leaves(moved)} == {scope}
        assert [type(leaf) for leaf in leaves(moved)] == [Compare, OneOf, IsTrue, Known, Below, Within]


def test_a_guard_that_was_moved_once_stays_where_it_was_put():
    assert latest(in_report(FEVER)) == in_report(FEVER)
    assert in_report(latest(FEVER)) == latest(FEVER)
    mixed = in_report(FEVER) & PETECHIAE
    assert [leaf.scope for leaf in leaves(latest(mixed))] == ["report", "latest"]


def test_a_named_condition_keeps_its_name_when_it_is_moved():
    moved = in_report(QUALIFIED_SMEAR)
    assert isinstance(moved, Named) and (moved.name, moved.scope) == ("qualified_smear", "report")
    assert {leaf.scope for leaf in leaves(moved)} == {"report"}


def test_states_and_advice_are_not_facts_and_stay():
    for guard in (InState(("smear",)), InForce("smear_now")):
        assert rescoped(guard, "report") == guard


@many
@given(FLAG_GUARDS, st.sampled_from(SCOPES))
def test_moving_a_guard_changes_where_it_reads_and_nothing_else(guard, scope):
    moved = rescoped(guard, scope)
    assert [type(node) for node in walk(moved)] == [type(node) for node in walk(guard)]
    assert [leaf.fact for leaf in leaves(moved)] == [leaf.fact for leaf in leaves(guard)]
    assert {leaf.scope for leaf in leaves(moved)} <= {scope}


def test_the_report_at_hand_is_not_the_episode():
    record = record_with(fever=True)
    record.report.values[COMPILED.layout.index["fever"]] = None
    assert decided(FEVER.as_guard(), record) is True
    assert decided(in_report(FEVER), record) is None
    assert decided(latest(FEVER), record) is True


def test_walking_a_guard_meets_each_node_once_outermost_first():
    guard = ~shown((BLASTS_PERCENT >= 20) | (BLASTS >= 1000))
    assert [type(node).__name__ for node in walk(guard)] == ["Not", "Shown", "AnyOf", "Compare", "Compare"]
