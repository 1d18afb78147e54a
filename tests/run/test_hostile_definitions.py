"""A definition is data: whatever its texts say, none of it stands in the source that is made of it, and none runs."""

from __future__ import annotations

import ast
import json
import os
import re
from typing import Any

import pytest

from pathway import PATHWAY, BadInput, Case
from pathway.model import canonical_data
from pathway.model.canonical import from_json, to_json
from pathway.run import compile as compiling
from pathway.run import generate
from pathway.run.generate import generated
from tests.small.pathways import ANKLE
from tests.small.test_running import BORN

MARK = "hostile9"
"""It stands in each hostile text. A text of a definition that got into a source is found by it."""
TEXTS = (
    f"{MARK}'); raise SystemExit('{MARK}') #", f'{MARK}"""); __import__("os")._exit(9)', f"{MARK}\\",
    f"{MARK}\n    return {MARK}", f"K0 {MARK}", f"{{{MARK}}}", f"%({MARK})s", f"{MARK}\0", f"{MARK}(m)", f"m.{MARK}",
)  # fmt: skip
FULL = os.environ.get("PATHWAY_TEST_FULL")


def places(data: Any, path: str = "") -> dict[str, str]:
    """For each field that holds text, by its path without numbers, one text that stands there."""
    found: dict[str, str] = {}
    match data:
        case dict():
            for key, value in data.items():
                found |= places(value, f"{path}.{key}")
        case list():
            for value in data:
                found |= places(value, f"{path}[]")
        case str() if data:
            found[path] = data
    return found


def exchanged(data: Any, old: str, new: str) -> Any:
    """The data with one text exchanged wherever it stands, so that names still name the same."""
    match data:
        case dict():
            return {key: exchanged(value, old, new) for key, value in data.items()}
        case list():
            return [exchanged(value, old, new) for value in data]
        case _:
            return new if data == old else data


def cases(pathway) -> list[tuple[str, str]]:
    found = places(json.loads(to_json(pathway))["pathway"])
    return sorted(found.items())


SMALL = cases(ANKLE)
LARGE = cases(PATHWAY)


@pytest.fixture
def sources(monkeypatch):
    """The sources that are compiled in a test, and the names that tracebacks would show."""
    kept: list[str] = []

    def keep(source, name):
        kept.extend((source, name))
        return compile(source, name, "exec")

    monkeypatch.setattr(compiling, "_code", keep)
    return kept


def compiled_whole(pathway) -> dict[str, str]:
    """Compile every function of a pathway; the generated package, by file."""
    files = generated(pathway, ("tests",))
    Case(pathway, born=BORN)
    return files


def assert_clean(pathway, sources):
    """Compile a pathway whole, and find the mark in no source, and in generated files only within literals."""
    sources.clear()
    files = compiled_whole(pathway)
    assert sources and all(MARK not in source for source in sources)
    for text in files.values():
        tree = ast.parse(text)
        kinds = {type(node) for node in ast.walk(tree)}
        assert not {ast.JoinedStr, ast.Lambda} & kinds
        names = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]
        names += [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
        assert all(MARK not in name for name in names)
        constants = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
        strings = [constant for constant in constants if isinstance(constant, str)]
        # What is left of the text without its literals holds no word of it: not even a comment does.
        assert MARK not in re.sub(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"", "", text)
        assert text.count(MARK) <= sum(string.count(MARK) for string in strings)


@pytest.mark.parametrize(("path", "old"), SMALL, ids=[path for path, _ in SMALL])
def test_no_text_of_a_definition_gets_into_a_source_even_if_nothing_checks_it(path, old, sources, monkeypatch):
    """The names that the checks would refuse are built all the same: the writer of the source relies on no check."""
    monkeypatch.setattr("pathway.model.check.faults_of", lambda _pathway: [])
    monkeypatch.setattr(generate, "faults_of", lambda _pathway: [])
    for new in TEXTS:
        built = built_with(ANKLE, old, new)
        if built is not None:
            assert_clean(built, sources)


def built_with(pathway, old: str, new: str):
    """The pathway with a text exchanged; None where the reader of JSON itself refuses it."""
    text = json.dumps(exchanged(json.loads(to_json(pathway)), old, new))
    try:
        return from_json(text)
    except BadInput as refused:
        lines = refused.faults
    assert all("\n" not in line and len(line) < 600 for line in lines)
    return None


@pytest.mark.parametrize(("path", "old"), LARGE if FULL else LARGE[::12], ids=lambda one: str(one)[:40])
def test_a_hostile_text_in_a_file_is_refused_in_lines_or_is_a_text_that_people_read(path, old, sources):
    for new in TEXTS[:3] if FULL else TEXTS[:1]:
        built = built_with(PATHWAY, old, new)
        if built is None:
            continue
        field = path.split(".")[-1].removesuffix("[]")
        assert canonical_data.to_json(built).count(MARK)
        assert field not in ("name", "id", "code", "loinc", "op", "scope"), path
        assert_clean(built, sources)
