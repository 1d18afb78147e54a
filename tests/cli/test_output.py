"""Output that cannot be delivered: every command ends with 0 or 75, and says of nothing recorded that it was not."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import click
import pytest

from pathway import PATHWAY
from pathway.cli import run
from pathway.cli.group import cli
from pathway.model.canonical import to_json
from pathway.store.store import Store
from tests.children import BORN, INDEX_COUNT, NINE, NORMAL_COUNT, at
from tests.cli.terminal import pathway

SCENARIOS = Path(__file__).parents[2] / "scenarios"
STORY = str(SCENARIOS / "source" / "index-case.toml")
SMALL = str(SCENARIOS / "corrections")
ENTRY = (sys.executable, "-c", "from pathway.cli import main; main()")
BY = ("--by", "Dr H")
OTHER = to_json(PATHWAY).replace(f'"version":"{PATHWAY.version}"', '"version":"0.9.0"')

COMMANDS: dict[str, tuple[str, ...]] = {
    "advise": ("--age", "13mo", "--wbc", "2.5", "--anc", "0.7"),
    "demo": (),
    "explain": ("referral",),
    "events": (),
    "drive": ("--age", "13mo", "--log", "driven.json"),
    "case open": ("C2", "--age", "13mo", *BY),
    "case record": ("C1", "haematology_consulted", *BY),
    "case correct": ("C1", "e2", "anc=0.6", *BY),
    "case withdraw": ("C1", "e2", *BY),
    "case acknowledge": ("C1", "e2", *BY),
    "case set-aside": ("C1", "smear_now", "--reason", "read elsewhere", *BY),
    "case order": ("C1", "start_antimicrobials", "--override", "--reason", "septic", *BY),
    "case show": ("C1",),
    "case history": ("C1",),
    "case list": (),
    "case verify-log": (),
    "case export": (),
    "case import": ("version.json",),
    "worklist": (),
    "freeze": (),
    "migrate": ("C1", "--to", "version.json", "--yes", *BY),
    "replay": (STORY,),
    "scenarios generate": ("--only", "smear_clear"),
    "draw": ("--case", STORY, "--to", "way"),
    "store backup": ("copy.db", "--force"),
    "store imports": (),
    "trace": ("--scenarios", SMALL),
    "verify": (),
    "mutate": ("--scenarios", SMALL),
    "completion": ("bash",),
}
"""Every command with arguments that make it print; those of a store get that too."""
JSON = [name for name in COMMANDS if name not in ("demo", "drive", "case export", "scenarios generate", "draw",
                                                  "completion")]  # fmt: skip
RECORDS = {
    "case open": "case C2: it is open", "case record": "case C1: recorded as e3",
    "case correct": "case C1: recorded as e3", "case withdraw": "case C1: recorded as e3",
    "case acknowledge": "case C1: recorded as e3", "case set-aside": "case C1: recorded as e3",
    "case order": "case C1: recorded as e3",
}  # fmt: skip


def leaves(command: click.Command, context: click.Context, path: tuple[str, ...] = ()) -> list[str]:
    if not isinstance(command, click.Group):
        return [" ".join(path)]
    found = ((name, command.get_command(context, name)) for name in command.list_commands(context))
    return [leaf for name, inner in found for leaf in leaves(inner, context, (*path, name))]


def test_every_command_is_among_these():
    assert sorted(leaves(cli, click.Context(cli))) == sorted(COMMANDS)


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A folder with a store of one case, in which a correction waits, and a version to go to; proofs are left out."""
    with Store(tmp_path / "cases.db", PATHWAY) as store:
        case = store.open_case("C1", born=BORN, by="ward", now=NINE)
        case.record(INDEX_COUNT, at=NINE, by="ward", now=NINE)
        case.correct("e1", NORMAL_COUNT, at=at(60), by="ward", now=at(60))
    (tmp_path / "version.json").write_text(OTHER, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PATHWAY_STORE", raising=False)
    proofs = SimpleNamespace(flaws=(), checked=(), lemmas=0, from_guards=0, to_json=lambda: {"findings": []})
    monkeypatch.setattr("pathway.cli.verify._verify", lambda _: (proofs, 1.0))
    for name in ("mutants_of", "_with_bar", "faults_of_list"):
        monkeypatch.setattr(f"pathway.cli.mutate.{name}", lambda *_: ())
    monkeypatch.setattr("pathway.cli.scenarios._stories", lambda *_: ({"transition/a.toml": "x = 1\n"}, []))
    return tmp_path


@contextmanager
def full_disk():
    with open("/dev/full", "w", encoding="utf-8") as stream:
        yield stream


@contextmanager
def reader_gone():
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "w", encoding="utf-8") as stream:
        yield stream


@contextmanager
def reader_gone_after_a_line():
    """What the reader of `| head -1` leaves: the first line goes through."""

    class Left(StringIO):
        def write(self, text: str) -> int:
            if "\n" in self.getvalue():
                raise BrokenPipeError(32, "Broken pipe")
            return super().write(text)

    yield Left()


def told(output, *args: str) -> tuple[int, str]:
    said = StringIO()
    with output() as out, redirect_stdout(out), redirect_stderr(said), patch.object(sys, "stdin", StringIO(ANSWERS)):
        code = run(args)
    return code, said.getvalue()


ANSWERS = 'blood_count_reported wbc=2.5 anc=0.7 alc="1.4 10*9/L"\nquit\n'


@pytest.mark.parametrize("name", COMMANDS)
def test_a_reader_who_goes_away_is_no_fault_of_a_command(place, name):
    assert told(reader_gone_after_a_line, *name.split(), *COMMANDS[name]) == (0, "")


@pytest.mark.parametrize("name", JSON)
def test_a_reader_who_goes_away_is_no_fault_of_a_command_that_prints_json(place, name):
    assert told(reader_gone, *name.split(), *COMMANDS[name], "--json") == (0, "")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk_behind_the_output_is_told_in_a_line_and_the_code_says_to_try_again(place, name):
    code, said = told(full_disk, *name.split(), *COMMANDS[name])
    assert code == 75
    assert said.startswith("pathway: output: cannot be written: No space left on device") and said.count("\n") == 1


@pytest.mark.parametrize("name", JSON)
def test_a_full_disk_behind_json_is_told_in_a_line(place, name):
    code, said = told(full_disk, *name.split(), *COMMANDS[name], "--json")
    assert code == 75
    assert said.startswith("pathway: output: cannot be written: No space left on device") and said.count("\n") == 1


@pytest.mark.parametrize("name", RECORDS)
@pytest.mark.parametrize("form", [(), ("--json",)], ids=str)
def test_what_is_recorded_is_said_to_be_recorded_although_the_output_cannot_be_written(place, name, form):
    code, said = told(full_disk, *name.split(), *COMMANDS[name], *form)
    assert code == 75 and f"; {RECORDS[name]}; 'pathway case history" in said
    assert "not recorded" not in said and "nothing" not in said
    case = "C2" if name == "case open" else "C1"
    entries = pathway("case", "history", case, "--json").data["entries"]
    assert len(entries) == (1 if case == "C2" else 4)


def test_an_import_that_is_done_is_said_to_be_done(place):
    with open("cases.jsonl", "w", encoding="utf-8") as file:
        file.write(pathway("case", "export").out)
    code, said = told(full_disk, "case", "import", "cases.jsonl", "--store", "other.db")
    assert (code, said.partition("; ")[2]) == (75, "3 new entries imported\n")


def test_a_migration_is_not_recorded_where_what_it_would_change_cannot_be_shown(place):
    assert told(full_disk, "migrate", *COMMANDS["migrate"])[0] == 75
    assert len(pathway("case", "history", "C1", "--json").data["entries"]) == 3
    code, said = told(full_disk, "migrate", *COMMANDS["migrate"], "--json")
    assert code == 75 and "; case C1: recorded as e3" in said


@pytest.mark.parametrize(("output", "code"), [(full_disk, 75), (reader_gone_after_a_line, 0)])
def test_a_session_keeps_what_was_entered_before_the_output_failed(place, output, code):
    class Later(StringIO):
        """Output that fails once the first step is taken."""

        def write(self, text: str) -> int:
            if Path("driven.json").exists():
                raise BrokenPipeError(32, "Broken pipe") if code == 0 else OSError(28, "No space left on device")
            return len(text)

    @contextmanager
    def later():
        yield Later()

    found, said = told(later, "drive", *COMMANDS["drive"])
    assert found == code and '"blood_count_reported"' in Path("driven.json").read_text("utf-8")
    assert said.endswith("; log: driven.json has what was entered\n" if code else "")


@pytest.mark.parametrize(
    "args", [("case", "record", "C1", "blood_count_reported", "anc=0.7", "hb=900", *BY),
             ("case", "verify-log", "--expect", "0" * 64), ("advise", "--age", "13mo", "--hb", "900")], ids=str,
)  # fmt: skip
def test_a_reader_who_goes_away_does_not_turn_a_failed_check_into_a_good_one(place, args):
    assert pathway(*args).code == 1
    assert told(reader_gone, *args) == (75, "")


def test_what_was_there_already_is_not_said_to_be_recorded_anew(place):
    words = ("case", "record", "C1", "haematology_consulted", *BY, "--key", "m-1")
    assert "recorded as e3" in told(full_disk, *words)[1]
    assert "e3 was there already" in told(full_disk, *words)[1]


def test_bad_input_stays_bad_input_where_nothing_can_be_printed(place):
    code, said = told(full_disk, "case", "record", "C9", "haematology_consulted", *BY)
    assert code == 2 and "there is no case 'C9'" in said


# --- as a process -------------------------------------------------------------------------------------------------


def shell(line: str) -> subprocess.CompletedProcess[str]:
    words = f'pathway() {{ "{sys.executable}" -c "from pathway.cli import main; main()" "$@"; }}; {line}'
    return subprocess.run(["bash", "-c", words], capture_output=True, text=True, check=False, timeout=120)


@pytest.mark.parametrize(
    "words", ["events", "case record C1 haematology_consulted --by 'Dr H'", "case list --json", "completion bash"]
)
def test_a_process_ends_with_75_and_one_line_on_a_full_disk(place, words):
    done = shell(f"pathway {words} > /dev/full")
    assert (done.returncode, done.stdout) == (75, "")
    assert done.stderr.startswith("pathway: output: cannot be written: No space left") and done.stderr.count("\n") == 1
    assert ("recorded as e3" in done.stderr) == ("record" in words)


@pytest.mark.parametrize("words", ["demo", "explain referral S32 anc", "case export", "events --json"])
def test_head_takes_a_line_and_nobody_complains(place, words):
    done = shell(f"set -o pipefail; pathway {words} | head -1")
    assert (done.returncode, done.stderr) == (0, "") and done.stdout.count("\n") == 1


def test_neither_output_nor_errors_can_be_written_and_the_code_still_says_it(place):
    assert shell("pathway events > /dev/full 2> /dev/full").returncode == 75
    assert shell("pathway advise --age x 2> /dev/full").returncode == 2
    assert shell("pathway advise --age 13mo --hb 900 --anc 1 2> /dev/full").returncode == 1


@pytest.mark.parametrize("words", ["events", "case show C1", "case list --json", "migrate C1 --to version.json"])
def test_a_closed_output_is_no_fault(place, words):
    done = shell(f"pathway {words} >&-")
    assert (done.returncode, done.stderr) == (0, "")


def test_completions_that_cannot_be_written_are_no_fault_of_ours(place):
    line = "_PATHWAY_COMPLETE=bash_complete COMP_WORDS='pathway advise --' COMP_CWORD=2 pathway"
    assert shell(f"{line} > /dev/full").returncode == 75
    done = shell(f"set -o pipefail; {line} | head -1")
    assert (done.returncode, done.stderr) == (0, "") and done.stdout == "plain,--age\n"


def test_what_is_printed_arrives_also_where_the_locale_knows_no_letters(place):
    done = shell("LC_ALL=C PYTHONUTF8=0 PYTHONCOERCECLOCALE=0 pathway explain S32")
    assert done.returncode == 0 and "S32" in done.stdout
    assert shell("LC_ALL=C PYTHONUTF8=0 PYTHONCOERCECLOCALE=0 pathway events --json > /dev/full").returncode == 75
