"""The last event of a tale, as a case that runs takes it: what is so before and after, and what was taken."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from pathway.run.evaluate import Evaluator, Truth
from pathway.run.explain import Explainer
from pathway.run.fold import Fired, Fold, decided
from pathway.run.program import program_of
from pathway.verify.tale import Tale, moment_of, raw_of

if TYPE_CHECKING:
    from pathway.model.guards import Guard
    from pathway.model.pathway import Pathway


class Sight:
    """A tale that ran. Raises what the run raises, such as where automatic transitions do not come to rest."""

    def __init__(self, pathway: Pathway, tale: Tale) -> None:
        self.pathway = pathway
        self._program = program_of(pathway)
        self._before = self._told(tale, len(tale.happenings) - 1)
        self._after = self._told(tale, len(tale.happenings) - 1)
        last = tale.happenings[-1]
        self.event = last.event
        raw = {name: raw_of(pathway, name, value) for name, value in last.fields}
        self._outcome = self._after.apply("last", moment_of(last), pathway.event(last.event, **raw))
        self.fired: list[Fired] = self._outcome.fired
        self.state = self._after.state

    def _told(self, tale: Tale, count: int) -> Fold:
        fold = Fold(self._program, tale.born, ZoneInfo("UTC"))
        for number, one in enumerate(tale.happenings[:count], 1):
            raw = {name: raw_of(self.pathway, name, value) for name, value in one.fields}
            fold.apply(f"e{number}", moment_of(one), self.pathway.event(one.event, **raw))
        return fold

    def truth(self, guard: Guard) -> Truth:
        """Whether a guard is true after the event."""
        return decided(guard, self._after)

    def truth_before(self, guard: Guard) -> Truth:
        """Whether it was true before."""
        return decided(guard, self._before)

    def truth_then(self, fired: Fired, guard: Guard) -> Truth:
        """Whether it was true where a transition was taken."""
        return Evaluator(self._program, fired.record).truth(guard)

    @property
    def advice(self) -> set[str]:
        """The advice in force afterwards."""
        return {one.id for one in self._program.advice_of(self._after.active)}

    @property
    def withdrawn(self) -> set[str]:
        """Advice that the event took away uncompleted, and that no closed episode lists as left undone."""
        gone = self._outcome.withdrawn & ~self._outcome.left_undone
        return {one.id for one in self._program.advice_of(gone)}

    @property
    def named(self) -> bool:
        """Whether the answer names something that the case waits for."""
        explainer = Explainer(self._program, self._after)
        return bool(explainer.awaits() or explainer.next_events())
