"""Events: what an editor completes and what a file writes are one and the same event, checked as a whole."""

from __future__ import annotations

import json
from contextlib import suppress
from decimal import Decimal
from typing import Literal, get_args, get_origin

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathway import PATHWAY, BadInput
from pathway.definition import events as definitions
from pathway.definition.events import (
    EVENT_CLASSES,
    BloodCountReported,
    ChemistryReported,
    DiagnosisConfirmed,
    Examined,
    InfectionSignsFound,
    MrdReported,
    SmearReported,
    SymptomsReported,
    TemperatureMeasured,
    WorkupDeclaredNegative,
)
from pathway.model.events import Event, TypedEvent
from pathway.model.facts import Choice, Flag, Quantity, Text
from tests.children import NINE, told
from tests.strategies import events_of

TABLE = {
    "blood_count_reported": "wbc anc alc hb platelets",
    "chemistry_reported": "potassium uric_acid ldh phosphate",
    "smear_reported": "smear_reviewer! blasts_percent blasts lineage immature_cells atypical_lymphocytes",
    "examined": "splenomegaly hepatomegaly lymphadenopathy petechiae ecchymoses mucosal_bleeding other_bleeding fever "
    "weight_loss poor_appetite fatigue bone_pain nothing_else_found",
    "symptoms_reported": "fever weight_loss poor_appetite fatigue bone_pain petechiae ecchymoses mucosal_bleeding "
    "other_bleeding persistent_fever",
    "temperature_measured": "temperature! temperature_route",
    "infection_signs_found": "infection_signs",
    "history_taken": "causative_drug recent_viral_illness",
    "haematology_consulted": "",
    "workup_declared_negative": "declared_by! reason",
    "diagnosis_confirmed": "diagnosis! confirmed_by",
    "hlh_signs_reported": "persistent_fever liver_dysfunction ferritin_raised coagulopathy",
    "bcr_abl1_reported": "bcr_abl1!",
    "trial_decided": "trial_available!",
    "kmt2a_reported": "kmt2a!",
    "mrd_reported": "mrd! mrd_timepoint",
    "mrd_persistence_declared": "mrd_persistent!",
    "vaccine_hold_released": "",
    "protocol_eligibility_confirmed": "confirmed_by",
    "antimicrobials_started": "",
    "bone_marrow_performed": "",
    "live_vaccine_given": "",
    "chemotherapy_started": "",
    "transplanted": "conditioning",
}
each_class = pytest.mark.parametrize("cls", EVENT_CLASSES, ids=lambda cls: cls.__name__)
each_kind = pytest.mark.parametrize("kind", PATHWAY.events, ids=lambda kind: kind.name)


def arguments(cls: type[TypedEvent]) -> list[attrs.Attribute]:
    return [one for one in attrs.fields(cls) if one.name != "event"]


# --- the table ------------------------------------------------------------------------------------------------------


def test_the_events_their_order_and_their_fields_are_those_of_the_events_table():
    """The order counts: events of one moment are folded in it."""
    said = {kind.name: " ".join(one.fact + "!" * one.required for one in kind.fields) for kind in PATHWAY.events}
    assert list(said.items()) == list(TABLE.items())


def test_only_a_declaration_comes_after_all_else_of_its_moment():
    assert [kind.name for kind in PATHWAY.events if kind.last] == ["workup_declared_negative"]


@each_class
def test_a_class_is_named_as_its_event_and_in_the_past_tense_or_as_a_state_reached(cls):
    snake = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in cls.__name__).lstrip("_")
    assert snake == cls.KIND.name
    assert cls.__name__.endswith(("ed", "Found", "Taken", "Negative", "Given"))
    assert getattr(definitions, cls.__name__) is cls and cls.KIND in PATHWAY.events


@each_class
def test_the_fields_of_a_class_are_the_fields_of_its_event(cls):
    assert [one.name for one in arguments(cls)] == [one.fact for one in cls.KIND.fields]
    assert {one.name for one in arguments(cls) if one.default is attrs.NOTHING} == {
        one.fact for one in cls.KIND.fields if one.required
    }


@each_class
def test_an_editor_offers_for_each_field_what_the_fact_takes(cls):
    names = {**vars(definitions), "Amount": str | Decimal}
    for one in cls.KIND.fields:
        hint = eval(attrs.fields_dict(cls)[one.fact].type, names)
        offered = set(get_args(hint)) if get_origin(hint) is not Literal else {hint}
        offered = offered or {hint}
        words = {word for option in offered if get_origin(option) is Literal for word in get_args(option)}
        match PATHWAY.fact(one.fact):
            case Choice() as choice:
                assert words == set(choice.options)
            case Flag():
                assert offered - {type(None)} == {bool}
            case Quantity():
                assert str in offered
            case Text():
                assert offered - {type(None)} == {str}
        assert (type(None) in offered) is not one.required


@each_class
def test_an_event_is_frozen_and_written_with_names(cls):
    assert all(one.kw_only for one in arguments(cls))
    event = example(cls)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        event.event = None
    assert hash(event) == hash(example(cls)) and event == example(cls)


def example(cls: type[TypedEvent], *, complete: bool = False) -> TypedEvent:
    raw = {}
    for one in cls.KIND.fields:
        if one.required or complete:
            match PATHWAY.fact(one.fact):
                case Quantity() as quantity:
                    raw[one.fact] = quantity.example()
                case Choice() as choice:
                    raw[one.fact] = choice.options[0]
                case Flag():
                    raw[one.fact] = True
                case Text():
                    raw[one.fact] = "Dr A"
    return cls(**raw)


# --- one event, two ways to write it --------------------------------------------------------------------------------


@each_class
@pytest.mark.parametrize("complete", [False, True], ids=["required fields", "all fields"])
def test_the_class_and_the_name_make_the_same_event(cls, complete):
    typed = example(cls, complete=complete)
    raw = {one.name: getattr(typed, one.name) for one in arguments(cls)}
    named = PATHWAY.event(cls.KIND.name, **raw)
    assert typed.event == named
    assert typed.event.kind is named.kind and typed.event.to_json() == named.to_json()
    assert told(typed).to_json() == told(named).to_json()


@each_kind
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_an_event_survives_json(kind, data):
    event = data.draw(events_of(kind))
    written = json.loads(json.dumps(event.to_json()))
    assert written["event"] == kind.name
    assert PATHWAY.event(written["event"], **written["with"]) == event


def test_a_field_that_is_none_was_not_given():
    assert PATHWAY.event("blood_count_reported", wbc="2.5 10*9/L", anc=None) == PATHWAY.event(
        "blood_count_reported", wbc="2.5 10*9/L"
    )
    assert BloodCountReported(wbc="2.5 10*9/L").event.raw == (("wbc", "2.5 10*9/L"),)


def test_what_was_given_is_kept_as_it_was_given():
    event = PATHWAY.event("chemistry_reported", uric_acid="0.31 mmol/L")
    assert event.to_json() == {"event": "chemistry_reported", "with": {"uric_acid": "0.31 mmol/L"}}
    assert str(dict(event.given)["uric_acid"]) == "5.21141"


# --- all faults at once ---------------------------------------------------------------------------------------------


def faults(build) -> tuple[str, ...]:
    with pytest.raises(BadInput) as refused:
        build()
    return refused.value.faults


def test_an_event_with_five_faults_reports_five():
    assert faults(
        lambda: PATHWAY.event(
            "smear_reported", reviewer="pathologist", blasts_percent="20", blasts="many /uL", lineage="b",
            immature_cells="yes",
        )
    ) == (
        "smear_reported: unknown fact 'reviewer'; nearest: smear_reviewer",
        "smear_reported: smear_reviewer is missing; one of pathologist, haematologist, analyser, other",
        "smear_reported: blasts_percent: '20' has no unit; accepted: %",
        "smear_reported: blasts: 'many' is not a number; write for example '20000 /uL'",
        "smear_reported: lineage: 'b' is none of lymphoid, myeloid, mixed, unknown",
        "smear_reported: immature_cells: 'yes' is neither true nor false",
    )  # fmt: skip


def test_a_class_reports_all_its_faults_as_well():
    found = faults(lambda: BloodCountReported(wbc="2.5 K/uL", anc="0.7", hb="low"))
    assert [line.split(": ")[1] for line in found] == ["wbc", "anc", "hb"]


def test_a_value_that_cannot_be_true_beside_one_that_cannot_be_read_does_not_hide_it():
    assert len(faults(lambda: BloodCountReported(wbc="2500 10*9/L", anc="0.7"))) == 1


@each_kind
def test_a_missing_field_is_named_with_what_it_takes(kind):
    required = [one.fact for one in kind.fields if one.required]
    if not required:
        assert PATHWAY.event(kind.name).raw == ()
        return
    (line,) = faults(lambda: PATHWAY.event(kind.name))
    (name,) = required
    assert line.startswith(f"{kind.name}: {name} is missing; ")
    hint = line.split("; ", 1)[1]
    match PATHWAY.fact(name):
        case Choice() as choice:
            assert hint == "one of " + ", ".join(choice.options)
        case Quantity() as quantity:
            assert hint == f"for example '{quantity.example()}'"
        case Flag():
            assert hint == "true or false"


@each_kind
def test_an_unknown_field_is_named_with_the_nearest_or_with_all_where_they_are_few(kind):
    required = {
        one.name: getattr(example(cls), one.name) for cls in EVENT_CLASSES if cls.KIND is kind for one in arguments(cls)
    }
    (line,) = faults(lambda: PATHWAY.event(kind.name, **required, shoe_size=23))
    assert line.startswith(f"{kind.name}: unknown fact 'shoe_size'; ")


def test_a_misspelt_field_is_answered_with_the_nearest_names():
    (line,) = faults(lambda: PATHWAY.event("blood_count_reported", platelet="150 10*9/L"))
    assert line == "blood_count_reported: unknown fact 'platelet'; nearest: platelets"


def test_a_fact_of_another_event_is_unknown_here():
    assert "unknown fact 'hb'" in faults(lambda: PATHWAY.event("chemistry_reported", hb="9 g/dL"))[0]


def test_a_misspelt_event_is_answered_with_the_nearest_names():
    (line,) = faults(lambda: PATHWAY.event("blood_count"))
    assert line == "unknown event 'blood_count'; nearest: blood_count_reported"


def test_an_unknown_event_that_resembles_none_is_told_how_many_there_are():
    assert faults(lambda: PATHWAY.event("zzz")) == (f"unknown event 'zzz'; {len(TABLE)} names are known",)


@pytest.mark.parametrize("name", ["self", "name", "raw", "kind", "event"])
def test_a_field_may_be_called_as_our_own_arguments_are_and_is_merely_unknown(name):
    assert f"unknown fact '{name}'" in faults(lambda: PATHWAY.event("examined", **{name: True}))[0]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.sampled_from(["5 %", "38 Cel"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(PATHWAY.events), st.data())
def test_whatever_is_given_makes_an_event_or_bad_input(kind, data):
    names = st.sampled_from([*(one.fact for one in kind.fields), "luck"])
    raw = data.draw(st.dictionaries(names, JSON, max_size=4))
    with suppress(BadInput):
        event = PATHWAY.event(kind.name, **raw)
        assert {name for name, _ in event.raw} == {name for name, value in raw.items() if value is not None}
        told(event).plan(at=NINE)


# --- what is held back ----------------------------------------------------------------------------------------------


def test_a_bad_haemoglobin_does_not_hide_low_neutrophils():
    event = PATHWAY.event("blood_count_reported", hb="91 g/dL", anc="0.7 10*9/L")
    assert [name for name, _ in event.given] == ["anc"]
    assert [(one.fact, one.given) for one in event.held] == [("hb", "91 g/dL")]


def test_a_required_field_that_is_held_back_is_not_missing():
    event = TemperatureMeasured(temperature="400 Cel", temperature_route="oral").event
    assert [one.fact for one in event.held] == ["temperature"]
    assert event.given == (("temperature_route", "oral"),)


def test_every_field_may_be_held_back_and_the_event_still_happened():
    event = ChemistryReported(potassium="44 mmol/L", ldh="-1 U/L").event
    assert event.given == () and [one.fact for one in event.held] == ["potassium", "ldh"]


# --- fields with a meaning of their own -----------------------------------------------------------------------------

LISTED = [name for name in TABLE["examined"].split() if name != "nothing_else_found"]


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
    assert case.log[0].to_json()["with"] == {"declared_by": "haematologist", "reason": "virus"}


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
