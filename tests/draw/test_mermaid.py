"""The flowcharts say what the diagrams say, in the few forms of Mermaid that a strict little reader knows.

All of them were drawn with Mermaid itself when these forms were chosen.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from typing import NamedTuple

import pytest
from attrs import evolve

from pathway import PATHWAY
from pathway.draw.diagram import Box, Diagram, Line, Node, diagram_of, phase_of, phases_of
from pathway.draw.files import mermaids_of
from pathway.draw.legend import MARKS
from pathway.draw.matrix import NAME as MATRIX
from pathway.draw.mermaid import mermaid, mermaid_by_state
from pathway.draw.phases import name_of
from pathway.draw.rows import rows_of

RESERVED = {"end", "graph", "flowchart", "subgraph", "style", "class", "classDef", "click", "linkStyle", "default",
            "direction"}  # fmt: skip
ID = r"[a-z][\w-]*"
LABEL = r'"([^"]*)"'
BOX = re.compile(rf"subgraph ({ID})\[{LABEL}\]")
STATE = re.compile(rf"({ID})(?:\({LABEL}\)|\[{LABEL}\])")
LINE = re.compile(rf"({ID}) (-->|-\.->)\|{LABEL}\| ({ID})")
UNSEEN = re.compile(rf"{ID}(?: ~~~ {ID})*")
STYLE = re.compile(rf"style ({ID}) ((?:fill|stroke|stroke-width|stroke-dasharray):[#\w.]+(?:,[\w-]+:[#\w.]+)*)")
LINK = re.compile(r"linkStyle (\d+) stroke:(#\w{6}),stroke-width:([\d.]+)px")


class Chart(NamedTuple):
    states: dict[str, str]
    square: set[str]
    homes: dict[str, str]
    boxes: dict[str, str]
    lines: list[tuple[str, str, str, bool]]
    bold: set[int]
    styles: dict[str, str]


def read(text: str) -> Chart:
    """The chart in a text. Fails for a line that has none of the known forms, and for what is not declared once."""
    about, kind, *body = text.splitlines()
    assert about.startswith("%% ")
    assert kind == "flowchart TB"
    chart = Chart({}, set(), {}, {}, [], set(), {})
    open_boxes: list[str] = []
    for one in map(str.strip, body):
        if one == "end":
            open_boxes.pop()
        elif found := BOX.fullmatch(one):
            assert found[1] not in chart.boxes
            chart.boxes[found[1]] = said(found[2])
            chart.homes[found[1]] = open_boxes[-1] if open_boxes else ""
            open_boxes.append(found[1])
        elif found := STATE.fullmatch(one):
            assert found[1] not in chart.states
            chart.states[found[1]] = said(found[2] or found[3])
            chart.homes[found[1]] = open_boxes[-1] if open_boxes else ""
            if found[3]:
                chart.square.add(found[1])
        elif found := LINE.fullmatch(one):
            chart.lines.append((found[1], said(found[3]), found[4], found[2] == "-.->"))
        elif found := STYLE.fullmatch(one):
            assert found[1] not in chart.styles
            chart.styles[found[1]] = found[2]
        elif found := LINK.fullmatch(one):
            assert float(found[3]) >= 3
            chart.bold.add(int(found[1]))
        else:
            assert one == "direction TB" or UNSEEN.fullmatch(one), one
    assert open_boxes == []
    declared = {*chart.states, *chart.boxes}
    assert len(declared) == len(chart.states) + len(chart.boxes), "a state and a box have names of their own"
    assert not declared & RESERVED
    assert {end for start, _, target, _ in chart.lines for end in (start, target)} <= declared
    assert set(chart.styles) <= declared
    assert chart.bold <= set(range(len(chart.lines)))
    return chart


def said(label: str) -> str:
    """What a reader sees of a label."""
    assert not re.search(r"#(?!35;|quot;)|<(?!/?b>|br/>)|&(?!amp;|lt;|gt;)", label), label
    plain = re.sub("</?b>", "", label).replace("<br/>", "\n")
    return html.unescape(plain).replace("#quot;", '"').replace("#35;", "#")


def check(diagram: Diagram) -> None:
    chart = read(mermaid(diagram, "about"))
    names = {text.partition("\n")[0]: id for id, text in chart.states.items()}
    ids = {node.id: names[node.title] for node in diagram.nodes}
    assert len(chart.states) == len(diagram.nodes)
    for node in diagram.nodes:
        assert chart.states[ids[node.id]] == node.title + (f"\n{node.meaning}" if node.meaning else "")
        assert (ids[node.id] in chart.square) is node.end
        assert ("stroke-width:3px" in chart.styles[ids[node.id]]) is node.urgent
    inside = {id: {state for state in ids.values() if id in homes_of(state, chart)} for id in chart.boxes}
    of_box = {}
    for box in diagram.boxes:
        (of_box[box.id],) = (
            id for id, states in inside.items()
            if states == {ids[one] for one in box.states} and chart.boxes[id].strip() == box.title
        )  # fmt: skip
    expected = [
        (of_box[line.box] if line.box else ids[line.source], f"{' '.join(map(str, line.numbers))} {line.words}",
         ids[line.target], line.dashed)
        for line in diagram.lines
    ]  # fmt: skip
    assert chart.lines == expected
    assert chart.bold == {place for place, line in enumerate(diagram.lines) if line.urgent}


def homes_of(state, chart):
    """The box of a state, and the box around that."""
    home = chart.homes[state]
    while home:
        yield home
        home = chart.homes[home]


def test_every_state_box_and_line_of_the_overview_is_in_its_flowchart_as_it_looks():
    check(diagram_of(PATHWAY))


@pytest.mark.parametrize("phase", phases_of(PATHWAY), ids=name_of)
def test_every_state_box_and_line_of_a_phase_is_in_its_flowchart(phase):
    check(phase_of(PATHWAY, phase))


def test_every_mark_of_the_legend_is_in_its_flowchart():
    check(MARKS)


def test_a_state_may_be_called_as_its_phase_is_or_by_a_word_of_mermaids_own():
    diagram = Diagram(
        (Box("end", "1 End", ("end", "class"), place=1),),
        (Node("end", "The end", "", "end"), Node("class", "A class", "", "end")),
        (Line("end", "class", (1,), ("a",), "on"), Line("end", "end", (2,), ("b",), "back", box="end")),
    )
    check(diagram)


def test_words_are_never_taken_for_signs():
    diagram = diagram_of(PATHWAY)
    odd = evolve(diagram.nodes[0], title='a "b" <i>c</i> & #35; #d', meaning="x]|y; --> end")
    lines = (evolve(diagram.lines[0], words='"<b>" | # &amp;'), *diagram.lines[1:])
    check(evolve(diagram, nodes=(odd, *diagram.nodes[1:]), lines=lines))


def test_each_state_lists_the_advice_it_can_raise_and_the_orders_it_can_refuse():
    chart = read(mermaid_by_state(PATHWAY, "about"))
    told = {text.split("\n")[0]: text.split("\n")[1:] for text in chart.states.values()}
    assert Counter(chart.homes[one] for one in chart.states) == Counter(
        {one: len(phase.states) for one, phase in zip(chart.boxes, phases_of(PATHWAY), strict=True)}
    )
    for state in PATHWAY.states:
        rows = [row for row in rows_of(PATHWAY) if state.name in row.states]
        for said_of, lead, kind in zip(told[state.title], ("raise", "refuse"), ("advice", "order"), strict=True):
            numbers = " ".join(str(row.number) for row in rows if row.kind == kind) or "nothing"
            assert said_of == f"can {lead} {numbers}"


def test_every_sheet_with_a_diagram_has_a_flowchart_that_says_of_which_pathway_it_is():
    found = {one.name: one.text for one in mermaids_of(PATHWAY)}
    names = ["overview", *map(name_of, phases_of(PATHWAY)), MATRIX, "legend"]
    assert list(found) == [f"{name}.mmd" for name in names]
    for text in found.values():
        read(text)
        assert text.isascii()
        assert f"{PATHWAY.id} {PATHWAY.version}, digest {PATHWAY.digest[:12]}" in text.splitlines()[0]
