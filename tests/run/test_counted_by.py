"""A report that counts only where somebody in particular said it: the words of another are kept, and flagged."""

from __future__ import annotations

from datetime import timedelta

import pytest
from attrs import evolve

from pathway import Case
from pathway.draw.files import all_drawings, content_of
from pathway.model.canonical import from_json, to_json
from pathway.model.errors import DefinitionError
from pathway.model.events import CountedBy, EventField
from pathway.model.facts import Choice, Flag
from pathway.model.rules import Advice
from tests.children import BORN, at
from tests.small.pathways import ANKLE, FILM

READER = Choice("reader", "read by", ("radiologist", "surgeon", "other"), cites=("A2",))
BY_OTHER = Flag("film_by_other", "a film that no radiologist or surgeon has read", cites=("A2",))
COUNTED = CountedBy("reader", ("radiologist", "surgeon"), ("film",), "film_by_other")


def reading(counted=COUNTED):
    """The sprained ankle, where a film counts by a radiologist or a surgeon."""
    examined, read, fitted = ANKLE.events
    read = evolve(read, fields=(*read.fields, EventField("reader")), counted_by=counted)
    again = Advice(
        "read_again", "Have a radiologist read the film.", "today", BY_OTHER.as_guard() & ~FILM.known(), ("A2",),
        until=FILM.known(),
    )  # fmt: skip
    return evolve(
        ANKLE, facts=(*ANKLE.facts, READER, BY_OTHER), events=(examined, read, fitted), advice=(*ANKLE.advice, again)
    )


PATHWAY = reading()


def case_of(*story) -> Case:
    case = Case(PATHWAY, born=BORN)
    case.record(PATHWAY.event("ankle_examined", tender_bone=True), at=at())
    for minute, fields in story:
        case.record(PATHWAY.event("film_read", **fields), at=at(minute))
    return case


@pytest.mark.parametrize("reader", ["radiologist", "surgeon"])
def test_by_the_right_person_it_counts(reader):
    case = case_of((10, {"film": "whole", "reader": reader}))
    assert (case.state, case.value("film"), case.value("film_by_other")) == ("home", "whole", None)


@pytest.mark.parametrize("reader", ["other", None])
def test_by_another_or_by_nobody_it_is_kept_moves_nothing_and_asks_for_the_right_person(reader):
    case = case_of((10, {"film": "whole", "reader": reader}))
    assert (case.state, case.value("film"), case.value("film_by_other")) == ("imaging", None, True)
    assert "read_again" in case.advice
    assert dict(case.log[-1].event.raw)["film"] == "whole"
    assert Case.from_json(case.to_json(), PATHWAY) == case


def test_the_right_person_afterwards_ends_what_was_asked():
    case = case_of((10, {"film": "whole", "reader": "other"}), (20, {"film": "broken", "reader": "surgeon"}))
    assert case.value("film") == "broken"
    assert "read_again" not in case.advice


def test_what_another_says_afterwards_takes_nothing_away():
    case = case_of((10, {"film": "whole", "reader": "surgeon"}), (20, {"film": "broken", "reader": "other"}))
    assert (case.state, case.value("film")) == ("home", "whole")


def test_in_either_order_it_is_the_same_case():
    story = [(10, {"film": "whole", "reader": "other"}), (20, {"film": "broken", "reader": "surgeon"})]
    one, other = case_of(*story), case_of(*reversed(story))
    assert (one.state, one.advice, one.value("film_by_other")) == (
        other.state,
        other.advice,
        other.value("film_by_other"),
    )


def test_a_proof_counts_it_as_a_case_does():
    pytest.importorskip("z3")
    from itertools import product
    from zoneinfo import ZoneInfo

    from pathway.verify.encoding import Encoding
    from tests.verify.test_symbolic_state import folded_alike

    encoding = Encoding(PATHWAY)
    films = [{"film": film, "reader": reader} for film, reader in product(("whole", "broken"), (*READER.options, None))]
    events = [PATHWAY.event("film_read", **fields) for fields in films]
    examined = PATHWAY.event("ankle_examined", tender_bone=True)
    for first, second in product(events, events):
        story = [(at() + timedelta(minutes=number), event) for number, event in enumerate((examined, first, second))]
        folded_alike(BORN, ZoneInfo("UTC"), story, encoding)


def test_no_proof_lets_a_film_count_that_another_has_read():
    z3 = pytest.importorskip("z3")
    from pathway.verify.encoding import BITS, Encoding
    from pathway.verify.inputs import Inputs

    encoding = Encoding(PATHWAY)
    event = Inputs(encoding, "film", "film_read")
    for reader, counts in (("radiologist", z3.sat), ("other", z3.unsat)):
        solver = z3.Solver()
        solver.add(*event.axioms(), event.known("film"), event.given("reader"))
        solver.add(event.variable("reader") == z3.BitVecVal(encoding.option("reader", reader), BITS))
        assert solver.check() == counts


def test_the_proofs_hold_and_find_a_way_home_that_anybody_could_open():
    pytest.importorskip("z3")
    from pathway.verify.verification import verify

    assert [str(flaw) for flaw in verify(PATHWAY).flaws] == []


def test_it_comes_back_from_json_and_stands_in_the_rulebook():
    assert from_json(to_json(PATHWAY)) == PATHWAY
    said = " ".join(content_of(all_drawings(PATHWAY, {}, ("svg",)))["rulebook.md"].decode().split())
    assert "counts only where" in said
    assert "is radiologist or surgeon; else it is kept, and" in said


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"who": "film"}, "whom is radiologist, surgeon; film is broken, whole"),
        ({"who": "tender_bone"}, "'tender_bone' is no field of the event"),
        ({"whom": ()}, "whom is nobody; reader is radiologist, surgeon, other"),
        ({"fields": ()}, "name the fields that count, and not who says them"),
        ({"fields": ("boot_fitted",)}, "'boot_fitted' is no field of the event"),
        ({"flag": "film"}, "film is no flag of its own"),
    ],
)
def test_what_cannot_be_counted_so_is_refused(changes, line):
    with pytest.raises(DefinitionError) as refused:
        reading(evolve(COUNTED, **changes))
    assert any(line in fault for fault in refused.value.faults), refused.value.faults
