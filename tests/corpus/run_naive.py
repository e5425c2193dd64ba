#!/usr/bin/env python3
"""Tries every hostile file on a runner that believes what it is given.

    tests/corpus/run_naive.py [--update] [FILE|DIRECTORY]...

It is the control of the hostile corpus: an attack that a careless grader would withstand
proves nothing about ours. Each file says what it does there, in its line `naive`:

    passes     it passes tests with an allocator that is worth none
    unnoticed  it passes every test with a right allocator; the real suites notice it
    leaks      a secret can be read in what the build or the program printed or made
    prints     words of its own appear in what the build or the program printed
    writes     a file stays that the submission made
    survives   a process of it lives on when the tests are over
    exhausts   it uses up the time or the memory that it is given
    crashes    the compiler, or the program with the tests, dies of it
    breaks     the build fails, where a grading would go on
    harmless   none of these

Everything runs in namespaces of its own, with limits, and as root as a user of its own.
Without namespaces nothing is tried: skipped here, failed where CI is set.
"""

import argparse
import functools
import itertools
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import attack
import expectation
from runner import EXERCISE, HERE, Failed, Skipped, corpus_files, submission_of, try_all

NAIVE = HERE / "naive"
# Enough for any of the compilers and programs that come to an end.
SECONDS = 6
# A user for each trial: the kernel counts processes by users, and some fill their number.
USERS = itertools.count(61234)
ALL_PASS = "100%: Checks: 6, Failures: 0, Errors: 0"
SOME_PASS = re.compile(r"^[1-9][0-9]*%: Checks: ", re.MULTILINE)
THE_END = "The naive runner has come to its end."
OUTCOMES = ("passes", "unnoticed", "leaks", "prints", "writes", "survives", "exhausts",
            "crashes", "breaks", "harmless")
COPIED = (EXERCISE / "allocator.h", EXERCISE / "fba.h", NAIVE / "naive.c")
BUILT = {"fba.c", "fba.o", "program", "tests.log", *(path.name for path in COPIED)}
DIED = re.compile(r"internal compiler error|Killed|terminated program|Segmentation fault|"
                  r"out of memory|memory exhausted|annot allocate|File size limit|too large")


def namespaces():
    """The command that gives another its own namespaces."""
    user = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    return ["unshare", *user, "--pid", "--net", "--ipc", "--mount", "--fork",
            "--mount-proc", "--kill-child"]


@functools.lru_cache(maxsize=1)
def need_namespaces():
    done = subprocess.run([*namespaces(), "true"], stderr=subprocess.PIPE, check=False)
    if done.returncode != 0:
        reason = f"no namespaces: {done.stderr.decode(errors='replace').strip()}"
        raise Failed(reason) if os.environ.get("CI") else Skipped(reason)


class Trial:
    """One build and run by the naive runner, with all that could be seen of it."""

    def __init__(self, directory, planted):
        self.directory = directory
        self.planted = planted
        self.seen = b""  # everything printed or made
        self.found = set()
        # Copies: the user may not be able to come to where the project lies.
        for path in COPIED:
            shutil.copy(path, directory)
        self.user = next(USERS) if os.geteuid() == 0 else 0
        if self.user != 0:
            os.chown(directory, self.user, self.user)

    def call(self, *command):
        """What became of a command, run confined."""
        done = subprocess.run([*namespaces(), sys.executable, NAIVE / "confined.py",
                               str(SECONDS), str(self.user), self.directory, *command],
                              stdout=subprocess.PIPE, check=True,
                              env=self.planted.environment(TMPDIR=str(self.directory)))
        result = json.loads(done.stdout)
        self.seen += result["output"].encode("latin-1")
        if not result["in_time"]:
            self.found.add("exhausts")
        if result["left"]:
            self.found.add("survives")
        return result

    def build(self, submission):
        """Compiles and links; whether there is a program."""
        if submission.suffix == ".c":
            shutil.copy(submission, self.directory / "fba.c")
            done = self.call("gcc", "-std=gnu17", "-O1", "-c", "fba.c", "-o", "fba.o")
            if done["status"] != 0:
                self.note_death(done)
                return False
        else:
            shutil.copy(submission, self.directory / "fba.o")
        done = self.call("gcc", "-std=gnu17", "-no-pie", "-Wl,-z,muldefs",
                         f'-DHIDDEN="{self.planted.secret}"', "fba.o", "naive.c", "-o",
                         "program", "-lcheck", "-lsubunit", "-lm", "-lrt", "-lpthread")
        program = self.directory / "program"
        if done["status"] != 0 or not program.exists():
            self.note_death(done)
            self.found.add("breaks")
            return False
        return True

    def note_death(self, done):
        if DIED.search(done["output"]) and done["in_time"]:
            dead = "internal compiler error" in done["output"]
            self.found.add("crashes" if dead else "exhausts")

    def run(self):
        done = self.call("./program")
        log = self.directory / "tests.log"
        if log.exists():
            self.seen += log.read_bytes()
        output = done["output"]
        if done["in_time"] and THE_END not in output and done["status"] != 0:
            self.found.add("crashes")
        if done["status"] == 0 or SOME_PASS.search(output):
            self.found.add("passes")
        return ALL_PASS in output and done["status"] == 0

    def look_around(self):
        """What a submission told, wrote or had compiled into it."""
        compiled = self.directory / "fba.o"
        made = compiled.read_bytes() if compiled.exists() else b""
        if self.planted.secret.encode() in self.seen + made:
            self.found.add("leaks")
        if b"FORGED" in self.seen:
            self.found.add("prints")
        left = {path.name for path in self.directory.iterdir()}
        if {name for name in left - BUILT if not name.startswith("cc")}:
            self.found.add("writes")


def trial(planted, path, keys, allocator):
    """What was found, and whether every test passed honestly, with an allocator."""
    with tempfile.TemporaryDirectory(prefix="naive.") as name:
        directory = pathlib.Path(name)
        directory.chmod(0o755)
        source = directory / path.name
        text = attack.expanded(path.read_text(encoding="utf-8"), allocator)
        source.write_text(planted.filled(text), encoding="utf-8")
        submission = submission_of(source, keys, directory)
        # Not in the way of what the submission might write.
        work = directory / "work"
        work.mkdir(mode=0o755)
        one = Trial(work, planted)
        passes = one.build(submission) and one.run()
        one.look_around()
    return one.found, passes


def observed(planted, path, keys):
    """The words for what a file does to the naive runner."""
    useless = attack.has_allocator(path)
    found, passes = trial(planted, path, keys,
                          attack.USELESS if useless else attack.RIGHT)
    if not useless:
        # With an allocator of its own that is right, to pass is no wonder.
        found.discard("passes")
    elif not found:
        found, passes = trial(planted, path, keys, attack.RIGHT)
        found.discard("passes")
    graded = expectation.EXPECT.match(keys["expect"])
    noticed = graded[2] not in ("100", expectation.ANY) and graded[1] == "graded"
    if passes and noticed and "passes" not in found:
        found.add("unnoticed")
    if graded[1] == "compile_error":
        found.discard("breaks")
    return found or {"harmless"}


def update(path, found):
    text = path.read_text(encoding="utf-8")
    word = next(word for word in OUTCOMES if word in found)
    path.write_text(re.sub(r"^ \* naive: .*$", f" * naive: {word}", text, count=1,
                           flags=re.MULTILINE), encoding="utf-8")


def try_file(arguments, planted, path):
    """Sentences about what a file does not do that it is said to."""
    need_namespaces()
    keys = expectation.parse(path)
    found = observed(planted, path, keys)
    # What depends on where the system put the program may end in more ways than one.
    stated = set(keys.get("naive", "").split(" or "))
    if arguments.update and not stated & found:
        print(f"{path.name}: {keys.get('naive')} -> {', '.join(sorted(found))}")
        update(path, found)
        return []
    if not stated & found:
        return [f"naive: stated {keys.get('naive')}, "
                f"observed {', '.join(sorted(found))}"]
    return []


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--update", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("paths", nargs="*", type=pathlib.Path)
    arguments = parser.parse_args()
    files = [path.resolve() for path in corpus_files(arguments.paths, ("hostile",))]
    with attack.Planted() as planted:
        return try_all(files, functools.partial(try_file, arguments, planted),
                       arguments.jobs)


if __name__ == "__main__":
    sys.exit(main())
