# From a bare clone to the site and to every test; needs python3 (3.11 or newer), pip, make and git.
# `make help` lists the targets. Everything is installed into .venv/ and nowhere else.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Without pip inside the environment: Debian's python3 comes without ensurepip, and pip can install
# into another environment by itself. One way for every machine.
PIP := $(PYTHON) -m pip --python $(BIN)/python --disable-pip-version-check --no-input
INSTALL := $(PIP) install -qq --require-hashes --requirement

# Both say the same about the engine's future on every build; the README tells where we stand.
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true

.DEFAULT_GOAL := help
.PHONY: help env site serve demo check format test engines attack audit benchmark lint lock clean \
	chromium

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r t d; \
	do printf '  make %-9s %s\n' "$$t" "$$d"; done

env: $(VENV)/site.stamp ## the environment alone, in .venv/

site: $(VENV)/site.stamp ## check all data, build the site into site/
	$(BIN)/partnerschaft check
	$(BIN)/mkdocs build --strict
	@echo "The site is in site/. Look at it with \`make serve\` or \`python3 -m http.server -d site 8000\`."

serve: $(VENV)/site.stamp ## the site on http://127.0.0.1:8000/, rebuilt at every change
	$(BIN)/mkdocs serve --livereload

demo: $(VENV)/site.stamp ## the fictitious city of Musterstadt, into site-demo/
	$(BIN)/mkdocs build --strict -f tests/cities/musterstadt/mkdocs.yml -d "$(CURDIR)/site-demo"
	@echo "The demonstration is in site-demo/. Look at it with \`python3 -m http.server -d site-demo 8000\`."

check: $(VENV)/site.stamp ## check all data and content, build nothing
	$(BIN)/partnerschaft check

format: $(VENV)/site.stamp ## members, events and news in the form of the editing page
	$(BIN)/partnerschaft format

test: $(VENV)/test.stamp chromium lint ## environment, linters, types and every test, in a real browser too
	$(BIN)/python -m pytest

engines: $(VENV)/test.stamp ## the same site from MkDocs and from ProperDocs?
	$(BIN)/python -m pytest tests/test_engines.py

attack: $(VENV)/test.stamp ## try to work out confidential amounts of 1000 random partnerships
	$(BIN)/python -m tests.attack_trial --worlds 1000 --seed 1
	$(BIN)/python -m tests.attack_site --worlds 20 --seed 1

audit: $(VENV)/test.stamp chromium ## the slow tests: every page of both sites
	$(BIN)/python -m pytest -m audit

benchmark: $(VENV)/test.stamp ## CPU of a build with a hundred members and with a thousand
	$(BIN)/python -m tests.benchmark

lint: $(VENV)/test.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

chromium: $(VENV)/test.stamp
	@tests/browser/ensure-chromium $(BIN)/playwright

# A new lock means a new environment, so that nothing old stays in it.
$(VENV)/site.stamp: requirements/site.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is %s. Name another one: make PYTHON=python3.13 …" % sys.version.split()[0])'
	$(PYTHON) -m venv --clear --without-pip $(VENV)
	$(INSTALL) requirements/site.txt
	$(PIP) install -qq --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: requirements/test.txt $(VENV)/site.stamp
	$(INSTALL) requirements/test.txt
	@touch $@

# Keeps the versions that are locked already; `make lock UPGRADE=--upgrade` takes the newest.
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 \
	--generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links $(UPGRADE)
lock: $(VENV)/site.stamp ## write the lock files anew from pyproject.toml
	$(PIP) install -qq uv
	$(COMPILE) --group build --output-file requirements/site.txt
	$(COMPILE) --group build --group test --constraint requirements/site.txt --output-file requirements/test.txt

clean: ## remove the environment and everything built
	rm -rf $(VENV) site site-demo .mypy_cache .pytest_cache .ruff_cache .hypothesis
