"""The engine knows no disease: no word of the definition stands in the folders that build, run, draw and prove it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pathway import PATHWAY

ENGINE = Path("pathway")
WORDS_OF_ALL_PATHWAYS = {"age", "reason", "days_in_state"}
"""Names of this definition that any other would use as well: they are the clocks' kinds, and a parameter."""

NAMES = {
    *PATHWAY.facts_by_name, *PATHWAY.derived_by_name, *PATHWAY.advice_by_id, *PATHWAY.conditions_by_name,
    *PATHWAY.events_by_name, *PATHWAY.orders_by_id, *PATHWAY.citations,
} - WORDS_OF_ALL_PATHWAYS  # fmt: skip
NAMES |= {name for name in (*PATHWAY.states_by_name, *PATHWAY.transitions_by_id) if "_" in name}
STEMS = ("haemat", "leuk", "neutro", "lymphocyt", "white cell", "blast")
FOUND = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(map(re.escape, NAMES), key=len, reverse=True))})(?!\w)|{'|'.join(STEMS)}", re.I
)
CODES = re.compile(r"# (?:noqa|type): ?[\w\[\], -]+")
BRAND = "leukopenia-pathway"
"""What the distribution is called: a hint to install an extra may name it."""


def words_of_the_definition(text: str) -> list[tuple[int, str]]:
    """Each such word in a file's text, with its line; codes of a linter after `noqa` are none."""
    lines = (CODES.sub("", line).replace(BRAND, "") for line in text.splitlines())
    return [(number, found[0]) for number, line in enumerate(lines, 1) for found in FOUND.finditer(line)]


def found_in(folder: str) -> list[str]:
    return [
        f"{file}:{line}: {word}"
        for file in sorted((ENGINE / folder).rglob("*"))
        if file.suffix in (".py", ".css", ".js", ".html")
        for line, word in words_of_the_definition(file.read_text(encoding="utf-8"))
    ]


@pytest.mark.parametrize(
    "folder",
    [
        "model",
        "run",
        "draw",
        "verify",
        "store",
        "scenarios",
    ],
)
def test_no_word_of_the_definition_stands_in_the_engine(folder: str) -> None:
    assert found_in(folder) == []


def test_such_a_word_is_found_in_code_in_a_docstring_and_in_a_comment():
    text = '"""Such as smear_now."""\nCONSULT = "S08"  # as N04 wants it\nlimit = anc  # noqa: S101\n'
    assert words_of_the_definition(text) == [(1, "smear_now"), (2, "S08"), (2, "N04"), (3, "anc")]


def test_the_names_that_are_sought_are_those_of_the_definition():
    assert {"anc", "smear_now", "low_anc", "blood_count_reported", "order_bone_marrow", "S111", "N54", "T13"} <= NAMES
    assert "age" not in NAMES
