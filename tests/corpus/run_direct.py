#!/usr/bin/env python3
"""Links every file of the corpus directly with the suites and compares what fails.

    tests/corpus/run_direct.py [--build DIRECTORY] [FILE|DIRECTORY]...

The same tests must fail as in a grading. A file says with `direct` where that cannot be:

    crash    the run in one process ends early, where a grading loses single tests
    differs  linked with a C library, or with one process for all tests, other tests fail

and then it must be so. Hostile files are not run: nothing would hold them.
"""

import argparse
import functools
import pathlib
import sys
import tempfile

import expectation
from runner import ROOT, Failed, corpus_files, submission_of, try_all

sys.path.insert(0, str(ROOT / "tests"))
import direct  # noqa: E402

DIRECTORIES = ("correct", "mistakes")


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("paths", nargs="*", type=pathlib.Path)
    return parser.parse_args()


def failing_tests(build, path, keys):
    """(ids that fail, all ids); Broken if the run ended early."""
    with tempfile.TemporaryDirectory(prefix="corpus.") as name:
        directory = pathlib.Path(name)
        program = directory / "direct"
        direct.link(submission_of(path, keys, directory), build, program)
        results = direct.run(program)
    failed = {result["id"] for result in results if result["status"] != "pass"}
    return failed, [result["id"] for result in results]


def try_file(arguments, path):
    """Sentences about what is not as the file states."""
    keys = expectation.parse(path)
    exception = keys.get("direct")
    try:
        failed, tests = failing_tests(arguments.build, path, keys)
    except direct.Broken as reason:
        return [] if exception == "crash" else [f"the run ended early: {reason}"]
    except direct.DirectError as reason:
        if "status compile_error" in keys["expect"]:
            return []
        raise Failed(str(reason)) from reason
    stated = expectation.stated(keys, tests)["fails"]
    if exception == "differs":
        return [] if failed != stated else ["stated to differ, but does not"]
    if exception == "crash":
        return ["stated to end early, but does not"]
    found = [f"{test}: stated to fail, passes" for test in sorted(stated - failed)]
    return found + [f"{test}: stated to pass, fails" for test in sorted(failed - stated)]


def main():
    arguments = parse_arguments()
    files = corpus_files(arguments.paths, DIRECTORIES)
    return try_all(files, functools.partial(try_file, arguments), arguments.jobs)


if __name__ == "__main__":
    sys.exit(main())
