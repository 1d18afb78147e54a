"""What unknown does to a rule, in words: what must be known first, what may stay open, where open counts as not shown.

"Open" is said of a part whose truth is unknown.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, TypeAlias, assert_never

from attrs import frozen

from pathway.model.derived import Clock
from pathway.model.guards import (
    All,
    AnyOf,
    AtLeast,
    Below,
    Compare,
    Guard,
    InForce,
    InState,
    IsTrue,
    Known,
    Named,
    Not,
    OneOf,
    Shown,
    Within,
    parts_of,
)
from pathway.model.words import in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pathway.model.pathway import Pathway

Truth: TypeAlias = bool | None
NEVER_OPEN = "Nothing here can be open."
_ANY: frozenset[Truth] = frozenset({True, False, None})
_DECIDED: frozenset[Truth] = frozenset({True, False})
_MOST_READINGS = 250


@frozen
class Openness:
    """The parts of a guard that can be open, by what that does.

    `blocks`: while it is open the guard is not true, whatever else holds. `alternatives`: the guard can be true by
    something else. `not_shown`: read inside `shown`, so that open counts as not shown. `holds`: a named condition that
    is true while all its facts are unknown, because it reads them inside `shown`.
    """

    blocks: tuple[Guard, ...]
    alternatives: tuple[Guard, ...]
    not_shown: tuple[Guard, ...]
    holds: tuple[Guard, ...]


def openness_of(guard: Guard, pathway: Pathway) -> Openness:
    """What can be open in a guard, and what that does to it; named conditions are parts, and not looked into."""
    blocks, alternatives, not_shown, holds = (dict[Guard, None]() for _ in range(4))
    for part, inside in _parts(guard, within=False):
        if _can_be_open(part, pathway):
            if inside:
                not_shown[part] = None
            elif True in _possible(guard, part, pathway):
                alternatives[part] = None
            else:
                blocks[part] = None
        elif isinstance(part, Named) and _reads_shown(part) and _when_nothing_is_known(part.of):
            holds[part] = None
    return Openness(tuple(blocks), tuple(alternatives), tuple(not_shown), tuple(holds))


def unknown_in_words(guard: Guard, pathway: Pathway, undone: str) -> str:
    """What missing facts do to a rule. `undone` is what stays undone while its guard is open: "not taken"."""
    found = openness_of(guard, pathway)
    said = []
    for lead, parts in (
        (f"{undone[0].upper()}{undone[1:]} while open", found.blocks),
        ("An alternative does not count while open", found.alternatives),
        ("Open counts as not shown", found.not_shown),
        ("Holds even while open", found.holds),
    ):
        words = dict.fromkeys(in_words(part, pathway) for part in parts)
        if words:
            said.append(f"{lead}: {'; '.join(words)}.")
    return " ".join(said) or NEVER_OPEN


def _parts(guard: Guard, *, within: bool) -> Iterator[tuple[Guard, bool]]:
    """The leaves and named conditions of a guard, and whether they are read inside `shown`."""
    match guard:
        case Shown():
            yield from _parts(guard.of, within=True)
        case Not() | All() | AnyOf() | AtLeast():
            for part in parts_of(guard):
                yield from _parts(part, within=within)
        case _:
            yield guard, within


def _can_be_open(part: Guard, pathway: Pathway) -> bool:
    match part:
        case Known() | InState() | InForce():
            return False
        case Compare():
            return not isinstance(pathway.derived_by_name.get(part.fact), Clock)
        case Named():
            if None not in _possible(part.of, None, pathway):
                return False
            return not _reads_shown(part) or None in _readings(part.of, pathway)
        case _:
            return True


def _possible(guard: Guard, blank: Guard | None, pathway: Pathway) -> frozenset[Truth]:
    """What the guard can be while one of its parts is open (or none in particular), the others as they like.

    Parts are taken as independent of one another, so the answer may hold a truth too many, never one too few.
    """
    match guard:
        case Not() | Shown():
            return frozenset(_joined(guard, [one]) for one in _possible(guard.of, blank, pathway))
        case All() | AnyOf() | AtLeast():
            return _combined(guard, [_possible(part, blank, pathway) for part in guard.of])
        case _ if guard == blank:
            return frozenset({None})
        case _:
            return _ANY if _can_be_open(guard, pathway) else _DECIDED


def _combined(guard: All | AnyOf | AtLeast, inside: Iterable[frozenset[Truth]]) -> frozenset[Truth]:
    """The truths of a guard over parts that do not depend on one another, part by part."""
    found: set[tuple[int, int]] = {(0, 0)}
    count = 0
    for truths in inside:
        count += 1
        found = {(yes + (one is True), no + (one is False)) for yes, no in found for one in truths}
    return frozenset(_counted(guard, yes, no, count) for yes, no in found)


def _counted(guard: All | AnyOf | AtLeast, yes: int, no: int, count: int) -> Truth:
    wanted = {All: count, AnyOf: 1}.get(type(guard), getattr(guard, "n", 0))
    return True if yes >= wanted else False if count - no < wanted else None


def _readings(guard: Guard, pathway: Pathway) -> frozenset[Truth]:
    """What a condition can be over all readings of its leaves; `_ANY` where there are too many to try."""
    leaves = list(dict.fromkeys(_leaves(guard)))
    choices = [tuple(_ANY if _can_be_open(leaf, pathway) else _DECIDED) for leaf in leaves]
    count = 1
    for one in choices:
        count *= len(one)
    if count > _MOST_READINGS:
        return _ANY
    return frozenset(_truth(guard, dict(zip(leaves, values, strict=True))) for values in product(*choices))


def _leaves(guard: Guard) -> Iterator[Guard]:
    inside = parts_of(guard)
    if not inside and not isinstance(guard, All | AnyOf):
        yield guard
    for part in inside:
        yield from _leaves(part)


def _truth(guard: Guard, values: Mapping[Guard, Truth]) -> Truth:
    inside = parts_of(guard)
    if inside or isinstance(guard, All | AnyOf):
        return _joined(guard, [_truth(part, values) for part in inside])
    return values[guard]


def _joined(guard: Guard, inside: list[Truth]) -> Truth:
    match guard:
        case Not():
            return None if inside[0] is None else not inside[0]
        case Shown():
            return inside[0] is True
        case Named():
            return inside[0]
        case All() | AnyOf() | AtLeast():
            return _counted(guard, inside.count(True), inside.count(False), len(inside))
        case Compare() | OneOf() | IsTrue() | Known() | Below() | Within() | InState() | InForce():
            raise AssertionError(guard)
        case _:
            assert_never(guard)


def _reads_shown(guard: Guard) -> bool:
    return isinstance(guard, Shown) or any(_reads_shown(part) for part in parts_of(guard))


def _when_nothing_is_known(guard: Guard) -> Truth:
    """The truth of a condition while every fact that it reads is unknown."""
    values: dict[Guard, Truth] = {
        leaf: False if isinstance(leaf, Known) else None for leaf in dict.fromkeys(_leaves(guard))
    }
    return _truth(guard, values)
