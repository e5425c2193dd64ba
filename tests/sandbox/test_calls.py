#!/usr/bin/env python3
"""What a submission's process does, as the kernel saw it, and what /proc tells of it.

usage: test_calls.py GRADER

strace follows a whole grading. The zygote locks itself and its children down before the
first of them is there. A child gives up what it still has, and makes no call from then on
but read, write, exit and those that empty its stacks between two tests; whatever else it
tries is answered by SIGSYS. And while another
grading runs, nothing that /proc shows of the subject names a test, a suite or the place
of the submission.
"""
import json
import os
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
HOSTILE = ROOT / "tests/corpus/hostile"
sys.path.insert(0, str(ROOT / "tests/corpus"))
import attack  # noqa: E402

GRADER = pathlib.Path(sys.argv[1]).resolve()
REQUEST, REPLY = "5", "6"  # harness/wire/wire.h
CALL = re.compile(r"(\w+)\(([^,)]*)")
LOCKED_DOWN = re.compile(r"seccomp\(SECCOMP_SET_MODE_FILTER, 0, .*\) = 0$")
# The first calls of a child, before the submission's code.
OF_BEGINNING = ("close", "prctl", "setitimer")
REGION = {"x86_64": 0x200000000000, "aarch64": 0x2000000000}[platform.machine()]
STACK, SIGNAL_STACK = hex(REGION - 0x10000000), hex(REGION - 0xff00000)
ALLOWED = {("read", REQUEST), ("write", REPLY), ("exit", None), ("exit_group", None),
           ("madvise", STACK), ("madvise", SIGNAL_STACK)}
# Of a zygote that has said it is ready.
OF_ZYGOTE = {"read", "write", "clone", "waitid", "wait4", "exit_group"}
# A test takes milliseconds; this is the last resort.
SECONDS = 60


def can_trace():
    """Whether strace is here and may do its work."""
    with tempfile.TemporaryDirectory() as folder:
        output = pathlib.Path(folder, "trace")
        return (shutil.which("strace") is not None and
                subprocess.run(["strace", "-o", output, "true"], check=False,
                               stderr=subprocess.DEVNULL).returncode == 0)


def write_submission(folder, path):
    target = pathlib.Path(folder, "submitted_fba.c")
    target.write_text(attack.expanded(path.read_text(encoding="utf-8"), attack.RIGHT),
                      encoding="utf-8")
    return target


class Traced:
    """The calls of each process of one grading."""

    def __init__(self, submission):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            source = write_submission(folder, submission)
            subprocess.run(["strace", "-ff", "-qq", "-s", "0", "-o", folder / "trace",
                            GRADER, "grade", source, "--quiet"],
                           check=True, stdin=subprocess.DEVNULL)
            lines = {int(path.suffix[1:]): path.read_text(errors="replace").splitlines()
                     for path in folder.glob("trace.*")}
        # What each does from the moment that it is the subject.
        self.zygotes = [of[number:] for of in lines.values()
                        for number, line in enumerate(of)
                        if line.startswith("execveat(") and line.endswith("= 0")]
        self.children = [lines[int(line.rsplit("= ", 1)[1])]
                         for zygote in self.zygotes for line in zygote
                         if line.startswith("clone(")]


def calls_after(lines, last):
    """(name, first argument, was it answered by SIGSYS) of the calls behind the line
    that `last` finds."""
    begin = next(number for number, line in enumerate(lines) if last(line)) + 1
    for number in range(begin, len(lines)):
        call = CALL.match(lines[number])
        if call:
            following = lines[number + 1:number + 2]
            refused = bool(following) and following[0].startswith("--- SIGSYS")
            yield call[1], call[2], refused


def calls_of_child(lines):
    return calls_after(lines, lambda line: line.startswith("setitimer("))


def is_allowed(name, argument):
    return (name, argument) in ALLOWED or (name, None) in ALLOWED


@unittest.skipUnless(can_trace() or os.environ.get("CI"), "strace cannot trace here")
class Calls(unittest.TestCase):

    def expect_no_other_calls(self, traced):
        """Returns the names of the calls that were refused."""
        self.assertTrue(traced.zygotes)
        refused = set()
        for child in traced.children:
            first = [CALL.match(line)[1] for line in child[:len(OF_BEGINNING)]]
            self.assertEqual(tuple(first), OF_BEGINNING)
            for name, argument, is_refused in calls_of_child(child):
                if is_refused:
                    refused.add(name)
                else:
                    self.assertTrue(is_allowed(name, argument), f"{name}({argument}")
        for zygote in traced.zygotes:
            calls = [CALL.match(line) for line in zygote]
            ends = [bool(LOCKED_DOWN.match(line)) for line in zygote]
            self.assertEqual(sum(ends), 1)
            self.assertNotIn("clone", [call[1] for call in calls[:ends.index(True)]])
            ready = (name for name, _, _ in
                     calls_after(zygote, lambda line: line.startswith("write(")))
            self.assertLessEqual(set(ready), OF_ZYGOTE)
        return refused

    def test_the_reference_reads_writes_and_ends(self):
        traced = Traced(ROOT / "reference/fba.c")
        tests = json.loads(subprocess.run(
            [GRADER, "grade", ROOT / "reference/fba.c", "--report", "-"], check=True,
            stdout=subprocess.PIPE).stdout)["tests"]
        # Each begins in a new child or in one that has renewed itself.
        renewals = [call for child in traced.children for call in calls_of_child(child)
                    if call[:2] == ("madvise", SIGNAL_STACK)]
        self.assertGreaterEqual(len(traced.children), 2)
        self.assertGreaterEqual(len(traced.children) + len(renewals), len(tests))
        self.assertEqual(self.expect_no_other_calls(traced), set())
        # It is the submission that was seen: a request comes in, a reply goes out.
        seen = {(name, argument) for child in traced.children
                for name, argument, _ in calls_of_child(child)}
        self.assertLessEqual({("read", REQUEST), ("write", REPLY)}, seen)

    def test_a_hostile_file_gets_no_further(self):
        for name, call in (("opens_a_file.c", "open"), ("kills_everybody.c", "kill")):
            with self.subTest(name):
                refused = self.expect_no_other_calls(Traced(HOSTILE / name))
                self.assertTrue(any(word.startswith(call) for word in refused), refused)

    def test_a_call_too_many_would_be_seen(self):
        lines = ["close(4) = 0", "prctl(PR_SET_PDEATHSIG, SIGKILL) = 0",
                 "setitimer(ITIMER_PROF, {}, NULL) = 0",
                 "read(5, \"\"..., 72) = 72", "getpid() = 7", "openat(-1, \"\"...) = 3",
                 "--- SIGSYS {si_signo=SIGSYS} ---", "write(5, \"\"..., 72) = 72"]
        wrong = [name for name, argument, refused in calls_of_child(lines)
                 if not refused and not is_allowed(name, argument)]
        self.assertEqual(wrong, ["getpid", "write"])


def read_proc(pid):
    """What /proc shows of a process, by file, as far as we may see it."""
    place = pathlib.Path("/proc", str(pid))
    shown = {}
    for name in ("cmdline", "environ", "comm", "maps", "smaps", "stat", "status", "auxv"):
        try:
            shown[name] = (place / name).read_bytes().decode(errors="replace")
        except OSError:
            continue
    links = [place / name for name in ("exe", "cwd", "root")]
    try:
        links += list((place / "fd").iterdir())
    except OSError:
        pass
    for link in links:
        try:
            shown[str(link.relative_to(place))] = os.readlink(link)
        except OSError:
            continue
    return shown


def processes_below(pid):
    found = [pid]
    for parent in found:
        try:
            for thread in os.listdir(f"/proc/{parent}/task"):
                text = pathlib.Path(f"/proc/{parent}/task/{thread}/children").read_text()
                found += [int(word) for word in text.split()]
        except OSError:
            continue
    return found


def is_subject(shown):
    """By its name; a kernel before Linux 6.14 calls a program without one by its
    descriptor. The command line went with the stack that it was on."""
    comm = shown.get("comm", "").strip()
    return comm.isdigit() or comm.startswith("memfd:subject")


def may_look():
    """Whether we have CAP_SYS_PTRACE, as root has but in a container."""
    status = pathlib.Path("/proc/self/status").read_text()
    return bool(int(re.search(r"^CapEff:\s*(\w+)", status, re.M)[1], 16) >> 19 & 1)


def is_alive(pid):
    try:
        return "State:\tZ" not in pathlib.Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


class Proc(unittest.TestCase):

    def look(self, folder):
        """What /proc shows of a grading, (of the grader, of subjects by process)."""
        source = write_submission(folder, HOSTILE / "spins_in_every_call.c")
        program = subprocess.Popen([GRADER, "grade", source, "--quiet"], cwd=folder,
                                   stdin=subprocess.DEVNULL)
        of_grader = {}
        subjects = {}
        began = time.monotonic()
        try:
            while len(subjects) < 5 and time.monotonic() - began < SECONDS:
                of_grader.update(read_proc(program.pid))
                for pid in processes_below(program.pid):
                    shown = read_proc(pid)
                    # One that has ended meanwhile has shown less than it would.
                    if is_subject(shown) and is_alive(pid):
                        subjects[pid] = shown
        finally:
            program.terminate()
            program.wait()
        # A zygote and children of it, or more than one of each.
        self.assertGreaterEqual(len(subjects), 5)
        return of_grader, subjects

    def test_nothing_under_proc_names_a_test_or_the_submission(self):
        manifest = json.loads(
            (ROOT / "exercises/06_fixed_buffer/exercise.json").read_text())
        words = {word for test in manifest["tests"]
                 for word in (test["id"], test["id"].split(".")[1], test["title"])}
        words |= {suite["id"] for suite in manifest["suites"]}
        with tempfile.TemporaryDirectory(prefix="looked_at.") as folder:
            of_grader, subjects = self.look(folder)
            words |= {folder, "submitted_fba", str(ROOT)}
        for shown in subjects.values():
            for name, text in shown.items():
                found = [word for word in words if word in text]
                self.assertEqual(found, [], name)
        # The same look does find them where they are.
        self.assertIn(folder, of_grader["cmdline"])
        self.assertIn("submitted_fba", of_grader["cmdline"])
        self.assertEqual(folder, of_grader["cwd"])

    def test_nobody_without_the_right_may_look_into_a_subject(self):
        with tempfile.TemporaryDirectory(prefix="looked_at.") as folder:
            _, subjects = self.look(folder)
        # A child that is just being killed has lost its memory, and shows none to anybody.
        seen = [shown for shown in subjects.values()
                if "subject" in shown.get("exe", "") or shown.get("maps", "") != ""]
        for shown in subjects.values():
            self.assertIn("stat", shown)
        if may_look():
            self.assertTrue(any("subject" in shown["maps"] for shown in seen))
        else:
            self.assertEqual(seen, [])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
