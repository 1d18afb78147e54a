"""The front door: about ten names, nothing heavy behind it until it is asked for, and types for who embeds it."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

import pathway
from tests import typing_caller

ROOT = Path(__file__).parent.parent
HEAVY = (
    "attrs",
    "attr",
    "cattrs",
    "cattr",
    "rich",
    "transitions",
    "click",
    "hypothesis",
    "numpy",
    "polars",
    "starlette",
)


def loaded_after(code: str) -> set[str]:
    """The packages that a fresh interpreter holds after some code."""
    program = f"import sys\n{code}\nprint(' '.join(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.splitlines()[-1].split())


def test_the_front_door_has_these_names():
    assert pathway.__all__ == [
        "PATHWAY", "BadInput", "Case", "Override", "Pathway", "Plan", "Step", "Verdict", "__version__", "events",
        "load_pathway",
    ]  # fmt: skip


@pytest.mark.parametrize("name", pathway.__all__)
def test_every_name_can_be_asked_for(name):
    assert getattr(pathway, name) is getattr(pathway, name)
    assert name in dir(pathway)


def test_all_of_it_can_be_imported_at_once():
    code = "from pathway import *; print(sorted(n for n in dir() if n in ('Case', 'PATHWAY', 'events', 'BadInput')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "['BadInput', 'Case', 'PATHWAY', 'events']"


def test_the_events_are_the_classes_of_the_definition():
    from pathway.definition import events

    assert pathway.events is events
    assert pathway.events.BloodCountReported(wbc="2.5 10*9/L").event.name == "blood_count_reported"


@pytest.mark.parametrize(
    "code", ["import pathway", "import pathway.cli", "import pathway; dir(pathway); pathway.__version__"]
)
def test_importing_loads_nothing_heavy(code):
    """`pathway --version` answers in under 150 ms because of it."""
    modules = loaded_after(code)
    assert "pathway" in modules
    assert not {module for module in modules if module.split(".")[0] in HEAVY}


def test_a_bad_input_can_be_caught_without_loading_a_pathway():
    modules = loaded_after("from pathway import BadInput")
    assert not {module for module in modules if module.split(".")[0] in HEAVY}


def test_driving_a_case_loads_no_terminal_and_no_json_converter():
    modules = loaded_after(
        "from datetime import datetime, date, timezone\n"
        "from pathway import PATHWAY, Case, events\n"
        "case = Case(PATHWAY, born=date(2024, 12, 22))\n"
        "at = datetime(2026, 1, 22, 9, tzinfo=timezone.utc)\n"
        "case.record(events.BloodCountReported(wbc='2.5 10*9/L'), at=at); case.plan(at=at).state"
    )
    assert "transitions" in modules
    assert not {module for module in modules if module.split(".")[0] in ("rich", "click", "numpy", "hypothesis")}


def test_an_attribute_that_there_is_not_is_said_as_python_says_it():
    with pytest.raises(AttributeError, match=r"^module 'pathway' has no attribute 'Patient'$"):
        _ = pathway.Patient
    assert not hasattr(pathway, "from_json") and getattr(pathway, "nothing", None) is None


def test_the_version_is_that_of_the_distribution():
    from importlib.metadata import version

    assert pathway.__version__ == version("leukopenia-pathway")


# --- types ----------------------------------------------------------------------------------------------------------


def test_the_package_says_that_it_is_typed():
    assert (Path(pathway.__file__).parent / "py.typed").is_file()


def test_the_callers_program_runs():
    assert typing_caller.main() == 0


@pytest.mark.skipif(importlib.util.find_spec("mypy") is None, reason="mypy is among the development dependencies only")
def test_the_callers_program_is_clean_under_mypy_strict_and_its_mistakes_are_found():
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "tests/typing_caller.py"],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
