"""A case has a name that nobody can take for the name of another case."""

from __future__ import annotations

import threading
import unicodedata
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathway import PATHWAY, BadInput
from pathway.store.chain import FIRST, chained
from pathway.store.names import looks, new_name
from pathway.store.store import Store
from pathway.store.transfer import export, take
from tests.children import INDEX_COUNT, NINE
from tests.store.children import NOW, opened, tamper, tell

COMPOSED, DECOMPOSED = "Zo\u00eb", "Zoe\u0308"


# --- the normal form ------------------------------------------------------------------------------------------------


def test_a_name_is_kept_in_the_normal_form_and_found_however_it_is_typed(store):
    case = opened(store, DECOMPOSED)
    tell(case, INDEX_COUNT)
    assert case.id == COMPOSED == store.case(DECOMPOSED).id == store.case(COMPOSED).id
    assert store.names() == [COMPOSED]
    with pytest.raises(BadInput, match="it is open already"):
        opened(store, COMPOSED)


def test_the_same_opening_by_one_key_is_one_case_in_either_form(store):
    for name in (DECOMPOSED, COMPOSED):
        store.open_case(name, born=NINE.date(), by="ward", now=NINE, source="lis", key="m-1")
    assert store.count()[1] == 1


# --- what looks alike -----------------------------------------------------------------------------------------------

ALIKE = [
    ("C1", "c1", "LATIN SMALL LETTER C for LATIN CAPITAL LETTER C"),
    ("C1", "\u04211", "CYRILLIC CAPITAL LETTER ES for LATIN CAPITAL LETTER C"),
    ("COP", "\u0421\u041e\u0420", "CYRILLIC CAPITAL LETTER ES"),
    ("\u0441\u043e\u0440", "cop", "LATIN SMALL LETTER C for CYRILLIC SMALL LETTER ES"),
    ("B2", "\u0392" + "2", "GREEK CAPITAL LETTER BETA"),
    ("I1", "\u0406" + "1", "CYRILLIC CAPITAL LETTER BYELORUSSIAN-UKRAINIAN I"),
    ("H7", "\u13bb" + "7", "CHEROKEE LETTER MI"),
    ("C1", "\uff231", "FULLWIDTH LATIN CAPITAL LETTER C"),
    ("C1", "C\u00b9", "SUPERSCRIPT ONE"),
    ("fi", "\ufb01", ""),
    ("Stra\u00dfe 1", "STRASSE 1", ""),
    ("\u03a3\u03af\u03c3", "\u03c3\u03af\u03c2", "GREEK"),
    ("A-1", "A\u20101", "HYPHEN"),
    ("A 1", "A  1", ""),
    (COMPOSED, "Zo\u0451", "CYRILLIC SMALL LETTER IO"),
]


@pytest.mark.parametrize(("there", "new", "said"), ALIKE, ids=[ascii(one) for _, one, _ in ALIKE])
def test_a_name_that_looks_like_one_that_is_there_is_refused_in_one_line(store, there, new, said):
    opened(store, there)
    with pytest.raises(BadInput) as fault:
        opened(store, new)
    (line,) = fault.value.faults
    assert line.startswith(f"case: '{new}' looks like '{there}', which is open already") and said in line
    assert f"write '{there}' to mean that case" in line
    assert store.names() == [there]


def test_names_that_differ_to_the_eye_stand_side_by_side(store):
    names = ["C1", "C2", "C-1", "C0", "CO", "C11", "Muller", "M\u00fcller", "\u0416\u0430\u043d\u043d\u0430", "\u4e2d1"]
    for name in names:
        opened(store, name)
    assert store.names() == sorted(names)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("C\u200b1", "one line of words is wanted"),
        ("\u202eC1", "one line of words is wanted"),
        ("C\u00ad1", "one line of words is wanted"),
        ("C\u034f1", "character 2 of the name, COMBINING GRAPHEME JOINER, shows nothing; write 'C1'"),
        ("C1\ufe0f", "character 3 of the name, VARIATION SELECTOR-16, shows nothing; write 'C1'"),
        ("C\u31641", "character 2 of the name, HANGUL FILLER, shows nothing; write 'C1'"),
    ],
    ids=ascii,
)
def test_a_name_has_no_character_that_shows_nothing(store, name, said):
    with pytest.raises(BadInput, match=said):
        opened(store, name)
    assert store.count() == (0, 0)


def test_of_two_that_open_look_alikes_at_once_one_gets_the_name(url):
    with Store(url, PATHWAY):
        pass
    begin, results = threading.Barrier(2), []

    def work(name: str) -> None:
        with Store(url, PATHWAY) as store:
            begin.wait()
            try:
                results.append(opened(store, name).id)
            except BadInput as fault:
                results.append(fault.faults[0])

    threads = [threading.Thread(target=work, args=(name,)) for name in ("C1", "\u04211")]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    names = [one for one in results if one in ("C1", "\u04211")]
    assert len(names) == 1 and "looks like" in next(one for one in results if one not in names)


@given(st.text(st.characters(categories=["L", "M", "N", "P", "Zs"]), min_size=1, max_size=12))
def test_every_spelling_of_a_name_looks_the_same(name):
    found = looks(name)
    assert all(len(one) <= 200 for one in found)
    for form in ("NFC", "NFD"):
        assert looks(unicodedata.normalize(form, name)) == found


def test_the_longest_name_still_fits_the_table(store):
    opened(store, "\ufdfa" * 100)
    assert store.count()[1] == 1


# --- stores that are older ------------------------------------------------------------------------------------------


def test_a_store_from_before_opens_with_all_its_names_and_refuses_new_look_alikes(store, url):
    for name in ("C1", "old"):
        tell(opened(store, name), INDEX_COUNT)
    _as_before(store, "c1")
    _as_before(store, DECOMPOSED)
    tamper(store, "DROP TABLE names")
    store.close()
    with Store(url, PATHWAY, create=False) as again:
        assert {name: again.case(name).case.state for name in again.names()} == {
            "C1": "referral", "old": "referral", "c1": "initial_labs", DECOMPOSED: "initial_labs",
        }  # fmt: skip
        assert again.case(COMPOSED).id == DECOMPOSED
        for name, there in (("\u04211", "C1"), ("OLD", "old")):
            with pytest.raises(BadInput, match=f"looks like '{there}'"):
                opened(again, name)
        assert opened(again, "C2").id == "C2"
        assert again.rebuild() == 5


def _as_before(store, name):
    """A case as an older program opened it: without a look at other names."""
    moment = "2026-01-22T09:00:00.000000Z"
    opening = chained(
        FIRST, case_id=name, sequence=0, kind="opened", happened_at=moment, recorded_at=moment, recorded_by="ward",
        source="", source_key=None, event="", target="", body='{"born":"2024-12-22","timezone":"UTC"}',
        pathway_version=PATHWAY.version, pathway_digest=PATHWAY.digest,
    )  # fmt: skip
    with store.database.writing() as connection:
        store.versions.keep(connection, PATHWAY, NINE)
        store.add(connection, [opening])


def test_a_rebuild_enters_the_names_that_an_older_program_has_opened_since(store):
    opened(store, "C1")
    _as_before(store, "D1")
    opened(store, "d2")
    assert store.rebuild() == 3
    with pytest.raises(BadInput, match="looks like 'D1'"):
        opened(store, "d1")


# --- import ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def other(tmp_path):
    with Store(tmp_path / "other.db", PATHWAY) as made:
        yield made


def test_an_import_refuses_a_look_alike_and_brings_nothing(store, other):
    tell(opened(other, "A1"), INDEX_COUNT)
    tell(opened(other, "\u04211"), INDEX_COUNT)
    opened(store, "C1")
    with pytest.raises(BadInput, match=r"^line 5: case: '\u04211' looks like 'C1'.*; nothing was imported$"):
        take(store, export(other), now=NOW)
    assert store.names() == ["C1"]


def test_an_import_refuses_two_look_alikes_in_one_file(store, other):
    opened(other, "C1")
    _as_before(other, "c1")
    with pytest.raises(BadInput, match="'c1' looks like 'C1'"):
        take(store, export(other), now=NOW)
    assert store.count()[1] == 0


def test_an_import_refuses_a_name_that_is_not_in_the_normal_form(store, other):
    _as_before(other, DECOMPOSED)
    with pytest.raises(BadInput, match=r"line 3: .*is not in the normal form NFC"):
        take(store, export(other), now=NOW)
    assert store.count()[1] == 0


def test_a_case_that_is_there_under_its_old_name_takes_further_entries(store, other):
    """Both stores were written before names were compared; the look-alikes in them stay two cases."""
    for one in (store, other):
        _as_before(one, "C1")
        _as_before(one, "c1")
        tamper(one, "DROP TABLE names")
    case = other.case("c1")
    case.record(INDEX_COUNT, at=NINE + timedelta(hours=1), by="ward", now=NINE + timedelta(hours=1))
    assert take(store, export(other, ["c1"]), now=NOW).new == 1
    assert store.case("c1").sequence == 1 and store.case("C1").sequence == 0


@pytest.mark.parametrize("name", ["C1", "case 000017", "\u00c4 b-7"])
def test_a_plain_name_is_left_as_it_is(name):
    assert new_name(name) == name
