"""Whether what a pathway says about the door is well formed: bare numbers, parts and wholes, spellings."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pathway.model.facts import Choice, Flag, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.model.events import CountedBy, EventType
    from pathway.model.part_and_whole import PartsOf
    from pathway.model.parts import Parts

DOORS = (0, 1)
"""The ways in which amounts are read: as in version 0.1, or by the table of `pathway.door`."""


def entry_faults(pathway: Parts) -> Iterator[str]:
    """Every fault of what is read at the door."""
    if type(pathway.door) is not int or pathway.door not in DOORS:
        yield f"pathway: door is {pathway.door!r}; write 0 or 1"
    for kind in pathway.events:
        if kind.parts is not None:
            yield from _parts_faults(kind, kind.parts, pathway)
        if kind.counted_by is not None:
            yield from _counting_faults(kind, kind.counted_by, pathway)
    for fact in pathway.facts:
        if isinstance(fact, Quantity) and fact.bare_to is not None:
            low, high = fact.plausible
            if not fact.bare_to.is_finite() or not low <= fact.bare_to <= high:
                yield f"fact {fact.name}: bare_to is not within the plausible range"
        elif isinstance(fact, Choice):
            yield from _spelling_faults(fact)


def _parts_faults(kind: EventType, parts: PartsOf, pathway: Parts) -> Iterator[str]:
    owner = f"event {kind.name}: parts"
    fields = {field.fact for field in kind.fields}
    if not parts.parts or parts.whole in parts.parts or len(set(parts.parts)) < len(parts.parts):
        yield f"{owner}: name the parts, each once, and not the whole"
    whole = pathway.facts_by_name.get(parts.whole)
    for name in dict.fromkeys((parts.whole, *parts.parts)):
        fact = pathway.facts_by_name.get(name)
        if name not in fields:
            yield f"{owner}: '{name}' is no field of the event"
        elif not isinstance(fact, Quantity):
            yield f"{owner}: {name} is no quantity"
        elif isinstance(whole, Quantity) and fact.unit != whole.unit:
            yield f"{owner}: {name} is in {fact.unit}, and its whole in {whole.unit}"
    if type(parts.percent) is not int or parts.percent < 0:
        yield f"{owner}: percent is {parts.percent!r}; write a whole number from 0 on"
    if not parts.alone.is_finite():
        yield f"{owner}: alone is no number"


def _counting_faults(kind: EventType, counted: CountedBy, pathway: Parts) -> Iterator[str]:
    owner = f"event {kind.name}: counted_by"
    fields = {field.fact for field in kind.fields}
    who, flag = pathway.facts_by_name.get(counted.who), pathway.facts_by_name.get(counted.flag)
    for name in (counted.who, *counted.fields):
        if name not in fields:
            yield f"{owner}: '{name}' is no field of the event"
    if not isinstance(who, Choice):
        yield f"{owner}: {counted.who} is no choice"
    elif not counted.whom or not set(counted.whom) <= set(who.options):
        yield f"{owner}: whom is {', '.join(counted.whom) or 'nobody'}; {counted.who} is {', '.join(who.options)}"
    if not counted.fields or counted.who in counted.fields:
        yield f"{owner}: name the fields that count, and not who says them"
    if not isinstance(flag, Flag) or counted.flag in fields or counted.flag in kind.records:
        yield f"{owner}: {counted.flag} is no flag of its own"


def _spelling_faults(choice: Choice) -> Iterator[str]:
    written = Counter(spelling for spelling, _ in choice.spellings)
    for spelling, option in choice.spellings:
        if option not in choice.options:
            yield f"fact {choice.name}: '{spelling}' is a spelling of '{option}', which is no option"
        if spelling in choice.options:
            yield f"fact {choice.name}: '{spelling}' is an option and no other spelling"
        if written[spelling] > 1:
            yield f"fact {choice.name}: '{spelling}' is a spelling of several options"
