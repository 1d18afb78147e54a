from __future__ import annotations

from pathlib import Path

import pytest

from pathway import PATHWAY
from pathway.scenarios.replay import Replay, handwritten_files, replay_file

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def replays() -> list[Replay]:
    """Every scenario, replayed once: it takes seconds."""
    return [replay_file(file, PATHWAY) for file in handwritten_files(ROOT / "scenarios")]
