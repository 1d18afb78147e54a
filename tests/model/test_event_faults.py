"""An event tells all its faults at once; a field that cannot be true is held back and hides no other."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathway import PATHWAY, BadInput
from pathway.definition.events import (
    EVENT_CLASSES,
    BloodCountReported,
    ChemistryReported,
    TemperatureMeasured,
)
from pathway.model.facts import Choice, Flag, Quantity
from tests.children import NINE, told
from tests.model.event_table import TABLE, arguments, each_kind, example, faults

# --- all faults at once ---------------------------------------------------------------------------------------------


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
