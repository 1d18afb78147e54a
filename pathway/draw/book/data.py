"""The data as entries: reference intervals, events, and facts with their units, ranges and codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.draw.book.document import entry
from pathway.model.facts import Choice, Fact, Flag, Quantity, Text
from pathway.model.phrase import Phrase, Term, filled, joined, phrase
from pathway.model.phrase import Text as Words
from pathway.model.units import written

if TYPE_CHECKING:
    from decimal import Decimal

    from pathway.draw.book.document import Book, Entry
    from pathway.model.events import EventField, EventType
    from pathway.model.part_and_whole import PartsOf
    from pathway.model.reference import Interval
    from pathway.model.units import AcceptedUnit

_NO_UNIT = "1"


def interval(item: Interval, book: Book) -> Entry:
    """A row of the reference intervals."""
    return entry(
        "reference",
        f"{item.fact} {item.band()}",
        book.pathway.title_of(item.fact),
        {
            "age": item.band(),
            "limits": item.limits(),
            "unit": Words(book.pathway.unit_of(item.fact), code=True),
            "local choice": item.local_choice,
            "doubt": item.doubt,
        },
        item.cites,
    )


def event(item: EventType, book: Book) -> Entry:
    """An event that can be recorded: the facts that it carries, and how it counts."""
    pathway = book.pathway
    ways = [f"transition {way.id}" for way in pathway.transitions if way.on == item.name]
    acts = [f"order {order.id}" for order in pathway.orders if order.act == item.name]
    return entry(
        "event",
        item.name,
        item.title,
        {
            "carries": tuple(_field(field, book) for field in item.fields),
            "fields": tuple(field.fact + (" (required)" if field.required else "") for field in item.fields),
            "counts": tuple(_counts(item, book)),
            "records": book.titles(item.records),
            "replaces": "the whole report of this kind before it" if item.replaces else "",
            "authority": None if item.authority is None else book.words(item.authority.when),
            "rest absent": book.titles(item.rest_absent[1]) if item.rest_absent else (),
            "rest absent where": item.rest_absent[0] if item.rest_absent else "",
            "last": "after all other events of the same moment" if item.last else "",
            "ways": book.rules(ways),
            "acts": book.rules(acts),
            "rules": book.rules([*ways, *acts]),
        },
        item.cites,
    )


def _field(item: EventField, book: Book) -> str:
    default = "" if item.default is None else f"else {book.pathway.fact(item.fact).write(item.default)}"
    about = joined(("required" if item.required else "", default, "of this event alone" if item.own else ""), ", ")
    return book.pathway.title_of(item.fact) + (f" ({about})" if about else "")


def _counts(item: EventType, book: Book) -> list[Phrase]:
    """How an event counts, in sentences."""
    sentences = []
    if item.records:
        sentences.append(filled("Records: {}.", joined(book.titles(item.records), ", ")))
    if item.replaces:
        sentences.append(
            phrase("Replaces the whole report of its kind before it: what it does not give is unknown again.")
        )
    if item.authority is not None:
        section = Term("section", "who-may-replace-a-report", "who may replace a report")
        sentences.append(filled("That only with authority: see {}.", section))
    if item.rest_absent is not None:
        where, rest = item.rest_absent
        lead = joined(book.titles([where]), "").capital()
        sentences.append(filled("{}: then absent, if not given: {}.", lead, joined(book.titles(rest), ", ")))
    if item.parts is not None:
        sentences += _of_whole(item.parts, book)
    if (counted := item.counted_by) is not None:
        who, flag = book.titles([counted.who]), book.titles([counted.flag])
        whom = " or ".join(book.pathway.fact(counted.who).write(option) for option in counted.whom)
        lead = joined(book.titles(counted.fields), " and ").capital()
        words = "{}: counts only where {} is " + whom + "; else it is kept, and {}."
        sentences.append(filled(words, lead, *who, *flag))
    if item.flags_held:
        sentences.append(filled("Says whether {}.", *book.titles([item.flags_held])))
    if item.last:
        sentences.append(phrase("Folded after all other events of the same moment."))
    return sentences


def _of_whole(item: PartsOf, book: Book) -> list[Phrase]:
    """When a part of a report does not count."""
    (whole,), parts = book.titles([item.whole]), joined(book.titles(item.parts), " or ")
    by, alone = str(item.percent), book.pathway.fact(item.whole).write(item.alone)
    return [
        filled("Held back where it is more than {} of the same report by over {} %: {}.", whole, by, parts),
        filled("Held back above {} in a report without {}: {}.", alone, whole, parts),
    ]


def fact(item: Fact, book: Book) -> Entry:
    """A fact: its values, units, plausible range and codes, and the reason to keep it if no rule reads it."""
    return entry(
        "fact",
        item.name,
        item.title,
        {
            "takes": tuple(_takes(item)),
            "unread": item.unread,
            "users": tuple(map(book.owner, book.users.get(item.name, ()))),
            "units": tuple(map(_unit, item.units)) if isinstance(item, Quantity) else (),
            "loinc": tuple(_loinc(item)),
            "carried by": tuple(kind.title for kind in book.pathway.events if _carries(kind, item.name)),
        },
        item.cites,
    )


def _carries(kind: EventType, name: str) -> bool:
    raised = kind.authority.raises if kind.authority is not None else ""
    return name in {*(item.fact for item in kind.fields), *kind.records, kind.flags_held, raised}


def _takes(fact: Fact) -> list[Phrase]:
    match fact:
        case Quantity():
            unit = filled("an amount in {}", Words(fact.unit, code=True))
            amount = phrase("a fraction without unit") if fact.unit == _NO_UNIT else unit
            return [amount + f", plausible {_range(fact.plausible)}"]
        case Flag():
            return [phrase("yes or no")]
        case Text():
            return [phrase("words")]
        case Choice():
            options = [f"one of: {', '.join(map(fact.write, fact.options))}"]
            if fact.no_result:
                options.append(f"no result: {', '.join(map(fact.write, fact.no_result))}")
            for option, others in fact.yields:
                options.append(f"{fact.write(option)} never overwrites {', '.join(others)}")
            return list(map(phrase, options))


def _range(bounds: tuple[Decimal, Decimal]) -> str:
    low, high = bounds
    return f"{written(low)} to {written(high)}"


def _unit(unit: AcceptedUnit) -> Phrase:
    """An accepted unit, and how its number becomes the canonical one."""
    number = f"({_signed(unit)})" if unit.offset else "x"
    times = f" * {written(unit.factor)}" if unit.factor != 1 else ""
    by = f" / {written(unit.divisor)}" if unit.divisor != 1 else ""
    becomes = "the same" if number + times + by == "x" else f"{number}{times}{by}"
    plausible = f", plausible {_range(unit.plausible)}" if unit.plausible is not None else ""
    return phrase(Words(unit.code, code=True), f": {becomes}{plausible}")


def _signed(unit: AcceptedUnit) -> str:
    return f"x - {written(-unit.offset)}" if unit.offset < 0 else f"x + {written(unit.offset)}"


def _loinc(fact: Fact) -> list[Phrase]:
    """The LOINC codes of a fact; codes for another unit than the canonical one name that unit."""
    if not isinstance(fact, Quantity):
        return [phrase(", ".join(fact.loinc))]
    return [
        phrase(", ".join(unit.loinc), *((" in ", Words(unit.code, code=True)) if unit.code != fact.unit else ()))
        for unit in fact.accepted()
        if unit.loinc
    ]
