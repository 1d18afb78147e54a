"""A circle of transitions that no case could leave is refused when the pathway is built."""

from __future__ import annotations

import pytest

from pathway import PATHWAY
from pathway.definition.facts import FEVER
from pathway.model.canonical import with_changes
from pathway.model.errors import BadInput
from pathway.model.guards import ALWAYS, all_of, in_state, shown
from pathway.model.rules import Transition


def with_transitions(*ways: tuple[str, str, str, object, str | None]):
    more = tuple(Transition(id, (source,), to, when, "on", ("S01",), on=on) for id, source, to, when, on in ways)
    return with_changes(PATHWAY, transitions=(*PATHWAY.transitions, *more))


def test_two_transitions_that_are_always_open_and_lead_back_are_refused_by_name():
    with pytest.raises(BadInput, match="transition out: out -> back lead back to smear in every case, without an end"):
        with_transitions(("out", "smear", "exam", ALWAYS, None), ("back", "exam", "smear", ALWAYS, None))


def test_a_guard_that_asks_only_for_its_own_state_is_always_true_there():
    here = all_of(in_state("smear"), ALWAYS)
    with pytest.raises(BadInput, match="out -> back"):
        with_transitions(("out", "smear", "exam", here, None), ("back", "exam", "smear", ALWAYS, None))


@pytest.mark.parametrize(("when", "on"), [(FEVER.as_guard(), None), (~shown(FEVER), None), (ALWAYS, "examined")])
def test_a_circle_that_some_record_or_some_event_must_close_is_left_to_the_proofs(when, on):
    with_transitions(("out", "smear", "exam", ALWAYS, None), ("back", "exam", "smear", when, on))


def test_a_way_into_a_circle_is_not_named_as_part_of_it():
    ways = (("into", "initial_labs", "smear", ALWAYS, None), ("out", "smear", "exam", ALWAYS, None))
    with pytest.raises(BadInput) as fault:
        with_transitions(*ways, ("back", "exam", "smear", ALWAYS, None))
    (line,) = [line for line in fault.value.faults if "without an end" in line]
    assert "out -> back" in line and "into" not in line
