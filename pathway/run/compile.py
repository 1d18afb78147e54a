"""Guards as Python source, because a case reads them many times a second.

Values are read from the lists of a fold (`e` the episode, `r` the report at hand, `l` the latest known; `lo` and `hi`
beside each hold reference limits). Three-valued logic is that of `model.rails`, so it costs no more than Python's own
`and` and `or`. The plain evaluator in `evaluate` gives the same answers, and tests compare the two.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any, assert_never

from pathway.model.awaited import Awaited, WhateverComes
from pathway.model.guards import LATEST, Below, Compare, IsTrue, Known, Leaf, Named, OneOf, Within, walk
from pathway.model.rails import Rails
from pathway.model.ready import fingerprint
from pathway.model.values import Bound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import CodeType

    from pathway.model.guards import Guard
    from pathway.model.pathway import Pathway
    from pathway.run.layout import Layout

_LISTS = {"episode": "e", "report": "r", "latest": "l"}
_READ = {
    "e": "episode.values", "elo": "episode.low", "ehi": "episode.high",
    "r": "report.values", "rlo": "report.low", "rhi": "report.high",
    "l": "latest.values", "llo": "latest.low", "lhi": "latest.high",
    "s": "state", "a": "active", "o": "old",
}  # fmt: skip
"""The parts of a record `m` that a compiled function reads: the local name, and the path of the attribute."""
_WORD = re.compile(r"[a-z]+")
_NAME = re.compile(r"\b[tf][0-9]+\b")
_CONSTANT = ("True", "False")
_OPS = {True: {"<": "<", "<=": "<=", ">": ">", ">=": ">="}, False: {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}}
"""The comparison that shows a guard true, or false. A bound may show neither, so `not` would not do."""
ENGINE = ("pathway.run.advising", "pathway.run.compile", "pathway.run.functions", "pathway.run.layout")
"""The modules that write the functions. Functions that another version of these modules wrote are not used."""


class PythonSource(Rails[str]):
    """Guards as Python expressions over the lists of a fold. It keeps the constants that the expressions name."""

    def __init__(self, pathway: Pathway, layout: Layout) -> None:
        super().__init__()
        self.layout = layout
        self.constants: dict[str, Any] = {}
        self._names: dict[Any, str] = {}
        self._advice = {advice.id: place for place, advice in enumerate(pathway.advice)}

    def constant(self, value: Any) -> str:
        """A name for a constant."""
        key = (type(value), value)
        if key not in self._names:
            self._names[key] = f"K{len(self._names)}"
            self.constants[self._names[key]] = value
        return self._names[key]

    def in_state(self, states: tuple[str, ...]) -> str:
        """The state is one of a constant set."""
        return f"(s in {self.constant(frozenset(states))})"

    def in_force(self, advice: str) -> str:
        """The bit of the advice is set."""
        return f"(a >> {self._advice[advice]} & 1 == 1)"

    def conj(self, parts: Iterable[str]) -> str:
        """Python's `and`; constant parts are left out."""
        left = [part for part in parts if part != "True"]
        return "False" if "False" in left else _together(" and ", left) or "True"

    def disj(self, parts: Iterable[str]) -> str:
        """Python's `or`; constant parts are left out."""
        left = [part for part in parts if part != "False"]
        return "True" if "True" in left else _together(" or ", left) or "False"

    def neg(self, of: str) -> str:
        """Python's `not`."""
        return {"True": "False", "False": "True"}.get(of, f"(not {of})")

    def at_least(self, n: int, parts: Iterable[str]) -> str:
        """The number of parts that hold: each part is True or False, and Python adds these as 1 and 0."""
        return f"({_joined(' + ', parts) or 0} >= {n:d})"

    def leaf(self, leaf: Leaf, *, want: bool) -> str:
        """A test of one value that is not None."""
        values, place = self._place(leaf)
        limit = self.layout.ranged.get(place, -1)
        value, low, high = f"{values}[{place}]", f"{values}lo[{limit}]", f"{values}hi[{limit}]"
        match leaf:
            case Compare():
                return f"({value} is not None and {value} {_OPS[want][leaf.op]} {self.constant(leaf.value)})"
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

    def exact(self, leaf: Leaf) -> str:
        """A test of the type of the value."""
        values, place = self._place(leaf)
        return f"(type({values}[{place}]) is not {self.constant(Bound)})"

    def _place(self, leaf: Leaf) -> tuple[str, int]:
        """The list and the place where a leaf reads. Derived facts have no copy beyond the episode."""
        place = self.layout.index[leaf.fact]
        scope = "episode" if leaf.scope == LATEST and place in self.layout.derived else leaf.scope
        return _LISTS[scope], place


class AwaitedBits(Awaited[str, str]):
    """Awaited facts as Python expressions: a bit for each fact, by its place."""

    def __init__(self, sure: WhateverComes[str], layout: Layout) -> None:
        super().__init__(sure)
        self._index = layout.index

    def of_fact(self, fact: str) -> str:
        """The bit at the place of the fact."""
        return str(1 << self._index[fact])

    def any_of(self, waits: Iterable[str]) -> str:
        """The bits of all parts."""
        left = [bits for bits in dict.fromkeys(waits) if bits != "0"]
        return left[0] if len(left) == 1 else _joined(" | ", left) or "0"

    def unless(self, decided: str, waits: str) -> str:
        """The bits, or 0 where the guard is decided."""
        if waits == "0" or decided == "True":
            return "0"
        return waits if decided == "False" else f"(0 if {decided} else {waits})"


class Compiler:
    """Makes functions of a fold from the guards of one pathway."""

    def __init__(self, pathway: Pathway, layout: Layout) -> None:
        self._pathway = pathway
        self.here = PythonSource(pathway, layout)
        self.sure = WhateverComes(self.here, pathway)
        self.unknown = AwaitedBits(self.sure, layout)
        self.revised = AwaitedBits(WhateverComes(self.here, pathway, revisable=True), layout)
        ready = pathway.ready
        self._ready = ready if ready is not None and fingerprint(ENGINE) == ready.engine else None

    def function(
        self,
        name: str,
        body: Callable[[], Iterable[str]],
        guards: Iterable[Guard] = (),
        rails: Rails[str] | None = None,
    ) -> Callable[..., Any]:
        """A function of a fold `m`: the ready function of that name, or a new one.

        Named conditions that `guards` meet more than once are computed once, first. `rails` writes the guards in the
        body; without `rails` they are read as they stand.
        """
        if (found := self.ready(name)) is not None:
            return found
        return self.made(name, self._lines(body, guards, self.here if rails is None else rails))

    def ready(self, name: str) -> Callable[..., Any] | None:
        """The ready function of that name; None where there is no such function."""
        return None if self._ready is None else self._ready.function(name)

    def made(self, name: str, lines: list[str]) -> Callable[..., Any]:
        """The function with these lines. No word of a definition stands in the source, nor in a traceback."""
        kind = name.split(maxsplit=1)[0]  # our own word; what follows it names a rule
        source = "\n".join(["def made(m):", *(f"    {line}" for line in lines)])
        scope: dict[str, Any] = dict(self.here.constants)
        exec(_code(source, f"<{kind}>"), scope)  # noqa: S102  # our own source
        return scope["made"]  # type: ignore[no-any-return]  # defined by the line before

    def _lines(self, body: Callable[[], Iterable[str]], guards: Iterable[Guard], rails: Rails[str]) -> list[str]:
        """The lines of a function."""
        counts = Counter(node for guard in guards for node in walk(guard) if isinstance(node, Named))
        lines: list[str] = []
        for node, count in counts.items():
            if count > 1:
                for want, rail in ((True, "t"), (False, "f")):
                    local, value = f"{rail}{len(rails.written)}", rails.write(node, want=want)
                    if value in _CONSTANT:
                        local = value
                    else:
                        lines.append(f"{local} = {value}")
                    rails.written[node, want] = local
        said = list(body())
        rails.written.clear()
        lines = [*_used(lines, said), *said]
        used = {word for line in lines for word in _WORD.findall(line)}
        return [*(f"{local} = m.{path}" for local, path in _READ.items() if local in used), *lines]

    def guard(self, guard: Guard, name: str = "") -> Callable[[Any], bool]:
        """A function of a fold that is true exactly where the guard is true."""
        return self.function(name, lambda: [f"return {self.here.true(guard)}"], [guard])


@lru_cache(maxsize=4096)
def _code(source: str, name: str) -> CodeType:
    """The code of a source text: versions and mutants of a pathway share most of it."""
    return compile(source, name, "exec")


def _used(lines: list[str], said: Iterable[str]) -> list[str]:
    """The assignments whose names are read: by the lines `said`, or by another assignment that is used."""
    names = {word for line in said for word in _NAME.findall(line)}
    used: list[str] = []
    for line in reversed(lines):
        name, _, value = line.partition(" = ")
        if name in names:
            names |= set(_NAME.findall(value))
            used.append(line)
    return used[::-1]


def _together(mark: str, parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else _joined(mark, parts)


def _joined(mark: str, parts: Iterable[str]) -> str:
    """The parts with a mark between them, in brackets; "" if there is no part."""
    joined = mark.join(parts)
    return f"({joined})" if joined else ""
