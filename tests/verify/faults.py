"""Faults, each planted in a copy of the definition, and the name under which the verification must find it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from attrs import evolve

from pathway import PATHWAY
from pathway.definition.conditions import (
    AGE,
    AGE_AT_DIAGNOSIS,
    ALL_CRITERION,
    CONSULTED,
    KMT2A_KNOWN,
    LEUKAEMIA_STANDS,
    MALIGNANT_OTHER,
    OTHER_DISEASE,
    REARRANGED,
    SAME_DAY,
    SMEAR_CLEAR,
    SOMETHING_LOW,
    WBC_AT_DIAGNOSIS,
)
from pathway.definition.facts import BLOOD_COUNT_TAKEN, DECLARED_BY, MRD_PERSISTENT, TEMPERATURE, WBC
from pathway.definition.follow_up import _FROM_DAY_7
from pathway.model.canonical import with_changes
from pathway.model.guards import NEVER, all_of, any_of, in_report, in_state, shown
from pathway.model.rules import State, Transition

if TYPE_CHECKING:
    from collections.abc import Callable

    from pathway.model.pathway import Pathway


class Fault(NamedTuple):
    section: str
    finding: str
    plant: Callable[[], Pathway]
    has_patient: bool = True


def transition(name: str, **changes) -> Pathway:
    return with_changes(
        PATHWAY, transitions=tuple(evolve(one, **changes) if one.id == name else one for one in PATHWAY.transitions)
    )


def another_transition(*more: Transition) -> Pathway:
    return with_changes(PATHWAY, transitions=(*PATHWAY.transitions, *more))


def without_transitions(*names: str) -> Pathway:
    return with_changes(PATHWAY, transitions=tuple(one for one in PATHWAY.transitions if one.id not in names))


def advice(name: str, **changes) -> Pathway:
    return with_changes(
        PATHWAY, advice=tuple(evolve(one, **changes) if one.id == name else one for one in PATHWAY.advice)
    )


def order(name: str, **changes) -> Pathway:
    return with_changes(
        PATHWAY, orders=tuple(evolve(one, **changes) if one.id == name else one for one in PATHWAY.orders)
    )


def derived(name: str, **changes) -> Pathway:
    return with_changes(
        PATHWAY, derived=tuple(evolve(one, **changes) if one.name == name else one for one in PATHWAY.derived)
    )


def fact(name: str, **changes) -> Pathway:
    return with_changes(
        PATHWAY, facts=tuple(evolve(one, **changes) if one.name == name else one for one in PATHWAY.facts)
    )


def gap_at_exactly_300() -> Pathway:
    above = any_of((AGE_AT_DIAGNOSIS < 6) & (WBC_AT_DIAGNOSIS > 300), MRD_PERSISTENT)
    below = all_of(LEUKAEMIA_STANDS, REARRANGED, (AGE_AT_DIAGNOSIS >= 6) | (WBC_AT_DIAGNOSIS < 300), ~MRD_PERSISTENT)
    changed = {"high_risk_feature": all_of(LEUKAEMIA_STANDS, REARRANGED, above), "no_high_risk_feature": below}
    return with_changes(
        PATHWAY,
        transitions=tuple(
            evolve(one, when=changed[one.id]) if one.id in changed else one for one in PATHWAY.transitions
        ),
    )


def island() -> Pathway:
    more = State("island", "Island", "nothing leads here", "work-up", ("S01",), waits=CONSULTED)
    return with_changes(
        PATHWAY,
        states=(*PATHWAY.states, more),
        transitions=(*PATHWAY.transitions, Transition("off", ("island",), "referral", CONSULTED, "off", ("S01",))),
    )


NOT_URGENT, NOT_CONSULTED = ~shown(SAME_DAY), ~shown(CONSULTED)

FAULTS: dict[str, Fault] = {
    "two automatic ways at once": Fault(
        "overlap",
        "count_low or consulted_at_first from initial_labs",
        lambda: transition("count_low", when=SOMETHING_LOW & NOT_URGENT),
    ),
    "two ways at once on the same event": Fault(
        "overlap",
        "resolution or persistence from follow_up",
        lambda: transition("persistence", when=all_of(_FROM_DAY_7, in_report(WBC >= 17), NOT_URGENT)),
    ),
    "an order both refused and permitted": Fault(
        "overlap", "order transplant: two verdicts", lambda: order("transplant", permitted=AGE < 12)
    ),
    "a gap at one value only": Fault("gap", "kmt2a_stratification: missed", gap_at_exactly_300),
    "a gap only where a fact is unknown": Fault(
        "gap",
        "initial_labs: missed",
        lambda: transition("count_low", when=all_of(SOMETHING_LOW, ~SAME_DAY.as_guard(), NOT_CONSULTED)),
    ),
    "a state that nothing leads out of": Fault(
        "gap", "referral: stuck", lambda: without_transitions("haematology_reached")
    ),
    "transitions that go round in a circle": Fault(
        "shape",
        "circle at specialist_workup",
        lambda: another_transition(
            Transition("back", ("specialist_pathway",), "specialist_workup", OTHER_DISEASE, "back", ("S46",))
        ),
    ),
    "a transition that can never be taken": Fault(
        "shape",
        "transition smear_clear",
        lambda: transition("smear_clear", when=all_of(SMEAR_CLEAR, SAME_DAY.as_guard(), NOT_URGENT)),
        has_patient=False,
    ),
    "a state that nothing leads to": Fault("shape", "state island", island, has_patient=False),
    "a fact that nothing reads": Fault("shape", "fact mrd", lambda: fact("mrd", unread=""), has_patient=False),
    "a risk group that is reached too early": Fault(
        "invariant",
        "no_stratum_without_kmt2a",
        lambda: another_transition(
            Transition("too_early", ("confirmed_all",), "standard_risk", ~shown(KMT2A_KNOWN), "early", ("S77",))
        ),
    ),
    "advice that is lost where an episode closes": Fault(
        "invariant",
        "antimicrobials_until_started",
        lambda: advice("antimicrobials_now", outlives_episode=False),
    ),
    "leukaemia without a consultation": Fault(
        "invariant",
        "leukaemia_only_where_shown",
        lambda: another_transition(
            Transition("at_once", ("referral",), "confirmed_all", ALL_CRITERION & NOT_CONSULTED, "at once", ("S41",))
        ),
    ),
    "a work-up declared negative with blasts": Fault(
        "invariant",
        "no_negative_workup_with_blasts",
        lambda: transition(
            "declared_negative_by_haematology",
            when=in_report(DECLARED_BY.is_("haematologist")) & ~shown(MALIGNANT_OTHER),
        ),
    ),
    "marrow without a consultation": Fault(
        "invariant", "no_marrow_before_the_consultation", lambda: order("order_bone_marrow", refused=NEVER)
    ),
    "a transplant at five months": Fault(
        "invariant", "no_transplant_under_six_months", lambda: order("transplant", refused=AGE < 5)
    ),
    "a criterion that a second count makes forget": Fault(
        "invariant", "a_criterion_is_not_forgotten", lambda: derived("same_day", cleared_by=("blood_count_reported",))
    ),
    "resolved by the white cells alone": Fault(
        "invariant",
        "resolved_only_in_range",
        lambda: transition("resolution", when=all_of(_FROM_DAY_7, in_report(WBC.within_reference()), NOT_URGENT)),
    ),
    "a call that is not asked for again": Fault(
        "invariant", "consultation_is_asked_for", lambda: advice("reconsult_haematology", when=in_state("smear"))
    ),
    "a hold on vaccines that no low count brings": Fault(
        "invariant", "live_vaccines_are_held", lambda: advice("hold_live_vaccines", until=in_report(BLOOD_COUNT_TAKEN))
    ),
    "high risk by age and white cells at seven months": Fault(
        "invariant",
        "high_risk_from_six_months",
        lambda: transition(
            "high_risk_feature",
            when=all_of(LEUKAEMIA_STANDS, REARRANGED, any_of(WBC_AT_DIAGNOSIS >= 300, MRD_PERSISTENT)),
        ),
    ),
    "a feature that does not lift to high risk": Fault(
        "invariant", "a_feature_lifts_to_high_risk", lambda: without_transitions("high_risk_later")
    ),
    "a trigger that signs of infection do not set": Fault(
        "invariant", "fever_sets_the_trigger", lambda: derived("fever_trigger", when=in_report(TEMPERATURE >= "38.3"))
    ),
    "KMT2A forgotten where an alarm reopens the case": Fault(
        "invariant", "rearranged_stays", lambda: transition("new_alarm", renews=("haematology_consulted", "kmt2a"))
    ),
    "germline after rearranged at standard risk": Fault(
        "invariant", "standard_risk_is_germline", lambda: without_transitions("rearranged_after_all")
    ),
}
