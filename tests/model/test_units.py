"""Amounts are read exactly or not at all: no unit is guessed, nothing is rounded on the way in."""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathway import PATHWAY, BadInput
from pathway.model.facts import HeldBack, Quantity
from pathway.model.units import AcceptedUnit, plain, read_number, split_amount, written

QUANTITIES = [fact for fact in PATHWAY.facts if isinstance(fact, Quantity)]
UNITS = [(quantity, unit) for quantity in QUANTITIES for unit in quantity.accepted()]
TERMINATING = [(quantity, unit) for quantity, unit in UNITS if unit.divisor == 1]


def quantity(name: str) -> Quantity:
    fact = PATHWAY.fact(name)
    assert isinstance(fact, Quantity)
    return fact


def name_of(pair: tuple[Quantity, AcceptedUnit]) -> str:
    return f"{pair[0].name} in {pair[1].code}"


# --- exact conversion ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fahrenheit", "celsius"),
    [("100.4", "38"), ("98.6", "37"), ("32.0", None), ("77", "25"), ("113", "45"), ("104", "40"), ("96.8", "36")],
)
def test_fahrenheit_becomes_celsius_without_a_rest(fahrenheit, celsius):
    taken = quantity("temperature").read(f"{fahrenheit} [degF]")
    assert isinstance(taken, HeldBack) if celsius is None else str(taken) == celsius


def test_100_4_fahrenheit_is_a_fever_and_100_3_is_none():
    """In floats 100.4 degF is 38.00000000000006, and 100.39999 might be taken for a fever."""
    assert quantity("temperature").read("100.4 [degF]") == Decimal(38)
    assert quantity("temperature").read("100.3 [degF]") < Decimal(38)


@pytest.mark.parametrize(
    "given", ["0.7 10*9/L", "0.7 10*3/uL", "0.7 10^9/L", "0.7 10^3/uL", "700 /uL", "700 /mm3", "700 10*6/L"]
)
def test_seven_hundred_neutrophils_are_the_same_in_every_unit_that_a_laboratory_writes(given):
    assert str(quantity("anc").read(given)) == "0.7"


@pytest.mark.parametrize(
    "given", ["1000 /uL", "1 10*9/L", "1 10*3/uL", "1000 10*6/L", "1000 /mm3", "1E3 /uL", "1000.0 /uL"]
)
def test_a_thousand_blasts_per_microlitre_are_the_same_in_every_unit(given):
    assert str(quantity("blasts").read(given)) == "1000"


def test_haemoglobin_in_grams_per_litre_is_a_tenth_in_grams_per_decilitre():
    assert str(quantity("hb").read("105 g/L")) == "10.5"


def test_uric_acid_is_converted_by_its_molar_mass_of_168_11():
    """1 mmol/L = 168.11 mg/L = 16.811 mg/dL."""
    assert quantity("uric_acid").read("1 mmol/L") == Decimal("168.11") / 10
    assert quantity("uric_acid").read("310 umol/L") == quantity("uric_acid").read("0.31 mmol/L") == Decimal("5.21141")


def test_phosphate_is_converted_by_the_molar_mass_of_phosphorus_30_974():
    """1 mmol/L = 30.974 mg/L = 3.0974 mg/dL: the mass is that of phosphorus, not of the whole anion."""
    assert quantity("phosphate").read("1 mmol/L") == Decimal("30.974") / 10
    assert quantity("phosphate").read("2.1 mmol/L") == Decimal("6.50454")


def test_potassium_has_one_charge_so_that_milliequivalents_are_millimoles():
    assert quantity("potassium").read("4.4 meq/L") == quantity("potassium").read("4.4 mmol/L") == Decimal("4.4")


def test_a_fraction_of_cells_needs_no_unit_and_a_percentage_says_so():
    mrd = quantity("mrd")
    assert mrd.read("0.0001") == mrd.read("0.01 %") == mrd.read("1e-4") == mrd.read(0.0001) == Decimal("0.0001")
    assert mrd.read(1) == mrd.read("1 1") == Decimal(1)


@pytest.mark.parametrize("pair", TERMINATING, ids=name_of)
@settings(max_examples=25, deadline=None)
@given(number=st.decimals(0, 5000, allow_nan=False, allow_infinity=False, places=4))
def test_there_and_back_again_is_exactly_the_same_amount(pair, number):
    _, unit = pair
    assert unit.to_canonical(plain(number)) == number * unit.factor
    if len((1 / unit.factor).as_tuple().digits) < 20:
        assert unit.from_canonical(unit.to_canonical(number)) == number


@pytest.mark.parametrize("pair", UNITS, ids=name_of)
@settings(max_examples=25, deadline=None)
@given(number=st.decimals(0, 5000, allow_nan=False, allow_infinity=False, places=4))
def test_there_and_back_again_is_never_off_by_more_than_the_fortieth_digit(pair, number):
    _, unit = pair
    assert abs(unit.from_canonical(unit.to_canonical(number)) - number) < Decimal("1e-40")


@settings(deadline=None)
@given(st.decimals(0, 1000, allow_nan=False, allow_infinity=False, places=3), st.integers(0, 6))
def test_idle_zeros_and_exponents_do_not_make_another_amount(number, zeros):
    anc = quantity("anc")
    wide = f"{number:f}" + ("" if "." in f"{number:f}" else ".") + "0" * zeros
    assert anc.read(f"{wide} 10*9/L") == anc.read(f"{number:E} 10*9/L") == number
    assert str(anc.read(f"{wide} 10*9/L")) == str(anc.read(f"{number:E} 10*9/L"))


def test_a_number_is_written_without_an_exponent_and_without_idle_zeros():
    assert [written(Decimal(text)) for text in ("1E+3", "0.70", "0E-5", "38.0", "-0", "1E-7")] == [
        "1000", "0.7", "0", "38", "0", "0.0000001",
    ]  # fmt: skip


def test_an_endless_fraction_is_written_with_six_digits_but_kept_with_fifty():
    taken = quantity("temperature").read("101 [degF]")
    assert len(taken.as_tuple().digits) == 50
    assert quantity("temperature").write(taken) == "38.3333 Cel"


# --- what is refused ----------------------------------------------------------------------------------------------


def test_kelvin_per_microlitre_is_no_cell_count():
    """`K/uL` is valid UCUM, for kelvin per microlitre: what was meant is for the laboratory to say."""
    with pytest.raises(BadInput) as refused:
        quantity("wbc").read("2.5 K/uL")
    assert refused.value.faults == (
        "wbc: unit 'K/uL' is not accepted; accepted: 10*9/L, 10*3/uL, 10^9/L, 10^3/uL, /uL, /mm3, 10*6/L",
    )


@pytest.mark.parametrize("quantity", QUANTITIES, ids=lambda one: one.name)
def test_a_unit_that_is_not_accepted_is_answered_with_every_unit_that_is(quantity):
    with pytest.raises(BadInput) as refused:
        quantity.read("1 furlong")
    (line,) = refused.value.faults
    assert line.startswith(f"{quantity.name}: ") and "'furlong'" in line
    assert [unit.code for unit in quantity.accepted()] == line.split("accepted: ")[1].split(", ")


@pytest.mark.parametrize("unit", ["10*9/l", "10*9 /L", "G/L", "x10*9/L", "Gpt/L", "10*9", "10*9/L 10*9/L", "MG/DL"])
def test_a_unit_is_taken_as_it_is_written_or_not_at_all(unit):
    with pytest.raises(BadInput):
        quantity("anc").read(f"0.7 {unit}")


@pytest.mark.parametrize("quantity", [one for one in QUANTITIES if one.unit != "1"], ids=lambda one: one.name)
@pytest.mark.parametrize("raw", ["3", 3, 3.0, Decimal(3), " 3 "])
def test_an_amount_without_a_unit_is_refused_wherever_there_is_a_unit(quantity, raw):
    with pytest.raises(BadInput) as refused:
        quantity.read(raw)
    (line,) = refused.value.faults
    assert "has no unit" in line and quantity.unit in line


NO_NUMBERS = [
    "NaN", "nan 10*9/L", "sNaN 10*9/L", "inf 10*9/L", "-Infinity 10*9/L", "", " ", "low", "low 10*9/L", "0,7 10*9/L",
    "1.2.3 10*9/L", "1_000 10*9/L", "0x10 10*9/L", "<0.1 10*9/L", "~3 10*9/L", "3-4 10*9/L", "10*9/L", "1e 10*9/L",
    "--1 10*9/L", "0.710*9/L", "1/2 10*9/L", float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity"),
]  # fmt: skip


@pytest.mark.parametrize("raw", NO_NUMBERS, ids=repr)
def test_what_is_not_a_number_gets_one_clear_line_with_an_example(raw):
    with pytest.raises(BadInput) as refused:
        quantity("anc").read(raw)
    (line,) = refused.value.faults
    assert line.startswith("anc: ") and "\n" not in line
    assert line.endswith("write for example '10 10*9/L'")


@pytest.mark.parametrize("raw", [True, False, [0.7], {"value": 0.7}, b"0.7 10*9/L", 1j], ids=repr)
def test_what_is_no_text_and_no_number_gets_one_clear_line(raw):
    with pytest.raises(BadInput, match=r"^anc: .* is not an amount; write for example '10 10\*9/L'$"):
        quantity("anc").read(raw)


@pytest.mark.parametrize("quantity", QUANTITIES, ids=lambda one: one.name)
def test_the_example_that_an_error_gives_would_be_taken(quantity):
    assert isinstance(quantity.read(quantity.example()), Decimal)


def test_garbage_with_a_line_break_still_gets_one_line():
    with pytest.raises(BadInput) as refused:
        quantity("anc").read("0.7 10*9\n/L")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("number", ["1e60", "1e999", "9" * 60])
def test_an_absurdly_large_number_is_held_back_like_any_other_implausible_one(number):
    assert isinstance(quantity("anc").read(f"{number} 10*9/L"), HeldBack)


def test_an_integer_too_long_to_write_is_bad_input():
    with pytest.raises(BadInput):
        quantity("mrd").read(10**5000)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=20))
def test_no_text_gives_anything_but_an_amount_something_held_back_or_bad_input(text):
    for one in (quantity("anc"), quantity("mrd"), quantity("temperature")):
        with suppress(BadInput):
            taken = one.read(text)
            assert isinstance(taken, HeldBack) or one.plausible[0] <= taken <= one.plausible[1]


def test_only_finite_decimal_numbers_are_numbers():
    assert read_number("+.5e1") == Decimal(5)
    for text in ("", "e5", "1e5000", "Infinity", " 1", "1 "):
        with pytest.raises(BadInput, match="is not a number"):
            read_number(text)


def test_an_amount_is_a_number_then_white_space_then_its_unit():
    assert split_amount("  0.7   10*9/L ") == (Decimal("0.7"), "10*9/L")
    assert split_amount("0.7") == (Decimal("0.7"), "")
    assert split_amount("5 a b") == (Decimal(5), "a b")


# --- the plausible range ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("quantity", QUANTITIES, ids=lambda one: one.name)
def test_both_ends_of_the_plausible_range_are_plausible_and_what_lies_beyond_is_held_back(quantity):
    low, high = quantity.plausible
    step = Decimal("0.0001")
    for inside in (low, high):
        assert quantity.read(f"{inside} {quantity.unit}") == inside
    for outside in (low - step, high + step):
        held = quantity.read(f"{outside} {quantity.unit}")
        assert isinstance(held, HeldBack) and held.fact == quantity.name
        assert f"is outside {written(low)}..{written(high)} {quantity.unit}" in held.reason


STATED = [(quantity, unit) for quantity in QUANTITIES for unit in quantity.units if unit.plausible is not None]


@pytest.mark.parametrize("pair", STATED, ids=name_of)
def test_where_the_range_is_stated_for_the_given_unit_it_counts_in_that_unit(pair):
    quantity, unit = pair
    low, high = unit.plausible
    assert isinstance(quantity.read(f"{low} {unit.code}"), Decimal)
    assert isinstance(quantity.read(f"{high} {unit.code}"), Decimal)
    held = quantity.read(f"{high + Decimal('0.001')} {unit.code}")
    assert isinstance(held, HeldBack) and f"outside {written(low)}..{written(high)} {unit.code}" in held.reason


def test_the_ranges_that_the_tables_state_for_millimoles():
    ranges = {f"{quantity.name} {unit.code}": tuple(map(str, unit.plausible)) for quantity, unit in STATED}
    assert ranges == {
        "uric_acid mmol/L": ("0", "3"), "uric_acid umol/L": ("0", "3000"), "phosphate mmol/L": ("0", "10"),
    }  # fmt: skip


def test_the_plausible_ranges_are_those_of_the_tables():
    ranges = {one.name: (*map(str, one.plausible), one.unit) for one in QUANTITIES}
    assert ranges == {
        "wbc": ("0", "2000", "10*9/L"), "anc": ("0", "1000", "10*9/L"), "alc": ("0", "1000", "10*9/L"),
        "hb": ("1", "25", "g/dL"), "platelets": ("0", "5000", "10*9/L"), "potassium": ("1", "12", "mmol/L"),
        "uric_acid": ("0", "50", "mg/dL"), "ldh": ("0", "50000", "U/L"), "phosphate": ("0", "30", "mg/dL"),
        "blasts_percent": ("0", "100", "%"), "blasts": ("0", "2000000", "/uL"), "temperature": ("25", "45", "Cel"),
        "mrd": ("0", "1", "1"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fact", "given", "hint"),
    [
        ("wbc", "2500 10*9/L", "2500 /uL would be 2.5 10*9/L"),
        ("anc", "3000 10*3/uL", "3000 /uL would be 3 10*9/L"),
        ("hb", "91 g/dL", "91 g/L would be 9.1 g/dL"),
        ("uric_acid", "310 mg/dL", "310 umol/L would be 5.21141 mg/dL"),
        ("temperature", "101 Cel", "101 [degF] would be 38.3333 Cel"),
        ("temperature", "38.4 [degF]", "38.4 Cel would be 38.4 Cel"),
        ("mrd", "5", "5 % would be 0.05"),
    ],
)
def test_a_value_that_would_be_plausible_in_another_unit_is_held_back_with_that_hint_and_not_converted(
    fact, given, hint
):
    held = quantity(fact).read(given)
    assert isinstance(held, HeldBack)
    assert held.given == given and held.reason.endswith(f"({hint})")


@pytest.mark.parametrize(
    ("fact", "given"), [("wbc", "-1 10*9/L"), ("potassium", "0 mmol/L"), ("platelets", "1e9 10*9/L")]
)
def test_a_value_that_no_accepted_unit_would_make_plausible_gets_no_hint(fact, given):
    held = quantity(fact).read(given)
    assert isinstance(held, HeldBack) and "would be" not in held.reason


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(QUANTITIES), st.decimals(-10, 10**7, allow_nan=False, allow_infinity=False, places=2))
def test_a_hint_never_names_an_amount_that_would_be_held_back_in_its_turn(quantity, number):
    held = quantity.read(f"{number} {quantity.unit}")
    if isinstance(held, HeldBack) and "would be" in held.reason:
        meant = held.reason.split("(")[1].split(" would be")[0]
        assert isinstance(quantity.read(meant), Decimal)


def test_what_is_held_back_is_said_in_one_line_with_the_event():
    held = PATHWAY.event("blood_count_reported", wbc="2500 10*9/L").held[0]
    assert held.line("blood_count_reported") == (
        "blood_count_reported: wbc 2500 10*9/L is outside 0..2000 10*9/L (2500 /uL would be 2.5 10*9/L); held back."
    )


@given(
    st.sampled_from(QUANTITIES), st.data(), st.from_regex(r"[+-]?[0-9]{1,3}(\.[0-9]{0,3})?(e-?[0-9])?", fullmatch=True)
)
def test_an_amount_in_the_plain_form_is_read_as_in_any_other_form(quantity, data, number):
    """Nearly every amount has one blank; it is read on a shorter way than one with more."""
    unit = data.draw(st.sampled_from([one.code for one in quantity.accepted()]))
    assert quantity.read(f"{number} {unit}") == quantity.read(f" {number}\t {unit} ")
