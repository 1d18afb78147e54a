"""The door of a small pathway: an event whose required amount is held does not begin the days of its first state.

A bound that leaves open what is asked does not end the waiting.
"""

from __future__ import annotations

import pytest
from attrs import evolve

from pathway import Case
from pathway.model.derived import Clock
from pathway.model.events import EventField
from tests.small.pathways import ANKLE
from tests.small.test_running import BORN, at

EXAMINED, *OTHERS = ANKLE.events
DAYS = Clock("days", "days here", "days_in_state", "d", ("A1",))
STRICT = evolve(
    ANKLE, door=1, derived=(DAYS,),
    events=(evolve(EXAMINED, fields=(EventField("steps_walked", required=True), EventField("tender_bone"))), *OTHERS),
)  # fmt: skip


def test_days_that_no_rule_reads_begin_with_the_first_event_that_counts():
    case = Case(STRICT, born=BORN)
    case.record(STRICT.event("ankle_examined", steps_walked="some", tender_bone=True), at=at(-2 * 1440))
    assert (case.state, case.value("tender_bone")) == ("door", None)
    case.record(STRICT.event("boot_fitted"), at=at(0))
    assert (case.state, case.value("days")) == ("door", 0)
    assert [one.field.given for one in case.plan(at=at(0)).held] == ["some"]


@pytest.mark.parametrize(
    ("steps", "awaited"), [("<10", True), (">3", True), (">4", False), ("50", False), (None, True)]
)
def test_an_amount_is_awaited_while_its_bound_leaves_open_what_is_asked(steps, awaited):
    pathway = evolve(ANKLE, door=1)
    case = Case(pathway, born=BORN)
    if steps is not None:
        case.record(pathway.event("ankle_examined", steps_walked=steps), at=at(0))
    assert case.state == "door"
    assert ("steps_walked" in case.plan(at=at(0)).awaits) is awaited
    assert "tender_bone" in case.plan(at=at(0)).awaits
    waits = {name for obstacle in case.why_not("home", at=at(0)).obstacles for name in obstacle.waits}
    assert ("steps_walked" in waits) is awaited
