"""After an event only that is asked anew which such an event can change: the answers are those of asking everything."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from pathway import PATHWAY, Case
from pathway.model.derivation import told_by
from pathway.run import fold as folding
from pathway.run.compiled import compiled
from pathway.run.evaluate import Evaluator
from tests.children import BORN, NINE
from tests.random_events import random_event

SEEDS, EVENTS = 60, 30
COMPILED = compiled(PATHWAY)


class Checked:
    """Asks everything wherever a fold asks for what may have changed, and counts how often it did."""

    def __init__(self):
        self.asked = Counter()

    def settle_after(self, record, outcome, after):
        assert after.advise[record.state](record) == COMPILED.advise[record.state](record)
        folding_settle_after(record, outcome, after)
        self.asked["advice"] += 1
        if not after.may_move[record.state]:
            ways = COMPILED.automatic.ways.get(record.state, ())
            assert not any(guard(record) for guard, _, _ in ways)
            self.asked["ways"] += 1
        found = after.contradicted(record) if after.contradicted else 0
        evaluator = Evaluator(COMPILED, record)
        shown = [evaluator.truth(one.when) is True for one in PATHWAY.contradictions]
        assert found == sum(1 << number for number, one in enumerate(shown) if one)
        self.asked["contradicted"] += bool(found)


folding_settle_after = folding.settle_after


@pytest.fixture
def checked(monkeypatch):
    checked = Checked()
    monkeypatch.setattr(folding, "settle_after", checked.settle_after)
    return checked


def test_what_is_left_out_after_an_event_is_as_it_was(checked):
    for seed in range(SEEDS):
        random = Random(seed)
        case, at = Case(PATHWAY, born=BORN), NINE
        for _ in range(EVENTS):
            at += timedelta(hours=random.choice((0, 1, 5, 12, 30, 24 * 8)))
            case.record(random_event(random), at=at - timedelta(hours=random.choice((0, 0, 0, 40))))
            case.record(random_event(random), at=at)
    assert all(checked.asked[name] > SEEDS for name in ("advice", "ways", "contradicted")), checked.asked


def test_a_report_tells_no_fact_that_its_kind_does_not_carry():
    index = COMPILED.layout.index
    for seed in range(SEEDS):
        event = random_event(Random(seed))
        case = Case(PATHWAY, born=BORN)
        case.record(event, at=NINE)
        told = {name for name, place in index.items() if case.timeline.end.record.report.values[place] is not None}
        assert told <= told_by(event.kind, PATHWAY), event
