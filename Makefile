# The commands of this repository. `make run` and `make test` do everything on a fresh machine by themselves.
.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory
SHELL := /bin/bash
PY := .venv/bin/python
STEADY := $(PY) -m rasa_project.cli
UV := PATH=.tools/uv/bin:$$PATH uv
CODE := knowledge actions rasa_project
# Files of tests side by side, in order, each whole in one worker: servers and browsers are started once a worker.
PYTEST := $(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(if $(STEADY_SKIP_BROWSER),--ignore=tests/browser)

.PHONY: help setup run test test-all fuzz fuzz-talk sbom audit transcripts train build check check-sources docs lint validate chromium bench soak screenshots clean clean-all

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' Makefile
	@echo "  Settings: PORT (5005), HOST (127.0.0.1), ACTIONS_PORT (none), STEADY_HOME (.steady)"

run: setup ## Start the bot: sets up, builds and trains what is stale, prints the address; Ctrl-C stops it
	@STEADY_STOP_WITH_PARENT=1 exec $(STEADY) run

test: setup lint check train validate chromium ## Check everything: style, types, imports, pack, dialogue, all tests
	@$(PYTEST)

test-all: setup lint check train validate chromium ## The same, with every path through the questions and 5,000 random turns
	@$(PYTEST) --whole

fuzz-talk: setup train ## Send 5,000 random turns in 200 conversations
	@$(PY) -m pytest --whole -s tests/fuzz

fuzz: setup train ## Give more than 100,000 made-up inputs to every parser, and requests to the real server
	@$(PY) -m pytest --whole -s tests/fuzz/test_parsers.py tests/security/test_description.py

setup: ## Install uv, Python and the locked packages, where missing
	@scripts/bootstrap.sh

build: setup ## Compile the pack into SQLite
	@$(STEADY) build

check: setup ## Check the pack's facts, texts and sources
	@$(STEADY) check

docs: setup ## Draw the questions and write the fact-check book into docs/, from the pack as it is now
	@$(STEADY) docs

check-sources: setup ## Visit the owners' own pages: which still show their number, which changed
	@$(STEADY) check-sources

train: setup ## Train the model, if none fits the files as they are now
	@$(STEADY) train

validate: setup ## Let Rasa check domain, rules and training data against each other
	@$(STEADY) validate

sbom: setup ## Write the inventory of all packages (.steady/sbom.json, CycloneDX) from uv.lock
	@$(UV) export --frozen --quiet --format cyclonedx1.5 > .steady/sbom.json && echo .steady/sbom.json

audit: setup ## Ask PyPI's advisories about the packages of uv.lock
	@$(UV) export --frozen --quiet --no-dev --no-emit-project > .steady/requirements.txt
	@$(UV) tool run pip-audit --requirement .steady/requirements.txt --no-deps --disable-pip

lint: setup ## Check style (ruff), types (mypy) and the import rule (import-linter)
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@$(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()' --no-cache --no-logo

chromium: ## Install Chromium and Chinese fonts for the browser tests, where missing (needs root)
	@scripts/chromium.sh

bench: setup train ## Measure start-up, memory, turn times, load and understanding
	@$(PY) -m benchmarks.understanding_report
	@$(PY) -m benchmarks --write

soak: setup train ## Half an hour of half the load it can bear: errors, and whether memory grows
	@$(PY) -m benchmarks.soak

screenshots: setup train chromium ## Make the pictures in docs/, and every page in every look in .steady/screenshots
	@$(PY) -m benchmarks.screenshots --every .steady/screenshots

transcripts: setup train ## Write the conversations in docs/transcripts anew
	@$(PY) -m benchmarks.transcripts

clean: ## Delete what was generated: pack, models, logs, caches (the conversations in .steady/data stay)
	@rm -rf .steady/pack .steady/models .steady/logs .rasa .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
	@find $(CODE) tests -name __pycache__ -type d -prune -exec rm -rf {} +

clean-all: clean ## Delete the conversations and the installed tools and packages as well
	@rm -rf .steady .venv .tools
