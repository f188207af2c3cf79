# make demo       a small wiki of folders, and the whole round on it, in demo-wiki/
# make test       everything CI runs: format, lint, types, layers, tests (also on a real MediaWiki)
# make test-fast  the same without the real MediaWiki, browser and spreadsheet program
# make soak       what chance is to find, tried many more times: kills, lives of a wiki, syncs
# make format     lays the source out
# make bench      figures beside peers: ratios of one run, never a test
# make schemas    writes the JSON Schemas of the mapping files and of wikibot.toml again
# make lock       resolves the lock files again (needs the network)
# make upgrade    the same, taking the newest versions that fit pyproject.toml
# make audit      looks the locked packages up in the database of known vulnerabilities
# make pictures   draws the pictures of the guides anew
# make clean      removes all that make made

PYTHON ?= python3
WORKERS ?= 2
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
MEDIAWIKI := .mediawiki
PEERS := .peers
# The locks name everything and its hashes: nothing else may be resolved.
LOCKED := --quiet --no-deps --require-hashes
# A lock comes from the public index alone, whatever else this machine knows.
COMPILE = $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links \
	--custom-compile-command "make lock"

# Hundreds of processes start in the tests: none of them is to compile wikibot anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test test-fast soak lint format mediawiki programs bench schemas lock upgrade audit clean

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

demo: $(VENV)/.installed
	@rm -rf demo-wiki
	$(BIN)/wikibot demo demo-wiki
	@echo "  (la commande wikibot est dans $(BIN) : . $(BIN)/activate)"

test: lint mediawiki programs
	$(BIN)/pytest -n $(WORKERS)

test-fast: lint
	$(BIN)/pytest -n $(WORKERS) -m "not mediawiki and not chromium and not office"

soak: $(VENV)/.developing mediawiki
	$(BIN)/pytest -n $(WORKERS) --soak tests/reliability/test_random_kills.py \
		tests/reliability/test_thirty_nights.py tests/model tests/jobs/test_sync_machine.py \
		tests/trackers/test_forge_machine.py

lint: $(VENV)/.developing
	$(BIN)/ruff format --check --quiet
	$(BIN)/ruff check --quiet
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: $(VENV)/.developing
	$(BIN)/ruff check --fix-only --quiet
	$(BIN)/ruff format

# The real programs are a help, not a condition: without them their tests say why they are skipped.
mediawiki:
	@bash tests/mediawiki/setup.sh $(MEDIAWIKI) || test -z "$$WIKIBOT_REQUIRE_ALL"

programs:
	@bash tests/programs.sh || test -z "$$WIKIBOT_REQUIRE_ALL"

bench: $(VENV)/.developing $(PEERS)/.installed mediawiki
	$(BIN)/python -m tests.benchmarks.peers
	$(BIN)/python -m tests.benchmarks.reading
	$(BIN)/python -m tests.benchmarks.among
	$(BIN)/python -m tests.benchmarks.whole
	$(BIN)/python -m tests.benchmarks.sheet
	$(BIN)/python -m tests.benchmarks.sync
	$(BIN)/python -m tests.benchmarks.overview

schemas: $(VENV)/.developing
	$(BIN)/python -m wikibot.mapping.schema

lock upgrade: $(VENV)/.developing
	$(COMPILE) $(if $(filter upgrade,$@),--upgrade) pyproject.toml -o requirements.lock
	$(COMPILE) $(if $(filter upgrade,$@),--upgrade) --group build -o requirements-build.lock
	$(COMPILE) $(if $(filter upgrade,$@),--upgrade) pyproject.toml --group dev \
		-c requirements.lock -c requirements-build.lock -o requirements-dev.lock
	$(COMPILE) $(if $(filter upgrade,$@),--upgrade) --group peers \
		-c requirements.lock -o requirements-peers.lock

audit: $(VENV)/.developing
	$(BIN)/pip-audit --strict --require-hashes --disable-pip -r requirements.lock

clean:
	rm -rf $(VENV) $(MEDIAWIKI) $(PEERS) demo-wiki build dist
	rm -rf .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- stamps: what is done is not done again until a lock changes ---

$(VENV)/.created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "wikibot needs Python 3.11 or newer: make PYTHON=python3.x" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ test "$$(id -u)" = 0 && apt-get update -qq && apt-get install -qqy python3-venv; } || \
		{ echo "Python cannot make virtual environments here: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.created requirements.lock requirements-build.lock pyproject.toml
	$(PIP) install $(LOCKED) -r requirements-build.lock
	$(PIP) install $(LOCKED) -r requirements.lock
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.developing: $(VENV)/.installed requirements-dev.lock
	$(PIP) install $(LOCKED) -r requirements-dev.lock
	@touch $@

# What wikibot is measured beside, apart from everything else.
$(PEERS)/.installed: requirements-peers.lock
	rm -rf $(PEERS)
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip --disable-pip-version-check install $(LOCKED) -r requirements-peers.lock
	@touch $@

# --- documents ---

# make docs       rewrites docs/reference/ and the answers shown in the guides
.PHONY: docs pictures
docs: $(VENV)/.developing
	$(BIN)/python -m tests.docs.generate

pictures: $(VENV)/.developing
	$(BIN)/python -m tests.docs.pictures
