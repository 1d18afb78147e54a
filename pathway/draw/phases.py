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
    notes_of(flow, pathway, _notes(pathway, phase, rows))
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
        spans: list[Span | str] = [bold(state.title), f": {state.meaning}.{end} "]
        if state.waits is not None:
            spans += [italic("Waits for: "), f"{in_words(state.waits, pathway)}. "]
            guards.append(state.waits)
        flow.entry([*spans, cites(state.cites)])
    return guards


def _transitions(flow: Flow, pathway: Pathway, phase: Box, rows: tuple[Row, ...]) -> Iterable[Guard]:
    flow.heading("Rules that lead from here, and to here")
    guards = []
    numbered = {row.id: row for row in rows if row.kind == "transition"}
    for rule in pathway.transitions:
        row = numbered[rule.id]
        if not {*rule.sources, rule.target} & set(phase.states):
            continue
        starts = ", ".join(pathway.state(name).title for name in rule.sources)
        target = pathway.state(rule.target).title
        more = " ".join(map(str, row.effects))
        spans: list[Span | str] = [bold(f"{starts} -> {target}. ")]
        if row.event:
            spans.append(italic(f"On {row.event}: "))
        spans += [f"{row.condition} ", f"{more} " if more else "", italic(f"{row.unknown} "), cites(row.cites)]
        flow.entry([*spans, *choice(row.local_choice)], number=row.number, urgent=row.urgent)
        guards.append(rule.when)
    return guards


def _advice(flow: Flow, pathway: Pathway, phase: Box, rows: tuple[Row, ...]) -> Iterable[Guard]:
    flow.heading("What is advised in each state")
    numbered = {row.id: row for row in rows if row.kind == "advice"}
    guards: list[Guard] = []
    for advice in pathway.advice:
        places = _by_state(phase.states, pathway, partial(advice_in, advice))
        if not places:
            continue
        row = numbered[advice.id]
        spans: list[Span | str] = [bold(f"{advice.urgency.upper()} "), f"{row.outcome.partition(': ')[2]} ", *places]
        spans += [f"{effect} " for effect in row.effects]
        if advice.until is not None:
            spans.append(f"Until {in_words(advice.until, pathway)}. ")
            guards.append(advice.until)
        if advice.lapses is not None:
            spans.append(f"Withdrawn when {in_words(advice.lapses, pathway)}. ")
        if advice.offers is not None:
            spans.append(f"Offered for setting aside when {in_words(advice.offers, pathway)}. ")
            guards.append(advice.offers)
        flow.entry([*spans, cites(advice.cites), *choice(advice.local_choice)], number=row.number, urgent=row.urgent)
        guards.append(advice.when)
    return guards


def _orders(flow: Flow, pathway: Pathway, phase: Box, rows: tuple[Row, ...]) -> Iterable[Guard]:
    flow.heading("What is refused in each state")
    numbered = {row.id: row for row in rows if row.kind == "order"}
    guards: list[Guard] = []
    for order in pathway.orders:
        places = _by_state(phase.states, pathway, partial(_refused, order))
        permitted = _by_state(phase.states, pathway, partial(_permitted, order), "Permitted in")
        if not places and not permitted:
            continue
        row = numbered[order.id]
        spans: list[Span | str] = [bold(f"{order.words[0].upper()}{order.words[1:]}. ")]
        spans += [f"{order.refusal} ", *places] if places else []
        flow.entry([*spans, *permitted, cites(order.cites), *choice(order.local_choice)], number=row.number)
        guards += [order.refused] if order.permitted is None else [order.refused, order.permitted]
    return guards


def _refused(order: OrderRule, state: str) -> Guard:
    return order_in(order, state)[0]


def _permitted(order: OrderRule, state: str) -> Guard:
    return order_in(order, state)[1]


def _by_state(
    states: tuple[str, ...], pathway: Pathway, left: Callable[[str], Guard], lead: str = "In"
) -> list[Span | str]:
    """The condition under which something holds in each state; states with the same condition together."""
    found: dict[str, list[str]] = {}
    for name in states:
        guard = left(name)
        if guard != NEVER:
            when = "" if guard == ALWAYS else f" when {in_words(guard, pathway)}"
            found.setdefault(when, []).append(pathway.state(name).title)
    places: list[Span | str] = []
    for words, titles in found.items():
        where = "every state here" if len(titles) == len(states) > 1 else ", ".join(titles)
        places += [italic(f"{lead} {where}"), f"{words}. "]
    return places


def _notes(pathway: Pathway, phase: Box, rows: tuple[Row, ...]) -> list[str]:
    """The review notes that the rules of a phase cite, each once."""
    mine = [row for row in rows if set(row.states) & set(phase.states) and row.kind != "contradiction"]
    return sorted({cite for row in mine for cite in row.cites if cite in pathway.notes_by_id})
