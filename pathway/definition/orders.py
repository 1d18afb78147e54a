"""Orders: intentions that the pathway refuses, permits or does not address. A result or an act is never refused."""

from __future__ import annotations

from pathway.definition.conditions import (
    AGE,
    AGE_AT_DIAGNOSIS,
    CONSULTED,
    FEVER_TRIGGER,
    GERMLINE,
    IN_LEUKAEMIA,
    NO_TRIAL,
    PROTOCOL_ELIGIBLE,
    QUALIFIED_SMEAR,
    REARRANGED,
    SAME_DAY,
    SMEAR_ANSWERS,
    YOUNG_WITH_HIGH_WBC,
)
from pathway.definition.facts import (
    ANTIMICROBIALS_STARTED,
    CONDITIONING,
    MRD_PERSISTENT,
    PROTOCOL_ELIGIBILITY_CONFIRMED,
    TRIAL_AVAILABLE,
    VACCINE_HOLD_RELEASED,
)
from pathway.definition.groups import BEFORE_DIAGNOSIS, STRATA
from pathway.model.guards import ALWAYS, all_of, any_of, in_force, in_report, in_state, latest, shown
from pathway.model.rules import OrderRule

_LATE_INFANT = (AGE_AT_DIAGNOSIS >= 12) & ~shown(PROTOCOL_ELIGIBILITY_CONFIRMED)
_IN_STRATUM = in_state(*STRATA)
_HANDED_OVER = in_state("outside_pathway", "specialist_pathway")
_FEVER_OPEN = shown(FEVER_TRIGGER) | in_force("antimicrobials_now")
_OPEN = ("antimicrobials_now", "recheck_temperature", "consult_same_day", "reconsult_haematology")
_CLOSABLE = _HANDED_OVER & ~any_of(*(in_force(advice) for advice in _OPEN))
_NEAR_TREATMENT = any_of(IN_LEUKAEMIA, in_state("specialist_workup"))
_CONSULTATION_PENDING = any_of(in_force("consult_same_day"), in_force("reconsult_haematology"))
_TOO_EARLY_TO_ATTRIBUTE = any_of(
    in_state(*BEFORE_DIAGNOSIS) & ~shown(QUALIFIED_SMEAR & SMEAR_ANSWERS), _CONSULTATION_PENDING, in_state("referral")
)
_WATCHFUL = in_state("follow_up") & ~_CONSULTATION_PENDING

ORDERS = (
    OrderRule(
        "order_bone_marrow",
        "Bone marrow biopsy or aspirate",
        refused=~shown(CONSULTED),
        permitted=shown(CONSULTED),
        refusal="No bone marrow biopsy or aspirate before haematology is consulted; the specialists coordinate it.",
        act="bone_marrow_performed",
        matters=in_state(*BEFORE_DIAGNOSIS),
        cites=("S92", "S93", "N52"),
        local_choice="the aspirate as well as the biopsy (N52)",
    ),
    OrderRule(
        "start_antimicrobials",
        "Antimicrobials",
        refused=~_FEVER_OPEN,
        permitted=_FEVER_OPEN,
        refusal=(
            "No empiric antimicrobials without a fever of 38.3, or of 38.0 for an hour, or signs of infection. "
            "Unwell or cold? Record signs of infection; a clinician may override in one step."
        ),
        act="antimicrobials_started",
        matters=~in_state("outside_pathway", "resolved") & ~shown(ANTIMICROBIALS_STARTED),
        cites=("S61", "S62", "S63", "S94", "S95", "S108", "N13"),
    ),
    OrderRule(
        "give_live_vaccine",
        "A live vaccine",
        refused=in_force("hold_live_vaccines"),
        permitted=latest(VACCINE_HOLD_RELEASED) & ~in_force("hold_live_vaccines"),
        refusal="No live vaccine while the hold stands; a clinician lifts it.",
        act="live_vaccine_given",
        cites=("S64", "N42"),
        local_choice="the hold outlasts a diagnosis, and only a clinician lifts it (N42)",
    ),
    OrderRule(
        "allow_contact_activity",
        "Contact activity with a risk of head injury",
        refused=in_force("avoid_head_trauma"),
        refusal="No contact activity with a risk of head injury while platelets are low or unknown.",
        cites=("S67", "N41"),
        local_choice="unknown platelets count as low until they are known (N41)",
    ),
    OrderRule(
        "defer_referral",
        "Deferring the referral, for a repeat count or otherwise",
        refused=any_of(shown(SAME_DAY), in_state("referral")) & ~shown(CONSULTED),
        refusal="Do not put the consultation off, nor wait for a repeat count: it is due today.",
        cites=("S88", "S89", "S99"),
    ),
    OrderRule(
        "attribute_to_virus",
        "Attributing the counts to a virus",
        refused=_TOO_EARLY_TO_ATTRIBUTE,
        permitted=_WATCHFUL,
        refusal="Do not put it down to a virus before a qualified smear review and the consultation.",
        cites=("S54", "S55", "S56", "S90", "S91", "N38"),
    ),
    OrderRule(
        "attribute_to_drug",
        "Attributing the counts to a drug",
        refused=_TOO_EARLY_TO_ATTRIBUTE,
        permitted=_WATCHFUL,
        refusal="Do not put it down to a drug before a qualified smear review and the consultation.",
        cites=("S57", "S90", "N39"),
        local_choice="the source says it of a virus; the same holds here for a drug (N39)",
    ),
    OrderRule(
        "start_interfant_chemotherapy",
        "Interfant-based chemotherapy",
        refused=any_of(~IN_LEUKAEMIA, ~TRIAL_AVAILABLE.known(), _LATE_INFANT),
        permitted=all_of(IN_LEUKAEMIA, NO_TRIAL, PROTOCOL_ELIGIBLE),
        refusal=(
            "No Interfant-based chemotherapy before ALL is confirmed, the trial question is decided and, from 12 months "
            "at diagnosis, oncology has confirmed eligibility."
        ),
        act="chemotherapy_started",
        matters=_NEAR_TREATMENT,
        cites=("S71", "S73", "S74", "N01"),
        local_choice="from 12 months at diagnosis oncology confirms the eligibility first (N01)",
    ),
    OrderRule(
        "assign_risk_group",
        "Assigning a risk group",
        refused=~_IN_STRATUM,
        permitted=_IN_STRATUM,
        refusal="No risk group yet: it follows from the KMT2A status, and where rearranged from the high-risk features.",
        asks=any_of(GERMLINE, all_of(REARRANGED, ~YOUNG_WITH_HIGH_WBC, ~MRD_PERSISTENT.as_guard())),
        matters=IN_LEUKAEMIA,
        cites=("S76", "N28"),
    ),
    OrderRule(
        "condition_with_tbi",
        "Conditioning with total body irradiation",
        refused=ALWAYS,
        refusal="No conditioning based on total body irradiation.",
        act="transplanted",
        act_when=in_report(CONDITIONING.is_("tbi_based")),
        matters=IN_LEUKAEMIA,
        cites=("S86", "N31"),
    ),
    OrderRule(
        "transplant",
        "Stem-cell transplant",
        refused=AGE < 6,
        permitted=in_state("high_risk") & (AGE >= 6),
        refusal="No transplant before six months of age.",
        act="transplanted",
        matters=IN_LEUKAEMIA,
        cites=("S82", "S87", "N31"),
    ),
    OrderRule(
        "close_case",
        "Closing the case",
        refused=~_CLOSABLE,
        permitted=_CLOSABLE,
        refusal="Do not close the case: the source names no end here, or a fever or a consultation is still open.",
        matters=in_state("follow_up", "resolved"),
        cites=("S100", "N23", "N34", "N48", "N54"),
        local_choice="permitted where the case is handed over or outside; not while a fever or a consultation is open",
    ),
)
