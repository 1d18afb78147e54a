"""The table of advice and orders by state has a mark wherever a committed scenario raises, refuses or permits one."""

from __future__ import annotations

from tests.draw.table import allows, cells


def test_whatever_a_scenario_raises_refuses_or_permits_is_marked_in_its_state(replays):
    table = cells()
    seen = set()
    for replay in replays:
        for step in replay.steps:
            if step.result is not None:
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
