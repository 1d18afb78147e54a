"""A pathway of three states with everything that a drawing can do without left out, and still smaller ones."""

from __future__ import annotations

from datetime import date

import attrs
from attrs import evolve

from pathway.model.citations import Statement
from pathway.model.derived import Clock
from pathway.model.events import EventType
from pathway.model.facts import Flag
from pathway.model.guards import ALWAYS, in_state
from pathway.model.pathway import Pathway
from pathway.model.reference import Reference
from pathway.model.rules import Advice, OrderRule, State, Transition

AGE = Clock("age", "age", "age", "months", ("F1",))
DAYS = Clock("days_in_state", "days in this state", "days_in_state", "days", ("F1",))
SEEN = Flag("seen", "seen by a nurse", cites=("F1",))
HOME = Flag("sent_home", "sent home", cites=("F2",))

TWO_PHASES = Pathway(
    id="door",
    version="0.0.1",
    title="From the door to home",
    source_title="A made-up page",
    source_date=date(2026, 1, 1),
    banner="A made-up pathway.",
    banner_cites=("F1",),
    scope=AGE >= 0,
    scope_words="-",
    scope_cites=("F1",),
    override_cites=("F2",),
    pending_cites=("F2",),
    oldest_years=120,
    initial="waiting",
    states=(
        State("waiting", "Waiting", "nobody has looked yet", "door", ("F1",), waits=SEEN.as_guard()),
        State("ready", "Ready", "seen", "ward", ("F1",), waits=HOME.as_guard()),
        State("gone", "Gone", "at home", "ward", ("F2",), end="the page ends here"),
    ),
    facts=(SEEN, HOME),
    derived=(AGE, DAYS),
    conditions=(),
    events=(
        EventType("nurse_looked", "A nurse looked", records=("seen",), cites=("F1",)),
        EventType("left", "Left for home", records=("sent_home",), cites=("F2",)),
    ),
    transitions=(
        Transition("to_ready", ("waiting",), "ready", SEEN.as_guard(), "seen", ("F1",)),
        Transition("to_home", ("ready",), "gone", HOME.as_guard(), "sent home", ("F2",)),
    ),
    advice=(Advice("look", "Look at the child.", "now", in_state("waiting"), ("F1",), until=SEEN.as_guard()),),
    orders=(OrderRule("send_home", "Sending home", in_state("waiting"), "Look first.", ("F2",)),),
    contradictions=(),
    invariants=(),
    reference=Reference("2026-01-01", "none", ()),
    statements=(
        Statement("F1", "look", "A nurse looks first.", "rule"),
        Statement("F2", "home", "Then the child goes home.", "rule"),
    ),
    notes=(),
    literature=(),
)
ONE_PHASE = evolve(TWO_PHASES, states=tuple(evolve(one, phase="all") for one in TWO_PHASES.states))
ONE_STATE = evolve(
    TWO_PHASES,
    states=(evolve(TWO_PHASES.states[0], waits=None, end="that is all"),),
    transitions=(),
    advice=(),
    orders=(),
)


def without_clocks(monkeypatch) -> Pathway:
    """The pathway without any derived fact, whether or not a definition may be so."""
    monkeypatch.setattr("pathway.model.check.faults_of", lambda _: [])
    return evolve(TWO_PHASES, derived=(), scope=ALWAYS)


def cited_as(names: dict[str, str]) -> Pathway:
    """The pathway with other ids of its statements."""

    def renamed(value):
        if isinstance(value, tuple):
            return tuple(map(renamed, value))
        if not attrs.has(type(value)):
            return value
        changes = {}
        for one in attrs.fields(type(value)):
            old = getattr(value, one.name)
            if one.name.endswith("cites"):
                new = tuple(names[cite] for cite in old)
            elif isinstance(value, Statement) and one.name == "id":
                new = names[old]
            else:
                new = renamed(old)
            if new is not old and new != old:
                changes[one.name] = new
        return evolve(value, **changes) if changes else value

    return renamed(TWO_PHASES)
