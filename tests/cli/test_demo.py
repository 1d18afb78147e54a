from __future__ import annotations

from pathlib import Path

import pytest

from pathway import PATHWAY
from pathway.cli.demo import story
from pathway.scenarios.read import read_scenario
from pathway.scenarios.replay import replay
from tests.cli.terminal import pathway

FILE = Path(__file__).parents[2] / "scenarios" / "source" / "index-case.toml"


@pytest.fixture(scope="module")
def parts() -> list[str]:
    """What is printed for each step of the story."""
    done = pathway("demo")
    assert done.code == 0, done.err
    return done.out.split("=" * 80)[1:]


def test_the_story_is_that_of_the_scenario_file():
    told, written = story(PATHWAY), read_scenario(FILE, PATHWAY)
    assert (told.title, told.why, told.born, told.timezone) == (
        written.title, written.why, written.born, written.timezone,
    )  # fmt: skip
    assert [(one.at, one.kind, one.name, one.event) for one in told.steps] == [
        (one.at, one.kind, one.name, one.event) for one in written.steps
    ]


def test_the_story_ends_with_the_kmt2a_result():
    done = replay(story(PATHWAY), PATHWAY)
    assert done.case.state == "kmt2a_stratification"
    assert done.case.value("kmt2a") == "rearranged"


def test_every_event_says_what_to_do_what_not_what_is_awaited_and_why(parts):
    steps = replay(story(PATHWAY), PATHWAY).steps
    assert len(parts) == len(steps)
    for part, step in zip(parts, steps, strict=True):
        if step.verdict is not None:
            continue
        for heading, wanted in (
            ("NOW", step.plan.of("now")), ("TODAY", step.plan.of("today")), ("DO NOT", step.plan.refusals),
            ("AWAITED", step.plan.awaited), ("WHY", step.plan.reasons),
        ):  # fmt: skip
            assert (f"\n{heading}\n" in part) is bool(wanted), (heading, part)
        words = " ".join(part.split())
        for line in (*step.plan.of("now"), *step.plan.of("today")):
            assert line.words in words


def test_what_is_new_is_marked_and_what_is_done_is_named(parts):
    examined = parts[2]
    assert "+ Examine for enlarged spleen" in parts[0]
    assert "Done:  Examine for enlarged spleen" in examined
    assert "+ " not in examined.partition("NOW")[2].partition("TODAY")[0]
    assert "+ Start antimicrobials promptly" in parts[4]
    assert "Done:  Start antimicrobials promptly" in parts[5]


def test_an_order_that_is_refused_says_why(parts):
    words = " ".join(parts[1].split())
    assert "Proposed: Bone marrow biopsy or aspirate REFUSED No bone marrow biopsy" in words
    assert "[S92 S93 N52]" in words


def test_what_is_refused_as_before_is_named_and_not_repeated(parts):
    assert "No bone marrow biopsy or aspirate before" in " ".join(parts[0].split())
    assert "As before: Bone marrow biopsy or aspirate;" in " ".join(parts[2].split())
    assert "No bone marrow biopsy or aspirate before" not in " ".join(parts[2].split())


def test_amounts_are_told_in_the_unit_they_were_given_in(parts):
    assert "uric acid 0.31 mmol/L" in " ".join(parts[3].split())
