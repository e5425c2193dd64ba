"""What prompt.md tells a student is what the grader does.

    test_prompt.py EXERCISE_FOLDER GRADER REFERENCE
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

# What prompt.md allows, all of it used, in a function that every reset calls.
ALLOWED = """
#include <assert.h>
#include <limits.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

static void use_what_is_allowed(size_t count)
{
    volatile size_t length = count % 32 + 1;
    unsigned char one[CHAR_BIT * 8], two[CHAR_BIT * 8];
    memset(one, 7, sizeof(one));
    memcpy(two, one, length);
    memmove(two + 1, two, length);
    assert(memcmp(two, one, length) == 0);
    if (two[length] != 7) {
        abort();
    }
}
"""


class Prompt(unittest.TestCase):
    def setUp(self):
        self.prompt = (FOLDER / "prompt.md").read_text(encoding="utf-8")
        self.manifest = json.loads((FOLDER / "exercise.json").read_text(encoding="utf-8"))

    def grade(self, submission):
        with tempfile.TemporaryDirectory() as name:
            report = pathlib.Path(name) / "report.json"
            command = [GRADER, "grade", submission, "--quiet", "--report", report]
            subprocess.run(command, check=True, timeout=120)
            return json.loads(report.read_text(encoding="utf-8"))

    def test_flags_are_those_of_the_compiler(self):
        flags = re.search(r"exactly these flags:\n\n```text\n(.*?)```", self.prompt, re.S)
        used = self.grade(REFERENCE)["toolchain"]["flags"]
        self.assertEqual(flags.group(1).split(), used)

    def test_points_are_those_of_the_manifest(self):
        rows = re.findall(r"^\| `(\w+)` \| (\d+) \| (.+) \|$", self.prompt, re.M)
        told = [(suite, int(points), lesson) for suite, points, lesson in rows]
        suites = self.manifest["suites"]
        true = [(suite["id"], suite["points"], suite["lesson"]) for suite in suites]
        self.assertEqual(told, true)

    def test_read_on_leads_to_a_heading_of_the_lesson(self):
        lesson = (FOLDER / "lesson.md").read_text(encoding="utf-8").splitlines()
        for suite in self.manifest["suites"]:
            self.assertIn("## " + suite["lesson"], lesson)

    def test_every_clause_lies_in_a_range_of_the_table(self):
        told = []
        for family, last in re.findall(r"^\| `(\w+)-1` to `\1-(\d+)` \|", self.prompt, re.M):
            told += [f"{family}-{number}" for number in range(1, int(last) + 1)]
        self.assertEqual(told, [clause["id"] for clause in self.manifest["clauses"]])

    def test_every_function_is_in_the_table(self):
        functions = re.findall(r"^\| `(\w+)` \| [a-z]", self.prompt, re.M)
        self.assertEqual(functions, self.manifest["submission"]["functions"])

    def test_starter_has_0_points_and_no_warning(self):
        report = self.grade(FOLDER / "fba.c")
        self.assertEqual(report["status"], "graded")
        self.assertEqual(report["score"], {"points": 0, "max": 100})
        self.assertEqual(report["diagnostics"], [])

    def test_what_is_allowed_can_be_used(self):
        source = pathlib.Path(REFERENCE).read_text(encoding="utf-8")
        head, tail = source.split("void fba_reset(fixed_buffer_allocator *fba)\n{\n")
        with tempfile.TemporaryDirectory() as name:
            submission = pathlib.Path(name) / "fba.c"
            submission.write_text(
                head
                + ALLOWED
                + "\nvoid fba_reset(fixed_buffer_allocator *fba)\n{\n"
                + "    use_what_is_allowed(fba->capacity);\n"
                + tail,
                encoding="utf-8",
            )
            report = self.grade(submission)
        self.assertEqual(report["diagnostics"], [])
        self.assertEqual(report["score"], {"points": 100, "max": 100})


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    REFERENCE = sys.argv.pop(3)
    GRADER = sys.argv.pop(2)
    FOLDER = pathlib.Path(sys.argv.pop(1))
    unittest.main()
