"""Phase 3, leukaemia: from confirmed ALL through the KMT2A status to the three risk groups."""

from __future__ import annotations

from pathway.definition.conditions import (
    AGE_AT_DIAGNOSIS,
    BENIGN,
    GERMLINE,
    HIGH_RISK_FEATURE,
    IN_LEUKAEMIA,
    KMT2A_KNOWN,
    LEUKAEMIA_STANDS,
    NO_TRIAL,
    OTHER_DISEASE,
    PROTOCOL_ELIGIBLE,
    REARRANGED,
    YOUNG_WITH_HIGH_WBC,
)
from pathway.definition.facts import (
    CHEMOTHERAPY_STARTED,
    MRD_PERSISTENT,
    PROTOCOL_ELIGIBILITY_CONFIRMED,
    TRANSPLANTED,
    TRIAL_AVAILABLE,
)
from pathway.definition.groups import LEUKAEMIA
from pathway.model.guards import all_of, in_state
from pathway.model.rules import Advice, State, Transition

STATES = (
    State(
        "confirmed_all",
        "ALL confirmed",
        "acute lymphoblastic leukaemia, KMT2A not known",
        "leukaemia",
        ("S40", "S41", "S42", "S44", "S45", "S71", "S72", "N14", "N16"),
    ),
    State(
        "kmt2a_stratification",
        "Risk open",
        "KMT2A known, risk group not yet decidable",
        "leukaemia",
        ("S75", "S76", "N28"),
    ),
    State(
        "standard_risk",
        "Standard risk",
        "KMT2A germline",
        "leukaemia",
        ("S77", "S78", "N29"),
        end="the source describes no further risk group for KMT2A germline",
    ),
    State(
        "intermediate_risk",
        "Intermediate risk",
        "no high-risk feature, KMT2A rearranged",
        "leukaemia",
        ("S83", "N29", "N30"),
        end="the source ends with maintenance",
    ),
    State(
        "high_risk",
        "High risk",
        "with a high-risk feature, KMT2A rearranged",
        "leukaemia",
        ("S80", "S81", "S82", "N24"),
        end="the source ends with the consideration of a transplant",
    ),
)

TRANSITIONS = (
    Transition(
        "revised_to_other",
        LEUKAEMIA,
        "specialist_pathway",
        when=OTHER_DISEASE,
        label="revised: other",
        cites=("S71", "N34", "N54"),
    ),
    Transition(
        "revised_to_benign",
        (*LEUKAEMIA, "specialist_pathway"),
        "specialist_workup",
        when=BENIGN,
        label="revised: benign",
        cites=("S71", "N53"),
    ),
    Transition(
        "kmt2a_known",
        ("confirmed_all",),
        "kmt2a_stratification",
        when=LEUKAEMIA_STANDS & KMT2A_KNOWN,
        label="KMT2A known",
        cites=("S75", "S76"),
    ),
    Transition(
        "germline",
        ("kmt2a_stratification",),
        "standard_risk",
        when=LEUKAEMIA_STANDS & GERMLINE,
        label="germline",
        cites=("S77",),
    ),
    Transition(
        "rearranged_after_all",
        ("standard_risk",),
        "kmt2a_stratification",
        when=LEUKAEMIA_STANDS & REARRANGED,
        label="rearranged after all",
        cites=("S76", "S79"),
    ),
    Transition(
        "high_risk_feature",
        ("kmt2a_stratification",),
        "high_risk",
        when=all_of(LEUKAEMIA_STANDS, REARRANGED, HIGH_RISK_FEATURE),
        label="high-risk feature",
        urgent=True,
        cites=("S80", "S81", "N24", "N25", "N26", "N27", "N28"),
    ),
    Transition(
        "no_high_risk_feature",
        ("kmt2a_stratification",),
        "intermediate_risk",
        when=all_of(LEUKAEMIA_STANDS, REARRANGED, ~YOUNG_WITH_HIGH_WBC, ~MRD_PERSISTENT.as_guard()),
        label="no high-risk feature",
        cites=("S83", "N28", "N29"),
    ),
    Transition(
        "high_risk_later",
        ("intermediate_risk",),
        "high_risk",
        when=LEUKAEMIA_STANDS & HIGH_RISK_FEATURE,
        label="high-risk feature later",
        urgent=True,
        cites=("S80", "S81"),
    ),
)

_LEFT = ~IN_LEUKAEMIA

ADVICE = (
    Advice(
        "confirm_protocol_eligibility",
        "Have oncology confirm that the infant protocol applies: the child was 12 months or older at diagnosis.",
        urgency="today",
        when=IN_LEUKAEMIA & (AGE_AT_DIAGNOSIS >= 12),
        until=PROTOCOL_ELIGIBILITY_CONFIRMED.as_guard(),
        lapses=_LEFT,
        cites=("S40", "S43", "S72", "N01"),
        local_choice="the source contradicts itself at 13 months; oncology decides (N01)",
    ),
    Advice(
        "kmt2a_test",
        "Test for KMT2A (MLL) rearrangement; repeat it where it failed.",
        urgency="today",
        when=in_state("confirmed_all"),
        until=KMT2A_KNOWN,
        lapses=_LEFT,
        cites=("S75", "S76"),
        local_choice="a failed test is repeated",
    ),
    Advice(
        "offer_trial",
        "Offer a clinical trial where there is one.",
        urgency="planned",
        when=IN_LEUKAEMIA,
        until=TRIAL_AVAILABLE.known(),
        lapses=_LEFT,
        cites=("S73",),
    ),
    Advice(
        "interfant_chemotherapy",
        "Plan Interfant-based chemotherapy, as no trial is available.",
        urgency="planned",
        when=all_of(IN_LEUKAEMIA, NO_TRIAL, PROTOCOL_ELIGIBLE),
        until=CHEMOTHERAPY_STARTED.as_guard(),
        lapses=_LEFT | TRIAL_AVAILABLE,
        cites=("S74", "N30"),
    ),
    Advice(
        "mrd_adapted_consolidation",
        "Once the protocol is open to the child, plan Interfant-based consolidation with chemotherapy adapted to MRD.",
        urgency="planned",
        when=in_state("standard_risk"),
        cites=("S78", "N29"),
    ),
    Advice(
        "intensive_consolidation",
        "Once the protocol is open to the child, plan intensive Interfant-based consolidation.",
        urgency="planned",
        when=IN_LEUKAEMIA & REARRANGED,
        cites=("S79",),
    ),
    Advice(
        "consider_hsct",
        "Consider a stem-cell transplant after intensive consolidation; not before six months of age, and without TBI.",
        urgency="planned",
        when=in_state("high_risk"),
        until=TRANSPLANTED.as_guard(),
        lapses=~in_state("high_risk"),
        cites=("S82", "S86", "S87", "N31"),
    ),
    Advice(
        "maintenance",
        "Once the protocol is open to the child, plan maintenance chemotherapy.",
        urgency="planned",
        when=in_state("intermediate_risk"),
        cites=("S83", "N29"),
    ),
)
