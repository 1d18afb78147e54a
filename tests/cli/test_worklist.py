"""`pathway worklist`, as typed: the most pressing child first, and why."""

from __future__ import annotations

import pytest
from attrs import evolve

from pathway import PATHWAY
from pathway.store.store import Store
from tests.children import BORN, CALL, CLEAR_EXAM, CLEAR_SMEAR, INDEX_COUNT, NEGATIVE, NORMAL_COUNT, ONLY_ANC_LOW, at
from tests.cli.shop import joined, tamper
from tests.cli.terminal import Output, pathway

THIRD_DAY = ("--at", "2026-01-24T09:00:00Z")


@pytest.fixture
def url(tmp_path) -> str:
    return str(tmp_path / "cases.db")


@pytest.fixture
def ward(url) -> str:
    """Four children: called for two days ago, called for today, in follow-up, and just opened."""
    with Store(url, PATHWAY) as store:
        tell(store, "old", INDEX_COUNT)
        tell(store, "new", INDEX_COUNT, days=2)
        tell(store, "followed", ONLY_ANC_LOW, CLEAR_SMEAR, CLEAR_EXAM, NEGATIVE)
        tell(store, "opened")
    return url


def tell(store: Store, name: str, *story, days: float = 0) -> None:
    case = store.open_case(name, born=BORN, timezone="Europe/Berlin", by="ward", now=at(days=days))
    for number, event in enumerate(story):
        case.record(event, at=at(30 * number, days=days), by="ward", now=at(30 * number, days=days))


def worklist(url: str, *args: str, columns: int = 80) -> Output:
    done = pathway("worklist", "--store", url, *args, columns=columns)
    assert (done.code, done.err) == (0, ""), done.err
    return done


def names(done: Output) -> list[str]:
    return [one["case"] for one in done.data["cases"]]


def test_the_most_overdue_case_comes_first(ward):
    with Store(ward, PATHWAY, create=False) as store:
        tell(store, "yesterday", INDEX_COUNT, days=1)
    assert names(worklist(ward, *THIRD_DAY, "--json")) == ["old", "yesterday", "new", "followed", "opened"]
    told = worklist(ward, *THIRD_DAY).out
    assert told.index("old  Same-day referral") < told.index("yesterday  Same-day") < told.index("followed  Follow-up")


def test_a_case_says_what_is_overdue_since_when_and_what_is_awaited(ward):
    told = joined(worklist(ward, *THIRD_DAY).out)
    assert "4 open cases, 1 with something overdue. To do now in 2, planned in 1" in told
    assert (
        "old Same-day referral - NOW Call paediatric haematology/oncology today, for a consultation on the same day. "
        "OVERDUE since 2026-01-23, was due on 2026-01-22."
    ) in told
    assert "on the same day. Due on 2026-01-24." in told
    assert "Awaited: Blood count reported, Chemistry reported, Smear reviewed, Child examined" in told


def test_nothing_is_overdue_on_the_day_on_which_it_is_due_in_the_time_of_the_case(ward):
    late = worklist(ward, "--at", "2026-01-22T22:59:59Z").out  # a second before midnight in Berlin
    assert "OVERDUE" not in late
    assert "OVERDUE since 2026-01-23" in worklist(ward, "--at", "2026-01-22T23:00:00Z").out


def test_only_what_is_overdue_is_shown_where_that_is_asked_for(ward):
    assert names(worklist(ward, *THIRD_DAY, "--overdue", "--json")) == ["old"]
    told = worklist(ward, *THIRD_DAY, "--overdue").out
    assert "1 open case with something overdue." in told and "new  " not in told
    assert "0 open cases with something overdue." in worklist(ward, "--at", "2026-01-22T09:00:00Z", "--overdue").out


def test_cases_of_one_state_and_an_unknown_state_with_the_nearest(ward):
    assert names(worklist(ward, *THIRD_DAY, "--state", "follow_up", "--json")) == ["followed"]
    assert "1 open case in Follow-up" in worklist(ward, *THIRD_DAY, "--state", "follow_up").out
    done = pathway("worklist", "--store", ward, "--state", "followup")
    assert done.code == 2 and done.faults == ["unknown state 'followup'; nearest: follow_up"]


def test_no_more_cases_than_the_limit_and_how_many_are_not_shown(ward):
    told = worklist(ward, *THIRD_DAY, "--limit", "1").out
    assert "old  Same-day referral" in told and "new  Same-day" not in told
    assert "3 more; --limit shows them." in told
    assert pathway("worklist", "--store", ward, "--limit", "100000").code == 0
    for wrong in ("0", "100001", "9" * 20):
        done = pathway("worklist", "--store", ward, "--limit", wrong)
        assert done.code == 2 and "1<=x<=100000" in done.faults[0]


def test_the_columns_of_the_schedule_logic_are_told_to_a_program_for_every_task(ward):
    data = worklist(ward, *THIRD_DAY, "--json").data
    assert (data["open_cases"], data["overdue_cases"]) == (4, 1) and data["banner"] == PATHWAY.banner
    (old,) = [one for one in data["cases"] if one["case"] == "old"]
    call = old["tasks"][0]
    assert call["words"] == PATHWAY.advice_by_id["consult_same_day"].words
    assert (call["trigger"], call["due"], call["overdue_from"], call["overdue"]) == (
        "2026-01-22T09:00:00Z", "2026-01-22", "2026-01-22T23:00:00Z", True,
    )  # fmt: skip
    assert (call["expires"], call["completed_by"]) == (None, "haematology/oncology consulted")
    assert all({"trigger", "due", "overdue", "expires", "completed_by"} <= set(task) for task in old["tasks"])


def test_the_columns_are_shown_in_words_in_the_time_of_the_case(ward):
    told = joined(worklist(ward, *THIRD_DAY, "--columns", "--overdue").out)
    assert "trigger: 2026-01-22 10:00; due: 2026-01-22; overdue: from 2026-01-23" in told
    assert "completed by: haematology/oncology consulted" in told
    assert "due: no day is set; overdue: never" in told
    assert "expires: when no longer: platelets low or unknown" in told


def test_what_waits_for_acknowledgement_is_named(url):
    with Store(url, PATHWAY) as store:
        tell(store, "C1", INDEX_COUNT)
        store.case("C1").correct("e1", NORMAL_COUNT, at=at(60), by="laboratory", now=at(60))
    assert "! WAITS  e2 for a clinician's acknowledgement" in worklist(url, *THIRD_DAY).out
    assert worklist(url, *THIRD_DAY, "--json").data["cases"][0]["waits_for_acknowledgement"] == ["e2"]


def test_a_consultation_takes_the_call_off_the_list(ward):
    with Store(ward, PATHWAY, create=False) as store:
        store.case("old").record(CALL, at=at(days=2), by="Dr H", now=at(days=2))
    assert worklist(ward, *THIRD_DAY, "--json").data["overdue_cases"] == 0


def test_a_case_that_cannot_be_read_comes_first_and_says_why(ward):
    tamper(ward, "UPDATE entries SET body = replace(body, '0.7', '1.7') WHERE case_id = 'followed' AND sequence = 0",
           "UPDATE entries SET recorded_by = 'nobody' WHERE case_id = 'followed'")  # fmt: skip
    told = worklist(ward, *THIRD_DAY, "--rebuild").out
    assert told.index("! followed  CANNOT BE READ") < told.index("old  Same-day referral")
    assert "entry 0 was changed: it does not match its hash" in joined(told)
    data = worklist(ward, *THIRD_DAY, "--json").data["cases"]
    assert data[0]["case"] == "followed" and "was changed" in data[0]["fault"]
    assert "! followed  cannot be read" in pathway("case", "list", "--store", ward).out


@pytest.mark.parametrize("damage", ["schedule = 'x'", "urgency = 99"])
def test_a_damaged_row_is_one_line_that_names_the_way_out_and_that_way_leads_out(ward, damage):
    worklist(ward)
    tamper(ward, f"UPDATE cases SET {damage} WHERE case_id = 'old'")
    for words in ((), ("--json",)):
        done = pathway("worklist", "--store", ward, *THIRD_DAY, *words)
        assert done.code == 2 and len(done.faults) == 1 and "'pathway worklist --rebuild'" in done.faults[0]
    assert "old  Same-day referral" in worklist(ward, *THIRD_DAY, "--rebuild").out


def test_a_case_whose_version_is_missing_comes_first_and_names_the_version(url):
    with Store(url, evolve(PATHWAY, version="0.9.9")) as store:
        tell(store, "old", INDEX_COUNT)
    with Store(url, PATHWAY, create=False) as store:
        tell(store, "new", INDEX_COUNT)
    tamper(url, "DELETE FROM pathways WHERE version = '0.9.9'")
    for again in ((), ("--rebuild",)):
        told = joined(worklist(url, *THIRD_DAY, *again).out)
        assert told.index("! old CANNOT BE READ case old: it is pinned to version") < told.index(
            "new Same-day referral"
        )
        assert "! old cannot be read" in joined(pathway("case", "list", "--store", url).out)
    assert "pinned to version 0.9.9" in told


def test_words_are_those_of_the_version_that_a_case_is_pinned_to(url):
    called = PATHWAY.advice_by_id["consult_same_day"]
    others = tuple(evolve(one, words="Telephone.") if one is called else one for one in PATHWAY.advice)
    other = evolve(PATHWAY, version="0.9.9", advice=others)
    with Store(url, other) as store:
        tell(store, "old", INDEX_COUNT)
    told = joined(worklist(url, *THIRD_DAY).out)
    assert f"({PATHWAY.id} 0.9.9, digest {other.digest[:12]})" in told
    assert "- NOW Telephone. OVERDUE since" in told


def test_an_empty_store_has_an_empty_worklist_and_none_is_made(url):
    assert pathway("worklist", "--store", url).faults == [f"store: there is no {url}; 'pathway case open' makes one"]
    Store(url, PATHWAY).close()
    assert "0 open cases." in worklist(url).out


@pytest.mark.parametrize("columns", [60, 80])
@pytest.mark.parametrize("args", [(), ("--columns",), ("--overdue",)], ids=" ".join)
def test_the_worklist_fits_the_terminal_in_plain_characters(ward, args, columns):
    out = worklist(ward, *THIRD_DAY, *args, columns=columns).out
    assert out.isascii() and "\x1b" not in out and PATHWAY.banner[:40] in out
    assert all(len(line) <= columns and line == line.rstrip() for line in out.splitlines())
