# The console of the Quảng Bình IOC switchboard. `make` alone lists what can be done.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help run test suite fill-cuts worlds shift tour bench growth kills trials lint format central lock practice-reset clean

help: ## list what can be done
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-15s %s\n", $$1, $$2}'

$(STAMP): requirements.lock installer/setup.sh
	@bash installer/setup.sh "$(PYTHON)" "$(VENV)"
	@touch $(STAMP)

run: $(STAMP) ## start the console with its own central server and practice data
	@$(PY) main.py --practice $(ARGS)

test: $(STAMP) ## everything that CI runs: lint, types, contracts, tests
	@$(MAKE) --no-print-directory -j2 lint suite

suite: $(STAMP) ## the tests alone
	@QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n 3 --dist loadgroup

worlds: $(STAMP) ## play N simulated histories of consoles, network and centre (N=100000)
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.worlds $(or $(N),1000) $(ARGS)

lint: $(STAMP) ## format check, ruff, strict types, import contracts
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports

format: $(STAMP) ## put the code into its standard shape
	@$(VENV)/bin/ruff format .
	@$(VENV)/bin/ruff check --fix .

shift: $(STAMP) ## play N simulated shifts of eight hours and recount both boards (N=20)
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.worlds.shift $(or $(N),20) $(ARGS)

tour: $(STAMP) ## walk through the program and leave screenshots in build/tour/
	@QT_QPA_PLATFORM=offscreen $(PY) -m tests.tour $(ARGS)

fill-cuts: $(STAMP) ## a first fill of 100,000 cases through 50 breaks (ARGS="--cases N --breaks N --seed N")
	@$(PY) -m tests.journeys.fill_cuts $(ARGS)

bench: $(STAMP) ## measure speeds as ratios, into build/bench.json
	@QT_QPA_PLATFORM=offscreen $(PY) -m benchmarks $(ARGS)

growth: $(STAMP) ## what everything costs at 10,000, 100,000 and 1,000,000 cases, into docs/performance.md
	@QT_QPA_PLATFORM=offscreen $(PY) -m benchmarks.growth $(ARGS)

kills: $(STAMP) ## SIGKILL consoles and servers under load, N=1000 times; goes on where it was broken off
	@nice -n 10 $(PY) -m tests.trials kills $(or $(N),1000) $(ARGS)

trials: $(STAMP) ## PostgreSQL killed, lines cut at any byte, disks full (ARGS="--help", T=database N=20 …)
	@nice -n 10 $(PY) -m tests.trials $(T) $(N) $(ARGS)

central: $(STAMP) ## start a central server alone (ARGS="--help" explains)
	@$(PY) -m console.central $(ARGS)

lock: $(STAMP) ## resolve pyproject's ranges anew into requirements.lock, with hashes
	@$(VENV)/bin/uv pip compile --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
	  --extra central --extra dev pyproject.toml -o requirements.lock --quiet --custom-compile-command "make lock"

practice-reset: ## forget the practice province; the next `make run` makes a new one
	@$(PY) main.py --practice-reset

clean: ## remove what was built here (not the practice data)
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis
