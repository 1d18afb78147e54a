"""Widths of texts: ours are the renderer's, so what is broken into lines before drawing fits once it is drawn.

The renderer's table is in 1/2048 of the size of a letter, ours in 1/1000: they differ by rounding.
"""

from __future__ import annotations

import json
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathway import PATHWAY
from pathway.draw.engine import render
from pathway.draw.metrics import balanced, width, wrapped
from pathway.draw.style import FONT
from pathway.model.pathway import guards_of
from pathway.model.words import in_words

SIZE = 8.0
WORDS = st.lists(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=12), min_size=1)
ROOMS = st.floats(10, 300)


def drawn_widths(texts: list[str], size: float, *, bold: bool) -> list[float]:
    """How wide the renderer takes each text to be."""
    look = "<B>{}</B>" if bold else "{}"
    nodes = [f"n{at} [label=<{look.format(escape(text))}>]" for at, text in enumerate(texts)]
    source = f'digraph {{ node [fontname="{FONT}", fontsize="{size}"] {"; ".join(nodes)} }}'
    objects = json.loads(render(source, "json"))["objects"]
    ops = {one["name"]: [op for op in one["_ldraw_"] if op["op"] == "T"] for one in objects}
    return [sum(op["width"] for op in ops[f"n{at}"]) for at in range(len(texts))]


@pytest.mark.parametrize("bold", [False, True], ids=["plain", "bold"])
def test_every_character_is_as_wide_as_the_renderer_draws_it(bold):
    characters = [chr(code) for code in range(33, 127)]
    ours = [width(one, 1000, bold=bold) for one in characters]
    assert ours == pytest.approx(drawn_widths(characters, 1000, bold=bold), abs=0.3)
    assert width("a b", 1000, bold=bold) == pytest.approx(*drawn_widths(["a b"], 1000, bold=bold), abs=0.9)


@pytest.mark.parametrize("bold", [False, True], ids=["plain", "bold"])
def test_every_sentence_of_the_pathway_is_as_wide_as_the_renderer_draws_it(bold):
    said = sorted({in_words(guard, PATHWAY) for _, guard in guards_of(PATHWAY)})
    ours = [width(one, SIZE, bold=bold) for one in said]
    assert ours == pytest.approx(drawn_widths(said, SIZE, bold=bold), rel=0.0004, abs=0.02)


@given(WORDS, ROOMS, st.booleans())
def test_lines_keep_every_word_fit_and_are_not_broken_before_they_must(words, room, bold):
    lines = wrapped(" ".join(words), SIZE, room, bold=bold)
    assert " ".join(lines) == " ".join(words)
    for at, line in enumerate(lines):
        assert width(line, SIZE, bold=bold) <= room or " " not in line
        if at + 1 < len(lines):
            assert width(f"{line} {lines[at + 1].split()[0]}", SIZE, bold=bold) > room


@given(WORDS, ROOMS, st.booleans())
def test_balanced_lines_are_as_few_keep_every_word_and_are_never_wider(words, room, bold):
    text = " ".join(words)
    plain, even = wrapped(text, SIZE, room, bold=bold), balanced(text, SIZE, room, bold=bold)
    assert " ".join(even) == text
    assert len(even) <= len(plain)
    widest = [max(width(one, SIZE, bold=bold) for one in lines) for lines in (plain, even)]
    assert widest[1] <= widest[0]


def test_a_number_keeps_its_unit():
    assert wrapped("at least 20\u00a0% blasts", SIZE, 45)[1].startswith("20\u00a0%")
