"""A text from outside is read no further than its limit, and looked at before it is parsed."""

from __future__ import annotations

import json
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathway import BadInput
from pathway.model import bounds, outside
from pathway.model.json_text import read_json
from pathway.model.outside import read_text, read_toml


@pytest.fixture
def unparsed(monkeypatch):
    """Fails the test where a parser is asked."""

    def refuse(*_args, **_options):
        pytest.fail("a parser was asked before the text was looked at")

    monkeypatch.setattr(json, "loads", refuse)
    monkeypatch.setattr(tomllib, "loads", refuse)


DEEP = bounds.DEPTH + 1


@pytest.mark.parametrize(
    "text", ["[" * DEEP, '{"a":' * DEEP, "[" * DEEP + "]" * DEEP, '["[",' * DEEP], ids=lambda t: t[:6]
)
@pytest.mark.usefixtures("unparsed")
def test_json_that_is_too_deep_is_never_parsed(text):
    with pytest.raises(
        BadInput, match=f"f: this is no JSON that is read here: brackets stand more than {bounds.DEPTH}"
    ):
        read_json(text, "f")


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * DEEP,
        "a = " + "{a=" * DEEP,
        "a." * DEEP + "b = 1",
        "[" + "a . " * DEEP + "b]",
        '"a".' * DEEP + "b = 1",
    ],
    ids=lambda text: text[:6],
)
@pytest.mark.usefixtures("unparsed")
def test_toml_that_is_too_deep_is_never_parsed(text):
    with pytest.raises(BadInput, match=f"f: not TOML that is read here: .*more than {bounds.DEPTH} "):
        read_toml(text, "f")


@pytest.mark.usefixtures("unparsed")
def test_too_many_keys_and_items_are_never_parsed(monkeypatch):
    monkeypatch.setattr(outside, "KEYS", 1_000)
    for read, text in (
        (read_json, "[" + "1," * 1_000 + "1]"),
        (read_toml, "a=1\n" * 1_001),
        (read_json, "[" + "{}," * 600 + "1]"),
    ):
        with pytest.raises(BadInput, match="it has more than 1,000 keys and items"):
            read(text, "f")


@pytest.mark.usefixtures("unparsed")
def test_a_text_that_is_too_long_is_never_parsed(monkeypatch):
    monkeypatch.setattr(outside, "FILE_BYTES", 1_000)
    monkeypatch.setattr(outside, "TOML_BYTES", 1_000)
    for read, text in ((read_json, '"' + "a" * 1_000 + '"'), (read_toml, "a = '" + "a" * 1_000 + "'")):
        with pytest.raises(BadInput, match="it has more than 1,000 characters"):
            read(text, "f")


def test_brackets_in_strings_and_comments_are_not_counted():
    many = "[{" * DEEP
    assert read_json(json.dumps({"a": many + '"' + many}), "f") == {"a": many + '"' + many}
    text = f"# {many}\na = '{many}'\nb = \"\"\"{many}\\\"{many}\"\"\"\nc = '''{many}'{many}'''\nd = \"{'.' * 500}\"\n"
    assert read_toml(text, "f")["c"] == f"{many}'{many}"


@given(
    st.recursive(st.none() | st.text() | st.integers(), lambda part: st.lists(part) | st.dictionaries(st.text(), part))
)
def test_any_json_within_the_limits_is_read(data):
    text = json.dumps(data)
    outside.bounded(text, outside._JSON)
    assert read_json(text, "f") == data


def test_a_key_that_stands_twice_among_many_is_found_at_once():
    text = "{" + ",".join(f'"k{number}":1' for number in range(200_000)) + ',"k199999":2}'
    with pytest.raises(BadInput, match="'k199999' stands twice"):
        read_json(text, "f")


# --- files ----------------------------------------------------------------------------------------------------------


def test_an_endless_file_is_read_to_the_limit_and_no_further():
    with pytest.raises(BadInput, match=rf"^/dev/zero: it has more than {bounds.FILE_BYTES:,} bytes"):
        read_text("/dev/zero")


def test_a_file_of_two_hundred_megabytes_is_refused(tmp_path):
    large = tmp_path / "large.json"
    with large.open("wb") as file:
        file.truncate(200 * 2**20)
    with pytest.raises(BadInput, match="it has more than"):
        read_text(large)


def test_a_file_on_the_limit_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(outside, "FILE_BYTES", 10)
    file = tmp_path / "a"
    file.write_bytes(b"x" * 10)
    assert read_text(file) == "x" * 10
    file.write_bytes(b"x" * 11)
    with pytest.raises(BadInput, match="more than 10 bytes"):
        read_text(file)


@pytest.mark.parametrize(("make", "said"), [
    (lambda path: path.mkdir(), "cannot be read: Is a directory"),
    (lambda path: None, "cannot be read: No such file or directory"),
    (lambda path: path.write_bytes(b"abc\xff"), "cannot be read: byte 4 is not UTF-8 text"),
])  # fmt: skip
def test_what_cannot_be_read_is_named_with_its_reason(tmp_path, make, said):
    path = tmp_path / "file"
    make(path)
    with pytest.raises(BadInput) as refused:
        read_text(path, hint="; a hint")
    assert refused.value.faults == (f"{path}: {said}; a hint",)


def test_a_name_that_no_file_can_have_is_a_line():
    with pytest.raises(BadInput, match="cannot be read: no name of a file"):
        read_text("a\0b")
