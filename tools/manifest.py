#!/usr/bin/env python3
"""Keeps an exercise.json in step with the sources it repeats.

    tools/manifest.py EXERCISE --judge PROGRAM [--check]

`clauses` comes from the exercise's headers, where a clause is written as

     *   CAP-1  What is promised, over one or more lines.
     *          Why: what it is good for.

and `tests` from `PROGRAM --list`. Everything else in the file is kept as it is. With
--check nothing is written: the exit status is 1 if the file is not current.
"""

import argparse
import difflib
import json
import pathlib
import re
import subprocess
import sys

CLAUSE = re.compile(r"^ \*   ([A-Z]{3}-[1-9][0-9]*)  +(\S.*)$")
CONTINUED = re.compile(r"^ \*          (\S.*)$")
WHY = "Why: "
TEST_KEYS = ["id", "suite", "title", "clause", "points", "visibility", "hint"]


def clauses_of(header):
    """The clauses that one header states, in its order."""
    clauses = []
    current = None
    for number, line in enumerate(header.read_text(encoding="utf-8").splitlines(), 1):
        start = CLAUSE.match(line)
        more = CONTINUED.match(line)
        if start:
            current = {"id": start[1], "text": start[2].strip(), "why": ""}
            clauses.append(current)
        elif not more:
            current = None
        elif current is not None:
            words = more[1].strip()
            if words.startswith(WHY):
                current["why"] = words[len(WHY):]
            else:
                key = "why" if current["why"] else "text"
                current[key] += " " + words
    for clause in clauses:
        if not clause["why"]:
            sys.exit(f"{header}: {clause['id']} has no 'Why:'; say what it is good for")
        clause["why"] = clause["why"][0].upper() + clause["why"][1:]
    return clauses


def tests_of(judge):
    """The tests that a judge lists, in the order it runs them."""
    listed = subprocess.run([judge, "--list"], check=True, stdout=subprocess.PIPE)
    return [{key: test[key] for key in TEST_KEYS} for test in json.loads(listed.stdout)]


def current_text(directory, manifest, judge):
    """The exercise.json that the sources call for."""
    clauses = []
    for header in manifest["submission"]["headers"]:
        clauses += clauses_of(directory / header)
    current = dict(manifest)
    current["clauses"] = clauses
    current["tests"] = tests_of(judge)
    return json.dumps(current, indent=2, ensure_ascii=False) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("exercise", type=pathlib.Path, help="folder of exercise.json")
    parser.add_argument("--judge", required=True, help="build/bin/judge_<harness>")
    parser.add_argument("--check", action="store_true", help="only say if it is current")
    arguments = parser.parse_args()
    path = arguments.exercise / "exercise.json"
    old = path.read_text(encoding="utf-8")
    new = current_text(arguments.exercise, json.loads(old), arguments.judge)
    if old == new:
        return 0
    if not arguments.check:
        path.write_text(new, encoding="utf-8")
        print(f"{path}: updated")
        return 0
    sys.stdout.writelines(
        difflib.unified_diff(
            old.splitlines(True), new.splitlines(True), str(path), "what it should be"
        )
    )
    print(f"{path} is not current; run `make manifest`")
    return 1


if __name__ == "__main__":
    sys.exit(main())
