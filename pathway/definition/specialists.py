"""Phase 2, the specialists: the same-day referral, the specialist work-up, and other specialist pathways."""

from __future__ import annotations

from pathway.definition.conditions import (
    ALARM_FINDING,
    ALL_LEUKAEMIA,
    BENIGN,
    CONSULTED,
    DECLARED_NEGATIVE_BEFORE,
    OTHER_DISEASE,
    SAME_DAY,
    SMEAR_CLEAR,
)
from pathway.definition.facts import BCR_ABL1, DECLARED_BY, REASON
from pathway.definition.groups import LEUKAEMIA
from pathway.model.guards import all_of, any_of, implies, in_force, in_report, in_state, shown
from pathway.model.invariants import Always, Invariant, Lasting, OnEntering, OrderRefused
from pathway.model.rules import Advice, Closing, State, Transition

STATES = (
    State(
        "referral",
        "Same-day referral",
        "a same-day consultation is due, haematology/oncology not yet reached",
        "specialists",
        ("S08", "S09", "S10", "S11", "S32", "S89", "N03"),
        waits=CONSULTED,
    ),
    State(
        "specialist_workup",
        "Specialist work-up",
        "haematology/oncology is engaged, diagnosis open",
        "specialists",
        ("S39", "S46", "S50", "S53", "S93", "N37"),
        waits=any_of(ALL_LEUKAEMIA, OTHER_DISEASE),
    ),
    State(
        "specialist_pathway",
        "Other specialist pathway",
        "another disease shown or suspected: handed over to the specialist",
        "specialists",
        ("S46", "S47", "S50", "S52", "N34", "N35", "N54"),
        end="the source describes no treatment for CML, HLH, AML or another malignancy",
    ),
)

TRANSITIONS = (
    Transition(
        "declared_negative_by_haematology",
        ("specialist_workup",),
        "follow_up",
        on="workup_declared_negative",
        when=all_of(
            in_report(DECLARED_BY.is_("haematologist")),
            SMEAR_CLEAR,
            ~shown(ALL_LEUKAEMIA),
            ~shown(OTHER_DISEASE),
            any_of(~shown(ALARM_FINDING), in_report(REASON.known())),
        ),
        label="negative by haematology",
        closes=Closing(),
        cites=("S96", "N17", "N19"),
        local_choice="a haematologist may declare it with an alarm finding where the reason is written (N17, N19)",
    ),
    Transition(
        "all_confirmed",
        ("specialist_workup", "specialist_pathway"),
        "confirmed_all",
        when=ALL_LEUKAEMIA,
        label="leukaemia (ALL)",
        urgent=True,
        cites=("S41", "S42", "S71"),
    ),
    Transition(
        "other_disease_found",
        ("specialist_workup",),
        "specialist_pathway",
        when=OTHER_DISEASE & ~shown(ALL_LEUKAEMIA),
        label="other disease",
        cites=("S46", "S47", "S48", "S49", "S50", "S51", "N34", "N35", "N54"),
    ),
)

_CONSULTATION_DUE = all_of(any_of(SAME_DAY, in_state("referral")), ~shown(CONSULTED))

ADVICE = (
    Advice(
        "consult_same_day",
        "Call paediatric haematology/oncology today, for a consultation on the same day.",
        urgency="now",
        when=_CONSULTATION_DUE & ~shown(DECLARED_NEGATIVE_BEFORE),
        until=CONSULTED,
        outlives_episode=True,
        due_day=0,
        overdue_after_day=0,
        family="Your child is to be discussed with a children's blood specialist today; please stay within reach.",
        cites=("S08", "S32", "S88", "N45"),
        local_choice="overdue at the end of the calendar day of the result that showed it (N45)",
    ),
    Advice(
        "reconsult_haematology",
        "Call paediatric haematology/oncology again today: the work-up had been declared negative before.",
        urgency="now",
        when=_CONSULTATION_DUE & DECLARED_NEGATIVE_BEFORE,
        until=CONSULTED,
        outlives_episode=True,
        due_day=0,
        overdue_after_day=0,
        family="Your child is to be discussed with a children's blood specialist again today; please stay within reach.",
        cites=("S99", "N22", "N45"),
        local_choice="overdue at the end of the calendar day of the result that showed it (N45)",
    ),
    Advice(
        "bcr_abl1_test",
        "Test for BCR::ABL1 and the Philadelphia chromosome.",
        urgency="planned",
        when=in_state("specialist_workup", "confirmed_all"),
        until=BCR_ABL1.known(),
        cites=("S46", "S47", "S48", "S49"),
    ),
)

INVARIANTS: tuple[Invariant, ...] = (
    Always(
        "consultation_is_asked_for",
        "Once a same-day criterion is met, the consultation is in the plan in every state, until haematology is reached.",
        holds=implies(
            any_of(SAME_DAY, in_state("referral")) & ~shown(CONSULTED),
            any_of(in_force("consult_same_day"), in_force("reconsult_haematology")),
        ),
        cites=("S08", "S32", "S88", "S99"),
    ),
    Lasting(
        "a_criterion_is_not_forgotten",
        "A same-day criterion that was met stays met until the work-up is declared negative: a better result hides nothing.",
        what=SAME_DAY.as_guard(),
        unless=in_state("follow_up"),
        cites=("S88", "S89"),
    ),
    OnEntering(
        "leukaemia_only_where_shown",
        "No leukaemia state is entered unless ALL is shown and haematology/oncology is consulted.",
        LEUKAEMIA,
        requires=ALL_LEUKAEMIA & CONSULTED,
        cites=("S41", "S42", "S71", "S93"),
    ),
    Always(
        "specialists_are_consulted",
        "No case is in the specialist work-up, another specialist pathway or leukaemia without a consultation.",
        holds=implies(in_state("specialist_workup", "specialist_pathway", *LEUKAEMIA), CONSULTED),
        cites=("S92", "S93"),
    ),
    Always(
        "a_revised_diagnosis_leads_back",
        "Nobody whose diagnosis is benign, or ALL after all, stays in another specialist pathway.",
        holds=implies(any_of(ALL_LEUKAEMIA, BENIGN), ~in_state("specialist_pathway")),
        cites=("S71", "N53"),
    ),
    OrderRefused(
        "no_marrow_before_the_consultation",
        "Bone marrow is refused until haematology/oncology is consulted.",
        "order_bone_marrow",
        when=~shown(CONSULTED),
        cites=("S92", "S93", "N52"),
    ),
    OrderRefused(
        "no_deferred_referral",
        "A referral that is due is not deferred.",
        "defer_referral",
        when=any_of(SAME_DAY, in_state("referral")) & ~shown(CONSULTED),
        cites=("S88", "S89", "S99"),
    ),
)
