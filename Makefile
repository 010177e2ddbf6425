# The front door: every task of a user or developer is one target. `make help` lists them.

PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift
PYTHON ?= python3
PROGRAMS = inbox inbox-relay inbox-sim
RELEASE = .build/release
VENV = .venv
# Few tests at once, where Swift can (6.3): with all of them started, whatever waits for a moment would wait
# for all the others.
FEW = --experimental-maximum-parallelization-width
TESTS = $(SWIFT) test --disable-xctest $(if $(shell $(SWIFT) test --help-hidden | grep -e $(FEW)),$(FEW) 4)
FUZZ ?= 1000000
SEED ?= $(shell date +%s)
DOCS = README.md CHANGELOG.md docs/operations.md docs/threat-model.md docs/keys.md

.DEFAULT_GOAL := help
.PHONY: help deps deps-test build release demo test check chaos fuzz storm bench install uninstall format clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

deps: ## install the system packages that are missing (apt-get; sudo only when not root)
	@scripts/deps build

deps-test:
	@scripts/deps test

build: deps ## debug build of everything
	$(SWIFT) build

release: deps ## release build of the three programs, Swift runtime linked in
	@for program in $(PROGRAMS); do \
	  echo "== building $$program (release)"; \
	  $(SWIFT) build -c release --static-swift-stdlib --product $$program || exit 1; \
	done

demo: release ## build, then open the inbox on a seeded gym with live simulated customers
	@exec $(RELEASE)/inbox demo $(DEMO)

test: deps-test $(VENV)/.ready ## the whole suite: terminal, unit, integration, end to end
	$(SWIFT) build --build-tests
	$(VENV)/bin/python scripts/terminal-tests .build/debug
	INBOX_PROGRAMS=.build/debug $(PYTHON) Tests/chaos/run.py --kills 12 --seconds 30 --seed 1
	$(TESTS)

storm: ## a long run of sending under random faults; ROUNDS and SEED choose it
	$(SWIFT) build --build-tests
	INBOX_STORM_ROUNDS=$(or $(ROUNDS),400) $(if $(SEED),INBOX_STORM_SEED=$(SEED)) \
	  $(TESTS) --skip-build --filter FaultStormTests

check: ## format lint, import table, file rules, paths in the docs
	@scripts/check

chaos: deps-test ## kill -9 and every other fault, then compare what is stored with what was acknowledged
	$(SWIFT) build
	INBOX_PROGRAMS=.build/debug $(PYTHON) Tests/chaos/run.py $(CHAOS)
	STRESS_ROUNDS=25 $(TESTS) --filter ProcessTests

fuzz: ## a million damaged webhooks through the decoder
	FUZZ_INPUTS=$(FUZZ) FUZZ_SEED=$(SEED) $(TESTS) --filter WebhookFuzzTests

bench: release ## measure the release programs against reference programs and goals
	@scripts/deps bench
	@$(PYTHON) bench/run.py $(BENCH)

install: ## install programs, docs and units under PREFIX (DESTDIR is honoured)
	@for program in $(PROGRAMS); do test -x $(RELEASE)/$$program || \
	  { echo "install: $(RELEASE)/$$program is missing: run 'make release' first" >&2; exit 1; }; done
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/doc/inbox" \
	  "$(DESTDIR)$(PREFIX)/share/inbox/deploy"
	for program in $(PROGRAMS); do \
	  install -m 0755 $(RELEASE)/$$program "$(DESTDIR)$(PREFIX)/bin/$$program" || exit 1; done
	install -m 0644 $(wildcard $(DOCS)) "$(DESTDIR)$(PREFIX)/share/doc/inbox/"
	install -m 0644 config.example.toml "$(DESTDIR)$(PREFIX)/share/doc/inbox/"
	install -m 0644 deploy/* "$(DESTDIR)$(PREFIX)/share/inbox/deploy/"

uninstall: ## remove what install put there
	for program in $(PROGRAMS); do rm -f "$(DESTDIR)$(PREFIX)/bin/$$program"; done
	rm -rf "$(DESTDIR)$(PREFIX)/share/doc/inbox" "$(DESTDIR)$(PREFIX)/share/inbox"

format: ## rewrite the Swift sources in the house format
	$(SWIFT) format -i -r Package.swift Sources Tests

clean: ## remove what was built
	rm -rf .build $(VENV) bench/out

# The terminal tests run on pinned packages in an environment of their own.
$(VENV)/.ready: scripts/requirements.txt
	@echo "== preparing $(VENV) for the terminal tests"
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -r scripts/requirements.txt
	@touch $@
