"""Running text: every word in its look and its order, in lines that fit."""

from __future__ import annotations

import itertools
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathway.draw.engine import render
from pathway.draw.metrics import width
from pathway.draw.style import FONT
from pathway.draw.text import Span, paragraph

# The renderer's JSON, from which a test reads, writes a backslash twice.
ASCII = st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="\\")
BREAKS = st.sampled_from([" ", " ", " ", "", "\n"])
SIZE = 8.0


@st.composite
def spans(draw) -> list[Span]:
    """Spans of some words; a word may go on from one span into the next."""
    found = []
    for words in draw(st.lists(st.lists(st.text(ASCII, min_size=1, max_size=9), min_size=1, max_size=6), max_size=6)):
        said = draw(BREAKS) + "".join(word + draw(BREAKS) for word in words)
        found.append(Span(said, draw(st.booleans()), draw(st.booleans()), draw(st.sampled_from(["", "#a80000"]))))
    return found


def looks(parts) -> list[tuple[str, bool, bool, str]]:
    """Each letter with its look, blanks left out."""
    return [(one, p.bold, p.italic, p.color) for p in parts for one in p.words if not one.isspace()]


def said(parts) -> str:
    return "".join(part.words for part in parts)


@given(spans(), st.floats(20, 300))
def test_a_paragraph_keeps_every_word_and_its_look(parts, room):
    lines = paragraph(parts, SIZE, room).lines
    assert looks(part for line in lines for part in line) == looks(parts)
    words = said(parts).split()
    assert "".join("".join(map(said, lines)).split()) == "".join(words)
    if all(width(word, SIZE, bold=True) <= room - 5 for word in words):
        assert " ".join(map(said, lines)).split() == words, "only a word that is longer than a line is broken"


@given(spans(), st.floats(20, 300))
def test_no_line_is_wider_than_the_room_unless_a_letter_is(parts, room):
    for line in paragraph(parts, SIZE, room).lines:
        wide = sum(width(part.words, SIZE, bold=part.bold) for part in line)
        assert wide <= room or len(said(line).strip()) == 1


@given(spans(), st.floats(20, 300))
def test_a_new_line_in_a_text_is_one_on_the_sheet(parts, room):
    blocks = ["".join(block.split()) for block in said(parts).split("\n")]
    lines = ["".join(said(line).split()) for line in paragraph(parts, SIZE, room).lines]
    for block in blocks:
        found = lines.pop(0)
        while len(found) < len(block):
            found += lines.pop(0)
        assert found == block
    assert lines == []


@settings(max_examples=40, deadline=None)
@given(spans().filter(lambda parts: said(parts).split() and not re.search(r"\S{10}", said(parts))))
def test_the_renderer_sets_a_paragraph_in_just_its_area_whatever_characters_are_in_it(parts):
    """A warning of the renderer, such as a text that is larger than its cell, is an error of `render`."""
    text = paragraph(parts, SIZE, 120)
    source = f'digraph {{ node [fontname="{FONT}", shape=plain]; p [label={text.html()}, pos="0,0"] }}'
    (drawn,) = json.loads(render(source, "json", engine="neato", placed=True))["objects"]
    rows: dict[float, str] = {}
    for op in drawn["_ldraw_"]:
        if op["op"] == "T":
            rows[op["pt"][1]] = rows.get(op["pt"][1], "") + op["text"]
    assert " ".join(rows.values()).split() == said(parts).split()
    assert float(drawn["height"]) * 72 == pytest.approx(text.height, abs=0.01)
    heights = sorted(rows, reverse=True)
    assert {round(upper - lower, 6) for upper, lower in itertools.pairwise(heights)} <= {text.pitch}
