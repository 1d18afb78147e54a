"""What a pathway with a door reads, and what it holds by name."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve

from pathway import PATHWAY, BadInput, Case, load_pathway
from pathway.door.spellings import SPELLINGS
from pathway.model.canonical import to_json
from pathway.model.errors import DefinitionError
from tests.at_door import AT_DOOR, counted
from tests.children import BORN, INDEX_COUNT, NINE, at

CELLS = {unit.code for unit in AT_DOOR.fact("wbc").accepted()}
SINGLE = ("/uL", "10*6/L")
INDEX = {"wbc": "2.5", "anc": "0.7", "alc": "1.4"}
INDEX_CELLS = {"wbc": "2500", "anc": "700", "alc": "1400"}


def read(**fields):
    event = AT_DOOR.event("blood_count_reported", **fields)
    return dict(event.given), {held.fact: held for held in event.held}


@pytest.mark.parametrize("spelling", [row for row in SPELLINGS if row.code in CELLS], ids=lambda row: row.printed)
def test_the_counts_of_the_sources_patient_give_the_same_plan_in_every_spelling(spelling):
    numbers = INDEX_CELLS if spelling.code in SINGLE else INDEX
    plain = counted(**{name: f"{number} 10*9/L" for name, number in INDEX.items()})
    spelt = counted(**{name: f"{number} {spelling.printed}" for name, number in numbers.items()})
    assert spelt.plan(at=NINE).to_json() == plain.plan(at=NINE).to_json()
    assert "consult_same_day" in spelt.plan(at=NINE).urgent


@pytest.mark.parametrize("written", ["{}", "{}0", "{} ×10⁹/L", "{}x10^9/L", "{}K/µL"])
def test_a_decimal_comma_and_a_lost_blank_give_the_same_plan(written):
    plain = counted(**{name: f"{number} 10*9/L" for name, number in INDEX.items()})
    for mark in (".", ","):
        said = {name: written.format(number).replace(".", mark) for name, number in INDEX.items()}
        assert counted(**said).plan(at=NINE).to_json() == plain.plan(at=NINE).to_json()


def test_a_bare_number_is_canonical_up_to_its_bound_and_held_with_both_readings_above():
    given, held = read(wbc="100", anc="30", alc="30.1")
    assert given == {"wbc": 100, "anc": 30}
    assert [str(reading.amount) for reading in held["alc"].readings] == ["30.1", "0.0301"]
    assert read(anc="700")[1]["anc"].reason == "'700': 700 10*9/L, or 700 /uL = 0.7 10*9/L? Write the unit"


def test_numbers_typed_as_numbers_are_read_as_texts_are_and_have_one_reading():
    assert read(wbc=2.5, anc=Decimal("0.7"), alc=1)[0] == {"wbc": Decimal("2.5"), "anc": Decimal("0.7"), "alc": 1}
    assert read(anc=700)[1]["anc"].reason.startswith("'700': 700 10*9/L, or 700 /uL = 0.7 10*9/L?")
    assert dict(AT_DOOR.event("mrd_reported", mrd=Decimal("0.125")).raw) == {"mrd": "0.1250"}


@pytest.mark.parametrize("text", ["3,500 /uL", "3.500 /uL", "3.360 /uL"])
def test_a_count_with_two_readings_is_held_with_both_and_the_rest_counts(text):
    given, held = read(wbc=text, anc="0.7 10*9/L")
    assert given == {"anc": Decimal("0.7")}
    assert len(held["wbc"].readings) == 2


@pytest.mark.parametrize("text", ["9.1 mg/dL", "9.1 lakh", "nine", "", "9..1 g/dL", "9.1", True, float("nan"), 10**60])
def test_a_bad_haemoglobin_does_not_hide_a_low_anc(text):
    given, held = read(anc="0.7 10*9/L", hb=text)
    assert given == {"anc": Decimal("0.7")} and list(held) == ["hb"]


def test_without_a_door_an_unreadable_amount_is_refused_with_its_event_as_in_version_0_1():
    with pytest.raises(BadInput, match=r"unit 'mg/dL' is not accepted; accepted: g/dL, g/L$"):
        PATHWAY.event("blood_count_reported", anc="0.7 10*9/L", hb="9.1 mg/dL")


def test_unknown_facts_and_words_stay_bad_input_at_the_door():
    for name, fields in {
        "blood_count_reported": {"wbcs": "2.5 10*9/L"}, "examined": {"splenomegaly": "yes"},
        "smear_reported": {"smear_reviewer": "haematologe"},
    }.items():  # fmt: skip
        with pytest.raises(BadInput):
            AT_DOOR.event(name, **fields)
    with pytest.raises(BadInput):
        AT_DOOR.event("blood_count_reported", wbc=["2.5"])


def test_hematologist_is_a_spelling_of_haematologist():
    event = AT_DOOR.event("smear_reported", smear_reviewer="hematologist")
    assert dict(event.given) == {"smear_reviewer": "haematologist"}
    with pytest.raises(BadInput):
        PATHWAY.event("smear_reported", smear_reviewer="hematologist")


@pytest.mark.parametrize(
    "raw", ["2,5", "bad", "x" * 600, "1 " * 150, float("inf"), float("nan"), 10**60, Decimal("3.125"), Decimal("1E+60"),
            Decimal("NaN"), "\ud800", "\x00", "700", 700, 3.125, "3,500 /uL", "<0.1 10*9/L"],
)  # fmt: skip
def test_a_log_reads_every_amount_as_it_was_read_when_it_was_recorded(raw):
    case = counted(wbc=raw, anc="0.7 10*9/L")
    again = Case.from_json(case.to_json(), AT_DOOR)
    assert again == case and again.to_json() == case.to_json()
    assert again.log[0].event.given == case.log[0].event.given
    assert again.log[0].event.held == case.log[0].event.held


def test_an_event_that_was_read_without_a_door_is_read_again_by_the_case():
    case = Case(AT_DOOR, born=BORN)
    case.record(INDEX_COUNT, at=NINE)
    assert case.log[0].event.door == 1
    other = Case(PATHWAY, born=BORN)
    with pytest.raises(BadInput):
        other.record(AT_DOOR.event("blood_count_reported", wbc="2.5 K/uL"), at=at(1))


def test_the_door_is_part_of_the_pathway_and_of_its_digest():
    assert '"door":' not in to_json(PATHWAY) and "bare_to" not in to_json(PATHWAY)
    again = load_pathway(to_json(AT_DOOR))
    assert again == AT_DOOR and again.digest == AT_DOOR.digest != evolve(AT_DOOR, door=0).digest
    assert again.fact("wbc").bare_to == 100


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"door": 2}, "pathway: door is 2; write 0 or 1"),
        ({"door": True}, "pathway: door is True; write 0 or 1"),
    ],
)
def test_a_door_that_does_not_exist_is_a_fault(changes, fault):
    with pytest.raises(DefinitionError, match=fault):
        evolve(PATHWAY, **changes)


@pytest.mark.parametrize(
    ("name", "changes", "fault"),
    [
        ("wbc", {"bare_to": "3000"}, "fact wbc: bare_to is not within the plausible range"),
        ("lineage", {"spellings": (("b", "c"),)}, "fact lineage: 'b' is a spelling of 'c', which is no option"),
        ("lineage", {"spellings": (("mixed", "myeloid"),)}, "fact lineage: 'mixed' is an option and no other spelling"),
        ("lineage", {"spellings": (("b", "mixed"), ("b", "myeloid"))}, "fact lineage: 'b' is a spelling of several"),
    ],
)
def test_a_bound_or_spelling_that_cannot_be_is_a_fault(name, changes, fault):
    facts = tuple(evolve(fact, **changes) if fact.name == name else fact for fact in PATHWAY.facts)
    with pytest.raises(DefinitionError, match=fault):
        evolve(PATHWAY, facts=facts)
