from __future__ import annotations

from decimal import Decimal

import pytest

from pathway import PATHWAY, BadInput
from pathway.model.reference_file import read_reference
from tests.cli.terminal import AT, pathway

SITE = """
dated = 2026-02-01
title = "Laboratory of St Elsewhere"

[[interval]]
fact = "anc"
from_month = 0
lower = 0.6
reference = "own laboratory, n = 412"

[[interval]]
fact = "alc"
from_month = 0
to_month = 23
lower = "1300 /uL"
upper = 10
reference = "own laboratory"

[[interval]]
fact = "wbc"
from_month = 0
lower = 2.4
cites = ["T3"]

[[interval]]
fact = "hb"
from_month = 0
lower = "95 g/L"
reference = "own laboratory"

[[interval]]
fact = "platelets"
from_month = 0
lower = 150
reference = "own laboratory"
"""


@pytest.fixture
def site(tmp_path):
    file = tmp_path / "site.toml"
    file.write_text(SITE, encoding="utf-8")
    return str(file)


def faults(text: str) -> tuple[str, ...]:
    with pytest.raises(BadInput) as caught:
        read_reference(text, PATHWAY, file="site.toml")
    return caught.value.faults


def test_limits_are_exact_and_converted_to_the_canonical_unit():
    rows = {row.fact: row for row in read_reference(SITE, PATHWAY).rows}
    assert rows["anc"].lower == Decimal("0.6")
    assert rows["alc"].lower == Decimal("1.3")
    assert rows["hb"].lower == Decimal("9.5")
    assert rows["alc"].upper == Decimal(10)


def test_the_rows_of_a_site_are_local_choices_that_cite_what_is_doubtful_about_the_limit():
    rows = {row.fact: row for row in read_reference(SITE, PATHWAY).rows}
    cites = {fact: row.cites for fact, row in rows.items()}
    assert cites == {"anc": ("N47",), "alc": ("N46",), "wbc": ("T3",), "hb": ("N02",), "platelets": ("N02",)}
    assert rows["anc"].local_choice == "own laboratory, n = 412"
    assert all(row.local_choice for row in rows.values())


def test_a_table_of_the_site_decides_and_changes_the_digest(site):
    args = ("advise", "--age", "13mo", "--wbc", "2.5", "--anc", "0.7", "--alc", "1.4", *AT)
    ours, theirs = pathway(*args, "--json").data, pathway(*args, "--reference", site, "--json").data
    assert ours["state"] == "referral"
    assert theirs["state"] == "outside_pathway", "nothing is below the limits of this site"
    assert ours["pathway"]["digest"] == PATHWAY.digest != theirs["pathway"]["digest"]


def test_the_reader_sees_that_the_table_is_the_sites_own(site):
    out = " ".join(pathway("advise", "--age", "13mo", "--anc", "0.5", *AT, "--reference", site).out.split())
    assert "reference table of this site: Laboratory of St Elsewhere, 2026-02-01" in out
    assert "ANC 0.5 < 0.6 10*9/L" in out
    assert "local choice N47" in out
    assert "reference table of this site" not in pathway("advise", "--age", "13mo", "--anc", "0.5", *AT).out


def test_where_the_site_has_no_row_the_limit_is_unknown(site):
    args = ("advise", "--age", "2y", "--alc", "0.2", *AT, "--json")
    assert pathway(*args).data["state"] == "smear"
    assert pathway(*args, "--reference", site).data["state"] == "initial_labs"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("dated = 2026-02-01\n", "", "dated: the date of the table is wanted here"),
        ("dated = 2026-02-01", 'dated = "spring"', "dated: the date of the table is wanted here"),
        ('title = "Laboratory of St Elsewhere"\n', "", "title: words are wanted here"),
        ("title", "titel", "unknown key 'titel'; nearest: title"),
        ('fact = "anc"', 'fact = "potassium"', "interval 1 (line 5): fact: 'potassium' has no reference interval"),
        ('fact = "anc"', 'fact = "hb"', "interval: none for anc; the table replaces the built-in one whole"),
        ("lower = 0.6", "lower = true", "interval 1 (line 5): lower: anc: True is not an amount"),
        ("lower = 0.6", 'lower = "0.6"', "lower: anc: '0.6' has no unit; accepted: 10*9/L"),
        ("lower = 0.6", "lower = 6000", "lower: 6000 10*9/L is outside 0..1000"),
        ("lower = 0.6\n", "", "interval 1 (line 5): lower is missing"),
        ("upper = 10", "upper = 1", "reference alc 0 to 23 months: upper limit below the lower one"),
        (
            "to_month = 23",
            "to_month = 300",
            "interval 2 (line 11): to_month: '300' is no age in completed months, 0",
        ),
        ("to_month = 23", "to_month = 1.5", "to_month: '1.5' is no age in completed months"),
        ('cites = ["T3"]', 'cites = ["T99"]', "interval 3 (line 19): cites: unknown 'T99'; nearest"),
        ('cites = ["T3"]', "cites = 3", "cites: a list of ids is wanted here"),
        ('cites = ["T3"]\n', "", "interval 3 (line 19): where is this from?"),
        ("n = 412", 'n = 412"\nnote = "x', "unknown key 'note'"),
        ("[[interval]]", "[[interval", "not TOML"),
    ],
)
def test_a_malformed_table_is_refused_with_place_and_reason(old, new, fault):
    found = faults(SITE.replace(old, new, 1))
    assert all(line.startswith("site.toml: ") for line in found)
    assert any(fault in line for line in found), found


def test_bands_that_overlap_are_refused():
    twice = SITE + '\n[[interval]]\nfact = "anc"\nfrom_month = 6\nlower = 1\nreference = "own"\n'
    assert any("reference anc: 0 months and over and 6 months" in line.replace("all ages", "0 months and over")
               for line in faults(twice))  # fmt: skip


def test_all_faults_of_a_table_are_told_at_once(site, tmp_path):
    bad = tmp_path / "bad.toml"
    bad.write_text(SITE.replace("from_month = 0", "from_month = -1").replace("dated", "date"), encoding="utf-8")
    done = pathway("advise", "--age", "13mo", "--reference", str(bad))
    assert done.code == 2
    assert len(done.faults) == 2 + 5
    assert done.out == ""


def test_a_table_that_is_no_text_is_refused(tmp_path):
    (tmp_path / "bad.toml").write_bytes(b"\xff\xfe")
    done = pathway("advise", "--age", "13mo", "--reference", str(tmp_path / "bad.toml"))
    assert done.code == 2
    assert "not UTF-8" in done.faults[0]
