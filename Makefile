# Every target sets up .venv by itself: with uv where it is installed, else with venv and pip.
.DEFAULT_GOAL := help
.PHONY: help run test check format bench manual docs-pictures constraints clean

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.orgkb-ready
PYTHON ?= python3
ARGS ?=

help: ## list these targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

run: $(READY) ## build the notes in input/ into output/ (ARGS="--to anki" and the like are passed on)
	$(BIN)/orgkb build $(ARGS)

test: $(READY) ## run all tests, with coverage
	$(BIN)/pytest -n auto --cov --cov-report=term:skip-covered $(ARGS)

check: $(READY) ## lint, format, types, arrows between the rooms
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY) ## bring the code into shape
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: $(READY) ## measure orgkb beside its peers into docs/benchmarks.md (ARGS="--runs 5 Reading" and the like are passed on)
	$(BIN)/python benchmarks/run.py --write docs/benchmarks.md $(ARGS)

manual: $(READY) ## make the manual page and the completion of shells anew, in share/
	$(BIN)/python -m orgkb.cli.manual share

docs-pictures: $(READY) ## make the pictures of the documentation anew (needs Chromium and pdftoppm)
	@for file in docs/pictures/[a-z]*.py; do echo "== $$file"; $(BIN)/python "$$file" || exit 1; done

constraints: ## pin the newest versions in constraints.txt (needs uv)
	uv pip compile --quiet --upgrade --universal --no-header --no-annotate --group dev pyproject.toml -o constraints.txt

clean: ## remove the environment and caches (not output/)
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage* htmlcov dist build
	find . -name __pycache__ -prune -exec rm -rf {} +

$(READY): pyproject.toml constraints.txt
	@PYTHON="$(PYTHON)" VENV="$(VENV)" sh .ci/setup
	@touch $@
