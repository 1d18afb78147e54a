"""The pathway with a door: as the definition will be in version 0.2, made here from the definition of today."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from attrs import evolve

from pathway import PATHWAY, Case
from pathway.model.facts import Choice
from pathway.model.units import AcceptedUnit
from tests.children import BORN, at

if TYPE_CHECKING:
    from pathway.model.facts import Fact
    from pathway.model.pathway import Pathway

BARE_TO = {"wbc": 100, "anc": 30, "alc": 30}


def _entered(fact: Fact) -> Fact:
    if fact.name in BARE_TO:
        return evolve(fact, bare_to=Decimal(BARE_TO[fact.name]))
    if fact.name == "hb":
        return evolve(fact, units=(*fact.units, AcceptedUnit("mmol/L", factor="1.6114")))
    if isinstance(fact, Choice) and "haematologist" in fact.options:
        return evolve(fact, spellings=(("hematologist", "haematologist"),))
    return fact


AT_DOOR: Pathway = evolve(PATHWAY, door=1, facts=tuple(map(_entered, PATHWAY.facts)))


def counted(pathway: Pathway = AT_DOOR, minutes: float = 0, case: Case | None = None, **counts: Any) -> Case:
    """A case with one blood count, or with one more."""
    case = case or Case(pathway, born=BORN)
    case.record(pathway.event("blood_count_reported", **counts), at=at(minutes))
    return case
