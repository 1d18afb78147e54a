"""Small pathways are drawn: of one phase, of one state, without clocks, notes, groups or invariants, cited anyhow."""

from __future__ import annotations

import re

import pytest
from attrs import evolve

from pathway.draw.arrangement import Arrangement
from pathway.draw.book import rulebook
from pathway.draw.citing import letters_of
from pathway.draw.coverage import Counts, coverage_sheet
from pathway.draw.diagram import diagram_of
from pathway.draw.files import all_drawings, content_of, sheets_of
from pathway.draw.overlaps import faults_of
from pathway.draw.way import Taken, Way, way_sheets
from pathway.draw.write import layout_source
from pathway.model.citations import ReviewNote
from pathway.model.guards import in_state
from tests.draw.pages import Reading
from tests.draw.small import ONE_PHASE, ONE_STATE, TWO_PHASES, cited_as, without_clocks

ODD = {"F1": "Smith & al. 2019", "F2": "guideline <3>, §2"}
PATHWAYS = {"two phases": TWO_PHASES, "one phase": ONE_PHASE, "one state": ONE_STATE, "odd citations": cited_as(ODD)}
WAY = Way("A way", "9:00", "10:00", "ready", "waiting", (Taken("to_ready", "waiting", "ready", "9:30", "looked"),))


@pytest.fixture(params=[*PATHWAYS, "no clocks"])
def small(request, monkeypatch):
    return without_clocks(monkeypatch) if request.param == "no clocks" else PATHWAYS[request.param]


def test_every_file_is_drawn_and_nothing_overlaps(small):
    content = content_of(all_drawings(small, {}, ["svg"]))
    assert {"overview.svg", "legend.mmd", "rulebook.md", "pathway.html", "advice-and-orders.dot"} <= set(content)
    assert [fault for sheet in sheets_of(small) for fault in faults_of(sheet)] == []


def test_every_link_of_the_page_leads_somewhere_and_no_id_is_there_twice(small):
    page = Reading(content_of(all_drawings(small, {}, ()))["pathway.html"].decode())
    ids = page.values("id")
    assert page.faults == []
    assert {one[1:] for one in page.values("href") if one.startswith("#")} <= set(ids)
    assert len(ids) == len(set(ids))


def test_every_link_of_the_rulebook_leads_somewhere(small):
    text = rulebook(small, {})
    anchors = re.findall('<a id="([^"]+)">', text)
    headings = [line[3:].lower().replace(" ", "-") for line in text.splitlines() if line.startswith("## ")]
    leads = re.findall(r"\]\(#([^)]+)\)", text) + re.findall(r"^\[[^]]+\]: #(.+)", text, re.MULTILINE)
    assert set(leads) <= {*anchors, *headings}
    assert len(anchors) == len(set(anchors))


def test_a_section_that_says_nothing_is_left_out():
    text = rulebook(TWO_PHASES, {})
    assert "## Orders" in text
    for title in ("Groups of states", "Invariants", "Review notes", "Literature", "Reference intervals", "References"):
        assert title not in text
    assert "## Orders" not in rulebook(ONE_STATE, {})


def test_a_heading_of_a_sheet_without_an_entry_is_left_out():
    words = {text.words for sheet in sheets_of(TWO_PHASES) for _, _, _, text in sheet.texts}
    assert "States" in words
    assert not words & {"Review notes", "Groups of states"}


def test_a_hint_for_the_layout_that_names_another_state_is_ignored():
    hints = Arrangement(
        boxes=("attic",), level=(("ready", "elsewhere"),), below=(("elsewhere", "ready"),), upward=frozenset({"rule-9"})
    )
    source = layout_source(diagram_of(ONE_PHASE), hints)
    assert "elsewhere" not in source
    assert "cluster_all" in source, "a box that no hint names is drawn all the same"


def test_the_way_of_a_case_and_what_scenarios_exercise_are_drawn():
    sheets = [*way_sheets(ONE_PHASE, WAY), coverage_sheet(ONE_PHASE, Counts(0, {}, {}))]
    assert [fault for sheet in sheets for fault in faults_of(sheet)] == []


def noted():
    """The pathway with a note that its first transition cites."""
    note = ReviewNote("Q1", "A doubt", "It is doubtful.", "Nothing.", ("F1",), when=in_state("waiting"))
    first, *others = TWO_PHASES.transitions
    return evolve(TWO_PHASES, notes=(note,), transitions=(evolve(first, cites=("F1", "Q1")), *others))


def test_a_kind_of_citation_is_named_by_the_letters_that_its_ids_share():
    assert letters_of(TWO_PHASES) == {"F": "statement"}
    assert letters_of(noted()) == {"F": "statement", "Q": "review note"}
    assert letters_of(cited_as(ODD)) == {}
    assert "F1 and so on are statements of the source in our words, Q1 and so on review notes." in rulebook(noted(), {})
    *_, legend = sheets_of(noted())
    assert [text for *_, text in legend.texts if "F statement, Q review note, * local choice" in text.words]


def test_the_words_of_a_citation_are_never_taken_for_markup():
    files = content_of(all_drawings(cited_as(ODD), {}, ["svg"]))
    assert "[guideline &lt;3&gt;, §2]" in files["phase-2-ward.svg"].decode().replace("&#160;", " ")
    assert "guideline &lt;3&gt;, §2</a>" in files["pathway.html"].decode()
    assert "[Smith & al. 2019](#cited-Smith-20--26--20-al-2e--20-2019)" in files["rulebook.md"].decode()
