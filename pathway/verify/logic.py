"""Formulas that simplify themselves: Python's `True` and `False` where a part is decided, else terms of the solver.

Most of a rule is decided once the state and the event are named, so that few terms reach the solver.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import z3

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from decimal import Decimal

Formula: TypeAlias = bool | z3.BoolRef
Term: TypeAlias = Any
"""A number or a choice: Python's own or the solver's."""


def conj(parts: Iterable[Formula]) -> Formula:
    """The conjunction: every part holds."""
    left = []
    for part in parts:
        if part is False:
            return False
        if part is not True:
            left.append(part)
    if not left:
        return True
    return left[0] if len(left) == 1 else _joined(z3.Z3_mk_and, left)


def disj(parts: Iterable[Formula]) -> Formula:
    """The disjunction: some part holds."""
    left = []
    for part in parts:
        if part is True:
            return True
        if part is not False:
            left.append(part)
    if not left:
        return False
    return left[0] if len(left) == 1 else _joined(z3.Z3_mk_or, left)


def _joined(make: Callable[..., Any], parts: list[z3.BoolRef]) -> z3.BoolRef:
    # z3.And and z3.Or check the sort of every part. All parts here are formulas, and there are a million of them.
    ctx = parts[0].ctx
    terms = (z3.Ast * len(parts))(*(part.as_ast() for part in parts))
    return z3.BoolRef(make(ctx.ref(), len(parts), terms), ctx)


def both(first: Formula, second: Formula) -> Formula:
    """The conjunction of two parts."""
    return conj((first, second))


def either(first: Formula, second: Formula) -> Formula:
    """The disjunction of two parts."""
    return disj((first, second))


def neg(of: Formula) -> Formula:
    """The negation."""
    return (not of) if isinstance(of, bool) else z3.BoolRef(z3.Z3_mk_not(of.ctx_ref(), of.as_ast()), of.ctx)


def implied(of: Formula, then: Formula) -> Formula:
    """The implication: `then` holds wherever `of` holds."""
    return disj((neg(of), then))


def ite(test: Formula, then: Term, other: Term) -> Term:
    """`then` where the test holds, else `other`."""
    if isinstance(test, bool):
        return then if test else other
    if then is other:
        return then
    if isinstance(then, bool | z3.BoolRef) and isinstance(other, bool | z3.BoolRef):
        if isinstance(then, bool):
            return disj((test, other)) if then else conj((neg(test), other))
        if isinstance(other, bool):
            return disj((neg(test), then)) if other else conj((test, then))
    return z3.If(test, then, other)


def count_at_least(n: int, parts: Iterable[Formula]) -> Formula:
    """At least `n` of the parts hold."""
    left = []
    for part in parts:
        if part is True:
            n -= 1
        elif part is not False:
            left.append(part)
    if n <= 0:
        return True
    if n > len(left):
        return False
    return z3.AtLeast(*left, n)


def equal(first: Term, second: Term) -> Formula:
    """The two values are equal."""
    if isinstance(first, str | int) and isinstance(second, str | int):
        return first == second
    return first == second


def number(value: Decimal | int) -> Term:
    """An exact number."""
    return value if isinstance(value, int) else z3.RealVal(str(value))


def formula(of: Formula) -> z3.BoolRef:
    """A formula as the solver takes it."""
    return z3.BoolVal(of) if isinstance(of, bool) else of


def differ(first: Any, second: Any) -> Formula:
    """Where two formulas or terms differ; `False` where they are written alike."""
    if first is second:
        return False
    if isinstance(first, z3.ExprRef) and isinstance(second, z3.ExprRef) and first.eq(second):
        return False
    if isinstance(first, bool) and isinstance(second, bool):
        return first != second
    if isinstance(first, bool | z3.BoolRef):
        return z3.Xor(formula(first), formula(second))
    return neg(equal(first, second))
