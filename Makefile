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

.PHONY: help setup run web stop test lint bench screenshots messages openapi lock package deploy smoke checkov

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

# The portal's packages and its built files; git holds neither.
PORTAL_READY := web/node_modules/.ready
$(PORTAL_READY): web/package-lock.json
	@command -v npm >/dev/null || { echo "npm is missing: apt-get install nodejs npm"; exit 1; }
	@echo "Installing the portal's packages into web/node_modules"
	@npm --prefix web ci --no-audit --no-fund --loglevel=error
	@touch $@

PORTAL := web/dist/index.html
$(PORTAL): $(PORTAL_READY) $(shell find web -path web/node_modules -prune -o -path web/dist -prune -o -path web/src/api/schema -prune -o -type f -print) shared/text/languages.json
	@echo "Building the portal"
	@npm --prefix web run --silent build >build/portal.log 2>&1 || { cat build/portal.log; exit 1; }
	@node infra/images/compress.mjs web/dist
	@touch $@

run: $(CATALOGUES) $(PORTAL) ## the whole of Sellin on this machine (PORT=8080; KEEP=1 goes on with the last run's data)
	@exec $(BIN)/python -m emulators.local --port $(PORT) $(if $(KEEP),--keep)

web: $(PORTAL_READY) ## the portal with hot reload, beside a running `make run` (SELLIN_URL=… names another)
	@npm --prefix web run --silent dev

stop: $(READY) ## ends what `make run` started
	@$(BIN)/python -m emulators.local.stop

CHROMIUM = command -v chromium || command -v chromium-browser || command -v google-chrome
test: $(CATALOGUES) $(PORTAL) ## all tests (TESTS=tests/unit for some)
	@$(if $(findstring tests/e2e,$(TESTS)),{ $(CHROMIUM); } >/dev/null,true) || { \
	  echo "Chromium is missing, in which the portal is tested: apt-get install chromium"; exit 1; }
	@npm --prefix web run --silent test
	@$(BIN)/python -m pytest -n 2 $(wildcard $(TESTS))

lint: $(READY) $(PORTAL_READY) ## style, types, layers, translations, contracts, Terraform, the portal
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

bench: $(CATALOGUES) $(PORTAL) ## the budgets, counted and measured, as a table
	@$(BIN)/python -m pytest -q -s tests/bench

screenshots: $(CATALOGUES) $(PORTAL) ## each page in three languages, light, dark and on a phone, into build/screenshots/
	@$(BIN)/python -m tests.screenshots

messages: $(READY) ## extracts, checks and compiles the translations
	@$(BIN)/python -m infra.messages update
	@$(BIN)/python -m infra.messages check
	@$(BIN)/python -m infra.messages compile

openapi: $(READY) ## writes every service's OpenAPI document, its contract, to infra/openapi/
	@$(BIN)/python -m infra.openapi

lock: $(READY) ## pins all that the functions install, with hashes, after a change of requirements
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
	  --annotation-style line -c requirements.txt functions/*/requirements.txt -o infra/requirements.lock

package: $(CATALOGUES) ## one reproducible archive per function, into build/archives/
	@$(BIN)/python -m infra.package --out build/archives

deploy: $(CATALOGUES) ## applies these sources to ENV=dev, staging or prod, after showing what that changes
	@$(BIN)/python -m infra.deploy $(ENV)

checkov: $(READY) ## Terraform's security rules; what does not apply says why where it stands
	@$(BIN)/uv tool run --quiet --from checkov==3.3.30 checkov --directory terraform \
	  --framework terraform --skip-path tests --skip-download --compact --quiet

smoke: $(READY) ## whether the installation at URL=https://… works, seen from outside
	@$(BIN)/python -m infra.smoke $(URL)
