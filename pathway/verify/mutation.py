"""Mutation: whether the hand-written scenarios, or the invariants, would notice that a rule was changed.

A mutant is killed if a scenario fails on it: the story states what the rule must do there. Generated scenarios are
made from the definition and repeat it, so a mutant that only they notice is counted apart.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Mapping  # attrs classes keep their types resolvable
from concurrent.futures import as_completed
from itertools import groupby
from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import field, frozen

from pathway.model.errors import BadInput, DefinitionError, nearest
from pathway.model.pathway import Pathway  # likewise
from pathway.scenarios.read import Scenario  # likewise
from pathway.scenarios.replay import first_failure
from pathway.verify.mutants import Mutant  # likewise
from pathway.verify.mutants.promises import Promises, broken_promise
from pathway.verify.mutants.reach import Reach, faults_of_scenarios
from pathway.verify.workers import workers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Fate: TypeAlias = Literal["scenarios", "construction", "invariants", "proved", "generated", "listed", "survived"]
UNWATCHED = 100
"""The scenarios that are replayed on a mutant before its promises are watched: most mutants are killed earlier."""
FATES: tuple[Fate, ...] = ("scenarios", "construction", "invariants", "proved", "generated", "listed", "survived")


@frozen
class Judged:
    """A mutant and its fate. `by` is the scenario with the place where it failed, the invariant, or the reason."""

    mutant: Mutant
    fate: Fate
    by: str = ""

    @property
    def survives(self) -> bool:
        """Whether the mutant went unnoticed. Where the source speaks, a generated scenario does not suffice."""
        return self.fate == "survived" or (self.fate == "generated" and self.mutant.strict)


def _no_reason(*_: Pathway) -> str:
    return ""


@frozen
class Judges:
    """The judges of a mutant, in this order: the hand-written scenarios, the invariants, a proof of equivalence, the
    generated scenarios, the list of equivalents.

    `invariants` names an invariant that a pathway breaks, or ""; `equivalent` gives the reason why no record tells two
    pathways apart, or "". Both must be functions of a module, so that other processes can load them.
    """

    pathway: Pathway
    scenarios: tuple[Scenario, ...]
    invariants: Callable[[Pathway], str] = _no_reason
    equivalent: Callable[[Pathway, Pathway], str] = _no_reason
    generated: tuple[Scenario, ...] = ()
    listed: Mapping[str, str] = field(factory=dict)

    def judge_rule(self, mutants: Sequence[Mutant], reach: Reach) -> Iterator[Judged]:
        """Judge the mutants of one rule. A scenario that noticed one of them is replayed first on the next."""
        likely = reach.order(mutants[0].rule)
        noticed: Counter[int] = Counter()
        for mutant in mutants:
            try:
                changed = mutant.build(self.pathway)
            except (DefinitionError, BadInput) as fault:
                yield Judged(mutant, "construction", fault.faults[0])
                continue
            order = [
                *(place for place, _ in noticed.most_common()),
                *(place for place in likely if place not in noticed),
            ]
            broken = ""
            promises: Promises | None = None
            for asked, place in enumerate(order):
                if asked == UNWATCHED:
                    promises = Promises(self.pathway, changed)
                if where := _failure(self.scenarios[place], changed, promises):
                    noticed[place] += 1
                    yield Judged(mutant, "scenarios", f"{self.scenarios[place].file}: {where}")
                    break
                if promises is not None:
                    broken = broken or promises.first_in(self.scenarios[place])
                    promises.broken = []
            else:
                unwatched = [self.scenarios[place] for place in sorted(order[:UNWATCHED])]
                promise = broken_promise(self.pathway, changed, unwatched) or broken
                yield self._judge_survivor(mutant, changed, promise)

    def _judge_survivor(self, mutant: Mutant, changed: Pathway, promise: str) -> Judged:
        if name := promise or self.invariants(changed):
            return Judged(mutant, "invariants", name)
        if reason := self.equivalent(self.pathway, changed):
            return Judged(mutant, "proved", reason)
        for scenario in self.generated:
            if where := _failure(scenario, changed):
                return Judged(mutant, "generated", f"{scenario.file}: {where}")
        if mutant.id in self.listed:
            return Judged(mutant, "listed", self.listed[mutant.id])
        return Judged(mutant, "survived")


def run(judges: Judges, mutants: Sequence[Mutant], *, jobs: int = 1) -> Iterator[Judged]:
    """The fate of each mutant, as soon as it is known; in the given order where `jobs` is 1.

    Raises `BadInput` where a scenario fails on the pathway itself.
    """
    if faults := faults_of_scenarios((*judges.scenarios, *judges.generated), judges.pathway):
        raise BadInput(*faults)
    rules = [tuple(found) for _, found in groupby(mutants, key=lambda mutant: mutant.rule)]
    if jobs <= 1:
        _start(judges)
        for rule in rules:
            yield from _of_rule(rule)
        return
    # Long rules first, so that no process is left with one at the end.
    rules.sort(key=len, reverse=True)
    with workers(jobs, initializer=_start, initargs=(judges,)) as pool:
        asked = [pool.submit(_judged, rule) for rule in rules]
        for done in as_completed(asked):
            yield from done.result()


_HERE: list[tuple[Judges, Reach]] = []


def _start(judges: Judges) -> None:
    _HERE[:] = [(judges, Reach(judges.pathway, judges.scenarios))]


def _of_rule(mutants: Sequence[Mutant]) -> Iterator[Judged]:
    judges, reach = _HERE[0]
    return judges.judge_rule(mutants, reach)


def _judged(mutants: Sequence[Mutant]) -> list[Judged]:
    return list(_of_rule(mutants))


def _failure(scenario: Scenario, pathway: Pathway, watch: Promises | None = None) -> str:
    try:
        return first_failure(scenario, pathway, watch)
    except Exception as fault:  # noqa: BLE001  # any fault counts as noticed
        return f"{type(fault).__name__}: {fault}"


def sample_of(mutants: Sequence[Mutant], count: int) -> tuple[Mutant, ...]:
    """A sample of `count` mutants, evenly spread over all of them: the same sample every time."""
    if count >= len(mutants):
        return tuple(mutants)
    return tuple(mutants[place * len(mutants) // count] for place in range(count))


def read_equivalents(text: str, file: str) -> dict[str, str]:
    """The listed equivalent mutants: id -> reason. Raises `BadInput` for a malformed list."""
    try:
        data = tomllib.loads(text)
    except ValueError as fault:
        raise BadInput(f"{file}: not TOML: {fault}") from None
    if wrong := [name for name, reason in data.items() if not isinstance(reason, str) or not reason.strip()]:
        raise BadInput(*(f"{file}: {name}: a reason in a sentence is wanted" for name in wrong))
    return data


def faults_of_list(listed: Mapping[str, str], mutants: Iterable[Mutant], judged: Iterable[Judged]) -> list[str]:
    """The faults of a list of equivalents: entries that name no mutant, or a mutant that was killed."""
    known = {mutant.id for mutant in mutants}
    faults = [f"'{name}' is no mutant; {nearest(name, known)}" for name in listed if name not in known]
    return faults + [
        f"'{result.mutant.id}' is killed, and so not equivalent: {result.by}"
        for result in judged
        if result.mutant.id in listed and result.fate not in ("listed", "proved")
    ]
