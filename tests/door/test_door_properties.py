"""No accepted spelling is ever off by a power of ten, and no number with two plausible readings is ever counted.

The oracle is written out here: its own sizes of units, its own meanings of a number, fractions instead of decimals.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from attrs import frozen
from hypothesis import example, given
from hypothesis import strategies as st

from pathway import PATHWAY
from pathway.door.amounts import Amount, read_amount, read_measured
from pathway.door.doubts import LONGEST_REASON, LONGEST_TEXT, Doubt
from pathway.door.scale import Scale
from pathway.model.facts import HeldBack, Quantity
from tests.door.scales import ANC, BLASTS, HB, LDH, PLATELETS, SCALES, TYPED_PLATELETS, URIC_ACID, WBC

BILLIONS = [
    "10*9/L", "10^9/L", "x10^9/L", "× 10⁹/l", "10E9/L", "G/L", "Gpt/l", "/nL", "10*3/uL", "x 10³/µL", "10e3/uL", "K/uL",
    "K/mm3", "thou/uL", "Tsd/\u03bcl",
]  # fmt: skip
SINGLE = ["/uL", "/\u00b5l", "cells/mm³", "/cmm", "/cu mm", "/cu.mm", "10*6/L", "x10⁶/L"]
COUNTS = dict.fromkeys(BILLIONS, Fraction(1)) | dict.fromkeys(SINGLE, Fraction(1, 1000))
SIZES = {
    "count": COUNTS,
    "cells": {unit: size * 1000 for unit, size in COUNTS.items()},
    "hb": dict.fromkeys(["g/dL", "gm/dl", "g%"], Fraction(1)) | {"g/l": Fraction(1, 10), "mmol/L": Fraction("1.6114")},
    "uric acid": {"mg/dl": Fraction(1), "mmol/L": Fraction("16.811"), "µmol/l": Fraction("0.016811")},
    "ldh": {"U/L": Fraction(1), "IU/l": Fraction(1)},
}
QUANTITIES = [
    ("count", WBC), ("count", ANC), ("count", PLATELETS), ("count", TYPED_PLATELETS), ("cells", BLASTS), ("hb", HB),
    ("uric acid", URIC_ACID), ("ldh", LDH),
]  # fmt: skip
OWN_RANGE = {"mmol/L": 3, "µmol/l": 3000}


@frozen
class Typed:
    """A number as typed, and everything that it can mean."""

    text: str
    meanings: frozenset[Fraction]


@st.composite
def numbers(draw: st.DrawFn) -> Typed:
    """A number of one to seven digits with a mark, a few digits behind it, or with group marks."""
    whole = draw(st.one_of(st.integers(0, 9), st.integers(0, 999), st.integers(0, 9_999_999)))
    style = draw(st.sampled_from(["whole", "decimal", "decimal", "grouped"]))
    if style == "whole":
        return Typed(str(whole), frozenset({Fraction(whole)}))
    if style == "grouped":
        mark = draw(st.sampled_from([",", ".", "'", "\u2009", " "]))
        meanings = {Fraction(whole)}
        if mark in ",." and 1000 <= whole < 1_000_000:
            meanings.add(Fraction(whole, 1000))
        return Typed(f"{whole:,}".replace(",", mark), frozenset(meanings))
    mark = draw(st.sampled_from(",."))
    behind = draw(st.text("0123456789", min_size=1, max_size=4))
    if mark == "," and whole > 0 and (len(behind) > 3 or (len(behind) == 3 and whole > 999)):
        behind = behind[:2]
    meanings = {whole + Fraction(int(behind), 10 ** len(behind))}
    if len(behind) == 3 and 1 <= whole <= 999:
        meanings.add(Fraction(whole * 1000 + int(behind)))
    return Typed(f"{whole}{mark}{behind}", frozenset(meanings))


def plausible(number: Fraction, unit: str, size: Fraction, scale: Scale) -> bool:
    low, high = map(Fraction, scale.plausible)
    if scale is URIC_ACID and unit in OWN_RANGE:
        return 0 <= number <= OWN_RANGE[unit]
    return low <= number * size <= high


QUANTITY = st.sampled_from(QUANTITIES)


@given(numbers(), QUANTITY, st.data())
def test_what_is_read_is_one_of_its_meanings_and_what_has_two_plausible_ones_is_held(typed, quantity, data):
    kind, scale = quantity
    unit, size = data.draw(st.sampled_from(list(SIZES[kind].items())))
    blank = "" if not unit[0].isdigit() and data.draw(st.booleans()) else " "
    read = read_amount(f"{typed.text}{blank}{unit}", scale)
    single_cells = unit in SINGLE
    can_be_true = {number for number in typed.meanings if plausible(number, unit, size, scale)}
    if scale.bare_to is not None and not single_cells:
        can_be_true = {number for number in can_be_true if number * size <= Fraction(scale.bare_to)} or can_be_true
    broken = single_cells and any(number.denominator != 1 for number in typed.meanings)
    if len(can_be_true) == 1 and not broken:
        assert isinstance(read, Amount)
        assert Fraction(read.value) == can_be_true.pop() * size
    else:
        assert isinstance(read, Doubt)
        if can_be_true:
            assert {number * size for number in can_be_true} <= {Fraction(reading.amount) for reading in read.readings}


@given(numbers(), st.sampled_from([WBC, ANC, TYPED_PLATELETS]))
def test_a_bare_count_is_canonical_up_to_its_bound_and_never_beyond(typed, scale):
    read = read_amount(typed.text, scale)
    believed = {number for number in typed.meanings if number <= Fraction(scale.bare_to)}
    if len(believed) == 1:
        assert Fraction(read.value) == believed.pop()
    else:
        assert isinstance(read, Doubt)
        assert {Fraction(reading.amount) for reading in read.readings} >= believed


@given(numbers(), QUANTITY, st.sampled_from(["", "<", ">", "≤"]), st.data())
def test_what_a_doubt_proposes_is_read_as_just_that(typed, quantity, bound, data):
    kind, scale = quantity
    unit = data.draw(st.sampled_from(["", *SIZES[kind]]))
    read = read_amount(f"{bound}{typed.text} {unit}", scale)
    if isinstance(read, Doubt):
        for reading in read.readings:
            again = read_amount(reading.write, scale)
            assert isinstance(again, Amount), (reading, again)
            assert (again.value, again.bound) == (reading.amount, bound.replace("≤", "<"))


@given(st.decimals(0, 6000, places=3).map(lambda number: number.normalize()), QUANTITY, st.data())
def test_a_number_typed_as_a_number_is_never_read_in_another_way(number, quantity, data):
    kind, scale = quantity
    unit, size = data.draw(st.sampled_from(list(SIZES[kind].items())))
    read = read_measured(number, unit, scale)
    if plausible(Fraction(number), unit, size, scale):
        assert Fraction(read.value) == Fraction(number) * size
    else:
        assert isinstance(read, Doubt)


@given(numbers(), QUANTITY, st.data())
def test_the_quick_way_and_the_slow_way_read_alike(typed, quantity, data):
    kind, scale = quantity
    unit = data.draw(st.sampled_from(list(SIZES[kind])))
    quick, slow = (read_amount(f"{typed.text}{blank}{unit}", scale) for blank in (" ", "  "))
    assert type(quick) is type(slow)
    if isinstance(quick, Amount):
        assert (quick.value, quick.bound, quick.said) == (slow.value, slow.bound, slow.said)
    else:
        assert quick == slow


SIGNS = "0123456789.,'’ \u00a0\u2009xX×*^eE/<>=≤≥+-KkGuU\u00b5\u03bclLmM³⁹¹⁰%°CFgdTs\n\x00\u202e１٣²"
PIECES = st.lists(
    st.sampled_from([unit for sizes in SIZES.values() for unit in sizes] + ["10", "3,500", "2.5", " ", "<", "e9",
    "103", "999"])
    | st.text(SIGNS, max_size=4),
    max_size=6,
).map("".join)  # fmt: skip


@given(PIECES | st.text(max_size=300) | st.text(SIGNS, max_size=30), st.sampled_from(list(SCALES.values())))
@example("1e999 10*9/L", WBC)
@example("9" * 39 + " /uL", WBC)
@example("0." + "0" * 37 + "1 /uL", WBC)
@example("3." + "1" * 38 + " /uL", WBC)
@example("\ud800 10*9/L", WBC)
def test_any_text_is_an_amount_or_a_doubt_of_one_line(text, scale):
    read = read_amount(text, scale)
    assert isinstance(read, Amount | Doubt)
    assert len(read.printed) <= 10 * LONGEST_TEXT
    if isinstance(read, Doubt):
        assert 0 < len(read.reason) <= LONGEST_REASON
        assert read.reason.isprintable() and read.printed.isprintable()
    else:
        assert read.value.is_finite() and read.bound in ("", "<", ">")
        assert read.said.isprintable()


@given(
    st.none() | st.booleans() | st.integers() | st.floats() | st.decimals() | st.text(max_size=5),
    st.text(max_size=20) | st.sampled_from(list(COUNTS)),
    st.sampled_from(list(SCALES.values())),
    st.sampled_from(["", "<", "<=", ">", ">=", "ad", "\x00"]),
)
def test_any_number_from_outside_is_an_amount_or_a_doubt_of_one_line(value, unit, scale, comparator):
    read = read_measured(value, unit, scale, comparator)
    if isinstance(read, Doubt):
        assert 0 < len(read.reason) <= LONGEST_REASON
        assert read.reason.isprintable()


def test_an_integer_of_thousands_of_digits_is_a_doubt():
    assert read_measured(10**5000, "/uL", WBC).reason.startswith("'a number of more than 40 digits /uL'")


MEASURED = [fact for fact in PATHWAY.facts if isinstance(fact, Quantity)]


@given(st.decimals(0, 6000, places=2).map(lambda number: number.normalize()), st.sampled_from(MEASURED), st.data())
def test_what_the_pathway_reads_today_the_door_reads_alike(number, quantity, data):
    """Except a broken count of single cells, which today is read and at the door is held."""
    scale = Scale(quantity.unit, quantity.accepted(), quantity.plausible)
    unit = data.draw(st.sampled_from(quantity.accepted()))
    text = f"{number:f} {unit.code}" if unit.code != "1" else f"{number:f}"
    today, door = quantity.read(text), read_amount(text, scale)
    if isinstance(today, HeldBack) or (unit.code in ("/uL", "/mm3", "10*6/L") and number % 1):
        assert isinstance(door, Doubt)
    else:
        assert isinstance(door, Amount)
        assert (door.value, str(door.value)) == (today, str(today))


def test_each_unit_that_the_pathway_accepts_has_a_row_in_the_table_or_is_spelled_by_its_code():
    for quantity in MEASURED:
        scale = Scale(quantity.unit, quantity.accepted(), quantity.plausible)
        for unit in quantity.accepted():
            accepted = scale.accepted(unit.code)
            assert accepted is not None
            assert accepted.to_canonical(Decimal(1)) == unit.to_canonical(Decimal(1))
