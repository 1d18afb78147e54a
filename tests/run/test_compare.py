"""A case under two versions: what a clinician must acknowledge before it may move from one to the other."""

from __future__ import annotations

import json

import pytest
from attrs import evolve

from pathway import PATHWAY, Case, Override
from pathway.model.canonical import with_changes
from pathway.model.guards import ALWAYS
from pathway.run.compare import Difference, Due, Move, compare, retold, retold_log
from tests.children import BORN, CALL, INDEX_COUNT, NORMAL_COUNT, ONLY_ANC_LOW, at, told

NOON = at(180)


def calm(*names: str):
    """A version in which some urgent advice is to be followed today, not now; without names all of it."""
    return with_changes(PATHWAY, version="0.5.0", advice=tuple(
        evolve(one, urgency="today") if one.urgency == "now" and (one.id in names or not names) else one
        for one in PATHWAY.advice
    ))  # fmt: skip


def corrected() -> Case:
    """A low count at nine, and an hour later a correction that takes the call to haematology away, and so waits."""
    case = told(INDEX_COUNT)
    case.correct("e1", NORMAL_COUNT, at=at(60), by="laboratory")
    assert [one.id for one in case.pending] == ["e2"]
    return case


def test_a_case_under_its_own_version_again_needs_no_acknowledgement():
    case = corrected()
    case.acknowledge("e2", at=at(70), by="Dr H")
    found = compare(case, retold(case, PATHWAY), at=NOON)
    assert found.same_way and not found.now and not found.needs_acknowledgement
    assert json.dumps(found.to_json())


def test_a_log_is_told_anew_without_a_case():
    case = told(INDEX_COUNT, CALL)
    assert retold_log(case.log, PATHWAY, born=BORN, timezone="UTC") == case == retold(case, PATHWAY)


def test_the_same_states_at_another_moment_are_another_way():
    found = compare(told((0, INDEX_COUNT)), told((5, INDEX_COUNT)), at=NOON)
    assert not found.same_way and found.needs_acknowledgement
    (was,), (becomes,) = found.way[0].before, found.way[0].after
    assert isinstance(was, Move) and isinstance(becomes, Move)
    assert (was.at, becomes.at) == (at(), at(5)) and evolve(was, at=at(5)) == becomes


def test_the_same_states_by_another_transition_are_another_way():
    other = with_changes(PATHWAY, version="0.5.0", transitions=tuple(
        evolve(one, id="another") if one.id == "same_day_referral" else one for one in PATHWAY.transitions
    ))  # fmt: skip
    case = told(INDEX_COUNT)
    found = compare(case, retold(case, other), at=NOON)
    assert not found.same_way
    assert str(found.way[0]) == (
        "move 1: initial_labs to referral by same_day_referral at 2026-01-22T09:00:00Z (entry e1) -> "
        "initial_labs to referral by another at 2026-01-22T09:00:00Z (entry e1)"
    )


def test_urgent_advice_that_would_be_urgent_no_more_is_named_although_the_way_is_the_same():
    case = told(INDEX_COUNT)
    found = compare(case, retold(case, calm("consult_same_day")), at=NOON)
    assert found.same_way and found.urgent_ended == ("consult_same_day",) and found.needs_acknowledgement
    assert not found.waiting_changed and found.dropped == ()


def test_an_entry_that_would_wait_no_longer_is_named():
    case = corrected()
    found = compare(case, retold(case, calm()), at=NOON)
    assert found.no_longer_waits == ("e2",) and found.newly_waits == ()
    assert found.waiting_changed and found.needs_acknowledgement


def test_an_entry_that_would_newly_wait_is_named():
    case = Case(calm(), born=BORN)
    case.record(INDEX_COUNT, at=at(), by="ward")
    case.correct("e1", NORMAL_COUNT, at=at(60), by="laboratory")
    found = compare(case, retold(case, PATHWAY), at=NOON)
    assert found.newly_waits == ("e2",) and found.no_longer_waits == () and found.needs_acknowledgement


def test_an_acknowledgement_of_what_does_not_wait_there_is_left_out_and_named():
    case = corrected()
    case.acknowledge("e2", at=at(70), by="Dr H")
    after = retold(case, calm())
    found = compare(case, after, at=NOON)
    assert found.dropped == ("e3",) and found.needs_acknowledgement
    assert [one.id for one in after.log] == ["e1", "e2"]


def test_an_override_of_what_is_not_refused_there_is_left_out_and_named():
    lenient = with_changes(PATHWAY, version="0.5.0", orders=tuple(
        evolve(one, refused=~ALWAYS) if one.id == "order_bone_marrow" else one for one in PATHWAY.orders
    ))  # fmt: skip
    case = told(INDEX_COUNT)
    case.propose("order_bone_marrow", at=at(60), override=Override("Dr M", "by telephone"))
    found = compare(case, retold(case, lenient), at=NOON)
    assert found.same_way and found.dropped == ("e2",) and found.needs_acknowledgement
    (order,) = [one for one in found.now if one.kind == "order"]
    assert (order.name, order.before) == ("order_bone_marrow", ("refused",))


def test_a_difference_is_data_that_a_program_can_use_and_one_line_for_a_reader():
    found = compare(told(INDEX_COUNT), told(ONLY_ANC_LOW), at=NOON)
    by_kind = {one.kind: one for one in (*found.way, *found.now)}
    move = by_kind["move"].to_json()
    assert move["what"] == "move 1" and move["before"] == [{
        "entry": "e1", "at": "2026-01-22T09:00:00Z", "source": "initial_labs", "target": "referral",
        "transition": "same_day_referral",
    }]  # fmt: skip
    assert (by_kind["state"].before, by_kind["state"].after) == (("referral",), ("smear",))
    assert "consult_same_day" in by_kind["advice"].before
    assert Due("consult_same_day", NOON.date()) in by_kind["due"].before
    for one in (*found.way, *found.now):
        assert str(one).startswith(f"{one.what}: ") and str(one).isprintable()
        assert json.loads(json.dumps(one.to_json())) == one.to_json()


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (Difference("advice", (), ("a", "b")), "advice: nothing -> a, b"),
        (Difference("advice", ("a", "b"), ("b", "a"), reordered=True), "advice: the order: a, b -> b, a"),
        (Difference("order", ("refused",), (), "x"), "order x: refused -> nothing"),
        (Difference("contradictions", ("a\nb",), ()), "contradictions: a b -> nothing"),
    ],
)
def test_a_difference_in_words_is_one_line(one, said):
    assert str(one) == said


def test_what_is_there_more_often_is_a_difference_and_no_other_order():
    marrow = PATHWAY.event("bone_marrow_performed")
    found = compare(told(INDEX_COUNT, marrow, marrow), told(INDEX_COUNT, marrow), at=NOON)
    (one,) = [one for one in found.now if one.kind == "deviations"]
    assert (len(one.before), one.after, one.reordered) == (1, (), False)
