# Two commands: `make run` and `make test`. Everything else is here too; `make help` lists it.
.DEFAULT_GOAL := help
.PHONY: help setup run test lint train shell review docs widget fuzz audit sbom clean

STILLNIGHT := .venv/bin/stillnight
READY := .venv/.ready
UV = $(shell command -v uv || echo .tools/bin/uv)

help: ## list these commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */\t/' | expand -t 10

setup: $(READY) ## find or install uv, Python 3.10 and the locked dependencies

$(READY): uv.lock pyproject.toml .python-version scripts/setup
	@scripts/setup

run: $(READY) ## train if need be, start the server, print the address of the chat page
	@$(STILLNIGHT) train --if-stale && exec $(STILLNIGHT) serve

test: $(READY) ## everything that CI runs
	@scripts/test

lint: $(READY) ## style, types and content
	@.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy && $(STILLNIGHT) check

train: $(READY) ## train the model
	@$(STILLNIGHT) train

widget: $(READY) ## build the website widget from widget/ (fetches the locked Node)
	@scripts/widget

fuzz: $(READY) ## a million inputs against the readers of strangers' words; goes on from the last time
	@.venv/bin/python -m tests.fuzz

audit: $(READY) ## known vulnerabilities of what is locked; docs/threat-model.md lists the known ones
	@$(UV) run --quiet --locked --script scripts/audit.py

sbom: $(READY) ## what the server is made of, as CycloneDX: results/stillnight.cdx.json
	@mkdir -p results && $(UV) export --frozen --quiet --no-dev --format cyclonedx1.5 --preview-features sbom-export --output-file results/stillnight.cdx.json
	@echo "Wrote results/stillnight.cdx.json."

shell: $(READY) ## chat in the terminal
	@$(STILLNIGHT) train --if-stale && exec $(STILLNIGHT) shell

review: $(READY) ## lay out everything the assistant can say, to read and sign, in review/
	@$(STILLNIGHT) review

docs: $(READY) ## build the documentation in site/ (fetches MkDocs the first time)
	@scripts/docs

clean: ## remove what was built; conversations in .stillnight/ stay
	@rm -rf .venv .tools models .rasa results review site widget/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo "Clean."
