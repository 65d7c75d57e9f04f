# make serve   install everything into .venv, start the API and the playground
# make test    set up and run the gate: format, lint, types, layers, tests
# make check   the same gate on what is already set up
# make docs    write docs/api.md anew
# make bench   the benchmarks, one after the other
# Needs Python 3.11 or newer with venv, and pip. Nothing else.

PYTHON ?= python3
VENV   ?= .venv
ARGS   ?=
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCKS  := requirements
# A lock names every package that is needed, so nothing is left to resolve (docs/decisions/0008-pillow-13.md).
INSTALL := $(PIP) install --no-compile --no-deps --require-hashes -r

.PHONY: serve test check lint types layers tests docs bench train-setup lock system clean help
.DEFAULT_GOAL := help

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

# --- set-up: each stamp says that the lock beside it is installed -----------------------------

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Sightline needs Python 3.11 or newer; this is $$($(PYTHON) --version). Try: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
	  || { echo "$(PYTHON) could not make a virtual environment (on Debian: apt install python3-venv)" >&2; exit 1; }

$(VENV)/.project: $(VENV)/pyvenv.cfg $(LOCKS)/build.txt pyproject.toml | $(VENV)/.locked
	@$(INSTALL) $(LOCKS)/build.txt
	@$(PIP) install --no-compile --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.locked: $(VENV)/pyvenv.cfg $(LOCKS)/playground.txt
	@echo "Installing Sightline and its playground into $(VENV) (about a minute) ..."
	@$(INSTALL) $(LOCKS)/playground.txt
	@touch $@

$(VENV)/.dev: $(VENV)/pyvenv.cfg $(LOCKS)/dev.txt
	@echo "Installing what the tests need into $(VENV) ..."
	@$(INSTALL) $(LOCKS)/dev.txt
	@touch $(VENV)/.locked $@

# Chromium and fonts, for the tests that want them: installed on Debian as root, otherwise those tests skip.
system:
	@sh $(LOCKS)/debian.sh

# --- use -----------------------------------------------------------------------------------

serve: $(VENV)/.project
	$(BIN)/sightline serve $(ARGS)

test: $(VENV)/.dev $(VENV)/.project system
	@$(MAKE) --no-print-directory check

check: lint types layers tests

lint:
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .

types:
	$(BIN)/mypy

layers:
	$(BIN)/lint-imports

tests:
	$(BIN)/python -m pytest -q -m "not slow" $(ARGS)

docs:
	$(BIN)/python -m sightline.api.api_page docs/api.md

BENCHMARKS ?= reading engine server_overhead cold_start memory installed_size scenes

bench: $(VENV)/.dev $(VENV)/.project
	@missed=; for name in $(BENCHMARKS); do \
	  echo "== benchmarks/$$name.py"; $(BIN)/python benchmarks/$$name.py || missed="$$missed $$name"; done; \
	[ -z "$$missed" ] || { echo "not reached or failed:$$missed" >&2; exit 1; }

train-setup: $(VENV)/.project
	@$(PIP) install --no-compile torch==2.13.0

# --- for maintainers -------------------------------------------------------------------------

COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
           --no-annotate --no-emit-index-url --no-emit-find-links

lock:
	$(COMPILE) pyproject.toml --extra playground --group dev -o $(LOCKS)/dev.txt
	$(COMPILE) pyproject.toml --extra playground -c $(LOCKS)/dev.txt -o $(LOCKS)/playground.txt
	$(COMPILE) pyproject.toml -c $(LOCKS)/dev.txt -o $(LOCKS)/serve.txt
	$(COMPILE) --group build -c $(LOCKS)/dev.txt -o $(LOCKS)/build.txt

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist build
