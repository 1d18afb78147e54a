"""JSON from outside is read in one way only, or refused in one line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathway.model.errors import BadInput
from pathway.model.json_text import read_json

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_what_json_writes_is_read_as_text_and_as_bytes(value):
    text = json.dumps(value)
    assert read_json(text, "here") == value
    assert read_json(text.encode(), "here") == value


@pytest.mark.parametrize("text", ["\ufeff[1]", b"\xef\xbb\xbf[1]"])
def test_a_byte_order_mark_is_skipped(text):
    assert read_json(text, "here") == [1]


def test_only_one_mark_is_skipped():
    with pytest.raises(BadInput, match=r"^here: this is no JSON"):
        read_json("\ufeff\ufeff[1]", "here")


@pytest.mark.parametrize(
    "text",
    ['{"anc": 1, "anc": 2}', '{"anc": 1, "wbc": 0, "anc": 1}', '[{"of": {"anc": 1, "\\u0061nc": 2}}]'],
)
def test_a_key_that_stands_twice_is_refused_by_name_however_deep_and_however_written(text):
    with pytest.raises(BadInput) as fault:
        read_json(text, "line 3")
    assert fault.value.faults == ("line 3: the key 'anc' stands twice in one object; it may stand there once",)


def test_the_same_key_in_two_objects_is_no_fault():
    assert read_json('[{"a": 1}, {"a": {"a": 2}}]', "here") == [{"a": 1}, {"a": {"a": 2}}]


@pytest.mark.parametrize(
    "text", ["", "{", "[1,]", "nul", "NaN", "[-Infinity]", "1" * 5000, "[" * 100_000, b"\xff\xfe[", "{'a': 1}", "\x00"]
)
def test_what_is_no_json_is_refused_in_one_line(text):
    with pytest.raises(BadInput) as fault:
        read_json(text, "case")
    (line,) = fault.value.faults
    assert (
        line.startswith(("case: this is no JSON: ", "case: this is no JSON that is read here: "))
        and "\n" not in line
        and len(line) < 140
    )


@pytest.mark.parametrize("text", [None, 3, ["[1]"]])
def test_what_is_no_text_is_refused(text):
    with pytest.raises(BadInput, match=f"^case: this is no JSON: a text is wanted, not {type(text).__name__}$"):
        read_json(text, "case")


def test_without_a_place_the_fault_stands_alone():
    with pytest.raises(BadInput, match=r"^the key 'a' stands twice"):
        read_json('{"a": 1, "a": 2}', "")
