"""The last event of a counterexample, replayed by a case: the records before and after it, the transitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.run.compiled import compiled
from pathway.run.evaluate import Evaluator, Truth
from pathway.run.explain import Explainer
from pathway.run.fold import Fold
from pathway.run.item import Item
from pathway.verify.counterexample import Counterexample, Happening, moment_of, raw_of

if TYPE_CHECKING:
    from pathway.model.guards import Guard
    from pathway.model.pathway import Pathway
    from pathway.run.outcome import Fired, Outcome


class ReplayedStep:
    """A counterexample that was run. Raises what the run raises, such as for transitions that do not come to rest."""

    def __init__(self, pathway: Pathway, example: Counterexample) -> None:
        self.pathway = pathway
        self._compiled = compiled(pathway)
        self._before = self._folded(example, len(example.happenings) - 1)
        self._after = self._folded(example, len(example.happenings) - 1)
        last = example.happenings[-1]
        self.event = last.event
        self._outcome = self._apply(self._after, last, len(example.happenings))
        self.fired: list[Fired] = self._outcome.fired
        self.state = self._after.state

    def _folded(self, example: Counterexample, count: int) -> Fold:
        fold = Fold(self._compiled, example.born, None)
        for number, happening in enumerate(example.happenings[:count], 1):
            self._apply(fold, happening, number)
        return fold

    def _apply(self, fold: Fold, happening: Happening, number: int) -> Outcome:
        raw = {name: raw_of(self.pathway, name, value) for name, value in happening.fields}
        event = self.pathway.event(happening.event, **raw)
        item = Item(moment_of(happening), self._compiled.rank(event), number, f"e{number}", event)
        outcome = fold.apply((item,))
        assert outcome is not None
        return outcome

    def truth(self, guard: Guard) -> Truth:
        """Whether a guard is true after the event."""
        return self._after.decided(guard)

    def truth_before(self, guard: Guard) -> Truth:
        """Whether a guard was true before the event."""
        return self._before.decided(guard)

    def truth_then(self, fired: Fired, guard: Guard) -> Truth:
        """Whether a guard was true when a transition was taken."""
        return Evaluator(self._compiled, fired.record).truth(guard)

    @property
    def advice(self) -> set[str]:
        """The advice in force afterwards."""
        return {advice.id for advice in self._compiled.advice_of(self._after.active)}

    @property
    def withdrawn(self) -> set[str]:
        """The advice that the event took away: not completed, and not listed as left undone by a closed episode."""
        gone = self._outcome.withdrawn & ~self._outcome.left_undone
        return {advice.id for advice in self._compiled.advice_of(gone)}

    @property
    def named(self) -> bool:
        """Whether the answer names something that the case waits for."""
        explainer = Explainer(self._after)
        return bool(explainer.awaits() or explainer.next_events())
