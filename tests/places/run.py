#!/usr/bin/env python3
"""Grades submissions that stop in a known place, and compares what is said of it.

    tests/places/run.py [--grader PROGRAM] [FILE]...

Each file says in its first comment how the tests that reach the mistake end (`stops`),
words of their messages (`says`), and the function they stop in (`names`); `suite` is the
only one looked at, where others reach the mistake on another way. The line is the
one that carries the comment "here", or the text of `at`; a file with neither names no
line. Every submission is graded twice: the two reports must be the same bytes.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "corpus"))
import attack  # noqa: E402

KEY = re.compile(r"^ \* (what|stops|suite|says|names|at): (.*)$", re.MULTILINE)
MARK = "/* here */"
# The last resort against a grader that hangs.
GRADING_SECONDS = 120


def report_on(grader, source, report):
    subprocess.run([grader, "grade", source, "--report", report, "--quiet"],
                   stdin=subprocess.DEVNULL, check=True, timeout=GRADING_SECONDS)
    return report.read_bytes()


def line_of(text, keys):
    """The number of the line that is to be named; None: any."""
    mark = keys.get("at", MARK)
    body = text[text.index("*/"):]
    before, found, _ = body.partition(mark)
    return text[:text.index("*/")].count("\n") + before.count("\n") + 1 if found else None


def faults(report, keys, line):
    """Sentences about tests that do not say what they should."""
    stopped = [test for test in report["tests"] if test["status"] == keys["stops"]
               and keys.get("suite", test["suite"]) == test["suite"]]
    if not stopped:
        yield f"no test ends as {keys['stops']}"
    for test in stopped:
        place = test["location"]
        if keys["says"] not in test["message"]:
            yield f"{test['id']}: {test['message']}"
        if place is None:
            yield f"{test['id']}: no place is named"
        elif place["file"] != "fba.c" or place["function"] != keys["names"]:
            yield f"{test['id']}: {place}"
        elif line is not None and place["line"] != line:
            yield f"{test['id']}: line {place['line']}, not {line}"


def try_file(grader, path, folder):
    original = path.read_text(encoding="utf-8")
    keys = dict(KEY.findall(original))
    text = attack.expanded(original, attack.RIGHT)
    source = folder / "fba.c"
    source.write_text(text, encoding="utf-8")
    first = report_on(grader, source, folder / "first.json")
    if report_on(grader, source, folder / "second.json") != first:
        yield "two gradings differ"
    yield from faults(json.loads(first), keys, line_of(text, keys))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--grader", default=HERE.parents[1] / "build" / "bin" / "grader")
    parser.add_argument("files", nargs="*", type=pathlib.Path)
    arguments = parser.parse_args()
    failed = 0
    for path in arguments.files or sorted(HERE.glob("*.c")):
        with tempfile.TemporaryDirectory(prefix="places.") as name:
            found = list(try_file(arguments.grader, path, pathlib.Path(name)))
        for fault in found[:5]:
            print(f"{path.name}: {fault}")
        failed += bool(found)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
