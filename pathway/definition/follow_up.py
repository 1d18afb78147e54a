"""Phase 4, closed for now: follow-up after a negative work-up, resolution, and the child whom the source leaves out."""

from __future__ import annotations

from pathway.definition.conditions import (
    ALARM_FACTS,
    ALARM_FINDING,
    ALL_LEUKAEMIA,
    COUNT_OUT_OF_RANGE,
    COUNTS_IN_RANGE,
    COUNTS_KNOWN,
    DAYS_IN_STATE,
    LOW_COUNT,
    NOT_BENIGN_DIAGNOSIS,
    OTHER_DISEASE,
    SAME_DAY,
)
from pathway.definition.facts import BLOOD_COUNT
from pathway.model.guards import all_of, any_of, implies, in_force, in_report, in_state, shown
from pathway.model.invariants import Always, Invariant, OnEntering, OrderRefused
from pathway.model.rules import Advice, Closing, State, Transition

STATES = (
    State(
        "follow_up",
        "Follow-up",
        "work-up negative: repeat count on day 7 to 14",
        "closed for now",
        ("S55", "S56", "S96", "S97", "N18", "N20", "N38"),
        waits=any_of(
            SAME_DAY,
            ALARM_FINDING,
            ALL_LEUKAEMIA,
            OTHER_DISEASE,
            NOT_BENIGN_DIAGNOSIS,
            (DAYS_IN_STATE >= 7) & any_of(in_report(COUNTS_IN_RANGE), in_report(COUNT_OUT_OF_RANGE)),
        ),
    ),
    State(
        "resolved",
        "Resolved",
        "repeat count in range; symptom watch goes on",
        "closed for now",
        ("S98", "S100", "N23"),
        end="the source names no end of the symptom watch",
    ),
    State(
        "outside_pathway",
        "Outside the pathway",
        "no count shown low: the source does not address this child; not an all-clear",
        "closed for now",
        ("S07", "N48"),
        end="the source does not speak of a child without a low count",
    ),
)

_RENEWED = ("haematology_consulted", "diagnosis", *(count.name for count in BLOOD_COUNT))
_REOPENS = Closing(keeps_day=True, keeps=ALARM_FACTS, unless=(("measured_fever", "fever_settled"),))
_NOT_URGENT = ~shown(SAME_DAY)
_FROM_DAY_7 = DAYS_IN_STATE >= 7

TRANSITIONS = (
    Transition(
        "resolution",
        ("follow_up",),
        "resolved",
        on="blood_count_reported",
        when=all_of(_FROM_DAY_7, in_report(COUNTS_IN_RANGE), _NOT_URGENT),
        label="all in range",
        cites=("S97", "S98", "N20", "N21"),
        local_choice="from day 7, and all five counts (N20, N21)",
    ),
    Transition(
        "persistence",
        ("follow_up",),
        "referral",
        on="blood_count_reported",
        when=all_of(_FROM_DAY_7, in_report(COUNT_OUT_OF_RANGE), _NOT_URGENT),
        label="out of range",
        urgent=True,
        renews=_RENEWED,
        cites=("S99", "N21", "N22"),
        local_choice="any of the five counts, below or above its range (N21)",
    ),
    Transition(
        "new_alarm",
        ("follow_up", "resolved"),
        "referral",
        when=any_of(SAME_DAY, ALARM_FINDING, ALL_LEUKAEMIA, OTHER_DISEASE, NOT_BENIGN_DIAGNOSIS),
        label="new alarm",
        urgent=True,
        renews=_RENEWED,
        cites=("S100", "S101", "N23", "N44"),
        local_choice="the union of the source's lists of findings, and a diagnosis (N44)",
    ),
    Transition(
        "low_after_resolution",
        ("resolved",),
        "referral",
        on="blood_count_reported",
        when=in_report(LOW_COUNT) & _NOT_URGENT,
        label="low again",
        urgent=True,
        renews=_RENEWED,
        cites=("S99", "N23"),
        local_choice="the source speaks of the repeat count alone; a later low count is treated alike",
    ),
    Transition(
        "low_after_outside",
        ("outside_pathway",),
        "initial_labs",
        on="blood_count_reported",
        when=all_of(
            in_report(LOW_COUNT), _NOT_URGENT, ~shown(ALL_LEUKAEMIA), ~shown(OTHER_DISEASE),
            ~shown(NOT_BENIGN_DIAGNOSIS),
        ),
        label="low again",
        closes=_REOPENS,
        cites=("N48",),
        local_choice="a later low count opens the work-up anew (N48)",
    ),
    Transition(
        "alarm_outside",
        ("outside_pathway",),
        "initial_labs",
        when=any_of(SAME_DAY, ALL_LEUKAEMIA, OTHER_DISEASE, NOT_BENIGN_DIAGNOSIS),
        label="same-day criterion",
        urgent=True,
        closes=_REOPENS,
        cites=("N48",),
        local_choice="a same-day criterion opens the work-up anew (N48)",
    ),
)  # fmt: skip

ADVICE = (
    Advice(
        "repeat_blood_count",
        "Repeat the blood count, all five counts in one sample, one to two weeks after the work-up.",
        urgency="planned",
        when=in_state("follow_up"),
        until=in_report(COUNTS_KNOWN) & _FROM_DAY_7,
        lapses=~in_state("follow_up", "resolved"),
        due_day=7,
        overdue_after_day=14,
        family="The blood count is to be repeated one to two weeks after the work-up; please come for it.",
        cites=("S97", "N20", "N21"),
        local_choice="day 7 to 14, and all five counts in one sample: less leaves it due (N20, N21)",
    ),
    Advice(
        "symptom_watch",
        "Keep watching for fever, fatigue, bleeding and enlarged organs; any of them reopens the case.",
        urgency="ongoing",
        when=in_state("follow_up", "resolved"),
        family="Come back at once with fever, unusual tiredness, bruises or bleeding, or a swollen belly.",
        cites=("S100", "S101", "N23"),
    ),
)

_WATCHED = in_state("follow_up", "resolved")

INVARIANTS: tuple[Invariant, ...] = (
    OnEntering(
        "resolved_only_in_range",
        "Resolved is reached only from day 7 on, with all five counts of one report in range.",
        ("resolved",),
        requires=_FROM_DAY_7 & in_report(COUNTS_IN_RANGE),
        cites=("S97", "S98", "N20", "N21"),
        local_choice="from day 7, and all five counts (N20, N21)",
    ),
    Always(
        "an_alarm_reopens",
        "Nobody with a same-day criterion or an alarm finding of the new episode stays in follow-up or resolved.",
        holds=implies(any_of(SAME_DAY, ALARM_FINDING), ~_WATCHED),
        cites=("S100", "S101", "N23"),
    ),
    Always(
        "a_low_count_reopens",
        "Nobody stays resolved with a low count in the report at hand, nor outside with that or a same-day criterion.",
        holds=all_of(
            implies(in_report(LOW_COUNT), ~in_state("resolved", "outside_pathway")),
            implies(any_of(SAME_DAY, ALL_LEUKAEMIA, OTHER_DISEASE, NOT_BENIGN_DIAGNOSIS), ~in_state("outside_pathway")),
        ),
        cites=("S99", "N23", "N48"),
        local_choice="a later low count opens the work-up anew (N48)",
    ),
    Always(
        "symptoms_are_watched",
        "The symptom watch is in the plan in follow-up and in resolved.",
        holds=implies(_WATCHED, in_force("symptom_watch")),
        cites=("S100", "S101", "N23"),
    ),
    Always(
        "the_count_is_repeated",
        "The repeat count is in the plan in follow-up, unless the event at hand brings all five counts.",
        holds=implies(in_state("follow_up") & ~shown(in_report(COUNTS_KNOWN)), in_force("repeat_blood_count")),
        cites=("S97", "N20", "N21"),
        local_choice="all five counts in one sample (N21)",
    ),
    OrderRefused(
        "no_end_of_the_watch",
        "A case in follow-up or resolved is not closed: the source names no end of the watch.",
        "close_case",
        when=_WATCHED,
        cites=("S100", "N23"),
        local_choice="the source names no end",
    ),
)
