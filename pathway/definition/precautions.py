"""Precautions across the phases: fever, infection, bleeding, vaccines. They outlive the states that raise them."""

from __future__ import annotations

from pathway.definition.conditions import (
    ANC_LOW_OR_UNKNOWN,
    FEVER_FOR_AN_HOUR,
    FEVER_SETTLED,
    FEVER_TRIGGER,
    IN_LEUKAEMIA,
    LOW_ANC,
    LOW_COUNT,
    PLATELETS_LOW_OR_UNKNOWN,
    SOMETHING_LOW,
)
from pathway.definition.facts import ANC, ANTIMICROBIALS_STARTED, INFECTION_SIGNS, TEMPERATURE, VACCINE_HOLD_RELEASED
from pathway.definition.groups import QUIET
from pathway.model.guards import all_of, any_of, implies, in_force, in_report, in_state, shown
from pathway.model.invariants import Always, Invariant, Lasting, OrderRefused, UrgentStays
from pathway.model.rules import Advice

_QUIET = in_state(*QUIET)
_NEUTROPENIC = any_of(LOW_ANC, SOMETHING_LOW & ~ANC.known(), IN_LEUKAEMIA)

FEVER = (
    Advice(
        "antimicrobials_now",
        "Start antimicrobials promptly: fever or signs of infection, with neutrophils low or unknown, or with leukaemia.",
        urgency="now",
        when=FEVER_TRIGGER & any_of(ANC_LOW_OR_UNKNOWN, IN_LEUKAEMIA),
        until=in_report(ANTIMICROBIALS_STARTED),
        outlives_episode=True,
        cites=("S59", "S61", "S62", "S63", "N09", "N10", "N11", "N12", "N13"),
        local_choice="unknown neutrophils count as low until they are known; so they do in leukaemia",
    ),
    Advice(
        "recheck_temperature",
        "Measure the temperature again: 38.0 or more for an hour calls for antimicrobials where neutrophils are low or unknown.",
        urgency="now",
        when=in_report(TEMPERATURE >= "38.0") & ~shown(FEVER_TRIGGER),
        until=any_of(FEVER_TRIGGER, FEVER_SETTLED),
        outlives_episode=True,
        cites=("S63", "N09"),
        local_choice="the source gives the hour, and leaves it open who measures again",
    ),
)

PRECAUTIONS = (
    Advice(
        "infection_precautions",
        "Keep infection precautions: away from sick people and crowds.",
        urgency="ongoing",
        when=_NEUTROPENIC,
        until=_QUIET,
        outlives_episode=True,
        family="Keep your child away from sick people and crowded places; come at once with fever or if unwell.",
        cites=("S22", "S59", "S61", "S65", "S66"),
        local_choice="also while neutrophils are unknown, and in leukaemia; that the family comes at once",
    ),
    Advice(
        "hydration",
        "Keep the child well hydrated.",
        urgency="ongoing",
        when=_NEUTROPENIC,
        until=_QUIET,
        outlives_episode=True,
        family="Offer your child plenty to drink.",
        cites=("S60", "N40"),
        local_choice="also while neutrophils are unknown, and in leukaemia",
    ),
    Advice(
        "bleeding_watch",
        "Watch for bleeding.",
        urgency="ongoing",
        when=any_of(SOMETHING_LOW, IN_LEUKAEMIA),
        until=_QUIET,
        outlives_episode=True,
        family="Watch for small red spots, bruises, nosebleeds or other bleeding; come at once if you see any.",
        cites=("S69", "S70"),
        local_choice="that the family comes at once",
    ),
    Advice(
        "avoid_head_trauma",
        "No contact activity with a high risk of head injury, while platelets are low or unknown.",
        urgency="ongoing",
        when=PLATELETS_LOW_OR_UNKNOWN & ~_QUIET,
        family="No rough play or activity with a risk of a blow to the head, until the platelets are known to be fine.",
        cites=("S67", "S68", "N41"),
        local_choice="unknown platelets count as low until they are known (N41)",
    ),
    Advice(
        "hold_live_vaccines",
        "Hold live vaccines until a clinician lifts the hold.",
        urgency="ongoing",
        when=in_report(LOW_COUNT),
        until=in_report(VACCINE_HOLD_RELEASED),
        outlives_episode=True,
        family="No live vaccines (such as measles, mumps, rubella, chickenpox) until your doctor says so.",
        cites=("S64", "N42"),
        local_choice="the hold outlasts a diagnosis, and only a clinician lifts it (N42)",
    ),
)

_FEVER_DUE = FEVER_TRIGGER & any_of(ANC_LOW_OR_UNKNOWN, IN_LEUKAEMIA)
_FEVER_REPORTED = any_of(
    in_report(TEMPERATURE >= "38.3"),
    FEVER_FOR_AN_HOUR & in_report(TEMPERATURE >= "38.0"),
    in_report(INFECTION_SIGNS),
)
_STARTED = in_report(ANTIMICROBIALS_STARTED)

INVARIANTS: tuple[Invariant, ...] = (
    UrgentStays(
        "urgent_advice_stays",
        "Advice to act now leaves the plan only completed, or listed as left undone where an episode closes.",
        cites=("S88", "N53"),
    ),
    Always(
        "fever_sets_the_trigger",
        "A reading of 38.3, or of 38.0 after an hour of it, and signs of infection are a trigger as soon as reported.",
        holds=implies(_FEVER_REPORTED, FEVER_TRIGGER),
        cites=("S61", "S62", "S63", "N09", "N12"),
    ),
    Lasting(
        "only_fever_sets_the_trigger",
        "Nothing else sets the trigger.",
        what=~shown(FEVER_TRIGGER),
        unless=_FEVER_REPORTED,
        cites=("S61", "S94", "S95"),
    ),
    Always(
        "a_lower_fever_is_measured_again",
        "A reading of 38.0 or more that is no trigger yet asks for another one.",
        holds=implies(in_report(TEMPERATURE >= "38.0") & ~shown(FEVER_TRIGGER), in_force("recheck_temperature")),
        cites=("S63", "N09"),
        local_choice="the source gives the hour, and leaves it open who measures again",
    ),
    Always(
        "antimicrobials_when_due",
        "Antimicrobials are in the plan wherever a fever trigger stands with neutrophils low or unknown, or in leukaemia.",
        holds=implies(_FEVER_DUE & ~shown(_STARTED), in_force("antimicrobials_now")),
        cites=("S59", "S61", "S62", "S63", "N11", "N13"),
    ),
    Lasting(
        "antimicrobials_until_started",
        "Antimicrobials stay in the plan until they are started.",
        what=in_force("antimicrobials_now"),
        unless=_STARTED,
        cites=("S61", "N13"),
    ),
    Lasting(
        "antimicrobials_only_when_due",
        "Antimicrobials come into the plan only on a fever trigger with neutrophils low or unknown, or in leukaemia.",
        what=~in_force("antimicrobials_now"),
        unless=_FEVER_DUE,
        cites=("S61", "S94", "S95", "N13"),
    ),
    OrderRefused(
        "no_antimicrobials_without_a_trigger",
        "Antimicrobials are refused without a fever trigger, unless the plan asks for them.",
        "start_antimicrobials",
        when=all_of(~shown(FEVER_TRIGGER), ~in_force("antimicrobials_now")),
        cites=("S61", "S94", "S95"),
    ),
    Always(
        "live_vaccines_are_held",
        "A low count in a report puts a hold on live vaccines into the plan.",
        holds=implies(in_report(LOW_COUNT), in_force("hold_live_vaccines")),
        cites=("S64", "N42"),
    ),
    Lasting(
        "the_hold_stays",
        "The hold on live vaccines stays until a clinician lifts it.",
        what=in_force("hold_live_vaccines"),
        unless=in_report(VACCINE_HOLD_RELEASED),
        cites=("S64", "N42"),
        local_choice="only a clinician lifts the hold (N42)",
    ),
    OrderRefused(
        "no_live_vaccine_while_held",
        "A live vaccine is refused while the hold stands.",
        "give_live_vaccine",
        when=in_force("hold_live_vaccines"),
        cites=("S64", "N42"),
    ),
    Always(
        "infection_precautions_stand",
        "Infection precautions are in the plan with neutrophils low, or unknown beside a low count, and in leukaemia.",
        holds=implies(_NEUTROPENIC & ~_QUIET, in_force("infection_precautions")),
        cites=("S22", "S59", "S65", "S66"),
    ),
    Always(
        "the_head_is_protected",
        "Head injury is to be avoided while platelets are low or unknown, unless resolved or outside.",
        holds=implies(PLATELETS_LOW_OR_UNKNOWN & ~_QUIET, in_force("avoid_head_trauma")),
        cites=("S67", "S68", "N41"),
        local_choice="unknown platelets count as low until they are known (N41)",
    ),
    OrderRefused(
        "no_contact_activity",
        "Contact activity is refused while platelets are low or unknown, unless resolved or outside.",
        "allow_contact_activity",
        when=PLATELETS_LOW_OR_UNKNOWN & ~_QUIET,
        cites=("S67", "N41"),
        local_choice="unknown platelets count as low until they are known (N41)",
    ),
)
