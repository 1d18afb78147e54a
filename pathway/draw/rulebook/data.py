"""The data: reference intervals, what can be recorded, and every fact with its units, range and codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.draw.rulebook.markdown import BREAK, anchor, capital, code, escape, joined, table
from pathway.model.facts import Choice, Fact, Flag, Quantity, Text
from pathway.model.units import written

if TYPE_CHECKING:
    from pathway.draw.rulebook.book import Book
    from pathway.model.events import EventField, EventType
    from pathway.model.units import AcceptedUnit

_NO_UNIT = "1"


def reference(book: Book) -> list[str]:
    """Every row of the reference intervals."""
    table_of = book.pathway.reference
    return [
        f"{escape(table_of.title)}. Dated {escape(table_of.dated)}.",
        "",
        *table(
            ("Count", "Age", "Within the interval", "Unit", "Cites", "Local choice", "Doubt"),
            (
                (
                    escape(book.pathway.title_of(one.fact)),
                    escape(one.band()),
                    escape(one.limits()),
                    code(book.pathway.unit_of(one.fact)),
                    book.cites(one.cites),
                    escape(capital(one.local_choice)),
                    escape(capital(one.doubt)),
                )
                for one in table_of.rows
            ),
        ),
    ]


def events(book: Book) -> list[str]:
    """Everything that can be recorded, in the order in which events of one moment are folded."""
    pathway = book.pathway
    return table(
        ("Event", "Carries", "How it counts", "Rules", "Cites"),
        (
            (
                f"{anchor(f'event-{one.name}')}**{escape(one.title)}**{BREAK}{code(one.name)}",
                ", ".join(_field(each, book) for each in one.fields),
                _counts(one, book),
                book.ruled(
                    [
                        *(f"transition {way.id}" for way in pathway.transitions if way.on == one.name),
                        *(f"order {order.id}" for order in pathway.orders if order.act == one.name),
                    ]
                ),
                book.cites(one.cites),
            )
            for one in pathway.events
        ),
    )


def _field(one: EventField, book: Book) -> str:
    default = "" if one.default is None else f"else {book.pathway.fact(one.fact).write(one.default)}"
    about = joined(("required" if one.required else "", default, "of this event alone" if one.own else ""), ", ")
    return escape(book.pathway.title_of(one.fact) + (f" ({about})" if about else ""))


def _counts(one: EventType, book: Book) -> str:
    said = []
    if one.records:
        said.append(f"Records: {book.titles(one.records)}.")
    if one.replaces:
        said.append("Replaces the whole report of its kind before it: what it does not give is unknown again.")
    if one.authority is not None:
        said.append("That only with authority: see [who may replace a report](#who-may-replace-a-report).")
    if one.rest_absent is not None:
        said.append(f"{capital(book.titles([one.rest_absent[0]]))}: then absent, if not given: "
                    f"{book.titles(one.rest_absent[1])}.")  # fmt: skip
    if one.flags_held:
        said.append(f"Says whether {book.titles([one.flags_held])}.")
    if one.last:
        said.append("Folded after all other events of the same moment.")
    return BREAK.join(said)


def dictionary(book: Book) -> list[str]:
    """Every fact: what it takes, in which units, within which plausible range, with which codes; why it is kept."""
    pathway = book.pathway
    return table(
        ("Fact", "Takes", "Other units", "LOINC", "Carried by", "Cites"),
        (
            (
                f"{anchor(f'fact-{one.name}')}**{escape(one.title)}**{BREAK}{code(one.name)}",
                joined([_takes(one), f"**No rule reads it:** {escape(one.unread)}" if one.unread else ""]),
                BREAK.join(_unit(unit) for unit in one.units) if isinstance(one, Quantity) else "",
                _loinc(one),
                ", ".join(escape(kind.title) for kind in pathway.events if _carries(kind, one.name)),
                book.cites(one.cites),
            )
            for one in pathway.facts
        ),
    )


def _carries(kind: EventType, name: str) -> bool:
    raised = kind.authority.raises if kind.authority is not None else ""
    return name in {*(one.fact for one in kind.fields), *kind.records, kind.flags_held, raised}


def _takes(fact: Fact) -> str:
    match fact:
        case Quantity():
            said = "a fraction without unit" if fact.unit == _NO_UNIT else f"an amount in {code(fact.unit)}"
            return f"{said}, plausible {_range(fact.plausible)}"
        case Flag():
            return "yes or no"
        case Text():
            return "words"
        case Choice():
            options = [f"one of: {', '.join(escape(fact.write(one)) for one in fact.options)}"]
            if fact.no_result:
                options.append(f"no result: {', '.join(escape(fact.write(one)) for one in fact.no_result)}")
            for option, others in fact.yields:
                options.append(f"{escape(fact.write(option))} never overwrites {', '.join(map(escape, others))}")
            return BREAK.join(options)


def _range(bounds: tuple[object, object]) -> str:
    low, high = bounds
    return f"{written(low)} to {written(high)}"  # type: ignore[arg-type]  # bounds are amounts


def _unit(unit: AcceptedUnit) -> str:
    """An accepted unit, and how its number becomes the canonical one."""
    number = f"({_signed(unit)})" if unit.offset else "x"
    times = f" * {written(unit.factor)}" if unit.factor != 1 else ""
    by = f" / {written(unit.divisor)}" if unit.divisor != 1 else ""
    becomes = "the same" if number + times + by == "x" else escape(f"{number}{times}{by}")
    plausible = f", plausible {_range(unit.plausible)}" if unit.plausible is not None else ""
    return f"{code(unit.code)}: {becomes}{plausible}"


def _signed(unit: AcceptedUnit) -> str:
    return f"x - {written(-unit.offset)}" if unit.offset < 0 else f"x + {written(unit.offset)}"


def _loinc(fact: Fact) -> str:
    if not isinstance(fact, Quantity):
        return ", ".join(map(escape, fact.loinc))
    return BREAK.join(
        f"{', '.join(map(escape, unit.loinc))}" + (f" in {code(unit.code)}" if unit.code != fact.unit else "")
        for unit in fact.accepted()
        if unit.loinc
    )
