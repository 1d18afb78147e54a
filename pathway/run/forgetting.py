"""What a record no longer knows when an event comes: latches that have ended, and facts that a state forgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pathway.model.derivation import facts_behind
from pathway.model.derived import Latched

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    from pathway.model.guards import Guard
    from pathway.model.pathway import Pathway
    from pathway.run.frame import Frame
    from pathway.run.layout import Layout

    class Forgetful(Protocol):
        """The parts of a record in which something is forgotten."""

        state: str
        day: int
        episode: Frame
        met_on: dict[int, int]


def forgotten_in(pathway: Pathway) -> dict[str, tuple[tuple[str, ...], tuple[str, ...], int]]:
    """By state that forgets: the reported facts, the latches, and after how many days.

    With a latch, the facts on which it rests are forgotten too: else the latch would be met again at once.
    """
    found = {}
    for state in pathway.states:
        if state.forgets:
            latches = [derived for derived in pathway.derived if isinstance(derived, Latched)]
            named = [latch for latch in latches if latch.name in state.forgets]
            facts = {name for name in state.forgets if name in pathway.facts_by_name}
            facts |= {fact for latch in named for fact in facts_behind(latch.when, pathway)}
            kept = tuple(fact.name for fact in pathway.facts if fact.name in facts)
            found[state.name] = (kept, tuple(latch.name for latch in named), state.forgets_after)
    return found


class Forgetting:
    """Lets a record forget before an event is read. `guard` compiles a guard."""

    def __init__(self, pathway: Pathway, layout: Layout, guard: Callable[[Guard], Callable[[Any], bool]]) -> None:
        index = layout.index
        self._limits = layout.ranged
        self._latches = [
            (index[latch.name], None if latch.ends_when is None else guard(latch.ends_when), latch.lasts_days)
            for latch in pathway.derived
            if isinstance(latch, Latched) and (latch.ends_when is not None or latch.lasts_days is not None)
        ]
        self._states = {
            state: ([index[name] for name in facts], [index[name] for name in latches], days)
            for state, (facts, latches, days) in forgotten_in(pathway).items()
        }
        dated = {place for place, _, days in self._latches if days is not None}
        self.dated = frozenset(dated.union(*(latches for _, latches, _ in self._states.values())))
        """The latches of which it is asked on which day they were last met."""

    def __bool__(self) -> bool:
        return bool(self._latches or self._states)

    def forget(self, record: Forgetful) -> bool:
        """Forget what has ended by now, the clock of the record being moved to the event. Whether anything has."""
        values, met_on, today = record.episode.values, record.met_on, record.day
        ended = [
            place
            for place, ends, days in self._latches
            if values[place] is True
            and ((days is not None and today - met_on[place] > days) or (ends is not None and ends(record)))
        ]
        facts, latches, after = self._states.get(record.state, ((), (), 0))
        ended += [place for place in latches if values[place] is True and today - met_on[place] > after]
        whens = record.episode.when
        old = [place for place in facts if (stamp := whens[place]) is not None and today - stamp[1] > after]
        for place in old:
            record.episode.forget(place, self._limits.get(place))
        for place in ended:
            values[place] = None
            met_on.pop(place, None)
        return bool(old or ended)
