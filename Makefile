# Who Decides? / Qui décide ?: the commands people type.

PYTHON ?= python3
BIN := .venv/bin

.PHONY: help run test torture lint messages lock screenshots bench specs clean

run: .venv/.runs  ## start the app
	$(BIN)/python -c 'from assessment.content.edition import check_shipped_content as check; check()'
	$(BIN)/streamlit run app.py

test torture: export PYTHONDONTWRITEBYTECODE =  # else each of their processes compiles all anew
test: .venv/.tests lint  ## everything: lint, types, unit, pages, browser
	$(BIN)/pytest -n 2 --dist loadgroup --durations=15

torture: .venv/.tests  ## every promise about saved answers, in full: 10,000 kills, attacks and the rest
	TORTURE=1 $(BIN)/pytest tests/reliability -q -n 2

lint: .venv/.tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

messages: .venv/.tests  ## bring the French catalogue up to date with the code
	$(BIN)/pybabel -q extract -F babel.cfg -k template -k Refused -k counted:1,2 -k counted_alike:1,1 --no-location --omit-header -o messages.pot .
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --omit-header -w 100 -i messages.pot -d assessment/locale -l fr
	rm messages.pot

lock: .venv/.tests  ## pin every package again, from pyproject.toml
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 --group dev pyproject.toml -o requirements-dev.txt

screenshots: .venv/.tests  ## open every page in Chromium: light, dark, phone, both languages
	$(BIN)/python -m tests.browser.screenshots screenshots

bench: .venv/.tests  ## clicks, pages, memory and files beside their floors, up to 100,000 answers
	$(BIN)/python -m tests.benchmarks --write

specs: .venv/.tests  ## approve the chart specs as they are now
	APPROVE=1 $(BIN)/pytest tests/charts -q

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1\t\2/p' Makefile

clean:  ## remove what was made here, data apart
	rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .hypothesis screenshots

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.runs: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements.txt
	touch $@

.venv/.tests: requirements-dev.txt requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements.txt -r requirements-dev.txt
	touch $@ .venv/.runs
