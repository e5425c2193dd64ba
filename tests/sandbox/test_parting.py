#!/usr/bin/env python3
"""A submission that remembers, and what it can tell of the tests that nobody is shown.

usage: test_parting.py GRADER

hostile/tells_of_other_tests.c answers each request with the largest alignment that it has
been asked for so far, kept where a renewal does not reach. In the report on a test that
students are shown, that may be no more than such tests have asked for.
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
EXERCISE = ROOT / "exercises/06_fixed_buffer"
HOSTILE = ROOT / "tests/corpus/hostile/tells_of_other_tests.c"
sys.path.insert(0, str(ROOT / "tests/corpus"))
import attack  # noqa: E402

GRADER = pathlib.Path(sys.argv[1]).resolve()
ASKED = re.compile(r"alloc\([^)]*align (\d+)\)")
TOLD = re.compile(r"-> 0x5ec0([0-9a-f]{8})")


def largest(pattern, base, test):
    numbers = [int(word, base) for word in pattern.findall(" ".join(test["calls"]))]
    return max(numbers, default=0)


class Parting(unittest.TestCase):

    def grade(self, change=lambda manifest: None):
        """[(what it was asked, what it told), ...] of each test, by visibility."""
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            exercise = shutil.copytree(EXERCISE, folder / EXERCISE.name)
            manifest = json.loads((exercise / "exercise.json").read_text())
            change(manifest)
            (exercise / "exercise.json").write_text(json.dumps(manifest))
            source = folder / "fba.c"
            source.write_text(attack.expanded(HOSTILE.read_text(), attack.RIGHT))
            report = subprocess.run(
                [GRADER, "grade", source, "--exercise", exercise, "--report", "-"],
                check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE).stdout
        found = {}
        for test in json.loads(report)["tests"]:
            found.setdefault(test["visibility"], []).append(
                (largest(ASKED, 10, test), largest(TOLD, 16, test)))
        return found

    def expect_to_know_its_own_alone(self, tests, secret):
        most_asked = max(asked for asked, _ in tests)
        most_told = max(told for _, told in tests)
        self.assertGreater(most_told, 0)
        self.assertLessEqual(most_told, most_asked)
        self.assertLess(most_told, secret)

    def test_shown_tests_tell_nothing_of_hidden_ones(self):
        found = self.grade()
        secret = max(told for _, told in found["hidden"])
        self.expect_to_know_its_own_alone(found["visible"], secret)
        # The control: it does remember, from one hidden test to another.
        self.assertTrue(any(told > asked > 0 for asked, told in found["hidden"]))

    def test_a_secret_just_learnt_is_not_told(self):
        """A child lives for some tests only; here it would live long enough."""
        def change(manifest):
            for test in manifest["tests"]:
                is_secret = test["id"] == "alignment.alignment_of_128_kibibytes"
                test["visibility"] = "hidden" if is_secret else "visible"

        found = self.grade(change)
        (asked, told), = found["hidden"]
        self.assertEqual(asked, told)
        self.expect_to_know_its_own_alone(found["visible"], told)

    def test_each_date_has_children_of_its_own(self):
        def change(manifest):
            for test in manifest["tests"]:
                if test["id"].startswith("alignment.alignment"):
                    test["visibility"] = "after_published"
                elif test["visibility"] == "hidden":
                    test["visibility"] = "after_due_date"

        found = self.grade(change)
        secret = max(told for _, told in found["after_published"])
        self.expect_to_know_its_own_alone(found["visible"], secret)
        self.expect_to_know_its_own_alone(found["after_due_date"], secret)


if __name__ == "__main__":
    sys.argv[1:] = []
    unittest.main()
