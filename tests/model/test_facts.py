"""A fact is known or unknown: what a choice, a flag or words take, and what may not overwrite what."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pathway import PATHWAY, BadInput
from pathway.model.facts import Choice, Flag, Quantity, Text, fact_named
from pathway.model.guards import All, Compare, Known, OneOf
from tests.children import told

CHOICES = [fact for fact in PATHWAY.facts if isinstance(fact, Choice)]
FLAGS = [fact for fact in PATHWAY.facts if isinstance(fact, Flag)]
TEXTS = [fact for fact in PATHWAY.facts if isinstance(fact, Text)]


def by_name(fact):
    return fact.name


# --- choices ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("choice", CHOICES, ids=by_name)
def test_a_choice_takes_each_of_its_words_and_no_other(choice):
    assert [choice.read(option) for option in choice.options] == list(choice.options)
    for other in ("", "neither", choice.options[0].upper(), f" {choice.options[0]}", 1, True, None, ["all"]):
        with pytest.raises(BadInput) as refused:
            choice.read(other)
        (line,) = refused.value.faults
        assert line == f"{choice.name}: '{other}' is none of {', '.join(choice.options)}"


@pytest.mark.parametrize("choice", CHOICES, ids=by_name)
def test_a_guard_on_a_word_that_is_no_option_cannot_be_written(choice):
    with pytest.raises(ValueError, match=f"{choice.name} has no option neither"):
        choice.is_("neither")
    assert choice.one_of(*choice.options) == OneOf(choice.name, choice.options)


@pytest.mark.parametrize("choice", CHOICES, ids=by_name)
def test_a_choice_is_written_without_underscores(choice):
    assert not any("_" in choice.write(option) for option in choice.options)


def test_the_words_are_those_of_the_events_table():
    assert {one.name: one.options for one in CHOICES} == {
        "smear_reviewer": ("pathologist", "haematologist", "analyser", "other"),
        "lineage": ("lymphoid", "myeloid", "mixed", "unknown"),
        "temperature_route": ("oral", "axillary", "tympanic", "rectal", "unknown"),
        "declared_by": ("haematologist", "clinician"),
        "diagnosis": ("all", "cml", "hlh", "aml", "other_malignancy", "benign"),
        "bcr_abl1": ("positive", "negative"),
        "kmt2a": ("germline", "rearranged", "failed"),
        "mrd_timepoint": ("end_of_induction", "end_of_consolidation", "other"),
        "conditioning": ("chemotherapy_only", "tbi_based"),
    }


# --- what may not overwrite what ----------------------------------------------------------------------------------

KMT2A = PATHWAY.fact("kmt2a")
LINEAGE = PATHWAY.fact("lineage")


@pytest.mark.parametrize("old", [None, "germline", "rearranged"])
def test_a_failed_test_leaves_the_status_as_it_was_unknown_or_known(old):
    assert KMT2A.keeps(old, "failed")


def test_germline_never_overwrites_rearranged_and_rearranged_overwrites_germline():
    assert KMT2A.keeps("rearranged", "germline")
    assert not KMT2A.keeps("germline", "rearranged")
    assert not KMT2A.keeps(None, "germline")
    assert not KMT2A.keeps("germline", "germline")


def test_a_lineage_that_is_unknown_is_no_lineage():
    assert all(LINEAGE.keeps(old, "unknown") for old in (None, "lymphoid", "myeloid"))
    assert not LINEAGE.keeps("lymphoid", "myeloid")


@pytest.mark.parametrize(
    ("reports", "stands"),
    [
        (["failed"], None),
        (["germline", "failed"], "germline"),
        (["rearranged", "failed"], "rearranged"),
        (["rearranged", "germline"], "rearranged"),
        (["germline", "rearranged"], "rearranged"),
        (["failed", "germline"], "germline"),
        (["rearranged", "failed", "germline"], "rearranged"),
    ],
)
def test_of_several_kmt2a_results_the_last_stands_unless_it_yields(reports, stands):
    assert told(*(PATHWAY.event("kmt2a_reported", kmt2a=one) for one in reports)).value("kmt2a") == stands


# --- flags --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("flag", FLAGS, ids=by_name)
def test_a_flag_is_true_or_false_and_nothing_that_looks_like_it(flag):
    assert flag.read(True) is True and flag.read(False) is False
    for other in (1, 0, "true", "yes", "no", "", None, Decimal(1)):
        with pytest.raises(BadInput, match=f"^{flag.name}: .* is neither true nor false$"):
            flag.read(other)


def test_a_flag_is_written_as_yes_or_no():
    assert [FLAGS[0].write(True), FLAGS[0].write(False)] == ["yes", "no"]


# --- words --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", TEXTS, ids=by_name)
def test_words_are_kept_without_the_space_around_them(text):
    assert text.read("  as discussed with the family \n") == "as discussed with the family"
    assert text.read("x" * 500) == "x" * 500


@pytest.mark.parametrize("text", TEXTS, ids=by_name)
@pytest.mark.parametrize("raw", ["", "   ", "\n", 5, True, None, ["why"]], ids=repr)
def test_no_words_are_no_reason(text, raw):
    with pytest.raises(BadInput, match=f"^{text.name}: words are wanted here"):
        text.read(raw)


def test_more_than_five_hundred_characters_are_refused_with_their_number():
    with pytest.raises(BadInput, match=r"^reason: 501 characters; at most 500$"):
        PATHWAY.fact("reason").read("x" * 501)


# --- guards written on facts --------------------------------------------------------------------------------------


def test_a_comparison_writes_a_guard_with_an_exact_limit():
    wbc = PATHWAY.fact("wbc")
    assert (wbc >= "0.1") == Compare("wbc", ">=", Decimal("0.1"))
    assert (wbc < 6) == Compare("wbc", "<", Decimal(6))
    assert (wbc > 6, wbc <= 6) == (Compare("wbc", ">", Decimal(6)), Compare("wbc", "<=", Decimal(6)))
    assert wbc.is_(6) == All((Compare("wbc", ">=", Decimal(6)), Compare("wbc", "<=", Decimal(6))))


@pytest.mark.parametrize("fact", PATHWAY.facts, ids=by_name)
def test_of_every_fact_a_guard_can_ask_whether_it_is_known(fact):
    assert fact.known() == Known(fact.name)


def test_an_unknown_fact_is_answered_with_the_nearest_names():
    with pytest.raises(BadInput, match=r"^unknown fact 'platelet'; nearest: platelets"):
        fact_named(PATHWAY.facts_by_name, "platelet")
    with pytest.raises(BadInput, match=rf"^unknown fact 'zzz'; {len(PATHWAY.facts)} names are known$"):
        fact_named(PATHWAY.facts_by_name, "zzz")


# --- the table of facts -------------------------------------------------------------------------------------------

LOINC = {
    "wbc": ("6690-2",), "anc": ("751-8",), "alc": ("731-0",), "hb": ("718-7",), "platelets": ("777-3",),
    "potassium": ("2823-3",), "uric_acid": ("3084-1",), "ldh": ("2532-0",), "phosphate": ("2777-1",),
    "blasts_percent": ("26446-5",), "blasts": ("30376-8", "35050-4"), "temperature": ("8310-5",),
}  # fmt: skip


def test_the_loinc_codes_are_those_of_the_facts_table():
    assert {one.name: one.loinc for one in PATHWAY.facts if one.loinc} == LOINC


def test_millimoles_have_loinc_codes_of_their_own():
    codes = {
        (one.name, unit.code): unit.loinc
        for one in PATHWAY.facts
        if isinstance(one, Quantity)
        for unit in one.units
        if unit.loinc
    }
    assert codes[("uric_acid", "mmol/L")] == ("14933-6",)
    assert codes[("phosphate", "mmol/L")] == ("14879-1",)
    assert not {code for found in codes.values() for code in found} & {
        code for found in LOINC.values() for code in found
    }


@pytest.mark.parametrize("fact", PATHWAY.facts, ids=by_name)
def test_every_fact_has_a_title_in_words_and_says_where_it_comes_from(fact):
    assert fact.title and "_" not in fact.title and fact.title.isascii()
    assert fact.cites
