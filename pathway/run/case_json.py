"""A case as JSON: pathway, child, log."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from pathway.model.errors import BadInput
from pathway.model.json_text import read_json
from pathway.run.log import entry_from_json, entry_to_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathway.model.pathway import Pathway
    from pathway.run.log import Entry

LOG_FORMAT = 1


def write_case(pathway: Pathway, born: date, timezone: str, entries: Iterable[Entry]) -> str:
    """The case as JSON: deterministic."""
    data = {
        "format": LOG_FORMAT,
        "pathway": {"id": pathway.id, "version": pathway.version, "digest": pathway.digest},
        "born": born.isoformat(),
        "timezone": timezone,
        "entries": [entry_to_json(entry) for entry in entries],
    }
    return json.dumps(data, indent=1, ensure_ascii=False)


def read_case(text: str, pathway: Pathway) -> tuple[date, str, list[Entry]]:
    """Date of birth, time zone and entries. Raises `BadInput` where the text is no case of this pathway."""
    data = read_json(text, "case")
    if not isinstance(data, dict) or data.get("format") != LOG_FORMAT:
        raise BadInput(f"case: this is no case of format {LOG_FORMAT}")
    known = data.get("pathway")
    if not isinstance(known, dict) or known.get("digest") != pathway.digest:
        named = f"{known.get('id')} {known.get('version')}" if isinstance(known, dict) else "none"
        raise BadInput(
            f"case: recorded under another pathway ({named}); this is {pathway.id} {pathway.version} "
            f"with digest {pathway.digest[:12]}"
        )
    try:
        born = date.fromisoformat(data["born"])
    except (KeyError, TypeError, ValueError):
        raise BadInput("case: born is no date; write for example 2024-12-22") from None
    if not isinstance(data.get("timezone"), str) or not isinstance(data.get("entries"), list):
        raise BadInput("case: timezone is a text and entries is a list")
    return born, data["timezone"], [entry_from_json(entry, pathway) for entry in data["entries"]]
