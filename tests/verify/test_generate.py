"""The generated stories: one for each transition and around each limit, and always the same bytes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pathway import PATHWAY
from pathway.model.canonical import from_json, to_json
from pathway.model.units import split_amount
from pathway.scenarios.read import read_scenario
from pathway.scenarios.replay import replay_file
from pathway.verify.encoding import Encoding
from pathway.verify.generate import Generator, generated, tasks_of
from pathway.verify.limits import limits, moved
from pathway.verify.patient import slug
from pathway.verify.search import limits_of, plain_values

FOLDER = Path(__file__).parents[2] / "scenarios" / "generated"
ENCODING = Encoding(PATHWAY)
LIMITS = list(limits(ENCODING))
QUICK = ("count_low from initial_labs", "hb 3 to 5 months lower", "temperature 38.3")


@pytest.mark.parametrize("name", QUICK)
def test_the_same_stories_are_written_byte_by_byte(name):
    tasks = [task for task in tasks_of(PATHWAY) if task.name == name]
    ((_, stories),) = generated(PATHWAY, tasks)
    assert stories
    for file, text in stories.items():
        assert (FOLDER / file).read_text(encoding="utf-8") == text, f"run pathway scenarios generate: {file}"


def test_a_pathway_read_from_its_json_has_the_same_tasks_and_stories():
    read = from_json(to_json(PATHWAY))
    tasks = tasks_of(PATHWAY)
    assert tasks_of(read) == tasks
    (task,) = (one for one in tasks if one.name == "temperature 38.0")
    assert Generator(read).stories(task) == Generator(PATHWAY).stories(task) != {}


def test_there_is_a_story_to_each_transition_from_each_state_that_it_leaves():
    for rule in PATHWAY.transitions:
        for source in rule.sources:
            done = replay_file(FOLDER / "ways" / f"{slug(f'{rule.id} from {source}')}.toml", PATHWAY)
            assert done.passed
            taken = {(one.transition.id, one.source) for one in done.steps[-1].result.fired}
            assert (rule.id, source) in taken
            assert set(rule.cites) <= set(done.scenario.cites)


@pytest.mark.parametrize("limit", LIMITS, ids=[limit.name for limit in LIMITS])
def test_around_each_limit_there_are_stories_that_it_decides(limit):
    files = sorted((FOLDER / "limits").glob(f"{slug(limit.name)}-*.toml"))
    sides = {file.stem.removeprefix(f"{slug(limit.name)}-") for file in files}
    assert {"on", "above"} <= sides and len(sides) >= 2
    assert all(replay_file(file, PATHWAY).passed for file in files)
    higher = moved(PATHWAY, limit)
    assert any(not replay_file(file, higher).passed for file in files)


def test_stories_without_the_value_are_told_for_every_limit_of_a_count():
    for row in PATHWAY.reference.rows:
        name = slug(f"{row.fact} {row.band()} lower")
        scenario = read_scenario(FOLDER / "limits" / f"{name}-unknown.toml", PATHWAY)
        assert all(row.fact not in dict(step.event.raw) for step in scenario.steps)


def test_every_threshold_of_the_rules_is_a_limit():
    known = {(limit.captured or limit.fact, limit.value) for limit in LIMITS}
    for fact, value in (
        ("blasts_percent", 20), ("blasts", 1000), ("temperature", "38.3"), ("temperature", "38.0"),
        ("wbc_at_diagnosis", 300), ("age_at_diagnosis", 6), ("age_at_diagnosis", 12), ("age", 6), ("days_in_state", 7),
        ("alc", "3.5"), ("anc", "1.5"), ("platelets", 150), ("hb", "10.5"), ("wbc", "6.0"),
    ):  # fmt: skip
        assert (fact, Decimal(value)) in known


def test_a_value_of_a_story_lies_on_the_side_that_its_name_says():
    for limit in LIMITS:
        if limit.captured or limit.fact in (ENCODING.age, ENCODING.days):
            continue
        for side, value in (
            ("below", limit.value - limit.step),
            ("on", limit.value),
            ("above", limit.value + limit.step),
        ):
            file = FOLDER / "limits" / f"{slug(limit.name)}-{side}.toml"
            if file.is_file():
                told = [dict(step.event.raw).get(limit.fact) for step in read_scenario(file, PATHWAY).steps]
                assert value in [split_amount(str(one))[0] for one in told if one is not None], file.name


def test_plain_values_stand_on_and_beside_every_limit():
    wbc = PATHWAY.fact("wbc")
    values = plain_values(ENCODING, wbc)
    for limit in limits_of(ENCODING, "wbc"):
        assert limit in values
    assert all(wbc.plausible[0] <= value <= wbc.plausible[1] for value in values)
