# Thin on purpose: each target is one line that can be typed by hand.
PY := .venv/bin/python
.PHONY: run test lint bench proof

run: .venv/ready
	$(PY) -m jobcenter run

test: .venv/ready-dev
	$(PY) -m tests

lint: .venv/ready-dev
	$(PY) -m tests.lint

bench: .venv/ready-dev
	$(PY) -m ml benchmark --profiles 153467

proof: .venv/ready-dev
	$(PY) -m tests.proof

.venv/ready: requirements.txt
	test -x $(PY) || python3 -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/ready-dev: requirements-dev.txt requirements.txt
	test -x $(PY) || python3 -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ .venv/ready
