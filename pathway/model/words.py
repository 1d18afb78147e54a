"""Guards in words, for diagrams, the rulebook and explanations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from pathway.model.derived import AtMost, Captured, Clock
from pathway.model.facts import Choice, Quantity
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
    Scope,
    Shown,
    Within,
)
from pathway.model.phrase import EMPTY, Part, Phrase, Term, joined, phrase
from pathway.model.units import written
from pathway.model.values import Bound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pathway.model.pathway import Pathway

_NEGATED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_SUFFIX: dict[Scope, str] = {"episode": "", "report": " in this report", "latest": " (latest known)"}
_NUMBERED = re.compile(r"(\S*?)(\d+)")


def in_words(guard: Guard, pathway: Pathway, *, unfold: bool = False) -> str:
    """The guard in plain words. `unfold` writes the parts of named conditions instead of their titles."""
    return str(phrase_of(guard, pathway, unfold=unfold))


def phrase_of(guard: Guard, pathway: Pathway, *, unfold: bool = False) -> Phrase:
    """The guard in words, with its facts and named conditions as terms."""
    return _phrase(guard, pathway, unfold, outer=True)


def title(name: str, pathway: Pathway) -> Term:
    """A fact or derived fact by its title."""
    kind = "fact" if name in pathway.facts_by_name else "derived"
    return Term(kind, name, pathway.title_of(name))


def titles(names: Iterable[str], pathway: Pathway) -> Phrase:
    """Facts and derived facts by their titles."""
    return joined((title(name, pathway) for name in names), ", ")


def cited_in_words(cites: Iterable[str]) -> str:
    """Citations in brackets: "[A12 A46-A51 B34]".

    Three or more consecutive numbers after the same letters become a range. Ids of several words are separated by
    commas.
    """
    ids = list(cites)
    runs: list[list[str]] = []
    for cite in ids:
        if runs and _follows(runs[-1][-1], cite):
            runs[-1].append(cite)
        else:
            runs.append([cite])
    between = ", " if any(" " in cite for cite in ids) else " "
    return f"[{between.join(f'{run[0]}-{run[-1]}' if len(run) > 2 else between.join(run) for run in runs)}]"


def _follows(cite: str, following: str) -> bool:
    first, second = _NUMBERED.fullmatch(cite), _NUMBERED.fullmatch(following)
    return first is not None and second is not None and (first[1], int(first[2]) + 1) == (second[1], int(second[2]))


def amount(name: str, value: object, pathway: Pathway) -> str:
    """A value of a fact with its unit."""
    fact = pathway.fact_or_derived(name)
    match fact:
        case Quantity():
            return fact.write(value)  # type: ignore[arg-type]  # a quantity's value is an amount
        case Clock() | Captured() | AtMost():
            said = str(value) if isinstance(value, Bound) else written(value)  # type: ignore[arg-type]  # likewise
            return f"{said} {_unit(fact.unit)}"
        case Choice():
            return fact.write(str(value))
        case _:
            return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def scope_in_words(scope: Scope) -> str:
    """Where a fact is read, as it follows its title: " in this report"; nothing for the episode."""
    return _SUFFIX[scope]


def _unit(code: str) -> str:
    return {"mo": "months", "d": "days"}.get(code, code)


def _phrase(guard: Guard, pathway: Pathway, unfold: bool, *, outer: bool = False) -> Phrase:
    def inner(part: Guard) -> Phrase:
        return _phrase(part, pathway, unfold)

    match guard:
        case Compare():
            return _read(guard, pathway, f" {guard.op} {amount(guard.fact, guard.value, pathway)}")
        case OneOf():
            options = " or ".join(amount(guard.fact, option, pathway) for option in guard.options)
            return _read(guard, pathway, f" is {options}")
        case IsTrue():
            return _read(guard, pathway)
        case Known():
            return _read(guard, pathway, " is known")
        case Below():
            return _read(guard, pathway, " below the lower limit for age")
        case Within():
            return _read(guard, pathway, " within the interval for age")
        case InState():
            return phrase(f"in {_places(guard, pathway)}")
        case InForce():
            return phrase(f"advice {guard.advice.replace('_', ' ')} in force")
        case Named():
            if unfold:
                return _phrase(guard.of, pathway, unfold, outer=outer)
            condition = pathway.condition(guard.name)
            return phrase(Term("condition", guard.name, condition.title), _SUFFIX[guard.scope])
        case Shown():
            return phrase("shown: ", inner(guard.of))
        case Not():
            return _negation(guard.of, pathway, unfold)
        case All():
            if not guard.of:
                return phrase("always")
            if outer:
                return _all_of(guard, pathway, unfold, inner)
            return _in_brackets(joined(map(inner, guard.of), " and "), len(guard.of) > 1)
        case AnyOf():
            if not guard.of:
                return phrase("never")
            if outer:
                return joined(map(inner, guard.of), "; or ")
            return _in_brackets(joined(map(inner, guard.of), " or "), len(guard.of) > 1)
        case AtLeast():
            return phrase(f"at least {guard.n} of (", joined(map(inner, guard.of), ", "), ")")
        case _:
            assert_never(guard)


def _read(leaf: Leaf, pathway: Pathway, *rest: Part) -> Phrase:
    """A leaf: the title of its fact, the scope in which the fact is read, then the rest."""
    return phrase(title(leaf.fact, pathway), _SUFFIX[leaf.scope], *rest)


def _in_brackets(words: Phrase, several: bool) -> Phrase:
    return phrase("(", words, ")") if several else words


def _places(guard: InState, pathway: Pathway) -> str:
    """The states by the name of their group, else by their titles."""
    for group, members in pathway.groups:
        if len(members) > 1 and set(members) == set(guard.states):
            return f"any {group.replace('_', '-')} state"
    return " or ".join(pathway.state(name).title for name in guard.states)


def _all_of(guard: All, pathway: Pathway, unfold: bool, inner: Callable[[Guard], Phrase]) -> Phrase:
    """The parts that must be true, then the parts that must not be shown: "a, and b; unless shown: c or d".

    A condition with words of its own for its negation is among the parts that must be true.
    """
    unless = [
        part.of.of
        for part in guard.of
        if isinstance(part, Not) and isinstance(part.of, Shown) and not _negated(part.of.of, pathway, unfold)
    ]
    must = [
        part
        for part in guard.of
        if not (isinstance(part, Not) and isinstance(part.of, Shown)) or _negated(part.of.of, pathway, unfold)
    ]
    if not must or not unless:
        return joined(map(inner, guard.of), ", and ")
    return phrase(joined(map(inner, must), ", and "), "; unless shown: ", joined(map(inner, unless), ", or "))


def _negated(guard: Guard, pathway: Pathway, unfold: bool) -> Phrase:
    """The words of the definition for a condition that is not shown; empty where it has none, or is written out."""
    if unfold or not isinstance(guard, Named) or not (words := pathway.condition(guard.name).negated):
        return EMPTY
    return phrase(Term("condition", guard.name, words), _SUFFIX[guard.scope])


def _negation(guard: Guard, pathway: Pathway, unfold: bool) -> Phrase:
    match guard:
        case Shown():
            return _negated(guard.of, pathway, unfold) or phrase("not shown: ", _phrase(guard.of, pathway, unfold))
        case Compare():
            return _read(guard, pathway, f" {_NEGATED[guard.op]} {amount(guard.fact, guard.value, pathway)}")
        case Known():
            return _read(guard, pathway, " is not known")
        case Not():
            return _phrase(guard.of, pathway, unfold)
        case _:
            words = _phrase(guard, pathway, unfold)
            # "Not a with b" might be read as "not a, with b".
            several = not str(words).startswith("(") and re.search(r",| with | or | and ", str(words))
            return phrase("not ", _in_brackets(words, bool(several)))
