# Two commands are enough: `make run` and `make test`. `make help` lists the others.
PORT ?= 8000
HOST ?= 127.0.0.1
SITE_URL ?= http://127.0.0.1:$(PORT)
ARGS ?=
export SITE_URL

flask := .venv/bin/flask --app wsgi
python := .venv/bin/python
benchmarks := quality_of_search search_precision screening review_desk search search_live import_listings import_desk duplicates urgent_page map_view

.PHONY: help run test coverage check lint bench lock
.DEFAULT_GOAL := help

help: ## List every target with one line
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

run: ## Set up what is missing and serve the site on http://127.0.0.1:8000 (PORT= and HOST= change it)
	@sh requirements/set-up run
	@$(flask) serve --host "$(HOST)" --port "$(PORT)"

test: ## Set up what is missing and run every test (ARGS= goes to pytest; REQUIRE_ALL=1 skips nothing)
	@sh requirements/set-up test
	@$(python) -m pytest $(ARGS)

coverage: ## Every test with coverage and its floor; takes almost twice as long
	@sh requirements/set-up test
	@$(python) -m pytest --cov --cov-report=term:skip-covered $(ARGS)

check: lint ## Lint, then the tests that need neither PostgreSQL nor a browser
	@$(python) -m pytest -m "not db and not journey" $(ARGS)

lint: ## Check style, types, imports between rooms, templates, dead code and spelling
	@sh requirements/set-up test
	@sh .ci/lint

bench: ## Run every benchmark, with its peers, and print what it measured
	@sh requirements/set-up bench
	@sh requirements/set-up test
	@for name in $(benchmarks); do echo "== $$name"; $(python) -m benchmarks.$$name || exit 1; done

lock: ## Renew the locks in requirements/ from the ranges in pyproject.toml
	@sh requirements/lock
