"""The sheets of one phase: its diagram, its rules in words with their limits, what each state advises and refuses."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from pathway.draw.arrangement import arrangement_of
from pathway.draw.diagram import phase_of
from pathway.draw.flow import Flow, diagram_first
from pathway.draw.glossary import choice, cites, glossary, notes_of
from pathway.draw.head import signature
from pathway.draw.layout import place
from pathway.draw.rows import Row, advice_in, order_in, rows_of
from pathway.draw.text import Span, bold, italic
from pathway.model.guards import ALWAYS, NEVER, Guard, walk
from pathway.model.words import in_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pathway.draw.diagram import Box
    from pathway.draw.sheet import Sheet
    from pathway.model.pathway import Pathway
    from pathway.model.rules import OrderRule


def phase_sheets(pathway: Pathway, phase: Box) -> tuple[Sheet, ...]:
    """The sheets of a phase, in order."""
    placed = place(phase_of(pathway, phase), arrangement_of(pathway.id, phase.id))
    flow = Flow(diagram_first(pathway, placed, f"Phase {phase.title}"))
    rows = rows_of(pathway)
    guards = [*_states(flow, pathway, phase), *_transitions(flow, pathway, phase, rows)]
    guards += _advice(flow, pathway, phase, rows)
    guards += _orders(flow, pathway, phase, rows)
    used = [node for guard in guards for node in walk(guard)]
    glossary(flow, pathway, used)
    notes_of(flow, pathway, _cited(phase, rows))
    for at, sheet in enumerate(flow.sheets, 1):
        sheet.name = name_of(phase) + (f"-{at}" if at > 1 else "")
        signature(sheet, sheet.inner.left, sheet.inner.right, f"Sheet {at} of {len(flow.sheets)}")
    return tuple(flow.sheets)


def name_of(phase: Box) -> str:
    """The name of the first sheet of a phase, and of its diagram: "phase-1-work-up"."""
    return f"phase-{phase.place}-{phase.id.replace('_', '-')}"


def _states(flow: Flow, pathway: Pathway, phase: Box) -> Iterable[Guard]:
    flow.heading("States")
    guards = []
    for name in phase.states:
        state = pathway.state(name)
        end = f" The way ends here: {state.end}." if state.end else ""
        said: list[Span | str] = [bold(state.title), f": {state.meaning}.{end} "]
        if state.waits is not None:
            said += [italic("Waits for: "), f"{in_words(state.waits, pathway)}. "]
            guards.append(state.waits)
        flow.entry([*said, cites(state.cites)])
    return guards


def _transitions(flow: Flow, pathway: Pathway, phase: Box, rows: tuple[Row, ...]) -> Iterable[Guard]:
    flow.heading("Rules that lead from here, and to here")
    guards = []
    numbered = {row.id: row for row in rows if row.kind == "transition"}
    for one in pathway.transitions:
        row = numbered[one.id]
        if not {*one.sources, one.target} & set(phase.states):
            continue
        starts = ", ".join(pathway.state(name).title for name in one.sources)
        target = pathway.state(one.target).title
        more = " ".join(row.effects)
        said: list[Span | str] = [bold(f"{starts} -> {target}. ")]
        if row.event:
            said.append(italic(f"On {row.event}: "))
        said += [f"{row.condition} ", f"{more} " if more else "", italic(f"{row.unknown} "), cites(row.cites)]
        flow.entry([*said, *choice(row.local_choice)], number=row.number, urgent=row.urgent)
        guards.append(one.when)
    return guards


def _advice(flow: Flow, pathway: Pathway, phase: Box, rows: tuple[Row, ...]) -> Iterable[Guard]:
    flow.heading("What is advised in each state")
    numbered = {row.id: row for row in rows if row.kind == "advice"}
    guards: list[Guard] = []
    for one in pathway.advice:
        places = _by_state(phase.states, pathway, partial(advice_in, one))
        if not places:
            continue
        row = numbered[one.id]
        said: list[Span | str] = [bold(f"{one.urgency.upper()} "), f"{row.outcome.partition(': ')[2]} ", *places]
        said += [f"{effect} " for effect in row.effects]
        if one.until is not None:
            said.append(f"Until {in_words(one.until, pathway)}. ")
            guards.append(one.until)
        if one.lapses is not None:
            said.append(f"Withdrawn when {in_words(one.lapses, pathway)}. ")
        flow.entry([*said, cites(one.cites), *choice(one.local_choice)], number=row.number, urgent=row.urgent)
        guards.append(one.when)
    return guards


def _orders(flow: Flow, pathway: Pathway, phase: Box, rows: tuple[Row, ...]) -> Iterable[Guard]:
    flow.heading("What is refused in each state")
    numbered = {row.id: row for row in rows if row.kind == "order"}
    guards: list[Guard] = []
    for one in pathway.orders:
        places = _by_state(phase.states, pathway, partial(_refused, one))
        permitted = _by_state(phase.states, pathway, partial(_permitted, one), "Permitted in")
        if not places and not permitted:
            continue
        row = numbered[one.id]
        said: list[Span | str] = [bold(f"{one.words[0].upper()}{one.words[1:]}. ")]
        said += [f"{one.refusal} ", *places] if places else []
        flow.entry([*said, *permitted, cites(one.cites), *choice(one.local_choice)], number=row.number)
        guards += [one.refused] if one.permitted is None else [one.refused, one.permitted]
    return guards


def _refused(order: OrderRule, state: str) -> Guard:
    return order_in(order, state)[0]


def _permitted(order: OrderRule, state: str) -> Guard:
    return order_in(order, state)[1]


def _by_state(
    states: tuple[str, ...], pathway: Pathway, left: Callable[[str], Guard], lead: str = "In"
) -> list[Span | str]:
    """Under what condition something holds in each of the states, those with the same condition together."""
    found: dict[str, list[str]] = {}
    for name in states:
        guard = left(name)
        if guard != NEVER:
            said = "" if guard == ALWAYS else f" when {in_words(guard, pathway)}"
            found.setdefault(said, []).append(pathway.state(name).title)
    said_of: list[Span | str] = []
    for words, titles in found.items():
        where = "every state here" if len(titles) == len(states) > 1 else ", ".join(titles)
        said_of += [italic(f"{lead} {where}"), f"{words}. "]
    return said_of


def _cited(phase: Box, rows: tuple[Row, ...]) -> list[str]:
    """The notes that the rules of a phase cite, each once."""
    mine = [row for row in rows if set(row.states) & set(phase.states) and row.kind != "contradiction"]
    return sorted({one for row in mine for one in row.cites if one.startswith("N")})
