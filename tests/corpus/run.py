#!/usr/bin/env python3
"""Grades every file of the corpus and compares the report with what the file states.

    tests/corpus/run.py [--grader PROGRAM] [--update] [FILE|DIRECTORY]...

Without names: everything. Each report is checked against the schema, and after each
grading nothing may be left: no process, no file, no word of a secret. --update writes
into each file what was observed and prints the difference: a help for a developer, who
then reads the difference.
"""

import argparse
import difflib
import functools
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading

import attack
import expectation
from runner import HERE, ROOT, Failed, corpus_files, submission_of, try_all

try:
    import jsonschema
except ImportError:
    sys.exit("jsonschema is missing; install python3-jsonschema and run this with the "
             "python3 that it belongs to")

SCHEMA = ROOT / "grader" / "report.schema.json"
DIRECTORIES = ("correct", "mistakes", "hostile")
# The last resort against a grader that hangs, not a measurement.
GRADING_SECONDS = 120
# What a grading may use. Processor time, so that it holds on a busy machine too.
BUDGET_CPU_SECONDS = 10


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--grader", default=ROOT / "build" / "bin" / "grader")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("paths", nargs="*", type=pathlib.Path)
    return parser.parse_args()


@functools.lru_cache(maxsize=1)
def validator():
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


class Gradings:
    """Gradings, and what must be so after each: shared by the files that are tried."""

    def __init__(self, grader, planted):
        self.grader = grader
        self.planted = planted
        self.running = {planted.sibling.pid}
        self.lock = threading.Lock()
        self.shared_memory = set(os.listdir("/dev/shm"))
        self.layers = set()  # of the sandbox, on this machine

    def orphans(self):
        """Processes that are ours and that we have not started."""
        with self.lock:
            return attack.children() - self.running

    def wait(self, program):
        """What the program says, and the processor seconds of it and all it started."""
        timer = threading.Timer(GRADING_SECONDS, program.kill)
        timer.start()
        said = program.stdout.read()
        _, status, usage = os.wait4(program.pid, 0)
        timer.cancel()
        program.stdout.close()
        program.returncode = os.waitstatus_to_exitcode(status)
        with self.lock:
            self.running.discard(program.pid)
        return said, usage.ru_utime + usage.ru_stime

    def start(self, command, environment):
        # Under the lock, or the program would for a moment be nobody's.
        with self.lock:
            program = subprocess.Popen(command, stdin=subprocess.DEVNULL,
                                       stdout=subprocess.PIPE,
                                       stderr=subprocess.STDOUT, env=environment)
            self.running.add(program.pid)
        return program

    def grade(self, submission):
        """The report on one submission; Failed if it is not all that it must be."""
        with tempfile.TemporaryDirectory(prefix="corpus.") as name:
            directory = pathlib.Path(name)
            directory.chmod(0o755)
            private = directory / "tmp"
            private.mkdir(mode=0o755)
            report, info = directory / "report.json", directory / "run.json"
            command = [self.grader, "grade", submission, "--report", report,
                       "--run-info", info]
            program = self.start(command, self.planted.environment(TMPDIR=str(private)))
            said, cpu_seconds = self.wait(program)
            if program.returncode != 0:
                raise Failed(f"the grader ended with status {program.returncode}: "
                             f"{said.decode(errors='replace').strip()}")
            written = report.read_bytes()
            self.check_nothing_left(private)
            about_run = info.read_bytes()
            self.check_nothing_told(said + written + about_run)
            self.layers = set(json.loads(about_run)["layers"])
        if cpu_seconds > BUDGET_CPU_SECONDS:
            raise Failed(f"the grading used {cpu_seconds:.1f} seconds of the processor")
        return checked_report(written)

    def check_nothing_left(self, private):
        left = os.listdir(private)
        if left:
            raise Failed(f"left behind: {', '.join(left)}")
        shared = set(os.listdir("/dev/shm")) - self.shared_memory
        if shared:
            raise Failed(f"left in shared memory: {', '.join(shared)}")
        alive = attack.left_alive(self.orphans)
        if alive:
            raise Failed(f"processes live on: {', '.join(map(str, alive))}")

    def check_nothing_told(self, told):
        if self.planted.secret.encode() in told:
            raise Failed("the planted secret is told")


def checked_report(written):
    report = json.loads(written)
    error = jsonschema.exceptions.best_match(validator().iter_errors(report))
    if error is not None:
        raise Failed(f"the report is not valid: {error.json_path}: {error.message}")
    return report


def verdict_of(report):
    failed = {test["id"]: test["status"] for test in report["tests"]
              if test["status"] != "pass"}
    return expectation.Verdict(status=report["status"],
                               points=report["score"]["points"],
                               failed=failed,
                               tests=[test["id"] for test in report["tests"]],
                               causes=[(cause["id"], cause["confidence"])
                                       for cause in report["diagnosis"]])


def update(path, verdict):
    """Rewrites the file's header and prints the difference."""
    old = path.read_text(encoding="utf-8")
    new = expectation.rewritten(path, verdict)
    path.write_text(new, encoding="utf-8")
    for line in difflib.unified_diff(old.splitlines(), new.splitlines(),
                                     str(path), str(path), n=0, lineterm=""):
        print(line)


def grade_as(gradings, path, keys, allocator, exists=True):
    """The report on a file with an allocator put into it."""
    with tempfile.TemporaryDirectory(prefix="corpus.") as name:
        directory = pathlib.Path(name)
        source = directory / path.name
        text = attack.expanded(path.read_text(encoding="utf-8"), allocator)
        source.write_text(gradings.planted.filled(text, exists), encoding="utf-8")
        # Under the lock, so that nobody takes a compiler for something left behind.
        with gradings.lock:
            submission = submission_of(source, keys, directory)
        return gradings.grade(submission)


def gains(gradings, path, keys):
    """What the attack earns an allocator that earns nothing: nothing, it should be."""
    if not attack.has_allocator(path):
        return []
    points = verdict_of(grade_as(gradings, path, keys, attack.USELESS)).points
    return [f"earns {points} points with an allocator that is worth none"] if points else []


def oracle(gradings, path, keys, report):
    """Whether the report tells if a file exists that the submission may not know of."""
    if not gradings.planted.names(path.read_text(encoding="utf-8")):
        return []
    other = grade_as(gradings, path, keys, attack.RIGHT, exists=False)
    for one in (report, other):
        # Each names the path that was asked for, and differs in the digits of it.
        del one["submission"], one["seed"]
    names = gradings.planted.existing.name, gradings.planted.missing.name
    same = json.dumps(report).replace(*names) == json.dumps(other).replace(*names)
    return [] if same else ["the report tells whether a file exists"]


def try_file(arguments, gradings, path):
    """Sentences about what is wrong with one file's grading."""
    keys = expectation.parse(path)
    report = grade_as(gradings, path, keys, attack.RIGHT)
    verdict = verdict_of(report)
    stated = expectation.without(gradings.layers, keys)
    if arguments.update and stated is keys:
        update(path, verdict)
        stated = expectation.parse(path)
    found = expectation.differences(stated, verdict)
    if path.parent == HERE / "hostile":
        found += gains(gradings, path, keys) + oracle(gradings, path, keys, report)
    return found


def missing_attacks(files):
    """Known attacks that none of the hostile files plays, if all of those are tried."""
    hostile = HERE / "hostile"
    if not set(hostile.glob("*.c")) <= set(files):
        return []
    played = {expectation.parse(path).get("attack") for path in hostile.glob("*.c")}
    return sorted(expectation.KNOWN_ATTACKS - played)


def main():
    arguments = parse_arguments()
    files = [path.resolve() for path in corpus_files(arguments.paths, DIRECTORIES)]
    missing = missing_attacks(files)
    if missing:
        sys.exit(f"no hostile file plays {', '.join(missing)}")
    attack.adopt_orphans()
    with attack.Planted() as planted:
        gradings = Gradings(arguments.grader, planted)
        return try_all(files, functools.partial(try_file, arguments, gradings),
                       arguments.jobs)


if __name__ == "__main__":
    sys.exit(main())
