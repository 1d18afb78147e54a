"""Wheel and sdist are the same bytes, whoever builds them, and hold every file of the package."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.dependencies.pins import pins

ROOT = Path(__file__).parents[1]
WHEEL, SDIST = ".whl", ".tar.gz"


def cloned(folder: Path, umask: int) -> None:
    subprocess.run(["git", "clone", "--quiet", ROOT, folder], check=True, umask=umask)


def built(folder: Path, to: Path, umask: int) -> dict[str, Path]:
    """Wheel and sdist of a clone, built without a network by the back end that is installed."""
    env = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--directory", to], cwd=folder, env=env, umask=umask, check=True,
        capture_output=True,
    )  # fmt: skip
    return {ending: next(to.glob(f"*{ending}")) for ending in (WHEEL, SDIST)}


@pytest.fixture(scope="module")
def builds(tmp_path_factory) -> list[dict[str, Path]]:
    """The builds of two clones that differ in their permissions and in the dates of their files."""
    folder = tmp_path_factory.mktemp("builds")
    done = []
    for name, umask, date in (("one", 0o022, None), ("other", 0o077, 978_307_200)):
        cloned(folder / name, umask)
        if date is not None:
            for file in (folder / name).rglob("*"):
                os.utime(file, (date, date))
        done.append(built(folder / name, folder / f"{name} built", umask))
    return done


@pytest.mark.parametrize("form", [WHEEL, SDIST])
def test_two_clones_with_another_umask_and_other_dates_build_the_same_bytes(builds, form):
    one, other = (build[form] for build in builds)
    assert one.name == other.name
    assert one.read_bytes() == other.read_bytes()


def test_the_wheel_holds_every_file_of_the_package_and_nothing_else(builds):
    there = subprocess.run(
        ["git", "ls-files", "-z", "pathway"], cwd=builds[0][WHEEL].parents[1] / "one", check=True, capture_output=True,
        text=True,
    ).stdout.split("\0")[:-1]  # fmt: skip
    kinds = {Path(name).suffix for name in there}
    assert {".py", ".toml", ".json", ".html", ".css", ".js", ".md", ".typed"} <= kinds | {".typed"}
    with zipfile.ZipFile(builds[0][WHEEL]) as wheel:
        names = wheel.namelist()
    assert sorted(name for name in names if ".dist-info/" not in name) == sorted(there)
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_the_sdist_builds_the_same_wheel(builds, tmp_path):
    with tarfile.open(builds[0][SDIST]) as sdist:
        sdist.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    assert built(source, tmp_path / "built", 0o022)[WHEEL].read_bytes() == builds[0][WHEEL].read_bytes()


def test_the_back_end_is_pinned_to_the_version_that_set_up_installs():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["build-system"]["requires"] == [f"hatchling=={pins()['hatchling'].version}"]
