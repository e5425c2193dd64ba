#!/usr/bin/env python3
"""Grades every file of the corpus and compares the report with what the file states.

    tests/corpus/run.py [--grader PROGRAM] [--update] [FILE|DIRECTORY]...

Without names: everything. Each report is checked against the schema. --update writes
into each file what was observed and prints the difference: a help for a developer, who
then reads the difference.
"""

import argparse
import difflib
import functools
import json
import pathlib
import subprocess
import sys
import tempfile

import expectation
from runner import ROOT, Failed, corpus_files, submission_of, try_all

try:
    import jsonschema
except ImportError:
    sys.exit("jsonschema is missing; install python3-jsonschema and run this with the "
             "python3 that it belongs to")

SCHEMA = ROOT / "grader" / "report.schema.json"
DIRECTORIES = ("correct", "mistakes", "hostile")
# The last resort against a grader that hangs, not a measurement.
GRADING_SECONDS = 120


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--grader", default=ROOT / "build" / "bin" / "grader")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("paths", nargs="*", type=pathlib.Path)
    return parser.parse_args()


@functools.lru_cache(maxsize=1)
def validator():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def grade(grader, submission, directory):
    """The report on one submission."""
    target = directory / "report.json"
    command = [grader, "grade", submission, "--report", target, "--quiet"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, timeout=GRADING_SECONDS, check=False)
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip()
        raise Failed(f"the grader ended with status {done.returncode}: {said}")
    report = json.loads(target.read_bytes())
    error = jsonschema.exceptions.best_match(validator().iter_errors(report))
    if error is not None:
        raise Failed(f"the report is not valid: {error.json_path}: {error.message}")
    return report


def verdict_of(report):
    failed = {test["id"]: test["status"] for test in report["tests"]
              if test["status"] != "pass"}
    return expectation.Verdict(status=report["status"],
                               points=report["score"]["points"],
                               failed=failed,
                               tests=[test["id"] for test in report["tests"]])


def update(path, verdict):
    """Rewrites the file's header and prints the difference."""
    old = path.read_text(encoding="utf-8")
    new = expectation.rewritten(path, verdict)
    path.write_text(new, encoding="utf-8")
    for line in difflib.unified_diff(old.splitlines(), new.splitlines(),
                                     str(path), str(path), n=0, lineterm=""):
        print(line)


def try_file(arguments, path):
    """Sentences about what is wrong with one file's grading."""
    keys = expectation.parse(path)
    with tempfile.TemporaryDirectory(prefix="corpus.") as name:
        directory = pathlib.Path(name)
        submission = submission_of(path, keys, directory)
        verdict = verdict_of(grade(arguments.grader, submission, directory))
    if arguments.update:
        update(path, verdict)
        keys = expectation.parse(path)
    return expectation.differences(keys, verdict)


def main():
    arguments = parse_arguments()
    files = corpus_files(arguments.paths, DIRECTORIES)
    return try_all(files, functools.partial(try_file, arguments), arguments.jobs)


if __name__ == "__main__":
    sys.exit(main())
