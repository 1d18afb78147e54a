"""A small pathway with parts and a whole: ripe and rotten grapes of one basket, weighed together."""

from __future__ import annotations

from datetime import date

from pathway.model.citations import Statement
from pathway.model.events import EventField, EventType
from pathway.model.facts import Quantity
from pathway.model.guards import ALWAYS, in_report, shown
from pathway.model.invariants import OnEntering
from pathway.model.part_and_whole import PartsOf
from pathway.model.pathway import Pathway
from pathway.model.reference import Reference
from pathway.model.rules import State, Transition

BASKET = Quantity("basket", "grapes of the basket", "kg", (0, 1000), cites=("H1",), bare_to="100")
RIPE = Quantity("ripe", "ripe grapes", "kg", (0, 1000), cites=("H1",))
ROTTEN = Quantity("rotten", "rotten grapes", "kg", (0, 1000), cites=("H1",), unread="weighed with the rest")
PARTS = PartsOf("basket", ("ripe", "rotten"), 5, "30", ("H2",))
MUCH, HEAVY = in_report((RIPE >= 20) & BASKET.known() & (RIPE <= 30)), in_report(RIPE > 30)
WEIGHED = EventType(
    "basket_weighed", "Basket weighed", (EventField("basket"), EventField("ripe"), EventField("rotten")),
    cites=("H1",), parts=PARTS,
)  # fmt: skip

HARVEST = Pathway(
    id="harvest",
    version="1",
    title="Harvest",
    source_title="A page that was made up",
    source_date=date(2026, 1, 1),
    banner="Made up for tests.",
    banner_cites=("H1",),
    scope=ALWAYS,
    scope_words="-",
    scope_cites=("H1",),
    override_cites=("H1",),
    pending_cites=("H1",),
    oldest_years=110,
    initial="field",
    states=(
        State("field", "Field", "not weighed", "all", ("H1",), waits=MUCH | HEAVY),
        State("press", "Press", "much is ripe", "all", ("H1",), end="the page ends here"),
        State("cart", "Cart", "more than one can carry", "all", ("H1",), end="the page ends here"),
    ),
    facts=(BASKET, RIPE, ROTTEN),
    derived=(),
    conditions=(),
    events=(WEIGHED,),
    transitions=(
        Transition("to_press", ("field",), "press", MUCH, "ripe", ("H1",)),
        Transition("to_cart", ("field",), "cart", HEAVY, "heavy", ("H1",)),
    ),
    advice=(),
    orders=(),
    contradictions=(),
    invariants=(
        OnEntering("full", "What goes to the press is a basket of 19.", ("press",), ~shown(in_report(BASKET < 19)),
                   ("H2",)),
        OnEntering("weighed", "What goes on the cart is weighed as a whole.", ("cart",), in_report(BASKET.known()),
                   ("H2",)),
    ),
    reference=Reference("2026-01-01", "none", ()),
    statements=(
        Statement("H1", "one", "Weigh the basket and what is ripe.", "rule"),
        Statement("H2", "two", "What is ripe is not more than the basket.", "rule"),
    ),
    notes=(),
    literature=(),
    door=1,
)  # fmt: skip
