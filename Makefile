# The front door: `make help` lists what there is.

SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PORT ?= 8080
KEEP ?=
BIN := .venv/bin
READY := .venv/.ready
TESTS ?= tests/unit tests/contract tests/integration tests/e2e

.PHONY: help setup run stop test lint bench messages openapi lock

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: $(READY) ## what the other targets need, into .venv (they call it themselves)

$(READY): requirements.txt
	@command -v $(PYTHON) >/dev/null || { \
	  echo "$(PYTHON) is missing: apt-get install python3 python3-venv, or https://python.org"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Python 3.11 or newer is needed, this is $$($(PYTHON) -V): make setup PYTHON=python3.13"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { \
	  echo "Python's venv module is missing: apt-get install python3-venv"; exit 1; }
	@echo "Installing requirements.txt into .venv"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

# The functions read the compiled translations, which git does not hold.
CATALOGUES := build/.catalogues
$(CATALOGUES): $(READY) $(wildcard shared/text/locales/*/LC_MESSAGES/*.po)
	@mkdir -p build
	@$(BIN)/python -m infra.messages compile
	@touch $@

run: $(CATALOGUES) ## the whole of Sellin on this machine (PORT=8080; KEEP=1 goes on with the last run's data)
	@exec $(BIN)/python -m emulators.local --port $(PORT) $(if $(KEEP),--keep)

stop: $(READY) ## ends what `make run` started
	@$(BIN)/python -m emulators.local.stop

test: $(CATALOGUES) ## all tests (TESTS=tests/unit for some)
	@$(BIN)/python -m pytest -n 2 $(wildcard $(TESTS))

lint: $(READY) ## style, types, layers, translations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy .
	@$(BIN)/lint-imports
	@$(BIN)/python -m infra.messages check
	@if [ ! -d terraform ]; then true; \
	elif command -v terraform >/dev/null; then terraform fmt -check -recursive terraform; \
	else echo "terraform/ is not checked: terraform is missing (https://developer.hashicorp.com/terraform/install)"; fi

bench: $(CATALOGUES) ## the budgets, counted and measured, as a table
	@$(BIN)/python -m pytest -q -s tests/bench

messages: $(READY) ## extracts, checks and compiles the translations
	@$(BIN)/python -m infra.messages update
	@$(BIN)/python -m infra.messages check
	@$(BIN)/python -m infra.messages compile

openapi: $(READY) ## writes every service's OpenAPI document to build/openapi/
	@$(BIN)/python -m infra.openapi build/openapi

lock: $(READY) ## pins all that the functions install, with hashes, after a change of requirements
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --annotation-style line -c requirements.txt functions/*/requirements.txt -o infra/requirements.lock
