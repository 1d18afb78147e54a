"""Facts typed on a command line go through the door of the pathway."""

from __future__ import annotations

import pytest

from pathway import PATHWAY, BadInput
from pathway.cli.case.facts import event_of
from pathway.cli.entries import event_words
from pathway.cli.given import events_from
from tests.at_door import AT_DOOR


def typed(**facts: str) -> tuple[dict[str, object], dict[str, str]]:
    """The values that count, and the reasons of what was held back."""
    given, held = {}, {}
    for event in events_from(list(facts.items()), AT_DOOR):
        given |= dict(event.given)
        held |= {field.fact: field.reason for field in event.held}
    return given, held


@pytest.mark.parametrize("hb", ["9.1", "9,1", "9.1 g/dL", "91 g/l", "9,1g%"])
def test_a_bare_haemoglobin_is_in_grams_a_decilitre_also_with_a_decimal_comma(hb):
    assert str(typed(hb=hb)[0]["hb"]) == "9.1"


@pytest.mark.parametrize("celsius", ["38.4", "38,4", "38.4 °C", "101.12 F"])
def test_a_bare_temperature_is_in_degrees_celsius(celsius):
    assert str(typed(temperature=celsius)[0]["temperature"]) == "38.4"


def test_seven_hundred_neutrophils_without_a_unit_are_held_and_the_fever_counts():
    given, held = typed(wbc="2.5", anc="700", alc="0.9", temperature="39")
    assert set(given) == {"wbc", "alc", "temperature"}
    assert held == {"anc": "'700': 700 10*9/L, or 700 /uL = 0.7 10*9/L? Write the unit"}


def test_bare_platelets_that_can_be_read_in_two_ways_are_held():
    assert set(typed(platelets="1,500")[1]) == {"platelets"}
    assert typed(platelets="150")[0] == {"platelets": 150}


def test_hematologist_is_understood_in_any_case_and_another_word_is_refused():
    assert typed(smear_reviewer="Hematologist")[0] == {"smear_reviewer": "haematologist"}
    with pytest.raises(BadInput):
        typed(smear_reviewer="hematologe")


def test_an_entry_is_shown_as_it_was_typed_and_with_how_it_was_read():
    event = event_of(AT_DOOR.event_type("blood_count_reported"), ["wbc=2,5 K/uL", "anc=0.7", "hb=?"], AT_DOOR)
    words = event_words(event, AT_DOOR)
    assert (
        words == "Blood count reported: white cell count 2,5 K/uL (read as 2.5 10*3/uL), ANC 0.7 10*9/L; held back: hb"
    )


def test_without_a_door_a_bare_count_is_in_the_canonical_unit_as_in_version_0_1():
    (event,) = events_from([("anc", "700")], PATHWAY)
    assert dict(event.raw) == {"anc": "700 10*9/L"}
