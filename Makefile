# make help lists what there is. Everything runs in .venv/, which is made when it is needed.

.DEFAULT_GOAL := help
.PHONY: help demo run test test-recorded bench check cases docs requirements clean

# The first Python that is new enough.
PYTHON ?= $(shell for python in python python3 python3.13 python3.12; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes

help: ## List the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 24

demo: .venv/ready ## Sync a simulated account and look at the result
	@GARMINSYNC_HOME=var/demo $(BIN)/python manage.py demo

run: .venv/ready ## Serve the API and the pages on http://127.0.0.1:8000
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/gunicorn garminsync.wsgi

test: .venv/ready-dev ## Run the tests, on SQLite and on PostgreSQL
	@echo "On SQLite:" && $(BIN)/python -m pytest
	@echo "On PostgreSQL:" && ENGINE=postgresql $(BIN)/python -m pytest

# Where recorded answers and FIT files lie: json/ENDPOINT/*.json and fit/*.
DIR ?= ../shared/recorded

test-recorded: .venv/ready-dev ## Run the recordings in DIR=... through the readers
	@$(BIN)/python -m tests.recorded "$(DIR)"

bench: .venv/ready-dev ## Measure what a sync costs, into docs/benchmarks.md (a quarter of an hour)
	@$(BIN)/python -m tests.bench

check: .venv/ready-dev ## Lint, types, imports, migrations, docs/datasets.md
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@GARMINSYNC_HOME=$$(mktemp -d) $(BIN)/python manage.py makemigrations --check --dry-run
	@GARMINSYNC_HOME=$$(mktemp -d) $(BIN)/python manage.py datasets | diff -u docs/datasets.md - || \
		{ echo "docs/datasets.md is not what the table of datasets says: make docs"; exit 1; }

cases: .venv/ready-dev ## Print which cases of the field have a test
	@$(BIN)/python -m tests.cases

docs: .venv/ready ## Write docs/datasets.md from the table of datasets
	@GARMINSYNC_HOME=$$(mktemp -d) $(BIN)/python manage.py datasets > docs/datasets.md

requirements: .venv/ready-dev ## Pin the newest versions again
	@$(INSTALL:--require-hashes=) uv
	@$(BIN)/uv pip compile -q --upgrade --generate-hashes --no-header pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile -q --upgrade --generate-hashes --no-header --extra dev pyproject.toml -o requirements-dev.txt

clean: ## Remove .venv/ (never your data in var/)
	@rm -rf .venv

.venv/ready: requirements.txt
	@test -n "$(PYTHON)" || { echo "garminsync needs Python 3.12 or newer; install it, or name it: make PYTHON=/path/to/python"; exit 1; }
	@test -x $(BIN)/python || { echo "Setting up .venv (once) ..."; $(PYTHON) -m venv .venv; }
	@$(INSTALL) -r requirements.txt
	@touch $@

.venv/ready-dev: requirements-dev.txt
	@test -n "$(PYTHON)" || { echo "garminsync needs Python 3.12 or newer; install it, or name it: make PYTHON=/path/to/python"; exit 1; }
	@test -x $(BIN)/python || { echo "Setting up .venv (once) ..."; $(PYTHON) -m venv .venv; }
	@$(INSTALL) -r requirements-dev.txt
	@touch $@ .venv/ready
