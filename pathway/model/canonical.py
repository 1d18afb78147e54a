"""A pathway as canonical JSON and back: the same content gives the same bytes, and the same digest."""

from __future__ import annotations

import json
from typing import Any

from attrs import fields, resolve_types

from pathway.model.canonical_data import FORMAT, converter, digest_of, guard_from_data, guard_to_data, to_json
from pathway.model.canonical_reading import read_pathway
from pathway.model.pathway import Pathway

resolve_types(Pathway)


def from_json(text: str) -> Pathway:
    """The pathway that `to_json` wrote.

    Raises `BadInput` for a text that is no pathway, and with every fault of a pathway that contradicts itself.
    """
    return read_pathway(text, Pathway)


def with_changes(pathway: Pathway, **changes: Any) -> Pathway:
    """The pathway with some fields replaced. Rules that name a replaced condition read the new one."""
    data = json.loads(to_json(pathway))
    writer = converter()
    types = {attribute.name: attribute.type for attribute in fields(Pathway)}
    for name, value in changes.items():
        data["pathway"][name] = json.loads(json.dumps(writer.unstructure(value, types[name])))
    return from_json(json.dumps(data))


__all__ = ["FORMAT", "digest_of", "from_json", "guard_from_data", "guard_to_data", "to_json", "with_changes"]
