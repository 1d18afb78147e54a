"""The narrow drawings of the phases say what the wide ones say, on a telephone held upright."""

from __future__ import annotations

from attrs import evolve

from pathway import PATHWAY
from pathway.draw.diagram import phase_of, phases_of
from pathway.draw.narrow import WIDEST, narrow, narrow_pictures
from pathway.draw.overlaps import faults_of
from tests.draw.small import ONE_STATE, TWO_PHASES


def on_one_line(diagram):
    return evolve(
        diagram,
        nodes=tuple(
            evolve(one, title=" ".join(one.title.split()), meaning=" ".join(one.meaning.split()))
            for one in diagram.nodes
        ),
        lines=tuple(evolve(one, words=" ".join(one.words.split())) for one in diagram.lines),
    )


def test_every_phase_is_narrow_enough_and_can_be_read():
    for sheet in narrow_pictures(PATHWAY).values():
        assert sheet.paper[0] <= WIDEST
        assert faults_of(sheet) == []


def test_a_narrow_diagram_differs_in_its_line_breaks_alone():
    for phase in phases_of(PATHWAY):
        diagram = phase_of(PATHWAY, phase)
        assert narrow(diagram) != diagram
        assert on_one_line(narrow(diagram)) == diagram


def test_small_pathways_are_drawn_narrow_too():
    for pathway in (TWO_PHASES, ONE_STATE):
        for sheet in narrow_pictures(pathway).values():
            assert faults_of(sheet) == []
