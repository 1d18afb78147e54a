"""A pytest plugin that collects scenario files, one test a file.

Name the folders in the ini option `pathway_scenarios`; without it nothing is collected. A project with a pathway of its
own names it in `pathway_definition` as `module:NAME`.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.model.pathway import Pathway

_DEFAULT = "pathway:PATHWAY"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Announce the options of the plugin."""
    parser.addini("pathway_scenarios", "folders with scenario files (*.toml)", type="paths", default=[])
    parser.addini("pathway_definition", "the pathway that they run on, as module:NAME", default=_DEFAULT)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ScenarioFile | None:
    """Collect a scenario file where it lies in one of the folders."""
    if file_path.suffix != ".toml":
        return None
    folders = parent.config.getini("pathway_scenarios")
    if not any(file_path.is_relative_to(Path(folder)) for folder in folders):
        return None
    file: ScenarioFile = ScenarioFile.from_parent(parent, path=file_path)
    return file


class ScenarioFailed(Exception):
    """A scenario whose expectations were not met."""


class ScenarioFile(pytest.File):
    """A scenario file."""

    def collect(self) -> Iterator[ScenarioItem]:
        """The one test of the file."""
        yield ScenarioItem.from_parent(self, name="replay")


class ScenarioItem(pytest.Item):
    """The replay of a scenario."""

    def runtest(self) -> None:
        """Replay the file, and fail with every expectation that was not met."""
        from pathway.scenarios.replay import replay_file

        replay = replay_file(self.path, _pathway(self.config.getini("pathway_definition")))
        if not replay.passed:
            raise ScenarioFailed("\n".join([f"{replay.scenario.title}", *map(str, replay.failures)]))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The failures for a reader: the step, what was expected, what happened and why; or the faults of the file."""
        from pathway.model.errors import BadInput

        if isinstance(excinfo.value, ScenarioFailed):
            return str(excinfo.value)
        if isinstance(excinfo.value, BadInput):
            return "\n".join(excinfo.value.faults)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """The place of the test in a report."""
        return self.path, 0, self.path.stem.replace("-", " ")


@lru_cache
def _pathway(name: str) -> Pathway:
    module, _, attribute = name.partition(":")
    found: Pathway = getattr(import_module(module), attribute)
    return found
