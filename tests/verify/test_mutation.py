from __future__ import annotations

from importlib.resources import files as files_of
from pathlib import Path

import pytest

from pathway import PATHWAY
from pathway.model.errors import BadInput
from pathway.scenarios.read import parse_scenario, read_scenario
from pathway.scenarios.replay import handwritten_files
from pathway.verify import mutation
from pathway.verify.mutants import mutants_of
from pathway.verify.mutation import Judges, faults_of_list, read_equivalents, run, sample_of

MUTANTS = tuple(mutants_of(PATHWAY))
BY_ID = {one.id: one for one in MUTANTS}
SAMPLE = 60
"""All of them are judged by `pathway mutate`."""
CALL_DROPPED = "transition count_low: part 3 dropped"
LED_ASTRAY = "transition count_low: target smear -> exam"
STORY = """
title = "One low count"
why = "A single low count opens the work-up."
born = 2024-12-22

[[step]]
at = 2026-01-22T09:00:00Z
event = "blood_count_reported"
with = { anc = "1.2 10*9/L" }
state = "smear"
"""
SCENARIO = parse_scenario(STORY, PATHWAY, "low.toml")


def judged(*ids: str, **options):
    judges = Judges(PATHWAY, (SCENARIO,), **options)
    return {one.mutant.id: one for one in run(judges, [BY_ID[one] for one in ids])}


def breaks_a_promise(pathway):
    assert pathway is not PATHWAY
    return "no_call_is_forgotten"


def is_the_same(original, mutant):
    assert original is PATHWAY and mutant is not PATHWAY
    return "the other transition comes first"


def test_a_mutant_that_a_story_fails_on_is_killed_by_it_and_the_place_is_told():
    (one,) = judged(LED_ASTRAY).values()
    assert (one.fate, one.survives) == ("scenarios", False)
    assert one.by == "low.toml: step 1 (line 6): state"


def test_a_mutant_that_no_story_notices_survives():
    (one,) = judged(CALL_DROPPED).values()
    assert (one.fate, one.survives) == ("survived", True)


def test_a_mutant_that_the_pathways_own_checks_refuse_is_killed_by_construction():
    (one,) = judged("advice smear_now: lasts only as long as its ground").values()
    assert one.fate == "construction" and "urgent advice ends once it is done" in one.by


def test_a_mutant_that_never_comes_to_rest_is_killed():
    (one,) = judged("transition count_low: target smear -> initial_labs").values()
    assert one.fate == "scenarios" and "do not come to rest" in one.by


def test_invariants_are_asked_before_a_proof_and_a_proof_before_the_generated_stories():
    asked = {"invariants": breaks_a_promise, "equivalent": is_the_same}
    assert judged(CALL_DROPPED, **asked)[CALL_DROPPED].fate == "invariants"
    del asked["invariants"]
    one = judged(CALL_DROPPED, **asked)[CALL_DROPPED]
    assert (one.fate, one.by, one.survives) == ("proved", "the other transition comes first", False)


def test_what_only_a_generated_story_notices_survives_where_the_source_speaks_and_not_elsewhere():
    says_nothing = parse_scenario(STORY.replace('state = "smear"\n', ""), PATHWAY, "transcript.toml")
    local = "condition multi_lineage: at least 2 -> 1"
    judges = Judges(PATHWAY, (says_nothing,), generated=(SCENARIO,))
    fates = {one.mutant.id: one for one in run(judges, [BY_ID[LED_ASTRAY], BY_ID[local]])}
    assert (fates[LED_ASTRAY].fate, fates[LED_ASTRAY].survives) == ("generated", True)
    assert (fates[local].fate, fates[local].survives) == ("generated", False)


@pytest.mark.parametrize("unwatched", [0, 1, 100])
def test_a_promise_that_breaks_in_a_story_is_noticed_whether_the_story_was_watched_or_asked_again(
    monkeypatch, unwatched
):
    monkeypatch.setattr(mutation, "UNWATCHED", unwatched)
    quiet = [parse_scenario(STORY.replace('state = "smear"\n', ""), PATHWAY, f"{name}.toml") for name in ("one", "two")]
    (one,) = run(Judges(PATHWAY, tuple(quiet)), [BY_ID["order order_bone_marrow: never refused"]])
    assert (one.fate, one.by) == ("invariants", "no_marrow_before_the_consultation (one.toml: step 1 (line 6))")


def test_a_listed_mutant_does_not_survive_and_says_its_reason():
    (one,) = judged(CALL_DROPPED, listed={CALL_DROPPED: "Nothing consulted reaches it."}).values()
    assert (one.fate, one.by, one.survives) == ("listed", "Nothing consulted reaches it.", False)


def test_a_list_of_equivalents_that_names_a_killed_mutant_or_none_is_at_fault():
    listed = {LED_ASTRAY: "It is not.", "transition count_lou: negated": "Misspelt.", CALL_DROPPED: "True."}
    faults = faults_of_list(listed, MUTANTS, judged(LED_ASTRAY, CALL_DROPPED, listed=listed).values())
    assert len(faults) == 2
    assert "is no mutant" in faults[0] and "transition count_low: negated" in faults[0]
    assert "is killed" in faults[1] and "low.toml" in faults[1]


def test_a_list_of_equivalents_without_a_reason_is_bad_input():
    assert read_equivalents('"a" = "Because."', "list") == {"a": "Because."}
    for text in ('"a" = ""', '"a" = 1', "a ="):
        with pytest.raises(BadInput, match="list: "):
            read_equivalents(text, "list")


def test_a_story_that_does_not_hold_of_the_pathway_itself_is_bad_input():
    wrong = parse_scenario(STORY.replace('"smear"', '"exam"'), PATHWAY, "wrong.toml")
    with pytest.raises(BadInput, match=r"wrong\.toml: step 1 \(line 6\): state: does not hold of the pathway itself"):
        list(run(Judges(PATHWAY, (wrong,)), MUTANTS[:1]))


def test_the_way_that_a_story_lists_is_the_whole_way_so_that_a_detour_is_noticed():
    listed = parse_scenario(STORY + 'passes_through = ["initial_labs"]\n', PATHWAY, "way.toml")
    detour = "transition count_low: target smear -> outside_pathway"
    (one,) = run(Judges(PATHWAY, (listed,)), [BY_ID[detour]])
    assert one.fate == "scenarios"
    part = parse_scenario(STORY + "passes_through = []\n", PATHWAY, "part.toml")
    with pytest.raises(BadInput, match="the whole way"):
        list(run(Judges(PATHWAY, (part,)), MUTANTS[:1]))


def test_two_processes_say_the_same_as_one():
    some = sample_of(MUTANTS, 30)
    judges = Judges(PATHWAY, (SCENARIO,), invariants=_breaks_nothing)
    one, two = ({each.mutant.id: each for each in run(judges, some, jobs=jobs)} for jobs in (1, 2))
    assert one == two and len(one) == 30


def _breaks_nothing(_pathway):
    return ""


def test_a_sample_is_spread_over_all_rules():
    sample = sample_of(MUTANTS, 100)
    assert len(set(sample)) == 100 and len({one.rule for one in sample}) > 50
    assert sample_of(MUTANTS, 10**6) == MUTANTS


def test_of_a_fixed_sample_of_mutants_the_hand_written_stories_leave_none_alive():
    folder = Path(__file__).parents[2] / "scenarios"
    files = handwritten_files(folder)
    listed = files_of("pathway.definition") / "equivalent_mutants.toml"
    judges = Judges(
        PATHWAY,
        tuple(read_scenario(file, PATHWAY) for file in files),
        listed=read_equivalents(listed.read_text(encoding="utf-8"), listed.name),
    )
    sample = sample_of(MUTANTS, SAMPLE)
    found = list(run(judges, sample))
    assert [one.mutant.id for one in found if one.survives] == []
    assert faults_of_list(judges.listed, MUTANTS, found) == []
    assert sum(one.fate == "scenarios" for one in found) > 0.8 * len(sample)
