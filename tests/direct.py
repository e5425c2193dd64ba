#!/usr/bin/env python3
"""Runs the hidden suites on one submission linked directly, in one process.

    tests/direct.py FILE [--build DIRECTORY] [--keep PROGRAM] [--test ID]

It prints one line for each test that did not pass, and how many passed. Nothing is
isolated: a crash ends the whole run, and the submission can do as it likes. It is for
your own code, with a debugger or valgrind at hand: --keep leaves the program there.
"""

import argparse
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
EXERCISE = ROOT / "exercises" / "06_fixed_buffer"
HARNESS = "fixed_buffer"
FLAGS = re.compile(r"^```text\n(-std=c17 [^`]*)```$", re.MULTILINE)
LIBRARIES = ("check", "libcjson", "libseccomp")
# The last resort against a submission that does not come back.
RUN_SECONDS = 20


class DirectError(Exception):
    """The submission could not be compiled and linked; the text says why."""


class Broken(Exception):
    """The run ended before its last test: "crash" or "timeout"."""


def compile_flags():
    """The flags of a grading, as the task prints them."""
    found = FLAGS.search((EXERCISE / "prompt.md").read_text(encoding="utf-8"))
    if found is None:
        raise DirectError("prompt.md no longer states the compiler's flags")
    return found[1].split()


def call(command):
    """Runs a tool; its complaint is the error's text."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          check=False)
    if done.returncode != 0:
        raise DirectError(done.stderr.decode(errors="replace").strip())
    return done.stdout.decode().split()


def link(submission, build, program):
    """Compiles and links `submission` with the suites."""
    direct = build / "lib" / HARNESS / "direct"
    whole = direct / f"lib{HARNESS}_direct_runner.a"
    if not whole.exists():
        raise DirectError(f"{whole} does not exist; build the project first")
    with tempfile.TemporaryDirectory(prefix="direct.") as name:
        compiled = submission
        if submission.suffix != ".o":
            compiled = pathlib.Path(name) / "fba.o"
            # fba.c is the only name a submission has, so it is the name in messages.
            source = shutil.copy(submission, pathlib.Path(name) / "fba.c")
            call(["gcc", *compile_flags(), "-w", "-I", EXERCISE, "-c", source, "-o",
                  compiled])
        # The suites call functions of the very names that the submission defines; one
        # object of which only the way in is seen keeps the two apart.
        joined = pathlib.Path(name) / "joined.o"
        call(["ld", "-r", "-o", joined, direct / "subject.o", compiled])
        call(["objcopy", "--keep-global-symbol=subject_call", joined])
        # The tests are found by their section, not by a name that somebody calls.
        call(["gcc", "-no-pie", "-o", program, "-Wl,--whole-archive", whole,
              "-Wl,--no-whole-archive", joined,
              build / "reference" / "libreference_allocators.a",
              *call(["pkg-config", "--libs", *LIBRARIES])])


def run(program, test=None):
    """The results of a program, one for each test; Broken if it did not finish."""
    only = ["--test", test] if test else []
    # Not standard output: a submission may print.
    with tempfile.TemporaryFile() as written:
        command = [program, "--results-fd", str(written.fileno()), *only]
        try:
            done = subprocess.run(command, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                  pass_fds=[written.fileno()], timeout=RUN_SECONDS,
                                  check=False)
        except subprocess.TimeoutExpired as reason:
            raise Broken("timeout") from reason
        written.seek(0)
        lines = [json.loads(line) for line in written]
    if done.returncode != 0 or not lines:
        raise Broken("crash")
    *results, end = lines
    if end != {"end": True, "tests": len(results)}:
        raise Broken("crash")
    return results


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("submission", type=pathlib.Path)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    parser.add_argument("--keep", type=pathlib.Path, help="where to leave the program")
    parser.add_argument("--test", help="run this test alone")
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    with tempfile.TemporaryDirectory(prefix="direct.") as name:
        program = arguments.keep or pathlib.Path(name) / "direct"
        try:
            link(arguments.submission, arguments.build, program)
            results = run(program.resolve(), arguments.test)
        except DirectError as reason:
            sys.exit(str(reason))
        except Broken as reason:
            sys.exit(f"the run ended early: {reason}; look at it with a debugger "
                     "(--keep PROGRAM)")
    failed = [result for result in results if result["status"] != "pass"]
    for result in failed:
        print(f"{result['status']}: {result['id']}: {result['message']}")
    print(f"{len(results) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
