"""Guards in words: what a clinician reads in a diagram, a rulebook, an answer to why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from pathway.model.derived import Captured, Clock
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
    Named,
    Not,
    OneOf,
    Scope,
    Shown,
    Within,
)
from pathway.model.units import written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pathway.model.pathway import Pathway

_CONTRARY = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_SUFFIX: dict[Scope, str] = {"episode": "", "report": " in this report", "latest": " (latest known)"}


def in_words(guard: Guard, pathway: Pathway, *, unfold: bool = False) -> str:
    """The guard as a reader says it. `unfold` writes the parts of named conditions instead of their titles."""
    return _said(guard, pathway, unfold, outer=True)


def cited_in_words(cites: Iterable[str]) -> str:
    """Citations as a reader writes them: "[S12 S46-S51 N34]"; three or more in a row are one."""
    runs: list[list[str]] = []
    for one in cites:
        if runs and (runs[-1][-1][0], int(runs[-1][-1][1:]) + 1) == (one[0], int(one[1:])):
            runs[-1].append(one)
        else:
            runs.append([one])
    said = [f"{run[0]}-{run[-1]}" if len(run) > 2 else " ".join(run) for run in runs]
    return f"[{' '.join(said)}]"


def fact_title(name: str, pathway: Pathway) -> str:
    """What a fact or derived fact is called."""
    return pathway.title_of(name)


def amount(name: str, value: object, pathway: Pathway) -> str:
    """A value of a fact with its unit."""
    fact = pathway.fact_or_derived(name)
    match fact:
        case Quantity():
            return fact.write(value)  # type: ignore[arg-type]  # a quantity's value is an amount
        case Clock() | Captured():
            return f"{written(value)} {_unit(fact.unit)}"  # type: ignore[arg-type]  # likewise
        case Choice():
            return fact.write(str(value))
        case _:
            return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _unit(code: str) -> str:
    return {"mo": "months", "d": "days"}.get(code, code)


def _said(guard: Guard, pathway: Pathway, unfold: bool, *, outer: bool = False) -> str:
    def inner(part: Guard) -> str:
        return _said(part, pathway, unfold)

    match guard:
        case Compare():
            limit = amount(guard.fact, guard.value, pathway)
            return f"{fact_title(guard.fact, pathway)}{_SUFFIX[guard.scope]} {guard.op} {limit}"
        case OneOf():
            options = " or ".join(amount(guard.fact, option, pathway) for option in guard.options)
            return f"{fact_title(guard.fact, pathway)}{_SUFFIX[guard.scope]} is {options}"
        case IsTrue():
            return f"{fact_title(guard.fact, pathway)}{_SUFFIX[guard.scope]}"
        case Known():
            return f"{fact_title(guard.fact, pathway)}{_SUFFIX[guard.scope]} is known"
        case Below():
            return f"{fact_title(guard.fact, pathway)}{_SUFFIX[guard.scope]} below the lower limit for age"
        case Within():
            return f"{fact_title(guard.fact, pathway)}{_SUFFIX[guard.scope]} within the interval for age"
        case InState():
            return f"in {_places(guard, pathway)}"
        case InForce():
            return f"advice {guard.advice.replace('_', ' ')} in force"
        case Named():
            if unfold:
                return _said(guard.of, pathway, unfold, outer=outer)
            return f"{pathway.condition(guard.name).title}{_SUFFIX[guard.scope]}"
        case Shown():
            return f"shown: {inner(guard.of)}"
        case Not():
            return _contrary(guard.of, pathway, unfold)
        case All():
            if not guard.of:
                return "always"
            if outer:
                return _all_of(guard, inner)
            joined = " and ".join(map(inner, guard.of))
            return joined if len(guard.of) == 1 else f"({joined})"
        case AnyOf():
            if not guard.of:
                return "never"
            joined = "; or ".join(map(inner, guard.of)) if outer else " or ".join(map(inner, guard.of))
            return joined if outer or len(guard.of) == 1 else f"({joined})"
        case AtLeast():
            return f"at least {guard.n} of ({', '.join(map(inner, guard.of))})"
        case _:
            assert_never(guard)


def _places(guard: InState, pathway: Pathway) -> str:
    """The states by the name of their group, else by their titles."""
    for group, members in pathway.groups:
        if len(members) > 1 and set(members) == set(guard.states):
            return f"any {group.replace('_', '-')} state"
    return " or ".join(pathway.state(name).title for name in guard.states)


def _all_of(guard: All, inner: Callable[[Guard], str]) -> str:
    """The parts that must hold, then what must not be shown: "a, and b; unless shown: c or d"."""
    unless = [part.of.of for part in guard.of if isinstance(part, Not) and isinstance(part.of, Shown)]
    must = [part for part in guard.of if not (isinstance(part, Not) and isinstance(part.of, Shown))]
    if not must or not unless:
        return ", and ".join(map(inner, guard.of))
    return f"{', and '.join(map(inner, must))}; unless shown: {', or '.join(map(inner, unless))}"


def _contrary(guard: Guard, pathway: Pathway, unfold: bool) -> str:
    match guard:
        case Shown():
            return f"not shown: {_said(guard.of, pathway, unfold)}"
        case Compare():
            limit = amount(guard.fact, guard.value, pathway)
            return f"{fact_title(guard.fact, pathway)}{_SUFFIX[guard.scope]} {_CONTRARY[guard.op]} {limit}"
        case Known():
            return f"{fact_title(guard.fact, pathway)}{_SUFFIX[guard.scope]} is not known"
        case Not():
            return _said(guard.of, pathway, unfold)
        case _:
            said = _said(guard, pathway, unfold)
            # "Not a with b" might be read as "not a, with b".
            joined = not said.startswith("(") and re.search(r",| with | or | and ", said)
            return f"not ({said})" if joined else f"not {said}"
