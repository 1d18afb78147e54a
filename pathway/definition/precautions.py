"""Precautions across the phases: fever, infection, bleeding, vaccines. They outlive the states that raise them."""

from __future__ import annotations

from pathway.definition.conditions import (
    ANC_LOW_OR_UNKNOWN,
    FEVER_SETTLED,
    FEVER_TRIGGER,
    IN_LEUKAEMIA,
    LOW_ANC,
    LOW_COUNT,
    PLATELETS_LOW_OR_UNKNOWN,
    SOMETHING_LOW,
)
from pathway.definition.facts import ANC, ANTIMICROBIALS_STARTED, TEMPERATURE, VACCINE_HOLD_RELEASED
from pathway.definition.groups import QUIET
from pathway.model.guards import any_of, in_report, in_state, shown
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
