"""The language of guards: flat propositional expressions over a record of facts, as frozen data.

Logic is three-valued (Kleene): true, false or unknown; unknown is never false. A guard is written with operators,
`(PULSE >= 120) | (PRESSURE < 90)`, and read by interpreters that match over the nodes: words, Python,
explanations, JSON. Each match ends with `assert_never`, so the type check fails in every reader that lacks a new node.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal, NoReturn, TypeAlias, assert_never

from attrs import evolve, frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

Scope: TypeAlias = Literal["episode", "report", "latest"]
"""Where a fact is read: in the current episode, in the event at hand alone, or the child's latest known value."""

Op: TypeAlias = Literal["<", "<=", ">", ">="]

EPISODE: Scope = "episode"
REPORT: Scope = "report"
LATEST: Scope = "latest"


class Writable:
    """The operands of `&`, `|` and `~`: guards, and facts that are true or false."""

    __slots__ = ()

    def as_guard(self) -> Guard:
        """The operand as a node of the guard language."""
        raise NotImplementedError

    def __and__(self, other: Writable) -> Guard:
        return All(_flattened(All, self, other))

    def __or__(self, other: Writable) -> Guard:
        return AnyOf(_flattened(AnyOf, self, other))

    def __invert__(self) -> Guard:
        return Not(self.as_guard())


class _Node(Writable):
    __slots__ = ()

    def as_guard(self) -> Guard:
        return self  # type: ignore[return-value]  # every subclass is a member of the union Guard

    def __bool__(self) -> NoReturn:
        raise TypeError(
            f"a guard has no truth value of its own: {self!r}. Write & | ~ instead of and, or, not; "
            "write (1 <= FACT) & (FACT < 2) instead of 1 <= FACT < 2"
        )


@frozen
class Compare(_Node):
    """A quantity against a limit, in the quantity's canonical unit. Unknown while the quantity is."""

    fact: str
    op: Op
    value: Decimal
    scope: Scope = EPISODE


@frozen
class OneOf(_Node):
    """A choice that is one of some options. Unknown while the choice is."""

    fact: str
    options: tuple[str, ...]
    scope: Scope = EPISODE


@frozen
class IsTrue(_Node):
    """A flag that is true. Unknown while the flag is."""

    fact: str
    scope: Scope = EPISODE


@frozen
class Known(_Node):
    """A fact that has a value, whatever the value. Never unknown itself."""

    fact: str
    scope: Scope = EPISODE


@frozen
class Below(_Node):
    """A count below the lower limit of its reference interval for the age at the sample. Unknown without a limit."""

    fact: str
    scope: Scope = EPISODE


@frozen
class Within(_Node):
    """A count within its reference interval for the age at the sample, limits included."""

    fact: str
    scope: Scope = EPISODE


@frozen
class InState(_Node):
    """The case is in one of some states. Never unknown."""

    states: tuple[str, ...]


@frozen
class InForce(_Node):
    """An advice is in force. Never unknown. For orders and invariants only: these are read after all advice."""

    advice: str


@frozen
class Not(_Node):
    """The negation; unknown stays unknown."""

    of: Guard


@frozen
class All(_Node):
    """Every part is true; false as soon as one part is. `All(())` is always true."""

    of: tuple[Guard, ...]


@frozen
class AnyOf(_Node):
    """Some part is true; false only when every part is. `AnyOf(())` is always false."""

    of: tuple[Guard, ...]


@frozen
class AtLeast(_Node):
    """At least `n` parts are true; false when too few parts can still become true."""

    n: int
    of: tuple[Guard, ...]


@frozen
class Shown(_Node):
    """True if the guard is true; false if it is false *or unknown*. Used sparingly, and listed wherever it is used."""

    of: Guard


@frozen
class Named(_Node):
    """A condition with a name of its own, so that a reader sees the ward's word and can unfold it."""

    name: str
    of: Guard
    scope: Scope = EPISODE


Leaf: TypeAlias = Compare | OneOf | IsTrue | Known | Below | Within
Guard: TypeAlias = Leaf | InState | InForce | Not | All | AnyOf | AtLeast | Shown | Named

ALWAYS = All(())
NEVER = AnyOf(())


def shown(of: Writable) -> Guard:
    """True only if `of` is known to be true: here unknown counts as false."""
    return Shown(of.as_guard())


def at_least(n: int, *parts: Writable) -> Guard:
    """At least `n` of the parts."""
    return AtLeast(n, tuple(part.as_guard() for part in parts))


def all_of(*parts: Writable) -> Guard:
    """Every part."""
    return All(tuple(part.as_guard() for part in parts))


def any_of(*parts: Writable) -> Guard:
    """Some part."""
    return AnyOf(tuple(part.as_guard() for part in parts))


def implies(of: Writable, then: Writable) -> Guard:
    """Wherever `of` is shown, `then` is true."""
    return AnyOf((Not(Shown(of.as_guard())), then.as_guard()))


def in_state(*states: str) -> Guard:
    """The case is in one of the named states."""
    return InState(states)


def in_force(advice: str) -> Guard:
    """The named advice is in force."""
    return InForce(advice)


def in_report(of: Writable) -> Guard:
    """The same guard, read in the event at hand alone."""
    return rescoped(of.as_guard(), REPORT)


def latest(of: Writable) -> Guard:
    """The same guard, read in the child's latest known values, beyond the episode."""
    return rescoped(of.as_guard(), LATEST)


def rescoped(guard: Guard, scope: Scope) -> Guard:
    """The guard with every fact that it reads in the episode read in `scope` instead."""
    match guard:
        case Compare() | OneOf() | IsTrue() | Known() | Below() | Within():
            return evolve(guard, scope=scope) if guard.scope == EPISODE else guard
        case Named():
            if guard.scope != EPISODE:
                return guard
            return Named(guard.name, rescoped(guard.of, scope), scope)
        case InState() | InForce():
            return guard
        case Not():
            return Not(rescoped(guard.of, scope))
        case Shown():
            return Shown(rescoped(guard.of, scope))
        case All():
            return All(tuple(rescoped(part, scope) for part in guard.of))
        case AnyOf():
            return AnyOf(tuple(rescoped(part, scope) for part in guard.of))
        case AtLeast():
            return AtLeast(guard.n, tuple(rescoped(part, scope) for part in guard.of))
        case _:
            assert_never(guard)


def parts_of(guard: Guard) -> tuple[Guard, ...]:
    """The guards directly inside a guard."""
    match guard:
        case All() | AnyOf() | AtLeast():
            return guard.of
        case Not() | Shown() | Named():
            return (guard.of,)
        case Compare() | OneOf() | IsTrue() | Known() | Below() | Within() | InState() | InForce():
            return ()
        case _:
            assert_never(guard)


def walk(guard: Guard) -> Iterator[Guard]:
    """The guard and every guard inside it, outermost first."""
    yield guard
    for part in parts_of(guard):
        yield from walk(part)


def leaves(guard: Guard) -> Iterator[Leaf]:
    """Every place where the guard reads a fact."""
    for node in walk(guard):
        if isinstance(node, Leaf):
            yield node


def _flattened(kind: type[All] | type[AnyOf], *terms: Writable) -> tuple[Guard, ...]:
    parts: list[Guard] = []
    for term in terms:
        guard = term.as_guard()
        if isinstance(guard, All | AnyOf) and isinstance(guard, kind) and guard.of:
            parts.extend(guard.of)
        else:
            parts.append(guard)
    return tuple(parts)
