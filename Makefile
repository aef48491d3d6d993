# The front door: `make help` lists what there is.

SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
PORT ?= 8080
SYSTEM ?= ecc_eu
KEEP ?=
BIN := .venv/bin
ALL_TESTS := tests/unit tests/stored tests/contract tests/integration tests/e2e
TESTS ?= $(ALL_TESTS)
PORTAL := web/dist/index.html
export PATH := $(CURDIR)/.venv/programs:$(PATH)

# What each target needs beside Python; infra/setup gets it where the machine lacks it.
AT_PORTAL = $(filter tests tests/ tests/e2e tests/e2e/ tests/e2e/portal%,$(TESTS))
NEEDS = $(sort $(foreach goal,$(MAKECMDGOALS),$(NEEDS_$(goal))))
NEEDS_run := emulators
NEEDS_test = caddy node $(if $(filter-out tests/unit%,$(TESTS)),emulators) $(if $(AT_PORTAL),browser)
NEEDS_unit := caddy node
NEEDS_bench := emulators browser
NEEDS_campaign := emulators
NEEDS_screenshots := emulators browser
NEEDS_web := node
NEEDS_lint := node
NEEDS_fmt := node
NEEDS_audit := node
NEEDS_$(PORTAL) = node

.PHONY: help setup run web stop test unit lint fmt bench campaign screenshots messages openapi versions lock sap-check package deploy smoke checkov audit

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## what the other targets need (they call it themselves; NEEDS="emulators browser caddy" for all)
	@command -v $(PYTHON) >/dev/null || { \
	  echo "$(PYTHON) is missing: apt-get install python3 python3-venv, or https://python.org"; exit 1; }
	@$(PYTHON) -m infra.setup $(NEEDS)

# The functions read the compiled translations, which git does not hold.
CATALOGUES := build/.catalogues
$(CATALOGUES): $(wildcard shared/text/locales/*/LC_MESSAGES/*.po) | setup
	@mkdir -p build
	@$(BIN)/python -m infra.messages compile
	@touch $@

# The portal's packages and its built files; git holds neither.
PORTAL_READY := web/node_modules/.ready
$(PORTAL_READY): web/package-lock.json | setup
	@echo "Installing the portal's packages into web/node_modules"
	@npm --prefix web ci --no-audit --no-fund --loglevel=error
	@touch $@

$(PORTAL): $(PORTAL_READY) $(shell find web -path web/node_modules -prune -o -path web/dist -prune -o -path web/src/api/schema -prune -o -type f -print) shared/text/languages.json infra/functions.json
	@echo "Building the portal"
	@mkdir -p build
	@npm --prefix web run --silent build >build/portal.log 2>&1 || { cat build/portal.log; exit 1; }
	@node infra/images/compress.mjs web/dist
	@touch $@

run: $(CATALOGUES) $(PORTAL) ## the whole of Sellin on this machine (PORT=8080; SYSTEM=s4_na for the American demo; KEEP=1 goes on with the last run's data)
	@exec $(BIN)/python -m emulators.local --system $(SYSTEM) --port $(PORT) $(if $(KEEP),--keep)

web: $(PORTAL_READY) ## the portal with hot reload, beside a running `make run` (SELLIN_URL=… names another)
	@npm --prefix web run --silent dev

stop: setup ## ends what `make run` started (SYSTEM=s4_na only that one)
	@$(BIN)/python -m emulators.local.stop $(if $(filter file,$(origin SYSTEM)),,--system $(SYSTEM))

test: $(CATALOGUES) $(if $(AT_PORTAL),$(PORTAL)) ## all tests (TESTS=tests/unit/shared for some)
ifeq ($(TESTS),$(ALL_TESTS))
	@npm --prefix web run --silent test
endif
	@$(BIN)/python -m pytest -n 2 --durations=10 $(TESTS)

unit: $(CATALOGUES) ## the tests that need no emulator
	@$(BIN)/python -m pytest -n 2 --durations=10 tests/unit

lint: $(PORTAL_READY) ## style, types, layers, translations, contracts, Terraform, the portal
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy .
	@$(BIN)/lint-imports
	@$(BIN)/python -m infra.messages check
	@$(BIN)/python -m infra.openapi --check
	@$(BIN)/python -m infra.compat
	@$(BIN)/python -m infra.affected --check
	@$(BIN)/python -m infra.terraform_check
	@npm --prefix web run --silent lint
	@npm --prefix web run --silent typecheck

fmt: $(PORTAL_READY) ## formats all sources, and mends what the linter can
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format .
	@npm --prefix web run --silent format

bench: $(CATALOGUES) $(PORTAL) ## the budgets, counted and measured, as a table
	@$(BIN)/python -m pytest -q -s tests/bench

campaign: $(CATALOGUES) ## what is too long for `make test`: 2,000 orders that wait for a SAP that is away, 10,000 histories of both sides (N=… of them), 10,000 messages with something else in them
	@OUTAGE_ORDERS=2000 $(BIN)/python -m pytest -q -n 0 --timeout=0 tests/integration/functions/export_order/test_outage.py
	@HISTORIES=$(or $(N),10000) $(BIN)/python -m pytest -q -s -n 0 tests/integration/connection
	@MUTATIONS=$(or $(N),10000) $(BIN)/python -m pytest -q -s -n 0 tests/integration/messages/test_mutations.py

screenshots: $(CATALOGUES) $(PORTAL) ## each page in three languages, light, dark and on a phone, into build/screenshots/
	@$(BIN)/python -m tests.screenshots

messages: setup ## extracts, checks and compiles the translations
	@$(BIN)/python -m infra.messages update
	@$(BIN)/python -m infra.messages check
	@$(BIN)/python -m infra.messages compile

openapi: setup ## writes every service's OpenAPI document, its contract, to infra/openapi/
	@$(BIN)/python -m infra.openapi

versions: setup ## whether each contract's version says what changed since BASE=origin/main
	@$(BIN)/python -m infra.contract_versions --base $(or $(BASE),origin/main)

lock: setup ## writes uv.lock, all that is installed with hashes, after a change of requirements
	@$(BIN)/uv lock --quiet
	@# Which index serves a package is each machine's setting; the lock holds names and hashes.
	@sed -Ei 's#registry = "[^"]*"#registry = "index"#; s#url = "https://[^"]*/([^/"]+)"#path = "\1"#g' uv.lock
	@# Tools of their own, which share no version with what we import.
	@for tool in infra/tools/*.in; do $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	  --generate-hashes --no-header --no-annotate "$$tool" --output-file "$${tool%.in}.txt"; done

sap-check: setup ## what SAP lacks for Sellin, changing nothing (SYSTEM=ecc_eu DESTINATION=file, CUSTOMER= DOOR= ARTICLE= PLANT= for a whole order, PAIR= CURRENCY= TERMS= INCOTERMS=)
	@$(BIN)/python -m infra.sap_check --system $(SYSTEM) --destination $(DESTINATION) \
	  $(if $(CUSTOMER),--customer $(CUSTOMER) --door $(DOOR) --article $(ARTICLE) --plant $(PLANT)) \
	  $(if $(PAIR),--pair $(PAIR)) $(if $(CURRENCY),--currency $(CURRENCY)) \
	  $(if $(TERMS),--payment-terms $(TERMS)) $(if $(INCOTERMS),--incoterms $(INCOTERMS))

package: $(CATALOGUES) ## one reproducible archive per function, into build/archives/
	@$(BIN)/python -m infra.package --out build/archives

deploy: $(CATALOGUES) ## applies these sources to ENV=dev, staging or prod, after showing what that changes
	@$(BIN)/python -m infra.deploy $(ENV)

build/tools/%/installed: infra/tools/%.txt
	@$(BIN)/uv venv --quiet --clear build/tools/$*
	@$(BIN)/uv pip install --quiet --python build/tools/$* --require-hashes --requirement $<
	@touch $@

checkov: setup build/tools/checkov/installed ## Terraform's security rules; what does not apply says why where it stands
	@build/tools/checkov/bin/checkov --directory terraform \
	  --framework terraform --skip-path tests --skip-download --compact --quiet

audit: setup build/tools/pip-audit/installed ## published advisories against every locked package; asks PyPI and npm, so it is no part of .ci/run
	@mkdir -p build
	@$(BIN)/uv export --frozen --quiet --no-config --no-emit-workspace --all-packages --all-groups \
	  --output-file build/locked.txt
	@# Strict: a package that nobody could look up is a failure, not a package without advisories.
	@for locked in build/locked.txt infra/tools/*.txt; do build/tools/pip-audit/bin/pip-audit --strict \
	  --disable-pip --require-hashes --progress-spinner off --requirement "$$locked" || exit 1; done
	@npm --prefix web audit
	@npm --prefix emulators/local audit

smoke: setup ## whether the installation at URL=https://… works, seen from outside
	@$(BIN)/python -m infra.smoke $(URL)
