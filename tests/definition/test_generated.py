"""The generated package: current, the same functions, and never used for another pathway or other sources."""

from __future__ import annotations

import ast
import copy
import os
import pickle
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve, fields

import pathway
from pathway import PATHWAY
from pathway.cli.generate import FOLDER, content
from pathway.definition import generated as ready_package
from pathway.definition.reference import REFERENCE
from pathway.model.canonical import from_json, to_json, with_changes
from pathway.model.canonical_data import digest_of
from pathway.model.errors import DefinitionError
from pathway.model.facts import Choice
from pathway.model.guards import Compare
from pathway.model.parts import Parts
from pathway.model.pathway import Pathway
from pathway.model.ready import Ready, fingerprint, ready_from
from pathway.run.compile import ENGINE, Compiler
from pathway.run.functions import Functions
from pathway.run.generate import generated, literal
from pathway.run.layout import Layout
from tests.children import NINE
from tests.readings import some_record
from tests.small.pathways import ANKLE

PACKAGE = Path(pathway.__file__).parent
RECORDS = 40


def test_the_generated_package_is_current():
    written = {file.name: file.read_text() for file in FOLDER.glob("*.py")}
    assert written == content(), "run `make generated`"


def test_the_pathway_of_the_definition_is_ready_and_its_digest_is_the_digest_of_its_text():
    assert PATHWAY.ready is not None
    assert PATHWAY.digest == PATHWAY.ready.digest == digest_of(PATHWAY)


def test_every_ready_function_answers_as_the_function_compiled_afresh():
    fresh = Fresh()
    assert set(fresh.made_now) == set(PATHWAY.ready.places)
    for seed in range(RECORDS):
        for name, function in fresh.made_now.items():
            one, two = some_record(seed), some_record(seed)
            for record in (one, two):
                record.at, record.day = NINE, seed
                record.latched, record.met_on = [], dict.fromkeys(range(fresh.here.layout.size), seed - 1)
            assert PATHWAY.ready.function(name)(one) == function(two), name
            assert (one.episode, one.latched, one.met_on) == (two.episode, two.latched, two.met_on), name


class Fresh(Compiler):
    """Compiles everything that is ready, without what is ready."""

    def __init__(self) -> None:
        super().__init__(PATHWAY, Layout(PATHWAY))
        self._ready = None
        self.made_now = {}
        functions = Functions(PATHWAY, self.here.layout, self)
        functions.latches()
        for kind in PATHWAY.events:
            functions.latches_after(kind)
            functions.contradicted_by(kind)
        for state in PATHWAY.states:
            functions.advise(state.name)
            for kind in PATHWAY.events:
                functions.advise_after(kind, state.name)
            functions.awaits(state.name)
            functions.revised(state.name)
        for rule in PATHWAY.transitions:
            functions.way(rule)
            functions.hopeless(rule)
        for guard in self.guards():
            functions.guard(guard)

    def guards(self):
        yield PATHWAY.scope
        for kind in PATHWAY.events:
            yield from (kind.authority.when, kind.authority.on, kind.authority.clears) if kind.authority else ()
        for rule in PATHWAY.transitions:
            yield rule.when
        for one in PATHWAY.advice:
            yield from (guard for guard in (one.when, one.until, one.lapses) if guard is not None)
        for order in PATHWAY.orders:
            asked = (order.refused, order.permitted, order.asks, order.matters)
            yield from (guard for guard in asked if guard is not None)
            if order.act is not None:
                yield order.act_when
        yield from (note.when for note in PATHWAY.notes if note.when is not None)

    def made(self, name, lines):
        self.made_now[name] = super().made(name, lines)
        return self.made_now[name]


@pytest.mark.parametrize(
    "made",
    [
        lambda: evolve(PATHWAY),
        lambda: evolve(PATHWAY, title="Another title"),
        lambda: PATHWAY.with_reference(REFERENCE),
        lambda: from_json(to_json(PATHWAY)),
        lambda: with_changes(PATHWAY, banner="Another banner."),
    ],
    ids=["evolved", "retitled", "reference", "json", "changed"],
)
def test_no_other_pathway_gets_what_is_ready_not_even_an_equal_one(made):
    other = made()
    assert other.ready is None
    assert Compiler(other, Layout(other))._ready is None
    assert other.digest == digest_of(other)


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])
def test_a_copy_of_the_pathway_is_the_pathway_itself(copied):
    assert copied(PATHWAY) is PATHWAY


def test_a_guard_made_elsewhere_is_compiled_although_an_equal_guard_is_ready():
    functions = Functions(PATHWAY, Layout(PATHWAY), Compiler(PATHWAY, Layout(PATHWAY)))
    ours = PATHWAY.transitions[0].when
    assert functions.number(ours) is not None
    assert functions.number(copy.deepcopy(ours)) is None


def test_parts_that_are_not_ready_are_checked():
    values = {name: getattr(PATHWAY, name) for name in (one.name for one in fields(Parts))}
    with pytest.raises(DefinitionError):
        Pathway.of(Parts(**{**values, "initial": "nowhere"}))


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """A copy of the package, for edits."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(PACKAGE, folder / "pathway", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def answers(folder: Path, code: str, **settings: str) -> str:
    """What the code prints with the package in that folder."""
    settings = {"PYTHONDONTWRITEBYTECODE": "1", **settings, "PYTHONPATH": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", f"from pathway import PATHWAY\n{code}"], cwd=folder, capture_output=True, text=True,
        env=settings, check=False,
    )  # fmt: skip
    return done.stdout.strip() + (done.stderr.strip().splitlines() or [""])[-1]


ADVISED = """
from datetime import date, datetime, timezone
from pathway import Case
from pathway.run.compile import Compiler
from pathway.run.layout import Layout
case = Case(PATHWAY, born=date(2024, 12, 22))
case.record(PATHWAY.event("blood_count_reported", wbc="2.5 10*9/L", anc="0.7 10*9/L", alc="1.4 10*9/L"),
            at=datetime(2026, 1, 22, 9, tzinfo=timezone.utc))
from pathway.model.canonical_data import digest_of
plan = case.plan(at=datetime(2026, 1, 22, 9, tzinfo=timezone.utc))
print(PATHWAY.ready is not None, Compiler(PATHWAY, Layout(PATHWAY))._ready is not None, case.state, bool(plan.scope),
      PATHWAY.digest == digest_of(PATHWAY))
"""


class Edit:
    """Puts other words into a file, for the time of a test."""

    def __init__(self, file: Path, old: str, new: str) -> None:
        self.file, self.text = file, file.read_text()
        assert self.text.count(old) >= 1
        file.write_text(self.text.replace(old, new))

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        self.file.write_text(self.text)


def test_a_copy_of_the_package_is_ready_until_its_sources_are_edited(copied):
    assert answers(copied, ADVISED) == "True True referral False True"
    with Edit(copied / "pathway/definition/workup.py", '"referral",\n', '"referred",\n'):
        assert "unknown state 'referred'" in answers(copied, ADVISED), "an edit is checked"
    with Edit(copied / "pathway/definition/__init__.py", "(AGE >= 12)", "(AGE >= 14)"):
        assert answers(copied, ADVISED) == "False False referral True True", "the child is now outside the scope"
    with Edit(copied / "pathway/definition/facts.py", "\n", "\r\n"):
        assert answers(copied, ADVISED) == "True True referral False True", "other line ends are no other source"
    with Edit(copied / "pathway/model/rails.py", '"""', '""" '):
        assert answers(copied, ADVISED) == "False False referral False True"
    with Edit(copied / "pathway/run/compile.py", "_OPS = {", "_OPS  = {"):
        assert answers(copied, ADVISED) == "True False referral False True", (
            "functions that another engine wrote are not used"
        )
    assert answers(copied, ADVISED) == "True True referral False True"


def test_a_source_written_after_its_bytecode_is_no_proof_of_what_runs(copied, tmp_path):
    """Python runs old bytecode where an edit within the same second keeps the size: the source then proves nothing."""
    file, warm = copied / "pathway/definition/__init__.py", {"PYTHONPYCACHEPREFIX": str(tmp_path)}
    shown = "print(PATHWAY.ready is not None, PATHWAY.title)"
    with Edit(file, "Leukopenia work-up in a small child", "Leukopenia work-up in a SMALL child"):
        was = file.stat()
        assert answers(copied, shown, PYTHONDONTWRITEBYTECODE="", **warm) == "False Leukopenia work-up in a SMALL child"
    os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))  # the source is as it was, and Python does not notice
    for bytecode in tmp_path.rglob("*.pyc"):
        os.utime(bytecode, ns=(was.st_mtime_ns - 1, was.st_mtime_ns - 1))
    assert answers(copied, shown, **warm) == "False Leukopenia work-up in a SMALL child"


@pytest.mark.parametrize("fault", ["", "SOURCES = (", "SOURCES = 'x'", "raise ImportError"])
def test_a_generated_package_that_is_missing_empty_or_broken_is_as_if_there_were_none(copied, fault):
    file = copied / "pathway/definition/generated/__init__.py"
    with Edit(file, file.read_text(), fault):
        assert answers(copied, ADVISED) == "False False referral False True"


def test_a_module_without_a_source_that_can_be_read_has_no_fingerprint(monkeypatch):
    assert fingerprint(ENGINE) == PATHWAY.ready.engine
    assert fingerprint(["pathway.no_such_module"]) is None
    assert fingerprint(["no_such_package.module"]) is None
    assert fingerprint(["sys"]) is None
    monkeypatch.setattr(sys.modules["pathway.run.layout"].__spec__, "origin", "layout.pyc")
    assert fingerprint(ENGINE) is None
    assert Compiler(PATHWAY, Layout(PATHWAY))._ready is None


def test_every_source_of_the_definition_and_of_the_model_is_in_the_fingerprint(monkeypatch):
    for package in ("definition", "model"):
        for file in (PACKAGE / package).glob("*.py"):
            name = f"pathway.{package}.{file.stem}".removesuffix(".__init__")
            assert name in ready_package.MODULES or name == "pathway.model"
    monkeypatch.setattr(ready_package, "SOURCES", "0" * 64)
    assert ready_from("pathway.definition.generated") is None


HOSTILE = '\'""")\nimport os\nos.abort()  # '


def test_no_word_of_a_definition_becomes_code():
    """Names of states and advice, options and versions stand in the source as text constants and nowhere else."""
    small = ANKLE
    names = {state.name: f"{state.name}{HOSTILE}" for state in small.states}
    states = tuple(evolve(state, name=names[state.name]) for state in small.states)
    files = {"__init__.py": "", **_written(small, states, names)}
    for text in files.values():
        for node in ast.parse(text).body:
            assert isinstance(node, ast.Expr | ast.ImportFrom | ast.Assign | ast.FunctionDef)
            if isinstance(node, ast.ImportFrom):
                assert node.module == "decimal"
        assert not [one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.Import)]
    assert any("os.abort" in text for text in files.values()), "the words are there, as constants"


def _written(small, states, names):
    """The files for parts with hostile names, which no check would let through."""
    parts = Pathway.of(small, Ready("", "", "", {}))
    changes = {
        "states": states,
        "initial": names[small.initial],
        "transitions": tuple(
            evolve(one, id=f"{one.id}{HOSTILE}", sources=tuple(names[name] for name in one.sources),
                   target=names[one.target])
            for one in small.transitions
        ),
    }  # fmt: skip
    for name, value in changes.items():
        object.__setattr__(parts, name, value)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("pathway.run.generate.faults_of", lambda _: [])
        return generated(parts, ["pathway.definition"])


def test_a_pathway_with_faults_is_not_written():
    parts = Pathway.of(ANKLE, Ready("", "", "", {}))
    object.__setattr__(parts, "initial", "nowhere")
    with pytest.raises(DefinitionError):
        generated(parts, ["pathway.definition"])


class Text(str):
    """A text that says something else of itself."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "os.abort()"


@pytest.mark.parametrize("value", [Text("a"), (Text("a"),), 1.5, True, None, Decimal("NaN"), Choice("a", "b", ("c",))])
def test_only_constants_of_checked_types_are_written(value):
    with pytest.raises(TypeError):
        literal(value)


@pytest.mark.parametrize("value", ["ä\n'\"", Decimal("1E-7"), ("a",), (), frozenset({"b", "a"}), frozenset()])
def test_a_constant_is_written_as_it_is(value):
    assert eval(literal(value), {"Decimal": Decimal}) == value


def test_a_comparison_by_another_sign_is_not_compiled():
    compiler = Compiler(ANKLE, Layout(ANKLE))
    with pytest.raises(KeyError):
        compiler.guard(Compare(ANKLE.facts[0].name, "!= 0 or", Decimal(1)))
