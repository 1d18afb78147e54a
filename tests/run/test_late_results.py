"""A late result: it may let a declaration count that came after it, and it may not take urgency away unasked."""

from __future__ import annotations

import pytest

from pathway.definition.events import (
    BloodCountReported,
    ChemistryReported,
    Examined,
    InfectionSignsFound,
    SymptomsReported,
)
from tests.children import CLEAR_EXAM, CLEAR_SMEAR, NEGATIVE, ONLY_ANC_LOW, at, in_follow_up, told
from tests.run.everything import everything
from tests.run.urgency import acknowledged, ids, urgent


@pytest.mark.parametrize("minutes", [(0, 10, 60, 90), (0, 0, 0, 0)], ids=["one after the other", "of one moment"])
def test_a_late_examination_lets_the_declaration_count_and_what_that_leaves_undone_is_not_taken_away(minutes):
    """Whoever declared the work-up negative left the laboratory tests undone: the result only lets that count."""
    count, smear, examination, declaration = minutes
    case = told((count, ONLY_ANC_LOW), (smear, CLEAR_SMEAR), (declaration, NEGATIVE))
    assert case.state == "exam" and "tumour_lysis_labs" in urgent(case)
    step = case.record(CLEAR_EXAM, at=at(examination))
    assert not step.proposed and (case.state, case.episode) == ("follow_up", 2)
    assert "exam_now" in ids(step.completed) and "tumour_lysis_labs" in ids(step.change.removed)
    assert step.change.taken_away == ()


def test_a_correction_that_lets_the_declaration_count_waits():
    case = told((0, ONLY_ANC_LOW), (10, CLEAR_SMEAR), (60, Examined()), (90, NEGATIVE))
    step = case.correct("e3", CLEAR_EXAM, at=at(120), by="ward")
    assert step.proposed and ids(step.change.taken_away) == {"tumour_lysis_labs"}
    assert acknowledged(case).state == "follow_up"


def test_what_was_left_undone_in_an_earlier_episode_and_raised_again_is_taken_away():
    """Two reports of one moment say fever and no fever: without the fever nothing had opened the case again."""
    case = in_follow_up()
    case.record(SymptomsReported(fever=True), at=at(200))
    case.record(ChemistryReported(), at=at(220))
    assert case.state == "referral"
    step = case.record(SymptomsReported(fever=False), at=at(200))
    assert step.proposed
    assert ids(step.change.taken_away) == {"exam_now", "reconsult_haematology", "smear_now", "tumour_lysis_labs"}


def test_a_late_result_that_does_both_counts_at_once_and_keeps_what_it_would_take_away():
    case = told((0, ONLY_ANC_LOW), (30, InfectionSignsFound()), (60, CLEAR_EXAM))
    two_other_lines = BloodCountReported(anc="3 10*9/L", alc="1.4 10*9/L", hb="9 g/dL")
    step = case.record(two_other_lines, at=at(10))
    assert not step.proposed and ids(step.change.taken_away) == {"antimicrobials_now"}
    assert {"consult_same_day", "antimicrobials_now"} <= urgent(case)
    assert [entry.id for entry in case.pending] == ["e4"]
    assert case.log[-1].retains == (("antimicrobials_now", at(30)),), "since it was raised"


def test_a_late_result_that_is_withdrawn_takes_along_what_it_kept():
    case = told((0, ONLY_ANC_LOW), (30, InfectionSignsFound()), (60, CLEAR_EXAM))
    before = everything(case.timeline.end)
    case.record(BloodCountReported(anc="3 10*9/L", alc="1.4 10*9/L", hb="9 g/dL"), at=at(10))
    case.withdraw("e4", at=at(90), by="lab")
    acknowledged(case)
    assert everything(case.timeline.end) == before == everything(case.copy().timeline.end)


def test_a_late_result_that_waits_changes_neither_state_nor_value_nor_history():
    case = told((60, SymptomsReported(fever=True)), (90, ONLY_ANC_LOW))
    before = everything(case.timeline.end)
    step = case.record(SymptomsReported(fever=False), at=at(75), by="ward")
    assert step.proposed and step.state == case.state == "referral" and case.value("fever") is True
    assert [fired.transition.id for fired in case.history] == ["same_day_referral"]
    assert everything(case.timeline.end)["raised"] == before["raised"]
