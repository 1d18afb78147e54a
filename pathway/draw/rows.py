"""The rows of the rulebook: every rule of a pathway, numbered. The numbers are those of every diagram."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import frozen

from pathway.draw.unknown import NEVER_OPEN, unknown_phrase
from pathway.model.guards import ALWAYS, NEVER, Guard, leaves
from pathway.model.partial import in_that_state
from pathway.model.phrase import EMPTY, Phrase, Term, filled, joined, phrase
from pathway.model.words import phrase_of, title, titles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.model.pathway import Pathway
    from pathway.model.rules import Advice, Closing, Contradiction, OrderRule, Transition

Kind: TypeAlias = Literal["transition", "advice", "order", "contradiction"]


@frozen
class Row:
    """A rule, numbered and in words.

    `states` are those in which it can act; `event` is "" where it acts as soon as its condition is true. `unknown`
    is the effect of missing facts on it. `effects` are its other effects, a sentence each. `cites` are ids, in the
    order of the definition.
    """

    number: int
    kind: Kind
    id: str
    title: str
    states: tuple[str, ...]
    event: str
    condition: Phrase
    outcome: str
    unknown: Phrase
    cites: tuple[str, ...]
    local_choice: str = ""
    urgent: bool = False
    effects: tuple[Phrase, ...] = ()

    @property
    def rule(self) -> str:
        """The rule's name among all rules: "transition to_ward"."""
        return f"{self.kind} {self.id}"


def numbers_of(pathway: Pathway) -> dict[str, int]:
    """The row number of each rule, by "transition to_ward": in the order of the definition, from 1."""
    return {rule: number for number, rule in enumerate(_rules(pathway), 1)}


def rows_of(pathway: Pathway) -> tuple[Row, ...]:
    """Every rule as a row. The rows of the last few pathways are kept, since every sheet needs them."""
    for known, rows in _FOUND:
        if known is pathway:
            return rows
    rows = tuple(row_of(pathway, rule, number) for rule, number in numbers_of(pathway).items())
    _FOUND.append((pathway, rows))
    del _FOUND[:-_KEPT]
    return rows


_KEPT = 4
_FOUND: list[tuple[Pathway, tuple[Row, ...]]] = []


def row_of(pathway: Pathway, rule: str, number: int) -> Row:
    """The row of one rule, by "transition to_ward"."""
    kind, _, name = rule.partition(" ")
    match kind:
        case "transition":
            return _transition(pathway, pathway.transition(name), number)
        case "advice":
            return _advice(pathway, pathway.advice_named(name), number)
        case "order":
            return _order(pathway, pathway.order(name), number)
        case _:
            return _contradiction(pathway, next(item for item in pathway.contradictions if item.id == name), number)


def _rules(pathway: Pathway) -> Iterator[str]:
    yield from (f"transition {transition.id}" for transition in pathway.transitions)
    yield from (f"advice {advice.id}" for advice in pathway.advice)
    yield from (f"order {order.id}" for order in pathway.orders)
    yield from (f"contradiction {contradiction.id}" for contradiction in pathway.contradictions)


def possible_in(guard: Guard, pathway: Pathway) -> tuple[str, ...]:
    """The states in which the guard can be true at all."""
    return tuple(state.name for state in pathway.states if in_that_state(guard, state.name) != NEVER)


def advice_in(advice: Advice, state: str) -> Guard:
    """The guard that raises the advice in a state: `NEVER` where it would be completed or withdrawn there at once."""
    ends = [end for end in (advice.until, advice.lapses) if end is not None]
    if any(in_that_state(end, state) == ALWAYS for end in ends):
        return NEVER
    return in_that_state(advice.when, state)


def order_in(order: OrderRule, state: str) -> tuple[Guard, Guard]:
    """The guards that refuse and permit the order in a state; refusal has precedence."""
    refused = in_that_state(order.refused, state)
    permitted = NEVER if order.permitted is None or refused == ALWAYS else in_that_state(order.permitted, state)
    return refused, permitted


def _transition(pathway: Pathway, transition: Transition, number: int) -> Row:
    effects = [] if transition.closes is None else list(_closing(transition.closes, pathway))
    if transition.renews:
        effects.append(phrase(f"Counts only from this day on: {_brought(transition.renews, pathway)}."))
    return Row(
        number,
        "transition",
        transition.id,
        transition.label,
        transition.sources,
        "" if transition.on is None else pathway.event_type(transition.on).title,
        phrase_of(transition.when, pathway).sentence(),
        f"{pathway.state(transition.target).title}.",
        unknown_phrase(transition.when, pathway, "not taken"),
        transition.cites,
        transition.local_choice,
        transition.urgent,
        tuple(effects),
    )


def _advice(pathway: Pathway, advice: Advice, number: int) -> Row:
    sentences = [phrase_of(advice.when, pathway).sentence()]
    if advice.until is None:
        sentences.append(phrase("Lasts as long as that holds."))
    else:
        sentences.append(filled("Until: {}.", phrase_of(advice.until, pathway)))
    if advice.lapses is not None:
        sentences.append(filled("Withdrawn when: {}.", phrase_of(advice.lapses, pathway)))
    if advice.offers is not None:
        sentences.append(filled("Offered for setting aside when: {}.", phrase_of(advice.offers, pathway)))
    due = ""
    if advice.due_day is not None:
        due = " Due today" if advice.due_day == 0 else f" Due from day {advice.due_day}"
        if advice.overdue_after_day is not None:
            late = (
                "after the day it was raised"
                if advice.overdue_after_day == 0
                else f"after day {advice.overdue_after_day}"
            )
            due += f", overdue {late}"
        due += "."
    return Row(
        number,
        "advice",
        advice.id,
        advice.id.replace("_", " "),
        tuple(state.name for state in pathway.states if advice_in(advice, state.name) != NEVER),
        "",
        joined(sentences, " "),
        f"{advice.urgency.upper()}: {advice.words}{due}",
        unknown_phrase(advice.when, pathway, "not raised"),
        advice.cites,
        advice.local_choice,
        advice.urgency == "now",
        (phrase("Kept when the episode closes."),) if advice.outlives_episode else (),
    )


def _order(pathway: Pathway, order: OrderRule, number: int) -> Row:
    sentences = [filled("Refused when: {}.", phrase_of(order.refused, pathway))]
    if order.permitted is not None:
        sentences.append(filled("Permitted when: {}.", phrase_of(order.permitted, pathway)))
    sentences.append(phrase("Else not addressed."))
    refusable = possible_in(order.refused, pathway)
    return Row(
        number,
        "order",
        order.id,
        order.id.replace("_", " "),
        refusable,
        "",
        joined(sentences, " "),
        f"REFUSED: {order.refusal}",
        _order_unknown(order, pathway),
        order.cites,
        order.local_choice,
    )


def _order_unknown(order: OrderRule, pathway: Pathway) -> Phrase:
    """The effect of missing facts on the refusal, and on the permission where that differs."""
    refused = unknown_phrase(order.refused, pathway, "not refused")
    permitted = EMPTY if order.permitted is None else unknown_phrase(order.permitted, pathway, "not permitted")
    if str(permitted) in ("", NEVER_OPEN, str(refused)):
        return refused
    return permitted if str(refused) == NEVER_OPEN else filled("{} {}", refused, permitted)


def _contradiction(pathway: Pathway, contradiction: Contradiction, number: int) -> Row:
    return Row(
        number,
        "contradiction",
        contradiction.id,
        contradiction.id.replace("_", " "),
        possible_in(contradiction.when, pathway),
        "",
        phrase_of(contradiction.when, pathway).sentence(),
        f"SHOWN TO THE SPECIALIST: {contradiction.words}",
        unknown_phrase(contradiction.when, pathway, "not shown"),
        contradiction.cites,
    )


def _closing(closing: Closing, pathway: Pathway) -> Iterator[Phrase]:
    """The facts that are kept when the episode closes, in sentences."""
    yield phrase("Closes the episode.")
    if not closing.keeps_day and not closing.keeps:
        return
    kept = [phrase("what that day brought")] if closing.keeps_day else []
    if closing.keeps:
        kept.append(filled("where true, {}", _together(closing.keeps, pathway)))
    yield filled("The next one keeps {}.", joined(kept, " and, "))
    for fact, unless in closing.unless:
        yield filled('It drops "{}" once "{}".', title(fact, pathway), title(unless, pathway))


def _together(facts: tuple[str, ...], pathway: Pathway) -> Phrase:
    """Facts by the title of the condition that consists of just these facts, else each by its title."""
    for condition in pathway.conditions:
        if {leaf.fact for leaf in leaves(condition.guard)} == set(facts):
            return phrase("any ", Term("condition", condition.name, condition.title))
    return titles(facts, pathway)


def _brought(facts: tuple[str, ...], pathway: Pathway) -> str:
    """The events that bring these facts, by their titles."""
    carriers = [
        next(event for event in pathway.events if fact in (*event.records, *(part.fact for part in event.fields)))
        for fact in facts
    ]
    return ", ".join(dict.fromkeys(f"{event.title[0].lower()}{event.title[1:]}" for event in carriers))
