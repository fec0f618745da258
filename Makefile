# `make site` builds the playbook, `make test` checks everything. The other targets are their parts.

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --no-input --disable-pip-version-check
UV ?= uv
ARGS ?=
# The day on which the shipped playbook is checked, so that it does not fail for the passing of days.
SHIPPED := 2026-11-23

# What was installed, and when: a stamp is older than a file it depends on, or all is as it should be.
RUN := $(VENV)/.installed-run
TEST := $(VENV)/.installed-test
BENCHMARK := $(VENV)/.installed-benchmark

# Compiled modules and templates are kept, whatever the machine is set to: without them each start of
# the command takes about twice as long, and the tests start it often.
export PYTHONDONTWRITEBYTECODE =

.PHONY: site test lint types imports tests browser check format pins benchmark clean help

site: $(RUN)
	$(BIN)/playbook build --content content --output site

test: browser lint types imports tests check

help:
	@echo 'make site       builds content/ into site/'
	@echo 'make test       runs all that follows, up to check'
	@echo '  browser       finds or installs Chromium for the browser tests'
	@echo '  lint          ruff: rules and formatting'
	@echo '  types         mypy'
	@echo '  imports       which room may import which'
	@echo '  tests         pytest; ARGS="-k search" chooses, ARGS=--update writes expected output'
	@echo '  check         playbook fmt --check, check --strict and stale of content/'
	@echo 'make format     mends what ruff can mend'
	@echo 'make pins       writes requirements/*.txt anew (needs uv); UPGRADE=--upgrade for the newest'
	@echo 'make benchmark  measures large playbooks beside other generators'
	@echo 'make clean      removes everything that is not a source'

lint: $(TEST)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(TEST)
	$(BIN)/mypy

imports: $(TEST)
	$(BIN)/lint-imports --no-logo

tests: $(TEST)
	$(BIN)/python -m pytest -n auto --dist loadgroup $(ARGS)

browser: $(TEST)
	@scripts/install-browser

check: $(RUN)
	$(BIN)/playbook fmt --check
	$(BIN)/playbook check --strict --content content --today $(SHIPPED)
	$(BIN)/playbook stale --content content --today $(SHIPPED) --fail-on expired

format: $(TEST)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

benchmark: $(BENCHMARK)
	$(BIN)/python benchmarks/beside.py --hugo $(BIN)/hugo --pagefind '$(BIN)/python -m pagefind' \
		--zensical $(BIN)/zensical --mkdocs $(BIN)/mkdocs --output benchmarks/results.md $(ARGS)

$(VENV)/pyvenv.cfg:
	@scripts/make-venv $(VENV)

$(RUN): requirements/run.txt pyproject.toml | $(VENV)/pyvenv.cfg
	@echo 'Installing what requirements/run.txt pins …'
	@$(PIP) --require-hashes -r requirements/run.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(TEST): requirements/test.txt $(RUN)
	@echo 'Installing what requirements/test.txt pins …'
	@$(PIP) --require-hashes -r requirements/test.txt
	@touch $@

$(BENCHMARK): requirements/benchmark.txt $(TEST)
	@echo 'Installing what requirements/benchmark.txt pins …'
	@$(PIP) --require-hashes -r requirements/benchmark.txt
	@touch $@

COMPILE = $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate $(UPGRADE) pyproject.toml --group build

# The larger sets take over the versions of the smaller one, so that they agree in one environment.
pins:
	$(COMPILE) --output-file requirements/run.txt
	$(COMPILE) --extra test --constraints requirements/run.txt --output-file requirements/test.txt
	$(COMPILE) --extra benchmark --constraints requirements/test.txt \
		--output-file requirements/benchmark.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .cache
	rm -rf build dist .site.lock .site.new .site.old
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find site -mindepth 1 ! -name .gitignore -prune -exec rm -rf {} +
