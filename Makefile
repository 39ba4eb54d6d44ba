# make lab        opens the workbook in JupyterLab
# make test       checks and tests everything; what was skipped, and why, stands in the last lines
# make notebooks  runs every notebook again and keeps what it printed (what the tests compare)
# make lock       chooses the newest versions that pyproject.toml allows
# Each makes its own environment in .venv first: it needs Python 3.11 or later, git and make, and nothing else.

PYTHON ?= python3
BIN := .venv/bin

export PYTHONHASHSEED := 0

.PHONY: lab test notebooks lock clean

lab: .venv/made
	$(BIN)/jupyter lab notebooks

test: .venv/made
	$(BIN)/python tools/run_tests.py

notebooks: .venv/made
	$(BIN)/jupyter nbconvert --to notebook --execute --inplace notebooks/*.ipynb
	$(BIN)/python tools/strip_notebooks.py notebooks/*.ipynb

lock: .venv/made
	$(BIN)/uv pip compile --quiet --upgrade --universal --no-header --no-annotate --extra test \
		--output-file requirements.lock pyproject.toml

clean:
	rm -rf .venv build artefacts *.egg-info

.venv/made: pyproject.toml requirements.lock
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.5,<1"
	$(BIN)/uv pip install --quiet --python $(BIN)/python --requirement requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	touch $@
