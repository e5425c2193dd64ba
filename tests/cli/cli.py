"""What the tests of the command line share: running the grader, and checking reports.

    python3 tests/cli/test_<topic>.py BIN SOURCE [unittest's arguments]

BIN is the folder of the built programs, SOURCE the project's.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import jsonschema

BIN = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2]).resolve()
EXERCISE = SOURCE / "exercises/06_fixed_buffer"
STARTER = EXERCISE / "fba.c"
REFERENCE = SOURCE / "reference/fba.c"
NOBODY = 65534
# Longer than anything here takes, on a machine that is very busy.
PATIENCE_S = 300


def validator(path):
    schema = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


REPORT_SCHEMA = validator(SOURCE / "grader/report.schema.json")


def manifest():
    return json.loads((EXERCISE / "exercise.json").read_text(encoding="utf-8"))


class CommandLineTest(unittest.TestCase):
    """Each test has an empty folder, self.folder, that is gone afterwards."""

    maxDiff = None

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="fba-cli."))
        self.folder.chmod(0o755)
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def run_grader(self, *arguments, program=BIN / "grader", env=None, **more):
        """Runs the grader in self.folder and returns what subprocess.run does."""
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C"}
        # A sanitizer that was built in must still be able to speak.
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS"):
            if name in os.environ:
                environment[name] = os.environ[name]
        environment.update(env or {})
        return subprocess.run(
            [str(program), *map(str, arguments)],
            cwd=self.folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            timeout=PATIENCE_S,
            check=False,
            **more,
        )

    def grade(self, submission, *arguments, **more):
        """Grades a file, and returns its report once that is valid."""
        run = self.run_grader("grade", submission, "--report", "-", *arguments, **more)
        self.assertEqual((run.returncode, run.stderr), (0, b""))
        return self.check_report(run.stdout)

    def check_report(self, text):
        report = json.loads(text)
        REPORT_SCHEMA.validate(report)
        listed = manifest()
        self.assertEqual(
            [test["id"] for test in report["tests"]],
            [test["id"] for test in listed["tests"]],
        )
        points = sum(test["points"] for test in report["tests"])
        self.assertEqual(report["score"]["points"], points)
        self.assertEqual(sum(suite["points"] for suite in report["suites"]), points)
        for test in report["tests"]:
            earned = test["max"] if test["status"] == "pass" else 0
            self.assertEqual(test["points"], earned, test["id"])
        return report

    def assert_refused(self, run, status, *said):
        """The run failed with one sentence, which says all of `said`."""
        self.assertEqual(run.returncode, status, run.stderr)
        self.assertEqual(run.stdout, b"")
        message = run.stderr.decode()
        self.assertTrue(message.startswith("grader: "), message)
        self.assertEqual(message.count("\n"), 1, message)
        for part in said:
            self.assertIn(str(part), message)

    def write(self, name, content):
        path = self.folder / name
        if isinstance(content, str):
            content = content.encode()
        path.write_bytes(content)
        return path

    def installation(self):
        """A copy of the grader's installation that a test may change and anyone may use.
        Returns its bin folder."""
        root = self.folder / "installation"
        (root / "bin").mkdir(parents=True)
        for program in ("grader", "judge_fixed_buffer"):
            shutil.copy(BIN / program, root / "bin" / program)
        (root / "lib/fixed_buffer").mkdir(parents=True)
        libraries = ("subject.ld", "libgcc.a", "compiler_view.so",
                     "fixed_buffer/runtime.o")
        for name in libraries:
            shutil.copy(BIN.parent / "lib" / name, root / "lib" / name)
        exercise = root / "share/exercises/06_fixed_buffer"
        exercise.mkdir(parents=True)
        for name in ("exercise.json", "allocator.h", "fba.h"):
            shutil.copy(EXERCISE / name, exercise / name)
        return root / "bin"


def main():
    unittest.main(module="__main__", argv=[sys.argv[0], *sys.argv[3:]])
