"""The page: whole, linked in both directions, and loading nothing. What it does in a browser is tested in one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from html import unescape
from itertools import pairwise

import pytest
from attrs import evolve

from pathway import PATHWAY
from pathway.draw import style
from pathway.draw.at_once import at_once, dated, in_any_state
from pathway.draw.book.html import el, join, link
from pathway.draw.diagram import diagram_of, phase_of, phases_of
from pathway.draw.page import page
from pathway.draw.rows import numbers_of, rows_of
from pathway.model.errors import BadInput
from pathway.model.promises import promised, rules_spoken_of, states_spoken_of
from pathway.model.words import in_words
from tests.draw.pages import ROOT, Reading, drawn, page_of_this_pathway, reading, scenarios

TEXT = page_of_this_pathway()
READ = reading()
IDS = frozenset(READ.values("id"))
NUMBERS = numbers_of(PATHWAY)


def article(id: str) -> str:
    """What is folded together: the summary and the article."""
    found = re.search(rf'<details class="entry(?:(?!<details).)*?<article id="{id}".*?</article>', TEXT, re.DOTALL)
    assert found, id
    return found[0]


def words(html: str) -> str:
    """The words of a piece of HTML without its markup."""
    return " ".join(unescape(re.sub("</d[td]>|<[^>]*>", lambda found: " " * found[0].startswith("</d"), html)).split())


def test_the_page_is_well_formed_and_has_a_language_and_one_title():
    assert READ.faults == []
    assert TEXT.startswith("<!DOCTYPE html>\n")
    assert next(attributes for tag, attributes in READ.elements if tag == "html") == {"lang": "en"}
    assert PATHWAY.title in re.search("<title>(.*?)</title>", TEXT)[1]


def test_the_checker_sees_what_is_not_well_formed():
    assert Reading("<p>a<ul><li>b</li></ul></p>").faults
    assert Reading("<div><p>a</div>").faults
    assert Reading("<a href='#b'><span><a href='#c'>d</a></span></a>").faults


def test_every_id_is_there_once():
    assert [one for one, count in Counter(READ.values("id")).items() if count > 1] == []


def test_every_link_within_the_page_leads_somewhere():
    fragments = {one.removeprefix("#") for one in READ.values("href") if one.startswith("#")}
    assert fragments - IDS == set()


def test_every_name_that_an_element_borrows_is_there():
    for attribute in ("aria-labelledby", "aria-describedby", "for"):
        assert set(READ.values(attribute)) - IDS == set()


def test_every_scenario_that_is_linked_is_a_file_beside_the_diagrams():
    files = {one for one in READ.values("href") if one.startswith("../")}
    assert {one.removeprefix("../") for one in files} == {file for found in scenarios().values() for file in found}
    assert [one for one in files if not (ROOT / "diagrams" / one).is_file()] == []


def test_nothing_is_loaded_from_anywhere():
    assert READ.values("src") == []
    outside = [one for one in READ.values("href") if not one.startswith(("#", "../")) and one != "data:,"]
    assert outside == ["rulebook.md"]
    assert not re.search(r"https?:|url\(|@import|fetch\(|XMLHttpRequest|import\(", TEXT)
    policy = next(attributes["content"] for _, attributes in READ.elements if "http-equiv" in attributes)
    assert policy.startswith(
        "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:;"
    )


def test_the_page_says_which_pathway_it_is_and_that_nobody_has_signed_it():
    top = TEXT[TEXT.index("<header>") : TEXT.index("</header>")]
    for said in (PATHWAY.title, PATHWAY.id, PATHWAY.version, PATHWAY.digest[:12], PATHWAY.source_title, PATHWAY.banner):
        assert said in top
    assert PATHWAY.source_date.isoformat() in top
    for cited in PATHWAY.banner_cites:
        assert f'href="#{cited}"' in top


@pytest.mark.parametrize("rule", NUMBERS)
def test_every_rule_is_there_with_what_it_cites_and_what_exercises_it(rule):
    row = next(one for one in rows_of(PATHWAY) if one.rule == rule)
    said = article(f"rule-{row.number}")
    assert f"<code>{row.id}</code>" in said
    for cited in row.cites:
        assert f'href="#{cited}"' in said
    assert ("Local choice" in said) is bool(row.local_choice)
    assert (">Urgent<" in said) is row.urgent
    assert f"{len(scenarios()[rule])}<" in said or not scenarios()[rule]
    named = re.findall(r'href="../([^"]+)"', said)
    assert set(named) <= set(scenarios()[rule])
    assert bool(named) is bool(scenarios()[rule])


@pytest.mark.parametrize("rule", NUMBERS)
def test_whatever_a_rule_cites_leads_back_to_it(rule):
    row = next(one for one in rows_of(PATHWAY) if one.rule == rule)
    for cited in row.cites:
        assert f'href="#rule-{row.number}"' in article(cited)


@pytest.mark.parametrize("state", [one.name for one in PATHWAY.states])
def test_a_state_has_its_ways_in_and_out_and_what_can_be_advised_and_refused_there(state):
    said = article(f"state-{state}")
    expected = {NUMBERS[f"transition {one.id}"] for one in PATHWAY.transitions if state in (*one.sources, one.target)}
    expected |= {row.number for row in rows_of(PATHWAY) if row.kind != "transition" and state in row.states}
    assert {int(one) for one in re.findall('href="#rule-([0-9]+)"', said)} == expected
    for cited in PATHWAY.state(state).cites:
        assert f'href="#{cited}"' in said
        assert f'href="#state-{state}"' in article(cited)


@pytest.mark.parametrize("one", PATHWAY.states, ids=lambda one: one.name)
def test_a_state_says_what_it_waits_for_unless_the_source_ends_there(one):
    said = words(article(f"state-{one.name}"))
    assert ("Waits for" in said) is (one.waits is not None)
    assert one.waits is None or f"Waits for {in_words(one.waits, PATHWAY)}.".lower() in said.lower()


@pytest.mark.parametrize("one", PATHWAY.invariants, ids=lambda one: one.id)
def test_every_invariant_is_there_with_its_claim_its_guards_and_links_there_and_back(one):
    said = article(f"invariant-{one.id}")
    assert el("dd", one.words) in said
    for lead, guard in promised(one):
        assert f"{lead} {in_words(guard, PATHWAY)}.".lower() in words(said).lower()
    assert ("Local choice" in said) is bool(one.local_choice)
    back = f'href="#invariant-{one.id}"'
    for cited in one.cites:
        assert f'href="#{cited}"' in said
        assert back in article(cited)
    for rule in rules_spoken_of(one, PATHWAY):
        assert f'href="#rule-{NUMBERS[rule]}"' in said
        assert back in article(f"rule-{NUMBERS[rule]}")
    for state in states_spoken_of(one, PATHWAY):
        assert f"state-{state}" in re.search('data-marks="([^"]*)"', said)[1].split()
        assert back in article(f"state-{state}")


def test_the_search_counts_every_kind_of_text_by_its_name():
    counted = set(re.findall(r'\["(\w+)", "[^"]+", "[^"]+"\]', TEXT[TEXT.index("const KINDS") :]))
    assert counted == set(READ.values("data-kind"))


def test_every_statement_note_and_piece_of_literature_is_there_in_its_own_words():
    for one in PATHWAY.citations.values():
        assert el("dd", one.words) in article(one.id)
    for note in PATHWAY.notes:
        assert el("dd", note.choice) in article(note.id)
        assert join([note.title]) in article(note.id)
    for statement in PATHWAY.statements:
        assert (join([statement.not_modelled[1:]]) in article(statement.id)) or not statement.not_modelled


def test_every_condition_and_reference_interval_is_there():
    for one in PATHWAY.conditions:
        article(f"condition-{one.name}")
    table = TEXT[TEXT.index("<tbody>") : TEXT.index("</tbody>")]
    assert table.count("<tr>") == len(PATHWAY.reference.rows)


def test_a_scenario_lists_just_the_rules_that_it_exercises():
    listed = dict(re.findall(r'<li data-rules="([0-9 ]*)"><a href="../([^"]+)"', TEXT))
    found = {file: {int(one) for one in numbers.split()} for numbers, file in listed.items()}
    for file in list(found)[::25]:
        assert found[file] == {NUMBERS[rule] for rule in NUMBERS if file in scenarios()[rule]}


def test_every_state_and_line_of_the_diagram_is_a_link_with_a_name_of_its_own():
    picture = TEXT[TEXT.index('<div id="canvas">') : TEXT.index('<div id="phases">')]
    names = [
        attributes["aria-label"]
        for tag, attributes in Reading(picture).elements
        if tag == "a" and "aria-hidden" not in attributes
    ]
    assert len(names) == len(set(names))
    for one in PATHWAY.states:
        assert [name for name in names if name.startswith(f"State {one.title}: {one.meaning}.")]
    for line in diagram_of(PATHWAY).lines:
        assert f'id="drawn-{line.id}"' in picture
        lead = f"Rule{'s' * (len(line.numbers) > 1)} {' and '.join(map(str, line.numbers))}: {line.words}, from "
        assert [name for name in names if name.startswith(lead) and PATHWAY.state(line.target).title in name]
    assert "xlink" not in picture
    assert "<svg " in picture
    assert 'role="group"' in picture
    assert f'<title id="drawn-title">Diagram: {PATHWAY.title}</title>' in picture


def test_the_narrow_drawing_of_each_phase_links_to_all_that_its_diagram_shows():
    picture = TEXT[TEXT.index('<div id="phases">') : TEXT.index('<ul id="legend"')]
    assert picture.count("<svg ") == len(phases_of(PATHWAY))
    for phase in phases_of(PATHWAY):
        for line in phase_of(PATHWAY, phase).lines:
            assert f'id="drawn-{phase.id}-{line.id}"' in picture
        for state in phase.states:
            assert f'id="drawn-{phase.id}-state-{state}"' in picture


def test_the_page_begins_with_what_is_done_at_once_each_with_a_link_to_its_rule():
    top = TEXT[TEXT.index("<header>") : TEXT.index("</header>")]
    for group in at_once(PATHWAY):
        for advice in group.advice:
            assert f'href="#rule-{NUMBERS[f"advice {advice.id}"]}"' in top
            assert advice.words in words(top)
    for advice in (*in_any_state(PATHWAY), *dated(PATHWAY)):
        assert advice.words in words(top)


def test_everything_but_the_ways_of_the_diagram_is_folded_until_it_is_asked_for():
    opened = [attributes for tag, attributes in READ.elements if tag == "details" and "open" in attributes]
    assert [one["class"] for one in opened] == ["part", "part"], "the rules, and of these the transitions"
    folded = [attributes for tag, attributes in READ.elements if tag == "details" and "open" not in attributes]
    assert len(folded) > 300


def test_headings_go_down_one_level_at_a_time():
    levels = [int(tag[1]) for tag, _ in READ.elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_the_same_pathway_gives_the_same_bytes_in_every_process():
    code = (
        "import hashlib; from tests.draw.pages import page_of_this_pathway as p;"
        "print(hashlib.sha256(p().encode()).hexdigest())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, check=True,
            capture_output=True, text=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip
    assert len(found) == 1


def test_a_drawing_of_something_else_is_refused():
    with pytest.raises(BadInput, match="draw it anew"):
        page(PATHWAY, '<svg viewBox="0 0 1 1"><g/></svg>', {})
    with pytest.raises(BadInput, match="not SVG"):
        page(PATHWAY, "<svg>", {})


def test_words_of_a_pathway_are_never_taken_for_markup():
    told = evolve(PATHWAY, title='<b>"A" & B</b>', banner="x < y <script>")
    said = page(told, drawn(), {})
    assert '<h1>&lt;b&gt;"A" &amp; B&lt;/b&gt;</h1>' in said
    assert "x &lt; y &lt;script&gt;" in said
    assert Reading(said).faults == []
    assert link('"', '"') == '<a href="&quot;">"</a>'


def test_a_rule_without_scenarios_says_so():
    said = page(PATHWAY, drawn(), {})
    assert said.count("<dt>Scenarios</dt>\n<dd>none</dd>") == len(NUMBERS)


@pytest.mark.parametrize("ground", ["white", *style.PHASES])
def test_words_in_the_diagram_stand_out_from_what_is_behind_them(ground):
    for ink in (style.INK, style.URGENT):
        assert contrast(ink, ground) >= 4.5


def contrast(one: str, two: str) -> float:
    """The contrast ratio of WCAG 2."""
    dark, light = sorted((luminance(one), luminance(two)))
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    code = "#ffffff" if color == "white" else color
    parts = [int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
