# Needs Python 3.11 or later and make; everything else is installed into .venv.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
ADDRESS ?= localhost
STEP ?=

.PHONY: help demo test setup format docs lock

help: ## Say what there is
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## (.*)/  make \1\t\2/' | expand -t 16

demo: ## Serve the demo world on http://localhost:8000 (PORT=8001 for another port)
	@$(PYTHON) tools/bootstrap.py runtime
	@exec .venv/bin/osler demo --port "$(PORT)" --host "$(ADDRESS)"

test: ## Run everything CI runs (STEP=types runs one step)
	@$(PYTHON) tools/bootstrap.py dev
	@exec .venv/bin/python tools/checks.py $(STEP)

setup: ## Make the environment with all tools for development
	@$(PYTHON) tools/bootstrap.py dev

format: setup ## Put code and templates into the agreed form
	@.venv/bin/ruff check --fix --quiet .
	@.venv/bin/ruff format .
	@git ls-files -z -- 'osler/web/templates/*.html' | xargs -0 -r .venv/bin/djade

docs: setup ## Write docs/reference from the code
	@.venv/bin/osler docs build

lock: setup ## Take up newer versions of the dependencies
	@.venv/bin/python tools/lock.py
