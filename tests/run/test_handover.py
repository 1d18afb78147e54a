"""What the call tells: in which order, of which event, which question it puts, and what it says is not known."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from attrs import evolve

from pathway import PATHWAY, Case
from pathway.definition.events import BloodCountReported, Examined, SymptomsReported
from pathway.model.events import EventField
from pathway.model.guards import ALWAYS, in_state, shown
from pathway.model.rules import HandoverRule, Question
from pathway.run.handover import Handover, handover
from tests.children import CLEAR_EXAM, CLEAR_SMEAR, INDEX_COUNT, NEGATIVE, ONLY_ANC_LOW, at, told
from tests.small.pathways import ANKLE, FITTED, WALKED
from tests.small.pathways import FILM as FILM_SHOT

if TYPE_CHECKING:
    from pathway import Pathway

BORN = date(1990, 5, 17)
NINE = datetime(2026, 1, 22, 9, tzinfo=UTC)
DAY = 24 * 60

# --- findings and events ----------------------------------------------------------------------------------------------


def test_findings_and_events_of_one_moment_are_told_in_the_order_of_the_definition():
    """The order of the facts, and of recording, is another."""
    case = told((0, CLEAR_EXAM), (0, CLEAR_SMEAR), (0, INDEX_COUNT))
    call = handover(case, at=at(10))
    kinds = [kind.title for kind in PATHWAY.events]
    told_of = [kinds.index(one.event) for one in call.findings]
    assert told_of == sorted(told_of) and len(set(told_of)) == 3
    assert [event for event, _ in call.done] == ["Blood count reported", "Smear reviewed", "Child examined"]


def test_a_finding_that_two_kinds_of_event_report_is_told_with_the_last_that_reported_it():
    case = told((0, SymptomsReported(fever=True)), (10, Examined(fever=True)))
    (fever,) = [one for one in handover(case, at=at(20)).findings if one.fact == "fever"]
    assert (fever.event, fever.at, fever.present) == ("Child examined", at(10), True)


def test_an_event_that_happened_twice_is_told_with_its_last_moment():
    assert handover(told(INDEX_COUNT, (60, INDEX_COUNT)), at=at(90)).done == (("Blood count reported", at(60)),)


def test_who_declared_a_work_up_negative_is_no_finding():
    """What belongs to the event alone is said by that it is done."""
    call = handover(told(ONLY_ANC_LOW, CLEAR_SMEAR, CLEAR_EXAM, NEGATIVE), at=at(200))
    assert "declared_by" not in {one.fact for one in call.findings}
    assert "Work-up declared negative" in [event for event, _ in call.done]


def test_of_events_of_one_moment_the_last_moment_counts_and_the_order_of_the_definition():
    case = told((0, CLEAR_SMEAR), (10, INDEX_COUNT), (10, CLEAR_SMEAR))
    assert handover(case, at=at(20)).done == (("Blood count reported", at(10)), ("Smear reviewed", at(10)))


def test_findings_of_one_moment_come_by_event_and_not_by_fact():
    turned = evolve(ANKLE, facts=ANKLE.facts[::-1])
    case = Case(turned, born=BORN)
    case.record(turned.event("ankle_examined", steps_walked=2), at=NINE)
    case.record(turned.event("film_read", film="broken"), at=NINE)
    assert [one.fact for one in handover(case, at=NINE).findings] == ["steps_walked", "film"]


def test_computed_blasts_are_told_with_the_smear_and_not_with_what_came_after_it():
    case = told((0, ONLY_ANC_LOW), (0, CLEAR_SMEAR), (10, CLEAR_EXAM))
    (blasts,) = [one for one in handover(case, at=at(20)).findings if one.fact == "blasts"]
    assert (blasts.event, blasts.value) == ("Smear reviewed", "0 /uL (computed)")


def test_what_an_event_says_of_itself_alone_is_no_report_of_the_finding():
    """Whoever reads the film notes that the bone is tender; the examination has found it."""
    film = evolve(ANKLE.events[1], fields=(*ANKLE.events[1].fields, EventField("tender_bone", own=True)))
    pathway = evolve(ANKLE, events=(ANKLE.events[0], film, ANKLE.events[2]))
    case = Case(pathway, born=BORN)
    case.record(pathway.event("ankle_examined", tender_bone=True), at=NINE)
    case.record(pathway.event("film_read", film="whole", tender_bone=True), at=NINE + timedelta(minutes=5))
    told_by = {one.fact: one.event for one in handover(case, at=NINE + timedelta(minutes=9)).findings}
    assert told_by == {"tender_bone": "Ankle examined", "film": "X-ray read"}


# --- not known --------------------------------------------------------------------------------------------------------


def unknown(call: Handover) -> set[str]:
    return {one.fact for one in call.unknown}


def test_what_was_known_in_a_closed_episode_is_not_called_unknown():
    case = told(ONLY_ANC_LOW, CLEAR_SMEAR, CLEAR_EXAM, NEGATIVE)
    assert case.value("hb") is None and not {"hb", "platelets", "wbc"} & unknown(handover(case, at=at(200)))


def test_that_the_call_was_not_made_yet_is_not_named_as_unknown_in_the_call():
    case = told(INDEX_COUNT)
    assert "haematology_consulted" in case.plan(at=at(10)).awaits
    assert "haematology_consulted" not in unknown(handover(case, at=at(10)))


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({}, set()),
        ({"when": in_state("imaging") & ~shown(WALKED > 50)}, {"steps_walked"}),
        ({"until": FILM_SHOT.known() | (WALKED > 50)}, {"steps_walked"}),
        ({"lists": ("steps_walked",)}, {"steps_walked"}),
        ({"lists": ("steps_walked",), "urgency": "today"}, set()),
        ({"until": FILM_SHOT.known() | FITTED}, set()),
    ],
    ids=["nothing", "ground", "end", "listed", "not urgent", "a flag"],
)
def test_an_amount_that_urgent_advice_reads_is_named_as_unknown_also_when_nobody_waits_for_it_any_more(changes, names):
    pathway = evolve(ANKLE, advice=(evolve(ANKLE.advice[0], **changes), ANKLE.advice[1]))
    case = Case(pathway, born=BORN)
    case.record(pathway.event("ankle_examined", tender_bone=True), at=NINE)
    case.record(pathway.event("film_read", film="whole"), at=NINE + timedelta(minutes=5))
    found = handover(case, at=NINE + timedelta(minutes=9))
    assert (case.state, case.advice, found.plan.awaits) == ("home", (), ())
    assert unknown(found) == names


# --- the question -----------------------------------------------------------------------------------------------------


def asking(*questions: Question) -> Pathway:
    """The ankle, with a call to a surgeon and a second urgent advice."""
    ice = evolve(ANKLE.advice[1], id="cool", words="Cool it.", urgency="now", cites=("A1",), when=ALWAYS)
    rule = HandoverRule("the surgeon", questions, ("A3",))
    return evolve(ANKLE, advice=(*ANKLE.advice, ice), handover=rule)


def call(pathway: Pathway) -> Handover:
    """The call about an ankle whose film is open: a film is to be ordered, and cooling to begin, now."""
    case = Case(pathway, born=BORN)
    case.record(pathway.event("ankle_examined", steps_walked=2), at=NINE)
    assert set(case.advice) == {"order_film", "cool"}
    return handover(case, at=NINE + timedelta(minutes=5))


COOL = Question(("cool",), ("Cool it?",), ("A2",))
FILM = Question(("order_film",), ("Which film?",), ("A1",))
ANY = Question((), ("What next?",), ("A1",))


@pytest.mark.parametrize(
    ("questions", "asked", "cites"),
    [
        ((FILM, COOL), "Which film?", ("A3", "A2", "A1")),
        ((COOL, FILM), "Cool it?", ("A3", "A1", "A2")),
        ((evolve(COOL, cites=("A1", "A3")), FILM), "Cool it?", ("A3", "A1")),
        ((Question(("fit_boot",), ("A boot?",), ("A2",)), ANY), "What next?", ("A3", "A1")),
        ((Question(("fit_boot",), ("A boot?",), ("A2",)),), "What is the next step, and who coordinates it?", ("A3",)),
    ],
    ids=["film first", "cooling first", "each source once", "of what is not in force", "none applies"],
)
def test_the_first_question_that_applies_is_put_and_its_sources_are_named_once(questions, asked, cites):
    found = call(asking(*questions))
    assert (found.question, found.question_cites) == ((asked,), cites)


def test_the_reason_for_the_call_is_that_of_the_advice_about_which_it_asks_first():
    """Not that which stands first on the plan."""
    film, cool = call(asking(FILM, COOL)), call(asking(COOL, FILM))
    assert film.concern == film.plan.lines[0].findings and cool.concern == cool.plan.lines[1].findings


def test_nothing_is_pending_that_the_call_asks_about_whichever_question_is_put():
    assert [one.id for one in call(asking(FILM, COOL)).pending] == []
    assert [one.id for one in call(asking(FILM)).pending] == ["cool"]


def test_what_the_call_answers_is_not_unknown_whichever_question_is_put():
    assert "film" in unknown(call(asking(COOL)))
    assert "film" not in unknown(call(asking(COOL, FILM)))


# --- for programs -----------------------------------------------------------------------------------------------------


def test_the_form_for_programs_tells_what_the_call_tells():
    other = BloodCountReported(wbc="3.5 10*9/L", anc="0.7 10*9/L", alc="1.4 10*9/L")
    found = handover(told((0, INDEX_COUNT), (0, other)), at=at(10))
    data = found.to_json()
    assert data["situation"]["because"] == [one.words for one in found.concern] != []
    assert data["situation"]["contradictions"] == list(found.plan.contradictions) != []
    assert data["unknown"] == [one.fact for one in found.unknown] != []
    assert [(one["id"], one["missing"]) for one in data["pending"]] == [
        (one.id, list(one.missing)) for one in found.pending
    ]
    assert any(one["missing"] for one in data["pending"])
