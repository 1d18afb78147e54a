"""The sheet of one phase: its diagram, what its states wait for, and its rules in words.

What each state advises and refuses is on the sheet of advice and orders; what the terms mean, and what holds while
something is unknown, stands in the rulebook.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.draw.arrangement import arrangement_of
from pathway.draw.diagram import phase_of
from pathway.draw.flow import choice, cites, diagram_first
from pathway.draw.layout import place
from pathway.draw.rows import rows_of
from pathway.draw.spelt import Spelling
from pathway.draw.text import Span, bold, italic
from pathway.model.words import in_words

if TYPE_CHECKING:
    from pathway.draw.diagram import Box
    from pathway.draw.flow import Flow
    from pathway.draw.sheet import Sheet
    from pathway.model.pathway import Pathway


def phase_sheet(pathway: Pathway, phase: Box) -> Sheet:
    """The sheet of a phase."""
    placed = place(phase_of(pathway, phase), arrangement_of(pathway.id, phase.id))
    flow = diagram_first(pathway, name_of(phase), placed, f"Phase {phase.title}")
    _states(flow, pathway, phase)
    _transitions(flow, pathway, phase)
    flow.close()
    return flow.sheet


def name_of(phase: Box) -> str:
    """The name of the sheet of a phase, and of its diagram: "phase-1-work-up"."""
    return f"phase-{phase.place}-{phase.id.replace('_', '-')}"


def _states(flow: Flow, pathway: Pathway, phase: Box) -> None:
    flow.heading("States")
    for name in phase.states:
        state = pathway.state(name)
        end = f" The way ends here: {state.end}." if state.end else ""
        spans: list[Span | str] = [bold(state.title), f": {state.meaning}.{end} "]
        if state.waits is not None:
            spans += [italic("Waits for: "), f"{in_words(state.waits, pathway)}. "]
        flow.entry([*spans, cites(state.cites)])


def _transitions(flow: Flow, pathway: Pathway, phase: Box) -> None:
    flow.heading("Rules that lead from here, and to here")
    spelling = Spelling(pathway)
    for row in rows_of(pathway):
        if row.kind != "transition":
            continue
        rule = pathway.transition(row.id)
        if not {*rule.sources, rule.target} & set(phase.states):
            continue
        starts = ", ".join(pathway.state(name).title for name in rule.sources)
        spans: list[Span | str] = [bold(f"{starts} -> {pathway.state(rule.target).title}. ")]
        if row.event:
            spans.append(italic(f"On {row.event}: "))
        spans.append(f"{spelling.condition(rule, row.number)} ")
        spans += [f"{effect} " for effect in row.effects]
        spans.append(cites(row.cites))
        flow.entry([*spans, *choice(row.local_choice)], number=row.number, urgent=row.urgent)
