# make app   the lab in a browser        ARGS="--port 9000" adds options
# make test  all tests                   ARGS="tests/brian -k decay" picks some
.POSIX:
PYTHON = python3
ARGS =
VENV = .venv
BIN = $(VENV)/bin
# What make scripts does: lint, test, or both.
TASK = check
# What make check runs: the simulator, without a page or a server.
CORE_TESTS = tests/model tests/engine tests/brian tests/experiment tests/test_units.py
# What runs with the lowest versions of the simulator's packages too, and the Python that all of them support.
LOWEST_TESTS = tests/model tests/engine tests/experiment tests/test_units.py tests/correctness/test_recorded_programs.py
LOWEST_PYTHON = python3.11

help:
	@echo "make app     open the lab in a browser (ARGS='--port 9000' for options)"
	@echo "make test    run all tests (ARGS='tests/brian' for some)"
	@echo "make check   lint and the simulator's tests, in under a minute"
	@echo "make lowest  the simulator's tests with the lowest versions of its packages (part of make test)"
	@echo "make docs    build the documentation in docs/_build/html, without any warning"
	@echo "make bench   measure speed, beside Brian 2 and NEST"
	@echo "make peers   run exported programs by Brian 2 and compare their traces (some minutes)"
	@echo "make record  let Brian 2 run the sample of exported programs that make test compares with"
	@echo "make load    a class of sixty on one server, beside a stock Voila"
	@echo "make soak    300 labs in turn on one server, and the tests that wait long (with nginx, if there is one)"
	@echo "make table   copy what make bench and make load measured into docs/speed.md"
	@echo "make hub     try deploy/ with a real JupyterHub (needs npm)"
	@echo "make picture take the README's picture from the running page"
	@echo "make preview draw what the page shows before its lab is there"
	@echo "make lint    check style, types and which part imports which"
	@echo "make scripts the same for the page's scripts alone, and their tests (needs Node.js)"
	@echo "make clean   remove what make has made"

# A venv cannot be made where Debian's python3-venv is missing, and says so at length; this says it in a line.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "neurolab needs Python 3.11 or newer; name one with: make $(MAKECMDGOALS) PYTHON=python3.13" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo "Python's venv is missing. On Debian or Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/app.stamp: pyproject.toml $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[serve]'
	@touch $@

$(VENV)/test.stamp: pyproject.toml $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[serve,test,docs]'
	@touch $@ $(VENV)/app.stamp

app: $(VENV)/app.stamp
	$(BIN)/neurolab app $(ARGS)

test: $(VENV)/test.stamp
	@test -n "$(ARGS)" || $(MAKE) --no-print-directory lowest scripts TASK=test
	$(BIN)/python tests/browser/chromium.py
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

.venv-lowest/stamp: pyproject.toml tests/lowest_versions.py
	$(LOWEST_PYTHON) -m venv .venv-lowest
	$(LOWEST_PYTHON) tests/lowest_versions.py > .venv-lowest/requirements.txt
	.venv-lowest/bin/python -m pip install --quiet --disable-pip-version-check \
		-r .venv-lowest/requirements.txt pytest pytest-xdist hypothesis
	@touch $@

lowest:
	@if command -v $(LOWEST_PYTHON) >/dev/null; then \
		$(MAKE) --no-print-directory .venv-lowest/stamp && \
		.venv-lowest/bin/python -m pytest -q -n auto --dist loadfile $(LOWEST_TESTS); \
	else echo "Skipped the tests with the lowest versions: there is no $(LOWEST_PYTHON)."; fi

.venv-peers/stamp: pyproject.toml
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install --quiet --upgrade pip
	.venv-peers/bin/python -m pip install --quiet --group peers
	@touch $@

bench: $(VENV)/test.stamp .venv-peers/stamp
	$(BIN)/python tests/browser/chromium.py
	@echo "The report goes to .benchmarks/report.md; make table copies its short tables into docs/speed.md."
	$(BIN)/python -m pytest tests/benchmarks -o python_files='bench_*.py' -s $(ARGS)

peers: $(VENV)/test.stamp .venv-peers/stamp
	$(BIN)/python -m pytest tests/benchmarks/bench_brian2_export.py -o python_files='bench_*.py' -s $(ARGS)

record: $(VENV)/test.stamp .venv-peers/stamp
	$(BIN)/python -W ignore -m tests.exports.record

load: $(VENV)/test.stamp
	$(BIN)/python -m tests.benchmarks.load $(ARGS)

soak: $(VENV)/test.stamp
	$(BIN)/python tests/browser/chromium.py
	$(BIN)/python -m pytest -m soak
	$(BIN)/python -m tests.benchmarks.soak $(ARGS)

.venv-hub/stamp: pyproject.toml deploy/requirements.txt
	$(PYTHON) -m venv .venv-hub
	.venv-hub/bin/python -m pip install --quiet --disable-pip-version-check -e '.[serve]' -r deploy/requirements.txt
	npm install --silent --global --prefix .venv-hub configurable-http-proxy
	@touch $@

hub: $(VENV)/test.stamp .venv-hub/stamp
	$(BIN)/python tests/browser/chromium.py
	$(BIN)/python -m pytest tests/deploy -o python_files='*.py' $(ARGS)

table: $(VENV)/test.stamp
	$(BIN)/python -m tests.benchmarks.report

picture: $(VENV)/test.stamp
	$(BIN)/python tests/browser/chromium.py
	$(BIN)/python -m tests.browser.picture

preview: $(VENV)/app.stamp
	$(BIN)/python -m neurolab.ui.page.preview neurolab/serving/share/voila/templates/neurolab/preview.html

docs: $(VENV)/test.stamp
	$(BIN)/python -m sphinx -W --keep-going --fresh-env --quiet -b html docs docs/_build/html $(ARGS)
	@echo "The documentation is in docs/_build/html/index.html."

check: lint
	$(BIN)/python -m pytest -q -n auto --dist loadfile $(CORE_TESTS) $(ARGS)

lint: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	@$(MAKE) --no-print-directory scripts TASK=lint

# The tools for the page's scripts are not part of neurolab; npm installs them into node_modules.
node_modules/stamp: package.json package-lock.json .npmrc
	npm ci --silent
	@touch $@

scripts:
	@if command -v npm >/dev/null; then \
		$(MAKE) --no-print-directory node_modules/stamp && npm run --silent $(TASK); \
	else echo "Skipped the page's scripts ($(TASK)): this needs Node.js and npm."; fi

clean:
	rm -rf $(VENV) .venv-peers .venv-hub .venv-lowest node_modules build dist .pytest_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks docs/_build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help app test lowest check docs bench peers record load soak hub table picture preview lint scripts clean
