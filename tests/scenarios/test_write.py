from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from pathway import PATHWAY, Case, Override
from pathway.scenarios.read import Scenario, ScenarioStep, parse_scenario
from pathway.scenarios.replay import replay
from pathway.scenarios.transcript import steps_of, transcript
from pathway.scenarios.write import scenario_text
from tests.children import BORN, INDEX_COUNT, at, told
from tests.strategies import any_event, moments, stories

FILES = sorted((Path(__file__).parents[2] / "scenarios").rglob("*.toml"))
INDEX = Path(__file__).parents[2] / "scenarios" / "source" / "index-case.toml"
WORDS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30).filter(str.strip)
ADVICE = st.lists(st.sampled_from(list(PATHWAY.advice_by_id)), max_size=3, unique=True).map(tuple)
EXPECTED = st.fixed_dictionaries(
    {},
    optional={
        "state": st.sampled_from(list(PATHWAY.states_by_name)), "urgent": ADVICE, "no_longer_advises": ADVICE,
        "overdue": ADVICE,
        "awaits": st.lists(st.sampled_from(list(PATHWAY.facts_by_name)), max_size=3).map(tuple),
        "no_longer_awaits": st.lists(st.sampled_from(list(PATHWAY.facts_by_name)), max_size=3).map(tuple),
        "deviation": st.booleans() | st.just(("order_bone_marrow",)),
    },
)  # fmt: skip
MOMENTS = st.tuples(moments(), st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=45)), ZoneInfo("Asia/Tokyo")]))


@st.composite
def steps(draw) -> ScenarioStep:
    """A step of any kind, with whatever words people write."""
    kind = draw(st.sampled_from(["event", "order", "correct", "withdraw", "acknowledge", "clock"]))
    when, zone = draw(MOMENTS)
    when, name, more = when.astimezone(zone), kind, {}
    expects = draw(EXPECTED)
    if kind in ("event", "correct"):
        more["event"] = draw(any_event())
        name = more["event"].name
    if kind == "order":
        name = draw(st.sampled_from(list(PATHWAY.orders_by_id)))
        more["override"] = draw(st.none() | st.builds(Override, WORDS, WORDS))
        expects["verdict"] = draw(st.sampled_from(["permitted", "refused", "not_addressed"]))
    if kind in ("correct", "withdraw", "acknowledge"):
        more["target"] = draw(WORDS)
    if kind in ("event", "correct", "withdraw"):
        more |= {"id": draw(st.just("") | WORDS), "by": draw(st.just("") | WORDS)}
    if kind == "correct":
        more["taken_at"] = draw(st.none() | st.just(when))
    if kind == "withdraw":
        more["reason"] = draw(st.just("") | WORDS)
    if kind == "acknowledge":
        more["by"] = draw(WORDS)
    return ScenarioStep(0, None, when, kind, name, expects=tuple(expects.items()), **more)


SCENARIOS = st.builds(
    Scenario, st.just("scenario"), WORDS, WORDS,
    st.lists(st.sampled_from(list(PATHWAY.citations)), max_size=3).map(tuple), st.dates(date(1990, 1, 1)),
    st.sampled_from(["UTC", "Europe/Berlin"]), st.lists(steps(), min_size=1, max_size=4).map(tuple),
)  # fmt: skip


def said(scenario: Scenario) -> Scenario:
    """What a scenario says, apart from where it stands."""
    told = (
        evolve(step, number=number, line=None, at=step.at.astimezone(UTC), expects=tuple(sorted(step.expects, key=str)))
        for number, step in enumerate(scenario.steps)
    )
    return evolve(scenario, file="", steps=tuple(told))


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_every_story_of_this_repository_is_written_as_it_was_read(file):
    story = parse_scenario(file.read_text(encoding="utf-8"), PATHWAY)
    assert said(parse_scenario(scenario_text(story), PATHWAY)) == said(story)


def test_the_style_is_that_of_the_stories_written_by_hand():
    by_hand = [
        file for file in FILES if scenario_text(parse_scenario(text := file.read_text("utf-8"), PATHWAY)) == text
    ]
    assert len(by_hand) > 0.9 * len(FILES)
    assert INDEX.read_text("utf-8").count("\n\n[[step]]\nat = ") == len(
        parse_scenario(INDEX.read_text(), PATHWAY).steps
    )


@settings(deadline=None, max_examples=200)
@given(SCENARIOS)
def test_whatever_is_written_is_read_again_the_same(scenario):
    assert said(parse_scenario(scenario_text(scenario), PATHWAY)) == said(scenario)


@settings(deadline=None, max_examples=60)
@given(stories())
def test_the_transcript_of_a_case_holds_and_ends_where_the_case_did(story):
    case = Case(PATHWAY, born=BORN)
    for when, event in story:
        case.record(event, at=when, by="ward")
    if not story:
        return
    again = replay(parse_scenario(of_case(case), PATHWAY), PATHWAY)
    assert again.passed
    assert again.case == case


def of_case(case: Case) -> str:
    scenario = Scenario("case", "A case", "It happened.", (), case.born, case.timezone, steps_of(case))
    return scenario_text(transcript(scenario, PATHWAY))


def test_the_transcript_tells_corrections_withdrawals_acknowledgements_and_overrides():
    case = told(INDEX_COUNT)
    case.record(PATHWAY.event("temperature_measured", temperature="38.4 Cel"), at=at(10), id="reading")
    case.propose("order_bone_marrow", at=at(20), override=Override("Dr Sato", 'told "on the telephone"'))
    case.correct("reading", PATHWAY.event("temperature_measured", temperature="36.9 Cel"), at=at(30), by="ward")
    case.acknowledge("reading", at=at(40), by="Dr Marek")
    case.withdraw("e1", at=at(50), by="ward", reason="another child")
    text = of_case(case)
    assert [one.kind for one in parse_scenario(text, PATHWAY).steps] == [
        "event", "event", "order", "correct", "acknowledge", "withdraw",
    ]  # fmt: skip
    again = replay(parse_scenario(text, PATHWAY), PATHWAY)
    assert again.passed
    assert again.case == case


def test_a_transcript_expects_so_much_that_another_answer_fails():
    text = of_case(told(INDEX_COUNT))
    assert 'state = "referral"' in text
    assert 'urgent = ["consult_same_day", "smear_now", "exam_now", "tumour_lysis_labs"]' in text
    milder = text.replace('alc = "1.4 10*9/L"', 'alc = "4.4 10*9/L"')
    failed = {one.key for one in replay(parse_scenario(milder, PATHWAY), PATHWAY).failures}
    assert {"state", "urgent"} <= failed


def test_an_id_is_written_only_where_a_step_refers_to_it():
    case = told(INDEX_COUNT, INDEX_COUNT)
    assert "id = " not in of_case(case)
    case.withdraw("e2", at=at(40))
    assert of_case(case).count("id = ") == 1


def test_half_a_character_is_refused_and_not_written():
    scenario = parse_scenario(INDEX.read_text(encoding="utf-8"), PATHWAY)
    with pytest.raises(ValueError, match="half a character"):
        scenario_text(evolve(scenario, title="\ud83d"))


def test_an_expectation_of_no_known_name_is_refused_and_not_dropped():
    scenario = parse_scenario(INDEX.read_text(encoding="utf-8"), PATHWAY)
    odd = evolve(scenario.steps[0], expects=(("stade", "referral"),))
    with pytest.raises(ValueError, match="stade"):
        scenario_text(evolve(scenario, steps=(odd,)))


def test_a_moment_keeps_its_offset_where_toml_can_write_it():
    scenario = parse_scenario(INDEX.read_text(encoding="utf-8"), PATHWAY)
    first = datetime(2026, 1, 22, 9, tzinfo=ZoneInfo("Europe/Berlin"))
    odd = first.replace(tzinfo=timezone(timedelta(minutes=53, seconds=28)))
    for when, text in ((first, "2026-01-22T09:00:00+01:00"), (odd, "2026-01-22T08:06:32Z")):
        step = evolve(scenario.steps[0], at=when)
        assert f"at = {text}\n" in scenario_text(evolve(scenario, steps=(step,)))
