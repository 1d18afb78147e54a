"""The page in a real browser on a desk, on a telephone, on paper, in the dark, and read aloud."""

from __future__ import annotations

import os

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from pathway import PATHWAY
from pathway.draw.diagram import phases_of
from tests.draw.browser import CLEAR, CONSULTED, DESK, TELEPHONE, is_at, line

FULL = bool(os.environ.get("PATHWAY_TEST_FULL"))


def test_on_a_telephone_nothing_is_wider_than_the_screen_and_no_diagram_is_cropped(visit):
    page = visit(viewport=TELEPHONE)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= TELEPHONE["width"]
    wide = page.evaluate(
        """() => [...document.querySelectorAll("header, .entry, nav, #legend, #phases svg *, p, dd, li, summary")]
          .filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5).map((one) => one.textContent)"""
    )
    assert wide == []
    drawings = page.locator("#diagram svg[role=group]:visible")
    assert drawings.count() == len(phases_of(PATHWAY)), "one a phase, and not the whole, which is too wide"
    smallest = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll("#phases text")]
          .map((one) => parseFloat(one.getAttribute("font-size")) * one.getScreenCTM().a))"""
    )
    assert smallest >= 10, "points of the screen, for the smallest letters of the drawings"


@pytest.mark.parametrize(("viewport", "screens"), [(DESK, 6), (TELEPHONE, 9)], ids=["desk", "telephone"])
def test_the_page_is_no_longer_than_a_reader_scrolls(visit, viewport, screens):
    page = visit(viewport=viewport)
    assert page.evaluate("document.scrollingElement.scrollHeight") <= screens * viewport["height"]


def test_on_paper_nothing_is_folded(visit):
    page = visit()
    expect(page.locator(f"#rule-{CLEAR} dd").first).to_be_hidden()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(f"#rule-{CLEAR} dd").first).to_be_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(page.locator(f"#rule-{CLEAR} dd").first).to_be_hidden()


def test_on_a_telephone_a_line_leads_to_its_rule_and_the_rule_back_to_the_line(visit):
    page = visit(viewport=TELEPHONE, has_touch=True)
    line(page, CLEAR).locator("text").last.tap()
    is_at(page, f"rule-{CLEAR}")
    page.locator(f"#rule-{CLEAR} a.drawn:visible").first.tap()
    expect(line(page, CLEAR)).to_be_focused()
    expect(line(page, CLEAR)).to_be_in_viewport()


def test_on_paper_the_diagram_stands_first_and_no_tool_is_printed(visit):
    page = visit(color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    for one in (".skip", ".float", "nav", "#search", "#zoom"):
        expect(page.locator(one).first).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('#diagram')).breakAfter") == "page"


def test_in_the_dark_the_diagram_keeps_its_white_paper(visit):
    page = visit(color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('#canvas')).backgroundColor") == "rgb(255, 255, 255)"


def test_nothing_moves_by_itself(visit):
    page = visit(reduced_motion="reduce")
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((one) => {
          const style = getComputedStyle(one);
          return style.transitionDuration !== "0s" || style.animationName !== "none" || style.scrollBehavior !== "auto";
        }).length"""
    )
    assert moving == 0


def test_axe_finds_nothing_amiss_in_the_whole_page(visit):
    page = visit(f"#rule-{CONSULTED}")
    # The contrast of every word takes most of the time; the next test looks at it where each kind of thing is shown.
    assert violations(page, rules={"color-contrast": {"enabled": False}}) == []


@pytest.mark.parametrize(
    ("viewport", "scheme"),
    [(DESK, "light"), (TELEPHONE, "dark"), *(((DESK, "dark"), (TELEPHONE, "light")) if FULL else ())],
    ids=lambda one: one if isinstance(one, str) else "desk" if one == DESK else "telephone",
)
def test_axe_finds_no_word_that_is_hard_to_read(visit, scheme, viewport):
    page = visit(f"#rule-{CONSULTED}", viewport=viewport, color_scheme=scheme)
    page.get_by_role("searchbox").fill("marrow consult")
    assert page.locator("#text .entry:visible").count() > 3
    assert violations(page) == []


def violations(page, **options):
    found = Axe().run(page, options={"resultTypes": ["violations"], **options}).response["violations"]
    return [(one["id"], one["help"], [node["html"] for node in one["nodes"]]) for one in found]
