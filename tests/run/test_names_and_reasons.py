"""Names and reasons are single lines of words. What is taken comes back from JSON, and the rest is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from pathway import PATHWAY, BadInput, Case, Override
from pathway.definition.events import InfectionSignsFound
from tests.children import CLEAR_EXAM, INDEX_COUNT, NORMAL_COUNT, at, told
from tests.run.refusing import refused

if TYPE_CHECKING:
    from collections.abc import Callable

NO_WORDS = [None, 0, 1, [], ["Dr A"], b"Dr A", True, "Dr A\nDr B", "Dr\x00A", "Dr\u2028A", "\ud800", "x" * 501]
WORDS = ["Dr A", "Dr. Müller, 病棟", "x" * 500, "a \"quoted\" name \\ 'x'", "  spaces  "]

GIVING: dict[str, Callable[[Case, object], object]] = {
    "record by": lambda case, text: case.record(CLEAR_EXAM, at=at(90), by=text),
    "correct by": lambda case, text: case.correct("e2", CLEAR_EXAM, at=at(90), by=text),
    "withdraw by": lambda case, text: case.withdraw("e2", at=at(90), by=text),
    "withdraw reason": lambda case, text: case.withdraw("e2", at=at(90), reason=text),
    "acknowledge by": lambda case, text: case.acknowledge("e4", at=at(90), by=text),
    "override by": lambda case, text: case.propose("order_bone_marrow", at=at(90), override=Override(text, "so")),
    "override reason": lambda case, text: case.propose("order_bone_marrow", at=at(90), override=Override("Dr A", text)),
}  # fmt: skip
every_text = pytest.mark.parametrize("give", GIVING.values(), ids=GIVING)


def waiting() -> Case:
    """A count e1, an examination e2, infection signs e3, and the correction e4 of the count, which waits."""
    case = told(INDEX_COUNT, CLEAR_EXAM, InfectionSignsFound())
    assert case.correct("e1", NORMAL_COUNT, at=at(70), by="lab").proposed
    return case


@every_text
@pytest.mark.parametrize("text", NO_WORDS, ids=lambda text: repr(text)[:12])
def test_what_is_no_line_of_words_is_refused_in_one_line_and_nothing_is_recorded(give, text):
    case = waiting()
    line = refused(case, lambda case: give(case, text))
    assert "one line of words is wanted, not " in line


@every_text
@pytest.mark.parametrize("text", WORDS, ids=lambda text: text[:12])
def test_what_is_taken_comes_back_from_json(give, text):
    case = waiting()
    count = len(case.log)
    give(case, text)
    assert len(case.log) == count + 1
    again = Case.from_json(case.to_json(), PATHWAY)
    assert again == case and again.to_json() == case.to_json()
    assert text in (again.log[-1].by, getattr(again.log[-1], "reason", ""))


@pytest.mark.parametrize("text", ["", " ", "\u00a0"], ids=repr)
def test_an_acknowledgement_and_an_override_by_nobody_are_refused(text):
    for give in ("acknowledge by", "override by", "override reason"):
        refused(waiting(), lambda case, give=give: GIVING[give](case, text))


@pytest.mark.parametrize("name", [None, 0, [], {}, "a\nb", "\x00", "x" * 101, True, b"e9"], ids=repr)
def test_an_id_is_a_line_of_text(name):
    case = waiting()
    assert "one line of text is wanted" in refused(case, lambda case: case.record(CLEAR_EXAM, at=at(90), id=name))


@pytest.mark.parametrize("override", ["Dr A: bleeding", ("Dr A", "bleeding"), True, {"by": "Dr A"}], ids=repr)
def test_an_override_is_an_override(override):
    line = refused(waiting(), lambda case: case.propose("order_bone_marrow", at=at(90), override=override))
    assert line == "order_bone_marrow: an override is an Override(by=..., reason=...)"


# --- JSON -----------------------------------------------------------------------------------------------------------


def twice(text: str, key: str) -> str:
    """The JSON text in which a key stands twice in its object, with the same value."""
    value = json.dumps(key)
    start = text.index(value + ":")
    end = text.index("\n", start)
    line = text[start:end].rstrip(",")
    return f"{text[:start]}{line}, {text[start:]}"


@pytest.mark.parametrize("key", ["format", "born", "timezone", "id", "at", "by", "wbc", "digest"])
def test_json_in_which_a_key_stands_twice_is_refused(key):
    text = told(INDEX_COUNT).to_json()
    doubled = twice(text, key)
    assert json.loads(doubled) == json.loads(text), "other readers take the last one"
    with pytest.raises(BadInput, match=rf"(?s)^case: .*{key}") as found:
        Case.from_json(doubled, PATHWAY)
    assert len(found.value.faults) == 1


# --- the names of entries -------------------------------------------------------------------------------------------


def test_an_entry_that_is_given_no_name_gets_one_that_is_free():
    case = told(INDEX_COUNT)
    case.record(CLEAR_EXAM, at=at(60), id="e3")
    case.record(CLEAR_EXAM, at=at(70), id="e4")
    assert case.record(CLEAR_EXAM, at=at(80)).entry == "e5"
    assert [one.id for one in case.log] == ["e1", "e3", "e4", "e5"]


def test_the_name_of_an_entry_has_at_most_a_hundred_characters():
    case = told(INDEX_COUNT)
    assert case.record(CLEAR_EXAM, at=at(60), id="x" * 100).entry == "x" * 100
    assert "one line of text is wanted" in refused(case, lambda case: case.record(CLEAR_EXAM, at=at(70), id="x" * 101))
