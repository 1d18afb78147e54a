"""Guards: three-valued logic as data. Held against a reference of four lines that shares nothing with them."""

from __future__ import annotations

from datetime import UTC
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathway import PATHWAY
from pathway.definition.conditions import LOW_ANC, QUALIFIED_SMEAR
from pathway.definition.facts import ANC, BLASTS, BLASTS_PERCENT, FEVER, KMT2A, LINEAGE, PETECHIAE, SPLENOMEGALY, WBC
from pathway.model.guards import (
    ALWAYS,
    NEVER,
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
    Named,
    Not,
    OneOf,
    Shown,
    Within,
    all_of,
    any_of,
    at_least,
    in_force,
    in_report,
    in_state,
    latest,
    leaves,
    parts_of,
    rescoped,
    shown,
    walk,
)
from pathway.model.partial import in_that_state
from pathway.model.pathway import guards_of
from pathway.run.evaluate import Evaluator
from pathway.run.fold import Fold, decided
from pathway.run.program import program_of
from tests.children import BORN

FLAGS = ("splenomegaly", "petechiae", "fever", "fatigue")
PROGRAM = program_of(PATHWAY)
TRUTHS = (True, None, False)
SCOPES = ("episode", "report", "latest")
many = settings(max_examples=150, deadline=None)


def fold_with(**values: object) -> Fold:
    """A record in which these facts are known, in the episode, in the report and as the latest."""
    fold = Fold(PROGRAM, BORN, UTC)
    for name, value in values.items():
        place = PROGRAM.layout.index[name]
        fold.e[place] = fold.l[place] = value
        fold.r[place] = value
    return fold


def truth(guard: Guard, **values: object) -> bool | None:
    """What the plain interpreter says, once the compiled guard has said the same."""
    fold = fold_with(**values)
    said = Evaluator(PROGRAM, fold).truth(guard)
    assert decided(guard, fold) is said
    return said


# --- the reference: true is 1, unknown 0, false -1 ------------------------------------------------------------------


def reference(guard: Guard, values: dict[str, int]) -> int:
    parts = [reference(part, values) for part in parts_of(guard)]
    match guard:
        case IsTrue():
            return values[guard.fact]
        case Known():
            return 1 if values[guard.fact] else -1
        case Not():
            return -parts[0]
        case All():
            return min(parts, default=1)
        case AnyOf():
            return max(parts, default=-1)
        case Shown():
            return 1 if parts[0] == 1 else -1
        case AtLeast():
            return [1, *sorted(parts, reverse=True), *[-1] * guard.n][guard.n]
    raise AssertionError(guard)


FLAG_GUARDS = st.recursive(
    st.sampled_from(FLAGS).flatmap(lambda name: st.sampled_from([IsTrue(name), Known(name)])),
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(Shown, inner),
        st.lists(inner, max_size=4).map(tuple).map(All),
        st.lists(inner, max_size=4).map(tuple).map(AnyOf),
        st.builds(AtLeast, st.integers(0, 4), st.lists(inner, min_size=1, max_size=4).map(tuple)),
    ),
    max_leaves=12,
)
NUMBERS = {True: 1, None: 0, False: -1}


@many
@given(FLAG_GUARDS, st.lists(st.sampled_from(TRUTHS), min_size=4, max_size=4))
def test_every_guard_says_what_the_reference_says(guard, truths):
    values = dict(zip(FLAGS, truths, strict=True))
    said = truth(guard, **values)
    assert NUMBERS[said] == reference(guard, {name: NUMBERS[value] for name, value in values.items()})


KLEENE_AND = {
    (True, True): True, (True, None): None, (True, False): False,
    (None, True): None, (None, None): None, (None, False): False,
    (False, True): False, (False, None): False, (False, False): False,
}  # fmt: skip


@pytest.mark.parametrize(("left", "right"), list(product(TRUTHS, repeat=2)))
def test_kleenes_table_of_and_and_by_contraries_that_of_or(left, right):
    values = {"splenomegaly": left, "petechiae": right}
    assert truth(SPLENOMEGALY & PETECHIAE, **values) is KLEENE_AND[left, right]
    turned = {name: None if value is None else not value for name, value in values.items()}
    contrary = truth(SPLENOMEGALY | PETECHIAE, **turned)
    assert (None if contrary is None else not contrary) is KLEENE_AND[left, right]


@pytest.mark.parametrize(("value", "contrary"), [(True, False), (None, None), (False, True)])
def test_the_contrary_of_unknown_is_unknown(value, contrary):
    assert truth(~FEVER, fever=value) is contrary


@pytest.mark.parametrize("value", TRUTHS)
def test_shown_takes_unknown_for_false_and_is_never_unknown_itself(value):
    assert truth(shown(FEVER), fever=value) is (value is True)
    assert truth(~shown(FEVER), fever=value) is (value is not True)


@pytest.mark.parametrize("truths", list(product(TRUTHS, repeat=3)))
def test_at_least_two_is_decided_as_soon_as_the_rest_cannot_change_it(truths):
    values = dict(zip(FLAGS, truths, strict=False))
    completions = {
        sum(one) >= 2 for one in product(*[[value] if value is not None else [True, False] for value in truths])
    }
    said = truth(at_least(2, SPLENOMEGALY, PETECHIAE, FEVER), **values)
    assert said is (completions.pop() if len(completions) == 1 else None)


@many
@given(FLAG_GUARDS, st.lists(st.sampled_from(TRUTHS), min_size=4, max_size=4), st.sampled_from(FLAGS), st.booleans())
def test_learning_a_fact_never_turns_a_guard_that_was_decided_without_shown_or_known(guard, truths, name, learnt):
    if any(isinstance(node, Shown | Known) for node in walk(guard)):
        return
    values = dict(zip(FLAGS, truths, strict=True))
    before = truth(guard, **values)
    if values[name] is None and before is not None:
        assert truth(guard, **{**values, name: learnt}) is before


@pytest.mark.parametrize(("n", "said"), [(0, True), (1, False)])
def test_at_least_n_of_nothing_is_true_for_none_and_false_for_more(n, said):
    """Such a guard is refused in a pathway; the language has an answer to it all the same."""
    assert truth(AtLeast(n, ())) is said


def test_always_is_true_and_never_is_false_of_a_child_of_whom_nothing_is_known():
    assert truth(ALWAYS) is True and truth(NEVER) is False


# --- leaves ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("guard", "below", "on", "above"),
    [
        (WBC < 6, True, False, False),
        (WBC <= 6, True, True, False),
        (WBC >= 6, False, True, True),
        (WBC > 6, False, False, True),
        (WBC.is_(6), False, True, False),
    ],
    ids=["<", "<=", ">=", ">", "is"],
)
def test_a_comparison_below_on_and_above_its_limit_and_unknown(guard, below, on, above):
    assert truth(guard, wbc=Decimal("5.9999")) is below
    assert truth(guard, wbc=Decimal("6.0000")) is on
    assert truth(guard, wbc=Decimal("6.0001")) is above
    assert truth(guard) is None
    assert truth(~guard) is None


def test_a_choice_is_one_of_its_words_or_not_or_unknown():
    assert truth(KMT2A.is_("rearranged"), kmt2a="rearranged") is True
    assert truth(KMT2A.is_("rearranged"), kmt2a="germline") is False
    assert truth(KMT2A.is_("rearranged")) is None
    assert truth(KMT2A.one_of("germline", "rearranged"), kmt2a="germline") is True


def test_whether_a_fact_is_known_is_always_known():
    assert truth(WBC.known()) is False and truth(WBC.known(), wbc=Decimal(0)) is True
    assert truth(FEVER.known(), fever=False) is True


def test_a_count_without_a_limit_for_its_age_is_neither_low_nor_in_range():
    for guard in (WBC.below_reference(), WBC.within_reference()):
        assert truth(guard, wbc=Decimal("0.1")) is None
        assert truth(~guard, wbc=Decimal("0.1")) is None


def test_the_state_is_never_unknown():
    assert truth(in_state("initial_labs", "smear")) is True
    assert truth(in_state("smear")) is False
    assert truth(in_force("smear_now")) is False


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
    fold = fold_with(fever=True)
    fold.r[PROGRAM.layout.index["fever"]] = None
    assert decided(FEVER.as_guard(), fold) is True
    assert decided(in_report(FEVER), fold) is None
    assert decided(latest(FEVER), fold) is True


def test_walking_a_guard_meets_each_node_once_outermost_first():
    guard = ~shown((BLASTS_PERCENT >= 20) | (BLASTS >= 1000))
    assert [type(node).__name__ for node in walk(guard)] == ["Not", "Shown", "AnyOf", "Compare", "Compare"]


# --- the guards of the pathway --------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", PATHWAY.states_by_name)
@settings(max_examples=15, deadline=None)
@given(values=st.dictionaries(st.sampled_from([*FLAGS, "immature_cells", "haematology_consulted"]), st.booleans()))
def test_a_guard_narrowed_to_a_state_says_there_what_the_whole_guard_says(state, values):
    fold = fold_with(**values)
    fold.state = state
    evaluator = Evaluator(PROGRAM, fold)
    for owner, guard in guards_of(PATHWAY):
        assert evaluator.truth(in_that_state(guard, state)) is evaluator.truth(guard), owner


def test_nothing_is_true_of_a_child_of_whom_nothing_is_known_but_what_is_said_to_be_so():
    """Unknown is never false: without `shown` and `known`, a guard on facts alone is unknown of an unknown child."""
    evaluator = Evaluator(PROGRAM, Fold(PROGRAM, BORN, UTC))
    for owner, guard in guards_of(PATHWAY):
        nodes = list(walk(guard))
        if not any(isinstance(node, Shown | Known | InState | InForce) for node in nodes) and guard not in (
            ALWAYS,
            NEVER,
        ):
            assert evaluator.truth(guard) is None, owner
