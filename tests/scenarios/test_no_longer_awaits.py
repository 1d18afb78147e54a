"""`no_longer_awaits`: a scenario says that a fact is not awaited any more."""

from __future__ import annotations

import pytest

from pathway import PATHWAY
from pathway.model.errors import BadInput
from pathway.scenarios.read import parse_scenario
from pathway.scenarios.replay import replay

STORY = """
title = "A fever and nothing else"
why = "A first count is awaited."
cites = ["S01"]
born = 2024-12-22

[[step]]
at = 2026-01-22T09:00:00Z
event = "temperature_measured"
with = { temperature = "38.4 Cel" }
no_longer_awaits = ["FACT"]
"""


def failures(fact: str) -> list[str]:
    done = replay(parse_scenario(STORY.replace("FACT", fact), PATHWAY), PATHWAY)
    return [f"{one.key}: {one.expected}, not {one.happened}" for step in done.steps for one in step.failures]


def test_a_fact_that_is_awaited_fails_the_scenario_and_one_that_is_not_does_not():
    assert failures("anc") == ["no_longer_awaits: no anc, not anc"]
    assert failures("kmt2a") == []


def test_only_a_fact_can_be_awaited_no_longer():
    with pytest.raises(BadInput, match="no_such_fact"):
        failures("no_such_fact")
