from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import chdir
from importlib import import_module
from pathlib import Path

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console

from pathway import PATHWAY, __version__
from pathway.cli import run
from pathway.cli.group import COMMANDS, cli
from tests.cli.terminal import INDEX, pathway

ENTRY = (sys.executable, "-c", "from pathway.cli import main; main()")
SCENARIOS = Path(__file__).parents[2] / "scenarios"
BANNER_START = "Educational decision support for professionals"
PRINTS = [
    INDEX,
    (*INDEX, "--handover"),
    ("advise", "--age", "5y", "--wbc", "2.5", "--temperature", "39"),
    ("explain", "referral", "S32", "N01", "T1", "order_bone_marrow", "anc", "same_day", "smear_reported"),
    ("events",),
    ("demo",),
    ("drive", "--born", "2024-12-22", *INDEX[-4:]),
    ("replay", str(SCENARIOS / "source")),
    ("trace", "S36", "order_bone_marrow", "--scenarios", str(SCENARIOS / "source")),
]


def started(*args: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*ENTRY, *args], capture_output=True, text=True, check=False, env={**os.environ, **(env or {})}, timeout=60
    )


def test_version_names_the_distribution():
    assert pathway("--version").out == f"leukopenia-pathway {__version__}\n"


@pytest.mark.parametrize("args", [("--version",), ("--help",), (), ("completion", "bash")], ids=" ".join)
def test_version_help_and_completion_load_neither_attrs_nor_rich_nor_the_definition(args):
    code = (
        "import sys; from pathway.cli import run; code = run(sys.argv[1:]); "
        "print(sorted({'attr', 'rich', 'transitions', 'cattrs', 'pathway.definition'} & set(sys.modules)), "
        "file=sys.stderr); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", code, *args], capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr.strip() == "[]"


def test_without_a_command_the_help_is_printed():
    done = pathway()
    assert done.code == 0
    assert all(name in done.out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_described_in_help(name):
    module, words = COMMANDS[name]
    command = import_module(module).command
    assert command.name == name
    assert words.endswith(".")
    assert name in pathway("--help").out
    done = pathway(name, "--help")
    assert done.code == 0
    assert len(command.help.split()) > 5
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help, f"{name} {option.opts}"


@pytest.mark.parametrize(
    ("args", "nearest"),
    [(("advize",), "advise"), (("reply",), "replay"), (("advise", "--ace", "13mo"), "--age")],
    ids=str,
)
def test_an_unknown_command_or_option_is_answered_with_the_nearest(args, nearest):
    done = pathway(*args)
    assert done.code == 2
    (fault,) = done.faults
    assert args[-1 if len(args) == 1 else 1] in fault
    assert nearest in fault
    assert done.out == ""


@pytest.mark.parametrize("args", PRINTS, ids=lambda args: " ".join(args)[:40])
def test_banner_on_every_output(args):
    done = pathway(*args)
    assert done.code == 0, done.err
    assert BANNER_START in done.out
    assert "no clinician has reviewed or signed" in " ".join(done.out.split())
    assert f"{PATHWAY.id} {PATHWAY.version}, digest {PATHWAY.digest[:12]}" in " ".join(done.out.split())


@pytest.mark.parametrize("name", ["advise", "explain", "events", "trace"])
def test_banner_in_every_json_object(name, tmp_path, monkeypatch):
    args = {"advise": INDEX, "explain": ("explain", "S32"), "events": ("events", "anc"), "trace": ("trace", "--rules")}
    monkeypatch.chdir(tmp_path)  # no scenarios there
    data = pathway(*args[name], "--json").data
    assert data["banner"] == PATHWAY.banner
    assert data["pathway"] == {"id": PATHWAY.id, "version": PATHWAY.version, "digest": PATHWAY.digest}


@pytest.mark.parametrize("columns", [60, 80, 110, 200])
@pytest.mark.parametrize("args", PRINTS, ids=lambda args: " ".join(args)[:40])
def test_output_fits_the_terminal_and_is_never_wider_than_110_columns(args, columns):
    for line in pathway(*args, columns=columns).out.splitlines():
        if not line.strip().endswith(".toml"):  # a path stays whole, so that it can be copied
            assert len(line) <= min(columns, 110), line


def test_every_line_of_help_fits_80_columns():
    for name in COMMANDS:
        assert max(map(len, pathway(name, "--help").out.splitlines())) <= 80, name


def test_output_has_plain_characters_and_no_colour_where_it_is_piped():
    for args in PRINTS:
        out = pathway(*args).out
        assert out.isascii(), args
        assert "\x1b" not in out
        assert all(line == line.rstrip() for line in out.splitlines()), args


def test_colour_on_a_terminal_says_nothing_that_words_do_not(monkeypatch):
    from io import StringIO

    from rich.text import Text

    from pathway.cli.render import print_plan
    from pathway.run.case import Case

    monkeypatch.delenv("NO_COLOR", raising=False)
    case = Case(PATHWAY, born=PATHWAY.source_date.replace(year=2024))
    from datetime import UTC, datetime

    at = datetime(2026, 1, 22, 9, tzinfo=UTC)
    case.record(PATHWAY.event("blood_count_reported", wbc="2.5 10*9/L", anc="0.7 10*9/L"), at=at)
    plain, coloured = StringIO(), StringIO()
    options = {"width": 80, "highlight": False, "markup": False}
    print_plan(case.plan(at=at), PATHWAY, Console(file=plain, **options))
    print_plan(case.plan(at=at), PATHWAY, Console(file=coloured, force_terminal=True, **options))
    assert "\x1b[1;31mNOW" in coloured.getvalue()
    assert Text.from_ansi(coloured.getvalue()).plain.rstrip() == plain.getvalue().rstrip()


def test_no_colour_is_respected(monkeypatch):
    from pathway.cli.page import open_console

    monkeypatch.setenv("NO_COLOR", "1")
    assert open_console().no_color


def test_a_reader_who_goes_away_is_no_fault():
    process = subprocess.Popen([*ENTRY, "demo"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    process.wait(timeout=60)


def test_an_interrupt_ends_with_130_and_no_words(monkeypatch):
    def interrupted(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "invoke", interrupted)
    assert run(["events"]) == 130


def test_a_fault_of_ours_is_one_line_and_no_traceback(monkeypatch):
    def broken(*_args, **_kwargs):
        raise RuntimeError("first\nsecond")

    monkeypatch.delenv("PATHWAY_TRACEBACK", raising=False)
    monkeypatch.setattr(cli, "invoke", broken)
    done = pathway("events")
    assert done.code == 70
    assert done.faults == [r"a fault of this program, not of your input: RuntimeError: first\nsecond"]


def test_a_contradictory_definition_tells_each_fault(monkeypatch):
    from pathway.model.errors import DefinitionError

    def broken(*_args, **_kwargs):
        raise DefinitionError(["one", "two"])

    monkeypatch.setattr(cli, "invoke", broken)
    assert pathway("events").faults == ["one", "two"]
    assert pathway("events").code == 2


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_completion_script_is_printed_for_every_shell(shell):
    done = pathway("completion", shell)
    assert done.code == 0
    assert "_PATHWAY_COMPLETE" in done.out


def test_completion_asks_which_shell_where_it_cannot_tell(monkeypatch):
    monkeypatch.setenv("SHELL", "/bin/tcsh")
    assert pathway("completion").code == 2


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("pathway ad", "advise"),
        ("pathway advise --wb", "--wbc"),
        ("pathway advise --set splen", "splenomegaly=true"),
        ("pathway explain order_bone", "order_bone_marrow"),
        ("pathway events smear", "smear_reported"),
        ("pathway trace S10", "S101"),
    ],
)
def test_names_are_completed(words, found):
    env = {"_PATHWAY_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
    done = started(env=env)
    assert f"plain,{found}" in done.stdout.splitlines()
    assert done.stderr == ""


WORDS = st.one_of(
    st.sampled_from(
        [
            *COMMANDS, "--age", "--born", "--wbc", "--anc", "--hb", "--temperature", "--set", "--at", "--timezone",
            "--json", "--handover", "--reference", "--narrate", "--coverage", "--rules", "--scenarios", "--help",
            "13mo", "2y", "0d", "2024-12-22", "2.5", "-1", "1e9", "NaN", "2500", "fever=true", "examined=no", "mrd=1",
            "smear_reviewer=pathologist", "blasts_percent=34", "diagnosis=all", "reason= ", "=", "S32", "n01",
            "referral",
            "2026-01-22T09:00:00Z", "2026-01-22T09:00:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00",
            "Europe/Berlin", "scenarios/source", "pyproject.toml", "README.md",
        ]
    ),
    st.text(st.characters(exclude_characters="/\\.~"), max_size=8),  # no folder but those named above
)  # fmt: skip


EXAMPLES = 600 if os.environ.get("PATHWAY_TEST_FULL") else 120
VALUES = st.text(min_size=1, max_size=6) | st.sampled_from(
    ["true", "no", "1", "0", "38.3", "pathologist", "lymphoid", "all", "positive", "rearranged", "1E100", "9" * 40]
)
SETTINGS = st.tuples(st.sampled_from([*PATHWAY.facts_by_name, "nothing"]), VALUES)
FORMS = [(), ("--json",), ("--handover",), ("--handover", "--json")]


@pytest.fixture(scope="module")
def small_folder(tmp_path_factory):
    """A folder with few scenarios, so that tracing is quick."""
    folder = tmp_path_factory.mktemp("small")
    shutil.copytree(SCENARIOS / "source", folder / "scenarios" / "source")
    (folder / "README.md").write_text("no TOML here\n", encoding="utf-8")
    (folder / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    return folder


LONG = ("verify", "mutate", "scenarios")
"""Commands that work for minutes where nothing stops them."""


@settings(deadline=None, max_examples=EXAMPLES)
@given(st.sampled_from([one for one in COMMANDS if one not in LONG]) | WORDS, st.lists(WORDS, max_size=8))
def test_no_traceback_reaches_a_user(small_folder, first, rest):
    words = [first, *rest]
    with chdir(small_folder):
        done = pathway(*words)
    assert done.code in (0, 1, 2), (words, done.err)
    assert "Traceback" not in done.err + done.out
    assert done.code == 0 or done.err or "failed" in done.out
    assert all(line.startswith("pathway: ") for line in done.err.splitlines()), done.err


@settings(deadline=None, max_examples=EXAMPLES)
@given(st.lists(SETTINGS, max_size=6), st.sampled_from(["13mo", "0d", "17y", "5mo", "200d"]), st.sampled_from(FORMS))
def test_whatever_facts_are_set_the_answer_is_a_plan_or_the_faults(facts, age, form):
    args = [word for name, value in facts for word in ("--set", f"{name}={value}")]
    done = pathway("advise", "--age", age, *form, *args)
    assert done.code in (0, 1, 2), done.err
    assert (done.out == "") == (done.code == 2)
    assert (done.err == "") == (done.code == 0)
