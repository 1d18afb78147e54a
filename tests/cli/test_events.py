from __future__ import annotations

import pytest

from pathway import PATHWAY
from pathway.model.facts import Choice, Quantity
from tests.cli.terminal import pathway


def test_every_event_and_fact_that_can_be_recorded_is_listed():
    out = pathway("events").out
    for kind in PATHWAY.events:
        assert f"\n{kind.name}  {kind.title}\n" in f"\n{out}"
        for field in kind.fields:
            mark = " !" if field.required else ""
            assert f"\n  {field.fact}{mark}  " in out, field.fact


@pytest.mark.parametrize("fact", [one for one in PATHWAY.facts if isinstance(one, Quantity)], ids=lambda one: one.name)
def test_amounts_are_listed_with_all_units_their_range_and_codes(fact):
    words = " ".join(pathway("events", fact.name, columns=110).out.split())
    for unit in fact.accepted():
        assert unit.code == "1" or unit.code in words
        assert all(code in words for code in unit.loinc)
    low, high = fact.plausible
    assert f"({low}..{high})" in words


def test_choices_are_listed_with_their_options():
    words = " ".join(pathway("events").out.split())
    for fact in PATHWAY.facts:
        if isinstance(fact, Choice):
            assert ", ".join(fact.options) in words


def test_an_event_or_a_fact_can_be_asked_for():
    assert pathway("events", "smear_reported").out.startswith("smear_reported")
    assert pathway("events", "anc").out.startswith("blood_count_reported")
    fever = pathway("events", "fever").out
    assert "examined  " in fever and "symptoms_reported  " in fever
    assert "antimicrobials_started" in pathway("events", "antimicrobials_started").out


def test_an_unknown_name_is_answered_with_the_nearest():
    done = pathway("events", "smear_report", "nothing_at_all")
    assert done.code == 2
    assert len(done.faults) == 2
    assert "nearest: smear_reported" in done.faults[0]


def test_json_lists_what_a_form_needs():
    (event,) = pathway("events", "smear_reported", "--json").data["events"]
    assert list(event) == ["event", "title", "records", "facts", "cites"]
    facts = {one["fact"]: one for one in event["facts"]}
    assert facts["smear_reviewer"]["required"] is True
    assert facts["smear_reviewer"]["options"] == ["pathologist", "haematologist", "analyser", "other"]
    assert facts["blasts"]["units"][0] == facts["blasts"]["unit"] == "/uL"
    assert facts["blasts"]["plausible"] == {"/uL": [0.0, 2000000.0]}
    (default,) = pathway("events", "infection_signs_found", "--json").data["events"][0]["facts"]
    assert default["default"] is True


def test_on_a_narrow_terminal_each_fact_has_its_own_line():
    lines = pathway("events", "anc", columns=44).out.splitlines()
    assert "  anc" in lines
    assert max(map(len, lines)) <= 44
