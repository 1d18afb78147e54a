"""Random children: events, moments and records for property tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from pathway import PATHWAY
from pathway.model.facts import Choice, Fact, Flag, Quantity, Text

if TYPE_CHECKING:
    from decimal import Decimal

    from pathway.model.events import Event, EventType

BORN = date(2024, 12, 22)
START = datetime(2026, 1, 22, 9, tzinfo=UTC)
INTERESTING = {
    "wbc": ("2.5", "5.9", "6.0", "9", "17.6", "299.9", "300", "400"),
    "anc": ("0.4", "0.5", "0.7", "1.0", "1.4", "1.5", "3"),
    "alc": ("1.4", "3.4", "3.5", "5", "10.5"),
    "hb": ("9", "10.4", "10.5", "12"),
    "platelets": ("60", "149", "150", "300"),
    "blasts_percent": ("0", "1", "19.9", "20", "34"),
    "blasts": ("0", "1", "999", "1000", "5000"),
    "temperature": ("36.5", "37.9", "38.0", "38.2", "38.3", "39"),
    "mrd": ("0", "0.0001", "0.01"),
}


def raw_value(fact: Fact) -> st.SearchStrategy:
    """A raw value that a fact takes, often just at a limit."""
    match fact:
        case Quantity():
            known = INTERESTING.get(fact.name, ("1", "4", "9"))
            return st.sampled_from(known).map(lambda number: f"{number} {fact.unit}")
        case Flag():
            return st.booleans()
        case Choice():
            return st.sampled_from(fact.options)
        case Text():
            return st.just("as discussed")
        case _:
            raise AssertionError(fact)


@st.composite
def events_of(draw, kind: EventType, complete: bool = False) -> Event:
    """An event of a type, with some of its fields or all."""
    raw = {}
    for one in kind.fields:
        if one.required or complete or draw(st.booleans()):
            raw[one.fact] = draw(raw_value(PATHWAY.fact(one.fact)))
    return PATHWAY.event(kind.name, **raw)


def any_event() -> st.SearchStrategy[Event]:
    """Any event of the pathway; blood counts and smears more often than the rest."""
    common = [PATHWAY.event_type(name) for name in ("blood_count_reported", "smear_reported", "examined")]
    return st.one_of(st.sampled_from(PATHWAY.events), st.sampled_from(common)).flatmap(
        lambda kind: st.one_of(events_of(kind), events_of(kind, complete=True))
    )


def moments(days: int = 30) -> st.SearchStrategy[datetime]:
    """A moment within some days, on the hour or the half."""
    return st.integers(0, days * 48).map(lambda halves: START + timedelta(minutes=30 * halves))


def stories(most: int = 12) -> st.SearchStrategy[list[tuple[datetime, Event]]]:
    """Dated events, in no particular order."""
    return st.lists(st.tuples(moments(), any_event()), max_size=most)


def amounts() -> st.SearchStrategy[Decimal]:
    """A decimal amount as a laboratory writes it."""
    return st.decimals(0, 3000, allow_nan=False, allow_infinity=False, places=2)
