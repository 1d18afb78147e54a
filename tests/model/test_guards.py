"""Guards: three-valued logic as data. Held against a reference of four lines that shares nothing with them."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathway import PATHWAY
from pathway.definition.facts import FEVER, KMT2A, PETECHIAE, SPLENOMEGALY, WBC
from pathway.model.guards import (
    ALWAYS,
    NEVER,
    All,
    AnyOf,
    AtLeast,
    Guard,
    InForce,
    InState,
    IsTrue,
    Known,
    Not,
    Shown,
    at_least,
    in_force,
    in_state,
    parts_of,
    shown,
    walk,
)
from pathway.model.partial import in_that_state
from pathway.model.pathway import guards_of
from pathway.run.evaluate import Evaluator
from pathway.run.record import Record
from tests.children import BORN
from tests.model.truths import COMPILED, FLAG_GUARDS, FLAGS, TRUTHS, many, record_with, truth

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


# --- the guards of the pathway --------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", PATHWAY.states_by_name)
@settings(max_examples=15, deadline=None)
@given(values=st.dictionaries(st.sampled_from([*FLAGS, "immature_cells", "haematology_consulted"]), st.booleans()))
def test_a_guard_narrowed_to_a_state_says_there_what_the_whole_guard_says(state, values):
    record = record_with(**values)
    record.state = state
    evaluator = Evaluator(COMPILED, record)
    for owner, guard in guards_of(PATHWAY):
        assert evaluator.truth(in_that_state(guard, state)) is evaluator.truth(guard), owner


def test_nothing_is_true_of_a_child_of_whom_nothing_is_known_but_what_is_said_to_be_so():
    """Unknown is never false: without `shown` and `known`, a guard on facts alone is unknown of an unknown child."""
    evaluator = Evaluator(COMPILED, Record(COMPILED, BORN, None))
    for owner, guard in guards_of(PATHWAY):
        nodes = list(walk(guard))
        if not any(isinstance(node, Shown | Known | InState | InForce) for node in nodes) and guard not in (
            ALWAYS,
            NEVER,
        ):
            assert evaluator.truth(guard) is None, owner
