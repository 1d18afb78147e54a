"""Fields of events that mean more than themselves."""

from __future__ import annotations

import json

import pytest

from pathway import PATHWAY
from pathway.definition.events import (
    BloodCountReported,
    DiagnosisConfirmed,
    Examined,
    InfectionSignsFound,
    MrdReported,
    SmearReported,
    SymptomsReported,
    TemperatureMeasured,
    WorkupDeclaredNegative,
)
from pathway.model.events import Event
from tests.children import told
from tests.model.event_table import LISTED

# --- fields with a meaning of their own -----------------------------------------------------------------------------


def test_nothing_else_found_says_that_every_finding_that_is_not_given_is_absent():
    given_ = dict(Examined(splenomegaly=True, nothing_else_found=True).event.given)
    assert given_ == {name: name == "splenomegaly" for name in LISTED} | {"nothing_else_found": True}


@pytest.mark.parametrize("said", [None, False])
def test_without_it_a_finding_that_is_not_given_is_unknown_and_not_absent(said):
    case = told(Examined(splenomegaly=False, nothing_else_found=said))
    assert case.value("splenomegaly") is False
    assert [case.value(name) for name in LISTED if name != "splenomegaly"] == [None] * 11


def test_nothing_else_found_does_not_speak_of_what_only_the_family_reports():
    assert told(Examined(nothing_else_found=True)).value("persistent_fever") is None


def test_nothing_else_found_is_said_of_one_examination_and_not_kept():
    assert told(Examined(nothing_else_found=True)).value("nothing_else_found") is None


def test_an_absence_may_be_taken_back_and_a_presence_too():
    case = told(Examined(nothing_else_found=True), SymptomsReported(fever=True), Examined(fever=False))
    assert case.value("fever") is False and case.value("same_day") is None


def test_signs_of_infection_are_there_when_they_are_found():
    assert dict(InfectionSignsFound().event.given) == {"infection_signs": True}
    assert dict(InfectionSignsFound(infection_signs=False).event.given) == {"infection_signs": False}


def test_who_declared_and_why_belong_to_the_declaration_alone():
    case = told(WorkupDeclaredNegative(declared_by="haematologist", reason="virus"))
    assert case.value("declared_by") is None and case.value("reason") is None
    assert json.loads(case.to_json())["entries"][0]["with"] == {"declared_by": "haematologist", "reason": "virus"}


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("haematology_consulted", "haematology_consulted"),
        ("vaccine_hold_released", "vaccine_hold_released"),
        ("protocol_eligibility_confirmed", "protocol_eligibility_confirmed"),
        ("antimicrobials_started", "antimicrobials_started"),
        ("bone_marrow_performed", "bone_marrow_performed"),
        ("live_vaccine_given", "live_vaccine_given"),
        ("chemotherapy_started", "chemotherapy_started"),
        ("transplanted", "transplanted"),
        ("examined", "examined"),
        ("history_taken", "history_taken"),
        ("blood_count_reported", "blood_count_taken"),
    ],
)
def test_that_something_happened_is_itself_a_fact(name, fact):
    assert PATHWAY.event_type(name).records == (fact,)
    assert told(PATHWAY.event(name)).value(fact) is True


def test_a_value_that_is_not_given_stays_as_it_was():
    case = told(BloodCountReported(anc="1.6 10*9/L", hb="12 g/dL"), BloodCountReported(anc="1.7 10*9/L"))
    assert str(case.value("hb")) == "12" and str(case.value("anc")) == "1.7"


def test_a_smear_report_replaces_the_whole_smear():
    case = told(
        SmearReported(smear_reviewer="pathologist", blasts_percent="0 %", lineage="lymphoid", immature_cells=False),
        SmearReported(smear_reviewer="haematologist", blasts_percent="1 %"),
    )
    assert case.value("immature_cells") is None and case.value("lineage") is None
    assert case.value("smear_reviewer") == "haematologist"


def test_a_route_belongs_to_its_own_reading():
    case = told(
        TemperatureMeasured(temperature="37 Cel", temperature_route="axillary"),
        TemperatureMeasured(temperature="36.9 Cel"),
    )
    assert case.value("temperature_route") is None


@pytest.mark.parametrize(
    ("good", "implausible", "fact"),
    [
        (TemperatureMeasured(temperature="38.5 Cel"), TemperatureMeasured(temperature="385 Cel"), "temperature"),
        (MrdReported(mrd="0.01"), MrdReported(mrd="10"), "mrd"),
    ],
    ids=["temperature", "mrd"],
)
def test_a_reading_that_is_held_back_does_not_make_the_one_before_unknown(good, implausible, fact):
    before = told(good).value(fact)
    assert told(good, implausible).value(fact) == before


def test_what_an_event_is_does_not_depend_on_who_reads_it():
    event = PATHWAY.event("diagnosis_confirmed", diagnosis="all")
    assert isinstance(event, Event) and event == DiagnosisConfirmed(diagnosis="all").event
    assert repr(event) == "Event(raw=(('diagnosis', 'all'),), name='diagnosis_confirmed')"
