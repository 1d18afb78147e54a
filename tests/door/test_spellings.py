"""A unit is read as its printer meant it, or not at all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pathway.door.amounts import Amount, read_amount
from pathway.door.doubts import Doubt
from pathway.door.spellings import SPELLINGS, fold
from tests.door.scales import (
    ANC,
    BLASTS,
    FRACTION,
    HB,
    LDH,
    PERCENT,
    PLATELETS,
    POTASSIUM,
    SCALES,
    TEMPERATURE,
    URIC_ACID,
    WBC,
)  # fmt: skip

# Row A1 of pathway 0.2, cases/README.md and issue 11, written out.
BILLIONS_A_LITRE = [
    "10*9/L", "10^9/L", "x10^9/L", "x 10^9/L", "×10⁹/L", "× 10⁹/L", "10⁹/L", "10E9/L", "10e9/L", "x10e9/L", "G/L",
    "G/l",
    "Gpt/L", "Gpt/l", "/nL", "/nl", "10*9/l", "x10*9/L", "x10^9/l", "x 10^9 / L", "X10^9/L", "*10^9/L", "·10⁹/L",
]  # fmt: skip
THOUSANDS_A_MICROLITRE = [
    "10*3/uL", "10^3/uL", "x10^3/uL", "10e3/uL", "10E3/uL", "x10E3/uL", "K/uL", "k/uL", "K/\u00b5L", "K/\u03bcL",
    "K/mm3",
    "K/mm³", "K/ul", "K/UL", "thou/uL", "Tsd/\u00b5l", "Tsd/\u03bcl", "Tsd./µl", "x10³/µL", "× 10³/mm³", "10*3/ul",
    "Thousand/uL",
    "K/mcL",
]  # fmt: skip
CELLS_A_MICROLITRE = [
    "/uL", "/\u00b5L", "/\u03bcL", "/ul", "/\u00b5l", "cells/uL", "cells/µL", "cells/mm3", "cells/mm³", "/mm3", "/mm³",
    "/mm^3", "/cmm", "/cumm", "/cu mm", "/cu.mm", "cells/cu.mm", "10*6/L", "10^6/L", "x10⁶/L", "/mcL", "/ uL",
]  # fmt: skip
GRAMS_A_DECILITRE = ["g/dL", "g/dl", "gm/dL", "gm/dl", "g%", "g %", "g / dl"]
GRAMS_A_LITRE = ["g/L", "g/l"]
CELSIUS = ["Cel", "°C", "C", "degC", "° C", "ºC", "℃"]
FAHRENHEIT = ["[degF]", "°F", "F", "degF", "℉"]


def value(text: str, scale) -> Decimal:
    read = read_amount(text, scale)
    assert isinstance(read, Amount), read
    return read.value


def both(number: str, units: list[str]) -> list[str]:
    """Each amount with a blank before its unit, and without it where the unit does not begin with a digit."""
    return [f"{number} {unit}" for unit in units] + [f"{number}{unit}" for unit in units if not unit[0].isdigit()]


@pytest.mark.parametrize(
    "text", both("0.7", BILLIONS_A_LITRE + THOUSANDS_A_MICROLITRE) + both("700", CELLS_A_MICROLITRE)
)
def test_seven_hundred_neutrophils_are_the_same_in_every_spelling(text):
    assert value(text, ANC) == Decimal("0.7")


@pytest.mark.parametrize(
    "text", both("1.5", BILLIONS_A_LITRE + THOUSANDS_A_MICROLITRE) + both("1500", CELLS_A_MICROLITRE)
)
def test_blasts_counted_per_microlitre_are_the_same_in_every_spelling(text):
    assert value(text, BLASTS) == 1500


@pytest.mark.parametrize(
    "text", both("9.1", GRAMS_A_DECILITRE) + both("91", GRAMS_A_LITRE) + ["9,1 g/dl", "91,0 g/l", "9.1", "9,1"]
)
def test_a_haemoglobin_of_nine_point_one_is_the_same_in_every_spelling(text):
    assert value(text, HB) == Decimal("9.1")


@pytest.mark.parametrize("text", ["5.6 mmol/L", "5.6 mmol/l", "5,6mmol/L"])
def test_haemoglobin_in_millimoles_is_that_of_the_monomer(text):
    """1 mmol/L = 1.6114 g/dL."""
    assert value(text, HB) == Decimal("9.02384")


@pytest.mark.parametrize("text", [*both("38.5", CELSIUS), *both("101.3", FAHRENHEIT), "38,5 °C", "38.5", "38,5"])
def test_a_fever_of_thirty_eight_five_is_the_same_in_every_spelling(text):
    assert value(text, TEMPERATURE) == Decimal("38.5")


@pytest.mark.parametrize(
    ("text", "scale", "canonical"),
    [
        ("8.2 mg/dL", URIC_ACID, "8.2"), ("8.2mg/dl", URIC_ACID, "8.2"), ("8.2 mg%", URIC_ACID, "8.2"),
        ("310 µmol/L", URIC_ACID, "5.21141"), ("310 \u03bcmol/l", URIC_ACID, "5.21141"),
        ("310umol/L", URIC_ACID, "5.21141"),
        ("4.4 mmol/l", POTASSIUM, "4.4"), ("4.4 mEq/L", POTASSIUM, "4.4"), ("4.4 meq/l", POTASSIUM, "4.4"),
        ("900 U/l", LDH, "900"), ("900 IU/L", LDH, "900"), ("900[IU]/L", LDH, "900"), ("12%", PERCENT, "12"),
        ("12 %", PERCENT, "12"), ("0.01 %", FRACTION, "0.0001"), ("0.001", FRACTION, "0.001"),
    ],
)  # fmt: skip
def test_substances_are_read_as_printed(text, scale, canonical):
    assert value(text, scale) == Decimal(canonical)


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("38.5 K/uL", TEMPERATURE), ("311.6 K", TEMPERATURE), ("9.1 G/L", HB), ("91 G/L", HB), ("2.5 g/L", WBC),
        ("2.5 g/dL", WBC),
        ("2.5 F", WBC), ("2.5 C", WBC), ("38.5 g%", TEMPERATURE), ("2.5 %", WBC), ("2.5 U/L", WBC), ("900 /UL", LDH),
        ("900 /uL", LDH),
        ("38.5 c", TEMPERATURE), ("101 f", TEMPERATURE), ("2.5 M/uL", WBC), ("2.5 T/L", WBC), ("2.5 10*12/L", WBC),
        ("2.5 10*9/uL", WBC), ("2.5 10*3/L", WBC), ("2.5 10*6/uL", WBC), ("2.5 /L", WBC), ("2.5 K/L", WBC),
        ("2.5 K/mL", WBC),
        ("2.5 /mL", WBC), ("2.5 g/uL", WBC), ("9.1 mg/dL", HB), ("9.1 g/mL", HB), ("9.1 kg/L", HB), ("5.6 umol/L", HB),
        ("2.5 GPT/L", WBC), ("2.5 gpt/l", WBC), ("2.5 g/l", WBC), ("2.5 M/mm3", WBC), ("2.5 mm3", WBC),
        ("2.5 uL", WBC), ("2.5 K", WBC),
    ],
)  # fmt: skip
def test_a_unit_of_another_quantity_or_of_another_size_is_no_unit_of_this_one(text, scale):
    doubt = read_amount(text, scale)
    assert isinstance(doubt, Doubt)
    assert "is not accepted; accepted: " in doubt.reason


@pytest.mark.parametrize(
    "text",
    ["2.5 x 109/L", "2.5 x109/L", "2.5 109/L", "5 109/L", "5 103/uL", "2.5 103/µL", "2.5 1000/uL", "2 x 1000/mm3",
     "1.5 lakh",
     "1.5 lakh/cumm", "2.5*9/L", "2.510*9/L", "2.510^9/L", "2.510e9/L", "2.510e3/uL", "110E3/uL", "10e3/uL", "10*9/L",
     "2.5 million", "2.5 1 0*9/L", "2.5 10*9/L 10*9/L"],
)  # fmt: skip
def test_what_lost_a_raised_digit_or_a_blank_and_what_counts_in_lakhs_is_held(text):
    assert isinstance(read_amount(text, WBC), Doubt)


def test_a_lost_raised_digit_is_named_with_what_would_be_accepted():
    reason = read_amount("2.5 x 109/L", WBC).reason
    assert "accepted: 10*9/L, 10*3/uL" in reason
    assert reason.endswith("Is it 10^9/L? Write it so")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("0.7 K/uL", "read as 0.7 10*3/uL"), ("0.7 k/µL", "read as 0.7 10*3/uL"), ("0.7 Tsd/µl", "read as 0.7 10*3/uL"),
        ("0.7 G/L", "read as 0.7 10*9/L"), ("0.7 10e9/L", "read as 0.7 10*9/L"), ("0.7 x10^9/L", ""), ("700 /µL", ""),
        ("0.7 10*9/L", ""),
    ],
)  # fmt: skip
def test_the_answer_says_how_a_unit_was_read_that_means_something_else_in_ucum(text, said):
    assert read_amount(text, ANC).said == said


# --- the table ----------------------------------------------------------------------------------------------------


def test_no_spelling_stands_for_two_units():
    printed = [row.printed for row in SPELLINGS]
    assert len(printed) == len(set(printed))


@pytest.mark.parametrize("row", SPELLINGS, ids=lambda row: row.printed)
def test_every_row_says_where_it_was_seen_and_can_be_found(row):
    assert row.seen
    assert fold(row.printed) == row.printed
    assert any(row.code in scale.by_code for scale in SCALES.values())


def test_every_spelling_of_a_count_in_the_table_is_of_one_of_two_sizes():
    sizes = {"10*9/L": "0.7", "10*3/uL": "0.7", "/uL": "700", "10*6/L": "700"}
    counts = [row for row in SPELLINGS if row.code in sizes]
    assert len(counts) > 100
    for row in counts:
        assert value(f"{sizes[row.code]} {row.printed}", PLATELETS) == Decimal("0.7"), row


def test_folding_only_changes_what_typesetting_changes():
    assert fold("×\u00a010⁹ / l") == "x10^9/l"
    assert fold("\u00b5mol/L") == fold("\u03bcmol/L") == "umol/L"
    assert fold("cells / cu  mm") == "cells/cu mm"
    assert fold("G/L") != fold("g/L")
    assert fold("1 0*9/L") != fold("10*9/L")
