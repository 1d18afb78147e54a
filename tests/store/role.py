"""The role that may add to the log and not change it, as the README of the store prints it."""

from __future__ import annotations

import re
from pathlib import Path

import pathway.store

ROLE = "pathway_writer"
README = Path(pathway.store.__file__).with_name("README.md").read_text(encoding="utf-8")
(_PRINTED,) = (one for one in re.findall(r"```sql\n(.*?)```", README, re.DOTALL) if ROLE in one)


def statements(role: str = ROLE) -> list[str]:
    """The statements that make the role, under this name."""
    return [one.strip().replace(ROLE, role) for one in _PRINTED.split(";") if one.strip()]
