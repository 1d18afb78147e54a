"""`pathway case`: plan, history, list, and the log as a whole."""

from __future__ import annotations

import re

from pathway import PATHWAY
from pathway.store.store import Store
from tests.children import BORN, INDEX_COUNT, NINE, NORMAL_COUNT, at
from tests.cli.shop import NEXT_DAY, NOON, joined, tamper
from tests.cli.terminal import section

# --- looking ------------------------------------------------------------------------------------------------------


def test_the_plan_names_the_case_its_last_entry_and_its_version(case):
    done = case.done("show", "C1", "--at", NOON)
    assert f"Case C1: the last entry is e1; pinned to {PATHWAY.id} {PATHWAY.version}, digest" in joined(done.out)
    assert "Call paediatric haematology/oncology today" in section(done.out, "NOW")


def test_the_plan_of_a_later_day_says_what_is_overdue(case):
    assert "OVERDUE: it was due on 2026-01-22" in joined(case.done("show", "C1", "--at", NEXT_DAY).out)


def test_the_old_view_is_as_it_was_known_then(known):
    now = known.done("show", "C1", "--at", "2026-01-22T11:05:00Z", "--json").data
    then = known.done("show", "C1", "--as-known-at", "2026-01-22T11:05:00Z", "--json").data
    assert (now["pending"], now["number"]) == (["e3"], 3)  # it came at eleven, and was recorded ten minutes later
    assert (then["pending"], then["number"], then["left_out"]) == ([], 2, 1)
    assert then["state"] == "referral" and then["at"] == then["as_known_at"] == "2026-01-22T11:05:00Z"
    done = known.done("show", "C1", "--as-known-at", "2026-01-22T11:05:00Z")
    assert "! OLD VIEW as it was known at 2026-01-22 11:05: 1 entry recorded later is left out." in joined(done.out)


def test_the_old_view_of_a_result_that_came_late_does_not_know_it(shop):
    with Store(shop.url, PATHWAY) as store:
        stored = store.open_case("C1", born=BORN, by="ward", now=at())
        stored.record(INDEX_COUNT, at=at(), by="laboratory", now=at(180))
    noon = "2026-01-22T11:00:00Z"
    assert shop.done("show", "C1", "--at", noon, "--json").data["state"] == "referral"
    assert shop.done("show", "C1", "--as-known-at", noon, "--json").data["state"] == "initial_labs"
    ward = joined(shop.done("show", "C1", "--at", NEXT_DAY, "--as-known-at", "2026-01-22T13:00:00Z").out)
    assert "nothing has been recorded since" in ward and "OVERDUE" in ward


def test_before_a_case_was_open_there_is_no_view_of_it(known):
    done = known("show", "C1", "--as-known-at", "2026-01-21T09:00:00Z")
    assert done.code == 2 and "it was not open yet" in done.faults[0]
    done = known("show", "C1", "--as-known-at", "yesterday", "--at", "today")
    assert [fault.split(":")[0] for fault in done.faults] == ["at", "as-known-at"]


def test_the_history_says_who_recorded_what_when_and_from_where_in_the_time_of_the_case(shop):
    with Store(shop.url, PATHWAY) as store:
        stored = store.open_case("C1", born=BORN, timezone="Europe/Berlin", by="ward", now=NINE)
        stored.record(INDEX_COUNT, at=NINE, by="laboratory", now=at(30), source="LIS", key="m-1")
    told = shop.done("history", "C1").out
    assert "Times are of Europe/Berlin." in joined(told)
    assert "e1  2026-01-22 10:00  Blood count reported: white cell count 2.5 10*9/L" in told
    assert "recorded 2026-01-22 10:30 by laboratory, from LIS, key m-1" in told


def test_an_entry_that_was_recorded_by_a_clock_that_was_behind_is_marked(shop):
    with Store(shop.url, PATHWAY) as store:
        stored = store.open_case("C1", born=BORN, by="ward", now=at())
        stored.record(INDEX_COUNT, at=at(), by="laboratory", now=at(60))  # an hour ahead
        stored.record(PATHWAY.event("haematology_consulted"), at=at(5), by="Dr H", now=at(10))
        stored.record(NORMAL_COUNT, at=at(15), by="laboratory", now=at(20))
    assert [one["clock_behind"] for one in shop.entries()] == [False, False, True, False]
    told = joined(shop.done("history", "C1").out)
    marked = "! CLOCK recorded by a clock that was behind the entry before"
    assert told.count(marked) == 1 and told.index("e2 2026") < told.index(marked) < told.index("e3 2026")
    then = shop.done("show", "C1", "--as-known-at", "2026-01-22T09:30:00Z", "--json").data
    assert (then["number"], then["left_out"]) == (3, 0)


def test_cases_are_listed_by_name_with_state_version_and_entries(case):
    case.open("B1")
    told = case.done("list").out
    assert re.search(r"^B1  First results; 1 entry; version .*\nC1  Same-day referral; 2 entries; version", told)
    assert "2 open cases." in told
    data = case.done("list", "--json").data
    assert [(one["case"], one["state"], one["entries"]) for one in data["cases"]] == [
        ("B1", "initial_labs", 1), ("C1", "referral", 2),
    ]  # fmt: skip
    assert data["banner"] == PATHWAY.banner and data["cases"][0]["digest"] == PATHWAY.digest


# --- the log as a whole -------------------------------------------------------------------------------------------


def test_a_log_that_is_what_was_written_gives_a_digest_to_be_kept_elsewhere(case):
    done = case.done("verify-log")
    assert "Checked 1 case with 2 entries." in done.out and "No damage" in done.out
    (digest,) = re.findall(r"^  ([0-9a-f]{64})$", done.out, re.MULTILINE)
    assert case.done("verify-log", "--expect", digest.upper()).code == 0
    case.done("record", "C1", "haematology_consulted", "--at", NOON, "--by", "Dr H")
    grown = case("verify-log", "--expect", digest)
    assert grown.code == 1 and "NOT AS EXPECTED" in grown.out
    assert case("verify-log", "--expect", "abc").code == 2


def test_an_entry_that_was_changed_is_named_and_so_is_one_that_is_gone(case):
    case.open("C2")
    tamper(case.url, "UPDATE entries SET body = replace(body, '0.7', '1.7') WHERE sequence = 1")
    done = case("verify-log")
    assert done.code == 1 and "case C1: entry 1 was changed: it does not match its hash" in done.out
    tamper(case.url, "DELETE FROM entries WHERE case_id = 'C2'")
    data = case("verify-log", "--json").data
    assert [one["case"] for one in data["damage"] if one["case"]] == ["C1", "C2"] and data["sound"] is False
    shown = case("show", "C1")
    assert shown.code == 2 and "'pathway case verify-log' says what else" in shown.faults[0]
