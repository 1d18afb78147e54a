"""The index of scenarios: which scenarios exercise which rule. It is kept in a file, since replaying all takes seconds.

The file names the pathway and the scenario files that it was made of, so that a reader knows whether it is current. A
test replays all files and checks that it is. Paths are relative to `root`, the folder that holds `scenarios`:
"scenarios/source/index-case.toml".
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from pathway.model.errors import BadInput
from pathway.scenarios.coverage import exercised, rule_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathway.model.pathway import Pathway
    from pathway.scenarios.replay import Replay

FORMAT = 1
ABOUT = (
    "Generated: for each state and rule the scenarios that exercise it, and how often. A transition by the state that "
    "it leaves, advice as raised, completed or ended, "
    "an order by its verdict, a state by the steps that are in it or pass it."
)
_IN_STATE = "steps"

Times = Mapping[str, Mapping[str, int]]
"""For each scenario file how often it exercises each part of a rule: {"scenarios/...": {"from door": 1}}."""


@frozen
class Key:
    """The content of an index: the pathway's digest, and a SHA-256 over the names and bytes of all scenario files."""

    pathway: str
    scenarios: str
    files: int


@frozen
class Index:
    """For each state and rule ("state door", "transition to_ward") the scenarios that exercise it.

    They stand in the order of the definition, their files by name. A rule that no scenario exercises has no file.
    """

    key: Key
    entries: Mapping[str, Times] = field(repr=False)

    @property
    def scenarios(self) -> dict[str, tuple[str, ...]]:
        """The files that exercise each state and rule, in the form that the rulebook takes."""
        return {rule: tuple(files) for rule, files in self.entries.items()}

    def files(self, rule: str, part: str = "") -> tuple[str, ...]:
        """The files that exercise a rule, or one part of it: `("transition to_ward", "from door")`."""
        return tuple(file for file, parts in self.entries[rule].items() if not part or part in parts)

    def times(self, rule: str, part: str) -> int:
        """How often all scenarios together exercise a part of a rule."""
        return sum(parts.get(part, 0) for parts in self.entries[rule].values())

    def parts(self, rule: str) -> tuple[str, ...]:
        """The parts of a rule that some scenario exercises, sorted: "from door", "raised", "refused", "steps"."""
        return tuple(sorted({part for parts in self.entries[rule].values() for part in parts}))

    def to_json(self) -> str:
        """The text of the file: a line for each rule and scenario, so that a diff shows what changed."""
        lines = [
            "{",
            f'  "format": {FORMAT},',
            f'  "about": {json.dumps(ABOUT)},',
            f'  "pathway": {json.dumps(self.key.pathway)},',
            f'  "scenarios": {json.dumps(self.key.scenarios)},',
            f'  "files": {self.key.files},',
            '  "exercised": {',
        ]
        for place, (rule, files) in enumerate(self.entries.items(), 1):
            inside = [f"      {json.dumps(file)}: {json.dumps(parts)}" for file, parts in files.items()]
            body = "{\n" + ",\n".join(inside) + "\n    }" if inside else "{}"
            lines.append(f"    {json.dumps(rule)}: {body}" + ("," if place < len(self.entries) else ""))
        return "\n".join([*lines, "  }", "}", ""])

    @classmethod
    def from_json(cls, text: str) -> Index:
        """The index that `to_json` wrote. Raises `BadInput` for anything else."""
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as fault:
            raise BadInput(f"this is no index of scenarios: not JSON: {fault}") from None
        if not _is_index(data):
            raise BadInput(f"this is no index of scenarios of format {FORMAT}; draw it anew")
        return cls(Key(data["pathway"], data["scenarios"], data["files"]), data["exercised"])


def key_of(files: Iterable[Path], pathway: Pathway, root: Path) -> Key:
    """The key of an index of these files. `files` are as `scenario_files` finds them."""
    named = {name_of(file, root): file for file in files}
    found = hashlib.sha256()
    for name in sorted(named):
        content = named[name].read_bytes()
        found.update(f"{name}\0{len(content)}\0".encode())
        found.update(content)
    return Key(pathway.digest, found.hexdigest(), len(named))


def current(index: Index | None, files: Iterable[Path], pathway: Pathway, root: Path) -> bool:
    """Whether the index was made of exactly these files and this pathway. If so, no file needs to be replayed."""
    return index is not None and index.key == key_of(files, pathway, root)


def read_index(path: Path) -> Index | None:
    """The index in a file; None where it cannot be read, and must be made again."""
    try:
        return Index.from_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, BadInput):
        return None


def index_of(replays: Iterable[Replay], pathway: Pathway, root: Path) -> Index:
    """The index of the replays of all files, in any order."""
    entries: dict[str, dict[str, Counter[str]]] = {rule: {} for rule in _rules(pathway)}
    files: list[Path] = []
    for replay in sorted(replays, key=lambda done: name_of(Path(done.scenario.file), root)):
        path = Path(replay.scenario.file)
        files.append(path)
        for step in replay.steps:
            for kind, name in _once_a_state(exercised(step)):
                rule = rule_of(kind, name)
                if rule not in entries:
                    continue  # a contradiction between reports of one moment, which is no rule of the pathway
                part = _IN_STATE if kind == "states" else name.split(" ", 1)[1]
                entries[rule].setdefault(name_of(path, root), Counter())[part] += 1
    return Index(
        key_of(files, pathway, root),
        {rule: {file: dict(sorted(parts.items())) for file, parts in found.items()} for rule, found in entries.items()},
    )


def name_of(file: Path, root: Path) -> str:
    """The path of a scenario as the index writes it: from `root`, with slashes. `BadInput` where it lies elsewhere."""
    try:
        return file.absolute().relative_to(root.absolute()).as_posix()
    except ValueError:
        raise BadInput(f"{file}: lies outside {root}, where the index looks for scenarios") from None


def _once_a_state(found: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The parts that a step counts: a state once, though the step may pass it often, and a rule as often as it acts."""
    listed = list(found)
    states = dict.fromkeys(key for key in listed if key[0] == "states")
    return [*states, *(key for key in listed if key[0] != "states")]


def _rules(pathway: Pathway) -> list[str]:
    return [
        *(f"state {state.name}" for state in pathway.states),
        *(f"transition {transition.id}" for transition in pathway.transitions),
        *(f"advice {advice.id}" for advice in pathway.advice),
        *(f"order {order.id}" for order in pathway.orders),
        *(f"contradiction {contradiction.id}" for contradiction in pathway.contradictions),
    ]


def _is_index(data: Any) -> bool:
    """Whether JSON data has the whole shape of an index."""
    return (
        isinstance(data, dict)
        and data.get("format") == FORMAT
        and all(isinstance(data.get(key), str) for key in ("pathway", "scenarios"))
        and isinstance(data.get("files"), int)
        and isinstance(data.get("exercised"), dict)
        and all(
            isinstance(files, dict)
            and all(
                isinstance(parts, dict) and all(isinstance(times, int) for times in parts.values())
                for parts in files.values()
            )
            for files in data["exercised"].values()
        )
    )
