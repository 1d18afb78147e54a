"""Where a pathway offers to set urgent advice aside, its rulebook, page and articles say when, in words.

The pathway of the project does not offer it yet, so a small one does.
"""

from __future__ import annotations

import re

import pytest
from attrs import evolve

from pathway.cli.articles import articles_about
from pathway.draw.book import rulebook
from pathway.draw.files import all_drawings, content_of
from pathway.model.guards import shown
from tests.small.pathways import ANKLE, BROKEN, FITTED, TENDER

FILM = ANKLE.advice[0]


def offering(offers=TENDER & FITTED):
    """The sprained ankle, where the film is offered for setting aside."""
    return evolve(ANKLE, advice=(evolve(FILM, offers=offers), *ANKLE.advice[1:]))


def drawn(pathway) -> dict[str, str]:
    """The drawings as plain words, by file."""
    content = content_of(all_drawings(pathway, {}, ("svg",)))
    return {
        name: " ".join(re.sub(r"<[^>]*>", " ", content[name].decode()).split())
        for name in content
    }  # fmt: skip


@pytest.fixture(scope="module")
def files():
    return drawn(offering())


SAID = "ffered for setting aside when:? bone tender to touch, and boot fitted"


@pytest.mark.parametrize("name", ["rulebook.md", "pathway.html"])
def test_it_is_written_in_every_book(files, name):
    words = re.sub(r"\[([^\]]*)\](\[[^\]]*\])?", r"\1", files[name])
    assert re.search(SAID, words), name


def test_nothing_is_said_where_nothing_is_offered():
    assert not [name for name, words in drawn(ANKLE).items() if "setting aside when" in words]


def test_an_article_says_when_it_may_be_set_aside():
    (article,) = articles_about("order_film", offering())
    assert ("may be set aside when", "bone tender to touch, and boot fitted") in article.rows
    (article,) = articles_about("order_film", ANKLE)
    assert not [label for label, _ in article.rows if "aside" in label]


def test_what_counts_as_not_shown_there_is_listed_by_its_part():
    assert "| advice [4] order film | offered for setting aside when |" in rulebook(offering(~shown(BROKEN)), {})


# --- mutants ------------------------------------------------------------------------------------------------------


def test_no_mutant_changes_only_what_is_offered():
    """It adds words to a line of the plan; neither a story nor a proof asks for those words."""
    pytest.importorskip("z3")
    from pathway.verify.mutants import mutants_of

    small = offering()
    changed = [mutant for mutant in mutants_of(small) if mutant.rule == "advice order_film" and mutant.changed]
    assert changed
    assert {mutant.changed.offers for mutant in changed if mutant.kind != "urgency"} == {small.advice[0].offers}


def test_an_urgency_that_is_changed_is_asked_of_the_stories_and_not_refused_for_what_is_offered():
    """Only advice to act now is offered for setting aside: the check would refuse the mutant before any story."""
    pytest.importorskip("z3")
    from pathway.verify.mutants import mutants_of

    built = [mutant.build(offering()) for mutant in mutants_of(offering()) if mutant.kind == "urgency"]
    assert {"today", "planned", "ongoing"} <= {pathway.advice[0].urgency for pathway in built}


def test_a_change_of_what_is_offered_alone_is_proved_to_change_no_case():
    pytest.importorskip("z3")
    from pathway.verify.equivalence import equivalent

    assert equivalent(offering(), offering(BROKEN))
    assert equivalent(offering(), ANKLE)
    assert not equivalent(offering(), evolve(ANKLE, advice=(evolve(FILM, when=BROKEN), *ANKLE.advice[1:])))


def test_the_promises_of_a_pathway_hold_in_stories_where_urgent_advice_is_set_aside():
    """What is set aside may go with its ground or its episode: that is no fault of a mutant."""
    from pathlib import Path

    from pathway import PATHWAY
    from pathway.scenarios.read import read_scenario
    from pathway.verify.mutants.promises import broken_promise

    stories = sorted((Path(__file__).parents[2] / "scenarios" / "set-aside").glob("*.toml"))
    assert stories
    assert broken_promise(PATHWAY, PATHWAY, [read_scenario(file, PATHWAY) for file in stories]) == ""
