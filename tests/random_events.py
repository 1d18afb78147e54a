"""Random events from a seed, for tests and benchmarks that need very many of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway import PATHWAY
from pathway.model.facts import Choice, Fact, Flag, Quantity, Text

if TYPE_CHECKING:
    from random import Random

    from pathway.model.events import Event

OFTEN = ("blood_count_reported", "smear_reported", "examined", "temperature_measured")
AMOUNTS = {
    "wbc": ("2.5", "5.9", "6", "9", "17.6", "299.9", "300"), "anc": ("0.4", "0.5", "0.7", "1.4", "1.5", "3"),
    "alc": ("1.4", "3.4", "3.5", "5"), "hb": ("9", "10.4", "10.5", "12"), "platelets": ("60", "149", "150", "300"),
    "blasts_percent": ("0", "1", "19.9", "20", "34"), "blasts": ("0", "1", "999", "1000"),
    "temperature": ("36.5", "37.9", "38", "38.3", "39"), "mrd": ("0", "0.0001", "0.01"),
}  # fmt: skip


def random_event(random: Random, name: str = "") -> Event:
    """An event with some of its fields or all: of one kind, or of any, the common ones more often."""
    if not name:
        name = random.choice(OFTEN) if random.random() < 0.4 else random.choice(PATHWAY.events).name
    kind, whole = PATHWAY.event_type(name), random.random() < 0.4
    fields = [one.fact for one in kind.fields if one.required or whole or random.random() < 0.5]
    return PATHWAY.event(name, **{fact: _raw(PATHWAY.fact(fact), random) for fact in fields})


def _raw(fact: Fact, random: Random) -> str | bool:
    match fact:
        case Quantity():
            return f"{random.choice(AMOUNTS.get(fact.name, ('1', '4', '9')))} {fact.unit}"
        case Flag():
            return random.random() < 0.5
        case Choice():
            return random.choice(fact.options)
        case Text():
            return "as discussed"
