"""The plan at the bedside: first things first, each line with its reason and its source."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from pathway import PATHWAY, Case
from pathway.definition.events import BloodCountReported, ChemistryReported
from pathway.model.rules import URGENCIES
from tests.children import CALL, INDEX_COUNT, NINE, NORMAL_COUNT, at, fever, in_follow_up, in_leukaemia, told


def line_of(case: Case, name: str, moment=None):
    return next(one for one in case.plan(at=moment or at(300)).lines if one.id == name)


# --- what is on it --------------------------------------------------------------------------------------------------


def test_the_lines_come_in_the_order_of_urgency_and_within_it_in_that_of_the_definition():
    case = told(INDEX_COUNT, fever("38.4"))
    case.record(CALL, at=at(60))
    plan = case.plan(at=at(61))
    order = [(URGENCIES.index(one.urgency), list(PATHWAY.advice_by_id).index(one.id)) for one in plan.lines]
    assert order == sorted(order) and {one.urgency for one in plan.lines} == set(URGENCIES)
    assert plan.lines == tuple(one for urgency in URGENCIES for one in plan.of(urgency))


def test_the_lines_are_the_advice_in_force():
    case = told(INDEX_COUNT)
    assert {one.id for one in case.plan(at=at(1)).lines} == set(case.advice)


def test_the_pages_patient_is_told_to_call_today_and_to_look_at_the_smear_now():
    plan = told(INDEX_COUNT).plan(at=at(1))
    assert [one.id for one in plan.of("now")] == [one.id for one in PATHWAY.advice if one.id in {
        "consult_same_day", "smear_now", "exam_now", "tumour_lysis_labs"}]  # fmt: skip
    assert (plan.state, plan.age_months, plan.episode) == ("referral", 13, 1)
    assert {"N01", "N02"} <= {one.id for one in plan.notes}, "at 13 months the reader must see N01"


def test_every_line_has_its_reason_and_its_source():
    for line in told(INDEX_COUNT, fever("38.4"), CALL).plan(at=at(90)).lines:
        assert line.findings and all(one.words for one in line.findings), line.id
        assert line.cites and line.words.endswith("."), line.id
        assert line.local_choice == PATHWAY.advice_named(line.id).local_choice


def test_a_reason_names_the_value_and_the_limit():
    line = line_of(told(INDEX_COUNT), "consult_same_day")
    said = " ".join(one.words for one in line.findings)
    assert "0.7 10*9/L" in said and "1.5 10*9/L" in said and "1.4 10*9/L" in said and "3.5 10*9/L" in said


@pytest.mark.parametrize("line", PATHWAY.advice, ids=lambda one: one.id)
def test_every_advice_is_a_short_imperative_and_the_familys_part_is_plain(line):
    assert line.words[0].isupper() and line.words.endswith(".")
    assert not line.family or (line.family.endswith(".") and not any(sign in line.family for sign in "<>[]_*"))
    assert not line.family or not {"ANC", "haematology", "neutropenia", "platelet count"} & set(line.family.split())


def test_a_line_that_asks_for_results_names_those_that_are_missing():
    case = told(INDEX_COUNT)
    assert line_of(case, "tumour_lysis_labs").missing == ("potassium", "uric_acid", "ldh", "phosphate")
    assert line_of(case, "obtain_missing_counts").missing == ("hb", "platelets")
    case.record(ChemistryReported(potassium="4 mmol/L", ldh="99999 U/L"), at=at(60))
    assert line_of(case, "tumour_lysis_labs").missing == ("uric_acid", "ldh", "phosphate"), "held back is missing"


def test_what_is_awaited_comes_with_the_events_that_could_bring_it():
    awaited = {one.fact: one.events for one in told(INDEX_COUNT).plan(at=at(1)).awaited}
    assert awaited["hb"] == ("blood_count_reported",)
    assert awaited["haematology_consulted"] == ("haematology_consulted",)
    assert "blood_count_taken" not in awaited and all(awaited.values())


def test_the_counts_are_shown_against_their_limits_whatever_episode_they_are_from():
    counts = {one.fact: one for one in in_follow_up().plan(at=at(200)).counts}
    assert set(counts) == {"wbc", "anc", "alc", "hb", "platelets"}
    assert counts["anc"].truth is True and counts["hb"].truth is False


def test_the_banner_says_that_no_human_has_reviewed_this():
    plan = told().plan(at=NINE)
    assert plan.banner == PATHWAY.banner
    assert "educational" in plan.banner.lower() and "review" in plan.banner.lower()
    assert dict(plan.pathway) == {"id": PATHWAY.id, "version": PATHWAY.version, "digest": PATHWAY.digest}


def test_the_plan_says_where_the_source_ends():
    case = told(NORMAL_COUNT)
    assert case.state == "outside_pathway" and case.plan(at=at(1)).end == PATHWAY.state("outside_pathway").end != ""
    assert told(INDEX_COUNT).plan(at=at(1)).end == ""
    assert "all-clear" in case.plan(at=at(1)).meaning


# --- due and overdue ------------------------------------------------------------------------------------------------


def test_a_call_that_is_due_today_is_overdue_tomorrow_without_an_event():
    case = told(INDEX_COUNT)
    today, tomorrow = case.plan(at=at(60)), case.plan(at=at(days=1))
    assert today.overdue == () and tomorrow.overdue == ("consult_same_day",)
    assert line_of(case, "consult_same_day").due == NINE.date()


def test_what_goes_on_without_a_date_is_never_overdue():
    plan = told(INDEX_COUNT).plan(at=at(days=400))
    assert all(one.overdue is False for one in plan.lines if one.due is None)
    assert {one.id for one in plan.lines if one.overdue} == {"consult_same_day"}


def test_a_line_stands_since_it_was_raised_and_not_since_it_was_confirmed():
    case = told(INDEX_COUNT, (60, INDEX_COUNT))
    assert line_of(case, "consult_same_day").since == NINE


def test_what_is_due_in_some_days_is_due_on_that_day_whenever_the_plan_is_read():
    case = in_follow_up()
    name, days = next((one.id, one.due_day) for one in PATHWAY.advice if one.id in case.advice and one.due_day)
    first = line_of(case, name).since.date()
    assert {line_of(case, name, at(days=day)).due for day in (1, 2, days + 3)} == {first + timedelta(days=days)}


def test_since_when_a_line_stands_is_told_in_the_time_of_the_child():
    line = line_of(told(INDEX_COUNT, zone="Asia/Kolkata"), "consult_same_day")
    assert line.since.isoformat() == "2026-01-22T14:30:00+05:30"


def test_a_count_that_was_known_is_missing_again_while_its_last_report_is_held_back():
    case = told(BloodCountReported(wbc="2.5 10*9/L", anc="0.7 10*9/L", alc="1.4 10*9/L", hb="11 g/dL"))
    assert line_of(case, "obtain_missing_counts").missing == ("platelets",)
    case.record(BloodCountReported(hb="300 g/dL", platelets="200 10*9/L"), at=at(60))
    assert str(case.value("hb")) == "11" and line_of(case, "obtain_missing_counts").missing == ("hb",)


# --- what not to do -------------------------------------------------------------------------------------------------


def test_what_is_refused_here_is_on_the_plan_in_words():
    plan = told(INDEX_COUNT).plan(at=at(1))
    refused = {one.order: one for one in plan.refusals}
    for order in PATHWAY.orders:
        verdict = told(INDEX_COUNT).propose(order.id, at=at(1)).verdict
        assert (order.id in refused) is (verdict == "refused"), order.id
    assert refused["order_bone_marrow"].matters and "S92" in refused["order_bone_marrow"].cites
    assert not refused["condition_with_tbi"].matters, "nobody thinks of a transplant yet"


@pytest.mark.parametrize(
    ("case", "orders"),
    [
        (
            lambda: told(INDEX_COUNT),
            {"order_bone_marrow", "start_antimicrobials", "defer_referral", "attribute_to_virus"},
        ),
        (lambda: told(INDEX_COUNT, CALL), {"start_interfant_chemotherapy"}),
        (in_leukaemia, {"condition_with_tbi", "assign_risk_group"}),
        (in_follow_up, {"close_case"}),
    ],
    ids=["referral", "specialists", "leukaemia", "follow-up"],
)
def test_what_matters_at_the_bedside_depends_on_where_the_child_is(case, orders):
    matters = {one.order for one in case().plan(at=at(120)).refusals if one.matters}
    assert orders <= matters


# --- the family -----------------------------------------------------------------------------------------------------


def test_the_family_is_told_each_thing_once():
    plan = told(INDEX_COUNT).plan(at=at(1))
    assert len(plan.family) == len(set(plan.family)) == len([one for one in plan.lines if one.family])
    assert plan.to_json()["family"] == list(plan.family)


@pytest.mark.parametrize(
    ("case", "name"),
    [
        (lambda: told(INDEX_COUNT), "infection_precautions"), (lambda: told(INDEX_COUNT), "bleeding_watch"),
        (lambda: told(INDEX_COUNT), "hydration"), (lambda: told(INDEX_COUNT), "avoid_head_trauma"),
        (lambda: told(INDEX_COUNT), "hold_live_vaccines"), (in_follow_up, "repeat_blood_count"),
        (in_follow_up, "symptom_watch"),
    ],
)  # fmt: skip
def test_what_concerns_the_family_is_said_to_the_family(case, name):
    assert PATHWAY.advice_named(name).family in case().plan(at=at(200)).family


def test_nobody_tells_the_family_to_do_a_doctors_work():
    team = ("smear_now", "exam_now", "tumour_lysis_labs", "antimicrobials_now", "kmt2a_test", "consider_hsct")
    assert all(PATHWAY.advice_named(name).family == "" for name in team)


# --- JSON -----------------------------------------------------------------------------------------------------------


def test_the_json_of_a_plan_has_what_the_command_line_prints():
    data = told(INDEX_COUNT).plan(at=at(1)).to_json()
    assert {"state", "advice", "forbidden", "awaits", "notes", "pathway", "banner", "family", "why"} <= set(data)
    assert {"id", "urgency", "due", "words", "cites"} <= set(data["advice"][0])
    assert set(data["forbidden"][0]) == {"order", "words", "cites"}
    assert data["pathway"] == {"id": PATHWAY.id, "version": PATHWAY.version, "digest": PATHWAY.digest}
    assert json.loads(json.dumps(data)) == data


def test_why_is_said_with_the_counts_first():
    why = told(INDEX_COUNT).plan(at=at(1)).to_json()["why"]
    assert [line.split(" ")[0] for line in why[:3]] == ["white", "neutrophils", "lymphocytes"]
    assert "0.7 10*9/L" in why[1] and "S32" in why[-1]
