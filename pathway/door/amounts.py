"""Amounts as people and laboratories write them, read to the canonical unit or held with every reading.

Rows A1 to A4 of pathway 0.2: what can be read in two ways is not counted, and both readings are shown.
"""

from __future__ import annotations

import re
from decimal import Decimal
from math import isfinite
from typing import TYPE_CHECKING

from attrs import frozen

from pathway.door.doubts import LONGEST_TEXT, Doubt, doubt, one_line, quoted, too_long
from pathway.door.numbers import BLANKS, DIGITS, TOKEN, Numbers, Unreadable, read_numbers
from pathway.door.ways import Way, doubled, outside, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathway.door.scale import Accepted, Scale

_USUAL = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,2})?").fullmatch
_WHOLE = re.compile(r"[0-9]{1,15}").fullmatch
_BOUNDS = {"": "", "<": "<", "<=": "<", "≤": "<", ">": ">", ">=": ">", "≥": ">"}
_BOUND = re.compile(r"(?:<=|>=|[<>≤≥])?")
_GLUED_TEN = re.compile(r"(?P<number>.*?) ?(?P<unit>10[eE][369] ?/.*)")
"""`2.510e3/uL` may be 2.5 with the unit 10e3/uL, its blank lost."""
_LOST_RAISING = re.compile(rf"(?P<number>.+)[{BLANKS}](?P<unit>10(?P<power>[369]) ?/.*)")
"""`5 103/uL` may be 5 with the unit 10^3/uL, its raised digit lost in copying."""
_UNRAISED = re.compile(r"[xX×*·⋅]? ?10 ?(?P<power>[369]) ?(?P<rest>/.*)")


@frozen(slots=False)  # a third faster to make, and one is made of every amount
class Amount:
    """An amount in the canonical unit.

    `bound` is "<" where the value is at most this, ">" where it is at least this, else "". `printed` is the text as it
    was typed. `said` tells how it was read, and is "" where nobody would read it otherwise.
    """

    value: Decimal
    bound: str
    printed: str
    said: str


def read_amount(text: str, scale: Scale) -> Amount | Doubt:
    """What a text says of a quantity. Never raises for a text."""
    number, _, code = text.partition(" ")
    unit = scale.by_spelling.get(code)
    if unit is not None and not unit.told and (_WHOLE if unit.per_cell else _USUAL)(number):
        typed = Decimal(number)
        value = unit.to_canonical(typed)
        if unit.low <= (typed if unit.in_unit else value) <= unit.high:
            return Amount(value, "", text, "")
    return _read_slowly(text, scale)


def is_bare(text: str) -> bool:
    """Whether a text is a number, or a bound, without a unit."""
    rest = text.strip()
    sign = _BOUND.match(rest)
    assert sign is not None
    return TOKEN.fullmatch(rest[sign.end() :].strip()) is not None


def read_measured(value: float | Decimal, unit: str, scale: Scale, comparator: str = "") -> Amount | Doubt:
    """What a number that was typed as a number says, as in FHIR or in a column. It has one reading.

    `unit` is spelled as in a text, and "" where there is none. `comparator` is that of FHIR: <, <=, >=, >. Never
    raises for a value from outside.
    """
    printed = one_line(f"{comparator[:9]}{_brief(value)} {unit[:LONGEST_TEXT]}")
    number = _exactly(value)
    if number is None:
        return doubt(printed, f"{quoted(printed)} is not an amount; write for example {scale.example()}")
    if comparator not in _BOUNDS:
        known = ", ".join(filter(None, _BOUNDS))
        return doubt(printed, f"{quoted(printed)}: the comparator is none of {known}")
    bound, numbers = _BOUNDS[comparator], Numbers((number,))
    if not unit.strip():
        return _without_unit(printed, bound, numbers, scale, whole=True)
    accepted = scale.accepted(unit) if len(unit) <= LONGEST_TEXT else None
    if accepted is None:
        return _unknown_unit(printed, unit, scale)
    return _with_unit(printed, bound, numbers, accepted, scale, whole=True)


def _read_slowly(text: str, scale: Scale) -> Amount | Doubt:
    """As `read_amount`, of every text."""
    if len(text) > LONGEST_TEXT:
        return too_long(text, scale.example())
    printed = one_line(text)
    sign = _BOUND.match(text.strip())
    assert sign is not None
    rest = sign.string[sign.end() :].strip()
    token = TOKEN.match(rest)
    if token is None:
        return doubt(printed, _no_number(printed, scale))
    numbers = read_numbers(token[0])
    if isinstance(numbers, Unreadable):
        return doubt(printed, f"{numbers.reason}; write for example {scale.example()}")
    bound, unit = _BOUNDS[sign[0]], rest[token.end() :].strip()
    if not unit:
        return _without_unit(printed, bound, numbers, scale)
    accepted = scale.accepted(unit)
    if accepted is None:
        return _unknown_unit(printed, unit, scale)
    return _with_unit(printed, bound, numbers, accepted, scale, others=_other_splits(rest, token[0], bound, scale))


def _no_number(printed: str, scale: Scale) -> str:
    if any(sign.isdigit() and not sign.isascii() for sign in printed):
        return f"{quoted(printed)} has digits other than 0 to 9; write for example {scale.example()}"
    return f"{quoted(printed)} is not an amount; write for example {scale.example()}"


def _other_splits(text: str, token: str, bound: str, scale: Scale) -> list[Way]:
    """The ways to read a text whose unit may begin earlier than it seems to."""
    ways = []
    for pattern in (_GLUED_TEN, _LOST_RAISING):
        if (found := pattern.fullmatch(text)) is None or found["number"] == token:
            continue
        unit = found["unit"] if pattern is _GLUED_TEN else f"10^{found['power']}{found['unit'][3:]}"
        accepted = scale.accepted(unit)
        numbers = read_numbers(found["number"]) if found["number"] else Numbers((Decimal(1),))
        if accepted is not None and isinstance(numbers, Numbers):
            ways += [Way.of(number, bound, accepted) for number in numbers.readings]
    return ways


def _with_unit(
    printed: str, bound: str, numbers: Numbers, unit: Accepted, scale: Scale, *, others: Sequence[Way] = (),
    whole: bool = False,
) -> Amount | Doubt:  # fmt: skip
    """An amount whose unit is known. `whole` lets a count of cells be no whole number.

    Between two readings the bound of a bare number decides, then the plausible range; for single cells only the range.
    """
    ways = [Way.of(number, bound, unit) for number in numbers.readings]
    broken = unit.per_cell and not whole and not all(way.whole for way in ways)
    if broken and len(ways) == 1 and scale.thousands is not None:
        ways.append(Way.of(ways[0].number, bound, scale.thousands))
    ways += others
    plausible = [way for way in ways if way.plausible]
    if not plausible:
        return doubt(printed, outside(ways, scale))
    chosen = plausible
    if scale.bare_to is not None and not unit.per_cell and not others:
        chosen = [way for way in plausible if way.amount <= scale.bare_to] or plausible
    if broken or len({way.amount for way in chosen}) > 1:
        return doubled(printed, plausible if broken else chosen, scale)
    return _read(printed, bound, numbers, chosen[0], [way for way in ways if way not in chosen])


def _without_unit(printed: str, bound: str, numbers: Numbers, scale: Scale, *, whole: bool = False) -> Amount | Doubt:
    """A number without a unit: canonical up to the bound of the quantity, else held with every plausible unit (A4)."""
    canonical = [Way.of(number, bound, scale.canonical) for number in numbers.readings]
    bare_to = scale.bare_to
    believed = bare_to is not None and any(way.plausible and way.amount <= bare_to for way in canonical)
    if believed or scale.unit == "1":
        return _with_unit(printed, bound, numbers, scale.canonical, scale, whole=whole)
    in_any_unit = [
        way for unit in scale.by_code.values() for number in numbers.readings
        if (way := Way.of(number, bound, unit)).plausible
    ]  # fmt: skip
    if bare_to is None:
        held = doubled(printed, in_any_unit, scale)
        return doubt(printed, f"{quoted(printed)} has no unit; accepted: {scale.codes()}", held.readings)
    if not in_any_unit or any(way.amount <= bare_to for way in canonical):
        return doubt(printed, outside(canonical, scale))
    return doubled(printed, in_any_unit, scale, tail="Write the unit")


def _read(printed: str, bound: str, numbers: Numbers, way: Way, dropped: Sequence[Way]) -> Amount:
    return Amount(way.amount, bound, printed, "" if numbers.plain and not way.unit.told else said(way, dropped))


def _unknown_unit(printed: str, unit: str, scale: Scale) -> Doubt:
    """The doubt of a unit that is not accepted. A power of ten whose raised digit was lost is named."""
    line = f"unit {quoted(one_line(unit))} is not accepted; accepted: {scale.codes()}"
    if lost := _UNRAISED.fullmatch(one_line(unit)):
        meant = f"10^{lost['power']}{lost['rest']}"
        if scale.accepted(meant) is not None:
            return doubt(printed, f"{line}. Is it {meant}? Write it so")
    return doubt(printed, line)


def _exactly(value: object) -> Decimal | None:
    """A finite number of few enough digits, exactly as it is written; None of anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return None
    if isinstance(value, int):
        return Decimal(value) if abs(value) < 10**DIGITS else None
    if isinstance(value, float):
        if not isfinite(value):
            return None
        value = Decimal(float.__repr__(value))  # not repr: that of a NumPy float names its type
    if not value.is_finite() or len(value.as_tuple().digits) > DIGITS:
        return None
    if not value:
        return Decimal(0)
    return value if abs(value.adjusted()) <= DIGITS else None


def _brief(value: object) -> str:
    """A number as a text that is never long."""
    if isinstance(value, int) and abs(value) >= 10**DIGITS:
        return f"a number of more than {DIGITS} digits"
    return str(value)[:LONGEST_TEXT]
