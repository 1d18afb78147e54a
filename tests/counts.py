"""How often a test tries: seldom in `make test`, a tenth of all in `make test-full`, and all with `make attack`."""

from __future__ import annotations

import os

_LEVEL = os.environ.get("PATHWAY_TEST_FULL", "")
FULL = bool(_LEVEL)
"""Whether this is one of the heavier runs."""


def tries(quick: int, full: int) -> int:
    """The number of tries: `quick`, a tenth of `full`, or `full`."""
    if _LEVEL == "all":
        return full
    return max(quick, full // 10) if FULL else quick
