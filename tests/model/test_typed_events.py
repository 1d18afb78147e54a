"""Event classes compare and show their fields, although they share the methods of their base."""

from __future__ import annotations

import pytest

from pathway.definition.events import EVENT_CLASSES, BloodCountReported, HaematologyConsulted, HistoryTaken


def test_events_of_one_class_with_the_same_fields_are_equal_and_others_are_not():
    one, same = BloodCountReported(wbc="2.5 10*9/L"), BloodCountReported(wbc="2.5 10*9/L")
    assert one == same and hash(one) == hash(same)
    assert one != BloodCountReported(wbc="2.6 10*9/L") and one != 3
    assert HaematologyConsulted() != HistoryTaken()
    assert len({one, same, HaematologyConsulted(), HistoryTaken()}) == 3


def test_an_event_shows_its_class_and_its_fields():
    assert repr(HistoryTaken(causative_drug=True)) == "HistoryTaken(causative_drug=True, recent_viral_illness=None)"


@pytest.mark.parametrize("cls", EVENT_CLASSES)
def test_no_event_class_generates_what_its_base_has(cls):
    assert not {"__eq__", "__repr__", "__hash__"} & vars(cls).keys()
