"""A checkpoint is written, signed, kept, and held against a log that has grown; a reader who leaves says no damage."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.shop import NEXT_DAY, NOON, Shop, joined, tamper

KEYS = {
    "private.pem": "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIDVgrCYmfC0Z6oNB7TBlXkSVeyTLDVcQRhEhnUhYdRXq\n"
    "-----END PRIVATE KEY-----\n",
    "other.pem": "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIPxhrmzXJCvEh2lNDWdPzZ+zi51FpNxYmPNnPvxw3T8a\n"
    "-----END PRIVATE KEY-----\n",
}


@pytest.fixture
def case(tmp_path, monkeypatch) -> Shop:
    monkeypatch.chdir(tmp_path)
    shop = Shop(tmp_path)
    shop.open()
    shop.open("C2")
    shop.done("record", "C1", "haematology_consulted", "--at", NOON, "--by", "Dr H")
    return shop


@pytest.fixture
def keys(case) -> None:
    """Two private keys, and the public key of each."""
    serialization = pytest.importorskip("cryptography.hazmat.primitives.serialization")
    for name, pem in KEYS.items():
        Path(name).write_text(pem, encoding="utf-8")
        public = serialization.load_pem_private_key(pem.encode(), None).public_key()
        written = public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        Path(f"public-{name}").write_bytes(written)


def grown(case: Shop) -> None:
    case.done("record", "C2", "haematology_consulted", "--at", NEXT_DAY, "--by", "Dr H")
    case.open("C3")


def test_a_checkpoint_holds_for_the_log_and_for_every_log_that_it_grows_into(case):
    done = case.done("verify-log", "--checkpoint", "monday.json")
    assert "Checkpoint: 2 cases, 3 entries, head 4 of the log is" in joined(done.out)
    assert "Written to monday.json; keep it where nobody can change it" in joined(done.out)
    assert "C1" not in Path("monday.json").read_text("utf-8")
    assert "No damage" in case.done("verify-log", "--since", "monday.json").out
    grown(case)
    done = case.done("verify-log", "--since", "monday.json")
    assert "Compared with the checkpoint of" in done.out
    data = case.done("verify-log", "--since", "monday.json", "--json").data
    assert data["sound"] is True and data["checkpoint"]["entries"] == 5


def test_a_log_that_does_not_begin_with_the_checkpoint_is_no_good_one(case):
    case.done("verify-log", "--checkpoint", "monday.json")
    tamper(case.url, "DELETE FROM entries WHERE case_id = 'C2'", "DELETE FROM cases WHERE case_id = 'C2'",
           "DELETE FROM heads WHERE case_id = 'C2'")  # fmt: skip
    done = case("verify-log", "--since", "monday.json")
    assert done.code == 1 and done.out.startswith("DAMAGE, ")
    assert "the log is no continuation of the checkpoint: 1 of its 4 heads are gone" in joined(done.out)
    again = case("verify-log", "--checkpoint", "tuesday.json")
    assert again.code == 1 and not Path("tuesday.json").exists()


def test_a_checkpoint_is_not_overwritten_unless_that_is_said(case):
    case.done("verify-log", "--checkpoint", "monday.json")
    again = case("verify-log", "--checkpoint", "monday.json")
    assert again.code == 2 and "monday.json exists; it is not overwritten" in again.faults[0]
    assert case("verify-log", "--checkpoint", "monday.json", "--force").code == 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "this is no JSON"), ("[]", "this is no checkpoint"), ("{}", "this is no checkpoint"),
        ('{"version": 2}', "it is of version 2, this program reads 1"),
        ('{"number": -1}', "number: not as a checkpoint has it"), ('{"heads": 1.5}', "heads: not as"),
        ('{"digest": "x"}', "digest: not as"), ('{"without": [[2, 1]]}', "without: not as"),
        ('{"signature": "zz"}', "signature: not as"), ('{"more": 1}', "its keys: not as"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_checkpoint_is_named_in_a_line(case, text, words):
    case.done("verify-log", "--checkpoint", "monday.json")
    whole = json.loads(Path("monday.json").read_text("utf-8"))
    if text.startswith('{"'):
        text = json.dumps({**whole, **json.loads(text)})
    Path("bad.json").write_text(text, encoding="utf-8")
    done = case("verify-log", "--since", "bad.json")
    assert done.code == 2 and len(done.faults) == 1
    assert done.faults[0].startswith("since: bad.json: ") and words in done.faults[0]
    assert case("verify-log", "--since", "nowhere.json").code == 2


def test_a_checkpoint_is_signed_and_the_signature_is_that_of_a_key(case, keys):
    done = case.done("verify-log", "--checkpoint", "monday.json", "--sign", "private.pem")
    assert "Written to monday.json, signed" in joined(done.out)
    grown(case)
    signer = ("--since", "monday.json", "--signer")
    case.done("verify-log", *signer, "public-private.pem")
    other = case("verify-log", *signer, "public-other.pem")
    assert other.code == 2 and "is not what the holder of public-other.pem signed" in other.faults[0]
    text = Path("monday.json").read_text("utf-8")
    Path("monday.json").write_text(text.replace('"entries":3', '"entries":4'), encoding="utf-8")
    assert "it was changed" in case("verify-log", *signer, "public-private.pem").faults[0]
    case.done("verify-log", "--checkpoint", "unsigned.json")
    unsigned = case("verify-log", "--since", "unsigned.json", "--signer", "public-private.pem")
    assert unsigned.code == 2 and "is signed by nobody" in unsigned.faults[0]


@pytest.mark.parametrize("file", ["public-private.pem", "cases.db", "nowhere.pem", "."])
def test_a_file_that_is_no_key_is_named_before_the_audit_and_nothing_is_written(case, keys, file):
    done = case("verify-log", "--checkpoint", "monday.json", "--sign", file)
    assert done.code == 2 and done.faults[0].startswith("sign: ") and not Path("monday.json").exists()
    case.done("verify-log", "--checkpoint", "monday.json", "--sign", "private.pem")
    wrong = "private.pem" if file == "public-private.pem" else file
    done = case("verify-log", "--since", "monday.json", "--signer", wrong)
    assert done.code == 2 and done.faults[0].startswith("signer: ")


def test_options_that_need_another_say_so(case):
    done = case("verify-log", "--sign", "private.pem", "--signer", "public.pem")
    assert done.code == 2 and [line.partition(":")[0] for line in done.faults[:2]] == ["signer", "sign"]


def test_without_the_library_of_signatures_a_line_says_how_to_get_it(case, keys, monkeypatch):
    for name in ("cryptography.exceptions", "cryptography.hazmat.primitives.asymmetric.ed25519"):
        monkeypatch.setitem(sys.modules, name, None)
    done = case("verify-log", "--checkpoint", "monday.json", "--sign", "private.pem")
    assert done.code == 2 and "pip install 'leukopenia-pathway[signoff]'" in done.faults[0]


# --- a reader who leaves --------------------------------------------------------------------------------------------

COMMAND = (sys.executable, "-c", "from pathway.cli import main; main()", "case", "verify-log", "--store")


def left_after(lines: int, url: str) -> tuple[str, int]:
    """What a reader sees who leaves after some lines, and the exit code of the command."""
    with subprocess.Popen([*COMMAND, url], stdout=subprocess.PIPE, text=True) as process:
        seen = "".join(process.stdout.readline() for _ in range(lines))
        process.stdout.close()
        return seen, process.wait()


def test_a_reader_who_leaves_a_sound_log_does_not_make_it_a_damaged_one(case):
    for lines in (0, 0, 0, 1, 1, 2):
        seen, code = left_after(lines, case.url)
        assert code == 0 and "DAMAGE" not in seen


def test_who_reads_one_line_of_a_damaged_log_reads_of_the_damage_and_leaving_does_not_make_it_sound(case):
    tamper(case.url, *(f"UPDATE entries SET recorded_by = 'x{number}' WHERE sequence = {number}" for number in (0, 1)))
    seen, code = left_after(1, case.url)
    assert seen.startswith("DAMAGE, ") and code in (1, 75)
    assert left_after(0, case.url)[1] == 75
