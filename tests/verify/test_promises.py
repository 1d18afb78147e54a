from __future__ import annotations

from pathlib import Path

import pytest

from pathway import PATHWAY
from pathway.scenarios.read import read_scenario
from pathway.scenarios.replay import handwritten_files
from pathway.verify.mutants import mutants_of
from pathway.verify.mutants.promises import broken_promise

FOLDER = Path(__file__).parents[2] / "scenarios"
FILES = handwritten_files(FOLDER)
STORIES = tuple(read_scenario(file, PATHWAY) for file in FILES)
BY_ID = {one.id: one for one in mutants_of(PATHWAY)}


def test_the_pathway_keeps_its_promises_in_every_hand_written_story():
    assert broken_promise(PATHWAY, PATHWAY, STORIES) == ""


@pytest.mark.parametrize(
    ("name", "promise"),
    [
        ("transition high_risk_feature: part 2 dropped", "germline or high_risk_feature from kmt2a_stratification"),
        ("transition consulted_at_first: part 1 dropped", "consulted_at_first from initial_labs"),
        ("order order_bone_marrow: permitted: always", "order order_bone_marrow: two verdicts"),
        ("order order_bone_marrow: never refused", "no_marrow_before_the_consultation"),
        ("transition high_risk_feature: target high_risk -> intermediate_risk", "intermediate_risk_without_features"),
        ("advice smear_now: never completed", ""),
        ("event kmt2a_reported: replaces the report before", ""),
    ],
)
def test_a_mutant_that_breaks_a_promise_in_a_story_is_named_with_the_story(name, promise):
    found = broken_promise(PATHWAY, BY_ID[name].build(PATHWAY), STORIES)
    assert promise in found
    assert bool(promise) is bool(found), found
