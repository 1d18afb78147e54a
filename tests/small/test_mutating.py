"""Stories are generated for a small pathway, and every rule that is changed is noticed by them, or by a proof."""

from __future__ import annotations

import pytest

pytest.importorskip("z3")

from pathway.scenarios.read import parse_scenario
from pathway.scenarios.replay import replay
from pathway.verify.generate import generated, tasks_of
from pathway.verify.mutants import mutants_of
from pathway.verify.mutation import Judges, run
from tests.small.pathways import ANKLE, SINGLE


@pytest.fixture(scope="module")
def stories():
    found = {}
    for _, texts in generated(ANKLE, tasks_of(ANKLE)):
        found |= texts
    return {file: parse_scenario(text, ANKLE, file) for file, text in found.items()}


def test_there_is_a_story_for_each_transition_and_around_each_limit(stories):
    assert sorted(stories) == [
        "limits/steps-walked-4-above.toml", "limits/steps-walked-4-below.toml", "limits/steps-walked-4-on.toml",
        "limits/steps-walked-4-unknown.toml", "ways/straight-home-from-door.toml", "ways/to-imaging-from-door.toml",
        "ways/whole-from-imaging.toml",
    ]  # fmt: skip
    assert all(replay(one, ANKLE).passed for one in stories.values())


def test_a_pathway_of_one_state_needs_no_story():
    assert tasks_of(SINGLE) == []


def test_the_stories_notice_a_limit_that_is_moved_and_a_transition_that_leads_elsewhere(stories):
    judged = list(run(Judges(ANKLE, tuple(stories.values())), list(mutants_of(ANKLE))))
    fates = {one.mutant.id: one.fate for one in judged}
    assert fates and {"scenarios"} <= set(fates.values())
    moved = [fate for name, fate in fates.items() if "target" in name or name.startswith("condition suspect")]
    assert moved and set(moved) <= {"scenarios", "construction"}
