"""What is held at the door is not lost: it is shown until a later report gives the fact, and the rest counts."""

from __future__ import annotations

from itertools import permutations

import pytest

from pathway import PATHWAY, Case
from pathway.cli.render import print_plan
from pathway.cli.text import PlainConsole
from tests.at_door import AT_DOOR, counted
from tests.children import BORN, NINE, at


def text_of(case: Case, minutes: float = 0) -> str:
    from io import StringIO

    out = StringIO()
    print_plan(case.plan(at=at(minutes)), case.pathway, PlainConsole(out))
    return " ".join(out.getvalue().split())


def held(case: Case, minutes: float = 0) -> list[tuple[str, str]]:
    return [(one.field.fact, one.field.given) for one in case.plan(at=at(minutes)).held]


def fever(case: Case, minutes: float, celsius: str, **more):
    return case.record(AT_DOOR.event("temperature_measured", temperature=celsius, **more), at=at(minutes))


def test_a_held_count_stands_in_the_plan_with_its_value_and_both_readings_in_text_and_json():
    case = counted(wbc="2.5", anc="700", alc="0.9")
    (one,) = case.plan(at=NINE).to_json()["held"]
    assert (one["fact"], one["given"], one["entry"], one["at"]) == ("anc", "700", "e1", "2026-01-22T09:00:00Z")
    assert [reading["write"] for reading in one["readings"]] == ["700 10*9/L", "700 /uL"]
    assert "! HELD BACK anc '700': 700 10*9/L, or 700 /uL = 0.7 10*9/L? Write the unit (entry e1)." in text_of(case)
    assert case.value("anc") is None and str(case.value("alc")) == "0.9"


def test_it_is_shown_until_a_later_report_gives_the_fact():
    case = counted(wbc="2.5", anc="700")
    counted(case=case, minutes=10, hb="9.1 g/dL")
    assert held(case, 20) == [("anc", "700")]
    counted(case=case, minutes=30, anc="0.7")
    assert held(case, 20) == [("anc", "700")] and held(case, 30) == []


def test_a_later_report_that_is_held_too_answers_nothing():
    case = counted(anc="700")
    counted(case=case, minutes=10, anc="700 giga")
    assert held(case, 20) == [("anc", "700"), ("anc", "700 giga")]


def test_a_correction_answers_what_was_held():
    case = counted(wbc="2.5", anc="700")
    case.correct("e1", AT_DOOR.event("blood_count_reported", wbc="2.5", anc="0.7"), at=at(10), by="ward")
    assert held(case, 10) == [] and str(case.value("anc")) == "0.7"


def test_another_report_of_the_same_moment_answers_it_whichever_was_recorded_first():
    for first, second in permutations(({"anc": "700"}, {"anc": "0.7"})):
        case = counted(case=counted(**first), **second)
        assert held(case) == [] and str(case.value("anc")) == "0.7"


def test_recording_in_any_order_shows_the_same():
    reports = [(0, {"anc": "700", "hb": "?"}), (10, {"hb": "9.1 g/dL"}), (20, {"hb": "x"}), (30, {"alc": "1.4"})]
    shown = set()
    for order in permutations(reports):
        case = Case(AT_DOOR, born=BORN)
        for minutes, counts in order:
            counted(case=case, minutes=minutes, **counts)
        shown.add(tuple(held(case, 60)))
    assert shown == {(("anc", "700"), ("hb", "x"))}


def test_it_is_shown_beyond_its_episode_and_after_many_reports():
    case = counted(wbc="9", anc="3", alc="5", hb="12 g/dL", platelets="what")
    for day in range(200):
        counted(case=case, minutes=day * 60, wbc="9", anc="3", alc="5")
    case.record(AT_DOOR.event("symptoms_reported", fever=False), at=at(5))  # folded again from the middle
    assert held(case, 200 * 60) == [("platelets", "what")]
    assert held(Case.from_json(case.to_json(), AT_DOOR), 200 * 60) == [("platelets", "what")]


def test_a_late_report_that_changes_nothing_else_is_shown_and_goes_when_it_is_withdrawn():
    case = counted(wbc="9", anc="3", alc="5", hb="12 g/dL", platelets="200 10*9/L")
    for hour in range(1, 200):
        counted(case=case, minutes=hour * 60, wbc="9", anc="3", alc="5")
    fever(case, 5, "warm")
    assert held(case, 200 * 60) == [("temperature", "warm")]
    case.withdraw(case.log[-1].id, at=at(200 * 60), by="ward")
    assert held(case, 200 * 60) == []


# --- a required amount ------------------------------------------------------------------------------------------------


def test_an_event_whose_required_amount_is_held_is_kept_and_moves_nothing():
    case = counted(wbc="2.5", anc="0.7", alc="1.4")
    fever(case, 10, "38.4 °C", temperature_route="oral")
    before = case.plan(at=at(60)).to_json()
    step = fever(case, 20, "37,55,2", temperature_route="axillary")
    assert [field.fact for field in step.held] == ["temperature"]
    assert (step.state, step.fired, step.raised) == (case.state, (), ())
    after = case.plan(at=at(60)).to_json()
    assert len(case.log) == 3 and case.value("temperature_route") == "oral"
    assert after.pop("held")[0]["given"] == "37,55,2" and before.pop("held") == []
    assert after == before


def test_it_does_not_even_begin_a_case_nor_its_days():
    empty, case = Case(AT_DOOR, born=BORN), Case(AT_DOOR, born=BORN)
    fever(case, -3 * 1440, "fever")
    for one in (empty, case):
        one.record(AT_DOOR.event("symptoms_reported", fatigue=False), at=NINE)
    assert case.state == AT_DOOR.initial and case.value("days_in_state") == empty.value("days_in_state") == 0
    there, here = case.plan(at=at(5)).to_json(), empty.plan(at=at(5)).to_json()
    assert there.pop("held") and not here.pop("held") and there == here


def test_beside_a_held_reading_of_the_same_moment_the_other_counts():
    case = counted(wbc="2.5", anc="0.7")
    fever(case, 10, "39 X")
    fever(case, 10, "39 C")
    assert str(case.value("temperature")) == "39" and held(case, 10) == []
    assert "antimicrobials_now" in case.plan(at=at(10)).urgent


def test_without_a_door_a_held_reading_still_brings_the_rest_of_its_event():
    case = Case(PATHWAY, born=BORN)
    case.record(PATHWAY.event("temperature_measured", temperature="380 Cel", temperature_route="oral"), at=NINE)
    assert case.value("temperature_route") == "oral"
    assert [one.field.given for one in case.plan(at=NINE).held] == ["380 Cel"]


@pytest.mark.parametrize("given", ["3,500 /uL", "nine"])
def test_a_step_says_what_is_held_and_how_it_can_be_read(given):
    case = Case(AT_DOOR, born=BORN)
    step = case.record(AT_DOOR.event("blood_count_reported", wbc=given, anc="0.7"), at=NINE)
    (one,) = step.to_json()["held"]
    assert ("readings" in one) is (given == "3,500 /uL")
