"""What a newcomer may count on in every file."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILES = [file for folder in ("pathway", "tests", "benchmarks") for file in sorted((ROOT / folder).rglob("*.py"))]
LONGEST = 350


def test_no_file_is_over_350_lines_except_data_of_the_definition():
    definition = ROOT / "pathway" / "definition"
    assert len(FILES) > 400
    assert not {
        str(file.relative_to(ROOT)): lines
        for file in FILES
        if (lines := file.read_text(encoding="utf-8").count("\n")) > LONGEST and definition not in file.parents
    }


def test_nobody_reads_what_a_case_keeps_to_itself():
    """A case is asked, or its timeline: `timeline.at` gives it at any moment."""
    private = {"_fold", "_ledger", "_as_of", "_desk", "_refold"}
    read = {
        (str(file.relative_to(ROOT)), node.attr)
        for file in FILES
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in private
        and not (isinstance(node.value, ast.Name) and node.value.id == "self")
    }  # fmt: skip
    assert not read
