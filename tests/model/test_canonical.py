"""A pathway as canonical JSON: the same content gives the same bytes, and what comes back runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

import attrs
import pytest
from attrs import evolve
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pathway import PATHWAY, BadInput, Case, Pathway, load_pathway
from pathway.definition.conditions import ALL_CRITERION
from pathway.definition.facts import BLASTS_PERCENT, SPLENOMEGALY, WBC
from pathway.definition.reference import REFERENCE
from pathway.model.canonical import guard_from_data, guard_to_data, to_json, with_changes
from pathway.model.errors import DefinitionError
from pathway.model.guards import NEVER, Named, at_least, in_report, latest, parts_of, shown
from pathway.model.pathway import guards_of
from pathway.model.units import written
from tests.children import BORN
from tests.strategies import stories

TEXT = to_json(PATHWAY)
DATA = json.loads(TEXT)
AGAIN = load_pathway(TEXT)
relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


# --- there and back -------------------------------------------------------------------------------------------------


def test_what_comes_back_is_equal_and_writes_the_same_bytes():
    assert AGAIN is not PATHWAY and AGAIN == PATHWAY
    assert to_json(AGAIN) == TEXT and AGAIN.digest == PATHWAY.digest


@settings(relaxed, max_examples=40)
@given(stories())
def test_what_comes_back_runs_a_story_to_the_same_steps(story):
    here, there = Case(PATHWAY, born=BORN), Case(AGAIN, born=BORN)
    for at, event in story:
        assert here.record(event, at=at).to_json() == there.record(event, at=at).to_json()
    assert here.to_json() == there.to_json()


def test_the_json_is_one_line_of_plain_characters_with_sorted_keys():
    assert "\n" not in TEXT and TEXT.isascii()
    assert json.dumps(DATA, sort_keys=True, separators=(",", ":"), ensure_ascii=True) == TEXT


def test_the_digest_is_the_sha_256_of_the_json():
    assert PATHWAY.digest == sha256(TEXT.encode("ascii")).hexdigest()


@pytest.mark.parametrize("seed", ["1", "4711"])
def test_the_digest_does_not_depend_on_the_hash_seed_of_the_process(seed):
    code = "from pathway import PATHWAY; print(PATHWAY.digest)"
    run = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == PATHWAY.digest


def test_amounts_are_written_exactly_and_alike_however_they_were_typed():
    limits = {row["lower"] for row in DATA["pathway"]["reference"]["rows"]}
    assert {"10", "1.5", "150"} <= limits and not any("E" in one or one.endswith(".0") for one in limits)
    rows = tuple(evolve(row, lower=Decimal(f"{row.lower:.3f}")) for row in REFERENCE.rows)
    assert PATHWAY.with_reference(evolve(REFERENCE, rows=rows)).digest == PATHWAY.digest


@pytest.mark.parametrize(
    "guard", [one for _, one in guards_of(PATHWAY)], ids=[owner for owner, _ in guards_of(PATHWAY)]
)
def test_every_guard_comes_back_as_it_was(guard):
    data = json.loads(json.dumps(guard_to_data(guard)))
    assert guard_from_data(data, PATHWAY.conditions_by_name) == guard


def test_a_named_condition_is_written_by_its_name_and_read_from_where_it_stands():
    moved = in_report(ALL_CRITERION)
    assert guard_to_data(moved) == ["named", "all_criterion", "report"]
    assert guard_from_data(["named", "all_criterion", "report"], PATHWAY.conditions_by_name) == moved


# --- the digest notices every change --------------------------------------------------------------------------------

Path = tuple[str | int, ...]


def values_in(value: Any, path: Path = ()) -> list[Path]:
    """Where a single value stands. What a named condition says stands where the condition is defined."""
    if attrs.has(type(value)):
        names = [one.name for one in attrs.fields(type(value)) if not (isinstance(value, Named) and one.name == "of")]
        return [found for name in names for found in values_in(getattr(value, name), (*path, name))]
    if isinstance(value, tuple):
        return [found for number, one in enumerate(value) for found in values_in(one, (*path, number))]
    return [path]


INSTEAD_OF_NONE = {
    "until": NEVER, "lapses": NEVER, "permitted": NEVER, "when": NEVER, "asks": NEVER, "on": "examined",
    "default": True, "act": "examined", "to_month": 9999, "upper": "9999", "due_day": 1, "overdue_after_day": 1,
    "plausible": ("0", "1"),
}  # fmt: skip


def changed(value: Any, path: Path, name: str | int = "") -> Any:
    """The value with the single value at a path changed to another of its kind."""
    if path:
        step, rest = path[0], path[1:]
        if isinstance(value, tuple):
            return (*value[:step], changed(value[step], rest, step), *value[step + 1 :])
        new = {step: changed(getattr(value, step), rest, step)}
        return with_changes(value, **new) if isinstance(value, Pathway) else evolve(value, **new)
    match value:
        case None:
            return INSTEAD_OF_NONE[name]
        case bool():
            return not value
        case int() | Decimal():
            return value + 1
        case str():
            return f"{value}x"
        case date():
            return value.replace(year=value.year + 1)
    raise AssertionError(value)


def value_at(path: Path) -> Any:
    value: Any = PATHWAY
    for step in path:
        value = value[step] if isinstance(step, int) else getattr(value, step)
    return value


PATHS = [path for path in values_in(PATHWAY) if value_at(path) is not None or path[-1] in INSTEAD_OF_NONE]
RULES = ("facts", "derived", "conditions", "events", "transitions", "advice", "orders", "contradictions", "reference")


@settings(relaxed, max_examples=60)
@given(st.one_of(st.sampled_from(PATHS), st.sampled_from([path for path in PATHS if path[0] in RULES])))
def test_a_change_of_any_single_value_is_refused_or_changes_the_digest(path):
    with suppress(DefinitionError, BadInput):
        assert changed(PATHWAY, path).digest != PATHWAY.digest, path


LIMITS = {
    "value",
    "lower",
    "upper",
    "limit",
    "minutes",
    "percent",
    "plausible",
    "factor",
    "divisor",
    "offset",
    "n",
    "bands",
}
THRESHOLDS = [path for path in PATHS if LIMITS & set(path[-3:]) and isinstance(value_at(path), int | Decimal)]


def test_every_threshold_that_the_issue_names_is_a_value_of_the_definition():
    said = {written(value_at(path)) for path in THRESHOLDS}
    assert {"38", "38.3", "60", "20", "1000", "6", "300", "0.5", "1", "1.5", "7", "12"} <= said


@pytest.mark.parametrize("path", THRESHOLDS, ids=lambda path: " ".join(map(str, path)))
def test_a_change_of_any_threshold_changes_the_digest(path):
    assert changed(PATHWAY, path).digest != PATHWAY.digest


def test_a_change_of_one_option_of_one_guard_changes_the_digest():
    transition = next(one for one in PATHWAY.transitions if one.id == "count_low")
    for when in (~transition.when, transition.when & SPLENOMEGALY, shown(transition.when), latest(transition.when)):
        rules = tuple(evolve(one, when=when) if one is transition else one for one in PATHWAY.transitions)
        assert evolve(PATHWAY, transitions=rules).digest != PATHWAY.digest


def test_the_order_of_rules_is_part_of_the_digest():
    assert evolve(PATHWAY, advice=PATHWAY.advice[::-1]).digest != PATHWAY.digest


def test_a_rule_whose_copy_of_a_condition_says_something_else_is_refused_or_changes_the_digest():
    """Two pathways that decide differently must not have one digest: whoever signs one signs the other."""
    lenient = Named("all_criterion", BLASTS_PERCENT >= 5)

    def replaced(guard):
        if isinstance(guard, Named):
            return lenient if guard.name == "all_criterion" else evolve(guard, of=replaced(guard.of))
        inner = tuple(replaced(part) for part in parts_of(guard))
        if not inner:
            return guard
        return evolve(guard, of=inner if isinstance(guard.of, tuple) else inner[0])

    rules = tuple(evolve(one, when=replaced(one.when)) for one in PATHWAY.transitions)
    assert rules != PATHWAY.transitions
    try:
        other = evolve(PATHWAY, transitions=rules)
    except DefinitionError:
        return
    assert load_pathway(to_json(other)) == other
    assert other.digest != PATHWAY.digest


# --- what is no pathway ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "null", "5", '"pathway"', "[]", "{}", "\ud800", "NaN", TEXT[:-1], TEXT + "x",
        '{"format":1}', '{"format":2,"pathway":{}}', '{"format":1,"pathway":null}', '{"format":1,"pathway":{}}',
        '{"format":1,"pathway":{"conditions":[]}}', '{"format":1,"pathway":{"conditions":5}}',
        '{"format":1,"pathway":{"conditions":[{}]}}', '{"format":1,"pathway":{"conditions":[{"name":[]}]}}',
        TEXT.replace('"format":1', '"format":"1"'),
    ],
    ids=lambda text: text[:60].encode("ascii", "backslashreplace").decode(),
)  # fmt: skip
def test_what_is_no_pathway_is_bad_input(text):
    with pytest.raises(BadInput, match="this is no pathway"):
        load_pathway(text)


def with_json(change) -> Pathway:
    data = json.loads(TEXT)
    change(data["pathway"])
    return load_pathway(json.dumps(data))


@pytest.mark.parametrize(
    "guard",
    [
        None, 5, "wbc", [], {"not": []}, ["not"], ["not", 5], ["xor", []], ["all"], ["all", 5], ["at_least", "2", []],
        ["<", "wbc", 6, "episode"], ["<", "wbc", "6"], ["<", "wbc", "six", "episode"], ["=", "wbc", "6", "episode"],
        ["<", "wbc", "6", "tomorrow"], ["named", "no_such_condition", "episode"], ["is_true", 5, "episode"],
        ["known", "wbc", "episode", "more"],
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_guard_is_bad_input(guard):
    with pytest.raises(BadInput):
        with_json(lambda pathway: pathway["transitions"][0].update(when=guard))


def test_a_key_that_nobody_knows_is_bad_input():
    with pytest.raises(BadInput):
        with_json(lambda pathway: pathway["transitions"][0].update(colour="red"))


def test_a_kind_of_fact_that_nobody_knows_is_bad_input():
    with pytest.raises(BadInput):
        with_json(lambda pathway: pathway["facts"][0].update(kind="Hunch"))


def test_a_condition_cannot_be_named_before_it_is_defined():
    with pytest.raises(BadInput):
        with_json(lambda pathway: pathway["conditions"].reverse())


def test_a_pathway_that_contradicts_itself_is_bad_input_with_each_of_its_faults():
    def two_faults(pathway):
        pathway["initial"] = "nowhere"
        pathway["transitions"][0]["cites"] = ["S999"]

    with pytest.raises(BadInput) as refused:
        with_json(two_faults)
    assert "initial: unknown state 'nowhere'" in refused.value.faults
    assert len(refused.value.faults) == 2


@pytest.mark.parametrize("junk", ["x", [], ["x"]])
def test_a_condition_that_is_no_object_is_bad_input(junk):
    with pytest.raises(BadInput):
        with_json(lambda pathway: pathway["conditions"].insert(0, junk))


def test_json_that_is_nested_too_deeply_is_bad_input():
    with pytest.raises(BadInput):
        load_pathway("[" * 100_000)


def test_a_limit_that_is_no_number_is_bad_input():
    with pytest.raises(BadInput):
        with_json(lambda pathway: pathway["conditions"][0].update(guard=["<", "wbc", "NaN", "episode"]))


def test_null_where_words_are_wanted_is_bad_input():
    with pytest.raises(BadInput):
        with_json(lambda pathway: pathway["transitions"][0].update(label=None))


@pytest.mark.parametrize("default", ["yes", [1], {}])
def test_a_default_that_its_fact_would_not_take_is_bad_input(default):
    with pytest.raises(BadInput):
        with_json(lambda pathway: pathway["events"][6]["fields"][0].update(default=default))


def place_of(kind: str, name: str) -> int:
    """Where a part of that name stands among its kind in the JSON."""
    return next(place for place, one in enumerate(DATA["pathway"][kind]) if name in (one.get("name"), one.get("fact")))


NO_AMOUNTS = [
    (("facts", 1, "units", 3, "factor"), "NaN"), (("facts", 1, "units", 3, "factor"), "0"),
    (("facts", 1, "units", 3, "divisor"), "NaN"), (("facts", 1, "units", 3, "divisor"), "0"),
    (("facts", 1, "units", 3, "offset"), "Infinity"), (("facts", 1, "units", 3, "plausible"), ["NaN", "1"]),
    (("facts", 1, "plausible"), ["0", "NaN"]), (("derived", place_of("derived", "fever_for_an_hour"), "limit"), "NaN"),
    (("derived", place_of("derived", "fever_settled"), "limit"), "NaN"),
    (("derived", place_of("derived", "blasts"), "factor"), "NaN"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "amount"), NO_AMOUNTS, ids=str)
def test_an_amount_of_the_definition_is_a_finite_number_and_a_factor_is_not_zero(path, amount):
    def put(pathway):
        for key in path[:-1]:
            pathway = pathway[key]
        pathway[path[-1]] = amount

    with pytest.raises(BadInput):
        with_json(put)


def places_in(value: Any, path: Path = ()) -> list[Path]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, one in children for found in places_in(one, (*path, key)))]


PLACES = [path for path in places_in(DATA) if path]
JUNK = [
    None, True, 0, -1, 10**30, 1.5, "", "x", "S01", "NaN", "1e999", "wbc", "smear", [], ["x"], [[]], {}, {"a": 1},
    ["all", []], ["at_least", 2, []], ["in_state", [5]], ["in_state", ["zz"]], ["is_true", "wbc", "episode"],
    ["<", "fever", "1", "episode"], ["one_of", "kmt2a", [5], "episode"], ["named", "zz", "episode"],
    ["in_force", "zz"], ["below", "ldh", "episode"],
]  # fmt: skip


@settings(relaxed, max_examples=50)
@given(st.sampled_from(PLACES), st.sampled_from(["replace", "replace", "delete", "double"]), st.sampled_from(JUNK))
def test_mutated_json_gives_a_pathway_or_bad_input_and_nothing_else(path, how, junk):
    assume(not (path[:2] == ("pathway", "conditions") and len(path) < 4))  # see the condition that is no object, above
    data = json.loads(TEXT)
    inside = data
    for key in path[:-1]:
        inside = inside[key]
    match how:
        case "replace":
            inside[path[-1]] = junk
        case "delete":
            del inside[path[-1]]
        case "double" if isinstance(inside, list):
            inside.insert(0, inside[path[-1]])
        case _:
            inside["extra"] = junk
    try:
        pathway = load_pathway(json.dumps(data))
    except BadInput:
        return
    assert isinstance(pathway, Pathway)
    assert to_json(load_pathway(to_json(pathway))) == to_json(pathway)


@settings(relaxed, max_examples=30)
@given(st.integers(0, len(TEXT) - 1), st.integers(0, 30), st.text(max_size=3))
def test_json_with_a_few_characters_changed_gives_a_pathway_or_bad_input(start, length, text):
    try:
        pathway = load_pathway(TEXT[:start] + text + TEXT[start + length :])
    except BadInput:
        return
    assert isinstance(pathway, Pathway)


def test_a_guard_that_was_never_in_the_pathway_survives_as_well():
    guard = at_least(2, WBC < 6, shown(SPLENOMEGALY), ~latest(BLASTS_PERCENT >= "0.5"), in_report(WBC.is_(6)))
    assert guard_from_data(json.loads(json.dumps(guard_to_data(guard))), {}) == guard
