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
.PHONY: help env site serve demo check format test slow nobrowser forks engines attack audit benchmark \
	mutants fuzz sbom lint lock clean

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

# On every core; the tests of a file stay together, since they share what their file has built.
SHARED := --numprocesses auto --dist loadfile --no-loadscope-reorder
PYTEST := $(BIN)/python -m pytest $(SHARED)
# A forge that shows results wants them as files: REPORTS names their folder.
report = $(if $(REPORTS),--junitxml=$(REPORTS)/$(1).xml)

# What needs no browser comes first and passes without one. Both runs share the sites they look at.
BOTH = sites=$$(mktemp -d) && trap 'rm -rf "$$sites"' EXIT && export TEST_SITES="$$sites" && \
	$(PYTEST) $(1) --ignore=tests/browser $(call report,$(2)library) && \
	tests/browser/ensure-chromium $(BIN)/playwright && \
	$(PYTEST) $(1) tests/browser $(call report,$(2)browser)

test: $(VENV)/test.stamp $(VENV)/s3.stamp lint ## environment, linters, types and the tests, in a real browser too
	@$(call BOTH,,)

slow: $(VENV)/test.stamp $(VENV)/s3.stamp ## the tests that take long: kills, hostile inputs, whole forms, every kind of page
	@$(call BOTH,-m "slow and not audit",slow-)

nobrowser: $(VENV)/test.stamp $(VENV)/s3.stamp ## the tests that need no browser, slow ones too; with PYTHON and VENV on another Python
	$(PYTEST) -m "not audit" --ignore=tests/browser

forks: $(VENV)/test.stamp $(VENV)/s3.stamp ## every test again, where other cities are the repository's own
	tests/browser/ensure-chromium $(BIN)/playwright
	$(BIN)/python -m tests.fork -m "not audit" $(SHARED)

engines: $(VENV)/test.stamp ## the same site from MkDocs and from ProperDocs?
	$(BIN)/python -m pytest -m slow tests/test_engines.py

attack: $(VENV)/test.stamp ## try to work out confidential amounts of 1000 random partnerships
	$(BIN)/python -m tests.attack_trial --worlds 1000 --seed 1
	$(BIN)/python -m tests.attack_site --worlds 20 --seed 1

audit: $(VENV)/test.stamp ## the longest tests: every page of both sites, thousands of answers
	tests/browser/ensure-chromium $(BIN)/playwright
	$(BIN)/python -m pytest -m audit

benchmark: $(VENV)/test.stamp ## CPU of a build with a hundred members and with a thousand
	$(BIN)/python -m tests.benchmark

# In a folder of its own, where the package lies beside the tests: mutmut takes its name from there,
# and within it the package finds what the engine brings along.
# `make mutants ONLY='partnership.figures.reach*'` tries one module; `mutmut browse` there shows them.
mutants: $(VENV)/test.stamp ## change the code in small ways: does a unit test notice each?
	$(INSTALL) requirements/mutants.txt
	rm -rf mutants && mkdir mutants && git ls-files -z | tar --null -T - -cf - | tar -xf - -C mutants
	cp -R hooks/partnership mutants/
	cd mutants && nice -n 19 ../$(BIN)/mutmut run $(ONLY)
	cd mutants && ../$(BIN)/mutmut results

# An hour each; `make fuzz READERS=svg SECONDS=60` tries one. What breaks a reader is .fuzz/crash-….
READERS := yaml markdown svg workbook
SECONDS := 3600
fuzz: $(VENV)/test.stamp ## feed the readers what coverage finds, one after the other
	$(INSTALL) requirements/fuzz.txt
	for reader in $(READERS); do nice -n 19 $(BIN)/python -m tests.fuzz.run $$reader \
		-max_total_time=$(SECONDS) || exit 1; done

lint: $(VENV)/test.stamp
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

# A new lock means a new environment, so that nothing old stays in it.
$(VENV)/site.stamp: requirements/site.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is %s. Name another one: make PYTHON=python3.13 …" % sys.version.split()[0])'
	$(PYTHON) -m venv --clear --without-pip $(VENV)
	$(INSTALL) requirements/site.txt
	$(PIP) install -qq --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: requirements/test.txt $(VENV)/site.stamp
	$(INSTALL) requirements/test.txt --no-build-isolation
	@touch $@

# The server that stands in for S3, apart from all else.
$(VENV)/s3.stamp: requirements/s3-server.txt $(VENV)/site.stamp
	$(PYTHON) -m venv --clear --without-pip $(VENV)/s3
	$(PYTHON) -m pip --python $(VENV)/s3/bin/python --disable-pip-version-check --no-input install -qq \
		--require-hashes --requirement requirements/s3-server.txt
	@touch $@

sbom: $(VENV)/test.stamp ## bills of materials (CycloneDX) of what builds and of what reaches a browser, into sbom/
	$(BIN)/python .ci/sbom.py sbom

# Keeps the versions that are locked already; `make lock UPGRADE=--upgrade` takes the newest.
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links $(UPGRADE)
lock: $(VENV)/site.stamp ## write the lock files anew from pyproject.toml
	$(INSTALL) requirements/lock.txt
	$(COMPILE) pyproject.toml --group build --output-file requirements/site.txt
	$(COMPILE) pyproject.toml --group build --group test --constraint requirements/site.txt --output-file requirements/test.txt
	$(COMPILE) --group s3-server --output-file requirements/s3-server.txt
	for group in lock mutants fuzz; do $(COMPILE) --group $$group --constraint requirements/test.txt \
		--output-file requirements/$$group.txt || exit 1; done

clean: ## remove the environment and everything built
	rm -rf $(VENV) site site-demo site-redaktion site-demo-redaktion .mypy_cache .pytest_cache .ruff_cache .hypothesis
