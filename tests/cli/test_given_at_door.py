"""Facts typed on a command line go through the door of the pathway."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from pathway import PATHWAY, BadInput
from pathway.cli.case.facts import event_of
from pathway.cli.drive.questions import assigned
from pathway.cli.drive.when import read_when
from pathway.cli.entries import event_words
from pathway.cli.given import events_from
from pathway.scenarios.read import parse_scenario
from pathway.scenarios.replay import replay
from tests.at_door import AT_DOOR
from tests.children import BORN, NINE
from tests.cli.terminal import AT, pathway


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


def test_what_is_typed_while_a_case_is_driven_goes_through_the_door():
    kind = AT_DOOR.event_type("blood_count_reported")
    fields, _ = assigned(kind, ["wbc=2,5", "anc=700", "hb=9,1", 'platelets="x'], AT_DOOR)
    event = AT_DOOR.event(kind.name, **fields)
    assert {name: str(value) for name, value in event.given} == {"wbc": "2.5", "hb": "9.1"}
    assert [field.fact for field in event.held] == ["anc", "platelets"]


def test_a_day_typed_while_a_case_is_driven_is_read_year_first():
    assert read_when("2026-01-23", NINE, ZoneInfo("UTC")).day == 23
    with pytest.raises(BadInput, match="1 February 2026, or 2 January 2026"):
        read_when("01.02.2026", NINE, ZoneInfo("UTC"))


STORY = """
title = "A child"
why = "What is typed in a scenario goes through the door."
born = {born}
[[step]]
at = 2026-01-22T09:00:00Z
event = "blood_count_reported"
with = {{ wbc = 2.5, anc = "700", alc = "1,4 x10^9/L", hb = "9.1 mg/dL" }}
held = ["anc", "hb"]
"""


def test_a_scenario_goes_through_the_door():
    done = replay(parse_scenario(STORY.format(born="2024-12-22"), AT_DOOR), AT_DOOR)
    assert done.passed and (str(done.case.value("wbc")), str(done.case.value("alc"))) == ("2.5", "1.4")


def test_a_birthday_in_a_scenario_may_be_a_text_that_is_read_year_first():
    assert parse_scenario(STORY.format(born='"2024-12-22"'), AT_DOOR).born == BORN
    with pytest.raises(BadInput, match=r"born: 01\.02\.2025: 1 February 2025, or 2 January 2025"):
        parse_scenario(STORY.format(born='"01.02.2025"'), AT_DOOR)
    with pytest.raises(BadInput, match="born: a date is wanted here"):
        parse_scenario(STORY.format(born="5"), AT_DOOR)


def test_without_a_door_a_bare_count_is_in_the_canonical_unit_as_in_version_0_1():
    (event,) = events_from([("anc", "700")], PATHWAY)
    assert dict(event.raw) == {"anc": "700 10*9/L"}


# --- the command ------------------------------------------------------------------------------------------------------

FEVER = ("advise", "--age", "13 months", "--wbc", "1800", "--anc", "700", "--alc", "900", "--temperature", "39", *AT)


@pytest.fixture
def door(monkeypatch):
    monkeypatch.setattr("pathway.cli.advise._pathway", lambda _: AT_DOOR)


@pytest.mark.usefixtures("door")
def test_advise_shows_what_it_holds_counts_the_fever_and_exits_with_one():
    done = pathway(*FEVER)
    assert done.code == 1
    text = " ".join(done.out.split())
    assert "! HELD BACK anc '700': 700 10*9/L, or 700 /uL = 0.7 10*9/L? Write the unit (entry e1)." in text
    assert "temperature 39 Cel" in text
    data = pathway(*FEVER, "--json").data
    assert [one["fact"] for one in data["held"]] == ["wbc", "anc", "alc"]
    assert data["held"][1]["readings"][1] == {
        "amount": "0.7", "words": "700 /uL = 0.7 10*9/L", "write": "700 /uL",
    }  # fmt: skip


@pytest.mark.usefixtures("door")
def test_advise_holds_what_it_cannot_read_and_refuses_a_word_that_it_does_not_know():
    done = pathway("advise", "--age", "13m", "--anc", "0.7", "--hb", "5 stones", *AT)
    assert (done.code, "'stones' is not accepted" in done.out) == (1, True)
    assert pathway("advise", "--age", "13m", "--hb", "5.6 mmol/L", *AT).code == 0
    done = pathway("advise", "--age", "13m", "--anc", "0.7", "--set", "smear_reviewer=hematologe", *AT)
    assert done.code == 2
