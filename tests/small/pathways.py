"""Two small pathways: a sprained ankle in three states, and one that has a single state.

Neither has a clock, a review note, literature, a reference interval, a call or a group of states.
"""

from __future__ import annotations

from datetime import date

from pathway.model.citations import Statement
from pathway.model.events import EventField, EventType
from pathway.model.facts import Choice, Flag, Quantity
from pathway.model.guards import ALWAYS, in_state, shown
from pathway.model.invariants import OnEntering
from pathway.model.pathway import Condition, Pathway
from pathway.model.reference import Reference
from pathway.model.rules import Advice, OrderRule, State, Transition
from pathway.model.units import AcceptedUnit

WALKED = Quantity(
    "steps_walked", "steps walked", "1", (0, 100), units=(AcceptedUnit("%", factor="0.01"),), cites=("A1",)
)
TENDER = Flag("tender_bone", "bone tender to touch", cites=("A1",))
FILM = Choice("film", "X-ray", ("broken", "whole"), cites=("A2",))
FITTED = Flag("boot_fitted", "boot fitted", cites=("A3",))

SUSPECT = Condition("suspect", "a break is possible", TENDER | (WALKED < 4), ("A1",))
BROKEN = FILM.is_("broken")

ANKLE = Pathway(
    id="sprained-ankle",
    version="0.0.1",
    title="Sprained ankle",
    source_title="A page that was made up",
    source_date=date(2026, 1, 1),
    banner="Made up for tests.",
    banner_cites=("A1",),
    scope=ALWAYS,
    scope_words="-",
    scope_cites=("A1",),
    override_cites=("A3",),
    pending_cites=("A3",),
    oldest_years=110,
    initial="door",
    states=(
        State("door", "At the door", "not looked at yet", "ankle", ("A1",), waits=SUSPECT.as_guard()),
        State("imaging", "Imaging", "a break is possible, the film is open", "ankle", ("A2",), waits=FILM.is_("whole")),
        State("home", "Home", "no break", "ankle", ("A2",), end="the page ends here"),
    ),
    facts=(WALKED, TENDER, FILM, FITTED),
    derived=(),
    conditions=(SUSPECT,),
    events=(
        EventType(
            "ankle_examined", "Ankle examined", (EventField("steps_walked"), EventField("tender_bone")), cites=("A1",)
        ),
        EventType("film_read", "X-ray read", (EventField("film", required=True),), cites=("A2",)),
        EventType("boot_fitted", "Boot fitted", records=("boot_fitted",), cites=("A3",)),
    ),
    transitions=(
        Transition(
            "to_imaging", ("door",), "imaging", SUSPECT.as_guard() | BROKEN, "break possible", ("A1",), urgent=True
        ),
        Transition("straight_home", ("door",), "home", ~SUSPECT.as_guard() & ~shown(BROKEN), "no break", ("A1",)),
        Transition("whole", ("imaging",), "home", FILM.is_("whole"), "film whole", ("A2",)),
    ),
    advice=(
        Advice("order_film", "Order an X-ray.", "now", in_state("imaging"), ("A2",), until=FILM.known()),
        Advice("fit_boot", "Fit a boot.", "today", BROKEN, ("A3",), until=FITTED.as_guard()),
    ),
    orders=(
        OrderRule(
            "send_home", "Sending home", BROKEN, "Do not send a broken ankle home.", ("A3",),
            permitted=in_state("home") & ~shown(BROKEN),
        ),
    ),
    contradictions=(),
    invariants=(
        OnEntering(
            "home_unbroken", "Nobody goes home with a film that shows a break.", ("home",), ~shown(BROKEN),
            ("A3",),
        ),
    ),
    reference=Reference("2026-01-01", "none", ()),
    statements=(
        Statement("A1", "one", "A tender bone, or fewer than four steps: a break is possible.", "criterion"),
        Statement("A2", "two", "Where a break is possible, take an X-ray.", "rule"),
        Statement("A3", "three", "A broken ankle gets a boot and stays.", "rule"),
    ),
    notes=(),
    literature=(),
)  # fmt: skip

TENDER_HERE = Flag("tender_here", "tender here", cites=("the first line",))

SINGLE = Pathway(
    id="single",
    version="1",
    title="One state",
    source_title="A page that was made up",
    source_date=date(2026, 1, 1),
    banner="Made up for tests.",
    banner_cites=("the first line",),
    scope=ALWAYS,
    scope_words="-",
    scope_cites=("the first line",),
    override_cites=("the first line",),
    pending_cites=("the first line",),
    oldest_years=110,
    initial="here",
    states=(State("here", "Here", "nothing leads away", "all", ("the first line",), end="there is nothing else"),),
    facts=(TENDER_HERE,),
    derived=(),
    conditions=(),
    events=(EventType("looked_at", "Looked at", (EventField("tender_here"),), cites=("the first line",)),),
    transitions=(),
    advice=(Advice("rest", "Rest.", "ongoing", TENDER_HERE.as_guard(), ("the first line",)),),
    orders=(),
    contradictions=(),
    invariants=(),
    reference=Reference("2026-01-01", "none", ()),
    statements=(Statement("the first line", "one", "What is tender is rested.", "rule"),),
    notes=(),
    literature=(),
)
