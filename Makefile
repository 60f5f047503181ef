# Works with nothing but Python (>= 3.11), pip and make. PYTHON=python3.12 make test picks another one.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXAMPLE := tests/fixtures/aws_iam
PYTEST_ARGS ?=

# Each of the processes that tests start would compile symlint anew, which takes half a second.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help example test coverage recorded check lint types imports docs docs-check site address vscode snapshots wheel-test lock clean

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "symlint needs Python 3.11 or newer; $(PYTHON) is older. Try: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) tools/environment.py $(VENV) || { rm -rf $(VENV); exit 1; }

# Errors alone (-qq): setuptools warns of every editable installation.
$(VENV)/.user: pyproject.toml | $(BIN)/python
	@$(BIN)/python -m pip install -qq --editable .
	@touch $@

$(VENV)/.developer: pyproject.toml constraints.txt | $(BIN)/python
	@$(BIN)/python -m pip install -qq --constraint constraints.txt --editable '.[dev]'
	@touch $@ $(VENV)/.user

example: $(VENV)/.user ## Install into .venv and lint the example configuration
	$(BIN)/symlint $(EXAMPLE)

# PYTHONWARNDEFAULTENCODING: see filterwarnings in pyproject.toml.
test: $(VENV)/.developer ## Install into .venv and run all tests but those of make recorded
	PYTHONWARNDEFAULTENCODING=1 $(BIN)/python -m pytest -n auto --dist worksteal $(PYTEST_ARGS)

# The report is made once: pytest-cov would make it a second time, for its last line.
coverage: ## Run the tests of make test, and report which code they do not run (pyproject.toml has the least)
	$(MAKE) test PYTEST_ARGS="--cov --cov-report= --cov-fail-under=0 $(PYTEST_ARGS)"
	$(BIN)/coverage report

# GOGC: terraform is written in Go, and spends half of this time looking for garbage unless told not to.
recorded: $(VENV)/.developer ## Compare what the tests hold of Terraform's answers with terraform 1.11
	@command -v terraform >/dev/null || { echo "make recorded needs terraform 1.11 on PATH" >&2; exit 1; }
	GOGC=800 $(BIN)/python -m pytest -n auto -m recorded $(PYTEST_ARGS) $$(grep -rl --include='test_*.py' mark.recorded tests)

snapshots: $(VENV)/.developer ## Write anew what the tests hold of the output (tests/**/snapshots)
	-UPDATE_SNAPSHOTS=1 $(BIN)/python -m pytest -q --tb=line -k snapshot tests
	git diff --stat -- tests

check: lint types imports test docs-check wheel-test ## Everything that CI checks, but for make recorded

lint: $(VENV)/.developer ## Style: ruff; of the documentation: pymarkdown; of actions and workflows: zizmor
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pymarkdown scan *.md docs
	$(BIN)/zizmor --offline --quiet --no-progress .

# mypy and import-linter read the tree, not the installation: to them rules/ is a stranger. They get
# a copy in which it stands where it is imported from, as in the wheel, and links to the rest.
TREE := build/tree
.PHONY: tree
tree:
	@rm -rf $(TREE)/symlint && mkdir -p $(TREE) && cp -R symlint $(TREE)/symlint && cp -R rules $(TREE)/symlint/rules
	@ln -sfn ../../tests ../../tools ../../benchmarks $(TREE)

types: $(VENV)/.developer tree ## Types: mypy --strict
	cd $(TREE) && $(CURDIR)/$(BIN)/mypy --config-file $(CURDIR)/pyproject.toml

imports: $(VENV)/.developer tree ## Imports point one way: import-linter
	cd $(TREE) && PYTHONPATH=. $(CURDIR)/$(BIN)/lint-imports --no-cache --config $(CURDIR)/pyproject.toml

docs: $(VENV)/.developer ## Write docs/rules/ and the README's generated parts anew
	$(BIN)/python -m tools.docs

docs-check: $(VENV)/.developer ## Compare docs/rules/ and the README with what the rules say
	$(BIN)/python -m tools.docs --check

site: $(VENV)/.developer ## Build the documentation site in build/site; a link that leads nowhere is an error
	$(BIN)/zensical build --clean --strict

vscode: $(VENV)/.developer ## Compile, package and try the VS Code extension (needs npm)
	cd editors/vscode && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && npm run --silent package
	$(BIN)/python -m pytest -q tests/editors/test_vscode.py

address: $(VENV)/.developer ## Write the address of this repository anew, wherever it stands (URL=https://...)
	$(BIN)/python -m tools.address $(URL)

wheel-test: $(VENV)/.developer ## Build the wheel, install it in an empty environment, run it elsewhere
	$(BIN)/python -m tools.wheel_test

lock: ## Pin the development environment anew (constraints.txt)
	$(PYTHON) tools/environment.py build/lock
	build/lock/bin/python -m pip install -qq '.[dev]'
	{ sed -n '/^#/p' constraints.txt; build/lock/bin/python -m pip freeze --exclude symlint; } > build/constraints.txt
	mv build/constraints.txt constraints.txt

clean: ## Remove what was built
	rm -rf $(VENV) build dist *.egg-info .coverage .mypy_cache .ruff_cache .pytest_cache
