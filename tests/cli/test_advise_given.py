"""`pathway advise`: values, ages and moments as they are written, and which event carries them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathway import PATHWAY, BadInput
from pathway.cli.given import events_from, givable
from pathway.cli.moments import born_at_age, local_zone, read_at
from pathway.run.moments import completed_months
from tests.cli.terminal import AT, INDEX, advise, ids, pathway

NINE = datetime(2026, 1, 22, 9, tzinfo=UTC)
BORN = date(2024, 12, 22)
ORDER = ["NOW", "TODAY", "DO NOT", "AWAITED", "ONGOING", "PLANNED", "FOR THE FAMILY", "WHY", "NOTES"]


def recorded(**facts: str) -> dict[str, dict[str, object]]:
    """The events that the facts are recorded as, with their fields."""
    return {one.name: dict(one.raw) for one in events_from(list(facts.items()), PATHWAY)}


# --- values ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bare", "written"),
    [("0.7", "0.7 10*9/L"), ("0.7", "700 /uL"), ("0.70", "0.7 10*3/uL"), (".7", "7e-1 10*9/L")],
)
def test_a_bare_number_is_in_the_canonical_unit_and_other_units_are_taken(bare, written):
    assert advise("--anc", bare) == advise("--anc", written) == advise("--set", f"anc={written}")


def test_a_fraction_is_given_without_a_unit():
    assert recorded(mrd="0.001") == {"mrd_reported": {"mrd": "0.001"}}


@pytest.mark.parametrize(("given_", "flag"), [("true", True), ("YES", True), ("no", False), ("False", False)])
def test_flags_are_true_false_yes_or_no(given_, flag):
    assert recorded(splenomegaly=given_)["examined"] == {"splenomegaly": flag}


def test_a_held_back_field_gives_exit_code_1_and_the_rest_counts():
    done = pathway(*INDEX, "--hb", "91", "--json")
    assert done.code == 1
    assert done.faults == [
        "blood_count_reported: hb 91 g/dL is outside 1..25 g/dL (91 g/L would be 9.1 g/dL); held back."
    ]
    assert done.data["state"] == "referral"
    assert "hb" in done.data["awaits"]
    (held,) = done.data["held"]
    assert (held["event"], held["fact"], held["given"]) == ("blood_count_reported", "hb", "91 g/dL")
    assert "91 g/L would be 9.1 g/dL" in held["reason"]


def test_all_faults_are_told_at_once_and_nothing_is_printed():
    done = pathway(
        "advise", "--age", "thirteen", "--at", "2026-01-22T09:00", "--timezone", "UTC", "--wbc", "few",
        "--hb", "9 stone", "--set", "splenomegaly", "--set", "fevr=yes", "--set", "fever=perhaps",
    )  # fmt: skip
    assert done.code == 2
    assert done.out == ""
    assert len(done.faults) == 7
    for words in ("no time zone", "'thirteen' is no age", "not name=value", "unknown fact 'fevr'"):
        assert any(words in fault for fault in done.faults), words


def test_a_fact_that_is_given_twice_is_refused_and_not_silently_replaced():
    for twice in (("--wbc", "2.5", "--wbc", "7"), ("--wbc", "2.5", "--set", "wbc=7")):
        done = pathway("advise", "--age", "13mo", *twice)
        assert (done.code, done.faults) == (2, ["wbc: given twice"])


def test_all_faults_of_the_facts_are_told_at_once():
    with pytest.raises(BadInput) as caught:
        events_from(
            [("wbc", "few"), ("hb", "9 stone"), ("fevr", "yes"), ("fever", "perhaps"), ("blasts_percent", "3"),
             ("anc", "1"), ("anc", "2"), ("blasts_flagged", "yes"), ("age", "3"), ("examined", "no")], PATHWAY
        )  # fmt: skip
    faults = caught.value.faults
    for words in (
        "wbc: 'few' is not a number", "unit 'stone' is not accepted; accepted: g/dL, g/L",
        "unknown fact 'fevr'; nearest: fever", "fever: 'perhaps' is neither true nor false",
        "smear_reported: smear_reviewer is missing; one of pathologist", "anc: given twice",
        "blasts_flagged: it follows from other facts", "age: it follows from other facts",
        "examined: it is recorded when it has happened; where it has not, leave it out",
    ):  # fmt: skip
        assert any(words in fault for fault in faults), words
    assert len(faults) == 9


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--age", "13mo", "--at", "2026-01-22T09:00:00"), "has no time zone"),
        (("--age", "13mo", "--at", "yesterday"), "is no date and time"),
        (("--age", "13mo", "--timezone", "Mars/Base"), "is no time zone"),
        (("--age", "13mo", "--born", "2024-12-22"), "one of them"),
        ((), "how old is the child"),
        (("--age", "19y"), "over 18 years old"),
        (("--born", "2024-13-01"), "is no day of the calendar"),
        (("--born", "01.02.2025"), "1 February 2025"),
        (("--age", "13"), "13 months, or 13 years? Write 13mo or 13y"),
        (("--born", "2026-01-23", *AT), "before the birth"),
        (("--born", "0001-01-01"), "is not between"),
        (("--age", "9999y"), "more than a lifetime"),
        (("--age", "13mo", "--set", "=3"), "not name=value"),
        (("--age", "13mo", "--reference", "nowhere.toml"), "cannot be read: No such file"),
        (("--age", "13mo", "--reference", "scenarios"), "cannot be read"),
    ],
    ids=str,
)
def test_bad_input_gets_one_clear_line(args, words):
    done = pathway("advise", *args)
    assert done.code == 2
    (fault,) = done.faults
    assert words in fault


# --- age and time -----------------------------------------------------------------------------------------------------


@given(st.integers(0, 227), st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_an_age_in_months_is_exactly_so_many_completed_months(months, on):
    assert completed_months(born_at_age(f"{months}mo", on), on) == months
    years, rest = divmod(months, 12)
    assert born_at_age(f"{years}y{rest}mo", on) == born_at_age(f"{months}mo", on)


@given(st.integers(0, 400), st.dates(date(1990, 1, 1), date(2100, 12, 31)))
def test_an_age_in_days_or_weeks_is_exact(number, on):
    assert on - born_at_age(f"{number}d", on) == timedelta(days=number)
    assert on - born_at_age(f"{number}w", on) == timedelta(weeks=number)


@pytest.mark.parametrize("text", ["13", "", "mo", "1.5y", "-1mo", "13mo 2y", "mo13", "1y13m"])
def test_an_age_without_a_unit_or_in_disorder_is_refused(text):
    with pytest.raises(BadInput, match=r"^age: "):
        born_at_age(text, date(2026, 1, 22))


@pytest.mark.parametrize("text", ["2y3mo", "2y 3mo", " 2Y3MO ", "27mo", "27m", "27 months", "2y3m", "2 years 3 months"])
def test_ages_may_be_written_with_spaces_and_capitals(text):
    assert born_at_age(text, date(2026, 1, 22)) == date(2023, 10, 22)


def test_the_calendar_day_is_that_of_the_time_zone():
    late = ("advise", "--age", "13mo", "--anc", "0.7", "--alc", "1.4", "--at", "2026-01-22T23:30:00Z", "--json")
    due = {zone: pathway(*late, "--timezone", zone).data["advice"] for zone in ("UTC", "Europe/Berlin")}
    days = {zone: {line["id"]: line["due"] for line in lines}["consult_same_day"] for zone, lines in due.items()}
    assert days == {"UTC": "2026-01-22", "Europe/Berlin": "2026-01-23"}


def test_without_a_moment_it_is_now():
    before = datetime.now(UTC)
    assert before - timedelta(seconds=1) <= read_at(None, "UTC") <= before + timedelta(minutes=1)


def test_the_machine_tells_its_time_zone_or_it_is_utc(monkeypatch):
    monkeypatch.setenv("TZ", "America/Lima")
    assert local_zone() == "America/Lima"
    monkeypatch.setenv("TZ", "no such zone")
    monkeypatch.setattr("os.path.realpath", lambda _: "/etc/localtime")
    assert local_zone() == "UTC"


# --- which event carries what -----------------------------------------------------------------------------------------


def test_a_fever_alone_does_not_say_that_the_child_was_examined():
    assert recorded(fever="yes") == {"symptoms_reported": {"fever": True}}
    assert "exam_now" in ids(advise("--anc", "0.7", "--set", "fever=yes"))


@pytest.mark.parametrize("other", [{"examined": "yes"}, {"splenomegaly": "no"}, {"nothing_else_found": "yes"}])
def test_a_fever_goes_with_the_examination_where_there_was_one(other):
    events = recorded(fever="yes", **other)
    assert list(events) == ["examined"]
    assert events["examined"]["fever"] is True


def test_a_fact_of_several_events_goes_with_the_one_that_is_recorded_anyway():
    assert recorded(persistent_fever="yes") == {"symptoms_reported": {"persistent_fever": True}}
    together = recorded(persistent_fever="yes", ferritin_raised="yes")
    assert together == {"hlh_signs_reported": {"persistent_fever": True, "ferritin_raised": True}}
    eligible = recorded(confirmed_by="Dr A", protocol_eligibility_confirmed="yes")
    assert eligible == {"protocol_eligibility_confirmed": {"confirmed_by": "Dr A"}}
    assert list(recorded(confirmed_by="Dr A", diagnosis="all")) == ["diagnosis_confirmed"]


def test_a_name_alone_confirms_nothing():
    with pytest.raises(BadInput, match="diagnosis is missing"):
        recorded(confirmed_by="Dr A")


def test_which_event_carries_a_fact_does_not_depend_on_the_order_of_the_options():
    facts = [
        ("persistent_fever", "yes"),
        ("fever", "no"),
        ("splenomegaly", "yes"),
        ("coagulopathy", "no"),
        ("anc", "1"),
    ]
    assert events_from(facts, PATHWAY) == events_from(facts[::-1], PATHWAY)


@pytest.mark.parametrize(
    "name",
    ["haematology_consulted", "examined", "history_taken", "antimicrobials_started", "bone_marrow_performed",
     "vaccine_hold_released", "chemotherapy_started", "live_vaccine_given", "transplanted"],
)  # fmt: skip
def test_what_an_event_records_by_happening_records_that_event(name):
    assert recorded(**{name: "true"}) == {name: {}}


def test_events_are_recorded_in_the_order_of_the_events_table():
    names = list(recorded(kmt2a="germline", wbc="2", potassium="4", declared_by="clinician", examined="yes"))
    order = list(PATHWAY.events_by_name)
    assert names == sorted(names, key=order.index)


def test_every_fact_that_an_event_carries_can_be_given():
    carried = {one.fact for kind in PATHWAY.events for one in kind.fields}
    assert carried <= set(givable(PATHWAY))


def test_a_choice_may_be_written_in_capitals():
    assert recorded(kmt2a="Rearranged") == {"kmt2a_reported": {"kmt2a": "rearranged"}}


def test_a_fever_calls_for_antimicrobials_and_they_end_the_call():
    assert "antimicrobials_now" in ids(advise("--anc", "0.7", "--temperature", "38.3"))
    assert "antimicrobials_now" not in ids(advise("--anc", "0.7", "--temperature", "38.2"))
    done = advise("--anc", "0.7", "--temperature", "38.3", "--set", "antimicrobials_started=yes")
    assert "antimicrobials_now" not in ids(done)


def test_amounts_are_exact():
    (event,) = events_from([("temperature", "100.4 [degF]")], PATHWAY)
    assert dict(event.given)["temperature"] == Decimal("38")


def test_help_names_the_unit_of_every_count_as_the_definition_does():
    text = " ".join(pathway("advise", "--help").out.split())
    for name in ("wbc", "anc", "alc", "hb", "platelets"):
        (said,) = [part for part in text.split("--") if part.startswith(f"{name} AMOUNT")]
        assert f"in {PATHWAY.unit_of(name)}." in said
    assert PATHWAY.unit_of("temperature") == "Cel"
