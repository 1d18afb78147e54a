"""A case under two versions: what a clinician must acknowledge before it may move from one to the other."""

from __future__ import annotations

import json

import pytest
from attrs import evolve

from pathway import PATHWAY, BadInput, Case, Override
from pathway.definition.events import BloodCountReported
from pathway.model.canonical import with_changes
from pathway.model.guards import ALWAYS
from pathway.run.compare import Comparison, Difference, Due, Move, compare, retold, retold_log
from tests.children import (
    BORN,
    CALL,
    CLEAR_EXAM,
    CLEAR_SMEAR,
    INDEX_COUNT,
    NEGATIVE,
    NORMAL_COUNT,
    ONLY_ANC_LOW,
    at,
    told,
)

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


# --- what is compared, and what a reader must know of it --------------------------------------------------------------


def kinds(one: Case, other: Case, moment=NOON) -> dict[str, Difference]:
    """What holds at a moment and differs, by kind; of the orders by their name."""
    return {one.name or one.kind: one for one in compare(one, other, at=moment).now}


def test_a_move_that_only_one_of_two_cases_made_is_a_difference():
    one, other = told(ONLY_ANC_LOW), told(ONLY_ANC_LOW, CLEAR_SMEAR)
    for found, moves in ((compare(one, other, at=NOON), (0, 1)), (compare(other, one, at=NOON), (1, 0))):
        (move,) = found.way
        assert (move.what, move.whole, len(move.before), len(move.after)) == ("move 2", True, *moves)


def test_another_episode_is_a_difference_and_both_numbers_are_told():
    one = told(ONLY_ANC_LOW, CLEAR_SMEAR, CLEAR_EXAM)
    other = told(ONLY_ANC_LOW, CLEAR_SMEAR, CLEAR_EXAM, NEGATIVE)
    found = kinds(one, other)["episode"]
    assert (found.before, found.after, found.whole) == (("1",), ("2",), True)


def test_advice_that_is_overdue_in_one_case_alone_is_a_difference_though_it_is_in_force_in_both():
    found = kinds(told((0, INDEX_COUNT)), told((24 * 60, INDEX_COUNT)), at(24 * 60 + 60))
    assert (found["overdue"].before, found["overdue"].after) == (("consult_same_day",), ())
    assert "advice" not in found and found["due"].before and not found["due"].whole


def test_what_is_awaited_in_one_case_alone_is_a_difference():
    found = kinds(told(INDEX_COUNT), told(INDEX_COUNT, CALL))["awaited"]
    assert "haematology_consulted" in found.before and "haematology_consulted" not in found.after


def test_an_entry_that_waits_in_one_case_alone_is_a_difference_of_what_holds():
    found = kinds(corrected(), told(INDEX_COUNT))["waiting"]
    assert (found.before, found.after) == (("e2",), ())


def test_a_contradiction_in_one_case_alone_is_a_difference():
    other = BloodCountReported(wbc="3.5 10*9/L", anc="0.7 10*9/L", alc="1.4 10*9/L")
    found = kinds(told(INDEX_COUNT), told((0, INDEX_COUNT), (0, other)))["contradictions"]
    assert found.before == () and "3.5 10*9/L" in str(found.after[0])


def test_the_same_advice_in_another_order_is_told_as_another_order_and_whole():
    other = with_changes(PATHWAY, version="0.5.0", advice=PATHWAY.advice[::-1])
    case = told(INDEX_COUNT)
    found = kinds(case, retold(case, other))["advice"]
    assert found.reordered and found.whole and found.what == "advice: the order"
    assert sorted(map(str, found.before)) == sorted(map(str, found.after)) and found.before != found.after


def test_an_order_that_only_one_version_knows_is_a_difference():
    order = evolve(PATHWAY.order("defer_referral"), id="wait_and_see")
    more = with_changes(PATHWAY, version="0.5.0", orders=(*PATHWAY.orders, order))
    case = told(INDEX_COUNT)
    for one, other, parts in ((case, retold(case, more), (0, 1)), (retold(case, more), case, (1, 0))):
        found = kinds(one, other)["wait_and_see"]
        assert (len(found.before), len(found.after), found.whole) == (*parts, True)


def test_a_log_that_cannot_be_told_under_a_version_names_the_entry_and_the_version():
    without = with_changes(PATHWAY, version="0.5.0", advice=PATHWAY.advice)
    case = told(INDEX_COUNT, CALL)
    foreign = [evolve(case.log[0], id="x"), evolve(case.log[0], id="x")]
    with pytest.raises(BadInput, match=r"^entry x, under version 0\.5\.0: .*taken"):
        retold_log(foreign, without, born=BORN, timezone="UTC")


def test_other_entries_that_wait_are_reason_enough_for_an_acknowledgement():
    for longer, newly in ((("e2",), ()), ((), ("e2",))):
        found = Comparison((), (), no_longer_waits=longer, newly_waits=newly)
        data = found.to_json()
        assert found.waiting_changed and found.needs_acknowledgement
        assert data["waiting_changed"] and data["needs_acknowledgement"] and data["newly_waits"] == list(newly)
    quiet = Comparison((), ()).to_json()
    assert not quiet["waiting_changed"] and not quiet["needs_acknowledgement"] and quiet["same_way"]
    assert Comparison((), (), dropped=("e3",)).to_json()["dropped"] == ["e3"]
