"""The rules themselves: one table for each kind, one rule a line.

A line has more to say than a page has columns, so what belongs together shares a cell, each part led by its name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.draw.rulebook.markdown import anchor, capital, escape, joined, prose, table
from pathway.model.guards import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pathway.draw.rows import Kind, Row
    from pathway.draw.rulebook.book import Book
    from pathway.model.rules import Advice, OrderRule, Transition

_WHY = ("Statements, in our words", "Local choice, notes", "Scenarios")
AT_ONCE = "none, as soon as the condition is true"


def transitions(book: Book) -> list[str]:
    """Every way from state to state."""
    rules = {one.id: one for one in book.pathway.transitions}

    def cells(row: Row) -> tuple[str, ...]:
        one = rules[row.id]
        places = (("From", book.states(row.states)), ("Event", escape(row.event or AT_ONCE)))
        return *_name(row, one.label), _when(row, places), _then(row, _more_of_transition(one)), *_why(row, book)

    return table(("No.", "Rule", "When", "To", *_WHY), map(cells, _of("transition", book)))


def advice(book: Book) -> list[str]:
    """Everything that is advised."""

    def cells(row: Row) -> tuple[str, ...]:
        more = _more_of_advice(book.pathway.advice_by_id[row.id], book)
        return *_name(row), _when(row, (("In", book.states(row.states)),)), _then(row, more), *_why(row, book)

    return table(("No.", "Rule", "When", "Advice", *_WHY), map(cells, _of("advice", book)))


def orders(book: Book) -> list[str]:
    """Every intention that is answered."""

    def cells(row: Row) -> tuple[str, ...]:
        one = book.pathway.orders_by_id[row.id]
        places = (("Refusable in", book.states(row.states)), ("Happens by", _act(one, book)))
        return *_name(row, one.words), _when(row, places), _then(row, _more_of_order(one, book)), *_why(row, book)

    return table(("No.", "Rule", "When", "Refusal", *_WHY), map(cells, _of("order", book)))


def contradictions(book: Book) -> list[str]:
    """Results that cannot both be so."""

    def cells(row: Row) -> tuple[str, ...]:
        return *_name(row), _when(row, (("In", book.states(row.states)),)), _then(row, ()), *_why(row, book)

    return table(("No.", "Rule", "When", "What is said", *_WHY), map(cells, _of("contradiction", book)))


def _of(kind: Kind, book: Book) -> Iterator[Row]:
    return (row for row in book.rows if row.kind == kind)


def _name(row: Row, title: str = "") -> tuple[str, str]:
    """The number, and the rule by its title and by its id, with blanks so that a narrow column can break it."""
    said = row.id.replace("_", " ")
    number = f"{anchor(f'{row.kind}-{row.id}')}{row.number}"
    if not title or title == said:
        return number, f"**{escape(said)}**"
    return number, joined([f"**{escape(title)}**", escape(said)])


def _when(row: Row, places: Iterable[tuple[str, str]]) -> str:
    parts = (*places, ("Condition", prose(capital(row.condition))), ("Unknown", prose(row.unknown)))
    return joined(f"**{lead}:** {words}" for lead, words in parts if words)


def _then(row: Row, more: Iterable[str]) -> str:
    return joined([prose(row.outcome), *map(prose, row.effects), *more])


def _why(row: Row, book: Book) -> tuple[str, str, str]:
    choice = f"**Local choice:** {escape(capital(row.local_choice))}" if row.local_choice else ""
    return book.statements(row.cites), joined([choice, book.notes(row.cites)]), book.files(row.rule)


def _more_of_transition(one: Transition) -> Iterator[str]:
    if one.urgent:
        yield "Urgent."


def _more_of_advice(one: Advice, book: Book) -> Iterator[str]:
    if one.family:
        yield f"**To the family:** {escape(one.family)}"
    if one.lists:
        yield f"Names what is missing of: {book.titles(one.lists)}."


def _more_of_order(one: OrderRule, book: Book) -> Iterator[str]:
    if one.asks is not None:
        yield f"**Names as missing** what is unknown in: {book.words(one.asks)}."
    if one.matters != ALWAYS:
        yield f"**At the bedside** it has a line of its own where: {book.words(one.matters)}."


def _act(one: OrderRule, book: Book) -> str:
    if one.act is None:
        return ""
    said = escape(book.pathway.event_type(one.act).title)
    return said if one.act_when == ALWAYS else f"{said}, where {book.words(one.act_when)}"
