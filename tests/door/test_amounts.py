"""What can be read in two ways is not counted, and both readings are shown; what can be read in one way is read."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pathway.door.amounts import Amount, read_amount, read_measured
from pathway.door.doubts import Doubt
from pathway.model.units import AcceptedUnit
from tests.door.scales import ANC, BLASTS, FRACTION, HB, PLATELETS, TEMPERATURE, TYPED_PLATELETS, URIC_ACID, WBC, scale


def doubt(text: str, of) -> Doubt:
    read = read_amount(text, of)
    assert isinstance(read, Doubt), read
    return read


def amounts(text: str, of) -> list[str]:
    return [str(reading.amount) for reading in doubt(text, of).readings]


# --- A2: numbers --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "of", "readings"),
    [
        ("3,500 /uL", WBC, ["3.5", "0.0035"]),
        ("3.500 /uL", WBC, ["3.5", "0.0035"]),
        ("3.360 /uL", WBC, ["3.36", "0.00336"]),
        ("450.000 /uL", WBC, ["450", "0.45"]),
        ("450,000 /mm³", WBC, ["450", "0.45"]),
        ("12.000 /uL", BLASTS, ["12000", "12"]),
        ("12.000 10*6/L", WBC, ["12", "0.012"]),
        ("1.500 10*9/L", PLATELETS, ["1500", "1.5"]),
        ("1,200 K/uL", PLATELETS, ["1200", "1.2"]),
        ("1,234", TYPED_PLATELETS, ["1234", "1.234"]),
        ("1.500 umol/L", URIC_ACID, ["25.2165", "0.0252165"]),
    ],
)
def test_a_mark_before_three_digits_is_held_with_both_readings_where_both_can_be_true(text, of, readings):
    assert amounts(text, of) == readings
    assert all(reading.words in doubt(text, of).reason for reading in doubt(text, of).readings)


def test_a_proposal_with_three_digits_behind_the_point_is_written_with_four():
    """1.234 platelets, proposed as they are, would be held again."""
    proposed = doubt("1,234 10*9/L", PLATELETS).readings[1].write
    assert proposed == "1.2340 10*9/L"
    assert read_amount(proposed, PLATELETS).value == Decimal("1.234")


def test_a_german_thousands_dot_never_makes_high_risk_intermediate():
    """450.000 /uL as a German report prints it is 450 10*9/L, not 0.45."""
    assert doubt("450.000 /uL", WBC).reason == (
        "'450.000 /uL': 450000 /uL = 450 10*9/L, or 450 /uL = 0.45 10*9/L? Write 450000 /uL or 450 /uL"
    )


@pytest.mark.parametrize(
    ("text", "of", "value", "said"),
    [
        ("1.500 10*9/L", ANC, "1.5", "read as 1.5 10*9/L; 1500 10*9/L is not plausible"),
        ("1,500 10*9/L", WBC, "1.5", "read as 1.5 10*9/L; 1500 10*9/L is not plausible"),
        ("450.000 10*9/L", WBC, "450", "read as 450 10*9/L; 450000 10*9/L is not plausible"),
        ("250.000 10*9/L", PLATELETS, "250", "read as 250 10*9/L; 250000 10*9/L is not plausible"),
        ("38.500 Cel", TEMPERATURE, "38.5", "read as 38.5 Cel; 38500 Cel is not plausible"),
        ("12.500 g/dL", HB, "12.5", "read as 12.5 g/dL; 12500 g/dL is not plausible"),
        ("3,500", WBC, "3.5", "read as 3.5 10*9/L; 3500 10*9/L is not plausible"),
        ("350,000", TYPED_PLATELETS, "350", "read as 350 10*9/L; 350000 10*9/L is not plausible"),
        ("1.500 E", WBC, None, None),
        ("2,5", WBC, "2.5", "read as 2.5 10*9/L"),
        ("2,5 10*9/L", WBC, "2.5", "read as 2.5 10*9/L"),
        ("2'500 /uL", WBC, "2.5", "read as 2500 /uL"),
        ("0.500", ANC, "0.5", ""),
        ("0.500 10*9/L", ANC, "0.5", ""),
        ("0,500 10*9/L", PLATELETS, "0.5", "read as 0.5 10*9/L"),
    ],
)
def test_where_one_reading_alone_can_be_true_it_is_read_and_said(text, of, value, said):
    read = read_amount(text, of)
    assert isinstance(read, Doubt) if value is None else (str(read.value), read.said) == (value, said)


def test_without_a_bound_for_bare_numbers_the_plausible_range_decides_alone():
    """1.500 platelets may be 1500 10*9/L; the same neutrophils may not, because 30 is as far as they are believed."""
    assert isinstance(read_amount("1.500 10*9/L", PLATELETS), Doubt)
    assert isinstance(read_amount("1.500 10*9/L", ANC), Amount)


@pytest.mark.parametrize(
    "text", ["12.5 /uL", "2,5 /uL", "0.7 /uL", "0.700 /uL", "12.5 cells/mm3", "12.5 10*6/L", "1,234.5 /uL", "<0.5 /uL"]
)
def test_a_count_per_microlitre_that_is_not_whole_is_held_with_the_thousands_that_may_be_meant(text):
    held = doubt(text, WBC)
    thousands, cells = held.readings
    assert thousands.amount == 1000 * cells.amount


@pytest.mark.parametrize("text", ["700 /uL", "700.0 /uL", "700.00 /uL", "7E2 /uL", "0 /uL", "0.000 /uL"])
def test_a_whole_count_per_microlitre_is_read(text):
    assert read_amount(text, WBC).said == ""


def test_a_broken_count_is_held_also_where_thousands_cannot_be_meant():
    assert amounts("1234.5 /uL", ANC) == ["1.2345"]
    only_cells = scale("/uL", (BLASTS.units[0],), 0, 1000)
    assert amounts("1.5 /uL", only_cells) == ["1.5"]


@pytest.mark.parametrize(
    ("text", "readings"), [("2.510e3/uL", ["2.51", "2.5"]), ("5 103/uL", ["5.103", "5"]), ("10e3/uL", ["10", "1"])]
)
def test_a_blank_or_a_raised_digit_that_may_be_lost_gives_two_readings(text, readings):
    assert amounts(text, WBC) == readings


def test_a_count_in_another_notation_of_the_same_size_is_not_held_for_it():
    assert read_amount("1.500 10E3/uL", WBC).value == read_amount("1.500 10*3/uL", WBC).value == Decimal("1.5")
    assert read_amount("250 10e3/uL", PLATELETS).value == 250


# --- A3: below detection ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "of", "bound", "value"),
    [
        ("<0.1 10*9/L", WBC, "<", "0.1"), ("< 0.1 10*9/L", WBC, "<", "0.1"), ("≤0.1 10*9/L", WBC, "<", "0.1"),
        ("<=0.1", WBC, "<", "0.1"),
        ("<0,1", WBC, "<", "0.1"), ("<0.1", WBC, "<", "0.1"), ("<100 /uL", ANC, "<", "0.1"),
        (">100 10*9/L", WBC, ">", "100"),
        ("≥ 100 10*9/L", WBC, ">", "100"), (">=100 10*9/L", WBC, ">", "100"), ("<0.01 %", FRACTION, "<", "0.0001"),
    ],
)  # fmt: skip
def test_a_value_below_detection_is_a_bound_shown_as_printed(text, of, bound, value):
    read = read_amount(text, of)
    assert (read.bound, str(read.value), read.printed) == (bound, value, text)


@pytest.mark.parametrize(
    "text", ["<0 10*9/L", "<-1 10*9/L", "<3000 10*9/L", ">3000 10*9/L", "<", "<>1 10*9/L", "<<1 10*9/L", "1< 10*9/L"]
)
def test_a_bound_that_says_nothing_or_cannot_be_is_held(text):
    doubt(text, WBC)


def test_a_bound_with_two_readings_is_held_with_both_bounds():
    assert doubt("<3,500 /uL", WBC).reason.startswith(
        "'<3,500 /uL': <3500 /uL = <3.5 10*9/L, or <3.5 /uL = <0.0035 10*9/L?"
    )
    assert doubt("<700", ANC).readings[1].write == "<700 /uL"


# --- A4: bare numbers ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "of"),
    [("100", WBC), ("100.0", WBC), ("30", ANC), ("0", ANC), ("2.5", WBC), ("25", HB), ("38.4", TEMPERATURE)],
)
def test_a_bare_number_up_to_its_bound_is_canonical(text, of):
    assert read_amount(text, of) == Amount(Decimal(text), "", text, "")


def test_a_bare_number_above_its_bound_is_held_with_both_units():
    held = doubt("700", ANC)
    assert held.reason == "'700': 700 10*9/L, or 700 /uL = 0.7 10*9/L? Write the unit"
    assert [str(reading.amount) for reading in held.readings] == ["700", "0.7"]


@pytest.mark.parametrize(
    ("text", "of", "readings"),
    [("100.1", WBC, ["100.1", "0.1001"]), ("31", ANC, ["31", "0.031"]), ("1800", WBC, ["1800", "1.8"]),
     ("2500", WBC, ["2.5"]), ("91", HB, ["9.1"]),
     ("450.000", WBC, ["450", "0.45"])],
)  # fmt: skip
def test_a_bare_number_just_above_its_bound_is_not_counted(text, of, readings):
    assert amounts(text, of) == readings
    assert doubt(text, of).reason.endswith("? Write the unit")


def test_the_hundred_and_one_of_a_thermometer_may_only_be_fahrenheit_and_is_still_not_guessed():
    assert doubt("101", TEMPERATURE).reason == "'101': 101 [degF] = 38.3333 Cel? Write the unit"


def test_a_bare_number_that_no_unit_makes_plausible_is_outside():
    assert doubt("-1", WBC).reason == "-1 10*9/L is outside 0..2000 10*9/L"
    assert doubt("0.5", HB).reason.startswith("0.5 g/dL is outside 1..25 g/dL")
    assert doubt("9999999", ANC).reason == "9999999 10*9/L is outside 0..1000 10*9/L"


def test_a_bare_count_of_single_cells_is_held_where_it_is_not_whole():
    bare_blasts = scale("/uL", BLASTS.units, 0, 2000000, bare_to=2000000)
    assert read_amount("1500", bare_blasts).value == 1500
    assert amounts("2.5", bare_blasts) == ["2500", "2.5"]
    assert amounts("1.500", bare_blasts) == ["1500", "1.5"]
    assert read_measured(2.5, "", bare_blasts).value == Decimal("2.5")


def test_without_a_bound_a_bare_number_is_never_read():
    held = doubt("450", PLATELETS)
    assert held.reason == "'450' has no unit; accepted: 10*9/L, 10*3/uL, 10^9/L, 10^3/uL, /uL, /mm3, 10*6/L"
    assert [str(reading.amount) for reading in held.readings] == ["450", "0.45"]


def test_a_fraction_needs_no_unit():
    assert read_amount("0.001", FRACTION).value == Decimal("0.001")
    assert doubt("2", FRACTION).reason == "2 is outside 0..1 (2 % would be 0.02)"


# --- what cannot be true ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "of", "reason"),
    [
        ("2500 10*9/L", WBC, "2500 10*9/L is outside 0..2000 10*9/L (2500 /uL would be 2.5 10*9/L)"),
        ("91 g/dL", HB, "91 g/dL is outside 1..25 g/dL (91 g/L would be 9.1 g/dL)"),
        ("101 Cel", TEMPERATURE, "101 Cel is outside 25..45 Cel (101 [degF] would be 38.3333 Cel)"),
        ("310 mmol/L", URIC_ACID, "310 mmol/L is outside 0..3 mmol/L (310 umol/L would be 5.21141 mg/dL)"),
        ("3001 umol/L", URIC_ACID, "3001 umol/L is outside 0..3000 umol/L"),
        ("30.500 g/dL", HB, "30.5 g/dL is outside 1..25 g/dL, and so is 30500 g/dL (30.5 g/L would be 3.05 g/dL)"),
    ],
)
def test_what_cannot_be_true_is_held_with_the_range_and_the_unit_in_which_it_could(text, of, reason):
    assert doubt(text, of).reason == reason
    assert doubt(text, of).readings == ()


@pytest.mark.parametrize(
    ("inside", "beyond", "of"),
    [("2000 10*9/L", "2000.1 10*9/L", WBC), ("25 g/dL", "25.1 g/dL", HB), ("3000 umol/L", "3000.1 umol/L", URIC_ACID)],
)
def test_the_ends_of_the_plausible_range_are_plausible(inside, beyond, of):
    assert isinstance(read_amount(inside, of), Amount)
    doubt(beyond, of)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "'' is not an amount; write for example 20 10*9/L"),
        ("low", "'low' is not an amount; write for example 20 10*9/L"),
        ("２.５ 10*9/L", "'２.５ 10*9/L' has digits other than 0 to 9; write for example 20 10*9/L"),
        ("1,2345 10*9/L",
        "'1,2345' is not a number; write a decimal point, and no mark between thousands; write for example 20 10*9/L"),
        ("1 10*9/L\n2 10*9/L",
        "unit '10*9/L 2 10*9/L' is not accepted; accepted: 10*9/L, 10*3/uL, 10^9/L, 10^3/uL, /uL, /mm3, 10*6/L"),
    ],
)  # fmt: skip
def test_what_is_no_amount_is_held_with_an_example(text, reason):
    assert doubt(text, WBC).reason == reason


@pytest.mark.parametrize("break_", ["\n", "\t", "\r", "\u2028", "\x1f"])
def test_digits_on_two_lines_or_in_two_columns_are_not_one_number(break_):
    assert isinstance(read_amount(f"2{break_}500 /uL", WBC), Doubt)


def test_a_text_of_more_than_two_hundred_characters_is_not_read():
    assert isinstance(read_amount("2.5 10*9/L".ljust(200), WBC), Amount)
    assert doubt("2.5 10*9/L".ljust(201), WBC).reason == "'2.5 10*9/L' has 201 characters; write for example 20 10*9/L"


# --- scales -------------------------------------------------------------------------------------------------------


def test_a_scale_must_accept_its_own_unit():
    with pytest.raises(ValueError, match="g/dL is not among 10"):
        scale("g/dL", WBC.units, 0, 1)


def test_a_reason_is_cut_where_a_quantity_accepts_more_units_than_a_line_holds():
    many = scale("u0", tuple(AcceptedUnit(f"u{number}") for number in range(200)), 0, 1)
    assert len(doubt("1 g", many).reason) == len(doubt("1", many).reason) == 300
