from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import pathway

HANDWRITTEN = Path(__file__).parents[2] / "scenarios"
RULE = ("--rule", "smear_clear", "--jobs", "1")
STORY = """
title = "A clear smear"
why = "A qualified review without blasts leads to the examination."
born = 2024-12-22

[[step]]
at = 2026-01-22T09:00:00Z
event = "blood_count_reported"
with = { anc = "1.2 10*9/L" }
state = "smear"

[[step]]
at = 2026-01-22T10:00:00Z
event = "smear_reported"
with = { smear_reviewer = "pathologist", blasts_percent = "0 %", immature_cells = false }
state = "exam"
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "clear.toml").write_text(STORY, encoding="utf-8")
    return str(tmp_path)


def test_a_rule_that_one_story_holds_only_in_part_has_survivors_and_gives_exit_code_1(folder):
    done = pathway("mutate", "--scenarios", folder, *RULE)
    assert done.code == 1
    assert "- condition smear_clear: part 2 dropped" in done.out
    assert "- transition smear_clear: target exam -> referral" not in done.out, "the story notices that"
    assert "1 hand-written scenario" in done.out and "survive" in done.out
    assert all(len(line) <= 80 for line in done.out.splitlines())
    assert done.err == "", "no bar where nobody looks on"


def test_json_says_of_every_mutant_what_became_of_it(folder):
    data = pathway("mutate", "--scenarios", folder, *RULE, "--json").data
    assert data["mutants"] == len(data["judged"]) == sum(data["fates"].values())
    by_id = {one["id"]: one for one in data["judged"]}
    killed = by_id["transition smear_clear: target exam -> referral"]
    assert killed["fate"] == "scenarios" and killed["by"].endswith("clear.toml: step 2 (line 12): state")
    assert set(data["survivors"]) == {one["id"] for one in data["judged"] if one["survives"]}


def test_what_only_a_generated_scenario_notices_is_counted_apart_and_does_not_do_for_the_source(folder):
    generated = Path(folder) / "generated"
    generated.mkdir()
    (generated / "clear.toml").write_text(STORY, encoding="utf-8")
    (Path(folder) / "clear.toml").write_text(
        STORY.split("[[step]]\nat = 2026-01-22T10", maxsplit=1)[0], encoding="utf-8"
    )
    data = pathway("mutate", "--scenarios", folder, *RULE, "--json").data
    found = {one["id"]: one for one in data["judged"]}["transition smear_clear: target exam -> referral"]
    assert found["fate"] == "generated" and found["survives"]


def test_a_sample_is_the_same_every_time(folder):
    one, two = (
        pathway("mutate", "--scenarios", folder, "--sample", "5", "--jobs", "1", "--json").data for _ in range(2)
    )
    assert one == two and one["mutants"] == 5


def test_an_unknown_rule_is_answered_with_the_nearest(folder):
    done = pathway("mutate", "--scenarios", folder, "--rule", "smear_cler")
    assert done.code == 2
    assert "nearest: smear_clear" in done.faults[0]


def test_a_folder_without_stories_and_a_malformed_story_are_bad_input(folder, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    assert pathway("mutate", "--scenarios", str(empty), *RULE).code == 2
    (tmp_path / "bad.toml").write_text('title = "x"\n', encoding="utf-8")
    done = pathway("mutate", "--scenarios", folder, *RULE)
    assert done.code == 2 and any("bad.toml: why" in fault for fault in done.faults)


def test_a_story_that_fails_on_the_pathway_itself_is_bad_input(folder, tmp_path):
    (tmp_path / "clear.toml").write_text(STORY.replace('"exam"', '"referral"'), encoding="utf-8")
    done = pathway("mutate", "--scenarios", folder, *RULE)
    assert done.code == 2 and "does not hold of the pathway itself" in done.faults[0]


def test_the_hand_written_stories_leave_no_mutant_of_the_blood_criterion_of_leukaemia_alive():
    done = pathway("mutate", "--scenarios", str(HANDWRITTEN), "--rule", "all_criterion", "--jobs", "1")
    assert done.code == 0, done.out
    assert "none survives" in done.out
