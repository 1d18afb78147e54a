"""Acts and overrides that may rest on what was wrong are listed for review."""

from __future__ import annotations

from pathway import Override
from pathway.definition.events import AntimicrobialsStarted, BoneMarrowPerformed, SmearReported
from pathway.run.log import event_of
from tests.children import BLASTS, CLEAR_EXAM, INDEX_COUNT, NORMAL_COUNT, ONLY_ANC_LOW, at, fever, in_leukaemia, told
from tests.run.urgency import acknowledged


def test_acts_and_overrides_after_what_was_corrected_are_listed_for_review():
    case = told(INDEX_COUNT, fever("38.5"), AntimicrobialsStarted(), CLEAR_EXAM)
    case.propose("order_bone_marrow", at=at(100), override=Override("Dr A", "bleeding"))
    case.record(BoneMarrowPerformed(), at=at(110), id="marrow")
    step = case.correct("e2", fever("37.5"), at=at(120), by="ward")
    assert set(step.change.review) == {"e3", "e5", "marrow"}


def test_acts_before_what_was_corrected_do_not_rest_on_it():
    case = told(AntimicrobialsStarted(), INDEX_COUNT)
    assert case.correct("e2", NORMAL_COUNT, at=at(120)).change.review == ()


def test_the_acknowledgement_lists_for_review_as_the_correction_did():
    case = told(INDEX_COUNT, fever("38.5"), AntimicrobialsStarted())
    proposed = case.correct("e1", NORMAL_COUNT, at=at(120))
    assert proposed.proposed and proposed.change.review == ("e3",)
    assert case.acknowledge("e4", at=at(130), by="Dr A").change.review == ("e3",)


def test_a_late_result_lists_the_acts_that_came_after_it():
    case = told((30, INDEX_COUNT), (60, AntimicrobialsStarted()))
    assert case.record(fever("38.5"), at=at(0)).change.review == ("e2",)


def test_an_act_that_a_correction_makes_permitted_is_no_deviation_any_more_and_the_other_way_round():
    case = told(INDEX_COUNT, fever("37.0"), AntimicrobialsStarted())
    assert [one.order.id for one in case.deviations] == ["start_antimicrobials"]
    case.correct("e2", fever("38.5"), at=at(120))
    assert case.deviations == ()


def test_a_diagnosis_that_rests_on_a_corrected_smear_is_revised_once_someone_says_so():
    case = in_leukaemia()
    smear = next(one.id for one in case.log if event_of(one) == BLASTS.event)
    few = SmearReported(smear_reviewer="haematologist", blasts_percent="3 %", lineage="lymphoid", immature_cells=True)
    step = case.correct(smear, few, at=at(120), by="lab")
    assert step.change.state_after == "specialist_workup"
    acknowledged(case)
    assert case.state == "specialist_workup"


def test_an_act_of_the_very_moment_that_changed_is_listed_and_the_entry_itself_is_not():
    case = told((0, fever("38.5")), (0, AntimicrobialsStarted()), (30, AntimicrobialsStarted()))
    assert case.correct("e1", fever("38.4"), at=at(60)).change.review == ("e2", "e3")
    assert case.correct("e2", AntimicrobialsStarted(), at=at(70)).change.review == ("e3",)


def test_an_override_of_the_very_moment_that_changed_is_listed():
    case = told(INDEX_COUNT)
    case.propose("order_bone_marrow", at=at(0), override=Override("Dr A", "bleeding"))
    assert case.correct("e1", ONLY_ANC_LOW, at=at(60)).change.review == ("e2",)


def test_where_a_correction_moves_an_event_the_acts_since_the_earlier_of_both_moments_are_listed():
    case = told((0, AntimicrobialsStarted()), (30, AntimicrobialsStarted()), (60, fever("38.5")))
    case.record(AntimicrobialsStarted(), at=at(90))
    step = case.correct("e3", fever("38.5"), at=at(120), by="ward", taken_at=at(30))
    assert step.change.review == ("e2", "e4"), "the act of the new moment, and all since"
    later = told((30, fever("38.5")), (60, AntimicrobialsStarted()), (90, AntimicrobialsStarted()))
    step = later.correct("e1", fever("38.5"), at=at(120), by="ward", taken_at=at(80))
    assert step.change.review == ("e2", "e3"), "the act of 10:00 rested on it as it was"
    assert later.to_review("e1") == later.to_review("e4") == ("e2", "e3")


def test_what_is_listed_comes_in_the_order_in_which_it_was_recorded():
    case = told((0, INDEX_COUNT), (90, BoneMarrowPerformed()), (100, CLEAR_EXAM))
    case.record(AntimicrobialsStarted(), at=at(30))
    assert case.correct("e1", ONLY_ANC_LOW, at=at(120)).change.review == ("e2", "e4")


def test_the_acknowledgement_of_a_correction_that_moves_an_event_lists_what_the_correction_listed():
    case = told((0, AntimicrobialsStarted()), (30, INDEX_COUNT))
    proposed = case.correct("e2", NORMAL_COUNT, at=at(60), by="lab", taken_at=at(-10))
    assert proposed.proposed and proposed.change.review == ("e1",)
    assert case.acknowledge("e3", at=at(90), by="Dr A").change.review == ("e1",)
