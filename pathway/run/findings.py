"""Why a guard is true, false or unknown: the facts that decide it, with values, limits and citations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_never

from attrs import evolve, frozen

from pathway.model.derived import AtMost, Captured, Clock, Excess, Grade, Held, Latched, Product, Settled
from pathway.model.guards import (
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
from pathway.run.evaluate import Evaluator, Truth  # attrs classes keep their types resolvable

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from pathway.run.compiled import CompiledPathway
    from pathway.run.evaluate import Record

_CONTRARY = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
_TURNS = {
    (">=", True): "below", (">", False): "above", ("<=", True): "above", ("<", False): "below",
    (">=", False): "at", ("<=", False): "at", (">", True): "at", ("<", True): "at",
}  # fmt: skip


@frozen
class Finding:
    """A fact that decides a guard: its value, the limit that it is compared with, and whether the test holds.

    `local_choice` names the part that is a local choice, not of the source. `turns_at` is the nearest value that
    would change the truth, in words; "" where there is no such value.
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


class Reasoner(Evaluator):
    """Evaluates guards against one record, and names the facts that decide them."""

    def __init__(self, compiled: CompiledPathway, record: Record, latched_at: Callable[[int], datetime | None]) -> None:
        """`latched_at` says since when the latch at a place is true; None where that is not known."""
        super().__init__(compiled, record)
        self._latched_at = latched_at
        self._absent = False

    def findings(self, guard: Guard, *, absent: bool = False) -> list[Finding]:
        """The facts that decide the guard: all parts of a true `all`, the false parts of a false `all`.

        A part `~shown(...)` of a guard that is not true is left out, unless `absent` is set.
        """
        self._absent = absent
        found: dict[tuple[str, str], Finding] = {}
        for finding in self._findings(guard, ()):
            found.setdefault((finding.fact, finding.words), finding)
        return list(found.values())

    def waits(self, guard: Guard, *, absent: bool = False) -> tuple[str, ...]:
        """The facts that are unknown and that an unknown guard needs, by name, in the order of the definition.

        With `absent`, also facts that are unknown inside a `shown`.
        """
        names = {finding.fact for finding in self.findings(guard, absent=absent) if finding.truth is None}
        base: set[str] = set(self._unheard(guard))
        for name in names:
            derived = self.pathway.derived_by_name.get(name)
            match derived:
                case Held() | Settled():
                    base.add(derived.fact)
                case Captured():
                    base.add(derived.of)
                case AtMost():
                    base.add(derived.part)
                case None:
                    base.add(name)
                case Clock() | Latched() | Product() | Excess() | Grade():
                    pass
                case _:
                    assert_never(derived)
        return tuple(name for name in self.compiled.layout.names if name in base and self._visible(name))

    def _unheard(self, guard: Guard) -> list[str]:
        """The facts that the guard requires to be known, and that are unknown."""
        match guard:
            case Known():
                return [] if self.truth(guard) else [guard.fact]
            case Named() | All() | AnyOf() | AtLeast():
                return [name for part in parts_of(guard) for name in self._unheard(part)]
            case Compare() | OneOf() | IsTrue() | Below() | Within() | InState() | InForce() | Not() | Shown():
                return []
            case _:
                assert_never(guard)

    def against(self, guard: Guard) -> list[Finding]:
        """The amounts that make parts of an unknown guard false, with the nearest value that makes each part true."""
        found: dict[str, Finding] = {}
        for leaf in leaves(guard):
            derived = self.pathway.derived_by_name.get(leaf.fact)
            if isinstance(derived, Latched) and self.truth(leaf) is None:
                found.update((finding.words, finding) for finding in self.against(derived.when))
            elif isinstance(leaf, Compare | Below | Within) and self.truth(leaf) is False:
                found.update((finding.words, finding) for finding in self._explain_leaf(leaf, ()))
        return list(found.values())

    def _visible(self, name: str) -> bool:
        return bool(self.compiled.layout.visible >> self.compiled.layout.index[name] & 1)

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
                local = condition.local_choice
                return [finding if finding.local_choice else evolve(finding, local_choice=local) for finding in inner]
            case Not(of=Shown(of=inner)) if self.truth(inner) is not True and not self._absent:
                return []
            case Shown() | Not():
                return self._findings(guard.of, cites)
            case All() | AnyOf() | AtLeast():
                truth = self.truth(guard)
                parts = [part for part in guard.of if self.truth(part) is truth]
                return [finding for part in parts for finding in self._findings(part, cites)]
            case _:
                assert_never(guard)

    def _explain_leaf(self, leaf: Leaf, cites: tuple[str, ...]) -> list[Finding]:
        value, low, high = self.value(leaf)
        truth = self.truth(leaf)
        title = self.pathway.title_of(leaf.fact)
        place = self.compiled.layout.index[leaf.fact]
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
        if isinstance(derived, AtMost):
            said += self._sum(derived, value, leaf)
        if place in self.record.episode.computed and leaf.scope == "episode":
            said += f" ({self._computed_from(leaf.fact)})"
        match leaf:
            case Compare() if truth is None:
                limit = amount(leaf.fact, leaf.value, self.pathway)
                said = f"{title} {said} (leaves open whether {leaf.op} {limit})"
                return [Finding(leaf.fact, value, f"{leaf.op} {limit}", None, said, cites)]
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

    def _computed_from(self, fact: str) -> str:
        """How a fact that was not reported was computed."""
        products = (
            derived for derived in self.pathway.derived if isinstance(derived, Product) and derived.fact == fact
        )
        return next((product.brief or product.words for product in products), "computed")

    def _lacking(self, fact: str) -> str:
        """The words for an unknown fact. A flag that an event sets by happening is "not recorded yet"."""
        return "not recorded yet" if any(fact in kind.records for kind in self.pathway.events) else "unknown"

    def _sum(self, bound: AtMost, value: Any, leaf: Leaf) -> str:
        """What a bound was drawn from, where those amounts still stand: the whole, and the part that was taken off."""
        index, values = self.compiled.layout.index, getattr(self.record, leaf.scope).values
        whole, less = values[index[bound.whole]], values[index[bound.less]]
        if value is None or whole is None or value != max(whole - (less or 0), 0):
            return ""
        taken = "" if less is None else f" less {self.pathway.title_of(bound.less)} {written(less)}"
        return f" ({self.pathway.title_of(bound.whole)} {written(whole)}{taken})"

    def _explain_reference(
        self, leaf: Below | Within, title: str, said: str, value: Any, low: Any, high: Any, truth: Truth,
        cites: tuple[str, ...],
    ) -> Finding:  # fmt: skip
        if low is None:
            return Finding(leaf.fact, value, "reference interval", None,
                           f"{title} {said}, but no reference interval for this age", cites)  # fmt: skip
        limited = self.pathway.limited(leaf.fact)
        here = self.pathway.reference.interval(limited, self.record.months)
        same = here is not None and (here.lower, here.upper) == (low, high)
        row = (
            here
            if same
            else next(
                (
                    interval
                    for interval in self.pathway.reference.rows
                    if interval.fact == limited and (interval.lower, interval.upper) == (low, high)
                ),
                None,
            )
        )
        unit = self.pathway.unit_of(leaf.fact)
        turn = f"{written(low)} {unit}"
        row_words = f"{written(low)}..{written(high)} {unit}" if high is not None else f"{written(low)} {unit} or more"
        if value < low:
            limit = f"< {written(low)} {unit}"
        elif high is not None and value > high:
            limit, turn = f"> {written(high)} {unit}", f"{written(high)} {unit}"
        elif not value >= low or (high is not None and not value <= high):
            limit, turn = f"leaves open whether within {row_words}", ""
        else:
            turn = f"just below {turn}"
            limit = f"not low, >= {written(low)} {unit}"
        local = f"; local choice {' '.join(row.cites)}" if row is not None and row.local_choice else ""
        doubt = row.doubt_at(self.record.months) if row is not None else ""
        local += f"; {doubt}" if doubt else ""
        band = f" ({row.band()}{local})" if row is not None else ""
        return Finding(leaf.fact, value, f"{written(low)} {unit}", truth, f"{title} {said}, {limit}{band}",
                       row.cites if row is not None else cites, turn)  # fmt: skip

    def _explain_latched(self, leaf: Leaf, derived: Latched, place: int, truth: Truth) -> list[Finding]:
        now = self.truth(derived.when)
        if truth is True and now is not True:
            since = self._latched_at(place)
            when = f" (since {since.isoformat(timespec='minutes')})" if since is not None else ""
            return [Finding(leaf.fact, True, "yes", True, f"{derived.title}{when}", derived.cites)]
        return self._findings(derived.when, derived.cites)
