"""Reading canonical JSON back into a pathway."""

from __future__ import annotations

from typing import TypeVar

import cattrs
from attrs import resolve_types

from pathway.model.canonical_data import FORMAT, Conditions, converter
from pathway.model.check_size import Measure
from pathway.model.errors import BadInput, DefinitionError, one_line
from pathway.model.json_text import read_json
from pathway.model.parts import Condition, Parts

P = TypeVar("P", bound=Parts)


def read_pathway(text: str, kind: type[P]) -> P:
    """The pathway that canonical JSON holds, as a value of the class `kind`.

    Raises `BadInput` for a text that is no pathway, and with every fault of a pathway that contradicts itself.
    """
    resolve_types(kind)
    try:
        data = read_json(text, "")
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise BadInput(f"this is no pathway of format {FORMAT}")
        body = data["pathway"]
        conditions = Conditions()
        reader = converter(conditions)
        measure = Measure()
        for written in body["conditions"]:
            if not isinstance(written, dict):
                raise BadInput("conditions: an object is wanted for each")
            condition = conditions[written["name"]] = reader.structure(written, Condition)
            # Here, and not with the other checks: a guard that names this condition would unfold it again.
            if (fault := measure.fault(f"condition {one_line(condition.name)}", condition.guard)) is not None:
                raise BadInput(fault)
        return reader.structure(body, kind)
    except DefinitionError as fault:
        raise BadInput(*fault.faults) from None
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        ArithmeticError,
        RecursionError,
        cattrs.errors.CattrsError,
    ) as fault:
        if isinstance(fault, BadInput):
            raise fault.at("this is no pathway") from None
        raise BadInput(f"this is no pathway: {type(fault).__name__} {one_line(str(fault))}") from fault
