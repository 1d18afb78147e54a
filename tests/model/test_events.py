"""Events: what an editor completes and what a file writes are one and the same event, checked as a whole."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Literal, get_args, get_origin

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathway import PATHWAY
from pathway.definition import events as definitions
from pathway.definition.events import (
    BloodCountReported,
)
from pathway.model.facts import Choice, Flag, Quantity, Text
from tests.children import told
from tests.model.event_table import TABLE, arguments, each_class, each_kind, example
from tests.strategies import events_of

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
