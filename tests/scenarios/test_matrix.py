"""The table of advice and orders by state has a mark wherever an event of a scenario raises advice in it, and wherever
an order is refused or permitted."""

from __future__ import annotations

from tests.draw.table import allows, cells


def test_whatever_an_event_raises_and_an_order_is_answered_is_marked_in_its_state(replays):
    table = cells()
    seen = set()
    for replay in replays:
        for step in replay.steps:
            # A step that changes the past raises advice in a state that the case may have left; and while something
            # waits for acknowledgement, the advice of two readings is told beside the state of one.
            if step.result is not None and step.step.kind == "event" and not step.plan.pending:
                through = (step.result.came_from, *step.result.passed_through, step.result.state)
                for advice in step.result.raised:
                    where = [state for state in through if table[f"advice {advice.id}", state].letter]
                    assert where, (replay.scenario.file, advice.id, through)
                    seen |= {(f"advice {advice.id}", where[-1], "raised")} if len({*through}) == 1 else set()
            if step.verdict is not None:
                cell = table[f"order {step.verdict.order}", step.plan.state]
                assert allows(cell, step.verdict.verdict), (replay.scenario.file, cell, step.verdict.verdict)
                seen.add((cell.rule, cell.state, step.verdict.verdict))
    assert len(seen) > 80, "the scenarios speak of many places of the table"
