"""Records of the tests: nothing known but what is put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway import PATHWAY
from pathway.run.compiled import compiled
from pathway.run.frame import Frame
from pathway.run.item import Item
from pathway.run.record import Record
from tests.children import BORN

if TYPE_CHECKING:
    from datetime import datetime

    from pathway.model.events import Event
    from pathway.run.fold import Fold
    from pathway.run.outcome import Outcome

COMPILED = compiled(PATHWAY)


def record_of(**values: object) -> Record:
    """A record in which these facts of the episode are known, and no other."""
    record = Record(COMPILED, BORN, None)
    record.report = Frame.blank(COMPILED.layout)
    for name, value in values.items():
        record.episode.values[COMPILED.layout.index[name]] = value
    return record


def fold_in(fold: Fold, event: Event, at: datetime, entry: str = "e1") -> Outcome:
    """Fold one event in."""
    outcome = fold.apply((Item(at, fold.compiled.rank(event), 0, entry, event),))
    assert outcome is not None
    return outcome
