"""A second opinion: an interpreter written from the tables by hand answers as the pathway does, on random stories.

`PATHWAY_TEST_FULL=1` tells more than 200,000 random events instead of 7,500, and 8,400 stories with settings aside
instead of 300. A disagreement prints the shortest story
found. Where the tables were mended, the reference says so at the place, after "Mended".
"""

from __future__ import annotations

import ast
import os
from collections import Counter
from pathlib import Path

import pytest

from pathway import PATHWAY
from tests.reference import chart, interpreter
from tests.reference.compare import printed, shortest, tell
from tests.reference.stories import URGENT, answered, story

FULL = bool(os.environ.get("PATHWAY_TEST_FULL"))
ANSWERED = 300  # stories in a block in which urgent advice is set aside
STORIES = 600  # in a block: about 7,500 events
BLOCKS = range(28 if FULL else 1)
TOLD = ("record", "correct", "withdraw", "refused")
VERDICTS = {
    "order_bone_marrow": "refused permitted", "start_antimicrobials": "refused permitted",
    "give_live_vaccine": "refused permitted not_addressed", "allow_contact_activity": "refused not_addressed",
    "defer_referral": "refused not_addressed", "attribute_to_virus": "refused permitted not_addressed",
    "attribute_to_drug": "refused permitted not_addressed",
    "start_interfant_chemotherapy": "refused permitted not_addressed", "assign_risk_group": "refused permitted",
    "condition_with_tbi": "refused", "transplant": "refused permitted not_addressed", "close_case": "refused permitted",
}  # fmt: skip


@pytest.mark.parametrize("block", BLOCKS)
def test_the_second_opinion_agrees_on_every_random_story(block):
    seen: Counter = Counter()
    for seed in range(block * STORIES, (block + 1) * STORIES):
        told = story(seed)
        if tell(told, seen):
            less = shortest(told)
            pytest.fail(f"seed {seed}:\n{printed(less)}\n{tell(less)}", pytrace=False)
    assert sum(seen[one] for one in TOLD) >= 7000
    assert seen["compared"] >= 5000
    often = [(state.name, 20) for state in PATHWAY.states]
    often += [(f"took {transition.id}", 5) for transition in PATHWAY.transitions]
    often += [(advice.id, 30) for advice in PATHWAY.advice]
    often += [(f"{order} {verdict}", 3) for order, verdicts in VERDICTS.items() for verdict in verdicts.split()]
    often += [(what, 30) for what in ("correct", "withdraw", "refused", "held back", "acknowledged")]
    assert not {what: seen[what] for what, least in often if seen[what] < least}, "reached too seldom to say anything"


@pytest.mark.parametrize("block", BLOCKS)
def test_the_second_opinion_agrees_where_urgent_advice_is_set_aside(block):
    """Also with reports that are recorded late, corrections, withdrawals, and settings aside of an earlier moment."""
    seen: Counter = Counter()
    for seed in range(block * ANSWERED, (block + 1) * ANSWERED):
        told = answered(seed)
        if tell(told, seen):
            less = shortest(told)
            pytest.fail(f"seed {seed}:\n{printed(less)}\n{tell(less)}", pytrace=False)
    often = [(f"set aside {advice}", 1) for advice in URGENT]
    often += [("set_aside", 500), ("stands aside", 500), ("came back", 50), ("correct", 100), ("withdraw", 50)]
    assert not {what: seen[what] for what, least in often if seen[what] < least}, "reached too seldom to say anything"


def test_all_urgent_advice_is_set_aside_in_some_story():
    assert set(URGENT) == {advice.id for advice in PATHWAY.advice if advice.urgency == "now"} == set(interpreter.URGENT)


def test_the_verdicts_that_are_reached_are_those_of_every_order():
    assert set(VERDICTS) == {order.id for order in PATHWAY.orders}


def test_the_second_opinion_is_asked_of_nobody_else():
    """The reference imports nothing of the pathway: neither what it says nor how it runs."""
    for name in ("vocabulary", "ledger", "chart", "interpreter"):
        tree = ast.parse(Path(interpreter.__file__).with_name(f"{name}.py").read_text(encoding="utf-8"))
        imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        imported |= {one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names}
        ours = {module for module in imported if module.split(".")[0] in ("pathway", "tests")}
        assert ours <= {f"tests.reference.{one}" for one in ("vocabulary", "ledger", "chart")}


def test_a_seed_tells_the_same_story_every_time():
    assert [story(seed) for seed in range(20)] == [story(seed) for seed in range(20)]


@pytest.mark.parametrize(
    ("module", "name", "wrong"),
    [
        (chart, "LIMITS", chart.LIMITS | {"anc": ((11, "1.0", None), (9999, "1.4", None))}),
        (interpreter, "TREATMENT", interpreter.TREATMENT - {"offer_trial"}),
        (interpreter, "LEUKAEMIA", interpreter.LEUKAEMIA[:-1]),
    ],
)
def test_one_wrong_word_in_the_reference_is_noticed_and_shown_by_a_short_story(monkeypatch, module, name, wrong):
    monkeypatch.setattr(module, name, wrong)
    told = next(told for told in map(story, range(STORIES)) if tell(told))
    assert len(shortest(told).entries) <= 8
