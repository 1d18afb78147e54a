"""Arrows that end at one state have a head each, and the rows of a diagram are as high as a hint says."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathway.draw.diagram import Line
from pathway.draw.geometry import Area
from pathway.draw.nudge import Squeezed, apart
from pathway.draw.placed import PlacedLine
from tests.draw.sheets import sheets

STATE = Area(100, 100, 200, 120)
LABEL = Area(0, 0, 1, 1)


def line(number, start, tip):
    (x, y), (a, b) = start, tip
    controls = ((x, y), ((2 * x + a) / 3, (2 * y + b) / 3), ((x + 2 * a) / 3, (y + 2 * b) / 3), (a, b))
    return PlacedLine(Line("from", "state", (number,), ("r",), "on"), controls, (a, b), LABEL)


def test_two_arrows_that_end_at_one_point_of_a_side_are_moved_apart_in_the_order_in_which_they_come():
    upper, lower = apart([line(1, (300, 20), (200, 110)), line(2, (300, 200), (200, 110))], {"state": STATE})
    assert upper.tip[1] < 110 < lower.tip[1]
    assert lower.tip[1] - upper.tip[1] >= 5
    assert upper.tip[0] == lower.tip[0] == 200, "they still end at the side"
    assert upper.controls[0] == (300, 20), "and begin where they did"


def test_arrows_that_are_apart_already_or_end_at_different_sides_stay_as_they_are():
    lines = [line(1, (50, 20), (120, 100)), line(2, (180, 20), (170, 100)), line(3, (300, 110), (200, 110))]
    assert apart(lines, {"state": STATE}) == lines


@given(st.lists(st.floats(106, 194), min_size=2, max_size=8))
def test_many_arrows_at_one_side_all_end_within_it(places):
    lines = [line(at, (place, 20), (place, 100)) for at, place in enumerate(places, 1)]
    found = [one.tip for one in apart(lines, {"state": STATE})]
    assert all(100 <= x <= 200 and y == 100 for x, y in found)
    assert all(math.dist(one, two) >= 5 for one, two in combinations(found, 2))


@pytest.mark.parametrize("name", [name for name in sheets() if sheets()[name].diagrams])
def test_no_two_arrows_of_a_sheet_share_a_head(name):
    for placed in sheets()[name].diagrams:
        for one, two in combinations(placed.lines, 2):
            assert one.line.target != two.line.target or math.dist(one.tip, two.tip) >= 5


def test_an_empty_row_gets_the_height_that_is_asked_for_and_all_below_it_moves_up():
    rows = Squeezed([Area(0, 0, 10, 20), Area(0, 60, 10, 80), Area(20, 70, 30, 90), Area(0, 100, 10, 120)], (10,))
    assert [rows.height(y) for y in (0, 20, 40, 60, 90, 120)] == [0, 20, 25, 30, 60, 90]


def test_hints_for_more_rows_than_there_are_change_nothing_else():
    rows = Squeezed([Area(0, 0, 10, 20)], (10, 10, 10))
    assert rows.height(50) == 50
