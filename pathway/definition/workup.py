"""Phase 1, the work-up: from the first blood count to a same-day referral, or to a negative work-up."""

from __future__ import annotations

from pathway.definition.conditions import (
    ALARM_FINDING,
    BLASTS_SEEN,
    CONSULTED,
    COUNTS_KNOWN,
    EXAM_CLEAR,
    HLH_TRIGGER,
    LOW_COUNT,
    LOW_OR_URGENT,
    QUALIFIED_SMEAR,
    SAME_DAY,
    SMEAR_ANSWERS,
    SMEAR_CLEAR,
    SOMETHING_LOW,
    TUMOUR_LYSIS_KNOWN,
    WHITE_CELLS_NOT_LOW,
)  # fmt: skip
from pathway.definition.facts import (
    BLOOD_COUNT,
    BLOOD_COUNT_TAKEN,
    COUNT_HELD_BACK,
    DECLARED_BY,
    DIAGNOSIS,
    EXAMINED,
    HISTORY_TAKEN,
    REASON,
    TUMOUR_LYSIS,
)  # fmt: skip
from pathway.definition.groups import BEFORE_DIAGNOSIS
from pathway.model.guards import all_of, any_of, implies, in_force, in_report, in_state, shown
from pathway.model.invariants import Always, Invariant, OnEntering, OrderRefused
from pathway.model.rules import Advice, Closing, State, Transition

NOT_URGENT = ~shown(SAME_DAY)
NOT_CONSULTED = ~shown(CONSULTED)

STATES = (
    State(
        "initial_labs",
        "First results",
        "waiting for a usable blood count",
        "work-up",
        ("S01", "S07", "S20", "S23"),
        waits=any_of(SOMETHING_LOW, SAME_DAY, DIAGNOSIS.known()),
    ),
    State(
        "smear",
        "Smear",
        "something is low: waiting for a qualified review",
        "work-up",
        ("S12", "S13", "S14", "S15"),
        waits=any_of(SMEAR_CLEAR, SAME_DAY, CONSULTED),
    ),
    State(
        "exam",
        "Examination",
        "smear clear: waiting for the examination and a declaration",
        "work-up",
        ("S27", "N19"),
        waits=any_of(SAME_DAY, CONSULTED, in_report(DECLARED_BY.known()) & SMEAR_CLEAR & EXAM_CLEAR),
    ),
)

TRANSITIONS = (
    Transition(
        "same_day_referral",
        ("initial_labs", "smear", "exam"),
        "referral",
        when=SAME_DAY & NOT_CONSULTED,
        label="same-day criterion",
        urgent=True,
        cites=("S32", "S33", "S34", "S35", "S36", "S37", "S38", "S88", "N34"),
    ),
    Transition(
        "count_low",
        ("initial_labs",),
        "smear",
        when=SOMETHING_LOW & NOT_URGENT & NOT_CONSULTED,
        label="count low",
        cites=("S12", "S13"),
    ),
    Transition(
        "nothing_low",
        ("initial_labs",),
        "outside_pathway",
        on="blood_count_reported",
        when=all_of(
            in_report(WHITE_CELLS_NOT_LOW),
            ~shown(in_report(LOW_COUNT)),
            ~shown(SOMETHING_LOW),
            NOT_URGENT,
            ~DIAGNOSIS.known(),
        ),
        label="none low",
        cites=("N48",),
        local_choice="the source does not say what holds for a child without a low count (N48)",
    ),
    Transition(
        "consulted_at_first",
        ("initial_labs",),
        "specialist_workup",
        when=CONSULTED & any_of(SOMETHING_LOW, SAME_DAY, DIAGNOSIS.known()),
        label="haematology reached",
        cites=("S93",),
    ),
    Transition(
        "smear_clear",
        ("smear",),
        "exam",
        when=SMEAR_CLEAR & NOT_URGENT & NOT_CONSULTED,
        label="smear clear",
        cites=("S27",),
    ),
    Transition(
        "haematology_reached",
        ("smear", "exam", "referral"),
        "specialist_workup",
        when=CONSULTED,
        label="haematology reached",
        cites=("S93",),
    ),
    Transition(
        "workup_negative",
        ("exam",),
        "follow_up",
        on="workup_declared_negative",
        when=all_of(SMEAR_CLEAR, EXAM_CLEAR, NOT_URGENT, NOT_CONSULTED),
        label="declared negative",
        closes=Closing(),
        cites=("S96", "S99", "N19"),
        local_choice="a work-up may be declared negative without haematology where smear and examination are clear (N19)",
    ),
)

_BEFORE = in_state(*BEFORE_DIAGNOSIS)

ADVICE = (
    Advice(
        "smear_now",
        "Have a pathologist or haematologist review a blood smear now, for blasts, atypical and immature cells.",
        urgency="now",
        when=LOW_OR_URGENT & _BEFORE,
        until=QUALIFIED_SMEAR & SMEAR_ANSWERS,
        cites=("S12", "S13", "S14", "S15", "S16"),
    ),
    Advice(
        "exam_now",
        "Examine for enlarged spleen or liver, lymph nodes, bleeding, fever, weight loss, poor appetite and bone pain.",
        urgency="now",
        when=LOW_OR_URGENT & _BEFORE,
        until=EXAMINED.as_guard(),
        cites=("S27", "S28", "S29", "S30", "S31"),
    ),
    Advice(
        "tumour_lysis_labs",
        "Send the tumour lysis parameters: potassium, uric acid, LDH and phosphate.",
        urgency="now",
        when=any_of(LOW_OR_URGENT & _BEFORE, in_state("confirmed_all")),
        until=TUMOUR_LYSIS_KNOWN,
        lists=tuple(fact.name for fact in TUMOUR_LYSIS),
        cites=("S17", "S18", "S19", "N06", "N07"),
    ),
    Advice(
        "obtain_missing_counts",
        "Obtain the counts that are missing.",
        urgency="today",
        when=any_of(
            BLOOD_COUNT_TAKEN & ~COUNTS_KNOWN,
            COUNT_HELD_BACK,
            all_of(in_state("follow_up"), in_report(BLOOD_COUNT_TAKEN), ~in_report(COUNTS_KNOWN)),
        ),
        until=all_of(COUNTS_KNOWN, ~shown(COUNT_HELD_BACK), any_of(~in_state("follow_up"), in_report(COUNTS_KNOWN))),
        lists=tuple(fact.name for fact in BLOOD_COUNT),
        outlives_episode=True,
        cites=("S09", "N02", "N48"),
        local_choice="the source decides on the white cells; the other counts are asked for (N02, N21)",
    ),
    Advice(
        "medication_history",
        "Take the medication history, and ask for recent viral illness.",
        urgency="today",
        when=any_of(SOMETHING_LOW, SAME_DAY) & _BEFORE,
        until=HISTORY_TAKEN.as_guard(),
        cites=("S53", "S54", "S57", "S58"),
    ),
    Advice(
        "consider_hlh",
        "Consider HLH with the specialist.",
        urgency="today",
        when=HLH_TRIGGER & _BEFORE,
        until=DIAGNOSIS.known(),
        cites=("S50", "S51", "S52", "N35"),
    ),
    Advice(
        "discuss_with_haematology",
        "Discuss the child with haematology, although no same-day criterion is met.",
        urgency="planned",
        when=in_state("exam") & NOT_CONSULTED,
        until=CONSULTED,
        lapses=any_of(SAME_DAY, in_state("referral")),
        outlives_episode=True,
        cites=("N04", "N19"),
        local_choice="the source asks for this consultation only where a criterion is met",
    ),
)

_ASKED = LOW_OR_URGENT & _BEFORE

INVARIANTS: tuple[Invariant, ...] = (
    Always(
        "nobody_waits_with_a_criterion",
        "A child who meets a same-day criterion does not rest in the work-up.",
        holds=implies(SAME_DAY, ~in_state("initial_labs", "smear", "exam")),
        cites=("S32", "S88", "S89"),
    ),
    Always(
        "smear_is_asked_for",
        "Before a diagnosis a low count or a same-day criterion asks for a smear, until a qualified review answers.",
        holds=implies(_ASKED & ~shown(QUALIFIED_SMEAR & SMEAR_ANSWERS), in_force("smear_now")),
        cites=("S12", "S13", "S15"),
    ),
    Always(
        "examination_is_asked_for",
        "Before a diagnosis a low count or a same-day criterion asks for an examination, until there was one.",
        holds=implies(_ASKED & ~shown(EXAMINED), in_force("exam_now")),
        cites=("S27",),
    ),
    Always(
        "tumour_lysis_is_asked_for",
        "Before a diagnosis a low count or a same-day criterion asks for the tumour lysis parameters that are missing.",
        holds=implies(_ASKED & ~shown(TUMOUR_LYSIS_KNOWN), in_force("tumour_lysis_labs")),
        cites=("S17", "S18"),
    ),
    OnEntering(
        "no_negative_workup_with_blasts",
        "A work-up is not declared negative with blasts seen, nor without a qualified smear.",
        ("follow_up",),
        requires=QUALIFIED_SMEAR & ~shown(BLASTS_SEEN),
        cites=("S15", "S33", "S96"),
    ),
    OnEntering(
        "no_negative_workup_with_an_alarm",
        "A work-up is not declared negative with an alarm finding, unless a haematologist gives the reason.",
        ("follow_up",),
        requires=any_of(~shown(ALARM_FINDING), in_report(DECLARED_BY.is_("haematologist")) & in_report(REASON.known())),
        cites=("S27", "S96", "N17", "N19"),
        local_choice="a haematologist may, with the reason written (N17, N19)",
    ),
    OnEntering(
        "outside_without_a_low_count",
        "A child is outside the pathway only with three counts known and none low, and no same-day criterion met.",
        ("outside_pathway",),
        requires=all_of(in_report(WHITE_CELLS_NOT_LOW), ~shown(SOMETHING_LOW), ~shown(SAME_DAY)),
        cites=("N48",),
        local_choice="the source does not say what holds for a child without a low count (N48)",
    ),
    Always(
        "hlh_is_considered",
        "A sign of HLH before a diagnosis asks to consider it, until a diagnosis is known.",
        holds=implies(all_of(HLH_TRIGGER, _BEFORE, ~DIAGNOSIS.known()), in_force("consider_hlh")),
        cites=("S50", "S51", "N35"),
    ),
    OrderRefused(
        "no_virus_before_a_smear",
        "Before a diagnosis, and without a qualified smear that answers, the counts are not put down to a virus.",
        "attribute_to_virus",
        when=_BEFORE & ~shown(QUALIFIED_SMEAR & SMEAR_ANSWERS),
        cites=("S16", "S90", "S91", "N38"),
        local_choice="a review that says nothing of blasts or immature cells does not answer the question",
    ),
)
