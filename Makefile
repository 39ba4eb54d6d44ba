# make lab        opens the workbook in JupyterLab
# make lab-ja     opens its Japanese edition in a JupyterLab that speaks Japanese
# make lecture    shows it as slides, with live widgets: http://localhost:8866
# make handouts   writes each lesson on paper, for students and for the lecturer, into build/handouts
# make test-labs  moves every control of every lesson in a browser (make test does some lessons): a quarter of an hour
# make test-lecture walks every slide of every lesson at three sizes of the screen: it takes about half an hour
# make site       writes the workbook as static files, JupyterLab and Python in the browser, into build/site; needs node and npm
# make test       checks and tests everything; what was skipped, and why, stands in the last lines
# make test-site  makes the site, runs every notebook of both editions in the browser, and walks its lectures: half an hour
# make test-ja    runs all notebooks of the Japanese edition and compares what they print (of which make test does three)
# make translations brings the Japanese edition up to date with the English, as far as it is translated
# make notebooks  runs every notebook again and keeps what it printed (what the tests compare)
# make pictures   paints each lab's picture into the notebooks, for readers without a kernel
# make test-rules runs the rules of all configurations, and all cases in which rules decide, beside the real sendmail, as root
#                 (make test takes a third of both)
# make soak       draws sites and texts by lot for ten minutes (MINUTES=60: for an hour) and tells what ends badly
# make bench-ui   prints how long it takes from slider to painted chart, for each notebook, and how a film of thousands plays
# make bench-site prints what the static site costs: bytes, the start of a kernel, a move of a slider, memory
# make bench      measures the simulator beside others, in an environment of its own, and prints ratios
#                 (BEFORE=commit: beside that commit of itself, by turns)
# make lock       chooses the newest versions that pyproject.toml allows
# Each makes its own environment in .venv first: it needs Python 3.11 or later with venv (a package of its own on Debian
# and Ubuntu: python3-venv), git and make.

PYTHON ?= python3
BIN := .venv/bin
AS_ROOT = $(if $(filter 0,$(shell id -u)),--allow-root)# as in a container, where there is nobody else

# stops with one line where no environment can be made
POSSIBLE = $(if $(WHY_NOT),$(error $(WHY_NOT)))
WHY_NOT = $(shell sh tools/why_not.sh "$(PYTHON)")
WHY_NO_SITE = $(shell for one in node npm; do command -v $$one >/dev/null || \
	echo "there is no $$one here: install it (Debian, Ubuntu: apt install nodejs npm)"; done)
# an environment that was made elsewhere and copied, or whose Python is gone, is none
NONE := $(shell for one in .venv .venv-bench .venv-lecture .venv-site; do \
	{ [ "$$(cat $$one/made)" = "$$(pwd -P)" ] && $$one/bin/python -c pass; } 2>/dev/null || echo $$one/made; done)

export PYTHONHASHSEED := 0

.PHONY: lab lab-ja lecture handouts site test test-labs test-lecture test-site test-ja test-rules translations notebooks pictures soak \
	bench bench-ui bench-site lock clean

lab: .venv/made
	JUPYTER_PATH="$(CURDIR)/jupyter" $(BIN)/python -m jupyterlab $(AS_ROOT) notebooks

lab-ja: .venv/made
	mkdir -p build/settings-ja
	cp -r jupyter/settings-ja/. build/settings-ja
	JUPYTER_PATH="$(CURDIR)/jupyter" JUPYTERLAB_SETTINGS_DIR="$(CURDIR)/build/settings-ja" \
		$(BIN)/python -m jupyterlab $(AS_ROOT) notebooks/ja

lecture: .venv-lecture/made
	$(BIN)/python -m tools.make_lecture build/lecture
	JUPYTER_PATH="$(CURDIR)/build/lecture/jupyter" .venv-lecture/bin/python -m voila --template=lecture --strip_sources=False \
		build/lecture/notebooks

handouts: .venv/made
	$(BIN)/python -m tools.make_handouts build/handouts

site: .venv-site/made
	.venv-site/bin/python -m tools.make_site build/site

test: .venv/made .venv-lecture/made
	$(BIN)/python tools/run_tests.py

test-labs: .venv/made
	LESSONS=all $(BIN)/python -m pytest -q -n2 -m "not measured" tests/browser/test_lab.py

test-lecture: .venv/made .venv-lecture/made
	LECTURES=all $(BIN)/python -m pytest -q -n2 tests/browser/test_lecture.py

test-site: .venv/made site
	LESSONS=all $(BIN)/python -m pytest -q -n2 tests/browser/static_site

test-rules: .venv/made
	RULES=all $(BIN)/python -m pytest -q -n2 tests/rewrite tests/against_sendmail/test_rules_against_sendmail.py

test-ja: .venv/made
	$(BIN)/python tools/run_tests.py notebooks/ja/*.ipynb

translations: .venv/made
	$(BIN)/python -m tools.translate

notebooks: .venv/made
	WORKBOOK_PROGRESS=build/nobody.json $(BIN)/python -m nbconvert --to notebook --execute --inplace notebooks/*.ipynb
	$(BIN)/python tools/strip_notebooks.py notebooks/*.ipynb

pictures: .venv/made
	$(BIN)/python -m pytest -q -p tests.browser.conftest tools/paint_notebooks.py

soak: .venv/made
	$(BIN)/python tools/soak.py --minutes $(or $(MINUTES),10)

bench-ui: .venv/made
	$(BIN)/python -m pytest -q -m measured tests/browser
	$(BIN)/python -m pytest -q -p tests.browser.conftest benchmarks/slider_to_paint.py

bench-site: .venv/made site
	$(BIN)/python -m pytest -q -s -p tests.browser.static_site.conftest benchmarks/static_site.py

bench: .venv-bench/made
	.venv-bench/bin/python benchmarks/$(if $(BEFORE),two_trees.py $(BEFORE),all.py)

lock: .venv/made
	$(BIN)/uv pip compile --quiet --upgrade --universal --no-header --no-annotate --extra lab --extra test \
		--output-file requirements.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --upgrade --universal --no-header --no-annotate --extra lab --extra lecture \
		--output-file lecture/requirements.lock pyproject.toml
	$(BIN)/uv pip compile --quiet --upgrade --universal --no-header --no-annotate \
		--output-file site/builder.lock pyproject.toml site/builder.in
	$(BIN)/uv pip compile --quiet --upgrade --no-header --no-annotate --generate-hashes \
		--python-platform wasm32-pyodide2024 --python-version 3.14 \
		--no-emit-package jupyterlab-widgets --no-emit-package widgetsnbextension \
		--output-file site/kernel.lock pyproject.toml site/kernel.in

clean:
	rm -rf .venv .venv-bench .venv-lecture .venv-site build artefacts *.egg-info

$(NONE): FORCE
FORCE:

.venv-bench/made: pyproject.toml
	$(POSSIBLE)$(PYTHON) -m venv --clear .venv-bench
	.venv-bench/bin/python -m pip install --quiet --disable-pip-version-check --editable ".[bench]"
	pwd -P > $@

.venv/made: pyproject.toml requirements.lock
	$(POSSIBLE)$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check "uv>=0.5,<1"
	$(BIN)/uv pip install --quiet --python $(BIN)/python --requirement requirements.lock
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	pwd -P > $@

# Voilà brings an extension that JupyterLab complains of, so it has an environment of its own.
.venv-lecture/made: pyproject.toml lecture/requirements.lock .venv/made
	$(PYTHON) -m venv --clear .venv-lecture
	$(BIN)/uv pip install --quiet --python .venv-lecture/bin/python --requirement lecture/requirements.lock
	$(BIN)/uv pip install --quiet --python .venv-lecture/bin/python --no-deps --editable .
	pwd -P > $@

# What makes the site: JupyterLite, and the front ends that are copied into it.
.venv-site/made: pyproject.toml site/builder.lock
	$(POSSIBLE)$(if $(WHY_NO_SITE),$(error $(WHY_NO_SITE)))$(PYTHON) -m venv --clear .venv-site
	.venv-site/bin/python -m pip install --quiet --disable-pip-version-check "uv>=0.5,<1"
	.venv-site/bin/uv pip install --quiet --python .venv-site/bin/python --requirement site/builder.lock
	pwd -P > $@
