# CTG Engine. `make demo` shows it, `make test` proves it; only make and python3-venv (3.11 or later) are assumed.

PYTHON ?= python3
PORT   ?= 8000
ARGS   ?=
# Tests share the processors there are; a number of your own: make test JOBS=2
JOBS   ?= auto

VENV   := .venv
BIN    := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest
SPREAD := -n $(JOBS) --dist worksteal
CODE   := ctg_engine api workflows projections domain

# Sources are compiled once: not by each of the hundred processes of a run, whatever the machine's setting.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test test-all check format bench screenshots lock system-packages

help: ## What can be asked of make
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1	\2/p' $(MAKEFILE_LIST) | expand -t 18

demo: $(VENV)/.runtime ## Tell the demonstration and serve it on 127.0.0.1 (PORT=8000, ARGS=--fresh retells)
	@$(BIN)/ctg demo --port $(PORT) $(ARGS)

test: $(VENV)/.dev system-packages ## The tests a change needs, in minutes (ARGS go to pytest)
	$(PYTEST) $(SPREAD) -m "not browser and not promises and not slow" $(ARGS)

# Everything. A test that is skipped for want of PostgreSQL or Chromium fails here, and so does a step that finds no test.
test-all: export CTG_REQUIRE_ALL = 1
test-all: ## make test, then the specification over HTTP and on PostgreSQL, browser and slow tests, fault tests
	$(MAKE) test
	$(PYTEST) $(SPREAD) tests/specification --through=http
	$(PYTEST) $(SPREAD) tests/specification --store=postgresql
	$(PYTEST) $(SPREAD) -m "(browser or slow) and not promises"
	$(PYTEST) $(SPREAD) -m promises

check: $(VENV)/.dev ## Style, types, architecture, dependencies, templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/deptry $(CODE)
	$(BIN)/python .ci/compile_templates.py

format: $(VENV)/.dev ## Put the sources in the house's form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev system-packages ## The figures, measured here and now, all or some (ARGS="append tail")
	$(BIN)/python -m benchmarks $(ARGS)

screenshots: $(VENV)/.dev system-packages ## Make the pictures of the README again, in docs/images
	$(PYTEST) -m browser tests/browser/test_screenshots.py --screenshots

# The lists name versions and hashes, never an address: each house fetches them where it wants.
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-annotate --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" --group build
lock: $(VENV)/.dev ## Pin every dependency again (ARGS=--upgrade for newer ones)
	$(COMPILE) $(ARGS) --output-file requirements.txt
	$(COMPILE) $(ARGS) --group dev --constraint requirements.txt --output-file requirements-dev.txt
	@! grep -nE '://|file:|^--(index|extra|find)' requirements.txt requirements-dev.txt

system-packages:
	@.ci/system-packages

$(VENV)/.runtime: requirements.txt pyproject.toml .ci/install
	@PYTHON=$(PYTHON) .ci/install $(VENV) requirements.txt
	@touch $@

$(VENV)/.dev: requirements-dev.txt pyproject.toml .ci/install
	@PYTHON=$(PYTHON) .ci/install $(VENV) requirements-dev.txt
	@touch $(VENV)/.runtime $@
