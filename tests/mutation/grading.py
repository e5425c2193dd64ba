"""Grades mutants with the real grader, and says what became of each."""

import concurrent.futures
import dataclasses
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
EXERCISE = ROOT / "exercises" / "06_fixed_buffer"
sys.path.insert(0, str(ROOT / "tests"))
import direct  # noqa: E402

# The last resort against a grader that hangs.
GRADING_SECONDS = 300
NO_CODE_CHANGES = ("-g", "-fsanitize=undefined", "-fno-sanitize-recover=undefined")

KILLED = "killed"  # it lost points
SURVIVED = "survived"  # it earned all of them
SAME_CODE = "same code"  # so did it, and the compiler makes the same of it
INVALID = "invalid"  # it does not compile


class GraderFailed(Exception):
    """There is no verdict; the text says why. Nothing is concluded from that."""


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What became of one mutant."""

    fate: str
    failed: tuple = ()  # ids of the tests that it did not pass
    is_found: bool = False  # a search without points noticed it


class Grading:
    """Grades sources as a student's file is graded: the same program, the same flags."""

    def __init__(self, grader):
        self.grader = grader
        # What makes no difference to the instructions is left out, so that a line that
        # moves is no difference.
        self.flags = [flag for flag in direct.compile_flags()
                      if flag not in NO_CODE_CHANGES]

    def report(self, source):
        """The report on a source, given as bytes."""
        with tempfile.TemporaryDirectory(prefix="mutant.") as name:
            submission = pathlib.Path(name) / "fba.c"
            submission.write_bytes(source)
            done = subprocess.run([self.grader, "grade", submission, "--report", "-",
                                   "--quiet"], stdin=subprocess.DEVNULL,
                                  capture_output=True, timeout=GRADING_SECONDS,
                                  check=False)
        if done.returncode != 0:
            raise GraderFailed(done.stderr.decode(errors="replace").strip()
                               or f"the grader ended with status {done.returncode}")
        return json.loads(done.stdout)

    def instructions(self, source):
        """What the compiler makes of a source, or None where it does not compile."""
        with tempfile.TemporaryDirectory(prefix="mutant.") as name:
            path = pathlib.Path(name) / "fba.c"
            path.write_bytes(source)
            done = subprocess.run(["gcc", *self.flags, "-w", "-I", EXERCISE, "-S", "-o",
                                   "-", "fba.c"], cwd=name, capture_output=True,
                                  check=False)
        return done.stdout if done.returncode == 0 else None

    def outcome(self, original, mutant):
        report = self.report(mutant)
        if report["status"] != "graded":
            return Outcome(INVALID)
        failed = tuple(test["id"] for test in report["tests"] if test["status"] != "pass")
        if report["score"]["points"] < report["score"]["max"]:
            return Outcome(KILLED, failed)
        if self.instructions(mutant) == self.instructions(original):
            return Outcome(SAME_CODE, failed, bool(report["findings"]))
        return Outcome(SURVIVED, failed, bool(report["findings"]))

    def outcomes(self, original, mutants, jobs):
        """The outcome of each mutant, in their order; `jobs` are graded at a time."""
        with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
            yield from pool.map(lambda one: self.outcome(original, one), mutants)
