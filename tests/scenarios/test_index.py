"""The index of scenarios: what it says is what a replay gives, and it knows when it no longer holds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from attrs import evolve

from pathway import PATHWAY, BadInput
from pathway.draw.rows import numbers_of
from pathway.scenarios.index import Index, current, index_of, key_of, name_of, read_index
from pathway.scenarios.replay import replay_file, scenario_files

ROOT = Path(__file__).parents[2]
STORED = ROOT / "diagrams" / "scenarios.json"
LOW = """
title = "A low count"
why = "To have something small."
born = 2024-12-22

[[step]]
at = 2026-01-22T09:00:00Z
event = "blood_count_reported"
with = { anc = "0.7 10*9/L" }

[[step]]
at = 2026-01-22T10:00:00Z
order = "order_bone_marrow"
override = { by = "Dr A", reason = "as discussed" }

[[step]]
at = 2026-01-22T11:00:00Z
event = "smear_reported"
with = { smear_reviewer = "pathologist", blasts_percent = "0 %", immature_cells = false }
"""
GERMLINE = """
title = "Germline after rearranged"
why = "To have a contradiction."
born = 2024-12-22

[[step]]
at = 2026-01-22T09:00:00Z
event = "kmt2a_reported"
with = { kmt2a = "rearranged" }

[[step]]
at = 2026-01-22T10:00:00Z
event = "kmt2a_reported"
with = { kmt2a = "germline" }
"""


@pytest.fixture
def root(tmp_path):
    (tmp_path / "scenarios" / "generated").mkdir(parents=True)
    (tmp_path / "scenarios" / "low.toml").write_text(LOW, encoding="utf-8")
    (tmp_path / "scenarios" / "generated" / "germline.toml").write_text(GERMLINE, encoding="utf-8")
    return tmp_path


def files_in(root):
    return scenario_files([root / "scenarios"])


def made(root, files=None):
    return index_of([replay_file(file, PATHWAY) for file in files or files_in(root)], PATHWAY, root)


def test_the_committed_index_is_what_a_replay_of_every_scenario_gives(replays):
    said = index_of(replays, PATHWAY, ROOT).to_json()
    stored = STORED.read_text(encoding="utf-8")
    odd = set(said.splitlines()) ^ set(stored.splitlines())
    assert said == stored, f"run pathway draw; {len(odd)} lines differ, such as {sorted(odd)[:3]}"


def test_every_state_and_rule_is_in_the_index_and_nothing_else(root):
    states = {f"state {one.name}" for one in PATHWAY.states}
    assert set(made(root).entries) == states | set(numbers_of(PATHWAY))


def test_a_rule_lists_the_scenarios_that_exercise_it_and_how_often(root):
    index = made(root)
    low, germline = "scenarios/low.toml", "scenarios/generated/germline.toml"
    assert index.files("transition count_low") == (low,)
    assert index.files("transition smear_clear", "from smear") == (low,)
    assert index.files("transition smear_clear", "from exam") == ()
    assert index.times("transition smear_clear", "from smear") == 1
    assert index.parts("order order_bone_marrow") == ("overridden", "refused")
    assert index.parts("advice smear_now") == ("completed", "raised")
    assert index.files("contradiction germline_after_rearranged") == (germline,)
    assert index.files("state exam") == (low,)
    assert index.files("state initial_labs") == (germline, low)
    assert index.files("transition high_risk_later") == ()


def test_a_state_is_counted_once_a_step(root):
    assert made(root).times("state smear", "steps") == 3


def test_the_mapping_for_the_rulebook_names_files_by_paths_from_the_root(root):
    assert made(root).scenarios["transition count_low"] == ("scenarios/low.toml",)
    assert made(root).scenarios["transition germline"] == ()


def test_the_text_of_an_index_reads_back_and_does_not_depend_on_the_order_of_replays(root):
    index = made(root)
    assert Index.from_json(index.to_json()) == index
    assert made(root, files_in(root)[::-1]).to_json() == index.to_json()


def test_a_story_and_a_rule_are_one_line_so_that_a_diff_can_be_read(root):
    lines = made(root).to_json().splitlines()
    assert '      "scenarios/low.toml": {"from smear": 1}' in lines
    assert json.loads("\n".join(lines))["exercised"]["transition germline"] == {}


def test_an_index_is_current_until_a_scenario_or_the_pathway_changes(root):
    index = made(root)
    assert current(index, files_in(root), PATHWAY, root)
    assert not current(None, files_in(root), PATHWAY, root)
    assert not current(index, files_in(root), evolve(PATHWAY, version="0.0.1"), root)


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "low.toml").write_text(LOW + "\n", encoding="utf-8"),
        lambda folder: (folder / "low.toml").rename(folder / "lower.toml"),
        lambda folder: (folder / "low.toml").unlink(),
        lambda folder: (folder / "new.toml").write_text(LOW, encoding="utf-8"),
    ],
    ids=["a byte", "a name", "one less", "one more"],
)
def test_a_change_of_the_scenarios_is_noticed(root, change):
    index = made(root)
    change(root / "scenarios")
    assert not current(index, files_in(root), PATHWAY, root)


def test_the_key_knows_where_one_file_ends_and_the_next_begins(root):
    one, two = root / "scenarios" / "a.toml", root / "scenarios" / "b.toml"
    keys = []
    for first, second in (("xy", "z"), ("x", "yz")):
        one.write_text(first, encoding="utf-8")
        two.write_text(second, encoding="utf-8")
        keys.append(key_of([one, two], PATHWAY, root))
    assert keys[0] != keys[1]


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": 1}', '{"format": 99, "pathway": "", "scenarios": "", "files": 0, "exercised": {}}',
     '{"format": 1, "pathway": "", "scenarios": "", "files": 0, "exercised": {"state smear": ["a.toml"]}}',
     '{"format": 1, "pathway": "", "scenarios": "", "files": 0, "exercised": {"state smear": {"a": {"steps": "1"}}}}'],
)  # fmt: skip
def test_what_is_no_index_is_told_and_leads_to_a_new_one(tmp_path, text):
    with pytest.raises(BadInput, match="no index of scenarios"):
        Index.from_json(text)
    (tmp_path / "scenarios.json").write_text(text, encoding="utf-8")
    assert read_index(tmp_path / "scenarios.json") is None
    assert read_index(tmp_path / "none.json") is None


def test_a_scenario_outside_the_root_is_told(tmp_path):
    with pytest.raises(BadInput, match="outside"):
        name_of(tmp_path / "low.toml", tmp_path / "project")


def test_reports_of_one_moment_that_differ_are_no_rule_of_the_pathway(root):
    (root / "two.toml").write_text(GERMLINE.replace("10:00:00Z", "09:00:00Z"), encoding="utf-8")
    done = replay_file(root / "two.toml", PATHWAY)
    assert [one.id for one in done.steps[-1].result.contradictions] == ["reports_differ_kmt2a"]
    index = index_of([done], PATHWAY, root)
    assert index.files("state initial_labs") == ("two.toml",)
    assert "contradiction reports_differ_kmt2a" not in index.entries
