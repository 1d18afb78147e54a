from __future__ import annotations

from pathway import PATHWAY
from pathway.cli.articles import articles_about, names_of
from tests.cli.terminal import pathway


def text(*names: str) -> str:
    done = pathway("explain", *names)
    assert done.code == 0, done.err
    return " ".join(done.out.split())


def test_everything_that_has_a_name_is_explained():
    for name in names_of(PATHWAY):
        for article in articles_about(name, PATHWAY):
            assert article.name == name
            assert article.title
            assert article.rows, article
            assert article.cites or article.cited_by or article.kind in ("literature", "statement", "review note")


def test_every_kind_of_thing_can_be_asked_for():
    kinds = {article.kind for name in names_of(PATHWAY) for article in articles_about(name, PATHWAY)}
    assert kinds == {
        "state", "transition", "advice", "order", "fact", "derived fact", "condition", "event", "contradiction",
        "invariant", "statement", "review note", "literature",
    }  # fmt: skip


def test_a_transition_shows_its_guard_in_words_and_unfolds_it_one_level():
    said = text("same_day_referral")
    assert "from: First results (initial_labs), Smear (smear), Examination (exam)" in said
    assert "to: Same-day referral (referral)" in said
    assert "taken: as soon as the guard holds" in said
    assert "haematology/oncology consulted: consultation of haematology/oncology; or" in said
    assert "S32 One referral criterion is enough" in said


def test_an_advice_shows_when_it_is_raised_until_when_and_when_it_is_due():
    said = text("consult_same_day")
    for words in (
        "urgency: now", "until: haematology/oncology consulted", "due: the same day",
        "overdue: at the end of that calendar day", "local choice: overdue at the end of the calendar day",
    ):  # fmt: skip
        assert words in said
    assert "overdue: after 14 days" in text("repeat_blood_count")


def test_an_order_shows_what_refuses_it_and_that_silence_is_no_permission():
    said = text("order_bone_marrow")
    assert "refused when:" in said
    assert "silence is no permission" in said
    assert "permitted when: never by this pathway" in text("condition_with_tbi")


def test_a_state_shows_what_it_waits_for():
    said = text("smear")
    assert "waits for: qualified smear without blasts or immature cells; or a same-day criterion was met; or" in said
    assert "qualified smear without blasts or immature cells: smear reviewed by a pathologist" in said
    assert "waits for" not in text("resolved")


def test_an_invariant_shows_its_kind_where_it_holds_what_it_speaks_of_and_what_it_cites():
    said = text("eligibility_is_asked_for")
    for words in (
        "invariant eligibility_is_asked_for In leukaemia from 12 months at diagnosis oncology is asked",
        "kind: always: after every event, once the case has come to rest, it holds",
        "wherever shown: in any leukaemia state, and age at diagnosis >= 12 months; unless shown: protocol eligibility",
        "holds: advice confirm protocol eligibility in force",
        "speaks of: advice confirm_protocol_eligibility",
        "local choice: the source contradicts itself at 13 months",
        "S43 ",
    ):
        assert words in said


def test_an_invariant_of_each_kind_says_what_it_holds_of():
    assert "states: Resolved (resolved) holds: days in this state >= 7 days" in text("resolved_only_in_range")
    assert "once true, stays true: advice hold live vaccines in force unless by then: " in text("the_hold_stays")
    assert "refused when: age < 6 months speaks of: order transplant" in text("no_transplant_under_six_months")
    assert "speaks of: advice antimicrobials_now, advice recheck_temperature" in text("urgent_advice_stays")


def test_a_fact_that_no_rule_reads_says_why_it_is_kept():
    assert "no rule reads it: kept for the specialist, who judges whether MRD persists (N28)" in text("mrd")
    assert "no rule reads it" not in text("anc")


def test_a_fact_shows_units_ranges_codes_limits_and_who_reads_it():
    said = text("anc")
    assert "unit, and range: 10*9/L (0..1000)" in said
    assert "LOINC: 751-8" in said
    assert "12 months and over >= 1.5 (local choice" in said
    assert "read by: condition low_anc" in said
    assert "carried by: blood_count_reported" in said


def test_a_statement_shows_what_cites_it_or_why_it_is_not_modelled():
    assert "cited by: " in text("S32")
    assert "advice consult_same_day" in text("S32")
    assert "invariant never_total_body_irradiation" in text("S86")
    assert "not modelled: " in text("S111")


def test_a_note_shows_what_the_pathway_does_about_it_and_when_it_is_shown():
    said = text("N01")
    assert "the pathway: The Interfant branch stays open" in said
    assert "shown when: " in said
    assert "S43" in said


def test_ids_may_be_written_in_lower_case():
    assert text("s32") == text("S32")


def test_a_name_of_two_things_explains_both():
    kinds = [article.kind for article in articles_about("smear_clear", PATHWAY)]
    assert kinds == ["transition", "condition"]
    assert {article.kind for article in articles_about("examined", PATHWAY)} == {"fact", "event"}


def test_an_unknown_name_is_answered_with_the_nearest():
    done = pathway("explain", "order_bone_marow")
    assert done.code == 2
    (fault,) = done.faults
    assert fault.startswith("nothing is called 'order_bone_marow'; nearest: order_bone_marrow")


def test_json_has_the_words_of_what_is_cited():
    (article,) = pathway("explain", "count_low", "--json").data["articles"]
    assert list(article) == ["kind", "name", "title", "rows", "where", "cites", "cited_by"]
    assert article["cites"]["S12"] == PATHWAY.statements_by_id["S12"].words
    assert article["rows"]["from"] == "First results (initial_labs)"
