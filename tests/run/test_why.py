"""Why a case is where it is, and why not: each answer names its facts, its limits and its citations."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from pathway import PATHWAY, Case
from pathway.definition.events import (
    BloodCountReported,
    DiagnosisConfirmed,
    InfectionSignsFound,
    Kmt2aReported,
    MrdPersistenceDeclared,
    SmearReported,
)
from pathway.run.answers import Obstacle, Reason, WhyNot
from tests.children import (
    ALL_CONFIRMED,
    BLASTS,
    BORN,
    CALL,
    CLEAR_EXAM,
    CLEAR_SMEAR,
    INDEX_COUNT,
    NORMAL_COUNT,
    ONLY_ANC_LOW,
    at,
    fever,
    told,
)
from tests.strategies import stories

relaxed = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


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


def test_a_transition_is_explained_in_the_state_that_it_left():
    history = told(BLASTS, CALL, ALL_CONFIRMED).history
    assert len(history) > 2
    assert [one.record.state for one in history] == [one.source for one in history]


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


def test_why_of_a_case_that_never_moved_is_empty():
    assert told().why() == () and told(CLEAR_EXAM).why() == ()


def test_why_at_an_earlier_moment_is_why_it_was_so_then():
    case = told(INDEX_COUNT, CALL)
    assert [one.rule for one in case.why(at=at(29))] == ["same_day_referral"]
    assert [one.rule for one in case.why(at=at(30))] == ["haematology_reached"]


def test_a_trigger_that_is_met_again_is_told_since_it_was_first_met():
    """Infection signs on two days: the case says since when, and that is the first of them."""
    case = told((0, NORMAL_COUNT), (60, InfectionSignsFound()), (120, InfectionSignsFound()), (180, CLEAR_EXAM))
    [reason] = case.why("start_antimicrobials")
    assert [one.words for one in reason.findings if one.fact == "fever_trigger"] == [
        "fever or infection that calls for antimicrobials (since 2026-01-22T10:00+00:00)"
    ]


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
