#!/usr/bin/env python3
"""Compiles the counterexamples of a report as a student would, and runs them.

    tests/corpus/run_examples.py [--grader PROGRAM] [--all] [FILE]...

Each C program, compiled with the file it was made for, must end with status 1, or break
off, or hang: the mistake shows. With the reference solution it must end with status 0.
And it is short: six calls are enough for at least nine in ten. Without names: a choice of
mistakes, of every suite some; with --all, all mistakes.
"""

import argparse
import functools
import json
import pathlib
import subprocess
import sys
import tempfile
import threading

from runner import EXERCISE, HERE, ROOT, Failed, try_all

CHOSEN = ("aligns_the_offset", "aligns_to_powers_of_ten", "blocks_share_a_byte",
          "build_array_counts_from_one", "build_array_ignores_the_error",
          "build_array_of_nothing_fails", "end_plus_len_wraps", "exact_fit_refused",
          "free_of_a_middle_block", "full_after_a_failure", "grow_without_a_check",
          "handle_holds_a_copy", "padding_exceeds_what_is_left", "reset_does_nothing",
          "reset_shrinks_the_buffer", "shrink_gives_nothing_back",
          "waits_when_full", "zeroes_new_blocks")
# A sequence of calls shows no call of malloc, no missing function, no printed line;
# whether a length taken for an alignment is right depends on addresses, whether a local
# variable that is gone still holds something on what came after it, and padding in an int
# shows at one address alone.
WITHOUT = ("build_array_uses_malloc", "conflicting_types", "does_not_compile",
           "missing_build_array", "missing_fba_reset", "misspelt_fba_reset",
           "only_comments", "padding_in_an_int", "prints_in_alloc",
           "prints_when_it_frees", "swapped_arguments_of_alloc",
           "table_in_a_local_variable")
FLAGS = ("-std=c17", "-g", "-w", "-fsanitize=undefined", "-fno-sanitize-recover=all")
HANGS_AFTER_SECONDS = 5
# A program's addresses differ from run to run, and a multiple of ten is a right answer at
# one in five of them.
BY_CHANCE = ("rounds_to_tens",)
RUNS = 5
CALLS_ENOUGH = 6


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--grader", default=ROOT / "build" / "bin" / "grader")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("paths", nargs="*", type=pathlib.Path)
    return parser.parse_args()


def examples_of(grader, path, directory):
    """(what it belongs to, counterexample) of each in the report on a file."""
    report = directory / "report.json"
    subprocess.run([grader, "grade", path, "--report", report, "--quiet"], check=True,
                   stdout=subprocess.DEVNULL)
    content = json.loads(report.read_text(encoding="utf-8"))
    owners = [(test["id"], test) for test in content["tests"]]
    owners += [("a finding", finding) for finding in content["findings"]]
    return [(name, owner["counterexample"]) for name, owner in owners
            if owner["counterexample"] is not None]


def status_with(program, implementation, directory, runs=1):
    """How the program ends, linked with an implementation: 0 if it does so each time;
    None if it does not end."""
    executable = directory / "counterexample"
    compiled = subprocess.run(["gcc", *FLAGS, "-I", EXERCISE, implementation, program,
                               "-o", executable], capture_output=True, text=True,
                              check=False)
    if compiled.returncode != 0:
        raise Failed(f"the program does not compile: {compiled.stderr}")
    status = 0
    for _ in range(runs):
        try:
            status = subprocess.run([executable], capture_output=True, check=False,
                                    timeout=HANGS_AFTER_SECONDS).returncode
        except subprocess.TimeoutExpired:
            return None
        if status != 0:
            break
    return status


class Lengths:
    """How many calls the counterexamples have had."""

    def __init__(self):
        self.calls = []
        self.lock = threading.Lock()

    def note(self, example):
        with self.lock:
            self.calls.append(len(example["calls"]))

    def differences(self):
        enough = sum(count <= CALLS_ENOUGH for count in self.calls)
        if enough * 10 >= len(self.calls) * 9:
            return []
        return [f"only {enough} of {len(self.calls)} counterexamples have at most "
                f"{CALLS_ENOUGH} calls"]


def try_file(arguments, lengths, path):
    """Sentences about what is wrong with one file's counterexamples."""
    found = []
    with tempfile.TemporaryDirectory(prefix="examples.") as name:
        directory = pathlib.Path(name)
        examples = examples_of(arguments.grader, path, directory)
        program = directory / "counterexample.c"
        for owner, example in examples:
            lengths.note(example)
            program.write_text(example["program"], encoding="utf-8")
            runs = RUNS if path.stem in BY_CHANCE else 1
            if status_with(program, path, directory, runs) == 0:
                found.append(f"{owner}: the program does not show the mistake")
            if status_with(program, ROOT / "reference" / "fba.c", directory) != 0:
                found.append(f"{owner}: the program fails with the solution too")
    return found if examples else ["no counterexample"]


def main():
    arguments = parse_arguments()
    mistakes = HERE / "mistakes"
    files = arguments.paths or [mistakes / f"{name}.c" for name in CHOSEN]
    if arguments.all:
        files = [path for path in sorted(mistakes.glob("*.c"))
                 if path.stem not in WITHOUT]
    lengths = Lengths()
    status = try_all([path.resolve() for path in files],
                     functools.partial(try_file, arguments, lengths), arguments.jobs)
    for sentence in lengths.differences():
        print(sentence, file=sys.stderr)
        status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
