"""An entry that is taken back leaves the ledger as it was: what goes round, or is tried again, leaves no trace."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest

from pathway import Case, Override
from pathway.definition.events import AntimicrobialsStarted, BloodCountReported, InfectionSignsFound
from pathway.run.log import Acknowledged, Corrected, Overridden, Reported, Withdrawn
from tests.children import CLEAR_EXAM, INDEX_COUNT, NORMAL_COUNT, ONLY_ANC_LOW, at, told
from tests.run.everything import everything
from tests.run.urgency import acknowledged

if TYPE_CHECKING:
    from pathway.run.ledger import Ledger
    from pathway.run.log import Entry

OTHER_LINES = BloodCountReported(wbc="9 10*9/L", anc="3 10*9/L", alc="1.4 10*9/L", hb="9 g/dL", platelets="300 10*9/L")
"""Normal neutrophils, and two other lines low."""

KEPT = (("antimicrobials_now", at(30)),)


def with_something_of_each_kind() -> Case:
    """A count e1 with its correction e2, which waits; an act e3; an override e4."""
    case = told((0, INDEX_COUNT))
    assert case.correct("e1", NORMAL_COUNT, at=at(60), by="lab", taken_at=at(5)).proposed
    case.record(AntimicrobialsStarted(), at=at(70))
    case.propose("order_bone_marrow", at=at(80), override=Override("Dr A", "bleeding"))
    return case


def keeping() -> Case:
    """A correction e3 of e1 that counts, and keeps the antimicrobials that it would have taken away."""
    case = told(ONLY_ANC_LOW, InfectionSignsFound())
    assert not case.correct("e1", OTHER_LINES, at=at(60), by="lab").proposed
    return case


def held(ledger: Ledger) -> dict[str, Any]:
    """All that a ledger holds; an entry of which nothing is known is the same as none."""
    found = {name: deepcopy(getattr(ledger, name)) for name in ledger.__slots__ if name not in ("_compiled", "_zone")}
    return {name: {key: one for key, one in value.items() if one != []} if isinstance(value, dict) else value
            for name, value in found.items()}  # fmt: skip


EVENT = CLEAR_EXAM.event
TAKEN_BACK: dict[str, Entry] = {
    "an event": Reported("x", at(90), "ward", EVENT),
    "an act": Reported("x", at(90), "ward", AntimicrobialsStarted().event),
    "a proposed event": Reported("x", at(90), "ward", EVENT, proposed=True),
    "an event that keeps": Reported("x", at(90), "ward", EVENT, retains=KEPT),
    "a correction": Corrected("x", at(90), "lab", INDEX_COUNT.event, "e2"),
    "a correction that moves": Corrected("x", at(90), "lab", INDEX_COUNT.event, "e2", at(3)),
    "a proposed correction": Corrected("x", at(90), "lab", INDEX_COUNT.event, "e2", proposed=True),
    "a correction that keeps": Corrected("x", at(90), "lab", INDEX_COUNT.event, "e2", retains=KEPT),
    "a withdrawal": Withdrawn("x", at(90), "lab", "e2"),
    "a proposed withdrawal": Withdrawn("x", at(90), "lab", "e1", proposed=True),
    "an acknowledgement": Acknowledged("x", at(90), "Dr A", "e2"),
    "an override": Overridden("x", at(90), "Dr A", "order_bone_marrow", "bleeding"),
}


@pytest.mark.parametrize("entry", TAKEN_BACK.values(), ids=TAKEN_BACK)
def test_an_entry_that_is_taken_back_leaves_the_ledger_as_it_was(entry: Entry):
    ledger = with_something_of_each_kind().timeline.ledger
    before = held(ledger)
    ledger.append(entry)
    assert held(ledger) != before
    assert ledger.retract() is entry
    assert held(ledger) == before
    assert not ledger.has("x")


def test_an_acknowledgement_that_is_taken_back_leaves_what_was_kept_kept():
    ledger = keeping().timeline.ledger
    before = held(ledger)
    ledger.append(Acknowledged("x", at(90), "Dr A", "e3"))
    assert ledger.retaining == () and ledger.pending == ()
    ledger.retract()
    assert held(ledger) == before and [one.id for one in ledger.retaining] == ["e3"]


# --- what an entry keeps, in the reading in which it counts ---------------------------------------------------------


def beside(case: Case) -> set[str]:
    """The advice in force in the reading in which all that waits counts."""
    fold = case.timeline.end.beside
    assert fold is not None
    return {one.id for one in fold.compiled.advice_of(fold.active)}


def test_in_the_reading_in_which_an_entry_is_acknowledged_it_keeps_nothing():
    case = keeping()
    assert "antimicrobials_now" in case.advice and "antimicrobials_now" not in beside(case)
    assert beside(case) == beside(case.copy()) == set(acknowledged(case).advice)


def test_in_the_reading_in_which_an_entry_is_withdrawn_it_keeps_nothing():
    """The infection signs were another child's, and so was the correction: nobody calls for antimicrobials."""
    case = keeping()
    assert not case.withdraw("e2", at=at(70), by="ward").proposed
    assert case.withdraw("e3", at=at(80), by="lab").proposed
    assert "antimicrobials_now" in case.advice and "antimicrobials_now" not in beside(case)
    assert beside(case) == beside(case.copy()) == set(acknowledged(case).advice)


# --- where what is kept is folded -----------------------------------------------------------------------------------


def test_what_is_kept_is_folded_after_the_last_event_that_was_known_though_that_one_is_withdrawn():
    case = keeping()
    case.withdraw("e2", at=at(70), by="ward")
    assert everything(case.timeline.end) == everything(case.copy().timeline.end)
    (kept,) = [one for one in case.timeline.past if one.forced]
    assert kept.at == at(0)


def test_an_override_keeps_nothing_in_force_beyond_the_act_that_was_recorded_late():
    """The bone marrow is ordered in spite at 10:40, and the count corrected; then the treatment of 10:20 is told."""
    case = told(ONLY_ANC_LOW, InfectionSignsFound())
    case.propose("order_bone_marrow", at=at(100), override=Override("Dr A", "bleeding"))
    assert not case.correct("e1", OTHER_LINES, at=at(110), by="lab").proposed
    assert "antimicrobials_now" in case.advice
    case.record(AntimicrobialsStarted(), at=at(80))
    assert "antimicrobials_now" not in case.advice
