"""A case from code: what each call promises, what it answers, and that asking changes nothing."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from attrs import fields
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathway import PATHWAY, BadInput, Case, Override, Plan, Step, Verdict
from pathway.definition.events import (
    AntimicrobialsStarted,
    BcrAbl1Reported,
    BloodCountReported,
    BoneMarrowPerformed,
    ChemistryReported,
    DiagnosisConfirmed,
    InfectionSignsFound,
    Kmt2aReported,
    MrdPersistenceDeclared,
    SmearReported,
    Transplanted,
)
from pathway.run.answers import NextEvent, Obstacle, Reason, WhyNot
from pathway.run.fold import completed_months
from tests.children import (
    BLASTS,
    BORN,
    CALL,
    CLEAR_EXAM,
    CLEAR_SMEAR,
    INDEX_COUNT,
    NEGATIVE,
    NINE,
    NORMAL_COUNT,
    ONLY_ANC_LOW,
    at,
    fever,
    in_follow_up,
    in_leukaemia,
    told,
)
from tests.strategies import START, stories

BERLIN = ZoneInfo("Europe/Berlin")
relaxed = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def ids(advice) -> list[str]:
    return [one.id for one in advice]


def picture(case: Case) -> str:
    return case.to_json() + json.dumps(case.plan(at=START + timedelta(days=90)).to_json())


# --- record ---------------------------------------------------------------------------------------------------------


def test_a_new_case_waits_for_a_blood_count_and_has_no_urgent_advice():
    case = Case(PATHWAY, born=BORN)
    assert (case.state, case.episode, case.log, case.history, case.pending, case.deviations) == (
        "initial_labs", 1, (), (), (), (),
    )  # fmt: skip
    assert case.timezone == "UTC"
    assert case.plan(at=NINE).of("now") == ()
    assert "blood_count_reported" in [one.event for one in case.next_events()]


def test_recording_the_pages_patient_says_where_the_child_is_and_what_to_do():
    case = Case(PATHWAY, born=BORN)
    step = case.record(INDEX_COUNT, at=NINE, by="ward")
    assert isinstance(step, Step)
    assert (step.entry, step.event, step.at) == ("e1", "blood_count_reported", NINE)
    assert (step.came_from, step.passed_through, step.state) == ("initial_labs", ("initial_labs",), "referral")
    assert {"consult_same_day", "smear_now", "exam_now", "tumour_lysis_labs"} <= set(ids(step.raised))
    assert {"hb", "platelets", "haematology_consulted"} <= set(step.awaits)
    assert not step.proposed and step.change is None
    assert [one.transition.id for one in step.fired] == ["same_day_referral"]


def test_an_entry_keeps_when_it_was_so_who_said_it_and_its_name():
    case = Case(PATHWAY, born=BORN)
    case.record(INDEX_COUNT, at=NINE, by="ward", id="cbc-1")
    case.record(CLEAR_EXAM, at=at(5))
    first, second = case.log
    assert (first.id, first.kind, first.at, first.by, first.event) == (
        "cbc-1",
        "event",
        NINE,
        "ward",
        INDEX_COUNT.event,
    )
    assert second.id == "e2" and second.by == ""


def test_a_given_name_that_looks_like_a_number_of_ours_is_not_given_twice():
    case = Case(PATHWAY, born=BORN)
    case.record(CLEAR_EXAM, at=NINE, id="e2")
    assert case.record(CLEAR_EXAM, at=at(1)).entry == "e3"


def test_several_states_may_be_passed_at_one_event():
    case = told(ONLY_ANC_LOW, CLEAR_SMEAR)
    assert [one.transition.target for one in case.history] == ["smear", "exam"]
    step = case.record(DiagnosisConfirmed(diagnosis="all"), at=at(90))
    assert step.passed_through == ("exam", "specialist_workup") and step.state == "confirmed_all"


def test_an_event_that_moves_nothing_still_brings_its_facts():
    case = told(INDEX_COUNT)
    step = case.record(ChemistryReported(potassium="4.4 mmol/L"), at=at(5))
    assert step.fired == () and step.state == step.came_from == "referral"
    assert str(case.value("potassium")) == "4.4"
    assert "potassium" not in step.awaits and "ldh" in step.awaits


def test_what_was_held_back_is_said_in_the_step_and_the_rest_counts():
    step = told().record(BloodCountReported(hb="91 g/dL", anc="0.7 10*9/L", alc="1.4 10*9/L"), at=NINE)
    assert [(one.fact, one.given) for one in step.held] == [("hb", "91 g/dL")]
    assert "would be 9.1 g/dL" in step.held[0].reason
    assert step.state == "referral" and "hb" in step.awaits


def test_completed_advice_leaves_and_is_said_to_be_completed():
    case = told(INDEX_COUNT)
    step = case.record(CALL, at=at(30))
    assert ids(step.completed) == ["consult_same_day"] and "consult_same_day" not in case.advice


def test_what_a_closed_episode_left_undone_is_said():
    case = told(ONLY_ANC_LOW, CLEAR_SMEAR, CLEAR_EXAM)
    step = case.record(NEGATIVE, at=at(90))
    assert step.state == "follow_up" and case.episode == 2
    assert "medication_history" in ids(step.left_undone)


def test_two_results_that_cannot_both_be_so_are_both_kept_and_shown():
    case = told(Kmt2aReported(kmt2a="rearranged"))
    step = case.record(Kmt2aReported(kmt2a="germline"), at=at(30))
    assert ids(step.contradictions) == ["germline_after_rearranged"]
    assert case.value("kmt2a") == "rearranged" and len(case.log) == 2


def test_the_facts_of_a_case_can_be_asked_by_name():
    case = in_leukaemia()
    assert (str(case.value("wbc")), case.value("lineage"), case.value("something_low")) == ("2.5", "lymphoid", True)
    assert (case.value("age"), case.value("age_at_diagnosis"), str(case.value("wbc_at_diagnosis"))) == (13, 13, "2.5")
    assert case.value("hb") is None


def test_blasts_are_computed_from_one_sample_and_said_to_be():
    case = Case(PATHWAY, born=BORN)
    case.record(BloodCountReported(wbc="2.5 10*9/L"), at=NINE)
    case.record(SmearReported(smear_reviewer="pathologist", blasts_percent="34 %"), at=NINE)
    assert str(case.value("blasts")) == "850.0" or case.value("blasts") == 850
    later = told(
        BloodCountReported(wbc="2.5 10*9/L"), SmearReported(smear_reviewer="pathologist", blasts_percent="34 %")
    )
    assert later.value("blasts") is None, "another sample"


def test_the_grade_of_neutropenia_is_for_display_and_refused_as_a_value():
    with pytest.raises(BadInput, match="anc_grade"):
        told(INDEX_COUNT).value("anc_grade")


@relaxed
@given(stories())
def test_a_step_says_what_became_of_state_and_advice_and_nothing_else_changes(story):
    case = Case(PATHWAY, born=BORN)
    for moment, event in story:
        state, advice, entries = case.state, set(case.advice), case.log
        step = case.record(event, at=moment)
        assert (step.came_from, step.state) == (state, case.state)
        assert case.log[:-1] == entries and case.log[-1].id == step.entry
        gained, lost = set(case.advice) - advice, advice - set(case.advice)
        assert gained <= set(ids(step.raised)), (gained, step.to_json())
        assert lost <= set(ids((*step.completed, *step.withdrawn))), (lost, step.to_json())
        assert step.passed_through == tuple(one.source for one in step.fired)
        assert not step.proposed or (gained, lost) == (set(), set())


@settings(relaxed, max_examples=15)
@given(stories(8))
def test_every_answer_is_json_that_does_not_depend_on_when_it_was_made(story):
    def answers() -> list[str]:
        case = Case(PATHWAY, born=BORN)
        made = [case.record(event, at=moment).to_json() for moment, event in story]
        later = START + timedelta(days=40)
        made += [case.plan(at=later).to_json(), *(one.to_json() for one in case.next_events(at=later))]
        made += [case.propose(order, at=later).to_json() for order in PATHWAY.orders_by_id]
        made += [case.why_not(state, at=later).to_json() for state in PATHWAY.states_by_name]
        made += [one.to_json() for target in (None, *case.advice) for one in case.why(target, at=later)]
        return [json.dumps(one) for one in made]

    assert answers() == answers()


def test_the_json_of_a_step_has_every_part_of_it():
    step = told(INDEX_COUNT).record(CALL, at=at(30))
    names = {one.name for one in fields(Step)} - {"fired"} | {"transitions"}
    assert set(step.to_json()) == names
    assert step.to_json()["transitions"] == ["haematology_reached"]
    assert step.to_json()["at"] == "2026-01-22T09:30:00Z"


# --- propose --------------------------------------------------------------------------------------------------------


def test_an_order_is_refused_permitted_or_not_addressed_with_its_rule():
    case = told(INDEX_COUNT)
    refused = case.propose("order_bone_marrow", at=at(5))
    assert isinstance(refused, Verdict)
    assert (refused.verdict, refused.override) == ("refused", None)
    assert {"S92", "S93"} <= set(refused.cites) and "haematology_consulted" in refused.awaits
    case.record(CALL, at=at(10))
    assert case.propose("order_bone_marrow", at=at(11)).verdict == "permitted"
    silent = case.propose("defer_referral", at=at(11))
    assert silent.verdict == "not_addressed" and "silence is no permission" in silent.words


def test_asking_for_an_order_records_nothing():
    case = told(INDEX_COUNT)
    before = picture(case)
    for order in PATHWAY.orders_by_id:
        case.propose(order, at=at(60))
    assert picture(case) == before


def test_an_override_is_kept_with_name_and_reason_and_the_refusal_stands():
    case = told(INDEX_COUNT)
    verdict = case.propose("order_bone_marrow", at=at(5), override=Override("Dr A", "bleeding into the brain"))
    assert verdict.verdict == "refused" and verdict.override == Override("Dr A", "bleeding into the brain")
    assert "S108" in verdict.cites
    entry = case.log[-1]
    assert (entry.kind, entry.by, entry.order, entry.reason) == (
        "override", "Dr A", "order_bone_marrow", "bleeding into the brain",
    )  # fmt: skip


def test_an_override_of_what_is_permitted_anyway_is_none():
    case = told(INDEX_COUNT, CALL)
    verdict = case.propose("order_bone_marrow", at=at(60), override=Override("Dr A", "needed"))
    assert verdict.verdict == "permitted" and verdict.override is None and len(case.log) == 2


def test_an_act_in_spite_of_a_refusal_is_recorded_and_marked_as_a_deviation():
    case = told(INDEX_COUNT)
    step = case.record(BoneMarrowPerformed(), at=at(30))
    assert case.value("bone_marrow_performed") is True, "a result or an act is never refused"
    (deviation,) = step.deviations
    assert (deviation.order.id, deviation.entry, deviation.overridden) == ("order_bone_marrow", "e2", False)
    assert case.deviations == step.deviations


def test_an_act_after_an_override_is_a_deviation_that_a_clinician_had_answered_for():
    case = told(INDEX_COUNT)
    case.propose("order_bone_marrow", at=at(5), override=Override("Dr A", "bleeding"))
    case.record(BoneMarrowPerformed(), at=at(30))
    assert [one.overridden for one in case.deviations] == [True]
    assert "overridden by a clinician" in case.plan(at=at(60)).deviations[0]


def test_an_override_after_the_act_excuses_nothing():
    case = told(INDEX_COUNT, BoneMarrowPerformed())
    case.propose("order_bone_marrow", at=at(60), override=Override("Dr A", "it is done"))
    assert [one.overridden for one in case.deviations] == [False]


def test_an_act_that_was_permitted_is_no_deviation():
    assert told(INDEX_COUNT, CALL, BoneMarrowPerformed()).deviations == ()
    assert told(INDEX_COUNT, fever("38.5"), AntimicrobialsStarted()).deviations == ()


def test_only_the_act_that_was_refused_is_a_deviation():
    """Of two transplants under six months of age, the one after total body irradiation breaks two rules."""
    born = date(2025, 9, 1)
    gentle = told(Transplanted(conditioning="chemotherapy_only"), born=born)
    harsh = told(Transplanted(conditioning="tbi_based"), born=born)
    assert [one.order.id for one in gentle.deviations] == ["transplant"]
    assert sorted(one.order.id for one in harsh.deviations) == ["condition_with_tbi", "transplant"]


# --- why ------------------------------------------------------------------------------------------------------------


def test_why_names_the_value_the_limit_and_the_citation():
    (reason,) = told(INDEX_COUNT).why()
    assert isinstance(reason, Reason) and reason.rule == "same_day_referral"
    said = {one.fact: one for one in reason.findings}
    assert set(said) == {"anc", "alc"} and all(one.truth is True for one in said.values())
    assert "0.7 10*9/L" in said["anc"].words and "< 1.5 10*9/L" in said["anc"].words
    assert "1.4 10*9/L" in said["alc"].words and "< 3.5 10*9/L" in said["alc"].words and "S25" in said["alc"].cites
    assert {"S32", "S36"} <= set(reason.cites)
    assert "0.7 10*9/L" in str(reason) and "[S32 " in str(reason)


def test_why_speaks_of_the_record_as_it_was_when_the_case_moved():
    case = told(INDEX_COUNT, BloodCountReported(anc="3 10*9/L", alc="5 10*9/L"))
    (reason,) = case.why()
    assert "0.7 10*9/L" in str(reason), "the better repeat count is not why the child was referred"


def test_why_of_a_state_that_was_left_is_why_it_was_reached():
    case = told(INDEX_COUNT, CALL)
    assert [one.rule for one in case.why("referral")] == ["same_day_referral"]
    assert [one.rule for one in case.why("specialist_workup")] == ["haematology_reached"]
    assert case.why("high_risk") == ()


def test_why_of_an_advice_names_its_facts_and_is_empty_where_it_is_not_in_force():
    case = told(INDEX_COUNT, fever("38.3"))
    (reason,) = case.why("antimicrobials_now")
    assert reason.rule == "antimicrobials_now" and "38.3 Cel" in str(reason) and ">= 38.3 Cel" in str(reason)
    assert case.why("hold_live_vaccines") and case.why("maintenance") == ()


def test_why_of_an_order_is_the_verdict_with_its_facts():
    (reason,) = told(INDEX_COUNT).why("order_bone_marrow")
    assert "haematology" in reason.words and reason.findings[0].fact == "haematology_consulted"


def test_why_of_a_case_that_never_moved_is_empty():
    assert told().why() == () and told(CLEAR_EXAM).why() == ()


def test_why_at_an_earlier_moment_is_why_it_was_so_then():
    case = told(INDEX_COUNT, CALL)
    assert [one.rule for one in case.why(at=at(29))] == ["same_day_referral"]
    assert [one.rule for one in case.why(at=at(30))] == ["haematology_reached"]


# --- why not: three kinds of nothing happened -----------------------------------------------------------------------


def test_nothing_leads_there_from_here():
    answer = told(INDEX_COUNT, DiagnosisConfirmed(diagnosis="cml")).why_not("smear")
    assert isinstance(answer, WhyNot) and not answer.holds and answer.path == answer.waits == ()
    (obstacle,) = answer.obstacles
    assert isinstance(obstacle, Obstacle) and obstacle.kind == "no_transition"
    assert obstacle.words.startswith("no transition leads from ")


def test_a_fact_says_otherwise_with_its_value_its_limit_and_what_would_turn_it():
    case = told(
        INDEX_COUNT, CALL, BLASTS, Kmt2aReported(kmt2a="rearranged"), MrdPersistenceDeclared(mrd_persistent=False)
    )
    assert case.state == "intermediate_risk"
    (obstacle,) = case.why_not("high_risk").obstacles
    assert (obstacle.rule, obstacle.kind, obstacle.waits) == ("high_risk_later", "false", ())
    said = {one.fact: one for one in obstacle.findings}
    assert all(one.truth is False for one in said.values())
    assert (said["age_at_diagnosis"].limit, said["age_at_diagnosis"].turns_at) == ("< 6 months", "just below 6 months")
    assert (said["wbc_at_diagnosis"].limit, said["wbc_at_diagnosis"].turns_at) == (">= 300 10*9/L", "300 10*9/L")
    assert said["mrd_persistent"].value is False
    assert "13 months (>= 6 months)" in obstacle.words and "2.5 10*9/L (< 300 10*9/L)" in obstacle.words


def test_why_the_risk_is_not_open_again_after_germline_is_that_it_is_germline():
    case = told(INDEX_COUNT, CALL, BLASTS, Kmt2aReported(kmt2a="germline"))
    assert case.state == "standard_risk"
    answer = case.why_not("kmt2a_stratification")
    assert answer.path == ("kmt2a_stratification",) and "germline" in str(answer)


def test_why_it_is_not_leukaemia_at_19_9_percent_names_both_limits_although_the_diagnosis_is_open():
    smear = SmearReported(
        smear_reviewer="haematologist",
        blasts_percent="19.9 %",
        blasts="999 /uL",
        lineage="lymphoid",
        immature_cells=True,
    )
    answer = told(INDEX_COUNT, CALL, smear).why_not("confirmed_all")
    assert answer.waits == ("diagnosis",)
    assert "19.9 % (< 20 %)" in str(answer) and "999 /uL (< 1000 /uL)" in str(answer)


def test_a_fact_is_missing_and_is_named():
    answer = told(INDEX_COUNT).why_not("confirmed_all")
    assert [one.kind for one in answer.obstacles] == ["unknown", "unknown"]
    assert answer.path == ("specialist_workup", "confirmed_all")
    assert {"lineage", "blasts_percent", "blasts", "haematology_consulted"} <= set(answer.waits)
    assert "waits for" in str(answer)


def test_the_facts_allow_it_and_the_event_has_not_come():
    answer = told(ONLY_ANC_LOW, CLEAR_SMEAR, CLEAR_EXAM).why_not("follow_up")
    (obstacle,) = answer.obstacles
    assert (obstacle.rule, obstacle.kind) == ("workup_negative", "event")
    assert PATHWAY.event_type("workup_declared_negative").title in obstacle.words


def test_what_is_so_is_not_explained_away():
    case = told(INDEX_COUNT)
    for target in ("referral", "consult_same_day"):
        answer = case.why_not(target)
        assert answer.holds and answer.obstacles == () and str(answer) == f"{target}: it is so"
    assert told(INDEX_COUNT, CALL).why_not("order_bone_marrow").holds


def test_why_an_advice_is_not_in_force_is_that_it_is_done_or_not_so_or_unknown():
    case = told(INDEX_COUNT, CALL, CLEAR_SMEAR)
    (done,) = case.why_not("smear_now").obstacles
    assert done.kind == "false" and done.words.startswith("done: ")
    assert "haematologist" in done.words
    (not_so,) = case.why_not("maintenance").obstacles
    assert not_so.kind == "false"
    (unknown,) = told(CLEAR_SMEAR).why_not("hold_live_vaccines").obstacles
    assert unknown.kind == "unknown" and {"wbc", "anc"} <= set(unknown.waits)


def test_why_an_order_is_not_permitted():
    refused = told(INDEX_COUNT).why_not("order_bone_marrow")
    assert [one.kind for one in refused.obstacles] == ["false"] and not refused.holds
    silent = told(NORMAL_COUNT).why_not("allow_contact_activity")
    assert [one.kind for one in silent.obstacles] == ["no_transition"]


@settings(relaxed, max_examples=30)
@given(stories(6))
def test_every_state_is_reached_by_the_path_that_why_not_gives_or_no_path_is_given(story):
    case = Case(PATHWAY, born=BORN)
    for moment, event in story:
        case.record(event, at=moment)
    for name in PATHWAY.states_by_name:
        answer = case.why_not(name)
        assert answer.holds is (name == case.state)
        place = case.state
        for target in answer.path:
            assert any(place in one.sources and one.target == target for one in PATHWAY.transitions)
            place = target
        assert not answer.path or place == name
        assert set(answer.waits) == {fact for one in answer.obstacles for fact in one.waits}


# --- next events ----------------------------------------------------------------------------------------------------


def test_the_next_events_name_the_fields_that_are_awaited_and_those_that_must_be_given():
    found = {one.event: one for one in told(INDEX_COUNT).next_events()}
    assert all(isinstance(one, NextEvent) for one in found.values())
    assert found["blood_count_reported"].fields == ("hb", "platelets")
    assert found["chemistry_reported"].fields == ("potassium", "uric_acid", "ldh", "phosphate")
    assert found["smear_reported"].required == ("smear_reviewer",)
    assert found["haematology_consulted"].leads_to == ("specialist_workup",)
    assert found["haematology_consulted"].fields == ()


def test_an_event_that_a_way_out_waits_for_is_among_the_next_ones():
    found = {one.event: one for one in told(ONLY_ANC_LOW, CLEAR_SMEAR, CLEAR_EXAM).next_events()}
    assert found["workup_declared_negative"].leads_to == ("follow_up",)
    assert found["workup_declared_negative"].required == ("declared_by",)
    assert set({one.event for one in in_follow_up().next_events()}) >= {"blood_count_reported"}


def test_in_leukaemia_the_next_event_is_the_kmt2a_result():
    found = {one.event: one for one in in_leukaemia().next_events()}
    assert found["kmt2a_reported"].leads_to == ("kmt2a_stratification",)


@settings(relaxed, max_examples=30)
@given(stories(6))
def test_a_next_event_names_only_fields_that_it_has_and_states_that_can_be_reached_from_here(story):
    case = Case(PATHWAY, born=BORN)
    for moment, event in story:
        case.record(event, at=moment)
    for one in case.next_events():
        kind = PATHWAY.event_type(one.event)
        assert set(one.fields) <= {field.fact for field in kind.fields}
        assert one.required == tuple(field.fact for field in kind.fields if field.required)
        assert set(one.leads_to) <= {rule.target for rule in PATHWAY.transitions if case.state in rule.sources}


def test_a_diagnosis_is_said_to_lead_where_it_leads():
    """A diagnosis stands for the consultation: from the referral it leads to the specialists."""
    case = told(INDEX_COUNT)
    found = {one.event: one for one in case.next_events()}
    assert case.what_if(DiagnosisConfirmed(diagnosis="cml"), at=at(30)).passed_through[1:2] == ("specialist_workup",)
    assert "specialist_workup" in found["diagnosis_confirmed"].leads_to


@pytest.mark.parametrize("count", [ONLY_ANC_LOW, INDEX_COUNT], ids=["smear", "referral"])
def test_after_the_smear_of_an_analyser_the_qualified_one_is_still_the_next_event(count):
    smear = SmearReported(smear_reviewer="analyser", blasts_percent="0 %", immature_cells=False)
    case = told(count, smear)
    assert "smear_now" in case.advice
    assert "smear_reported" in [one.event for one in case.next_events()]


BRINGS = {
    "antimicrobials_now": {"antimicrobials_started"},
    "recheck_temperature": {"temperature_measured"},
    "consult_same_day": {"haematology_consulted"},
    "reconsult_haematology": {"haematology_consulted"},
    "exam_now": {"examined"},
    "tumour_lysis_labs": {"chemistry_reported"},
}


@relaxed
@given(stories())
def test_what_urgent_advice_asks_for_is_always_among_the_next_events(story):
    """All but the smear; see the analyser, above."""
    case = Case(PATHWAY, born=BORN)
    for moment, event in story:
        case.record(event, at=moment)
    found = {one.event for one in case.next_events()}
    for name in set(BRINGS) & set(case.advice):
        assert BRINGS[name] <= found, name


# --- what if, copy --------------------------------------------------------------------------------------------------


def test_what_if_says_what_recording_would_say_and_records_nothing():
    case = told(INDEX_COUNT)
    before = picture(case)
    supposed = case.what_if(CALL, at=at(30))
    assert picture(case) == before
    assert supposed.to_json() == case.record(CALL, at=at(30)).to_json()


def test_what_if_of_a_late_result_says_that_it_would_wait():
    case = told((60, INDEX_COUNT))
    supposed = case.what_if(BloodCountReported(wbc="9 10*9/L"), at=NINE)
    assert not supposed.proposed and len(case.log) == 1


def test_a_copy_is_equal_and_goes_its_own_way():
    case = told(INDEX_COUNT)
    twin = case.copy()
    assert twin == case and picture(twin) == picture(case)
    twin.record(CALL, at=at(30))
    assert twin != case and case.state == "referral"


def test_a_case_is_equal_by_child_zone_log_and_pathway():
    case = told(INDEX_COUNT)
    assert case == told(INDEX_COUNT)
    assert case != told(INDEX_COUNT, born=date(2024, 12, 23)) and case != told(INDEX_COUNT, zone="Europe/Berlin")
    assert case != told(CALL) and case != "case"
    with pytest.raises(TypeError):
        hash(case)


def test_what_happens_in_one_case_stays_there():
    one, two = told(), told()
    one.record(INDEX_COUNT, at=NINE)
    assert two.state == "initial_labs" and two.advice == ()
    assert "referral" in repr(one) and "1 entries" in repr(one)


# --- age ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "on", "months"),
    [
        ("2024-12-22", "2026-01-21", 12), ("2024-12-22", "2026-01-22", 13), ("2026-01-22", "2026-01-22", 0),
        ("2025-07-22", "2026-01-21", 5), ("2025-07-22", "2026-01-22", 6), ("2025-07-22", "2026-01-23", 6),
        ("2025-08-31", "2025-09-30", 0), ("2025-08-31", "2025-10-01", 1), ("2025-08-31", "2026-02-28", 5),
        ("2025-08-31", "2026-03-01", 6), ("2025-08-30", "2026-02-28", 5), ("2025-08-30", "2026-03-01", 6),
        ("2024-02-29", "2025-02-28", 11), ("2024-02-29", "2025-03-01", 12), ("2024-02-29", "2028-02-28", 47),
        ("2024-02-29", "2028-02-29", 48), ("2025-12-31", "2026-01-31", 1), ("2025-12-31", "2026-01-30", 0),
        ("2008-01-22", "2026-01-22", 216),
    ],
)  # fmt: skip
def test_a_month_is_complete_on_the_day_of_the_birthday_or_on_the_first_after_a_month_without_one(born, on, months):
    assert completed_months(date.fromisoformat(born), date.fromisoformat(on)) == months
    moment = datetime.fromisoformat(f"{on}T12:00:00Z")
    assert Case(PATHWAY, born=date.fromisoformat(born)).plan(at=moment).age_months == months


@given(st.dates(date(2007, 1, 1), date(2026, 1, 1)), st.integers(0, 216 * 28))
def test_from_one_day_to_the_next_a_child_grows_by_a_month_or_not_at_all(born, days):
    on = born + timedelta(days=days)
    today, tomorrow = completed_months(born, on), completed_months(born, on + timedelta(days=1))
    assert tomorrow - today in (0, 1)
    assert days // 31 - 1 <= today <= days // 28


def test_the_birthday_begins_at_midnight_at_home():
    born = date(2024, 12, 22)
    here, there = Case(PATHWAY, born=born, timezone="Europe/Berlin"), Case(PATHWAY, born=born, timezone="UTC")
    midnight = datetime(2026, 1, 21, 23, 0, tzinfo=UTC)
    assert here.plan(at=midnight - timedelta(seconds=1)).age_months == 12
    assert here.plan(at=midnight).age_months == 13
    assert there.plan(at=midnight).age_months == 12


def test_the_day_of_birth_begins_at_midnight_at_home_too():
    case = Case(PATHWAY, born=date(2026, 1, 22), timezone="Europe/Berlin")
    assert case.plan(at=datetime(2026, 1, 21, 23, 0, tzinfo=UTC)).age_months == 0


# --- calendar days --------------------------------------------------------------------------------------------------


def resolved_after(begun: datetime, repeated: datetime, zone: str = "Europe/Berlin") -> bool:
    case = Case(PATHWAY, born=BORN, timezone=zone)
    for minute, event in ((-90, ONLY_ANC_LOW), (-60, CLEAR_SMEAR), (-30, CLEAR_EXAM), (0, NEGATIVE)):
        case.record(event, at=begun + timedelta(minutes=minute))
    assert case.state == "follow_up"
    case.record(NORMAL_COUNT, at=repeated)
    return case.state == "resolved"


def test_day_seven_begins_at_midnight_and_not_at_the_hour():
    begun = datetime(2026, 1, 22, 15, tzinfo=BERLIN)
    assert not resolved_after(begun, datetime(2026, 1, 28, 23, 59, 59, tzinfo=BERLIN))
    assert resolved_after(begun, datetime(2026, 1, 29, 0, 0, tzinfo=BERLIN))


def test_the_midnight_that_counts_is_the_one_at_home():
    begun = datetime(2026, 1, 22, 23, 30, tzinfo=BERLIN)
    repeated = datetime(2026, 1, 28, 23, 30, tzinfo=UTC)
    assert resolved_after(begun, repeated), "in Berlin it is the 29th already"
    assert not resolved_after(begun, repeated, zone="UTC")


@pytest.mark.parametrize(
    "begun", [datetime(2026, 3, 25, 23, 30), datetime(2026, 10, 21, 0, 30)], ids=["summer", "winter"]
)
def test_the_change_of_the_clocks_makes_no_day_longer_or_shorter(begun):
    begun = begun.replace(tzinfo=BERLIN)
    last = datetime(begun.year, begun.month, begun.day, 23, 59, tzinfo=BERLIN) + timedelta(days=6)
    first = datetime(begun.year, begun.month, begun.day, 0, 0, tzinfo=BERLIN) + timedelta(days=7)
    for zone in (BERLIN, UTC):
        assert not resolved_after(begun, last.astimezone(zone))
        assert resolved_after(begun, first.astimezone(zone))


def test_the_day_on_which_the_clocks_go_forward_is_over_after_23_hours():
    case = Case(PATHWAY, born=BORN, timezone="Europe/Berlin")
    case.record(INDEX_COUNT, at=datetime(2026, 3, 28, 23, 0, tzinfo=UTC))
    assert case.plan(at=datetime(2026, 3, 29, 21, 59, tzinfo=UTC)).overdue == ()
    assert "consult_same_day" in case.plan(at=datetime(2026, 3, 29, 22, 0, tzinfo=UTC)).overdue


@relaxed
@given(stories(8), st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30)), ZoneInfo("America/New_York")]))
def test_in_which_zone_a_moment_is_written_changes_nothing(story, zone):
    one, two = Case(PATHWAY, born=BORN), Case(PATHWAY, born=BORN)
    for moment, event in story:
        assert one.record(event, at=moment).state == two.record(event, at=moment.astimezone(zone)).state
    later = START + timedelta(days=60)
    assert one == two
    assert one.plan(at=later).to_json()["advice"] is not None
    assert (one.state, one.advice, one.plan(at=later).overdue) == (two.state, two.advice, two.plan(at=later).overdue)


def test_twenty_minutes_of_fever_over_the_lost_hour_are_not_an_hour():
    """01:50 and 03:10 on the night when the clocks go forward are twenty minutes apart."""
    case = Case(PATHWAY, born=BORN, timezone="Europe/Berlin")
    case.record(fever("38.1"), at=datetime(2026, 3, 29, 1, 50, tzinfo=BERLIN))
    case.record(fever("38.1"), at=datetime(2026, 3, 29, 3, 10, tzinfo=BERLIN))
    assert case.value("fever_for_an_hour") is not True


def test_seventy_minutes_of_fever_in_the_hour_that_comes_twice_are_an_hour():
    """02:30 and again 02:40 on the night when the clocks go back are seventy minutes apart: antimicrobials are due."""
    case = told(INDEX_COUNT, zone="Europe/Berlin")
    case.record(fever("38.1"), at=datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN))
    case.record(fever("38.1"), at=datetime(2026, 10, 25, 2, 40, tzinfo=BERLIN, fold=1))
    assert case.value("fever_for_an_hour") is True and "antimicrobials_now" in case.advice


def test_in_the_hour_that_comes_twice_the_later_result_is_the_later_one():
    case = Case(PATHWAY, born=BORN, timezone="Europe/Berlin")
    case.record(DiagnosisConfirmed(diagnosis="all"), at=datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN))
    case.record(DiagnosisConfirmed(diagnosis="benign"), at=datetime(2026, 10, 25, 2, 10, tzinfo=BERLIN, fold=1))
    assert case.value("diagnosis") == "benign"


def test_a_case_of_the_night_of_the_change_survives_json():
    case = Case(PATHWAY, born=BORN, timezone="Europe/Berlin")
    case.record(INDEX_COUNT, at=datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN))
    assert Case.from_json(case.to_json(), PATHWAY) == case


# --- several things at once -----------------------------------------------------------------------------------------


def test_results_of_one_moment_count_in_the_order_of_the_events_table():
    events = (INDEX_COUNT, BLASTS, CALL, BcrAbl1Reported(bcr_abl1="negative"))
    here, there = Case(PATHWAY, born=BORN), Case(PATHWAY, born=BORN)
    for event in events:
        here.record(event, at=NINE)
    for event in reversed(events):
        there.record(event, at=NINE)
    while there.pending:
        there.acknowledge(there.pending[0].id, at=at(1), by="Dr A")
    assert here.state == there.state == "confirmed_all"
    assert set(here.advice) == set(there.advice)


def test_a_declaration_of_the_same_moment_comes_last():
    case = Case(PATHWAY, born=BORN)
    for event in (NEGATIVE, CLEAR_EXAM, CLEAR_SMEAR, ONLY_ANC_LOW):
        case.record(event, at=NINE)
    while case.pending:
        case.acknowledge(case.pending[0].id, at=at(1), by="Dr A")
    assert case.state == "follow_up"


def test_the_plan_is_a_plan():
    assert isinstance(told().plan(at=NINE), Plan)


def test_a_trigger_that_is_met_again_is_told_since_it_was_first_met():
    """Infection signs on two days: the case says since when, and that is the first of them."""
    case = told((0, NORMAL_COUNT), (60, InfectionSignsFound()), (120, InfectionSignsFound()), (180, CLEAR_EXAM))
    [reason] = case.why("start_antimicrobials")
    assert [one.words for one in reason.findings if one.fact == "fever_trigger"] == [
        "fever or infection that calls for antimicrobials (since 2026-01-22T10:00+00:00)"
    ]
