"""The writer of the page: it also knows which parts of the diagram stand for a rule or a state."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from attrs import frozen

from pathway.draw.book.html import HtmlWriter
from pathway.draw.diagram import Box, Diagram, Line, diagram_of, phases_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@frozen
class Drawn(HtmlWriter):
    """Writes a book next to the diagram of its pathway. `narrow`: and next to a narrow diagram of each phase."""

    narrow: bool = False

    @cached_property
    def diagram(self) -> Diagram:
        """The diagram of the whole pathway."""
        return diagram_of(self.book.pathway)

    @cached_property
    def phases(self) -> tuple[Box, ...]:
        """The phases, in order."""
        return phases_of(self.book.pathway)

    def lines(self, rule: str) -> tuple[Line, ...]:
        """The lines of the diagram that stand for a rule."""
        return tuple(line for line in self.diagram.lines if rule in line.rules)

    def phase(self, state: str) -> Box:
        """The phase of a state."""
        return next(box for box in self.phases if state in box.states)

    def start(self, line: Line) -> str:
        """Where a line leaves: a state, a phase, or some states of one."""
        if not line.box:
            return self.book.pathway.state(line.source).title
        box = next(frame for frame in self.diagram.boxes if frame.id == line.box)
        return box.title or " or ".join(self.book.pathway.state(state).title for state in box.states)

    def marks(self, owners: Iterable[str]) -> str:
        """The parts of the diagram that stand for these owners: "rule-4 state-ward"."""
        return " ".join(dict.fromkeys(self._marks(owners)))

    def _marks(self, owners: Iterable[str]) -> Iterator[str]:
        for owner in owners:
            kind, _, name = owner.partition(" ")
            if kind == "transition":
                yield f"rule-{self.book.numbers[owner]}"
            elif kind == "state":
                yield f"state-{name}"
            elif owner in self.book.rows:
                yield from (f"state-{state}" for state in self.book.rows[owner].states)
