"""Files that another program wrote: a byte order mark is skipped, and a key that stands twice is refused."""

from __future__ import annotations

import json

import pytest

from pathway import PATHWAY
from pathway.cli.drive.files import KeptFile
from pathway.model.canonical import to_json
from pathway.store.store import Store
from tests.children import BORN, INDEX_COUNT, NINE, told
from tests.cli.terminal import INDEX, pathway
from tests.cli.test_reference import SITE

MARK = "\ufeff"
OTHER = to_json(PATHWAY).replace(f'"version":"{PATHWAY.version}"', '"version":"0.9.0"')
TWICE = to_json(PATHWAY).replace('{"format":1,', '{"format":1,"format":1,')


@pytest.fixture
def url(tmp_path) -> str:
    """A store with one case."""
    name = str(tmp_path / "cases.db")
    with Store(name, PATHWAY) as store:
        store.open_case("C1", born=BORN, by="ward", now=NINE).record(INDEX_COUNT, at=NINE, by="ward", now=NINE)
    return name


def written(folder, text, name="file.json") -> str:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return str(file)


# --- a byte order mark ----------------------------------------------------------------------------------------------


def test_a_reference_table_may_begin_with_a_byte_order_mark(tmp_path):
    plain, marked = (written(tmp_path, text, name) for text, name in ((SITE, "a.toml"), (MARK + SITE, "b.toml")))
    assert pathway(*INDEX, "--reference", marked) == pathway(*INDEX, "--reference", plain)


def test_a_frozen_version_may_begin_with_a_byte_order_mark(tmp_path, url):
    words = ("migrate", "C1", "--store", url, "--json", "--to")
    plain, marked = (pathway(*words, written(tmp_path, text)) for text in (OTHER, MARK + OTHER))
    assert plain.code == 0 and marked == plain


def test_an_import_may_begin_with_a_byte_order_mark(tmp_path, url):
    lines = pathway("case", "export", "--store", url).out
    words = ("case", "import", written(tmp_path, MARK + lines), "--json", "--store", str(tmp_path / "other.db"))
    assert pathway(*words).data["new"] == 2
    assert pathway("case", "import", written(tmp_path, MARK + OTHER), "--json", "--store", url).data["versions"] == 1


def test_a_log_may_begin_with_a_byte_order_mark(tmp_path):
    text = told(INDEX_COUNT).to_json()
    marked = written(tmp_path, MARK + text)
    assert KeptFile(marked, "log").text() == text
    assert pathway("draw", "--case", marked, "--to", str(tmp_path / "way")).code == 0


# --- a key that stands twice ----------------------------------------------------------------------------------------


def test_a_frozen_version_with_a_key_twice_is_no_version(tmp_path, url):
    file = written(tmp_path, TWICE)
    done = pathway("migrate", "C1", "--to", file, "--store", url)
    said = "this is no pathway: the key 'format' stands twice in one object; it may stand there once"
    assert (done.code, done.out, done.faults) == (2, "", [f"to: {file}: {said}"])


def test_an_import_with_a_key_twice_is_refused_by_line_and_nothing_is_imported(tmp_path, url):
    lines = pathway("case", "export", "--store", url).out.splitlines()
    entry = json.loads(lines[2])["entry"]
    for place, wrong in (
        ("", lines[2].replace('"sequence":0', '"sequence":7,"sequence":0')),
        ("body: ", json.dumps({"entry": entry | {"body": entry["body"].replace("{", '{"born":"2020-01-01",')}})),
    ):
        file = written(tmp_path, "\n".join([*lines[:2], wrong, *lines[3:]]))
        done = pathway("case", "import", file, "--store", str(tmp_path / "new.db"))
        (fault,) = done.faults
        assert done.code == 2 and fault.startswith(f"{file}: line 3: {place}the key '") and "stands twice" in fault
    assert pathway("case", "list", "--all", "--json", "--store", str(tmp_path / "new.db")).data["cases"] == []


# --- files without end, and too deep --------------------------------------------------------------------------------

ENDLESS = "/dev/zero: it has more than 16,777,216 bytes, and no file of this kind needs so many"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("verify", "--pathway", "/dev/zero"), ENDLESS),
        (("draw", "--case", "/dev/zero"), f"{ENDLESS}; give a scenario (.toml) or the log of a case"),
        ((*INDEX, "--reference", "/dev/zero"), f"reference: {ENDLESS}"),
    ],
    ids=lambda words: " ".join(words)[:20],
)
def test_a_file_without_end_is_refused_in_a_line(words, said):
    done = pathway(*words)
    assert (done.code, done.out, done.faults) == (2, "", [said])


def test_a_version_without_end_is_refused_in_a_line(url):
    done = pathway("migrate", "C1", "--to", "/dev/zero", "--store", url)
    assert (done.code, done.out, done.faults) == (2, "", [f"to: {ENDLESS}; 'pathway freeze' writes one"])


def test_a_scenario_that_is_too_deep_is_refused_in_a_line(tmp_path):
    file = written(tmp_path, "a = " + "[" * 10_000, "deep.toml")
    done = pathway("replay", file)
    assert done.code == 2 and "brackets stand more than 100 deep in each other" in " ".join((done.out, *done.faults))


def test_a_definition_whose_conditions_double_costs_a_line(tmp_path, url):
    data = json.loads(to_json(PATHWAY))
    listed = data["pathway"]["conditions"]
    listed.append({**listed[0], "name": "double_0", "guard": ["known", "anc", "episode"]})
    for number in range(1, 40):
        guard = ["all", [["named", f"double_{number - 1}", "episode"]] * 2]
        listed.append({**listed[0], "name": f"double_{number}", "guard": guard})
    file = written(tmp_path, json.dumps(data))
    for words, lead in (
        (("migrate", "C1", "--store", url, "--to", file), f"to: {file}"), (("verify", "--pathway", file), file),
        (("case", "import", file, "--store", url), f"{file}: line 1"),
    ):  # fmt: skip
        done = pathway(*words)
        assert done.code == 2 and done.out == ""
        assert done.faults[0].startswith(f"{lead}: this is no pathway: condition double_")


HOSTILE = "x'); raise SystemExit(3) #"


def test_a_state_whose_name_is_python_is_refused_by_every_command_that_reads_a_version(tmp_path, url):
    state = PATHWAY.states[0].name
    file = written(tmp_path, to_json(PATHWAY).replace(f'"{state}"', json.dumps(HOSTILE)))
    for words in (
        ("migrate", "C1", "--store", url, "--to", file), ("case", "import", file, "--store", url),
        ("verify", "--pathway", file),
    ):  # fmt: skip
        done = pathway(*words)
        assert done.code == 2 and done.out == ""
        assert any("is no identifier; write 1 to 80 letters" in line for line in done.faults)
