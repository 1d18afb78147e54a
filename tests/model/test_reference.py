"""The reference intervals: no gap, no overlap, and each limit at the first and the last day of its band."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from attrs import evolve

from pathway import PATHWAY, Case
from pathway.definition.reference import REFERENCE
from pathway.model.errors import DefinitionError
from pathway.model.facts import Quantity
from pathway.model.reference import Interval, Reference
from tests.children import NINE

if TYPE_CHECKING:
    from pathway.model.pathway import Pathway

OLDEST = 12 * PATHWAY.oldest_years
COUNTS = list(dict.fromkeys(row.fact for row in REFERENCE.rows))
STEP = Decimal("0.01")


def born_for(months: int, *, last_day: bool) -> date:
    """The birthday of a child who is so many months old on the day of the tests, for the first or for the last day."""
    years, month = divmod(NINE.year * 12 + NINE.month - 1 - months - last_day, 12)
    return date(years, month + 1, NINE.day) + timedelta(days=last_day)


def child(count: str, value: Decimal, born: date, pathway: Pathway = PATHWAY) -> Case:
    fact = pathway.fact(count)
    assert isinstance(fact, Quantity)
    case = Case(pathway, born=born)
    case.record(pathway.event("blood_count_reported", **{count: f"{value} {fact.unit}"}), at=NINE)
    return case


def edges(row: Interval) -> list[tuple[int, date]]:
    """The age in months and the birthday at the first and at the last day of a band."""
    first = row.from_month, born_for(row.from_month, last_day=False)
    if row.to_month is None:
        return [first, (OLDEST, born_for(OLDEST, last_day=False))]
    return [first, (row.to_month, born_for(row.to_month, last_day=True))]


EDGES = [(row, months, born) for row in REFERENCE.rows for months, born in edges(row)]
at_each_edge = pytest.mark.parametrize(
    ("row", "months", "born"), EDGES, ids=[f"{row.fact} at {months} months" for row, months, _ in EDGES]
)


def test_the_intervals_are_those_of_the_tables():
    table = [
        (row.fact, row.from_month, row.to_month, str(row.lower), None if row.upper is None else str(row.upper))
        for row in REFERENCE.rows
    ]
    assert table == [
        ("alc", 0, 11, "3.7", "10.7"), ("alc", 12, 23, "3.5", "10.4"), ("alc", 24, None, "1.7", "5.1"),
        ("anc", 0, 11, "1.0", None), ("anc", 12, None, "1.5", None),
        ("wbc", 0, 23, "6.0", "17.5"), ("wbc", 24, 131, "4.5", "13.5"), ("wbc", 132, None, "4.5", "11.1"),
        ("hb", 0, 0, "13.5", None), ("hb", 1, 1, "10.0", None), ("hb", 2, 2, "9.0", None), ("hb", 3, 5, "9.5", None),
        ("hb", 6, 23, "10.5", None), ("hb", 24, None, "11.5", None),
        ("platelets", 0, None, "150", None),
    ]  # fmt: skip


def test_only_the_lymphocytes_of_the_second_year_are_the_sources_own():
    """Every other limit is from the literature, and says so."""
    own = [(row.fact, row.from_month) for row in REFERENCE.rows if not row.local_choice]
    assert own == [("alc", 12)]
    assert all(row.cites for row in REFERENCE.rows)
    assert any(one.startswith("S") for one in REFERENCE.interval("alc", 13).cites)


@pytest.mark.parametrize("count", COUNTS)
def test_each_month_up_to_eighteen_years_has_exactly_one_row(count):
    for months in range(OLDEST + 1):
        rows = [row for row in REFERENCE.rows if row.fact == count and row.holds(months)]
        assert len(rows) == 1, (count, months)
        assert REFERENCE.interval(count, months) is rows[0]


@at_each_edge
def test_a_count_just_below_its_lower_limit_is_low(row, months, born):
    case = child(row.fact, row.lower - STEP, born)
    (finding,) = case.plan(at=NINE).counts
    assert finding.truth is True and case.plan(at=NINE).age_months == months
    assert f"< {row.lower.normalize():f}" in finding.words and finding.cites == row.cites
    assert case.state == "smear"


@at_each_edge
def test_a_count_on_its_lower_limit_is_not_low(row, months, born):
    case = child(row.fact, row.lower, born)
    (finding,) = case.plan(at=NINE).counts
    assert finding.truth is False
    assert case.state == "initial_labs"


@at_each_edge
def test_a_count_just_above_its_lower_limit_is_not_low(row, months, born):
    assert child(row.fact, row.lower + STEP, born).plan(at=NINE).counts[0].truth is False


@at_each_edge
def test_only_a_count_above_its_upper_limit_is_said_to_be_above_it(row, months, born):
    if row.upper is None:
        highest = PATHWAY.fact(row.fact).plausible[1]
        assert "not low" in child(row.fact, highest, born).plan(at=NINE).counts[0].words
        return
    for value, above in ((row.upper - STEP, False), (row.upper, False), (row.upper + STEP, True)):
        (finding,) = child(row.fact, value, born).plan(at=NINE).counts
        assert (f"> {row.upper.normalize():f} 10*9/L" in finding.words) is above
        assert finding.truth is False, "a high count is not a low one"


@at_each_edge
def test_a_limit_from_the_literature_is_shown_as_a_local_choice(row, months, born):
    (finding,) = child(row.fact, row.lower, born).plan(at=NINE).counts
    assert ("local choice" in finding.words) is bool(row.local_choice)
    assert row.band() in finding.words


def test_the_limit_is_that_of_the_age_at_the_sample_and_not_of_the_day_on_which_one_asks():
    """Lymphocytes of 3.6 are low on the last day of the first year and stay so; on the birthday they would not be."""
    birthday = NINE + timedelta(days=1)
    case = child("alc", Decimal("3.6"), born_for(11, last_day=True))
    assert case.plan(at=birthday).age_months == 12
    assert case.plan(at=birthday).counts[0].truth is True
    assert child("alc", Decimal("3.6"), born_for(12, last_day=False)).plan(at=NINE).counts[0].truth is False


def test_two_bands_with_the_same_limits_are_told_apart_in_the_reason():
    rows = tuple(row for row in REFERENCE.rows if row.fact != "platelets")
    rows += tuple(Interval("platelets", *band, "150", None, ("T4",)) for band in ((0, 11), (12, None)))
    site = PATHWAY.with_reference(evolve(REFERENCE, rows=rows))
    case = child("platelets", Decimal(100), born_for(13, last_day=False), site)
    assert "12 months and over" in case.plan(at=NINE).counts[0].words


# --- a site's own table ---------------------------------------------------------------------------------------------


def test_a_site_may_replace_the_table_and_it_becomes_part_of_the_digest():
    rows = tuple(evolve(row, lower="100", cites=("T4",)) if row.fact == "platelets" else row for row in REFERENCE.rows)
    site = PATHWAY.with_reference(Reference("2026-02-01", "The laboratory's own limits", rows))
    assert site.digest != PATHWAY.digest
    born = born_for(13, last_day=False)
    assert child("platelets", Decimal(149), born).state == "smear"
    assert child("platelets", Decimal(149), born, site).state == "initial_labs"
    assert child("platelets", Decimal(99), born, site).state == "smear"


def test_where_there_is_no_row_a_count_is_neither_low_nor_in_range():
    """A missing limit is unknown, never "normal": the child is not sent away for want of a table."""
    rows = tuple(row for row in REFERENCE.rows if (row.fact, row.from_month) != ("alc", 12))
    site = PATHWAY.with_reference(evolve(REFERENCE, rows=rows))
    case = Case(site, born=born_for(13, last_day=False))
    normal = {"wbc": "9 10*9/L", "anc": "3 10*9/L", "alc": "0.1 10*9/L", "hb": "12 g/dL", "platelets": "300 10*9/L"}
    case.record(site.event("blood_count_reported", **normal), at=NINE)
    assert case.state == "initial_labs"
    assert case.value("something_low") is None
    (alc,) = [one for one in case.plan(at=NINE).counts if one.fact == "alc"]
    assert alc.truth is None and "no reference interval for this age" in alc.words


def refused(*rows: Interval) -> tuple[str, ...]:
    with pytest.raises(DefinitionError) as found:
        PATHWAY.with_reference(evolve(REFERENCE, rows=(*REFERENCE.rows, *rows)))
    return found.value.faults


def test_bands_that_overlap_are_refused():
    assert refused(Interval("alc", 23, 24, "3", None, ("T2",))) == (
        "reference alc: 12 to 23 months and 23 to 24 months overlap",
        "reference alc: 23 to 24 months and 24 months and over overlap",
    )
    assert "reference platelets: all ages and 5 to 6 months overlap" in refused(
        Interval("platelets", 5, 6, "100", None, ("T4",))
    )


def test_a_band_or_an_interval_that_ends_before_it_begins_is_refused():
    rows = (Interval("potassium", 5, 4, "3", None, ("T6",)), Interval("ldh", 0, None, "300", "200", ("T6",)))
    assert refused(*rows) == (
        "reference potassium 5 to 4 months: ends before it begins",
        "reference ldh all ages: upper limit below the lower one",
    )


def test_a_limit_without_a_citation_is_refused():
    assert "reference ldh all ages: no citation" in refused(Interval("ldh", 0, None, "200", None, ()))


def test_a_limit_that_is_no_number_is_refused():
    refused(Interval("ldh", 0, None, "NaN", None, ("T6",)))


def test_a_row_for_what_is_no_fact_is_refused():
    refused(Interval("neutrophils", 0, None, "1.5", None, ("T1",)))


def test_a_band_is_said_in_words():
    bands = [Interval("hb", *band, "9", None, ("T4",)).band() for band in ((3, 5), (24, None), (0, None))]
    assert bands == ["3 to 5 months", "24 months and over", "all ages"]
    assert Interval("alc", 12, 23, "3.50", "10.4", ("S25",)).limits() == "3.5 to 10.4"
    assert Interval("anc", 12, None, "1.50", None, ("T1",)).limits() == ">= 1.5"
