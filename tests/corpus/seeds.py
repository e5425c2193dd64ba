#!/usr/bin/env python3
"""Grades files of the corpus with many seeds: each time the verdict that they state.

    tests/corpus/seeds.py [--grader PROGRAM] [--seeds N] [FILE|DIRECTORY]...

The seed only searches, so no seed may change a verdict, and in a right design no search
may find anything. Where a test has failed there is nothing left to search for: the whole
report is the same but for the seed that it names. Without names: all of correct/.
"""

import argparse
import functools
import json
import pathlib
import subprocess
import sys
import tempfile

import expectation
from run import verdict_of
from runner import ROOT, Failed, corpus_files, submission_of, try_all

# Both ends of the range, and then numbers with little in common.
ENDS = [0, 2**64 - 1]
STEP = 0x9E3779B97F4A7C15
GRADING_SECONDS = 300


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--grader", default=ROOT / "build" / "bin" / "grader")
    parser.add_argument("--seeds", type=int, default=50, metavar="N")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("paths", nargs="*", type=pathlib.Path)
    return parser.parse_args()


def seeds(count):
    return (ENDS + [number * STEP % 2**64 for number in range(1, count)])[:count]


def grade(grader, submission, seed):
    done = subprocess.run([grader, "grade", submission, "--report", "-", "--quiet",
                           "--seed", str(seed)], stdin=subprocess.DEVNULL,
                          capture_output=True, timeout=GRADING_SECONDS, check=False)
    if done.returncode != 0:
        raise Failed(f"seed {seed}: the grader ended with status {done.returncode}: "
                     f"{done.stderr.decode(errors='replace').strip()}")
    return json.loads(done.stdout)


def without_seed(report):
    return {key: value for key, value in report.items() if key != "seed"}


def try_file(arguments, path):
    """Sentences about what a seed has changed."""
    found = []
    first = None
    keys = expectation.parse(path)
    with tempfile.TemporaryDirectory(prefix="corpus.") as name:
        submission = submission_of(path, keys, pathlib.Path(name))
        for seed in seeds(arguments.seeds):
            report = grade(arguments.grader, submission, seed)
            wrong = expectation.differences(keys, verdict_of(report))
            if int(report["seed"], 16) != seed:
                wrong.append(f"the report names the seed {report['seed']}")
            if "design" in keys:
                wrong += [f"a search has found {finding}" for finding in report["findings"]]
            first = first or report
            if (report["score"]["points"] < report["score"]["max"] and
                    without_seed(report) != without_seed(first)):
                wrong.append("the report differs from that of the first seed")
            found += [f"seed {seed}: {sentence}" for sentence in wrong]
    return found


def main():
    arguments = parse_arguments()
    files = corpus_files(arguments.paths, ["correct"])
    print(f"{len(files)} files, {arguments.seeds} seeds each")
    return try_all(files, functools.partial(try_file, arguments), arguments.jobs)


if __name__ == "__main__":
    sys.exit(main())
