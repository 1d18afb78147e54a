"""JSON that is no pathway is bad input, and nothing else happens."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pathway import BadInput, Pathway, load_pathway
from pathway.model.canonical import to_json
from tests.model.written import DATA, TEXT, Path, place_of, relaxed, with_json

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
