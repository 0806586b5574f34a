# Set-up is one target, and every other target asks for it first: `make audit` on a fresh Debian or Ubuntu is all it takes.

PLAN ?= trading-3
PYTHON ?= python3
UV_VERSION := 0.13.9

BIN := .venv/bin
UV := .uv/$(UV_VERSION)/bin/uv
STAMP := .venv/.set-up
APT := chromium fonts-wqy-microhei libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 openssl poppler-utils
APT_LINE := apt-get install -y --no-install-recommends $(APT)

.DEFAULT_GOAL := help
.PHONY: help setup system oracles audit test lint prove prove-full bench check contract lifecycle data-items registries lock clean

help:
	@echo 'make setup    the set-up alone: system packages when root, .venv, the command .venv/bin/tenderproof'
	@echo 'make audit    audit the reference with PLAN=$(PLAN) and compare with its expected verdicts'
	@echo 'make test     static checks and the tests of tenderproof itself'
	@echo 'make prove    the whole matrix: every mutant, every hostile platform'
	@echo 'make prove-full  every check against every mutant: a night'
	@echo 'make check    test, audit and prove'
	@echo 'make bench    the measurements, as ratios'
	@echo 'make contract specs/openapi/trading.yaml anew from the reference and the files beside it'
	@echo 'make lifecycle  docs/lifecycle.md anew from specs/lifecycle'
	@echo 'make data-items  XSD and JSON Schema of the data items anew from specs/data-items and specs/codes'
	@echo 'make oracles  what tests hold the machine formats against: the SARIF multitool and the CTRF schema, from npm'
	@echo 'make registries  the address tables and the territory of specs/registries anew, from their packages (npm)'
	@echo 'make lock     requirements.lock anew from pyproject.toml'

setup: $(STAMP)

$(STAMP): pyproject.toml requirements.lock Makefile
	@missing=$$(for package in $(APT); do dpkg -s $$package >/dev/null 2>&1 || echo $$package; done); \
	if [ -n "$$missing" ]; then $(MAKE) -s system; fi
	@test -x $(UV) || { $(PYTHON) -m venv .uv/$(UV_VERSION) && .uv/$(UV_VERSION)/bin/pip install -q 'uv==$(UV_VERSION)'; }
	@test -x $(BIN)/python || $(UV) venv -q --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" .venv
	@VIRTUAL_ENV=.venv $(UV) pip sync -q --compile-bytecode --require-hashes requirements.lock
	@VIRTUAL_ENV=.venv $(UV) pip install -q --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q -j 0 tenderproof fixtures
	@touch $@

# What is missing all the same is no failure of the set-up: the audit reports it as not tested, with that reason.
system:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive $(APT_LINE) -qq >/dev/null; } \
	    || echo 'Going on without some system packages; to install them later: $(APT_LINE)' >&2; \
	else \
	  echo 'Going on without some system packages; to install them: sudo $(APT_LINE)' >&2; \
	fi

# Third voices that only npm has; without them their tests are skipped and say so.
oracles: setup
	npm install --prefix .venv/oracles --fetch-retries 1 --no-audit --no-fund --ignore-scripts '@microsoft/sarif-multitool@5.7.0' 'ctrf@0.3.0'
	chmod +x .venv/oracles/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool

audit: setup
	$(BIN)/tenderproof audit --reference --plan $(PLAN) --out reports/out/$(PLAN) \
	  --expect fixtures/federation/expected/$(PLAN).json

test: lint
	$(BIN)/python -m pytest -q -n auto --dist loadfile

lint: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy $(wildcard .ci/contract .ci/data_items .ci/write_contract.py .ci/write_data_items.py .ci/write_lifecycle.py .ci/write_registries.py .ci/write_territory.py conftest.py benchmarks fixtures suites tenderproof tests)
	$(BIN)/lint-imports

prove: setup
	$(BIN)/tenderproof prove

prove-full: setup
	$(BIN)/tenderproof prove --full

bench: setup
	$(BIN)/python -m benchmarks

check: test audit prove

lifecycle: setup
	$(BIN)/python .ci/write_lifecycle.py

contract: setup
	PYTHONPATH=fixtures $(BIN)/python .ci/write_contract.py

data-items: setup
	PYTHONPATH=.ci $(BIN)/python .ci/write_data_items.py

registries: setup
	PYTHONPATH=.ci $(BIN)/python .ci/write_registries.py
	PYTHONPATH=.ci $(BIN)/python .ci/write_territory.py

lock: setup
	$(UV) pip compile -q pyproject.toml --universal --generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
	  --all-extras --group dev -o requirements.lock

clean:
	rm -rf .venv .uv build dist reports/out .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
