# Every target does its own set-up: a virtual environment in .venv with pinned dependencies, no system package.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready

.PHONY: demo draw generated test test-full attack lint bench pins licences audit clean

demo: $(READY)
	@$(BIN)/pathway demo
	@echo
	@echo "The same child's way, drawn:"
	@$(BIN)/pathway draw --case scenarios/source/index-case.toml --to build/demo

draw: $(READY)
	@$(BIN)/pathway draw

# The digest and the compiled functions of the definition as Python source; a test says when they are out of date.
generated: $(READY)
	$(BIN)/python -m pathway.cli.generate

test: lint
	$(BIN)/pytest -n 2 --dist loadgroup

test-full: $(READY)
	PATHWAY_TEST_FULL=1 $(BIN)/pytest -n 2 tests/test_properties.py tests/reference tests/model/test_new_kinds.py \
		tests/run/test_folded_whole.py tests/verify/test_seeded_faults.py \
		tests/verify/test_symbolic_state.py tests/cli/test_verify.py \
		'tests/test_readme.py::test_every_command_of_the_readme_works[pathway verify]' \
		tests/store/test_kills.py tests/store/test_fuzz.py \
		tests/draw/test_page_on_devices.py::test_axe_finds_no_word_that_is_hard_to_read \
		tests/store/test_audit.py::test_any_single_byte_changed_in_any_entry_is_found_and_the_entry_is_named \
		tests/store/test_audit.py::test_any_byte_changed_in_the_file_within_an_entry_is_found_and_the_entry_named \
		tests/store/test_trouble.py::test_eight_writers_lose_nothing_and_double_nothing
	$(BIN)/pathway scenarios generate --check
	$(BIN)/pathway mutate

# The store under attack, with the full counts: the figures in its README.
attack: $(READY)
	PATHWAY_TEST_FULL=all $(BIN)/pytest -n 2 tests/store tests/cli/test_hostile.py

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY)
	$(BIN)/python benchmarks/record.py
	$(BIN)/python benchmarks/growth.py
	$(BIN)/python benchmarks/start.py
	$(BIN)/python benchmarks/draw.py
	$(BIN)/python benchmarks/store.py
	$(BIN)/python benchmarks/store.py --import 200000
	$(BIN)/python benchmarks/worklist.py

# Every file that is installed must have a hash that constraints.txt gives; then the project itself, built by what is there.
$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or later is needed; set PYTHON=/path/to/python3.11" if sys.version_info < (3, 11) else 0)'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

# Work out constraints.txt anew, for all platforms: pins stay where they fit. UPGRADE=--upgrade raises all of them.
pins:
	$(PYTHON) -m venv build/pins
	build/pins/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	build/pins/bin/uv pip compile --quiet --universal --python-version 3.11 --all-extras --generate-hashes --no-annotate \
		--no-emit-index-url --no-emit-find-links --custom-compile-command 'make pins' $(UPGRADE) \
		--output-file constraints.txt pyproject.toml

# What is installed with this project, and what it is developed with: name, version, licence.
licences: $(READY)
	@$(BIN)/python -m tests.dependencies.licences

# Known vulnerabilities of what constraints.txt pins. Where the database cannot be reached a line says so.
audit: $(READY)
	@$(BIN)/python -m tests.dependencies.audit

clean:
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
