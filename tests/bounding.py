"""The pathway in which a count that a report does not give is at most the rest of the white cells."""

from __future__ import annotations

import json

from pathway import PATHWAY, Pathway
from pathway.model.canonical import from_json, to_json


def bounding(*, door: bool = False) -> Pathway:
    """Lymphocytes and neutrophils that must be low count as low. `door`: amounts may be bounds, and parts in doubt."""
    data = json.loads(to_json(PATHWAY))
    body = data["pathway"]
    for part, less in (("alc", "anc"), ("anc", "alc")):
        name = f"{part}_at_most"
        body["derived"].insert(4, {
            "kind": "AtMost", "name": name, "title": f"{part} at most", "part": part, "whole": "wbc", "less": less,
            "unit": "10*9/L", "cites": ["S36", "N05"],
        })  # fmt: skip
        (condition,) = [one for one in body["conditions"] if one["name"] == f"low_{part}"]
        condition["guard"] = ["any", [condition["guard"], ["shown", ["below", name, "episode"]]]]
    if door:
        body["door"] = 1
        (kind,) = [kind for kind in body["events"] if kind["name"] == "blood_count_reported"]
        kind["parts"] = {"whole": "wbc", "parts": ["anc", "alc"], "percent": 5, "alone": "30", "cites": ["N05"]}
    return from_json(json.dumps(data))


BOUNDING = bounding()
