#!/usr/bin/env python3
"""What must hold of every grading, tried on a few: the same bytes each time, an end, and
nothing left behind.

    tests/robustness/run.py [--grader PROGRAM] [CHECK]...

    same_bytes     ten gradings of one file give ten equal reports
    hangs_end      a submission that hangs in every call is graded; the seconds are
                   printed, and only a minute is too long: machines differ
    nothing_left   no process of a hostile grading outlives the grader
    loaded         with four busy programs for each processor, no honest test times out
"""

import argparse
import contextlib
import ctypes
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
CORPUS = ROOT / "tests" / "corpus"

sys.path.insert(0, str(CORPUS))
import attack  # noqa: E402

REFERENCE = ROOT / "reference" / "fba.c"
GRADINGS = 10
BUSY_PER_PROCESSOR = 4
LOADED_GRADINGS = 3
# The last resort; what is expected is printed, not asserted.
TOO_LONG_SECONDS = 60
# For a process that has been killed and is not yet gone.
GRACE_SECONDS = 5
PR_SET_CHILD_SUBREAPER = 36


class Failed(Exception):
    """A check did not hold; the text says how."""


def grade(grader, submission):
    """The bytes of the report on a submission."""
    with tempfile.TemporaryDirectory(prefix="robustness.") as name:
        target = pathlib.Path(name) / "report.json"
        source = pathlib.Path(name) / submission.name
        text = submission.read_text(encoding="utf-8")
        source.write_text(attack.expanded(text, attack.RIGHT), encoding="utf-8")
        command = [grader, "grade", source, "--report", target, "--quiet"]
        done = subprocess.run(command, stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
                              timeout=TOO_LONG_SECONDS, check=False)
        if done.returncode != 0:
            said = done.stderr.decode(errors="replace").strip()
            raise Failed(f"{submission.name}: status {done.returncode}: {said}")
        return target.read_bytes()


def same_bytes(grader):
    for submission in (REFERENCE,
                       CORPUS / "mistakes" / "aligns_the_offset.c",
                       CORPUS / "mistakes" / "does_not_compile.c",
                       CORPUS / "hostile" / "wild_pointer.c",
                       CORPUS / "hostile" / "replies_early.c",
                       CORPUS / "hostile" / "sleeps_in_reset.c"):
        reports = {grade(grader, submission) for _ in range(GRADINGS)}
        if len(reports) != 1:
            raise Failed(f"{submission.name}: {len(reports)} different reports "
                         f"in {GRADINGS} gradings")


def hangs_end(grader):
    for name in ("spins_in_every_call.c", "sleeps_in_every_call.c"):
        began = time.monotonic()
        grade(grader, CORPUS / "hostile" / name)
        print(f"    {name}: {time.monotonic() - began:.1f} s")


def left_alive():
    """Whether a child of this process lives on; those that have ended are reaped."""
    began = time.monotonic()
    while time.monotonic() - began < GRACE_SECONDS:
        try:
            ended, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return False
        if ended == 0:
            time.sleep(0.02)
    return True


def nothing_left(grader):
    # What the grader leaves behind becomes ours, and can be seen.
    if ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        raise Failed("this process cannot become a subreaper")
    for name in ("forks.c", "kills_everybody.c", "sleeps_in_reset.c", "alloc_calls_exit.c"):
        grade(grader, CORPUS / "hostile" / name)
        if left_alive():
            raise Failed(f"{name}: a process lives on after the grading")


@contextlib.contextmanager
def busy_machine():
    """Four programs that compute for each processor, while the block lasts."""
    count = BUSY_PER_PROCESSOR * (os.cpu_count() or 1)
    programs = [subprocess.Popen([sys.executable, "-c", "while True: pass"])
                for _ in range(count)]
    try:
        yield
    finally:
        for program in programs:
            program.kill()
        for program in programs:
            program.wait()


def loaded(grader):
    with busy_machine():
        for submission in (REFERENCE, CORPUS / "correct" / "searches_byte_by_byte.c"):
            for _ in range(LOADED_GRADINGS):
                report = json.loads(grade(grader, submission))
                failed = [test["id"] for test in report["tests"]
                          if test["status"] != "pass"]
                if failed:
                    raise Failed(f"{submission.name}: {', '.join(failed)}")


CHECKS = {check.__name__: check
          for check in (same_bytes, hangs_end, nothing_left, loaded)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--grader", default=ROOT / "build" / "bin" / "grader")
    parser.add_argument("checks", nargs="*", choices=[*CHECKS, []], metavar="CHECK")
    arguments = parser.parse_args()
    failed = 0
    names = arguments.checks or list(CHECKS)
    for name in names:
        print(name, flush=True)
        try:
            CHECKS[name](arguments.grader)
        except (Failed, OSError, subprocess.SubprocessError, json.JSONDecodeError) as why:
            failed += 1
            print(f"    failed: {why}")
    print(f"{len(names) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
