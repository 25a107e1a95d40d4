.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TRAIN := .venv-train
CORPORA ?= ../shared/corpora
UV := $(BIN)/uv
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-header --constraint requirements/constraints.in pyproject.toml
# Which build of torch, and with it which of these, is for the machine to say.
CUDA := torch triton cuda-bindings cuda-pathfinder cuda-toolkit nvidia-cublas nvidia-cuda-cupti nvidia-cuda-nvrtc \
	nvidia-cuda-runtime nvidia-cudnn-cu13 nvidia-cufft nvidia-cufile nvidia-curand nvidia-cusolver nvidia-cusparse \
	nvidia-cusparselt-cu13 nvidia-nccl-cu13 nvidia-nvjitlink nvidia-nvshmem-cu13 nvidia-nvtx

help: ## what can be done here
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

run: $(VENV)/.run ## set up and run the main job: samples/ through all four stages into ./data
	$(BIN)/newswire run

test: $(VENV)/.test ## set up and run every test
	$(BIN)/pytest

check: $(VENV)/.test ## ruff, mypy --strict, the plan of who imports whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -q tests/test_rooms.py

regold: $(VENV)/.test ## write the rows expected of the golden files anew: the diff is the review
	$(BIN)/pytest -q tests/test_golden.py --regold

install: $(VENV)/.test ## the whole environment, Airflow included

airflow: $(VENV)/.test ## set up and start a local Airflow with the DAGs, on loopback; Ctrl-C stops it
	$(BIN)/python -m deploy.local

cluster: $(VENV)/.cluster ## the same with Postgres, Redis, S3, SQS and two Celery workers; needs Debian's postgresql and redis-server
	$(BIN)/python -m deploy.cluster

env: ## make .env, the secrets of docker-compose.yaml
	$(PYTHON) -m deploy.settings

cluster-test: $(VENV)/.cluster ## what needs Postgres: the DuckLake, and a month of three sources on such a cluster; half an hour
	$(BIN)/pytest -n 0 -s -m "cluster or not cluster" tests/test_lakehouse.py tests/test_warehouse.py tests/test_cluster.py

events-demo: $(VENV)/.test ## put stories into a local S3 bucket and see them loaded within seconds
	$(BIN)/python -m deploy.events

events-chaos: $(VENV)/.test ## the same with 1,000 stories, while processes are killed and the DAG is paused
	$(BIN)/python -m deploy.events --chaos --stories 1000 --pause 0.12

docs: $(VENV)/.test ## write docs/tables.md, settings.md, sources.md and the README's output anew from the code
	$(BIN)/python -m pipeline.documents
	$(BIN)/pytest -q tests/test_docs.py --regold

lock: $(UV) ## compile requirements/*.txt again from pyproject.toml
	$(LOCK) --output-file requirements/run.txt
	$(LOCK) --constraint requirements/run.txt --extra airflow --group test --group check --output-file requirements/test.txt
	$(LOCK) --constraint requirements/test.txt --extra airflow --extra cluster --extra ducklake --output-file requirements/cluster.txt
	$(LOCK) --constraint requirements/run.txt --group train $(CUDA:%=--no-emit-package %) --output-file requirements/train.txt

train: $(TRAIN)/.train ## train the language model anew from $(CORPORA), about two hours on two cores, and package it
	$(TRAIN)/bin/python -m training.train --corpora $(CORPORA) --out .train
	$(TRAIN)/bin/python -m training.export --corpora $(CORPORA) --run .train
	PYTHONPATH=. $(TRAIN)/bin/python benchmarks/model_scores.py --shared $(CORPORA)/.. > .train/scores.md
	$(TRAIN)/bin/python -m training.card --run .train --scores .train/scores.md

$(UV):
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes --requirement requirements/uv.txt

$(VENV)/.run: requirements/run.txt pyproject.toml | $(UV)
	test -e $(VENV)/.test || $(UV) pip install --quiet --python $(BIN)/python --require-hashes --requirement requirements/run.txt
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.test: requirements/test.txt pyproject.toml | $(UV)
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes --requirement requirements/test.txt
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	touch $@ $(VENV)/.run

$(VENV)/.cluster: requirements/cluster.txt $(VENV)/.test
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes --requirement requirements/cluster.txt
	touch $@

$(TRAIN)/.train: requirements/train.txt pyproject.toml | $(UV)
	$(PYTHON) -m venv $(TRAIN)
	$(TRAIN)/bin/pip install --quiet torch==2.13.0
	$(UV) pip install --quiet --python $(TRAIN)/bin/python --no-deps --require-hashes --requirement requirements/train.txt
	$(UV) pip install --quiet --python $(TRAIN)/bin/python --no-deps --no-build-isolation --editable .
	touch $@

clean: ## remove what the commands above made, data included
	rm -rf $(VENV) $(TRAIN) .train data .airflow .cluster

.PHONY: help run test check regold install airflow cluster env cluster-test events-demo events-chaos docs lock train clean
