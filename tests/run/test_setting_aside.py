"""A clinician sets urgent advice aside, with a name and a reason: it leaves the plan, and is not forgotten."""

from __future__ import annotations

import pytest
from attrs import evolve

from pathway import PATHWAY, BadInput, Case
from pathway.definition.events import AntimicrobialsStarted, BloodCountReported, ChemistryReported, SmearReported
from pathway.model.invariants import UrgentStays
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
    fever,
    told,
)
from tests.small.pathways import ANKLE, FITTED, TENDER, WALKED

ANTIMICROBIALS = AntimicrobialsStarted()
BLASTS_BY_ANALYSER = SmearReported(smear_reviewer="analyser", blasts_percent="12 %")


def set_aside(case: Case, advice: str = "smear_now", minutes: float = 60):
    return case.set_aside(advice, at=at(minutes), by="Dr X", reason="read elsewhere")


def urgent(case: Case, minutes: float = 600) -> set[str]:
    return set(case.plan(at=at(minutes)).urgent)


def answered(case: Case, minutes: float = 600) -> list[str]:
    return [line.id for line in case.plan(at=at(minutes)).set_aside]


def test_it_leaves_the_plan_and_is_listed_with_who_and_why():
    case = told(INDEX_COUNT)
    set_aside(case)
    assert "smear_now" not in urgent(case)
    (line,) = case.plan(at=at(60)).set_aside
    assert (line.id, line.by, line.reason, line.at, line.entry) == ("smear_now", "Dr X", "read elsewhere", at(60), "e2")
    assert case.plan(at=at(60)).to_json()["set_aside"][0]["by"] == "Dr X"
    assert "smear_now" not in case.advice


def test_before_it_was_set_aside_it_was_in_the_plan():
    case = told(INDEX_COUNT)
    set_aside(case)
    assert "smear_now" in urgent(case, 59)
    assert not answered(case, 59)


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ({"advice": "obtain_missing_counts"}, "obtain_missing_counts is not urgent; only advice to act now is"),
        ({"advice": "antimicrobials_now"}, "the plan does not ask for antimicrobials_now then; urgent is"),
        ({"advice": "smear"}, "unknown advice 'smear'"),
        ({"by": " "}, "a clinician's name and a reason are wanted"),
        ({"reason": ""}, "a clinician's name and a reason are wanted"),
        ({"reason": "one\ntwo"}, "reason: one line of words is wanted"),
        ({"at": at(-1)}, "the plan does not ask for smear_now then; urgent is nothing"),
    ],
)  # fmt: skip
def test_what_the_plan_does_not_ask_for_is_not_set_aside_nor_without_a_name_and_a_reason(wrong, line):
    case = told(INDEX_COUNT)
    with pytest.raises(BadInput) as refused:
        case.set_aside(**{"advice": "smear_now", "at": at(60), "by": "Dr X", "reason": "read elsewhere"} | wrong)
    assert line in str(refused.value)
    assert len(case.log) == 1


def test_it_is_not_set_aside_twice():
    case = told(INDEX_COUNT)
    set_aside(case)
    with pytest.raises(BadInput, match="smear_now is set aside already"):
        set_aside(case, minutes=70)


def test_a_report_that_says_nothing_of_its_ground_leaves_it_aside():
    case = told(INDEX_COUNT)
    set_aside(case)
    for minute, event in ((70, fever("37")), (80, ChemistryReported(potassium="4 mmol/L")), (90, NORMAL_COUNT)):
        case.record(event, at=at(minute))
    assert "smear_now" not in urgent(case)
    assert answered(case) == ["smear_now"]


def test_a_later_low_count_brings_it_back_and_the_step_says_so():
    case = told(INDEX_COUNT)
    set_aside(case)
    step = case.record(INDEX_COUNT, at=at(90))
    assert "smear_now" in [advice.id for advice in step.raised]
    assert "smear_now" in urgent(case)
    assert not answered(case)
    (line,) = [line for line in case.plan(at=at(600)).lines if line.id == "smear_now"]
    assert line.since == at(90)


def test_blasts_of_before_that_are_reported_afterwards_bring_it_back():
    """Blasts of 09:30, recorded after the setting aside of 10:00."""
    case = told(INDEX_COUNT)
    set_aside(case)
    case.record(BLASTS_BY_ANALYSER, at=at(30))
    assert "smear_now" in urgent(case)


def test_a_report_that_was_recorded_before_is_answered_though_it_happened_later():
    """The low count of 11:00 was known when the smear was set aside as of 10:00."""
    case = told((0, INDEX_COUNT), (120, INDEX_COUNT))
    set_aside(case, minutes=60)
    assert answered(case, 180) == ["smear_now"]


def test_a_correction_that_makes_its_ground_true_brings_it_back():
    case = told((0, INDEX_COUNT), (30, NORMAL_COUNT))
    set_aside(case)
    case.correct("e2", ONLY_ANC_LOW, at=at(90), by="lab")
    assert "smear_now" in urgent(case)


def test_a_correction_that_says_the_same_of_its_ground_brings_it_back_too():
    case = told(INDEX_COUNT)
    set_aside(case)
    case.correct("e1", BloodCountReported(wbc="2.6 10*9/L", anc="0.7 10*9/L", alc="1.4 10*9/L"), at=at(90), by="lab")
    assert "smear_now" in urgent(case)


def test_a_correction_that_waited_says_what_it_says_from_its_acknowledgement_on():
    case = told(INDEX_COUNT)
    waits = case.correct("e1", ONLY_ANC_LOW, at=at(30), by="lab")
    set_aside(case)
    assert waits.proposed
    assert answered(case) == ["smear_now"]
    case.acknowledge("e2", at=at(90), by="Dr X")
    assert "smear_now" in urgent(case)


def test_a_late_reading_of_a_fever_that_was_answered_does_not_bring_a_later_one_back():
    """The reading of 08:30 comes late. It called for the antimicrobials of 10:00, and not for those of 11:00."""
    case = told((0, INDEX_COUNT), (10, fever("38.5")), (60, ANTIMICROBIALS), (120, fever("38.5")))
    set_aside(case, "antimicrobials_now", 180)
    case.record(fever("39"), at=at(-30))
    assert answered(case) == ["antimicrobials_now"]
    assert "antimicrobials_now" not in urgent(case)


def test_of_two_settings_aside_the_one_recorded_last_answers_also_as_of_an_earlier_moment():
    case = told((0, INDEX_COUNT), (180, CALL))
    set_aside(case, minutes=60)
    case.record(INDEX_COUNT, at=at(-10))
    assert "smear_now" in urgent(case)
    case.set_aside("smear_now", at=at(30), by="Dr Y", reason="that count was known")
    assert [(line.id, line.by) for line in case.plan(at=at(600)).set_aside] == [("smear_now", "Dr Y")]
    assert case.copy().plan(at=at(600)) == case.plan(at=at(600))


def test_it_is_done_like_any_advice():
    case = told(INDEX_COUNT)
    set_aside(case)
    case.record(CLEAR_SMEAR, at=at(90))
    assert not answered(case)
    assert "smear_now" not in urgent(case)


def test_it_is_gone_with_its_episode():
    case = told((0, ONLY_ANC_LOW), (10, CLEAR_SMEAR), (20, CLEAR_EXAM))
    set_aside(case, "tumour_lysis_labs", 30)
    assert answered(case) == ["tumour_lysis_labs"]
    case.record(NEGATIVE, at=at(60))
    assert case.state == "follow_up"
    assert not answered(case)


def test_an_order_that_rests_on_it_keeps_its_rule():
    """Antimicrobials that were set aside may still be given: the trigger stands."""
    case = told((0, INDEX_COUNT), (10, fever("38.5")))
    set_aside(case, "antimicrobials_now")
    assert case.propose("start_antimicrobials", at=at(60)).verdict == "permitted"


def test_a_call_that_is_set_aside_is_no_longer_overdue_and_no_task():
    from pathway.run.schedule import schedule_of

    case = told(INDEX_COUNT)
    set_aside(case, "consult_same_day")
    assert not case.plan(at=at(days=2)).overdue
    assert "consult_same_day" not in [task.advice for task in schedule_of(case, begun=at()).tasks]
    assert case.why_not("consult_same_day").holds is False


def test_the_log_keeps_it_and_a_case_from_json_is_the_same():
    case = told(INDEX_COUNT)
    set_aside(case)
    case.record(BLASTS_BY_ANALYSER, at=at(30))
    again = Case.from_json(case.to_json(), PATHWAY)
    assert again == case
    assert again.plan(at=at(600)) == case.plan(at=at(600))
    assert [entry.kind for entry in again.log] == ["event", "set_aside", "event"]


def test_it_may_rest_on_what_a_correction_changes_and_is_named_for_review():
    case = told(INDEX_COUNT)
    set_aside(case)
    step = case.correct("e1", ONLY_ANC_LOW, at=at(90), by="lab")
    assert step.change is not None
    assert step.change.review == ("e2",)


def test_what_is_set_aside_is_no_urgent_advice_that_a_correction_takes_away():
    """The call, the smear and the rest stay urgent; only what is in the plan makes a correction wait."""
    case = Case(PATHWAY, born=BORN)
    case.record(ONLY_ANC_LOW, at=at(), by="ward")
    for advice in ("smear_now", "exam_now", "tumour_lysis_labs"):
        set_aside(case, advice)
    step = case.correct("e1", NORMAL_COUNT, at=at(90), by="lab")
    assert not step.proposed
    assert case.state == "outside_pathway"
    assert not urgent(case)
    assert not answered(case)


def test_the_call_ends_by_being_made_in_either_reading():
    case = told(INDEX_COUNT)
    set_aside(case, "consult_same_day")
    case.record(CALL, at=at(90))
    assert case.state == "specialist_workup"
    assert not answered(case)


# --- advice to act now that lapses by its rule ------------------------------------------------------------------------


def lapsing():
    """The sprained ankle, where a film is no longer asked for once a boot is fitted."""
    film, boot = ANKLE.advice
    stays = UrgentStays("urgent_stays", "Advice to act now stays.", ("A2",))
    return evolve(
        ANKLE, invariants=(stays,),
        advice=(evolve(film, lapses=FITTED.as_guard(), offers=TENDER.as_guard()), boot),
    )  # fmt: skip


def test_urgent_advice_lapses_by_its_rule_and_comes_in_any_order_without_waiting():
    pathway = lapsing()
    for order in ((0, 1), (1, 0)):
        case = Case(pathway, born=BORN)
        events = [(pathway.event("ankle_examined", tender_bone=True), at()), (pathway.event("boot_fitted"), at(10))]
        for number in order:
            case.record(events[number][0], at=events[number][1])
        assert (case.state, case.advice, case.pending) == ("imaging", (), ())


def test_a_correction_by_which_urgent_advice_would_lapse_waits():
    pathway = evolve(ANKLE, advice=(evolve(ANKLE.advice[0], lapses=WALKED < 1), ANKLE.advice[1]))
    case = Case(pathway, born=BORN)
    case.record(pathway.event("ankle_examined", tender_bone=True, steps_walked="2"), at=at())
    assert case.advice == ("order_film",)
    step = case.correct("e1", pathway.event("ankle_examined", tender_bone=True, steps_walked="0.5"), at=at(10))
    assert (step.proposed, case.advice) == (True, ("order_film",))


def test_what_is_offered_for_setting_aside_says_so_and_stays():
    case = Case(lapsing(), born=BORN)
    case.record(case.pathway.event("ankle_examined", steps_walked="2"), at=at())
    assert [line.offered for line in case.plan(at=at()).lines] == [False]
    case.record(case.pathway.event("ankle_examined", tender_bone=True), at=at(10))
    plan = case.plan(at=at(10))
    assert [line.to_json()["offered"] for line in plan.lines] == [True]
    assert plan.urgent == ("order_film",)


def test_it_is_proved_that_urgent_advice_ends_in_no_other_way():
    pytest.importorskip("z3")
    from pathway.verify.verification import verify

    assert [str(flaw) for flaw in verify(lapsing()).flaws] == []
