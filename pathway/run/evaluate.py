"""Guards interpreted plainly, one node at a time: whether they hold, and which facts decide it.

`compile` says the same faster; this says it with reasons.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, TypeAlias, assert_never

from attrs import evolve, frozen

from pathway.model.derived import Captured, Held, Latched, Settled
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
    parts_of,
)
from pathway.model.units import written
from pathway.model.words import amount, in_words

if TYPE_CHECKING:
    from datetime import datetime

    from pathway.model.pathway import Pathway
    from pathway.run.program import Program

Truth: TypeAlias = bool | None
_CONTRARY = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_TURNS = {
    (">=", True): "below", (">", False): "above", ("<=", True): "above", ("<", False): "below",
    (">=", False): "at", ("<=", False): "at", (">", True): "at", ("<", True): "at",
}  # fmt: skip


class Record(Protocol):
    """What guards are read from: a fold, or a snapshot of one."""

    e: list[Any]
    state: str
    active: int
    computed: frozenset[int]
    latched_at: dict[int, datetime]


@frozen
class Finding:
    """One fact that decides a guard: its value, the limit it was held against, and whether it fulfilled it.

    `local_choice` says what of it is not the source's but ours. `turns_at` is the nearest value that would have
    decided otherwise, in words; "" where there is no nearest.
    """

    fact: str
    value: Any
    limit: str
    truth: Truth
    words: str
    cites: tuple[str, ...]
    turns_at: str = ""
    local_choice: str = ""

    def to_json(self) -> dict[str, Any]:
        """The finding as JSON data."""
        value = self.value if isinstance(self.value, bool | None) else str(self.value)
        return {
            "fact": self.fact, "value": value, "limit": self.limit, "holds": self.truth, "words": self.words,
            "cites": list(self.cites),
        }  # fmt: skip


class Evaluator:
    """Evaluates and explains guards against one record."""

    def __init__(self, program: Program, record: Record) -> None:
        self.program = program
        self.pathway: Pathway = program.pathway
        self.record = record
        self._absent = False

    def truth(self, guard: Guard) -> Truth:
        """Whether the guard is true, false or, as None, unknown."""
        match guard:
            case Compare() | OneOf() | IsTrue() | Known() | Below() | Within():
                return self._leaf(guard)
            case InState():
                return self.record.state in guard.states
            case InForce():
                return bool(self.record.active >> list(self.pathway.advice_by_id).index(guard.advice) & 1)
            case Not():
                inner = self.truth(guard.of)
                return None if inner is None else not inner
            case Shown():
                return self.truth(guard.of) is True
            case Named():
                return self.truth(guard.of)
            case All():
                parts = [self.truth(part) for part in guard.of]
                return False if False in parts else None if None in parts else True
            case AnyOf():
                parts = [self.truth(part) for part in guard.of]
                return True if True in parts else None if None in parts else False
            case AtLeast():
                parts = [self.truth(part) for part in guard.of]
                if parts.count(True) >= guard.n:
                    return True
                return None if parts.count(True) + parts.count(None) >= guard.n else False
            case _:
                assert_never(guard)

    def findings(self, guard: Guard, *, absent: bool = False) -> list[Finding]:
        """The facts that make the guard what it is: all parts of a true `all`, the false parts of a false one.

        What is merely not shown is passed over, unless `absent` asks for it.
        """
        self._absent = absent
        found: dict[tuple[str, str], Finding] = {}
        for one in self._findings(guard, ()):
            found.setdefault((one.fact, one.words), one)
        return list(found.values())

    def waits(self, guard: Guard, *, absent: bool = False) -> tuple[str, ...]:
        """The facts that are unknown and that an unknown guard needs, by name, in the order of the definition.

        `absent`: also those that are unknown where the guard asks only for what is shown.
        """
        names = {one.fact for one in self.findings(guard, absent=absent) if one.truth is None}
        base: set[str] = set(self._unheard(guard))
        for name in names:
            derived = self.pathway.derived_by_name.get(name)
            match derived:
                case Held() | Settled():
                    base.add(derived.fact)
                case Captured():
                    base.add(derived.of)
                case None:
                    base.add(name)
                case _:
                    pass
        return tuple(name for name in self.program.layout.names if name in base and self._visible(name))

    def _unheard(self, guard: Guard) -> list[str]:
        """The facts of which the guard asks whether they are known, and which are not."""
        match guard:
            case Known():
                return [] if self.truth(guard) else [guard.fact]
            case Named() | All() | AnyOf() | AtLeast():
                return [name for part in parts_of(guard) for name in self._unheard(part)]
            case _:
                return []

    def against(self, guard: Guard) -> list[Finding]:
        """The amounts that speak against an unknown guard, each with the nearest value that would not."""
        found: dict[str, Finding] = {}
        for leaf in leaves(guard):
            derived = self.pathway.derived_by_name.get(leaf.fact)
            if isinstance(derived, Latched) and self._leaf(leaf) is None:
                found.update((one.words, one) for one in self.against(derived.when))
            elif isinstance(leaf, Compare | Below | Within) and self._leaf(leaf) is False:
                found.update((one.words, one) for one in self._explain_leaf(leaf, ()))
        return list(found.values())

    def _visible(self, name: str) -> bool:
        return bool(self.program.layout.visible >> self.program.layout.index[name] & 1)

    def value(self, leaf: Leaf) -> tuple[Any, Any, Any]:
        """The value that a leaf reads, with the limits of its reference interval at the sample."""
        place = self.program.layout.index[leaf.fact]
        scope = "episode" if leaf.scope == LATEST and place in self.program.layout.derived else leaf.scope
        name = {"episode": "e", "report": "r", "latest": "l"}[scope]
        values, low, high = (getattr(self.record, name + end) for end in ("", "lo", "hi"))
        return values[place], low[place], high[place]

    def _leaf(self, leaf: Leaf) -> Truth:
        value, low, high = self.value(leaf)
        if isinstance(leaf, Known):
            return value is not None
        if value is None:
            return None
        match leaf:
            case Compare():
                return bool(
                    {"<": value < leaf.value, "<=": value <= leaf.value, ">": value > leaf.value,
                     ">=": value >= leaf.value}[leaf.op]
                )  # fmt: skip
            case OneOf():
                return value in leaf.options
            case IsTrue():
                return value is True
            case Below():
                return None if low is None else bool(value < low)
            case Within():
                return None if low is None else bool(low <= value and (high is None or value <= high))
            case _:
                assert_never(leaf)

    def _findings(self, guard: Guard, cites: tuple[str, ...]) -> list[Finding]:
        match guard:
            case Compare() | OneOf() | IsTrue() | Known() | Below() | Within():
                return self._explain_leaf(guard, cites)
            case InState():
                titles = " or ".join(self.pathway.state(name).title for name in guard.states)
                truth = self.truth(guard)
                said = f"state is {'' if truth else 'not '}{titles}"
                return [Finding("state", self.record.state, titles, truth, said, cites)]
            case InForce():
                truth = self.truth(guard)
                said = f"{guard.advice} is {'' if truth else 'not '}in force"
                return [Finding(guard.advice, truth, "in force", truth, said, cites)]
            case Named():
                condition = self.pathway.condition(guard.name)
                inner = self._findings(guard.of, condition.cites)
                if not condition.local_choice:
                    return inner
                return [one if one.local_choice else evolve(one, local_choice=condition.local_choice) for one in inner]
            case Not(of=Shown(of=inner)) if self.truth(inner) is not True and not self._absent:
                return []
            case Shown() | Not():
                return self._findings(guard.of, cites)
            case All() | AnyOf() | AtLeast():
                truth = self.truth(guard)
                parts = [part for part in guard.of if self.truth(part) is truth]
                return [one for part in parts for one in self._findings(part, cites)]
            case _:
                assert_never(guard)

    def _explain_leaf(self, leaf: Leaf, cites: tuple[str, ...]) -> list[Finding]:
        value, low, high = self.value(leaf)
        truth = self.truth(leaf)
        title = self.pathway.title_of(leaf.fact)
        place = self.program.layout.index[leaf.fact]
        derived = self.pathway.derived_by_name.get(leaf.fact)
        if isinstance(derived, Latched):
            return self._explain_latched(leaf, derived, place, truth)
        if value is None and leaf.scope == REPORT and not isinstance(leaf, Known):
            return [Finding(leaf.fact, None, in_words(leaf, self.pathway), None, f"{title}: not in this report", cites)]
        if value is None and not isinstance(leaf, Known):
            return [
                Finding(
                    leaf.fact, None, in_words(leaf, self.pathway), None, f"{title} is {self._lacking(leaf.fact)}", cites
                )
            ]
        said = amount(leaf.fact, value, self.pathway) if value is not None else "unknown"
        if place in self.record.computed and leaf.scope == "episode":
            said += " (computed from white cells x percentage)"
        match leaf:
            case Compare():
                op = leaf.op if truth else _CONTRARY[leaf.op]
                limit = amount(leaf.fact, leaf.value, self.pathway)
                turn = (
                    limit if leaf.op in (">=", "<=") and not truth else f"just {_TURNS[leaf.op, bool(truth)]} {limit}"
                )
                turn = limit if leaf.op in (">", "<") and truth else turn
                said = f"{title} {said} ({op} {limit})"
                return [Finding(leaf.fact, value, f"{leaf.op} {limit}", truth, said, cites, turn)]
            case Below() | Within():
                return [self._explain_reference(leaf, title, said, value, low, high, truth, cites)]
            case OneOf():
                wanted = " or ".join(amount(leaf.fact, option, self.pathway) for option in leaf.options)
                return [Finding(leaf.fact, value, wanted, truth, f"{title}: {said}", cites)]
            case IsTrue():
                return [Finding(leaf.fact, value, "yes", truth, f"{title}: {said}", cites)]
            case Known():
                words = f"{title}: {said}" if value is not None else f"{title} is not known"
                return [Finding(leaf.fact, value, "known", truth, words, cites)]
            case _:
                assert_never(leaf)

    def _lacking(self, fact: str) -> str:
        """How a reader says that a fact is unknown: what an event records by happening has not been recorded."""
        return "not recorded yet" if any(fact in kind.records for kind in self.pathway.events) else "unknown"

    def _explain_reference(
        self, leaf: Below | Within, title: str, said: str, value: Any, low: Any, high: Any, truth: Truth,
        cites: tuple[str, ...],
    ) -> Finding:  # fmt: skip
        if low is None:
            return Finding(leaf.fact, value, "reference interval", None,
                           f"{title} {said}, but no reference interval for this age", cites)  # fmt: skip
        here = self.pathway.reference.interval(leaf.fact, self.record.e[self.program.age])
        same = here is not None and (here.lower, here.upper) == (low, high)
        row = (
            here
            if same
            else next(
                (
                    one
                    for one in self.pathway.reference.rows
                    if one.fact == leaf.fact and (one.lower, one.upper) == (low, high)
                ),
                None,
            )
        )
        unit = self.pathway.unit_of(leaf.fact)
        turn = f"{written(low)} {unit}"
        if value < low:
            limit = f"< {written(low)} {unit}"
        elif high is not None and value > high:
            limit, turn = f"> {written(high)} {unit}", f"{written(high)} {unit}"
        else:
            turn = f"just below {turn}"
            limit = f"not low, >= {written(low)} {unit}"
        local = f"; local choice {' '.join(row.cites)}" if row is not None and row.local_choice else ""
        doubt = row.doubt_at(self.record.e[self.program.age]) if row is not None else ""
        local += f"; {doubt}" if doubt else ""
        band = f" ({row.band()}{local})" if row is not None else ""
        return Finding(leaf.fact, value, f"{written(low)} {unit}", truth, f"{title} {said}, {limit}{band}",
                       row.cites if row is not None else cites, turn)  # fmt: skip

    def _explain_latched(self, leaf: Leaf, derived: Latched, place: int, truth: Truth) -> list[Finding]:
        now = self.truth(derived.when)
        if truth is True and now is not True:
            since = self.record.latched_at.get(place)
            when = f" (since {since.isoformat(timespec='minutes')})" if since is not None else ""
            return [Finding(leaf.fact, True, "yes", True, f"{derived.title}{when}", derived.cites)]
        return self._findings(derived.when, derived.cites)
