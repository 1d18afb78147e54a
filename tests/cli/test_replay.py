from __future__ import annotations

from pathlib import Path

import pytest

from pathway import PATHWAY
from tests.cli.terminal import pathway

SOURCE = Path(__file__).parents[2] / "scenarios" / "source"
GOOD = """
title = "A low count"
why = "To have something small."
cites = ["S36"]
born = 2024-12-22

[[step]]
at = 2026-01-22T09:00:00Z
event = "blood_count_reported"
with = { anc = "0.7 10*9/L", alc = "1.4 10*9/L" }
state = "referral"
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "good.toml").write_text(GOOD, encoding="utf-8")
    return tmp_path


def test_scenarios_that_hold_give_exit_code_0(folder):
    done = pathway("replay", str(folder))
    assert done.code == 0
    assert "passed  A low count" in done.out
    assert "1 scenario, 1 step: all passed" in done.out


def test_a_failure_shows_step_expectation_what_happened_and_why_and_gives_exit_code_1(folder):
    (folder / "bad.toml").write_text(GOOD.replace('"referral"', '"high_risk"'), encoding="utf-8")
    done = pathway("replay", str(folder))
    assert done.code == 1
    for words in ("FAILED  A low count", "step 1 (line 7): state", "expected: high_risk", "happened: referral"):
        assert words in done.out
    assert "why: " in done.out
    assert "2 scenarios, 2 steps: 1 failed" in done.out


def test_malformed_files_give_exit_code_2_and_all_faults_of_all_files(folder):
    (folder / "first.toml").write_text('title = "x"\n', encoding="utf-8")
    misspelt = GOOD.replace("anc", "ank").replace('"referral"', '"refferal"')
    (folder / "second.toml").write_text(misspelt, encoding="utf-8")
    done = pathway("replay", str(folder))
    assert done.code == 2
    assert done.out == ""
    assert any("first.toml: why" in fault for fault in done.faults)
    assert any("second.toml: step 1 (line 7)" in fault and "'ank'" in fault for fault in done.faults)
    assert any("nearest: referral" in fault for fault in done.faults)


def test_what_is_not_there_gives_exit_code_2(tmp_path):
    done = pathway("replay", str(tmp_path / "none.toml"), str(tmp_path))
    assert done.code == 2
    assert len(done.faults) == 2


def test_json_has_exactly_the_promised_shape():
    (first, *_) = files = pathway("replay", str(SOURCE), "--json").data
    assert len(files) == len(list(SOURCE.glob("*.toml")))
    assert list(first) == ["file", "title", "passed", "failures", "steps"]
    assert list(first["steps"][0]) == [
        "at", "kind", "name", "state", "passed_through", "advice", "set_aside", "raised", "overdue", "verdict", "cites",
        "awaits", "notes",
    ]  # fmt: skip


def test_json_and_a_narration_exclude_each_other():
    assert pathway("replay", str(SOURCE), "--json", "--narrate").code == 2


def test_coverage_names_what_no_scenario_exercises(folder):
    done = pathway("replay", str(folder), "--coverage")
    assert done.code == 0
    words = " ".join(done.out.split())
    assert "states: 2 of 14; not exercised: smear, exam," in words
    assert "transitions: 1 of " in words
    data = pathway("replay", str(folder), "--coverage", "--json").data
    assert list(data) == ["files", "coverage"]
    assert data["coverage"]["states"]["covered"] == 2
    assert "high_risk" in data["coverage"]["states"]["missing"]


def test_a_story_is_told_step_by_step(folder):
    out = pathway("replay", str(folder), "--narrate").out
    assert "1/1  2026-01-22 09:00  Blood count reported" in out
    assert "ANC 0.7 10*9/L, ALC 1.4 10*9/L" in out
    assert "\nNOW\n" in out


def test_a_told_story_shows_where_it_fails(folder):
    (folder / "good.toml").write_text(GOOD.replace('"referral"', '"high_risk"'), encoding="utf-8")
    done = pathway("replay", str(folder), "--narrate")
    assert done.code == 1
    assert "FAILED  step 1 (line 7): state" in done.out


def test_trace_leads_from_a_statement_to_rules_and_scenarios(folder):
    out = " ".join(pathway("trace", "S36", "--scenarios", str(folder)).out.split())
    assert "transition same_day_referral" in out
    assert f"cited by 1 scenario: {folder.name}/good" in out


def test_trace_leads_back_from_a_rule_to_statements_and_scenarios(folder):
    data = pathway("trace", "same_day_referral", "--scenarios", str(folder), "--json").data
    (rule,) = data["rules"]
    assert rule["rule"] == "transition same_day_referral"
    assert "S36" in rule["cites"]
    assert rule["scenarios"] == [str(folder / "good.toml")]


def test_trace_leads_from_a_scenario_to_its_statements_and_rules(folder):
    data = pathway("trace", f"{folder.name}/good", "--scenarios", str(folder), "--json").data
    assert "S36" in {row["id"] for row in data["trace"]}
    assert "transition same_day_referral" in {one["rule"] for one in data["rules"]}


def test_trace_says_what_is_not_modelled_and_why(folder):
    out = " ".join(pathway("trace", "--scenarios", str(folder)).out.split())
    for statement in PATHWAY.statements:
        if statement.not_modelled:
            assert f"not modelled: {' '.join(statement.not_modelled.split())}" in out
    assert "0 have neither" in out


def test_every_statement_is_traced_both_ways(folder):
    data = pathway("trace", "--scenarios", str(folder), "--json").data
    assert [row["id"] for row in data["trace"]] == list(PATHWAY.citations)
    for row in data["trace"]:
        if row["id"] in PATHWAY.statements_by_id:
            rules = [rule for rule in row["rules"] if not rule.startswith("note ")]
            assert bool(rules) is not bool(row["not_modelled"]), row["id"]
    backwards = pathway("trace", "--rules", "--scenarios", str(folder), "--json").data["rules"]
    forwards = {(rule, row["id"]) for row in data["trace"] for rule in row["rules"] if not rule.startswith("note ")}
    forwards |= {(f"invariant {name}", row["id"]) for row in data["trace"] for name in row["invariants"]}
    assert forwards == {(one["rule"], cite) for one in backwards for cite in one["cites"]}


def test_trace_without_scenarios_says_so(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "No scenarios were read" in pathway("trace", "S36").out


def test_an_unknown_name_is_answered_with_the_nearest(folder):
    done = pathway("trace", "S360", "--scenarios", str(folder))
    assert done.code == 2
    assert "S36" in done.faults[0].partition("nearest: ")[2]
