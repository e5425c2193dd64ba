#!/usr/bin/env python3
"""What students are told under every policy, at every date, in every format.

    tests/formats/test_audience.py [--grader PROGRAM]

The exercise is graded with manifests of its own: tests of each visibility in each suite,
and each `hidden_feedback`. No document for students may have a word that the policy takes
away, nor may what a platform shows students of a document for instructors.
"""

import argparse
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import run
import validators

EXERCISE = run.ROOT / "exercises/06_fixed_buffer"
MISTAKES = run.ROOT / "tests/corpus/mistakes"
# Many tests fail, in many ways: wrong answers, crashes, calls that are not there.
SUBMISSIONS = ("wild", "aligns_the_offset", "missing_fba_reset")
VISIBILITIES = ("visible", "hidden", "after_due_date", "after_published")
POLICIES = ("full", "actual-only", "category", "none")
SHOWN = {"before_due": {"visible"}, "after_due": {"visible", "after_due_date"},
         "published": {"visible", "after_due_date", "after_published"}}
NAMES = ("native", *validators.VALIDATORS)
# What a finding would say; nothing else says so.
FINDING = "what a finding alone tells of 48611"


def path_of(name):
    hostile = run.ROOT / "tests/corpus/hostile/wild_pointer.c"
    return hostile if name == "wild" else MISTAKES / f"{name}.c"


def sentences(test, policy):
    """What `policy` takes away from a test that is not shown."""
    if policy == "full":
        return []
    hidden = {**test}
    if policy == "actual-only":
        hidden["actual"] = None
    if policy == "category" and test["status"] in run.NAMES_A_FUNCTION:
        hidden["message"] = ""
    found = run.texts_of(hidden)
    if policy == "none" and test["status"] not in ("pass", "not_run"):
        found.append(test["hint"])
    return found


class Audience:
    def __init__(self, grader, folder):
        self.grader = grader
        self.folder = folder
        self.counts = {"secrets": 0, "documents": 0, "told": 0}

    def run(self, *words):
        return subprocess.run([self.grader, *words], check=True, stdout=subprocess.PIPE,
                              stdin=subprocess.DEVNULL, env=run.CLASSROOM50).stdout

    def exercise(self):
        """The exercise with tests of every visibility in turn."""
        exercise = self.folder / "exercise"
        if not exercise.exists():
            shutil.copytree(EXERCISE, exercise)
            path = exercise / "exercise.json"
            manifest = json.loads(path.read_text(encoding="utf-8"))
            for number, test in enumerate(manifest["tests"]):
                test["visibility"] = VISIBILITIES[number % len(VISIBILITIES)]
            path.write_text(json.dumps(manifest, indent=2), encoding="utf-8")
        return exercise

    def graded(self, name):
        source = self.folder / "fba.c"
        text = run.attack.expanded(path_of(name).read_text("utf-8"), run.attack.RIGHT)
        source.write_text(text, encoding="utf-8")
        report = json.loads(self.run("grade", source, "--exercise", self.exercise(),
                                     "--report", "-"))
        report["findings"].append({
            "message": FINDING, "clause": report["clauses"][0]["id"], "expected": None,
            "actual": None, "counterexample": None})
        return report

    def secrets(self, report, policy, shown):
        hidden = [test for test in report["tests"] if test["visibility"] not in shown]
        public = [test for test in report["tests"] if test["visibility"] in shown]
        known = run.decoded(json.dumps(
            [public, report["clauses"], report["suites"], report["diagnostics"],
             [test["title"] for test in hidden],
             [test["hint"] for test in hidden if policy != "none"],
             # "1 past a multiple of 32": what it did may say what was wanted.
             [test["actual"] for test in hidden if policy == "actual-only"],
             [one["cause"] for one in report["diagnosis"] if policy != "none"]],
            ensure_ascii=False)).replace('"address": "', "at ")
        told = {text for test in hidden for text in sentences(test, policy)
                if run.is_telling(text) and text not in known}
        return told | {FINDING}

    def told_by(self, text, secrets):
        read = run.decoded(text)
        seen = read + run.words_of_pictures(text)
        self.counts["documents"] += 1
        return sorted(secret for secret in secrets if run.is_said(secret, seen))

    def check_students(self, native, report, policy):
        wrong = []
        for phase, shown in SHOWN.items():
            secrets = self.secrets(report, policy, shown)
            self.counts["secrets"] += len(secrets)
            for name in NAMES:
                text = self.run("convert", native, "--format", name, "--audience",
                                "student", "--phase", phase).decode()
                wrong += [f"{policy}, {phase}: {name} tells {secret!r}"
                          for secret in self.told_by(text, secrets)[:3]]
        return wrong

    def check_mixed(self, native, report, policy):
        """A platform that is given everything and shows students a part of it."""
        secrets = self.secrets(report, policy, SHOWN["before_due"])
        wrong = []
        for name, part in validators.SHOWN.items():
            text = self.run("convert", native, "--format", name)
            validators.validate(name, text)
            self.counts["told"] += len(self.told_by(text.decode(), secrets))
            wrong += [f"{policy}: {name} shows students {secret!r}"
                      for secret in self.told_by(part(text), secrets)[:3]]
        return wrong

    def check(self, name):
        wrong = []
        report = self.graded(name)
        for policy in POLICIES:
            report["exercise"]["hidden_feedback"] = policy
            native = self.folder / "report.json"
            native.write_text(json.dumps(report), encoding="utf-8")
            wrong += self.check_students(native, report, policy)
            wrong += self.check_mixed(native, report, policy)
        return [f"{name}: {sentence}" for sentence in wrong]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--grader", default=run.ROOT / "build" / "bin" / "grader")
    arguments = parser.parse_args()
    wrong = []
    with tempfile.TemporaryDirectory() as name:
        audience = Audience(arguments.grader, pathlib.Path(name))
        for submission in SUBMISSIONS:
            wrong += audience.check(submission)
    print(f"{audience.counts['secrets']} texts looked for in "
          f"{audience.counts['documents']} documents")
    if audience.counts["told"] == 0:
        wrong.append("not even instructors are told, so nothing was tried")
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
