"""A byte order mark, which some editors put before a file, is skipped: in a story, and in a reference table."""

from __future__ import annotations

from pathlib import Path

from pathway import PATHWAY
from pathway.model.reference_file import read_reference
from pathway.scenarios.read import read_scenario

STORY = Path("scenarios/source/index-case.toml")
TABLE = """dated = "2026-02-01"
title = "Laboratory of St Elsewhere"
"""


def test_a_story_with_a_byte_order_mark_is_the_same_story(tmp_path):
    marked = tmp_path / STORY.name
    marked.write_bytes(b"\xef\xbb\xbf" + STORY.read_bytes())
    plain = read_scenario(STORY, PATHWAY)
    assert read_scenario(marked, PATHWAY).steps == plain.steps


def test_a_reference_table_with_a_byte_order_mark_is_the_same_table():
    rows = "".join(
        f"[[interval]]\nfact = '{fact}'\nfrom_month = 0\nlower = 1\nreference = 'own'\n"
        for fact in dict.fromkeys(row.fact for row in PATHWAY.reference.rows)
    )
    assert read_reference("\ufeff" + TABLE + rows, PATHWAY) == read_reference(TABLE + rows, PATHWAY)
