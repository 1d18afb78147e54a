"""The effect of unknown facts on a rule, in words: which parts must be known, may stay open, or count as not shown.

A part is open while its truth is unknown.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, assert_never

from attrs import evolve, frozen

from pathway.model.assumed import Truth, assumed_truth
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
    Leaf,
    Named,
    Not,
    OneOf,
    Shown,
    Within,
    parts_of,
    walk,
)
from pathway.model.phrase import Phrase, joined, phrase
from pathway.model.words import in_words, phrase_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pathway.model.pathway import Pathway

NEVER_OPEN = "Nothing here can be open."
_ANY: frozenset[Truth] = frozenset({True, False, None})
_DECIDED: frozenset[Truth] = frozenset({True, False})
_MOST_READINGS = 250
_STANDS_FOR: dict[Truth, Guard] = {truth: IsTrue(f"is {truth}") for truth in (True, False, None)}
"""A leaf for each truth, so that a connective can be asked about truths alone."""
_ASSUMED: dict[Guard, Truth] = {leaf: truth for truth, leaf in _STANDS_FOR.items()}


@frozen
class Openness:
    """The parts of a guard that can be open, by the effect that this has.

    `blocks`: while it is open the guard is not true, whatever else holds. `alternatives`: the guard can be true by
    something else. `not_shown`: read inside `shown`, so that open counts as not shown. `holds`: a named condition that
    is true while all its facts are unknown, because it reads them inside `shown`.
    """

    blocks: tuple[Guard, ...]
    alternatives: tuple[Guard, ...]
    not_shown: tuple[Guard, ...]
    holds: tuple[Guard, ...]


def openness_of(guard: Guard, pathway: Pathway) -> Openness:
    """The parts of a guard that can be open. Named conditions are parts; the parts inside them are not listed."""
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


def unknown_phrase(guard: Guard, pathway: Pathway, undone: str) -> Phrase:
    """The effect of missing facts on a rule. `undone` names what does not happen meanwhile: "not taken"."""
    found = openness_of(guard, pathway)
    sentences = []
    for lead, parts in (
        (f"{undone[0].upper()}{undone[1:]} while open", found.blocks),
        ("An alternative does not count while open", found.alternatives),
        ("Open counts as not shown", found.not_shown),
        ("Holds even while open", found.holds),
    ):
        if parts:
            words = {in_words(part, pathway): phrase_of(part, pathway) for part in parts}
            sentences.append(phrase(f"{lead}: ", joined(words.values(), "; "), "."))
    return joined(sentences, " ") or phrase(NEVER_OPEN)


def _parts(guard: Guard, *, within: bool) -> Iterator[tuple[Guard, bool]]:
    """The leaves and named conditions of a guard, and whether they are read inside `shown`."""
    match guard:
        case Shown():
            yield from _parts(guard.of, within=True)
        case Not() | All() | AnyOf() | AtLeast():
            for part in parts_of(guard):
                yield from _parts(part, within=within)
        case Compare() | OneOf() | IsTrue() | Known() | Below() | Within() | InState() | InForce() | Named():
            yield guard, within
        case _:
            assert_never(guard)


def _can_be_open(part: Guard, pathway: Pathway) -> bool:
    """Whether a guard can be unknown. A guard that is neither a leaf nor a named condition always can."""
    match part:
        case Known() | InState() | InForce():
            return False
        case Compare():
            return not isinstance(pathway.derived_by_name.get(part.fact), Clock)
        case Named():
            if None not in _possible(part.of, None, pathway):
                return False
            return not _reads_shown(part) or None in _readings(part.of, pathway)
        case OneOf() | IsTrue() | Below() | Within() | Not() | All() | AnyOf() | AtLeast() | Shown():
            return True
        case _:
            assert_never(part)


def _possible(guard: Guard, blank: Guard | None, pathway: Pathway) -> frozenset[Truth]:
    """Every truth that a guard can have while its part `blank` is open; None: while no part in particular is open.

    Parts are taken as independent of one another. So the answer may have a truth too many, but none is missing.
    """
    match guard:
        case Not() | Shown() | All() | AnyOf() | AtLeast():
            return _combined(guard, [_possible(part, blank, pathway) for part in parts_of(guard)])
        case Compare() | OneOf() | IsTrue() | Known() | Below() | Within() | InState() | InForce() | Named():
            if guard == blank:
                return frozenset({None})
            return _ANY if _can_be_open(guard, pathway) else _DECIDED
        case _:
            assert_never(guard)


def _combined(guard: Not | Shown | All | AnyOf | AtLeast, inside: Iterable[frozenset[Truth]]) -> frozenset[Truth]:
    """The truths of a guard over parts that do not depend on one another, part by part.

    Only how many parts are true and how many false matters, so every count is tried once.
    """
    found: set[tuple[int, int]] = {(0, 0)}
    count = 0
    for truths in inside:
        count += 1
        found = {(yes + (truth is True), no + (truth is False)) for yes, no in found for truth in truths}
    return frozenset(_counted(guard, (True,) * yes + (False,) * no + (None,) * (count - yes - no)) for yes, no in found)


def _counted(guard: Not | Shown | All | AnyOf | AtLeast, truths: tuple[Truth, ...]) -> Truth:
    """The truth of the guard's connective over parts with these truths."""
    parts = tuple(_STANDS_FOR[truth] for truth in truths)
    joined = evolve(guard, of=parts[0]) if isinstance(guard, Not | Shown) else evolve(guard, of=parts)
    return assumed_truth(joined, _ASSUMED)


def _readings(guard: Guard, pathway: Pathway) -> frozenset[Truth]:
    """Every truth of a condition over all readings of its leaves; `_ANY` where there are too many to try."""
    leaves = list(dict.fromkeys(_leaves(guard)))
    choices = [tuple(_ANY if _can_be_open(leaf, pathway) else _DECIDED) for leaf in leaves]
    count = 1
    for truths in choices:
        count *= len(truths)
    if count > _MOST_READINGS:
        return _ANY
    return frozenset(assumed_truth(guard, dict(zip(leaves, values, strict=True))) for values in product(*choices))


def _leaves(guard: Guard) -> Iterator[Guard]:
    """The leaves of a guard, states and advice among them."""
    return (node for node in walk(guard) if isinstance(node, Leaf | InState | InForce))


def _reads_shown(guard: Guard) -> bool:
    return isinstance(guard, Shown) or any(_reads_shown(part) for part in parts_of(guard))


def _when_nothing_is_known(guard: Guard) -> Truth:
    """The truth of a condition while every fact that it reads is unknown."""
    truths: dict[Guard, Truth] = {
        leaf: False if isinstance(leaf, Known) else None for leaf in dict.fromkeys(_leaves(guard))
    }
    return assumed_truth(guard, truths)
