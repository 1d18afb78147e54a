"""What scenarios exercise, drawn: how often each line is taken, and which none takes."""

from __future__ import annotations

import pytest

from pathway import PATHWAY
from pathway.draw.coverage import Counts, coverage_sheet
from pathway.draw.diagram import diagram_of
from pathway.draw.overlaps import faults_of
from pathway.draw.rows import numbers_of
from tests.draw.sheets import geometry, texts

WAYS = [(one.id, state) for one in PATHWAY.transitions for state in one.sources]
STATES = [one.name for one in PATHWAY.states]
NONE = Counts(0, dict.fromkeys(WAYS, (0, 0)), dict.fromkeys(STATES, 0))
MANY = Counts(
    999,
    {way: (at + 1, 3 * at + 2) for at, way in enumerate(WAYS)},
    {state: at + 1 for at, state in enumerate(STATES)},
)
PARTLY = Counts(
    1,
    {**NONE.taken, ("same_day_referral", "initial_labs"): (1, 2), ("count_low", "initial_labs"): (1, 1)},
    {**NONE.visited, "initial_labs": 1},
)


def states_of(line):
    diagram = diagram_of(PATHWAY)
    return next(box.states for box in diagram.boxes if box.id == line.box) if line.box else (line.source,)


@pytest.mark.parametrize("counts", [NONE, PARTLY, MANY], ids=["none", "one", "many"])
def test_every_line_says_how_often_it_is_taken_and_never_where_it_is_not(counts):
    sheet = coverage_sheet(PATHWAY, counts)
    found = geometry(sheet)
    assert faults_of(sheet) == []
    said = texts(found)
    styles = {one["id"]: one["style"] for one in found["edges"]}
    for line in diagram_of(PATHWAY).lines:
        ways = [(rule.removeprefix("transition "), state) for rule in line.rules for state in states_of(line)]
        taken = [counts.taken[way] for way in ways if way in counts.taken]
        times = sum(times for _, times in taken)
        assert said[line.id].words.endswith(
            "never" if not times else f"{times} x" if all(files for files, _ in taken) else f"{times} x, not from all"
        )
        assert (styles[line.id] == "dotted") is (times == 0), "not by colour or words alone"


@pytest.mark.parametrize("counts", [NONE, PARTLY, MANY], ids=["none", "one", "many"])
def test_every_state_says_in_how_many_scenarios_it_is(counts):
    said = texts(geometry(coverage_sheet(PATHWAY, counts)))
    for state, files in counts.visited.items():
        words = "in no scenario" if not files else "in 1 scenario" if files == 1 else f"in {files} scenarios"
        assert said[state].words.endswith(words)


@pytest.mark.parametrize("counts", [NONE, PARTLY, MANY], ids=["none", "one", "many"])
def test_the_legend_counts_each_rule_by_the_state_that_it_leaves_and_leaves_none_out(counts):
    said = texts(geometry(coverage_sheet(PATHWAY, counts)))
    legend = {text.words: said[name.replace("number-", "legend-")].words for name, text in said.items()
              if name.startswith("number-")}  # fmt: skip
    for (rule, state), (files, times) in counts.taken.items():
        title = PATHWAY.state(state).title
        counted = f"from {title} {times} x in {files} scenario{'s' * (files > 1)}"
        assert (counted if files else f"never from {title}") in legend[str(numbers_of(PATHWAY)[f"transition {rule}"])]
