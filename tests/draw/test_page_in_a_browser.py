"""The page in a real browser: by pointer and by keyboard, on a desk and on a telephone, with and without its script.

Debian's chromium is driven. Where there is none the tests are skipped, unless PATHWAY_BROWSER_REQUIRED or CI is set.
"""

from __future__ import annotations

import os
import re
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from pathway import PATHWAY
from pathway.draw.diagram import diagram_of
from pathway.draw.page import page as page_of
from pathway.draw.rows import numbers_of
from tests.draw.pages import drawn, page_of_this_pathway, scenarios

NUMBERS = numbers_of(PATHWAY)
CLEAR = NUMBERS["transition smear_clear"]
CONSULTED = NUMBERS["transition consulted_at_first"]
DESK, TELEPHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
FULL = bool(os.environ.get("PATHWAY_TEST_FULL"))
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="module")
def browser():
    program = shutil.which("chromium")
    if program is None:
        if os.environ.get("PATHWAY_BROWSER_REQUIRED") or os.environ.get("CI"):
            pytest.fail("chromium is not installed, and the page must be tested in it here: apt-get install chromium")
        pytest.skip("chromium is not installed, so the page is not tested in a browser: apt-get install chromium")
    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=program, args=[*QUIET])
        yield found
        found.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    file = tmp_path_factory.mktemp("project") / "diagrams" / "pathway.html"
    file.parent.mkdir()
    file.write_text(page_of_this_pathway(), encoding="utf-8")
    return file.as_uri()


@pytest.fixture
def visit(browser, address):
    """Open the page somewhere; whatever it asks of a network, and whatever goes wrong in it, fails the test."""
    contexts, asked, wrong = [], [], []

    def opened(fragment="", viewport=DESK, **more):
        context = browser.new_context(viewport=viewport, offline=True, **more)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: wrong.append(message.text))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(address + fragment)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert {one.partition("#")[0] for one in asked} <= {address, "data:,"}
    assert wrong == []


def line(page, rule):
    """The line of the diagram that stands for a rule alone or first."""
    return page.locator(f".links a.line[href='#rule-{rule}']").first


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


def test_a_click_on_a_line_shows_its_rule_and_marks_the_line(visit):
    page = visit()
    assert chosen(page) == []
    line(page, CLEAR).locator("text").last.click()
    is_at(page, f"rule-{CLEAR}")
    assert [name.split(",")[0] for name in chosen(page)] == [f"Rule {CLEAR}: smear clear"]


def test_a_thin_line_can_be_hit_beside_it(visit):
    page = visit()
    x, y = middle_of(page, CLEAR)
    page.mouse.click(x - 5, y)
    is_at(page, f"rule-{CLEAR}")


def test_a_click_on_a_state_shows_it_and_what_leads_in_and_out_leads_on(visit):
    page = visit()
    page.get_by_role("link", name="State Smear: ").click()
    is_at(page, "state-smear")
    page.locator("#state-smear").get_by_role("link", name=f"{CLEAR} smear clear").click()
    is_at(page, f"rule-{CLEAR}")


def test_a_line_of_two_rules_leads_to_each_by_its_number(visit):
    shared = next(one for one in diagram_of(PATHWAY).lines if len(one.numbers) > 1)
    first, second = shared.numbers[:2]
    page = visit()
    name = f"Rules {first} and {second}: haematology reached, from 1 Work-up to Specialist work-up"
    page.get_by_role("link", name=name, exact=True).locator("text").first.click()
    is_at(page, f"rule-{first}")
    page.get_by_role("link", name=f"Rule {second} of this line: ").click()
    is_at(page, f"rule-{second}")
    assert name in chosen(page)


def test_from_rule_to_statement_and_the_key_for_going_back_returns(visit):
    page = visit(f"#rule-{CLEAR}")
    is_at(page, f"rule-{CLEAR}")
    cited = next(one for one in PATHWAY.transitions if one.id == "smear_clear").cites[0]
    page.locator(f"#rule-{CLEAR}").get_by_role("link", name=cited, exact=True).first.click()
    is_at(page, cited)
    page.go_back()
    page.wait_for_function("id => location.hash === '#' + id", arg=f"rule-{CLEAR}")
    expect(page.locator(f"#rule-{CLEAR}")).to_be_in_viewport()
    assert [name.split(",")[0] for name in chosen(page)] == [f"Rule {CLEAR}: smear clear"]
    page.go_forward()
    page.locator(f"#{cited}").get_by_role("link", name="smear clear").first.click()
    is_at(page, f"rule-{CLEAR}")


@pytest.mark.parametrize("id", [f"rule-{CLEAR}", "state-smear", "S12", "N48", "T1"])
def test_an_address_with_a_fragment_opens_just_there(visit, id):
    is_at(visit(f"#{id}"), id)


def test_the_keyboard_alone_reaches_a_rule(visit):
    page = visit()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('line')"):
            break
    name = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert name.startswith("Rule")
    ring = page.evaluate("getComputedStyle(document.activeElement.querySelector('path')).strokeWidth")
    assert ring == "5px", "a line in focus is thicker than any other"
    page.keyboard.press("Enter")
    is_at(page, f"rule-{re.search('[0-9]+', name)[0]}")


def test_the_space_bar_follows_a_link_of_the_diagram_too(visit):
    page = visit()
    line(page, CLEAR).focus()
    page.keyboard.press(" ")
    is_at(page, f"rule-{CLEAR}")


def test_tab_meets_every_state_and_line_once_phase_by_phase(visit):
    page = visit()
    page.locator("#zoom button").last.focus()
    met = []
    while True:
        page.keyboard.press("Tab")
        name = page.evaluate("document.activeElement.closest('#canvas a')?.getAttribute('aria-label')")
        if name is None:
            break
        met.append(name)
    assert len(met) == len(set(met))
    assert [one for one in met if one.startswith("Phase")] == sorted(one for one in met if one.startswith("Phase"))
    states = [one.split(":")[0].removeprefix("State ") for one in met if one.startswith("State ")]
    assert states == [one.title for one in PATHWAY.states]
    assert len([one for one in met if re.match("Rules? [0-9 and]+:", one)]) == len(diagram_of(PATHWAY).lines)


def test_a_link_or_a_text_under_the_pointer_is_hinted_at_in_the_diagram(visit):
    page = visit("#state-smear")
    link = page.locator("#state-smear").get_by_role("link", name=f"{CLEAR} smear clear")
    link.hover()
    expect(line(page, CLEAR)).to_have_class(re.compile("hinted"))
    page.locator("h1").hover()
    expect(line(page, CLEAR)).not_to_have_class(re.compile("hinted"))
    link.focus()
    expect(line(page, CLEAR)).to_have_class(re.compile("hinted"))


def test_the_diagram_stays_in_sight_beside_the_last_note(visit):
    page = visit(f"#{PATHWAY.notes[-1].id}")
    for one in (page.locator("#canvas svg"), page.get_by_role("link", name="State Smear: ")):
        expect(one).to_be_in_viewport(ratio=0.99)


def test_the_filter_leaves_what_has_every_word_and_says_how_much_that_is(visit):
    page = visit()
    page.get_by_role("searchbox").fill("bone marrow")
    found = page.get_by_role("status").first
    expect(found).to_have_text(re.compile(r"^Found: [0-9]+ rules?, .*[0-9]+ notes?\.$"))
    expect(page.locator(f"#rule-{NUMBERS['order order_bone_marrow']}")).to_be_visible()
    expect(page.locator(f"#rule-{CLEAR}")).to_be_hidden()
    shown = page.locator("#text article:visible")
    assert all("marrow" in one.text_content().lower() for one in shown.all())
    assert shown.count() == sum(int(one) for one in re.findall("[0-9]+", found.text_content()))
    page.get_by_role("searchbox").fill("marrow without any such word")
    expect(found).to_have_text("Nothing found. Each word must occur.")
    page.get_by_role("searchbox").fill("")
    expect(found).to_have_text("")
    expect(page.locator(f"#rule-{CLEAR}")).to_be_visible()


def test_what_the_filter_hides_is_shown_when_it_is_asked_for(visit):
    page = visit()
    page.get_by_role("searchbox").fill("MRD consolidation")
    expect(page.locator("#state-smear")).to_be_hidden()
    page.get_by_role("link", name="State Smear: ").click()
    is_at(page, "state-smear")
    expect(page.get_by_role("searchbox")).to_have_value("")


def test_a_rule_leads_to_all_its_scenarios_and_a_scenario_back_to_its_rules(visit):
    page = visit(f"#rule-{CLEAR}")
    files = scenarios()["transition smear_clear"]
    page.locator(f"#rule-{CLEAR}").get_by_role("link", name=f"all {len(files)}").click()
    is_at(page, "scenarios")
    expect(page.locator("#scenarios li:visible")).to_have_count(len(files))
    one = page.locator("#scenarios li:visible").last
    assert one.get_by_role("link").first.get_attribute("href").removeprefix("../") in files
    one.get_by_role("link", name=str(CLEAR), exact=True).click()
    is_at(page, f"rule-{CLEAR}")
    page.get_by_role("button", name="Show all scenarios").click()
    assert page.locator("#scenarios li:not([hidden])").count() == len(
        {one for of in scenarios().values() for one in of}
    )


def test_without_a_script_the_links_lead_there_and_back(visit):
    page = visit(java_script_enabled=False)
    expect(page.get_by_role("searchbox")).to_be_hidden()
    line(page, CLEAR).locator("text").last.click()
    expect(page).to_have_url(re.compile(f"#rule-{CLEAR}$"))
    expect(page.locator(f"#rule-{CLEAR}")).to_be_in_viewport()
    page.locator(f"#rule-{CLEAR} a.drawn").first.click()
    expect(line(page, CLEAR)).to_be_in_viewport()
    page.go_back()
    expect(page.locator(f"#rule-{CLEAR}")).to_be_in_viewport()


def test_the_diagram_can_be_made_larger_and_fitted_again(visit):
    page = visit(viewport=TELEPHONE)
    drawing = page.locator("#canvas svg")
    page.get_by_role("button", name="Fit").click()
    fitted = drawing.bounding_box()["width"]
    assert fitted <= TELEPHONE["width"]
    page.get_by_role("button", name="Larger").click()
    assert drawing.bounding_box()["width"] > fitted * 1.2
    page.get_by_role("button", name="Smaller").click()
    assert drawing.bounding_box()["width"] == pytest.approx(fitted, rel=0.02)


def test_on_a_telephone_no_text_is_wider_than_the_screen_and_the_diagram_scrolls_by_itself(visit):
    page = visit(viewport=TELEPHONE)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= TELEPHONE["width"]
    wide = page.evaluate(
        """() => [...document.querySelectorAll("header, article, nav, #legend, p, dd, li, summary")]
          .filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5).map((one) => one.textContent)"""
    )
    assert wide == []
    canvas = page.locator("#canvas")
    assert canvas.evaluate("one => one.scrollWidth > one.clientWidth")
    smallest = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll("#canvas text")]
          .map((one) => parseFloat(one.getAttribute("font-size")) * one.getScreenCTM().a))"""
    )
    assert smallest >= 10, "points of the screen, for the smallest letters of the drawing"


def test_on_a_telephone_a_line_leads_to_its_rule_and_the_rule_back_to_the_line(visit):
    page = visit(viewport=TELEPHONE, has_touch=True)
    line(page, CLEAR).locator("text").last.tap()
    is_at(page, f"rule-{CLEAR}")
    page.locator(f"#rule-{CLEAR} a.drawn").first.tap()
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
    assert page.locator("#text article:visible").count() > 3
    assert violations(page) == []


def violations(page, **options):
    found = Axe().run(page, options={"resultTypes": ["violations"], **options}).response["violations"]
    return [(one["id"], one["help"], [node["html"] for node in one["nodes"]]) for one in found]


def test_a_page_without_scenarios_works_as_well(browser, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(page_of(PATHWAY, drawn(), {}), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    line(page, CLEAR).locator("text").last.click()
    is_at(page, f"rule-{CLEAR}")
    page.close()
