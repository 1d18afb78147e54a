"""An executable clinical pathway: the work-up of a small child with too few white cells.

Educational decision support for professionals. No clinician has reviewed or signed it; it gives no drug and no dose.

    from pathway import PATHWAY, Case, events
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pathway._version import __version__

if TYPE_CHECKING:
    from pathway.definition import PATHWAY, events
    from pathway.model.canonical import from_json as load_pathway
    from pathway.model.errors import BadInput
    from pathway.model.pathway import Pathway
    from pathway.run.answers import Override, Verdict
    from pathway.run.case import Case
    from pathway.run.plan import Plan
    from pathway.run.step import Step

__all__ = [
    "PATHWAY", "BadInput", "Case", "Override", "Pathway", "Plan", "Step", "Verdict", "__version__", "events",
    "load_pathway",
]  # fmt: skip

_WHERE = {
    "PATHWAY": ("pathway.definition", "PATHWAY"),
    "events": ("pathway.definition.events", ""),
    "load_pathway": ("pathway.model.canonical", "from_json"),
    "BadInput": ("pathway.model.errors", "BadInput"),
    "Pathway": ("pathway.model.pathway", "Pathway"),
    "Override": ("pathway.run.answers", "Override"),
    "Verdict": ("pathway.run.answers", "Verdict"),
    "Case": ("pathway.run.case", "Case"),
    "Plan": ("pathway.run.plan", "Plan"),
    "Step": ("pathway.run.step", "Step"),
}


def __getattr__(name: str) -> Any:
    """Load what is asked for, and no more: `import pathway` itself loads nothing heavy."""
    try:
        module, attribute = _WHERE[name]
    except KeyError:
        raise AttributeError(f"module 'pathway' has no attribute '{name}'") from None
    found = import_module(module)
    value = getattr(found, attribute) if attribute else found
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
