"""A number that was typed as a number, as in FHIR or in a column, has one reading."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pathway.door.amounts import read_measured
from pathway.door.doubts import Doubt
from tests.door.scales import WBC


@pytest.mark.parametrize(
    ("value", "unit", "comparator", "canonical", "bound"),
    [
        (3.36, "/uL", "", "0.00336", ""), (Decimal("3.360"), "/uL", "", "0.00336", ""), (3360, "/uL", "", "3.36", ""),
        (2.5, "K/ul", "", "2.5", ""),
        (0.1, "10*9/L", "<", "0.1", "<"), (0.1, "10*9/L", "<=", "0.1", "<"), (100, "10*9/L", ">=", "100", ">"),
        (2.5, "", "", "2.5", ""),
        (1.5, "x10*9/L", "", "1.5", ""), (1e-05, "10*9/L", "", "0.00001", ""),
    ],
)  # fmt: skip
def test_a_number_typed_as_a_number_has_one_reading(value, unit, comparator, canonical, bound):
    read = read_measured(value, unit, WBC, comparator)
    assert (read.value, read.bound) == (Decimal(canonical), bound)


@pytest.mark.parametrize(
    ("value", "unit", "comparator"),
    [
        (float("nan"), "/uL", ""), (float("inf"), "/uL", ""), (Decimal("NaN"), "/uL", ""),
        (Decimal("sNaN"), "/uL", ""), (Decimal("Infinity"), "", ""),
        (True, "10*9/L", ""), ("2.5", "10*9/L", ""), (None, "10*9/L", ""), (10**4000, "/uL", ""),
        (Decimal("1e999999"), "/uL", ""), (1e300, "/uL", ""),
        (2.5, "lakh", ""), (2.5, "10*9/L", "ad"), (700, "", ""), (2500, "10*9/L", ""), (2.5, "x" * 5000, ""),
        (-1, "10*9/L", ""), (2.5, "g/L", ""),
    ],
)  # fmt: skip
def test_a_number_from_outside_that_is_none_or_cannot_be_is_held(value, unit, comparator):
    held = read_measured(value, unit, WBC, comparator)
    assert isinstance(held, Doubt)
    assert 0 < len(held.reason) <= 300
    assert held.reason.isprintable()


class ShownWithItsType(float):
    def __repr__(self) -> str:
        return f"library.float64({float(self)})"


def test_a_float_of_a_library_that_shows_its_type_is_a_float():
    assert read_measured(ShownWithItsType(2.5), "10*9/L", WBC).value == Decimal("2.5")
