# Two commands do everything: `make demo` and `make test`. Nothing is installed outside .venv.
SHELL := /bin/sh
BIN := .venv/bin
KG := $(BIN)/kg
DEMO := build/demo
demo: export KG_STORE := $(DEMO)/store
CORPORA ?= ../shared/corpora

.PHONY: demo test soak check lint scores bench pictures web encoder train-attribution train-events train-pronouns train-stance train-frames train-propositions clean

demo: .venv/installed build/web/bundle.json
	@rm -rf $(DEMO) && mkdir -p $(DEMO)
	$(KG) build sources --jobs 2
	@echo "\nWho claims that Putin is stalling?"
	$(KG) query who-claims-putin-is-stalling --format table
	@echo "\nThe sentence behind each claim:"
	$(KG) query who-claims-putin-is-stalling --explain
	$(KG) validate
	$(KG) export $(DEMO)/sayso.ttl
	$(KG) export $(DEMO)/sayso.graphml
	$(KG) export $(DEMO)/sayso.gexf
	$(KG) export $(DEMO)/sayso.html

test: .venv/installed build/web/bundle.json
	$(BIN)/python -m pytest -n auto

# 30 kills of a build in place of the few that `make test` has: a quarter of an hour.
soak: export KG_SOAK_STORES := 10
soak: .venv/installed
	$(BIN)/python -m pytest tests/faults/test_kills.py

check: lint test

lint: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

scores: .venv/installed
	$(BIN)/python -m tests.scores --corpora $(CORPORA)

# With DATE=2026-11-22 the table is written to docs/benchmarks.md too.
bench: .venv/installed
	$(BIN)/python -m tests.benchmarks $(if $(DATE),--out docs/benchmarks.md --date $(DATE))

# Makes the pictures of docs/ again, of the sample texts.
pictures: export KG_STORE := build/pictures/store
pictures: .venv/installed build/web/bundle.json
	@rm -rf build/pictures && mkdir -p build/pictures
	$(KG) build sources --jobs 2
	$(KG) plot network docs/graph.png --view network
	$(KG) plot frames-over-time docs/frames-over-time.png
	$(KG) plot speakers docs/speakers.png
	$(KG) plot timeline docs/timeline.png
	$(KG) export build/pictures/page.html
	$(BIN)/python -m tests.web.picture build/pictures/page.html docs/page.png --node https://sayso.example/actor/person/sigrun-haldorsen-140a67a8

# Makes models/attribution again from the corpus: about 45 minutes on two cores, 5 GB of packages in .venv-train.
train-attribution: .venv-train/installed
	.venv-train/bin/python -m training.attribution.train --data $(CORPORA)/polnear/train --out models/attribution --version attribution-1
	.venv-train/bin/python -m training.attribution.calibrate --data $(CORPORA)/polnear/dev --model models/attribution

# Makes models/encoder again from the published weights: two minutes. What reads its vectors (frames, stance) is trained after it.
encoder: .venv-train/installed
	.venv-train/bin/python -m training.encoder.export --out models/encoder

# Makes models/events again: two minutes.
train-events: .venv/installed
	$(BIN)/python -m training.events.types --data $(CORPORA)/plover/PLV_train.tsv --out models/events --version events-1
	$(BIN)/python -m training.events.parties --data $(CORPORA)/cameo-ner/train.txt --out models/events --version events-1

# Makes models/pronouns again: ten minutes, nearly all of it for reading the texts.
train-pronouns: .venv/installed
	$(BIN)/python -m training.pronouns.fit --data $(CORPORA)/gap/gap-development.tsv --out models/pronouns/weights.json

# Makes models/stance again: ten minutes on one core.
train-stance: .venv/installed
	$(BIN)/python -m training.stance.train --data $(CORPORA)/newsmtsc/train.jsonl --out models/stance --version stance-1

# Makes models/frames and docs/frames.md again: two minutes.
train-frames: .venv/installed
	$(BIN)/python -m training.frames.keys --out models/frames
	$(BIN)/python -m training.frames.train --out models/frames --version frames-1
	$(BIN)/python -m training.frames.describe --out docs/frames.md

# Makes models/propositions again: a minute.
train-propositions: .venv/installed
	$(BIN)/python -m training.propositions.fit --data $(CORPORA)/carb --out models/propositions/weights.json

.venv-train/installed: training/requirements.lock
	python="$$(sh tools/find-python.sh)" && "$$python" -m venv .venv-train
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r training/requirements.lock
	@touch $@

# Everything that runs, tests and checks the project, as locked with hashes in requirements.lock.
.venv/installed: requirements.lock pyproject.toml
	python="$$(sh tools/find-python.sh)" && "$$python" -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q kg
	@touch $@

# The scripts of the exported page and of the explorer; where they cannot be built, the rest works without.
web: build/web/bundle.json

build/web/bundle.json: .venv/installed $(wildcard web/*.json web/*.mjs web/src/* web/src/*/*)
	$(BIN)/python web/bundle.py
	@if [ -e $@ ]; then touch $@; fi

clean:
	rm -rf build .venv .venv-train web/node_modules
