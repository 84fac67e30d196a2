# make install | run | test | bench | lint     (PORT=8000 DATA=data; PYTHON=… chooses the Python)
PORT ?= 8000
DATA ?= data
VENV ?= .venv
PYTHON ?=
ARGS ?=
# An extra package index for PyTorch alone, such as its CPU builds (README says where they are).
TORCH_INDEX ?=

PY := $(VENV)/bin/python
PIP := $(PY) -m pip install -qq --disable-pip-version-check -c constraints.txt

.PHONY: install dev run test bench lint clean

install: $(VENV)/.installed

dev: $(VENV)/.installed-dev

run: install
	@exec $(VENV)/bin/attune serve --port $(PORT) --data $(DATA)

test: dev
	@exec $(PY) -m pytest $(ARGS)

bench: install
	@exec $(PY) -m bench $(ARGS)

lint: dev
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/.made:
	@found=""; for name in $(PYTHON) python3.11 python3.12 python3 python; do \
	  if "$$name" -c 'import sys; sys.exit(sys.version_info[:2] not in ((3, 11), (3, 12)))' \
	    >/dev/null 2>&1; then found="$$name"; break; fi; done; \
	if [ -z "$$found" ]; then \
	  echo "Attune needs Python 3.11 or 3.12, and neither was found on the PATH;" \
	    "install one, or name it: make install PYTHON=/path/to/python3.12" >&2; exit 1; fi; \
	echo "Making $(VENV) with $$("$$found" --version)."; \
	"$$found" -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "The venv could not be made; on Debian or Ubuntu: apt install python3-venv" >&2; exit 1; }
	@touch $@

$(VENV)/.installed: $(VENV)/.made pyproject.toml constraints.txt
	@echo "Installing, step 1 of 2: PyTorch, the largest part (a few minutes the first time)."
	@$(PIP) $(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX)) torch
	@echo "Installing, step 2 of 2: the other libraries and Attune itself."
	@$(PIP) -e .
	@touch $@
	@echo "Installed. Next: make run"

$(VENV)/.installed-dev: $(VENV)/.installed
	@echo "Installing what the tests need."
	@$(PIP) -e ".[dev]"
	@touch $@
