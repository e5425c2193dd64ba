#!/usr/bin/env python3
"""Every format of every corpus file: valid, with the same total, and telling nothing.

    tests/formats/run.py [--grader PROGRAM] [FILE|DIRECTORY]...

Each file is graded once; its report is converted to every format, for instructors and for
students. Each document must be what its platform takes (validators.py), all must show
the report's total, and none for students may have a word of a test that is hidden from
them: not its calls, not the numbers in them, not what was expected or came back.
"""

import argparse
import base64
import collections
import functools
import html
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "corpus"))

import attack  # noqa: E402
import expectation  # noqa: E402
from runner import Failed, corpus_files, submission_of, try_all  # noqa: E402

import jsonschema  # noqa: E402

import validators  # noqa: E402

DIRECTORIES = ("correct", "mistakes", "hostile")
SECONDS = 120
# What Classroom 50's runner sets.
CLASSROOM50 = {"CLASSROOM": "c", "ASSIGNMENT": "fba", "OWNER": "o", "COMMIT_URL": "u",
               "RELEASE_URL": "u", "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d"}
# An SVG in base64.
PICTURE = re.compile(r"(?<![\w+/])PHN2Z[A-Za-z0-9+/]{100,}={0,2}")
NO_WORDS = re.compile(r"<style>.*?</style>|<[^>]*>", re.DOTALL)
# Numbers that small are in every text, whatever it is about.
TELLING_NUMBER = re.compile(r"(?<![\w.])(?:0x[0-9a-f]{4,}|\d{3,})(?![\w.])")


# The statuses whose message names a function and no input.
NAMES_A_FUNCTION = ("forbidden_call", "missing")


def report_validator():
    schema = json.loads((ROOT / "grader/report.schema.json").read_text(encoding="utf-8"))
    return jsonschema.Draft202012Validator(schema)


def decoded(text):
    """A document as a reader sees it, whatever way its format writes characters."""
    return html.unescape(text.replace("\\n", "\n").replace('\\"', '"')
                         .replace("\\\\", "\\"))


def words_of_pictures(text):
    """Without the numbers in the tags, which are places on a page."""
    pictures = [base64.b64decode(picture).decode("utf-8")
                for picture in PICTURE.findall(text)]
    if text.startswith("<svg"):
        pictures.append(text)
    return decoded(" ".join(NO_WORDS.sub(" ", picture) for picture in pictures))


def texts_of(test):
    """What a test would give away: sentences and calls."""
    found = [*test["calls"], test["message"]]
    found += [test[key] for key in ("expected", "actual") if test[key]]
    example = test["counterexample"]
    if example:
        found += [*example["calls"], example["expected"], example["actual"],
                  example["program"]]
    if test["buffer"]:
        found.append("at " + test["buffer"]["address"])
        found += [test["buffer"]["offending"]["what"]
                  for _ in range(test["buffer"]["offending"] is not None)]
    return [text.strip() for text in found if text.strip()]


def is_telling(text):
    """A call or a sentence; a single word or a small number may stand anywhere."""
    return len(text) > 12 and " " in text


def is_said(sentence, text):
    """Whole words: a multiple of 32 is none of 32768."""
    return sentence in text and re.search(
        rf"(?<!\w){re.escape(sentence)}(?!\w)", text) is not None


class Secrets:
    """What a report says of hidden tests and of nothing else."""

    def __init__(self, report):
        hidden, shown = [], []
        for test in report["tests"]:
            (shown if test["visibility"] == "visible" else hidden).append(test)
        known = json.dumps([shown, report["clauses"], report["suites"], report["score"],
                            report["diagnostics"], report["submission"],
                            [[test["title"], test["hint"], test["location"]]
                             for test in hidden],
                            [one["cause"] for one in report["diagnosis"]],
                            [test["message"] for test in hidden
                             if test["status"] in NAMES_A_FUNCTION]],
                           ensure_ascii=False)
        known = decoded(known).replace('"address": "', "at ")
        # A harness asks more than its tests do, and may happen on the same numbers.
        evidence = json.dumps([one["evidence"] for one in report["diagnosis"]])
        told = [text for test in hidden for text in texts_of(test)]
        told += [text for one in report["findings"] for text in texts_of(
            {"calls": [], "buffer": None, **one})]
        self.sentences = {text for text in told if is_telling(text) and text not in known}
        public = set(TELLING_NUMBER.findall(known + evidence))
        self.numbers = {number for text in told
                        for number in TELLING_NUMBER.findall(text)} - public

    def in_document(self, text):
        read = decoded(text)
        seen = read + words_of_pictures(text)
        # A picture has numbers of its own: what is left free, where something ends.
        numbers = set() if text.startswith("<svg") else TELLING_NUMBER.findall(read)
        return ([sentence for sentence in self.sentences if is_said(sentence, seen)] +
                sorted(self.numbers.intersection(numbers)))


class Checks:
    """The checks, and what is checked for all files together at the end."""

    def __init__(self, grader, folder, planted):
        self.grader = grader
        self.folder = folder
        self.planted = planted
        self.schema = report_validator()
        self.counts = collections.Counter()
        self.kept = {"junit": {}, "tap": {}}

    def run(self, *words):
        done = subprocess.run([self.grader, *words], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env={**os.environ, **CLASSROOM50}, timeout=SECONDS,
                              check=False)
        if done.returncode != 0 or done.stderr:
            raise Failed(f"{words[0]} {words[2:]}: {done.stderr.decode(errors='replace')}")
        return done.stdout

    def grade(self, path, report):
        """Grades a corpus file as tests/corpus/run.py does."""
        keys = expectation.parse(path)
        with tempfile.TemporaryDirectory(dir=self.folder) as name:
            source = pathlib.Path(name) / path.name
            text = attack.expanded(path.read_text(encoding="utf-8"), attack.RIGHT)
            source.write_text(self.planted.filled(text, True), encoding="utf-8")
            submission = submission_of(source, keys, pathlib.Path(name))
            self.run("grade", submission, "--report", report, "--quiet")

    def check_total(self, name, audience, text, score):
        try:
            total = validators.validate(name, text)
        except validators.Invalid as reason:
            return [f"{name} for {audience}: {reason}"]
        if total is None:
            passed = json.loads(text)["status"] == "pass"
            return [] if passed == (score["points"] == score["max"]) else [f"{name}: status"]
        if total[0] != score["points"] or total[1] not in (None, score["max"]):
            return [f"{name} for {audience} shows {total}, the report {score}"]
        return []

    @staticmethod
    def check_order(text, document):
        """Exercism shows the first failure only, so the order is the manifest's."""
        told = [test["name"] for test in json.loads(text).get("tests", [])]
        return [] if told in ([], [test["title"] for test in document["tests"]]) else [
            "exercism: the tests are in another order"]

    def check_native(self, audience, text, written):
        if audience == "instructor":
            return [] if text == written else ["native: not what was converted"]
        error = next(self.schema.iter_errors(json.loads(text)), None)
        return [f"native for {audience}: {error.message}"] if error else []

    def check(self, stem, report, written):
        document = json.loads(written)
        secrets = Secrets(document)
        self.counts["secrets"] += len(secrets.sentences)
        self.counts["numbers"] += len(secrets.numbers)
        found = []
        for name in ("native", *validators.VALIDATORS):
            for audience in ("student", "instructor"):
                text = self.run("convert", report, "--format", name, "--audience", audience)
                if name == "native":
                    found += self.check_native(audience, text, written)
                else:
                    found += self.check_total(name, audience, text, document["score"])
                if name == "exercism":
                    found += self.check_order(text, document)
                if os.fsencode(self.folder) in text:
                    found.append(f"{name} for {audience} has a path of this machine")
                told = secrets.in_document(text.decode("utf-8"))
                if audience == "instructor":
                    self.counts[name] += len(told)
                    shown = validators.SHOWN.get(name, lambda _: "")(text)
                    found += [f"{name} for instructors shows students {secret!r}"
                              for secret in secrets.in_document(shown)[:3]]
                elif told:
                    found.append(f"{name} for students tells {told[:3]}")
                if name in self.kept and audience == "instructor":
                    kept = self.folder / f"{stem}.{name}"
                    kept.write_bytes(text)
                    self.kept[name][str(kept)] = document
        return found

    def try_file(self, path):
        stem = f"{path.parent.name}.{path.stem}"
        report = self.folder / f"{stem}.json"
        self.grade(path, report)
        return self.check(stem, report, report.read_bytes())

    def check_together(self):
        """What is cheaper to ask once: both schemas of JUnit, Perl's reader of TAP, and
        whether what was not found in students' reports can be found at all."""
        wrong = validators.junit_schemas(HERE, list(self.kept["junit"]))
        for name, numbers in validators.tap_parser(list(self.kept["tap"])).items():
            report = self.kept["tap"][name]
            tests = len(report["tests"])
            failed = sum(test["status"] != "pass" for test in report["tests"])
            expected = ((tests, tests, failed, tests) if report["status"] == "graded"
                        else (tests, 0, 0, 0))
            if numbers[:4] != expected:
                wrong.append(f"{name}: Perl reads {numbers}, not {expected}")
            if report["status"] == "graded" and numbers[4] != 0:
                wrong.append(f"{name}: Perl finds {numbers[4]} errors")
        return wrong

    def check_controls(self):
        if self.counts["secrets"] == 0 or self.counts["numbers"] == 0:
            return ["no report had anything to hide, so nothing was tried"]
        silent = [name for name in ("native", "gradescope", "prairielearn", "autolab",
                                    "coderunner", "check50", "ctrf", "junit", "tap", "csv")
                  if self.counts[name] == 0]
        return [f"{name}: not even instructors are told" for name in silent]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--grader", default=ROOT / "build" / "bin" / "grader")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("paths", nargs="*", type=pathlib.Path)
    arguments = parser.parse_args()
    files = [path.resolve() for path in corpus_files(arguments.paths, DIRECTORIES)]
    with attack.Planted() as planted, tempfile.TemporaryDirectory() as name:
        checks = Checks(arguments.grader, pathlib.Path(name), planted)
        status = try_all(files, functools.partial(Checks.try_file, checks), arguments.jobs)
        wrong = checks.check_together()
        if not arguments.paths:
            wrong += checks.check_controls()
    print(f"{checks.counts['secrets']} texts and {checks.counts['numbers']} numbers of "
          "hidden tests looked for")
    print("\n".join(wrong))
    return 1 if wrong or status else 0


if __name__ == "__main__":
    sys.exit(main())
