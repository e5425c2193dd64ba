#!/usr/bin/env python3
"""What must hold of every grading, tried on a few: the same bytes each time, an end, and
nothing left behind.

    tests/robustness/run.py [--grader PROGRAM] [CHECK]...

    same_bytes     ten gradings of one file give ten equal reports
    hangs_end      a submission that hangs in every call is graded; the seconds are
                   printed, and only a minute is too long: machines differ
    nothing_left   no process of a hostile grading outlives the grader
    interrupted    SIGINT, SIGTERM and SIGHUP end the grader by that signal, whatever it is
                   doing, and leave no process, no file and no report
    loaded         with four busy programs for each processor, no honest test times out
"""

import argparse
import contextlib
import json
import os
import pathlib
import signal
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
    attack.adopt_orphans()
    for name in ("forks.c", "kills_everybody.c", "sleeps_in_reset.c", "alloc_calls_exit.c"):
        grade(grader, CORPUS / "hostile" / name)
        if left_alive():
            raise Failed(f"{name}: a process lives on after the grading")


def interrupt(grader, submission, number, seconds):
    """Sends a signal to a grading; whether it was still there to be ended."""
    with tempfile.TemporaryDirectory(prefix="robustness.") as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        private = folder / "tmp"
        private.mkdir()
        source = folder / submission.name
        text = submission.read_text(encoding="utf-8")
        source.write_text(attack.expanded(text, attack.RIGHT), encoding="utf-8")
        report = folder / "report.json"
        program = subprocess.Popen([grader, "grade", source, "--report", report],
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                   env={**os.environ, "TMPDIR": str(private)})
        time.sleep(seconds)
        program.send_signal(number)
        status = program.wait(TOO_LONG_SECONDS)
        where = f"{submission.name}, {number.name} after {seconds} s"
        if status not in (0, -number):
            raise Failed(f"{where}: status {status}")
        left = {path.name for path in folder.iterdir()} - {"tmp", source.name}
        if status == 0:
            left.discard(report.name)
        left.update(path.name for path in private.iterdir())
        if left:
            raise Failed(f"{where}: left behind: {', '.join(left)}")
        if left_alive():
            raise Failed(f"{where}: a process lives on")
        return status != 0


def interrupted(grader):
    attack.adopt_orphans()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        # Far from done, in the compiler and in the judge; then at moments of all kinds.
        for submission, seconds in ((CORPUS / "hostile" / "macro_bomb.c", 0.1),
                                    (CORPUS / "hostile" / "spins_in_every_call.c", 1)):
            if not interrupt(grader, submission, number, seconds):
                raise Failed(f"{submission.name} was graded in {seconds} s: too soon")
        for step in range(15):
            interrupt(grader, REFERENCE, number, step / 100)


@contextlib.contextmanager
def busy_machine(count):
    """So many programs compute while the block lasts."""
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
    with busy_machine(BUSY_PER_PROCESSOR * (os.cpu_count() or 1)):
        for submission in (REFERENCE, CORPUS / "correct" / "searches_byte_by_byte.c"):
            for _ in range(LOADED_GRADINGS):
                report = json.loads(grade(grader, submission))
                failed = [test["id"] for test in report["tests"]
                          if test["status"] != "pass"]
                if failed:
                    raise Failed(f"{submission.name}: {', '.join(failed)}")


CHECKS = {check.__name__: check
          for check in (same_bytes, hangs_end, nothing_left, interrupted, loaded)}


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
