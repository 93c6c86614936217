# `make run` and `make test` are all that a newcomer needs; `make help` lists the rest.
.DEFAULT_GOAL := help
SHELL := /bin/bash
BIN := .venv/bin
RUNTIME := .venv/.runtime-installed
DEVELOPMENT := .venv/.development-installed
PEERS := .venv/.peers-installed
WORKERS ?= 2

.PHONY: help run test check soak bench mutate-permissions mutate-engine clean

help: ## what there is to make
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 28

run: $(RUNTIME) ## migrate, load the demo on the first start, show one shortlist, then serve
	@export ROSTER_DEMO=$${ROSTER_DEMO:-1}; \
	$(BIN)/roster migrate && $(BIN)/roster demo && exec $(BIN)/roster serve

test: $(DEVELOPMENT) ## the whole suite, on SQLite and on PostgreSQL
	@echo "Testing on SQLite"
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal --database sqlite
	@echo "Testing on PostgreSQL"
	@$(BIN)/pytest -n $(WORKERS) --dist worksteal --database postgresql

check: $(DEVELOPMENT) ## format, lint, lengths of files, types, import contracts, templates, translations, migrations, documents
	@echo "Format";        $(BIN)/ruff format --check --quiet .
	@echo "Lint";          $(BIN)/ruff check --quiet .
	@echo "Lengths";       long=$$(find matching migrations roster tests -name '*.py' -exec wc -l {} + | awk '$$1 > 300 && $$2 != "total"'); [ -z "$$long" ] || { echo "Longer than 300 lines:"; echo "$$long"; exit 1; }
	@echo "Types";         $(BIN)/mypy
	@echo "Imports";       said=$$($(BIN)/lint-imports 2>&1) || { echo "$$said"; exit 1; }
	@echo "Templates";     $(BIN)/djlint templates --lint --quiet
	@echo "Translations";  $(BIN)/python -m roster.wording.catalogue check
	@echo "Migrations";    $(BIN)/python -m roster.migration
	@echo "Documents";     $(BIN)/pytest -q --no-header -p no:randomly tests/matching/test_published.py >/dev/null || { echo "docs/matching.md differs from the functions: run tests/matching/test_published.py"; exit 1; }

soak: $(DEVELOPMENT) ## the long promises at their real size, on both databases, with figures (half an hour)
	@echo "Soaking on SQLite"
	@$(BIN)/pytest -q -p no:randomly -o python_files='soak_*.py' tests/soak --database sqlite
	@echo "Soaking on PostgreSQL"
	@$(BIN)/pytest -q -p no:randomly -o python_files='soak_*.py' tests/soak --database postgresql

bench: $(DEVELOPMENT) $(PEERS) ## beside PostgreSQL and other peers, with figures (hours; ONLY=shortlist SIZES=1000,10000 ROUNDS=3 WRITE=1)
	@PYTHONPATH=.venv/bench:. $(BIN)/python -m tests.benchmarks $(if $(ONLY),--only $(ONLY)) $(if $(SIZES),--sizes $(SIZES)) $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(WRITE),--write)

mutate-permissions: $(DEVELOPMENT) ## how much of the access matrix goes red if everybody, or nobody, may
	@$(BIN)/python -m tests.mutate_permissions

mutate-engine: $(DEVELOPMENT) ## which wrong versions of the engine's rules no test notices (an hour; PART=gates/languages)
	@$(BIN)/python -m tests.mutate_engine --at-once $(WORKERS) $(PART)

clean: ## remove what was installed and generated; the demo's data in instance/ stay
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist

# The environment: made once, and again only when a lock file changes.
$(BIN)/pip:
	@.ci/make-venv

$(RUNTIME): requirements.lock pyproject.toml | $(BIN)/pip
	@echo "Installing what the service needs (about 80 MB, once; half a minute)"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@

$(DEVELOPMENT): requirements-dev.lock pyproject.toml | $(BIN)/pip
	@echo "Installing what the tests need (about 200 MB, once; a minute)"
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps -e .
	@touch $@ $(RUNTIME)

# Peers stand in a folder of their own, so that the environment of the service stays as it is.
$(PEERS): requirements-bench.lock | $(DEVELOPMENT)
	@echo "Installing what the service is measured against (about 700 MB, once; some minutes)"
	@rm -rf .venv/bench
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps --target .venv/bench -r requirements-bench.lock
	@touch $@
