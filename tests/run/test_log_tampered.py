"""A log that was tampered with is refused in one line, or is a case that answers."""

from __future__ import annotations

import json
from contextlib import suppress
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathway import PATHWAY, BadInput, Case
from tests.children import CALL, INDEX_COUNT, at, told
from tests.run.logs import full
from tests.strategies import START

relaxed = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LATER = START + timedelta(days=45)


# --- tampered with --------------------------------------------------------------------------------------------------


def tampered(change) -> Case:
    data = json.loads(full().to_json())
    change(data, data["entries"])
    return Case.from_json(json.dumps(data), PATHWAY)


def test_a_log_that_nobody_touched_is_taken():
    assert tampered(lambda data, entries: None) == full()


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", "5", "[]", "{}", '{"format":2}', '{"format":1}', '{"format":1,"pathway":5}', "\x00"],
    ids=repr,
)
def test_what_is_no_case_is_bad_input(text):
    with pytest.raises(BadInput, match=r"^case: "):
        Case.from_json(text, PATHWAY)


TAMPERED = [
    ("the digest", lambda data, e: data["pathway"].update(digest="0" * 64), "another pathway"),
    ("no pathway", lambda data, e: data.update(pathway=None), "another pathway (none)"),
    ("no birthday", lambda data, e: data.update(born="22.12.2024"), "born is no date"),
    ("a birthday of null", lambda data, e: data.update(born=None), "born is no date"),
    ("no zone", lambda data, e: data.pop("timezone"), "timezone is a text"),
    ("a zone that is none", lambda data, e: data.update(timezone="Mars"), "'Mars' is no time zone"),
    ("no entries", lambda data, e: data.pop("entries"), "entries is a list"),
    ("entries that are none", lambda data, e: data.update(entries=[5]), "not an entry of a log"),
    (
        "a later birthday",
        lambda data, e: data.update(born="2026-01-23"),
        "2026-01-22T09:00:00Z is before the birth",
    ),
    ("an id twice", lambda data, e: e[4].update(id="e1"), "entry e1: id 'e1' is taken"),
    ("an empty id", lambda data, e: e[0].update(id=""), "id is not empty"),
    ("an id that is no text", lambda data, e: e[0].update(id=1), "are texts"),
    (
        "a kind that there is not",
        lambda data, e: e[0].update(kind="rumour"),
        "entry e1: not an entry of a log; kind is",
    ),
    ("a key that there is not", lambda data, e: e[0].update(mood="good"), "unknown keys mood"),
    ("an event that there is not", lambda data, e: e[0].update(event="phoned"), "entry e1: unknown event 'phoned'"),
    ("no event", lambda data, e: e[0].pop("event"), "without an event"),
    (
        "a fact that there is not",
        lambda data, e: e[0]["with"].update(luck=True),
        "entry e1: blood_count_reported: unknown",
    ),
    (
        "a unit that there is not",
        lambda data, e: e[0]["with"].update(wbc="2 K/uL"),
        "entry e1: blood_count_reported: wbc",
    ),
    ("fields that are none", lambda data, e: e[0].update({"with": [1]}), "entry e1: with is an object"),
    (
        "a time without a zone",
        lambda data, e: e[0].update(at="2026-01-22T09:00:00"),
        "entry e1: at: 2026-01-22T09:00:00 has",
    ),
    (
        "a time that is none",
        lambda data, e: e[0].update(at="yesterday"),
        "entry e1: at: 'yesterday' is no date and time",
    ),
    (
        "a number for a time",
        lambda data, e: e[0].update(at=1769072400),
        "entry e1: at: '1769072400' is no date and time",
    ),
    ("no time", lambda data, e: e[0].pop("at"), "entry e1: at: 'None' is no date and time"),
    (
        "a time before birth",
        lambda data, e: e[0].update(at="2020-01-01T00:00:00Z"),
        "2020-01-01T00:00:00Z is be",
    ),
    ("a time of a grown-up", lambda data, e: e[4].update(at="2050-01-01T00:00:00Z"), "the child is over 18"),
    ("a correction of nothing", lambda data, e: e[1].update(target="e9"), "there is no entry 'e9'"),
    ("a correction of itself", lambda data, e: e[1].update(target="e2"), "there is no entry 'e2'"),
    ("a correction of what comes later", lambda data, e: e[1].update(target="e5"), "there is no entry 'e5'"),
    (
        "a correction of another kind",
        lambda data, e: e[1].update(event="examined", **{"with": {}}),
        "entry e2: correct: e1 is a",
    ),
    ("an override of no order", lambda data, e: e[2].update(order="rest"), "unknown order 'rest'"),
    ("an acknowledgement of nothing", lambda data, e: e[3].update(target="e9"), "there is no entry 'e9'"),
    (
        "advice that there is not",
        lambda data, e: e[1].update(retains={"rest": e[0]["at"]}),
        "entry e2: unknown advice 'rest'",
    ),
    ("an earlier entry that is gone", lambda data, e: e.pop(0), "there is no entry 'e1'"),
]


@pytest.mark.parametrize(("change", "said"), [rest for _, *rest in TAMPERED], ids=[name for name, *_ in TAMPERED])
def test_a_log_that_was_tampered_with_is_refused_in_one_line_with_the_place(change, said):
    with pytest.raises(BadInput) as refused:
        tampered(change)
    (line,) = refused.value.faults
    assert said in line and "\n" not in line


COULD_NOT_BE = [
    ("an acknowledgement by nobody", lambda e: e[3].pop("by")),
    ("an override by nobody", lambda e: e[2].pop("by")),
    ("an override without a reason", lambda e: e[2].pop("reason")),
    ("a correction before what it corrects", lambda e: e[1].update(at="2026-01-21T09:00:00Z")),
    ("a corrected time before birth", lambda e: e[1].update(taken_at="2020-01-01T00:00:00Z")),
    ("a corrected time of a grown-up", lambda e: e[1].update(taken_at="2050-01-01T00:00:00Z")),
]


@pytest.mark.parametrize("change", [change for _, change in COULD_NOT_BE], ids=[name for name, _ in COULD_NOT_BE])
def test_an_entry_that_could_not_have_been_recorded_is_refused(change):
    with pytest.raises(BadInput):
        tampered(lambda data, entries: change(entries))


def test_a_correction_that_takes_urgency_away_cannot_be_smuggled_in_by_leaving_out_that_it_waits():
    """Without `proposed` and its acknowledgement, the urgent advice is gone and nobody has said so (N53)."""

    def unmark(data, entries):
        del entries[2:]
        del entries[1]["proposed"]

    with suppress(BadInput):
        assert "consult_same_day" in tampered(unmark).advice


def test_json_that_is_nested_too_deeply_is_bad_input():
    with pytest.raises(BadInput):
        Case.from_json("[" * 100_000, PATHWAY)


@pytest.mark.parametrize(("zone", "moment"), [("America/New_York", "0001-01-01"), ("Asia/Tokyo", "9999-12-31")])
def test_the_ends_of_the_calendar_are_bad_input(zone, moment):
    def move(data, entries):
        data["timezone"] = zone
        entries[0]["at"] = f"{moment}T23:59:59Z" if moment > "5" else f"{moment}T00:00:00Z"

    with pytest.raises(BadInput):
        tampered(move)


# --- fuzzed ---------------------------------------------------------------------------------------------------------


def places_in(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, one in children for found in places_in(one, (*path, key)))]


BASE = json.loads(full().to_json())
PLACES = [path for path in places_in(BASE) if path and path[0] != "pathway"]
JUNK = [
    None, True, 0, -1, 1.5, 10**30, "", "x", "e1", "e2", "e3", "event", "correction", "withdrawal", "acknowledgement",
    "override", "examined", "transplant", "2026-01-22T09:00:00Z", "2026-01-22", "2026-01-22T09:00:00+23:59",
    "NaN 10*9/L", "9 10*9/L", [], {}, ["x"], {"a": 1}, {"smear_now": "2026-01-22T09:00:00Z"}, "Europe/Berlin",
    "2025-06-01",
]  # fmt: skip


@settings(relaxed, max_examples=120)
@given(st.lists(st.tuples(st.sampled_from(PLACES), st.sampled_from(["replace", "replace", "delete", "double"]),
                          st.sampled_from(JUNK)), min_size=1, max_size=3))  # fmt: skip
def test_a_fuzzed_log_is_a_case_that_answers_or_bad_input_and_never_a_traceback(changes):
    data = deepcopy(BASE)
    for path, how, junk in changes:
        inside: Any = data
        with suppress(KeyError, IndexError, TypeError, AttributeError):
            for key in path[:-1]:
                inside = inside[key]
            match how:
                case "replace":
                    inside[path[-1]] = deepcopy(junk)
                case "delete":
                    del inside[path[-1]]
                case _ if isinstance(inside, list):
                    inside.insert(0, inside[path[-1]])
    try:
        case = Case.from_json(json.dumps(data), PATHWAY)
    except BadInput as refused:
        lines = refused.faults
        assert lines, "a refusal says why"
        return
    assert Case.from_json(case.to_json(), PATHWAY) == case
    last = max((one.at for one in case.log), default=at())
    with suppress(BadInput):  # the day after may be the one after the eighteenth birthday
        case.plan(at=last + timedelta(days=1)).to_json()
    case.next_events()
    for state in PATHWAY.states_by_name:
        case.why_not(state)


TEXT = full().to_json()


@settings(relaxed, max_examples=100)
@given(st.integers(0, len(TEXT) - 1), st.integers(0, 20), st.text(max_size=3))
def test_a_log_with_a_few_characters_changed_is_a_case_or_bad_input(start, length, text):
    with suppress(BadInput):
        Case.from_json(TEXT[:start] + text + TEXT[start + length :], PATHWAY).plan(at=at(days=30))


def test_nothing_is_ever_removed_from_a_log():
    case = told(INDEX_COUNT, CALL)
    before = case.log
    case.withdraw("e1", at=at(60))
    case.acknowledge("e3", at=at(70), by="Dr A")
    assert case.log[:2] == before and len(case.log) == 4
