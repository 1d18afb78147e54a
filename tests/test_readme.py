"""The README says what is so: its code runs, its commands work, its paths exist."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CODE = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
COMMANDS = [line.split("#")[0].strip() for line in re.findall(r"^    (pathway .*)$", README, flags=re.MULTILINE)]
COMMANDS = [line for line in COMMANDS if not line.startswith("pathway/")]
WARD = [line for line in COMMANDS if "--store build" in line or "--to build/frozen" in line]
FOLDERS = re.findall(r"^    ((?:pathway|scenarios|tests|benchmarks|diagrams)[a-z/]*/)\s", README, flags=re.MULTILINE)


def test_the_embedding_example_runs_and_is_about_fifteen_lines_long():
    (example,) = CODE
    assert len([line for line in example.splitlines() if line.strip()]) <= 18
    done = subprocess.run([sys.executable, "-c", example], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    assert "neutrophils" in done.stdout and "S36" in done.stdout


# The whole proof is made elsewhere too; as it is typed here, with make test-full.
LATER = () if os.environ.get("PATHWAY_TEST_FULL") else ("pathway verify",)


@pytest.mark.parametrize("command", [line for line in COMMANDS if line not in (*WARD, *LATER)])
def test_every_command_of_the_readme_works(command):
    works(command)


def test_the_commands_of_the_ward_work_one_after_the_other(tmp_path):
    assert len(WARD) >= 6
    for command in WARD:
        works(command.replace("build/", f"{tmp_path}/"))


def works(command: str) -> None:
    program = Path(sys.executable).with_name("pathway")
    done = subprocess.run(
        [program, *shlex.split(command)[1:]], stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd=ROOT,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_folder_that_the_readme_names_is_there(folder):
    assert (ROOT / folder).is_dir()


def test_the_readme_names_the_commands_that_there_are():
    assert len(COMMANDS) >= 7 and len(FOLDERS) >= 6


def test_the_targets_that_the_readme_names_are_in_the_makefile():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"make ([a-z-]+)", README):
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE), target
