"""The Markdown of the rulebook: read as it was meant, whatever the words are, and every link leads somewhere."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from pathway import PATHWAY
from pathway.draw.book.document import Book
from pathway.draw.book.markdown import Markdown, code, escape, slug
from tests.draw.books import (
    MARKDOWN,
    ROOT,
    TEXT,
    tables,
)


def test_every_row_of_a_table_has_as_many_cells_as_its_head():
    for line in TEXT.splitlines():
        if line.startswith("|"):
            assert line.endswith("|")
    for table in tables():
        heads, *rows = table
        assert all(heads)
        assert rows
        assert all(len(row) == len(heads) and all(row) for row in rows)
    written_rows = sum(line.startswith("| ") for line in TEXT.splitlines())
    assert sum(map(len, tables())) == written_rows - len(tables()), "a line of a table was read as something else"


def test_an_invariant_and_a_term_never_share_a_link():
    labels = [label for label, _ in Markdown(Book(PATHWAY, {})).targets()]
    taken = [label.lower() for label in labels]
    assert [one.id for one in PATHWAY.invariants if taken.count(one.id.replace("_", " ")) != 1] == []


def test_every_link_leads_somewhere():
    anchors = set(re.findall(r'<a id="([^"]+)">', TEXT)) | {
        slug(line.lstrip("# ")) for line in TEXT.splitlines() if line.startswith("#")
    }
    links = [child for token in MARKDOWN.parse(TEXT) for child in token.children or () if child.type == "link_open"]
    targets = {str(one.attrs["href"]) for one in links}
    assert len(links) > 1000
    local = {one[1:] for one in targets if one.startswith("#")}
    assert local <= anchors
    assert {one for one in targets if not one.startswith("#")} == {
        "scenarios.json", "../scenarios/a/one.toml", "../scenarios/a/two.toml", "../scenarios/generated/three.toml",
        "../scenarios/b/one.toml", "../scenarios/c/f.toml", "../scenarios/c/g.toml", "../scenarios/c/h.toml",
    }  # fmt: skip
    assert all((ROOT / "diagrams" / one).suffix in (".json", ".toml") for one in targets - {f"#{one}" for one in local})


def test_no_anchor_is_there_twice():
    anchors = re.findall(r'<a id="([^"]+)">', TEXT)
    assert len(anchors) == len(set(anchors))


def test_no_bracket_is_left_that_should_have_been_a_link():
    """A term or citation in brackets without a definition would be read with its brackets."""
    for row in (row for table in tables() for row in table):
        for cell in row:
            assert not re.search(r"\[(?!degF|IU)", cell), cell


def test_the_rulebook_is_in_plain_characters():
    assert TEXT.isascii()


@example("__0__")
@example("a__b_ _c")
@given(st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), min_size=1))
def test_words_are_read_as_they_were_written_whatever_is_in_them(words):
    said = " ".join(words.split())
    page = f"| head |\n| --- |\n| x {escape(words)} x |\n"
    if said:
        assert tables(page)[0][1:] == [[f"x {said} x"]]


def test_a_unit_with_a_bar_stays_in_its_cell():
    assert tables(f"| head |\n| --- |\n| {code('a|b')} |\n")[0][1:] == [["a|b"]]
