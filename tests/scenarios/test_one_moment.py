"""Reports of one kind for one moment: the stories of them end alike, in whatever order the reports are recorded."""

from __future__ import annotations

from itertools import groupby, permutations
from pathlib import Path

import pytest

from pathway import PATHWAY, Case
from pathway.scenarios.read import read_scenario
from pathway.scenarios.replay import replay_step, scenario_files

FOLDER = Path(__file__).parents[2] / "scenarios" / "one-moment"
STORIES = [read_scenario(file, PATHWAY) for file in scenario_files([FOLDER])]


def orders_of(story):
    """The steps of a story in each order of the reports of one kind that are for one moment."""
    orders = [()]
    for _, group in groupby(story.steps, key=lambda step: (step.at, step.name)):
        mixed = list(permutations(group))
        orders = [(*before, *after) for before in orders for after in mixed]
    return orders


def plan_after(story, steps):
    case = Case(PATHWAY, born=story.born, timezone=story.timezone)
    for step in steps:
        plan = replay_step(case, step, step.at).plan
    return plan


@pytest.mark.parametrize("story", STORIES, ids=lambda story: Path(story.file).stem)
def test_the_order_of_recording_does_not_matter(story):
    orders = orders_of(story)
    assert len(orders) > 1, "a story of this folder has reports of one kind for one moment"
    first, *others = (plan_after(story, steps).to_json() for steps in orders)
    assert all(plan == first for plan in others)
