"""The page in a real browser: by pointer and by keyboard, with and without its script."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from pathway import PATHWAY
from pathway.draw.diagram import diagram_of
from pathway.draw.engine import render
from pathway.draw.overview import picture
from pathway.draw.page import page as page_of
from tests.draw.browser import CLEAR, DESK, NUMBERS, chosen, entry, is_at, line, middle_of
from tests.draw.pages import drawn, scenarios
from tests.draw.small import ONE_STATE, TWO_PHASES


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
    expect(entry(page, f"rule-{NUMBERS['order order_bone_marrow']}")).to_be_visible()
    expect(entry(page, f"rule-{CLEAR}")).to_be_hidden()
    shown = page.locator("#text .entry:visible")
    assert all("marrow" in one.text_content().lower() for one in shown.all())
    assert shown.count() == sum(int(one) for one in re.findall("[0-9]+", found.text_content()))
    page.get_by_role("searchbox").fill("marrow without any such word")
    expect(found).to_have_text("Nothing found. Each word must occur.")
    page.get_by_role("searchbox").fill("")
    expect(found).to_have_text("")
    expect(entry(page, f"rule-{CLEAR}")).to_be_visible()


def test_what_the_filter_hides_is_shown_when_it_is_asked_for(visit):
    page = visit()
    page.get_by_role("searchbox").fill("MRD consolidation")
    expect(entry(page, "state-smear")).to_be_hidden()
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
    expect(page.locator(f"#rule-{CLEAR}")).to_be_hidden()
    line(page, CLEAR).locator("text").last.click()
    expect(page).to_have_url(re.compile(f"#rule-{CLEAR}$"))
    expect(page.locator(f"#rule-{CLEAR}")).to_be_in_viewport()
    page.locator(f"#rule-{CLEAR} a.drawn:visible").first.click()
    expect(line(page, CLEAR)).to_be_in_viewport()
    page.go_back()
    expect(page.locator(f"#rule-{CLEAR}")).to_be_in_viewport()


def test_without_a_script_a_reader_unfolds_what_he_wants(visit):
    page = visit(java_script_enabled=False)
    entry(page, f"rule-{CLEAR}").locator("summary").click()
    expect(page.locator(f"#rule-{CLEAR} dd").first).to_be_visible()
    expect(page.locator("#invariants")).to_be_hidden()
    page.get_by_role("link", name="Invariants", exact=True).click()
    expect(page.locator("#invariants")).to_be_visible()


def test_what_was_folded_again_opens_by_the_same_link(visit):
    page = visit(f"#rule-{CLEAR}")
    is_at(page, f"rule-{CLEAR}")
    entry(page, f"rule-{CLEAR}").locator("summary").click()
    expect(page.locator(f"#rule-{CLEAR}")).to_be_hidden()
    line(page, CLEAR).locator("text").last.click()
    expect(page.locator(f"#rule-{CLEAR}")).to_be_visible()


def test_the_diagram_can_be_made_larger_and_fitted_again(visit):
    page = visit()
    drawing = page.locator("#canvas svg")
    page.get_by_role("button", name="Fit").click()
    fitted = drawing.bounding_box()["width"]
    assert fitted <= DESK["width"]
    page.get_by_role("button", name="Larger").click()
    assert drawing.bounding_box()["width"] > fitted * 1.2
    page.get_by_role("button", name="Smaller").click()
    assert drawing.bounding_box()["width"] == pytest.approx(fitted, rel=0.02)


def test_a_page_without_scenarios_works_as_well(browser, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(page_of(PATHWAY, drawn(), {}), encoding="utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    line(page, CLEAR).locator("text").last.click()
    is_at(page, f"rule-{CLEAR}")
    page.close()


@pytest.mark.parametrize("pathway", [TWO_PHASES, ONE_STATE], ids=["three states", "one state"])
def test_the_page_of_a_small_pathway_works_as_well(browser, tmp_path, pathway):
    svg = render(picture(pathway).source(), "svg", engine="neato", placed=True).decode()
    (tmp_path / "page.html").write_text(page_of(pathway, svg, {}), encoding="utf-8")
    page, wrong = browser.new_page(), []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto((tmp_path / "page.html").as_uri())
    page.locator("#canvas a.state").first.locator("text").last.click()
    is_at(page, "state-waiting")
    page.get_by_role("searchbox").fill("looks first")
    assert page.locator("#text .entry:visible").count() > 0
    page.close()
    assert wrong == []
