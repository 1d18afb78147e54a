"""What a derived fact computes, in words, and the reported facts behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from pathway.model.derived import Captured, Clock, Derived, Excess, Grade, Held, Latched, Product, Settled
from pathway.model.guards import leaves
from pathway.model.units import written
from pathway.model.words import amount, in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathway.model.guards import Guard
    from pathway.model.pathway import Pathway


def derived_in_words(one: Derived, pathway: Pathway) -> str:
    """Whole sentences: what it is, how long it lasts, when it is unknown."""
    match one:
        case Clock():
            counted = "Completed calendar months since birth" if one.counts == "age" else "Calendar days in this state"
            return f"{counted} ({one.unit}), from the time that is passed in. Never unknown."
        case Latched():
            lasts = "stays true for good" if one.for_good else "stays true for the episode"
            ends = ", ".join(pathway.event_type(name).title for name in one.cleared_by)
            until = f", or until the event: {ends}." if ends else "."
            return (
                f"True once: {in_words(one.when, pathway)}. From then on it {lasts}{until} "
                "Until then it is what that is: false or unknown."
            )
        case Held():
            ends = ", ".join(pathway.event_type(name).title for name in one.restarted_by)
            anew = f" Begins anew with the event: {ends}." if ends else ""
            return (
                f"{_reading(one, pathway)} or more in readings at least {one.minutes} minutes apart, with none lower "
                f"between. Unknown while such a span has begun and is shorter; never counted from a reading to now."
                f"{anew}"
            )
        case Settled():
            limit = _reading(one, pathway, "below ")
            return f"{limit}, {one.minutes} minutes or more after the last reading not below it."
        case Captured():
            how = {
                "value": "as it stands then",
                "highest_of_day": "the highest of the episode up to the end of that day, else the next one reported",
            }[one.how]
            unit = f" ({one.unit})" if one.unit else ""
            entered = pathway.state(one.entering).title
            return f"{_capital(pathway.title_of(one.of))}{unit} when the episode first enters {entered}: {how}."
        case Product():
            left, right = (pathway.title_of(name) for name in (one.left, one.right))
            return (
                f"{_capital(one.words)}: {left} x {right} x {written(one.factor)}, in {pathway.unit_of(one.fact)}, "
                "where it was not reported itself."
            )
        case Excess():
            parts = " and ".join(pathway.title_of(name) for name in one.parts)
            whole = pathway.title_of(one.whole)
            return f"{_capital(parts)} of one report add up to more than {whole} by over {one.percent} %."
        case Grade():
            return f"For display only. {_capital(pathway.title_of(one.fact))}: {_bands(one, pathway)}."
        case _:
            assert_never(one)


def _reading(one: Held | Settled, pathway: Pathway, lead: str = "") -> str:
    return f"{_capital(pathway.title_of(one.fact))} {lead}{amount(one.fact, one.limit, pathway)}"


def _bands(one: Grade, pathway: Pathway) -> str:
    said, floor = [], ""
    for limit, word in one.bands:
        top = amount(one.fact, limit, pathway)
        said.append(f"{word} {f'from {floor} to below' if floor else 'below'} {top}")
        floor = top
    return ", ".join([*said, f"{one.last} from {floor} to below the lower limit for age"])


def _capital(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"


def facts_behind(guard: Guard, pathway: Pathway) -> set[str]:
    """The facts of reports that a guard rests on, those behind derived facts included. Clocks have none."""
    return _behind((leaf.fact for leaf in leaves(guard)), pathway)


def _behind(names: Iterable[str], pathway: Pathway) -> set[str]:
    found: set[str] = set()
    for name in names:
        match pathway.derived_by_name.get(name):
            case Latched() as one:
                found |= facts_behind(one.when, pathway)
            case Held() | Settled() | Grade() as one:
                found.add(one.fact)
            case Captured() as one:
                found |= _behind((one.of,), pathway)
            case Excess() as one:
                found |= {*one.parts, one.whole}
            case Clock():
                pass
            case Product() | None:
                found.add(name)
            case unmatched:
                assert_never(unmatched)
    return found
