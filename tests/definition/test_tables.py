"""The citations of every rule, and the guards of the orders that no story reaches, as the pathway's tables have them.

An edit of a citation changes nothing that a case answers: it is noticed here. Three ids in a row are written S32-S34.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pathway import PATHWAY, Case
from pathway.definition.events import BloodCountReported, DiagnosisConfirmed, HaematologyConsulted, Kmt2aReported
from pathway.model.guards import ALWAYS
from pathway.model.words import in_words

TRANSITIONS = {
    "same_day_referral": "S32-S38 S88 N34",
    "count_low": "S12 S13",
    "nothing_low": "N48",
    "consulted_at_first": "S93",
    "smear_clear": "S27",
    "haematology_reached": "S93",
    "workup_negative": "S96 S99 N19",
    "declared_negative_by_haematology": "S96 N17 N19",
    "all_confirmed": "S41 S42 S71",
    "other_disease_found": "S46-S51 N34 N35 N54",
    "revised_to_other": "S71 N34 N54",
    "revised_to_benign": "S71 N53",
    "kmt2a_known": "S75 S76",
    "germline": "S77",
    "rearranged_after_all": "S76 S79",
    "high_risk_feature": "S80 S81 N24-N28",
    "no_high_risk_feature": "S83 N28 N29",
    "high_risk_later": "S80 S81",
    "resolution": "S97 S98 N20 N21",
    "persistence": "S99 N21 N22",
    "new_alarm": "S100 S101 N23 N44",
    "low_after_resolution": "S99 N23",
    "low_after_outside": "N48",
    "alarm_outside": "N48",
}

ADVICE = {
    "antimicrobials_now": "S59 S61-S63 N09-N13",
    "recheck_temperature": "S63 N09",
    "consult_same_day": "S08 S32 S88 N45",
    "reconsult_haematology": "S99 N22 N45",
    "bcr_abl1_test": "S46-S49",
    "smear_now": "S12-S16",
    "exam_now": "S27-S31",
    "tumour_lysis_labs": "S17-S19 N06 N07",
    "obtain_missing_counts": "S09 N02 N48",
    "medication_history": "S53 S54 S57 S58",
    "consider_hlh": "S50-S52 N35",
    "discuss_with_haematology": "N04 N19",
    "confirm_protocol_eligibility": "S40 S43 S72 N01",
    "kmt2a_test": "S75 S76",
    "offer_trial": "S73",
    "interfant_chemotherapy": "S74 N30",
    "mrd_adapted_consolidation": "S78 N29",
    "intensive_consolidation": "S79",
    "consider_hsct": "S82 S86 S87 N31",
    "maintenance": "S83 N29",
    "repeat_blood_count": "S97 N20 N21",
    "symptom_watch": "S100 S101 N23",
    "infection_precautions": "S22 S59 S61 S65 S66",
    "hydration": "S60 N40",
    "bleeding_watch": "S69 S70",
    "avoid_head_trauma": "S67 S68 N41",
    "hold_live_vaccines": "S64 N42",
}

ORDERS = {
    "order_bone_marrow": "S92 S93 N52",
    "start_antimicrobials": "S61-S63 S94 S95 S108 N13",
    "give_live_vaccine": "S64 N42",
    "allow_contact_activity": "S67 N41",
    "defer_referral": "S88 S89 S99",
    "attribute_to_virus": "S54-S56 S90 S91 N38",
    "attribute_to_drug": "S57 S90 N39",
    "start_interfant_chemotherapy": "S71 S73 S74 N01",
    "assign_risk_group": "S76 N28",
    "condition_with_tbi": "S86 N31",
    "transplant": "S82 S87 N31",
    "close_case": "S100 N23 N34 N48 N54",
}

CONTRADICTIONS = {
    "differential_exceeds_wbc": "N05 N53",
    "germline_after_rearranged": "N53",
    "blasts_after_benign": "N53",
    "benign_despite_blasts": "N53",
}

STATES = {
    "initial_labs": "S01 S07 S20 S23",
    "smear": "S12-S15",
    "exam": "S27 N19",
    "referral": "S08-S11 S32 S89 N03",
    "specialist_workup": "S39 S46 S50 S53 S93 N37",
    "specialist_pathway": "S46 S47 S50 S52 N34 N35 N54",
    "confirmed_all": "S40-S42 S44 S45 S71 S72 N14 N16",
    "kmt2a_stratification": "S75 S76 N28",
    "standard_risk": "S77 S78 N29",
    "intermediate_risk": "S83 N29 N30",
    "high_risk": "S80-S82 N24",
    "follow_up": "S55 S56 S96 S97 N18 N20 N38",
    "resolved": "S98 S100 N23",
    "outside_pathway": "S07 N48",
}

CONDITIONS = {
    "low_anc": "S20 S21 T1 N47",
    "low_alc": "S23-S26 N46",
    "low_hb": "S36 T4",
    "low_platelets": "S36 T4",
    "low_wbc": "S07 T3 N48",
    "low_count": "S07 S09 S24 N48",
    "white_cells_not_low": "S07 N48",
    "multi_lineage": "S09 S36 S37 N04",
    "counts_in_range": "S98 N21",
    "count_out_of_range": "S99 N21",
    "counts_known": "S09 N02 N48",
    "qualified_smear": "S15",
    "blasts_in_smear": "S16 S33",
    "smear_answers": "S16 S33",
    "blasts_seen": "S33 S15",
    "smear_clear": "S15 S16 S33 N18",
    "constitutional_symptom": "S31 S34 N10 N44",
    "organomegaly": "S28 S35",
    "bleeding": "S30 S38 N43",
    "alarm_finding": "S27-S31 S34 S35 S38 N44",
    "exam_clear": "S27-S31 N17",
    "same_day_criterion": "S07 S27 S32-S36 S38 N10 N34",
    "consulted": "S08 S32 S93 N22",
    "all_criterion": "S41 S42 N14",
    "acute_lymphoblastic_leukaemia": "S41 S42 S71 S93 N14 N34",
    "other_disease": "S46 S47 S50 S52 N34 N35 N54",
    "not_benign_diagnosis": "S71 N34 N54",
    "hlh_trigger": "S50 S51 N35",
    "anc_low_or_unknown": "S59 S61 N11 N13",
    "platelets_low_or_unknown": "S67 S68 N41",
    "young_with_high_wbc": "S80 N24-N27",
    "high_risk_feature": "S80 S81 N24 N28",
    "risk_decidable": "S80 S81 S83 N28",
    "infant_at_diagnosis": "S40 S43 S72 N01",
    "protocol_eligible": "S43 S72 N01",
    "kmt2a_known": "S75 S76",
    "leukaemia_stands": "S71 N53 N54",
    "tumour_lysis_known": "S17-S19 N06",
    "low_or_urgent": "S12 S17 S27",
}

DERIVED = {
    "age": "S01 N01",
    "days_in_state": "S97 N20",
    "blasts": "S41 N14",
    "differential_excess": "N05",
    "anc_grade": "S21 T1 N03 N47",
    "measured_fever": "S31 S34 N10",
    "something_low": "S07 S88",
    "same_day": "S32 S88 S89",
    "fever_for_an_hour": "S63 N09",
    "fever_settled": "S63 N09",
    "fever_trigger": "S61-S63 N09 N12",
    "age_at_diagnosis": "S43 S80 N01 N24",
    "wbc_at_diagnosis": "S80 N24 N27",
    "declared_negative_before": "S96 S99 N22",
}


def spelt(cites: str) -> tuple[str, ...]:
    """The ids of a line: "S32-S34 N04" is S32, S33, S34, N04."""
    found: list[str] = []
    for part in cites.split():
        first, _, last = part.partition("-")
        found += [
            f"{first[0]}{number:0{len(first) - 1}}" for number in range(int(first[1:]), int((last or first)[1:]) + 1)
        ]
    return tuple(found)


@pytest.mark.parametrize(
    ("kind", "table"),
    [
        ("transitions", TRANSITIONS), ("advice", ADVICE), ("orders", ORDERS), ("contradictions", CONTRADICTIONS),
        ("states", STATES), ("conditions", CONDITIONS), ("derived", DERIVED),
    ],
)  # fmt: skip
def test_every_rule_cites_what_its_table_cites(kind: str, table: dict[str, str]) -> None:
    said = {getattr(one, "id", None) or one.name: one.cites for one in getattr(PATHWAY, kind)}
    assert said == {name: spelt(cites) for name, cites in table.items()}


ASKS = {
    "assign_risk_group": "KMT2A status is germline; or (KMT2A status is rearranged and not (under 6 months with white "
    "cells of 300 10*9/L or more at diagnosis) and not persistently MRD positive (specialist's verdict))",
}

MATTERS = {
    "order_bone_marrow": "in any before-diagnosis state",
    "start_antimicrobials": "not in any quiet state; unless shown: antimicrobials started",
    "start_interfant_chemotherapy": "in any leukaemia state; or in Specialist work-up",
    "assign_risk_group": "in any leukaemia state",
    "condition_with_tbi": "in any leukaemia state",
    "transplant": "in any leukaemia state",
    "close_case": "in Follow-up or Resolved",
}


def test_a_risk_group_asks_for_kmt2a_and_where_rearranged_for_age_white_cells_and_mrd() -> None:
    assert {one.id: in_words(one.asks, PATHWAY) for one in PATHWAY.orders if one.asks is not None} == ASKS


def test_a_refusal_has_a_line_of_its_own_at_the_bedside_where_its_order_is_near() -> None:
    assert {one.id: in_words(one.matters, PATHWAY) for one in PATHWAY.orders if one.matters != ALWAYS} == MATTERS


def test_a_refused_risk_group_names_the_mrd_verdict_that_is_missing() -> None:
    at = datetime(2026, 1, 22, 9, tzinfo=UTC)
    case = Case(PATHWAY, born=date(2024, 12, 22))
    for event in (
        BloodCountReported(wbc="40 10*9/L", anc="0.4 10*9/L", alc="2 10*9/L"), HaematologyConsulted(),
        DiagnosisConfirmed(diagnosis="all", confirmed_by="Dr H"), Kmt2aReported(kmt2a="rearranged"),
    ):  # fmt: skip
        case.record(event, at=at)
    verdict = case.propose("assign_risk_group", at=at)
    assert (verdict.verdict, verdict.awaits) == ("refused", ("mrd_persistent",))


def test_an_antimicrobial_that_is_refused_takes_no_line_where_the_child_is_outside() -> None:
    at = datetime(2026, 1, 22, 9, tzinfo=UTC)
    case = Case(PATHWAY, born=date(2024, 12, 22))
    case.record(BloodCountReported(wbc="9 10*9/L", anc="3 10*9/L", alc="5 10*9/L"), at=at)
    assert case.state == "outside_pathway"
    assert {one.order: one.matters for one in case.plan(at=at).refusals}["start_antimicrobials"] is False
