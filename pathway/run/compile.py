"""Guards as Python source: what a case asks many times a second.

A guard becomes two expressions, one for "is true" and one for "is false"; where neither holds it is unknown. So
three-valued logic costs no more than Python's own `and` and `or`. Values are read from the lists of a fold (`e` the
episode, `r` the report at hand, `l` the latest known; `lo` and `hi` beside each hold reference limits). The plain
interpreter in `evaluate` says the same, and tests hold the two together.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any, assert_never

from pathway.model.derived import Captured, Clock, Held, Latched, Settled
from pathway.model.guards import (
    LATEST,
    REPORT,
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
    leaves,
    walk,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pathway.model.pathway import Pathway
    from pathway.run.layout import Layout

_LISTS = {"episode": "e", "report": "r", "latest": "l"}
_READ = {name: name for name in ("e", "elo", "ehi", "r", "rlo", "rhi", "l", "llo", "lhi")} | {
    "s": "state", "a": "active", "o": "old",
}  # fmt: skip
_WORD = re.compile(r"[a-z]+")


class Coder:
    """Writes expressions over the lists of a fold, and keeps the constants that they name."""

    def __init__(self, pathway: Pathway, layout: Layout) -> None:
        self.pathway = pathway
        self.layout = layout
        self.constants: dict[str, Any] = {}
        self._names: dict[Any, str] = {}
        self._locals: dict[tuple[Guard, bool], str] = {}

    def true(self, guard: Guard) -> str:
        """An expression that is true exactly where the guard is."""
        return self._locals.get((guard, True)) or self._rail(guard, want=True)

    def false(self, guard: Guard) -> str:
        """An expression that is true exactly where the guard is false, not unknown."""
        return self._locals.get((guard, False)) or self._rail(guard, want=False)

    def constant(self, value: Any) -> str:
        """A name for a constant."""
        key = (type(value), value)
        if key not in self._names:
            self._names[key] = f"K{len(self._names)}"
            self.constants[self._names[key]] = value
        return self._names[key]

    def function(
        self, name: str, body: Callable[[], Iterable[str]], guards: Iterable[Guard] = (), args: str = "m"
    ) -> Callable[..., Any]:
        """A function of a fold. Named conditions that `guards` meet more than once are computed once, first."""
        counts = Counter(node for guard in guards for node in walk(guard) if isinstance(node, Named))
        lines: list[str] = []
        for node, count in counts.items():
            if count > 1:
                for want, rail in ((True, "t"), (False, "f")):
                    local = f"{rail}{len(self._locals)}"
                    lines.append(f"{local} = {self._rail(node, want=want)}")
                    self._locals[node, want] = local
        lines += body()
        self._locals.clear()
        used = {word for line in lines for word in _WORD.findall(line)}
        lines = [*(f"{local} = m.{name}" for local, name in _READ.items() if local in used), *lines]
        source = [f"def {name}({args}):", *(f"    {line}" for line in lines)]
        scope: dict[str, Any] = dict(self.constants)
        exec(compile("\n".join(source), f"<{self.pathway.id} {name}>", "exec"), scope)  # noqa: S102  # our own source
        return scope[name]  # type: ignore[no-any-return]  # defined by the line before

    def _rail(self, guard: Guard, *, want: bool) -> str:
        match guard:
            case Compare() | OneOf() | IsTrue() | Known() | Below() | Within():
                return self._leaf(guard, want=want)
            case InState():
                return f"s {'in' if want else 'not in'} {self.constant(frozenset(guard.states))}"
            case InForce():
                place = list(self.pathway.advice_by_id).index(guard.advice)
                return f"(a >> {place} & 1 == {int(want)})"
            case Not():
                return self.false(guard.of) if want else self.true(guard.of)
            case Shown():
                return self.true(guard.of) if want else f"(not {self.true(guard.of)})"
            case Named():
                return self.true(guard.of) if want else self.false(guard.of)
            case All() | AnyOf():
                if not guard.of:
                    return str(isinstance(guard, All) is want)
                joint = " and " if isinstance(guard, All) is want else " or "
                return "(" + joint.join(self.true(part) if want else self.false(part) for part in guard.of) + ")"
            case AtLeast():
                rails = [self.true(part) if want else self.false(part) for part in guard.of]
                enough = guard.n if want else len(guard.of) - guard.n + 1
                counted = " + ".join(f"bool({rail})" for rail in rails) or "0"
                return f"({counted} >= {enough})"
            case _:
                assert_never(guard)

    def place(self, leaf: Leaf) -> tuple[str, int]:
        """The list and the place where a leaf reads. Derived facts have no copy beyond the episode."""
        place = self.layout.index[leaf.fact]
        scope = "episode" if leaf.scope == LATEST and place in self.layout.derived else leaf.scope
        return _LISTS[scope], place

    def _leaf(self, leaf: Leaf, *, want: bool) -> str:
        values, place = self.place(leaf)
        value, low, high = (f"{name}[{place}]" for name in (values, f"{values}lo", f"{values}hi"))
        match leaf:
            case Compare():
                test = f"{value} {leaf.op} {self.constant(leaf.value)}"
                return f"({value} is not None and {test})" if want else f"({value} is not None and not {test})"
            case OneOf():
                options = self.constant(leaf.options)
                return f"({value} in {options})" if want else f"({value} is not None and {value} not in {options})"
            case IsTrue():
                return f"({value} is {want})"
            case Known():
                return f"({value} is {'not ' if want else ''}None)"
            case Below():
                return f"({low} is not None and {value} {'<' if want else '>='} {low})"
            case Within():
                if want:
                    return f"({low} is not None and {low} <= {value} and ({high} is None or {value} <= {high}))"
                return f"({low} is not None and ({value} < {low} or ({high} is not None and {value} > {high})))"
            case _:
                assert_never(leaf)


class AwaitsCoder(Coder):
    """Writes which facts, once known, could make a guard true: a bit mask.

    The next report is not there yet, so what is read in a report is unknown here, and so is the passage of time.
    With `revisable` every fact may still be reported otherwise: for a case that waits for nothing that is unknown.
    """

    def __init__(self, pathway: Pathway, layout: Layout, *, revisable: bool = False) -> None:
        super().__init__(pathway, layout)
        self._revisable = revisable

    def waits(self, guard: Guard, *, want: bool = True) -> str:
        """An expression for the bits of the facts that stand between a guard and being true (or false)."""
        match guard:
            case Known() if not want:
                return "0"
            case Compare() | OneOf() | IsTrue() | Known() | Below() | Within():
                return self._waits_leaf(guard, want=want)
            case InState() | InForce():
                return "0"
            case Not():
                return self.waits(guard.of, want=not want)
            case Shown():
                return self._unless(self.true(guard.of), [self.waits(guard.of)]) if want else "0"
            case Named():
                return self.waits(guard.of, want=want)
            case All() | AnyOf():
                hopeless = self.false(guard) if want else self.true(guard)
                reached = self.true(guard) if want else self.false(guard)
                decisive = hopeless if isinstance(guard, All) is want else reached
                return self._unless(decisive, [self.waits(part, want=want) for part in guard.of])
            case AtLeast():
                decided = f"{self.true(guard)} or {self.false(guard)}"
                return self._unless(decided, [self.waits(part, want=want) for part in guard.of])
            case _:
                assert_never(guard)

    def _unless(self, decided: str, waits: list[str]) -> str:
        waits = [one for one in dict.fromkeys(waits) if one != "0"]
        if not waits or decided == "True":
            return "0"
        joined = "(" + " | ".join(waits) + ")"
        return joined if decided == "False" else f"(0 if {decided} else {joined})"

    def _waits_leaf(self, leaf: Leaf, *, want: bool) -> str:
        values, place = self.place(leaf)
        if leaf.scope == REPORT:
            return str(1 << place)
        unknown = f"{values}[{place}] is None"
        if leaf.fact in self._replaceable:
            return f"(0 if {super()._leaf(leaf, want=want)} else {1 << place})"
        derived = self.pathway.derived_by_name.get(leaf.fact)
        match derived:
            case None:
                return f"({1 << place} if {unknown} else 0)"
            case Clock():
                return "0"
            case Latched():
                inner = self.waits(derived.when)
                still = f"{values}[{place}] is not True" if self._revisable else unknown
                return "0" if inner == "0" else f"({inner} if {still} else 0)"
            case Held() | Settled():
                return f"({1 << self.layout.index[derived.fact]} if {unknown} else 0)"
            case Captured():
                source = self.layout.index[derived.of]
                return "0" if source in self.layout.derived else f"({1 << source} if {unknown} else 0)"
            case _:
                return "0"

    def _rail(self, guard: Guard, *, want: bool) -> str:
        match guard:
            case Not(of=Known() as inner) if inner.scope != REPORT:
                return super()._leaf(inner, want=not want)
            case _:
                return super()._rail(guard, want=want)

    def _leaf(self, leaf: Leaf, *, want: bool) -> str:
        if leaf.scope == REPORT or leaf.fact in self._passing:
            return "False"
        if leaf.fact in self._replaceable:
            return super()._leaf(leaf, want=True) if want else "False"
        if not want and isinstance(leaf, Known):
            return "False"
        return super()._leaf(leaf, want=want)

    @property
    def _replaceable(self) -> set[str]:
        """The facts by which a report has authority: a report without it leaves one with it to be awaited."""
        if self._revisable:
            return set(self.pathway.facts_by_name)
        return {leaf.fact for kind in self.pathway.events if kind.authority for leaf in leaves(kind.authority.when)}

    @property
    def _passing(self) -> set[str]:
        return {one.name for one in self.pathway.derived if isinstance(one, Clock) and one.counts == "days_in_state"}
