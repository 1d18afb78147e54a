from __future__ import annotations

import pickle
from collections import Counter
from decimal import Decimal

import pytest

from pathway import PATHWAY
from pathway.model.canonical import from_json, to_json, with_changes
from pathway.model.errors import DefinitionError
from pathway.model.guards import Compare, walk
from pathway.model.pathway import guards_of
from pathway.verify.mutants import KINDS, STRICT, mutants_of
from pathway.verify.mutation import sample_of
from pathway.verify.steps import last_place

MUTANTS = tuple(mutants_of(PATHWAY))
BY_ID = {one.id: one for one in MUTANTS}
BUILT = sample_of(MUTANTS, 40)
NOT_CHANGED = ("scope", "contradiction ", "note ", "state ", "invariant ")


def ids_of(rule: str) -> set[str]:
    return {one.id.removeprefix(f"{rule}: ") for one in MUTANTS if one.rule == rule}


def test_no_two_mutants_have_the_same_name():
    assert [name for name, count in Counter(one.id for one in MUTANTS).items() if count > 1] == []


def test_the_names_and_their_order_are_the_same_every_time_also_for_a_pathway_read_from_a_file():
    assert [one.id for one in mutants_of(PATHWAY)] == [one.id for one in MUTANTS]
    assert [one.id for one in mutants_of(from_json(to_json(PATHWAY)))] == [one.id for one in MUTANTS]


@pytest.mark.parametrize(
    "name",
    [
        "condition all_criterion: blasts_percent >= 20 -> > 20 (part 3.1)",
        "condition all_criterion: blasts_percent >= 20 -> >= 21 (part 3.1)",
        "condition all_criterion: blasts_percent >= 20 -> >= 19 (part 3.1)",
        "condition multi_lineage: at least 2 -> 3",
        "derived measured_fever: temperature >= 38 -> >= 37.9",
        "derived fever_for_an_hour: minutes 60 -> 61",
        "transition count_low: part 2 dropped",
        "transition count_low: unknown is not false (part 2)",
        "transition smear_clear: target exam -> referral",
        "transition same_day_referral: not from exam",
        "transition workup_negative: closes no episode",
        "advice smear_now: urgency now -> today",
        "advice smear_now: never completed",
        "advice consult_same_day: overdue after day 0 -> 1",
        "order order_bone_marrow: never refused",
        "order order_bone_marrow: refused and permitted exchanged",
        "fact kmt2a: failed is a result",
        "reference alc 12 to 23 months: lower 3.5 -> 3.6",
        "reference alc 12 to 23 months: begins at month 11, not 12",
    ],
)
def test_there_is_a_mutant(name):
    assert name in BY_ID


def test_every_limit_is_moved_a_step_up_and_a_step_down_and_made_strict_or_not():
    conditions = {f"condition {one.name}" for one in PATHWAY.conditions}
    for owner, guard in guards_of(PATHWAY):
        if owner.startswith(NOT_CHANGED):
            continue
        limits = [one for one in _own_nodes(guard) if isinstance(one, Compare)]
        kinds = Counter(one.kind for one in MUTANTS if one.rule == owner)
        assert kinds["comparison"] >= len(set(limits)) and kinds["threshold"] >= 2 * len(set(limits)), owner
        assert owner not in conditions or kinds["part negated"], owner


def _own_nodes(guard):
    """What a guard says itself, not what the conditions say that it names."""
    nodes = list(walk(guard))
    named = [inner for one in nodes if type(one).__name__ == "Named" for inner in walk(one.of)]
    return [one for one in nodes if not any(one is inner for inner in named)]


@pytest.mark.parametrize(
    ("limits", "step"),
    [("38 38.3", "0.1"), ("38.0 39", "1"), ("0 1000", "1"), ("3.5", "0.1"), ("1E+3", "1"), ("1 0.25", "0.01")],
)
def test_a_step_is_one_in_the_last_place_that_the_limits_of_an_amount_need(limits, step):
    assert last_place(map(Decimal, limits.split())) == Decimal(step)


def test_every_rule_has_mutants():
    rules = {one.rule for one in MUTANTS}
    wanted = {
        *(f"transition {one.id}" for one in PATHWAY.transitions), *(f"advice {one.id}" for one in PATHWAY.advice),
        *(f"order {one.id}" for one in PATHWAY.orders), *(f"condition {one.name}" for one in PATHWAY.conditions),
        *(f"event {one.name}" for one in PATHWAY.events),
        *(f"reference {one.fact} {one.band()}" for one in PATHWAY.reference.rows),
    }  # fmt: skip
    assert wanted <= rules


def test_every_transition_is_led_to_every_other_state_and_taken_away():
    for rule in PATHWAY.transitions:
        targets = [one for one in MUTANTS if one.rule == f"transition {rule.id}" and one.kind == "target"]
        assert len(targets) == len(PATHWAY.states) - 1
        assert f"transition {rule.id}: removed" in BY_ID


def test_every_advice_is_given_every_other_urgency_and_every_completion_is_taken_away():
    for rule in PATHWAY.advice:
        ids = ids_of(f"advice {rule.id}")
        assert len([one for one in ids if one.startswith("urgency")]) == 3, rule.id
        assert ("never completed" in ids) is (rule.until is not None), rule.id
        assert any(one.startswith("due day") for one in ids) is (rule.due_day is not None), rule.id


@pytest.mark.parametrize("mutant", BUILT, ids=lambda one: one.id)
def test_a_mutant_is_another_pathway_or_none_at_all(mutant):
    try:
        changed = mutant.build(PATHWAY)
    except DefinitionError:
        return
    assert changed.digest != PATHWAY.digest
    assert from_json(to_json(changed)) == changed, "every rule says what the conditions say that it names"


def test_no_two_mutants_are_the_same_pathway():
    digests = Counter()
    for mutant in sample_of(MUTANTS, 150):
        try:
            digests[mutant.build(PATHWAY).digest] += 1
        except DefinitionError:
            continue
    assert set(digests.values()) == {1}


def test_a_condition_is_changed_for_every_rule_that_names_it():
    mutant = BY_ID["condition consulted: part 1 dropped"]
    assert mutant.build(PATHWAY) == with_changes(
        PATHWAY,
        conditions=tuple(mutant.changed if one.name == "consulted" else one for one in PATHWAY.conditions),
    )


@pytest.mark.parametrize(
    ("name", "of_source"),
    [
        ("condition all_criterion: negated", True),
        ("transition smear_clear: removed", True),
        ("reference alc 12 to 23 months: lower 3.5 -> 3.6", True),
        ("reference alc 0 to 11 months: lower 3.7 -> 3.8", False),
        ("transition nothing_low: removed", False),
        ("advice consult_same_day: never completed", False),
    ],
)
def test_a_rule_is_the_sources_where_it_cites_a_statement_and_makes_no_local_choice(name, of_source):
    assert BY_ID[name].of_source is of_source


def test_a_threshold_guard_or_target_of_the_source_must_be_noticed():
    assert BY_ID["transition smear_clear: target exam -> referral"].strict
    assert not BY_ID["advice smear_now: urgency now -> today"].strict
    assert set(STRICT) <= set(KINDS) and {one.kind for one in MUTANTS} == set(KINDS)


def test_mutants_can_be_sent_to_another_process():
    assert pickle.loads(pickle.dumps(MUTANTS)) == MUTANTS
    assert pickle.loads(pickle.dumps(PATHWAY)) == PATHWAY
