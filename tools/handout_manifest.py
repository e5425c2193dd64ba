#!/usr/bin/env python3
"""Writes the manifest that students get.

    tools/handout_manifest.py MANIFEST OUTPUT

It is the exercise's own, byte for byte, unless its hidden_feedback is "none": what is told
of a test that is not shown before the due date is then no hint in it either, but the
sentence that a student's report has in its place (grader/report/audience.c).
"""

import json
import pathlib
import sys

NO_HINT = "Read the clause again, word by word."


def for_students(text):
    manifest = json.loads(text)
    if manifest["hidden_feedback"] != "none":
        return text
    for test in manifest["tests"]:
        if test["visibility"] != "visible":
            test["hint"] = NO_HINT
    return json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"


def main():
    source, target = map(pathlib.Path, sys.argv[1:])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(for_students(source.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
