"""A new kind of guard node, of leaf and of derived fact lights up every reader: mypy names each of them.

The kinds are added to a copy of the package, and mypy is asked once. A reader that a new kind would leave in the dark
is missing from its list here.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns
from typing import get_args

import pytest

import pathway
from pathway.model.canonical_data import KINDS
from pathway.model.derived import Derived
from pathway.model.facts import Fact
from pathway.model.invariants import Invariant

PACKAGE = Path(pathway.__file__).parent
FULL = bool(os.environ.get("PATHWAY_TEST_FULL"))
NODES = """

@frozen
class NoMore(_Node):
    \"\"\"A new kind of node: at most `n` parts are true.\"\"\"

    n: int
    of: tuple[Guard, ...]


@frozen
class Above(_Node):
    \"\"\"A new kind of leaf: a count above its reference interval.\"\"\"

    fact: str
    scope: Scope = EPISODE


Leaf: TypeAlias = Above | """
TREND = """

@frozen
class Trend(Truth):
    \"\"\"A new kind of derived fact.\"\"\"

    name: str
    title: str
    fact: str
    cites: tuple[str, ...]


Derived: TypeAlias = Trend | """
READERS = {
    "NoMore": {
        "draw/unknown.py", "model/awaited.py", "model/canonical_data.py", "model/check_guards.py", "model/guards.py",
        "model/partial.py", "model/rails.py", "model/words.py", "run/evaluate.py", "run/findings.py",
        "verify/houdini_candidates.py", "verify/mutants/build.py", "verify/mutants/guards.py",
    },
    "Above": {
        "draw/unknown.py", "model/awaited.py", "model/canonical_data.py", "model/check_guards.py", "model/guards.py",
        "model/partial.py", "model/rails.py", "model/words.py", "run/compile.py", "run/evaluate.py",
        "run/findings.py", "verify/houdini_candidates.py", "verify/mutants/build.py", "verify/mutants/guards.py",
        "verify/symbolic_state.py",
    },
    "Trend": {
        "model/awaited.py", "model/check.py", "model/derivation.py", "model/derived_words.py",
        "run/derived_places.py", "run/event_plan.py", "run/findings.py", "run/layout.py", "verify/encoding.py",
        "verify/event_step.py", "verify/limits.py", "verify/mutants/memory.py", "verify/mutants/reach.py",
        "verify/shape.py", "verify/transition_step.py",
    },
}  # fmt: skip
"""The modules that must be named for each new kind. More may be."""


def with_new_kinds(folder: Path) -> None:
    copytree(PACKAGE, folder / "pathway", ignore=ignore_patterns("__pycache__"))
    for module, mark, text in (
        ("guards", "\n\nLeaf: TypeAlias = ", NODES),
        ("derived", "\n\nDerived: TypeAlias = ", TREND),
    ):
        file = folder / "pathway" / "model" / f"{module}.py"
        source = file.read_text(encoding="utf-8")
        assert source.count(f"\n{mark}") == 1
        source = source.replace(mark, text)
        file.write_text(
            source.replace("Guard: TypeAlias = Leaf | ", "Guard: TypeAlias = NoMore | Leaf | "), encoding="utf-8"
        )


def named_by_mypy(folder: Path) -> dict[str, set[str]]:
    """For each new kind the modules where mypy finds it left over at an `assert_never`."""
    command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "--cache-dir", os.devnull]
    command += ["--config-file", os.devnull, "--ignore-missing-imports", "--no-error-summary", "-p", "pathway"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 1, done.stderr
    found: dict[str, set[str]] = {kind: set() for kind in READERS}
    for line in done.stdout.splitlines():
        if '"assert_never"' in line:
            module = line.split(":", 1)[0].removeprefix("pathway/")
            for kind in re.findall(r'"([^"]*)"; expected "Never"', line)[0].split(" | "):
                found[kind].add(module)
    return found


@pytest.mark.skipif(not FULL, reason="mypy reads the whole package anew: make test-full")
def test_a_new_kind_of_node_leaf_or_derived_fact_is_named_in_every_reader(tmp_path):
    with_new_kinds(tmp_path)
    dark = {kind: READERS[kind] - modules for kind, modules in named_by_mypy(tmp_path).items()}
    assert not any(dark.values()), dark


def test_canonical_json_knows_every_kind_of_fact_derived_fact_and_invariant_by_its_union():
    assert {union: set(kinds.values()) for union, kinds in KINDS.items()} == {
        union: set(get_args(union)) for union in (Fact, Derived, Invariant)
    }
