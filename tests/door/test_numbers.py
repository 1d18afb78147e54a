"""What a typed number can be: a clinician who reads it aloud could dispute every line here."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathway.door.numbers import DIGITS, TOKEN, Numbers, Unreadable, read_numbers


def readings(text: str) -> list[str]:
    numbers = read_numbers(text)
    return [str(number) for number in numbers.readings] if isinstance(numbers, Numbers) else []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"), ("2", "2"), ("2.5", "2.5"), (".5", "0.5"), ("5.", "5"), ("+2.5", "2.5"), ("-2.5", "-2.5"),
        ("2.5E3", "2500"),
        ("2.500e3", "2500"), ("1e-3", "0.001"), ("0e999", "0"), ("12345", "12345"), ("1234.567", "1234.567"),
        ("2.5000", "2.5000"), (".500", "0.500"), ("007", "7"),
    ],
)  # fmt: skip
def test_a_decimal_point_is_read_as_ever(text, number):
    assert read_numbers(text).readings == (Decimal(number),)


@pytest.mark.parametrize(
    ("text", "number"),
    [("2,5", "2.5"), ("38,45", "38.45"), ("0,5", "0.5"), ("0,05", "0.05"), ("1234,5", "1234.5"), ("-2,5", "-2.5")],
)
def test_a_comma_before_one_or_two_digits_is_a_decimal_comma(text, number):
    assert readings(text) == [number]


@pytest.mark.parametrize(
    ("text", "decimal", "grouped"),
    [("3,500", "3.500", "3500"), ("3.500", "3.500", "3500"), ("12.000", "12.000", "12000"),
     ("450,000", "450.000", "450000"),
     ("-1.000", "-1.000", "-1000")],
)  # fmt: skip
def test_a_comma_or_a_point_before_exactly_three_digits_has_two_readings(text, decimal, grouped):
    assert readings(text) == [decimal, grouped]


@pytest.mark.parametrize(
    ("text", "number"),
    [("0.500", "0.500"), ("0,500", "0.500"), ("0,0005", "0.0005"), ("012.000", "12.000"), ("0.000", "0")],
)
def test_nothing_is_grouped_behind_a_leading_zero(text, number):
    assert readings(text) == [number]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,234,567", "1234567"), ("1.234.567", "1234567"), ("1 234 567", "1234567"), ("2 500", "2500"),
        ("2\u2009500", "2500"),
        ("2\u00a0500", "2500"), ("2\u202f500", "2500"), ("2'500", "2500"), ("2’500", "2500"),
        ("1'234'567.5", "1234567.5"), ("1 234,5", "1234.5"),
        ("1,234.5", "1234.5"), ("1.234,5", "1234.5"), ("1,234,567.25", "1234567.25"), ("1.234.567,25", "1234567.25"),
        ("1,234.567", "1234.567"),
    ],
)  # fmt: skip
def test_several_groups_blanks_and_apostrophes_only_group(text, number):
    assert readings(text) == [number]


@pytest.mark.parametrize(
    "text",
    ["", ".", ",", "+", "e3", "1e", "1e1234", "1,2345", "1,23,456", "12,34,567", "1.234,567.8", "1,234.567.8", "1'23",
     "1 23", "0 500", "0'500",
     "1234,567", "1,234e3", "2,5e3", ",5", "5,", "1..2", "1,,234", "--1", "NaN", "inf", "１２", "٣", "2²", "1_000",
     "0x1F", "1 234'567", "1e99",
     "1e-99", "9" * (DIGITS + 1), "0." + "0" * (DIGITS + 1)],
)  # fmt: skip
def test_anything_else_is_no_number(text):
    assert isinstance(read_numbers(text), Unreadable)


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(".,"))
def test_each_number_with_one_mark_before_three_digits_is_both_and_a_thousand_times_apart(whole, behind, mark):
    numbers = read_numbers(f"{whole}{mark}{behind:03}")
    assert numbers.readings == (whole + Decimal(behind) / 1000, Decimal(whole * 1000 + behind))


@given(st.integers(1, 10**15), st.sampled_from(",.'’ \u00a0\u2009\u202f"))
def test_a_number_grouped_by_threes_is_itself_with_the_group_mark_of_any_country(number, mark):
    assert Decimal(number) in read_numbers(f"{number:,}".replace(",", mark)).readings


@given(st.text(alphabet="0123456789.,'’ eE+-\u00a0\u2009", max_size=20))
def test_a_number_has_at_most_two_readings_and_they_are_finite(text):
    numbers = read_numbers(text)
    if isinstance(numbers, Numbers):
        assert 1 <= len(numbers.readings) <= 2
        assert all(number.is_finite() for number in numbers.readings)


@pytest.mark.parametrize(
    ("text", "token"),
    [("2 500 /uL", "2 500"), ("2 10*9/L", "2"), ("2.5x10^9/L", "2.5"), ("2500/uL", "2500"), ("12%", "12"),
     ("2.5 g", "2.5"), ("5 1000/uL", "5"),
     ("2.5E3 /uL", "2.5E3"), ("38.4C", "38.4")],
)  # fmt: skip
def test_a_number_ends_where_its_unit_begins(text, token):
    assert TOKEN.match(text)[0] == token
