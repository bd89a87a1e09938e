# Each target calls commands that can also be called by hand.
SHELL := /bin/sh
HOST ?= 127.0.0.1
PORT ?= 8000
INSTANCE ?= $(or $(REGISTER_INSTANCE),instance)
BIN := .venv/bin
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help run test check lint fix bench docs fonts screenshot lock

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile

run: export REGISTER_INSTANCE := $(abspath $(INSTANCE))
run: ## set up, load the sample register if there is none, and serve it (HOST, PORT, INSTANCE)
	@tools/setup.sh runtime
	$(BIN)/ai-register init
	$(BIN)/ai-register sample --if-empty
	exec $(BIN)/ai-register serve --host $(HOST) --port $(PORT)

test: ## run the whole test suite: on SQLite, in a browser, on PostgreSQL
	@tools/setup.sh test
	tools/test.sh

check: lint test ## everything that must hold before a commit

lint: ## everything that must hold, but for the tests
	@tools/setup.sh test
	$(BIN)/python -m ruff check
	$(BIN)/python -m ruff format --check
	$(BIN)/python -m mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m tools.generated --check
	$(BIN)/python -m tools.catalogues check

fix: ## mend what ruff can mend
	@tools/setup.sh test
	$(BIN)/python -m ruff check --fix
	$(BIN)/python -m ruff format

bench: ## measure beside others, on this machine (ARGS="search 20000 --write" for one thing)
	@tools/setup.sh bench
	$(BIN)/python -m bench $(ARGS)

docs: ## bring the generated files and the translation catalogues up to date
	@tools/setup.sh test
	$(BIN)/python -m tools.generated --write
	$(BIN)/python -m tools.catalogues update

fonts: ## fetch the fonts into static/fonts
	@tools/setup.sh test
	$(BIN)/python -m tools.fonts.fetch

screenshot: ## take pictures of pages that are being served (ARGS="--help" tells how)
	@tools/setup.sh test
	$(BIN)/python -m tools.screenshot --base http://$(HOST):$(PORT) $(ARGS)

lock: ## resolve the dependencies anew (needs uv)
	tools/lock.sh
