"""What cannot be read is found: each planted fault by its name, and none where there is none.

That the sheets as they are drawn have none is held by `pathway draw --check`, in tests/cli/test_draw.py.
"""

from __future__ import annotations

import pytest
from attrs import evolve

from pathway import BadInput
from pathway.draw.arrangement import Arrangement
from pathway.draw.diagram import Box, Diagram, Line, Node
from pathway.draw.geometry import along, around
from pathway.draw.layout import place
from pathway.draw.overlaps import faults_of
from pathway.draw.sheet import Sheet
from pathway.draw.text import Paragraph, Span, paragraph

SMALL = Diagram(
    (Box("phase", "1 A phase", ("one", "two"), place=1),),
    (
        Node("one", "One", "the first", "phase"),
        Node("two", "Two", "the second", "phase"),
        Node("three", "Three", "the third", ""),
    ),
    (
        Line("one", "two", (1,), ("a",), "goes on"),
        Line("two", "three", (2,), ("b",), "leaves"),
        Line("one", "three", (3,), ("c",), "leaves at once"),
    ),
)
PLACED = place(SMALL, Arrangement()).moved(200, 300)
FIRST, SECOND, THIRD = (one.line.id for one in PLACED.lines)
WORDS = paragraph(["Some words"], 8, 100)


def sheet(placed=PLACED, paper=(595.0, 842.0)) -> Sheet:
    """A small diagram, and a text above it and one below."""
    found = Sheet("small", "Small", paper)
    found.draw(placed)
    found.write("above", 100, 100, WORDS)
    found.write("below", 100, 700, WORDS)
    return found


def relabelled(line, area):
    """The diagram with the label of a line elsewhere."""
    return evolve(PLACED, lines=tuple(evolve(one, label=area) if one.line.id == line else one for one in PLACED.lines))


def at(line, center):
    """The area of a line's label about another point."""
    (area,) = (one.label for one in PLACED.lines if one.line.id == line)
    return around(center, area.width, area.height)


def middle(line):
    (controls,) = (one.controls for one in PLACED.lines if one.line.id == line)
    curve = along(controls)
    return curve[len(curve) // 2]


def test_a_sheet_that_can_be_read_has_no_fault():
    assert faults_of(sheet()) == []


def test_texts_on_neighbouring_lines_do_not_overlap():
    found = sheet()
    found.write("next", 100, 100 + WORDS.pitch, WORDS)
    assert faults_of(found) == []


@pytest.mark.parametrize("down", [0, 3, 5], ids=["on it", "half on it", "into its feet"])
def test_two_texts_on_one_another_are_found(down):
    found = sheet()
    found.write("again", 110, 100 + down, WORDS)
    assert faults_of(found) == ["small: text above and text again overlap"]


def test_a_text_over_a_state_is_found():
    found = sheet()
    area = PLACED.nodes["three"]
    found.write("over", area.right - 8, area.top + 2, WORDS)
    assert "small: state three and text over overlap" in faults_of(found)


def test_a_text_over_a_label_is_found():
    found = sheet()
    (label,) = (one.label for one in PLACED.lines if one.line.id == SECOND)
    found.write("over", label.left, label.top, WORDS)
    assert f"small: text over and label {SECOND} overlap" in faults_of(found)


def test_two_labels_on_one_another_are_found():
    (area,) = (one.label for one in PLACED.lines if one.line.id == FIRST)
    found = faults_of(sheet(relabelled(SECOND, at(SECOND, area.center))))
    assert f"small: label {FIRST} and label {SECOND} overlap" in found


def test_a_label_over_a_state_is_found():
    found = faults_of(sheet(relabelled(FIRST, at(FIRST, PLACED.nodes["three"].center))))
    assert f"small: state three and label {FIRST} overlap" in found


def test_two_states_on_one_another_are_found():
    nodes = {**PLACED.nodes, "three": PLACED.nodes["two"].moved(9, 3)}
    assert "small: state two and state three overlap" in faults_of(sheet(evolve(PLACED, nodes=nodes)))


def test_a_line_through_its_own_label_is_found():
    found = faults_of(sheet(relabelled(FIRST, at(FIRST, middle(FIRST)))))
    assert f"small: line {FIRST} runs through label {FIRST}" in found


@pytest.mark.parametrize("aside", [0.0, 0.9], ids=["through it", "at its edge"])
def test_a_line_that_touches_the_label_of_another_is_found(aside):
    x, y = middle(THIRD)
    wide = at(FIRST, (0, 0)).width
    found = faults_of(sheet(relabelled(FIRST, at(FIRST, (x + aside * wide / 2, y)))))
    assert f"small: line {THIRD} touches label {FIRST}" in found


def test_two_lines_that_end_in_one_arrowhead_are_found():
    (one,) = (line for line in PLACED.lines if line.line.id == SECOND)
    lines = tuple(
        evolve(line, controls=(*line.controls[:-1], one.controls[-1]), tip=one.tip) if line.line.id == THIRD else line
        for line in PLACED.lines
    )
    found = faults_of(sheet(evolve(PLACED, lines=lines)))
    assert f"small: lines {SECOND} and {THIRD} share an arrowhead" in found


def test_a_line_through_a_state_that_it_does_not_touch_is_found():
    nodes = {**PLACED.nodes, "two": around(middle(THIRD), 40, 20)}
    found = faults_of(sheet(evolve(PLACED, nodes=nodes)))
    assert f"small: line {THIRD} runs through state two" in found
    assert not [fault for fault in found if f"line {FIRST} runs through state" in fault], "its own ends are no fault"


def test_a_line_through_a_text_is_found():
    found = sheet()
    x, y = middle(THIRD)
    found.write("struck", x - 10, y - 5, WORDS)
    assert f"small: line {THIRD} runs through text struck" in faults_of(found)


def test_letters_of_7_points_are_found():
    found = sheet()
    found.write("small", 100, 150, paragraph(["Small print"], 7, 100))
    assert faults_of(found) == ["small: text small has letters of 7 points; at least 8 are wanted"]


@pytest.mark.parametrize(
    ("left", "top"), [(560, 100), (-10, 100), (100, 838), (100, -5)], ids=["right", "left", "foot", "top"]
)
def test_a_text_that_goes_off_the_sheet_or_into_what_a_printer_cannot_reach_is_found(left, top):
    found = sheet()
    found.write("off", left, top, WORDS)
    assert faults_of(found)[0] == "small: text off does not fit on the sheet"


def test_a_state_off_the_sheet_is_found():
    found = faults_of(sheet(PLACED.moved(0, 520 - PLACED.nodes["three"].top + 300)))
    assert "small: state three does not fit on the sheet" in found


def test_a_text_that_is_wider_than_its_column_is_an_error_of_the_renderer():
    """The renderer warns, and a warning is an error: nothing is cut off unnoticed."""
    found = sheet()
    found.write("wide", 100, 150, Paragraph(((Span("Donaudampfschiffahrtsgesellschaft"),),), 8, 40, 9))
    with pytest.raises(BadInput, match="wide"):
        faults_of(found)
