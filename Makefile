# The front door. What builds the project is CMake (CMakePresets.json); this file
# installs what is missing, builds quietly and runs. `make help` lists what it can do.

first_exercise := 06_fixed_buffer
EXERCISE ?= $(first_exercise)
REPORT ?=
FUZZ_SECONDS ?= 60
ifeq ($(EXERCISE),$(first_exercise))
SUBMISSION ?= exercises/$(EXERCISE)/fba.c
else
SUBMISSION ?= exercises/$(EXERCISE)/$(shell \
	sed -n 's/^ *"file": *"\(.*\)".*/\1/p' exercises/$(EXERCISE)/exercise.json)
endif

build := build
# Holds the folder it was configured in: a copied or moved checkout is built anew.
stamp := $(build)/.configured

# make has no rules of its own to try on any of these files.
MAKEFLAGS += --no-builtin-rules
.SUFFIXES:

# The shell reads these from the environment, so that any file name will do.
export SUBMISSION REPORT

.PHONY: grade watch ready test direct manifest student-view handout gradescope autolab bench fuzz mutate style format clean help
.DEFAULT_GOAL := help

grade: ready
	@$(build)/bin/grader grade \
		$(if $(filter-out $(first_exercise),$(EXERCISE)),--exercise exercises/$(EXERCISE)) \
		$(if $(REPORT),--report "$$REPORT") -- "$$SUBMISSION"

watch: ready
	@$(build)/bin/grader watch \
		$(if $(filter-out $(first_exercise),$(EXERCISE)),--exercise exercises/$(EXERCISE)) \
		-- "$$SUBMISSION"

# Quiet. ninja knows what depends on what; it is asked only if anything is newer than its
# last run. Folders count too: they are newer when a file came or went.
sources := CMakeLists.txt $(wildcard cmake/* exercises/*/*.h grader grader/* grader/*/* \
	reference reference/* harness harness/* harness/*/* harness/*/*/* tools/filters/*)
built := $(build)/.built
ready: $(built)
$(built): $(stamp) $(sources)
	@ninja -C $(build) >$(build)/build.log 2>&1 || { cat $(build)/build.log >&2; exit 3; }
	@touch $@

ifneq ($(file <$(stamp)),$(CURDIR))
.PHONY: $(stamp)
endif
$(stamp): ci/install_deps.sh ci/configure.sh CMakePresets.json
	@ci/install_deps.sh grade
	@ci/configure.sh release $(build)
	@printf '%s' '$(CURDIR)' >$@

test:
	@tests/run_all.sh

# Isolates nothing: the submission runs as the user, with all of the user's rights.
direct: ready
	@command -v python3 >/dev/null || ci/install_deps.sh test
	@tests/direct.py --build $(build) --keep $(build)/direct "$$SUBMISSION"; \
		status=$$?; \
		echo 'The program is $(build)/direct; try: gdb --args $(build)/direct --results-fd 1'; \
		exit $$status

manifest: ready
	@for exercise in exercises/*/exercise.json; do \
		harness=$$(sed -n 's/^ *"harness": *"\([a-z0-9_]*\)".*/\1/p' "$$exercise"); \
		tools/manifest.py "$${exercise%/*}" --judge "$(build)/bin/judge_$$harness" \
			|| exit; \
	done

# Its images need rsvg-convert, and stay as they are without.
student-view: ready
	@tools/student_view.py --grader $(build)/bin/grader \
		$$(command -v rsvg-convert >/dev/null && echo --images)

# SOURCES=yes also packs the sources of the libraries in it.
handout:
	@tools/handout.sh $(if $(SOURCES),--sources)

gradescope autolab:
	@ci/pack.sh $@

bench: ready
	@ci/install_deps.sh bench
	@bench/bench.py --build $(build)

# FUZZ_SECONDS is how long each target searches. What breaks one is in build/fuzz/fuzz.
fuzz:
	@ci/install_deps.sh test
	@cmake --preset fuzz
	@cmake --build --preset fuzz
	@FUZZ_SECONDS=$(FUZZ_SECONDS) ctest --preset fuzz

# Some minutes: every mutant of every design, and docs/mutation.md anew.
mutate: ready
	@ci/install_deps.sh test
	@/usr/bin/python3 tests/mutation/mutate.py --grader $(build)/bin/grader \
		--write docs/mutation.md

style:
	@ci/check_style.sh

format:
	@ci/check_style.sh --fix

clean:
	@rm -rf $(build)

help:
	@echo 'make grade [SUBMISSION=fba.c] [REPORT=report.json] [EXERCISE=06_fixed_buffer]'
	@echo '                 grade a submission; without one, the starter in exercises/'
	@echo 'make watch [SUBMISSION=fba.c]'
	@echo '                 grade it each time it is saved, and say what changed'
	@echo 'make test        run every test of the project'
	@echo 'make direct [SUBMISSION=fba.c]'
	@echo '                 the same tests in one process with the submission, for gdb'
	@echo '                 and valgrind; for your own code only'
	@echo 'make manifest    bring every exercise.json in step with its suites and header'
	@echo 'make student-view'
	@echo '                 write docs/student-view.md anew, with what the grader says now'
	@echo 'make handout [SOURCES=yes]'
	@echo '                 pack what students get, with a grader that needs no installing'
	@echo 'make gradescope  pack the zip file that Gradescope takes'
	@echo 'make autolab     pack the two files that Autolab takes'
	@echo 'make fuzz [FUZZ_SECONDS=60]'
	@echo '                 search for inputs that break what reads a stranger'"'"'s bytes'
	@echo 'make mutate      make small mistakes in right designs; every suite must notice'
	@echo 'make style       check formatting, structure and static analysis'
	@echo 'make format      format the sources'
	@echo 'make bench       measure the grader against a compiler and a plain test program'
	@echo 'make clean       remove what was built'
