"""The rows of the rulebook: every rule of a pathway, numbered. The numbers are those of every diagram."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import evolve, field, frozen

from pathway.draw.unknown import NEVER_OPEN, unknown_in_words
from pathway.model.guards import ALWAYS, NEVER, Guard, leaves
from pathway.model.partial import in_that_state
from pathway.model.words import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pathway.model.pathway import Pathway
    from pathway.model.rules import Advice, Closing, Contradiction, OrderRule, Transition

Kind: TypeAlias = Literal["transition", "advice", "order", "contradiction"]


@frozen
class Row:
    """One rule as a reader meets it.

    `states` are those in which it can act; `event` is "" where it acts as soon as its condition is true. `unknown` says
    what a missing fact does to it, `effects` what else it does, a
    sentence each. `cites` are ids, in the order of the definition; `scenarios` are the files that
    exercise it, `None` where they were not looked at.
    """

    number: int
    kind: Kind
    id: str
    title: str
    states: tuple[str, ...]
    event: str
    condition: str
    outcome: str
    unknown: str
    cites: tuple[str, ...]
    local_choice: str = ""
    urgent: bool = False
    effects: tuple[str, ...] = ()
    scenarios: tuple[str, ...] | None = field(default=None)

    @property
    def rule(self) -> str:
        """The rule's name among all rules: "transition smear_clear"."""
        return f"{self.kind} {self.id}"


def numbers_of(pathway: Pathway) -> dict[str, int]:
    """The row number of each rule, by "transition smear_clear": in the order of the definition, from 1."""
    return {rule: number for number, rule in enumerate(_rules(pathway), 1)}


def rows_of(pathway: Pathway, scenarios: Mapping[str, tuple[str, ...]] | None = None) -> tuple[Row, ...]:
    """Every rule as a row. `scenarios`: for each rule the files that exercise it."""
    rows = _rows_of(pathway)
    if scenarios is None:
        return rows
    return tuple(evolve(row, scenarios=scenarios.get(row.rule, ())) for row in rows)


def _rows_of(pathway: Pathway) -> tuple[Row, ...]:
    """The rows of a pathway, found once: every sheet asks for them."""
    for known, rows in _FOUND:
        if known is pathway:
            return rows
    numbers = numbers_of(pathway)
    rows = (
        *(_transition(pathway, one, numbers[f"transition {one.id}"]) for one in pathway.transitions),
        *(_advice(pathway, one, numbers[f"advice {one.id}"]) for one in pathway.advice),
        *(_order(pathway, one, numbers[f"order {one.id}"]) for one in pathway.orders),
        *(_contradiction(pathway, one, numbers[f"contradiction {one.id}"]) for one in pathway.contradictions),
    )
    _FOUND.append((pathway, rows))
    del _FOUND[:-_KEPT]
    return rows


_KEPT = 4
_FOUND: list[tuple[Pathway, tuple[Row, ...]]] = []


def _rules(pathway: Pathway) -> Iterator[str]:
    yield from (f"transition {one.id}" for one in pathway.transitions)
    yield from (f"advice {one.id}" for one in pathway.advice)
    yield from (f"order {one.id}" for one in pathway.orders)
    yield from (f"contradiction {one.id}" for one in pathway.contradictions)


def possible_in(guard: Guard, pathway: Pathway) -> tuple[str, ...]:
    """The states in which the guard can be true at all."""
    return tuple(one.name for one in pathway.states if in_that_state(guard, one.name) != NEVER)


def advice_in(advice: Advice, state: str) -> Guard:
    """What raises the advice in a state: `NEVER` where it would be completed or withdrawn there at once."""
    ends = [one for one in (advice.until, advice.lapses) if one is not None]
    if any(in_that_state(one, state) == ALWAYS for one in ends):
        return NEVER
    return in_that_state(advice.when, state)


def order_in(order: OrderRule, state: str) -> tuple[Guard, Guard]:
    """What refuses and what permits the order in a state; a refusal goes before a permission."""
    refused = in_that_state(order.refused, state)
    permitted = NEVER if order.permitted is None or refused == ALWAYS else in_that_state(order.permitted, state)
    return refused, permitted


def _transition(pathway: Pathway, one: Transition, number: int) -> Row:
    effects = [] if one.closes is None else list(_closing(one.closes, pathway))
    if one.renews:
        effects.append(f"Counts only from this day on: {_brought(one.renews, pathway)}.")
    return Row(
        number,
        "transition",
        one.id,
        one.label,
        one.sources,
        "" if one.on is None else pathway.event_type(one.on).title,
        _sentence(in_words(one.when, pathway)),
        f"{pathway.state(one.target).title}.",
        unknown_in_words(one.when, pathway, "not taken"),
        one.cites,
        one.local_choice,
        one.urgent,
        tuple(effects),
    )


def _advice(pathway: Pathway, one: Advice, number: int) -> Row:
    said = [_sentence(in_words(one.when, pathway))]
    if one.until is None:
        said.append("Lasts as long as that holds.")
    else:
        said.append(f"Until: {in_words(one.until, pathway)}.")
    if one.lapses is not None:
        said.append(f"Withdrawn when: {in_words(one.lapses, pathway)}.")
    due = ""
    if one.due_day is not None:
        due = " Due today" if one.due_day == 0 else f" Due from day {one.due_day}"
        if one.overdue_after_day is not None:
            late = "after the day it was raised" if one.overdue_after_day == 0 else f"after day {one.overdue_after_day}"
            due += f", overdue {late}"
        due += "."
    return Row(
        number,
        "advice",
        one.id,
        one.id.replace("_", " "),
        tuple(state.name for state in pathway.states if advice_in(one, state.name) != NEVER),
        "",
        " ".join(said),
        f"{one.urgency.upper()}: {one.words}{due}",
        unknown_in_words(one.when, pathway, "not raised"),
        one.cites,
        one.local_choice,
        one.urgency == "now",
        ("Kept when the episode closes.",) if one.outlives_episode else (),
    )


def _order(pathway: Pathway, one: OrderRule, number: int) -> Row:
    said = [f"Refused when: {in_words(one.refused, pathway)}."]
    if one.permitted is not None:
        said.append(f"Permitted when: {in_words(one.permitted, pathway)}.")
    said.append("Else not addressed.")
    refusable = possible_in(one.refused, pathway)
    return Row(
        number,
        "order",
        one.id,
        one.id.replace("_", " "),
        refusable,
        "",
        " ".join(said),
        f"REFUSED: {one.refusal}",
        _order_unknown(one, pathway),
        one.cites,
        one.local_choice,
    )


def _order_unknown(one: OrderRule, pathway: Pathway) -> str:
    """What unknown does to the refusal, and to the permission where that is another thing."""
    refused = unknown_in_words(one.refused, pathway, "not refused")
    permitted = "" if one.permitted is None else unknown_in_words(one.permitted, pathway, "not permitted")
    if permitted in ("", NEVER_OPEN, refused):
        return refused
    return permitted if refused == NEVER_OPEN else f"{refused} {permitted}"


def _contradiction(pathway: Pathway, one: Contradiction, number: int) -> Row:
    return Row(
        number,
        "contradiction",
        one.id,
        one.id.replace("_", " "),
        possible_in(one.when, pathway),
        "",
        _sentence(in_words(one.when, pathway)),
        f"SHOWN TO THE SPECIALIST: {one.words}",
        unknown_in_words(one.when, pathway, "not shown"),
        one.cites,
    )


def _closing(one: Closing, pathway: Pathway) -> Iterator[str]:
    """What closing the episode means for what is known."""
    yield "Closes the episode."
    if not one.keeps_day and not one.keeps:
        return
    kept = ["what that day brought"] if one.keeps_day else []
    if one.keeps:
        kept.append(f"where true: {_together(one.keeps, pathway)}")
    said = ", and ".join(kept)
    for fact, unless in one.unless:
        said += f", but not ({pathway.title_of(fact)}) where ({pathway.title_of(unless)})"
    yield f"The next keeps {said}."


def _together(facts: tuple[str, ...], pathway: Pathway) -> str:
    """Some facts by the name of the condition that is made of just these, else each by its own."""
    for condition in pathway.conditions:
        if {leaf.fact for leaf in leaves(condition.guard)} == set(facts):
            return f"any {condition.title}"
    return ", ".join(map(pathway.title_of, facts))


def _brought(facts: tuple[str, ...], pathway: Pathway) -> str:
    """The events that bring these facts, by their titles."""
    carriers = [
        next(one for one in pathway.events if fact in (*one.records, *(part.fact for part in one.fields)))
        for fact in facts
    ]
    return ", ".join(dict.fromkeys(f"{one.title[0].lower()}{one.title[1:]}" for one in carriers))


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}." if words else ""
