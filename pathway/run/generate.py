"""The digest and the compiled functions of a pathway as Python source, for the package of its definition.

No word of a definition becomes code: functions and modules have numbers, and constants stand as literals of checked
types. Any other function is compiled when it is asked for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pathway.model.canonical_data import digest_of
from pathway.model.check import faults_of
from pathway.model.errors import DefinitionError
from pathway.model.parts import guards_of
from pathway.model.ready import fingerprint
from pathway.run.compile import ENGINE, Compiler
from pathway.run.functions import Functions
from pathway.run.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pathway.model.pathway import Pathway

_CONSTANT = re.compile(r"\bK[0-9]+\b")
_ALWAYS_ASKED = ("transition", "event", "order")
_OFTEN_ASKED = ("scope", "advice", "note")
"""The owners of the guards that a case or a plan asks. Other guards are parts of functions, or are read elsewhere."""
_HEAD = '"""Written by `make generated` from the definition; not to be edited."""\n\n# mypy: ignore-errors\n'


class _Writer(Compiler):
    """Keeps the lines of each function under its name instead of compiling them."""

    def __init__(self, pathway: Pathway, layout: Layout) -> None:
        super().__init__(pathway, layout)
        self._ready = None
        self.module = ""
        self.written: dict[str, tuple[str, list[str]]] = {}

    def made(self, name: str, lines: list[str]) -> Callable[..., Any]:
        """Keep the lines for the present module."""
        self.written.setdefault(name, (self.module, lines))
        return super().made(name, lines)


def generated(pathway: Pathway, modules: Iterable[str]) -> dict[str, str]:
    """The text of each file of the generated package, by its name. `modules` are the modules that define the pathway.

    Raises `DefinitionError` for a pathway with faults: a generated pathway is not checked again.
    """
    if faults := faults_of(pathway):
        raise DefinitionError(faults)
    writer = _Writer(pathway, Layout(pathway))
    _write_all(pathway, writer)
    places: dict[str, tuple[str, int]] = {}
    lines: dict[str, list[str]] = defaultdict(list)
    numbers: dict[str, dict[tuple[str, ...], int]] = defaultdict(dict)
    for name, (module, body) in writer.written.items():
        # In a state the functions after several kinds of events often have the same body: it is written once.
        same, key = numbers[module], (*body, *(() if module.startswith("after_") else (name,)))
        if key not in same:
            lines[module] += ["", "", f"def f{len(same)}(m):", *(f"    {line}" for line in body)]
        places[name] = (module, same.setdefault(key, len(same)))
    files = {f"{module}.py": _module(body, writer.here.constants) for module, body in lines.items()}
    return {"__init__.py": _contents(pathway, tuple(modules), places), **files}


def _write_all(pathway: Pathway, writer: _Writer) -> None:
    functions = Functions(pathway, writer.here.layout, writer)
    owned = [(owner.split()[0], guard) for owner, guard in guards_of(pathway)]
    writer.module = "always"
    functions.latches()
    for kind in pathway.events:
        functions.latches_after(kind)
    for kind in pathway.events:
        functions.contradicted_by(kind)
    for rule in pathway.transitions:
        functions.way(rule)
    for module, owners in (("always", _ALWAYS_ASKED), ("often", _OFTEN_ASKED)):
        writer.module = module
        for owner, guard in owned:
            if owner in owners:
                functions.guard(guard)
    writer.module = "ways"
    for rule in pathway.transitions:
        functions.hopeless(rule)
    for number, state in enumerate(pathway.states):
        writer.module = f"state_{number}"
        functions.advise(state.name)
        functions.awaits(state.name)
        functions.revised(state.name)
        writer.module = f"after_{number}"
        for kind in pathway.events:
            functions.advise_after(kind, state.name)


def _module(lines: list[str], constants: dict[str, Any]) -> str:
    used = {name for line in lines for name in _CONSTANT.findall(line)}
    values = [f"{name} = {literal(value)}" for name, value in constants.items() if name in used]
    return "\n".join([f"{_HEAD}\nfrom decimal import Decimal\n", *values, *lines, ""])


def _contents(pathway: Pathway, modules: tuple[str, ...], places: dict[str, tuple[str, int]]) -> str:
    names = "".join(f"    {literal(name)},\n" for name in modules)
    rows = "".join(
        f"    {literal(name)}: ({literal(module)}, {number}),\n" for name, (module, number) in places.items()
    )
    return (
        f"{_HEAD}\nDIGEST = {literal(digest_of(pathway))}\nSOURCES = {literal(fingerprint(modules))}\n"
        f"ENGINE = {literal(fingerprint(ENGINE))}\nMODULES = (\n{names})\nPLACES = {{\n{rows}}}\n"
    )


def literal(value: Any) -> str:
    """A constant as Python source. Raises `TypeError` for any other type than those that guards compare with."""
    if type(value) is str:
        return ascii(value)
    if type(value) is Decimal and value.is_finite():
        return f"Decimal({str(value)!a})"
    if type(value) is tuple:
        return f"({''.join(f'{literal(member)}, ' for member in value).rstrip()})"
    if type(value) is frozenset:
        return f"frozenset(({''.join(f'{member}, ' for member in sorted(map(literal, value))).rstrip()}))"
    raise TypeError(f"{type(value).__name__} is no constant of a guard")
