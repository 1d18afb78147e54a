"""What the project depends on: pinned with hashes, under a licence that can be lived with, without a known hole."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import Distribution, distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.dependencies import audit, licences
from tests.dependencies.pins import CONSTRAINTS, pins

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


# --- pins and hashes ------------------------------------------------------------------------------------------------


def test_every_pin_has_hashes_and_the_file_holds_no_address():
    assert len(pins()) > 60
    assert all(pin.hashes for pin in pins().values())
    assert not re.search(
        r"https?:|file:|--(?:extra-)?index|--find-links|@ |/(?:opt|work|home)/", CONSTRAINTS.read_text()
    )


def test_every_requirement_of_the_project_is_pinned_to_a_version_that_it_allows():
    extras = PROJECT["optional-dependencies"]
    for text in (*PROJECT["dependencies"], *(one for extra in extras.values() for one in extra)):
        requirement = Requirement(text)
        if requirement.name != PROJECT["name"]:
            assert requirement.specifier.contains(pins()[canonicalize_name(requirement.name)].version), text


def test_what_is_installed_is_what_is_pinned():
    """So nothing that an installed distribution needs is left out."""
    if Path(sys.prefix) != ROOT / ".venv":
        pytest.skip("the tests do not run in the environment that set-up made")
    known = pins()
    for one in distributions():
        name = canonicalize_name(one.name)
        if name not in (PROJECT["name"], "setuptools"):  # Python 3.11 brings setuptools into every environment
            assert known[name].version == one.version, name


def installing(folder: Path, digest: str) -> subprocess.CompletedProcess[str]:
    """The set-up of the Makefile, on a project that pins one small distribution; nothing is installed."""
    wheel = folder / "small-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as file:
        file.writestr("small-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: small\nVersion: 1.0\n")
        file.writestr("small-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        file.writestr("small-1.0.dist-info/RECORD", "")
    right = hashlib.sha256(wheel.read_bytes()).hexdigest()
    (folder / "constraints.txt").write_text(f"small==1.0{digest.format(right=right)}\n", encoding="utf-8")
    (folder / "pyproject.toml").write_text(
        '[build-system]\nrequires = []\nbuild-backend = "hatchling.build"\n[project]\nname = "tiny"\nversion = "1"\n'
        '[tool.hatch.build]\nbypass-selection = true\ndev-mode-dirs = ["."]\n',
        encoding="utf-8",
    )
    shutil.copy(ROOT / "Makefile", folder)
    (folder / ".venv").mkdir(exist_ok=True)
    env = os.environ | {"PIP_DRY_RUN": "1", "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(folder)}
    return subprocess.run(
        ["make", "PYTHON=true", f"BIN={Path(sys.executable).parent}", ".venv/.ready"], cwd=folder, env=env,
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_set_up_installs_a_file_with_its_hash(tmp_path):
    done = installing(tmp_path, " --hash=sha256:{right}")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / ".venv" / ".ready").exists()


@pytest.mark.parametrize(
    ("digest", "said"),
    [("", "Hashes are required"), (" --hash=sha256:" + "0" * 64, "DO NOT MATCH THE HASHES")],
    ids=["missing", "stale"],
)
def test_a_hash_that_is_missing_or_stale_ends_the_set_up(tmp_path, digest, said):
    done = installing(tmp_path, digest)
    assert done.returncode != 0 and said in done.stdout + done.stderr
    assert not (tmp_path / ".venv" / ".ready").exists()


# --- licences -------------------------------------------------------------------------------------------------------


def test_nothing_is_run_with_under_the_agpl_or_without_a_licence():
    at_run_time = [one for one in licences.licences() if one.use == licences.RUN_TIME]
    assert {"attrs", "sqlalchemy", "psycopg", "z3-solver", "tzdata"} <= {one.name for one in at_run_time}
    assert not {"pytest", "hatchling", "playwright", "pip-audit"} & {one.name for one in at_run_time}
    assert refused() == []
    named = {one.name: one.licence for one in at_run_time}
    assert (named["attrs"], named["sqlalchemy"]) == ("MIT", "MIT") and re.search("LGPL|Lesser", named["psycopg"])


@pytest.mark.parametrize("licence", ["AGPL-3.0-only", "MIT OR agpl-3.0-or-later", "GNU Affero General Public v3", ""])
def test_a_dependency_under_such_a_licence_is_named(tmp_path, monkeypatch, licence):
    line = f"License-Expression: {licence}\n" if licence else ""
    (tmp_path / "METADATA").write_text(f"Metadata-Version: 2.4\nName: attrs\nVersion: 1\n{line}", encoding="utf-8")
    real = licences.distribution
    monkeypatch.setattr(
        licences, "distribution", lambda name: Distribution.at(tmp_path) if name == "attrs" else real(name)
    )
    assert refused() == ["attrs"]


def refused() -> list[str]:
    """What the project runs with, and may not."""
    bad = re.compile(r"AGPL|Affero", re.IGNORECASE)
    at_run_time = [one for one in licences.licences() if one.use == licences.RUN_TIME]
    return [one.name for one in at_run_time if one.licence == licences.UNKNOWN or bad.search(one.licence)]


def test_the_list_of_licences_names_every_pin_with_version_licence_and_use():
    done = subprocess.run(
        [sys.executable, "-m", "tests.dependencies.licences"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    rows = [re.split(r"  +", line) for line in done.stdout.splitlines()]
    assert rows[0] == ["name", "version", "licence", "use"]
    assert [row[0] for row in rows[1:]] == sorted(pins())
    assert all(len(row) == 4 and row[3] in (licences.RUN_TIME, licences.DEVELOPED_WITH) for row in rows[1:])


@pytest.mark.parametrize(
    ("metadata", "licence"),
    [
        ("License-Expression: AGPL-3.0-only\n", "AGPL-3.0-only"),
        ("License: MIT\nClassifier: License :: OSI Approved :: GNU Affero General Public License v3\n",
         "GNU Affero General Public License v3"),
        ("License: MIT\nClassifier: License :: OSI Approved\n", "MIT"),
        ("License: " + "all rights reserved, " * 9 + "\n", "unknown"), ("", "unknown"),
    ],
)  # fmt: skip
def test_the_licence_is_the_expression_else_the_classifiers_else_a_short_word(tmp_path, metadata, licence):
    (tmp_path / "METADATA").write_text(f"Metadata-Version: 2.1\nName: small\nVersion: 1\n{metadata}", encoding="utf-8")
    assert licences.named_by(Distribution.at(tmp_path)) == licence


# --- known vulnerabilities ------------------------------------------------------------------------------------------

KNOWS = audit.Answer(looked_up=("urllib3",), found=("urllib3 1.26.4: PYSEC-2021-108; mended in 1.26.5",))


def asked(monkeypatch, **answers: audit.Answer) -> tuple[int, list[str]]:
    """What is printed where the databases say this of what is pinned, and know the vulnerabilities of the old release
    where they say anything.
    """

    def ask(database, requirements):
        answer = answers.get(database, audit.Answer(silent="no route to host"))
        return answer if requirements != [audit.KNOWN] else KNOWS if answer.looked_up else answer

    monkeypatch.setattr(audit, "ask", ask)
    return audit.audit(["small==1.0"])


def test_a_known_vulnerability_fails(monkeypatch):
    code, lines = asked(monkeypatch, osv=audit.Answer(("small",), (), ("small 1.0: CVE-1; mended in 1.1",)))
    assert (code, lines) == (1, ["audit: small 1.0: CVE-1; mended in 1.1"])


def test_what_is_looked_up_and_clean_is_told_with_what_was_not(monkeypatch):
    code, lines = asked(monkeypatch, pypi=audit.Answer(("small",), ("strange",)))
    assert code == 0
    assert lines == ["audit: pypi: 1 packages looked up, no known vulnerability",
                     "audit: pypi: NOT looked up, unknown there: strange"]  # fmt: skip


@pytest.mark.parametrize("answer", [audit.Answer(silent="no route to host"), audit.Answer(passed_over=("small",))])
def test_a_database_that_is_out_of_reach_is_told_and_nothing_fails(monkeypatch, answer):
    code, lines = asked(monkeypatch, pypi=answer)
    assert code == 0
    assert lines[-1] == "audit: NOT DONE: no database of known vulnerabilities can be reached from here"
    assert not any("no known vulnerability" in line for line in lines)


def test_a_database_that_does_not_know_an_old_hole_proves_nothing(monkeypatch):
    monkeypatch.setattr(audit, "ask", lambda *_: audit.Answer(looked_up=("small",)))
    code, lines = audit.audit(["small==1.0"])
    assert code == 0 and "NOT DONE" in lines[-1]


@pytest.mark.parametrize(
    ("printed", "answer"),
    [
        ('{"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["2"]}]},'
         ' {"name": "b", "skip_reason": "not found"}]}',
         audit.Answer(("a",), ("b",), ("a 1: CVE-1; mended in 2",))),
        ("", audit.Answer(silent="ConnectionError: no route to host")),
    ],
)  # fmt: skip
def test_the_answer_of_the_scanner_is_read(monkeypatch, printed, answer):
    said = subprocess.CompletedProcess([], 1, printed, "Traceback\nConnectionError: no route to host\n")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: said)
    assert audit.ask("osv", ["a==1"]) == answer


def test_integration_lists_licences_and_looks_for_vulnerabilities():
    assert "make licences audit\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
