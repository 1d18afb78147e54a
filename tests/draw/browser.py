"""What a reader does with the page in a browser, and what is seen then."""

from __future__ import annotations

from playwright.sync_api import expect

from pathway import PATHWAY
from pathway.draw.rows import numbers_of

NUMBERS = numbers_of(PATHWAY)
CLEAR = NUMBERS["transition smear_clear"]
CONSULTED = NUMBERS["transition consulted_at_first"]
DESK, TELEPHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


def line(page, rule):
    """The line of the diagram that stands for a rule alone or first."""
    return page.locator(f".links a.line[href='#rule-{rule}']:visible").first


def entry(page, id):
    """What is folded together: a summary, and the article of that id."""
    return page.locator(f".entry:has(> [id='{id}'])")


def is_at(page, id):
    """Whether the page has gone there: address, focus and sight."""
    page.wait_for_function("id => location.hash === '#' + id", arg=id)
    expect(page.locator(f"[id='{id}']")).to_be_focused()
    expect(page.locator(f"[id='{id}']")).to_be_in_viewport()


def chosen(page):
    """The names of what is marked as chosen in the diagram."""
    return [one.get_attribute("aria-label") for one in page.locator("#canvas a[aria-current]").all()]


def middle_of(page, rule):
    """A point on the screen half way along a line."""
    return page.evaluate(
        """rule => {
          const path = document.querySelector(`.links a.line[href='#rule-${rule}'] > path`);
          const point = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(path.getScreenCTM());
          return [point.x, point.y];
        }""",
        rule,
    )
