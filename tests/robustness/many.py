#!/usr/bin/env python3
"""Many gradings of one file, some at a time, on a machine that has other work to do: all
reports are the same bytes, and nothing is left.

    tests/robustness/many.py [--grader PROGRAM] [--count 40] [--jobs 4] [--busy 4] [FILE]
"""

import argparse
import concurrent.futures
import functools
import hashlib
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from run import REFERENCE, ROOT, busy_machine

import attack  # found by run

# The last resort: a grading takes a tenth of a second on a machine of its own.
TOO_LONG_SECONDS = 300


def lines_of(path):
    try:
        return set(pathlib.Path(path).read_text().splitlines())
    except OSError:
        return set()


def outlasting():
    """What can outlast a process: shared memory, queues, semaphores, sockets by name."""
    sockets = {line.split()[-1] for line in lines_of("/proc/net/unix") if "/" in line}
    queues = {(kind, line.split()[1]) for kind in ("shm", "sem", "msg")
              for line in lines_of(f"/proc/sysvipc/{kind}")}
    return set(os.listdir("/dev/shm")) | sockets | queues


def grade(grader, submission, folder, number):
    """Why this grading is wrong, or None; its report's digest; its seconds."""
    private = folder / f"tmp{number}"
    private.mkdir()
    began = time.monotonic()
    done = subprocess.run([grader, "grade", submission, "--report", "-"],
                          stdin=subprocess.DEVNULL, capture_output=True,
                          env={**os.environ, "TMPDIR": str(private)},
                          timeout=TOO_LONG_SECONDS, check=False)
    seconds = time.monotonic() - began
    wrong = None
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip()
        wrong = f"grading {number}: status {done.returncode}: {said}"
    left = os.listdir(private)
    if left:
        wrong = f"grading {number}: left behind: {', '.join(left)}"
    else:
        private.rmdir()
    return wrong, hashlib.sha256(done.stdout).hexdigest(), seconds


def grade_all(arguments):
    """Sentences about what is wrong."""
    # mkdtemp's folder is private; root's gradings work as users of their own.
    with tempfile.TemporaryDirectory(prefix="many.") as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        one = functools.partial(grade, arguments.grader, arguments.file, folder)
        with (busy_machine(arguments.busy),
              concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool):
            results = list(pool.map(one, range(arguments.count)))
        left = os.listdir(folder)
    found = [wrong for wrong, _, _ in results if wrong]
    digests = {digest for _, digest, _ in results}
    seconds = sorted(taken for _, _, taken in results)
    print(f"    {len(results)} gradings, {len(digests)} different report(s), median "
          f"{seconds[len(seconds) // 2]:.2f} s, longest {seconds[-1]:.2f} s")
    if len(digests) != 1:
        found.append(f"there are {len(digests)} different reports")
    if left:
        found.append(f"left behind: {', '.join(left)}")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--grader", default=ROOT / "build" / "bin" / "grader")
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--jobs", type=int, default=4)
    parser.add_argument("--busy", type=int, default=4, help="programs that compute")
    parser.add_argument("file", nargs="?", default=REFERENCE)
    arguments = parser.parse_args()
    # What a grading leaves behind becomes ours, and can be seen.
    attack.adopt_orphans()
    before = outlasting()
    found = grade_all(arguments)
    alive = attack.left_alive(attack.children)
    if alive:
        found.append(f"processes live on: {', '.join(map(str, alive))}")
    more = outlasting() - before
    if more:
        found.append(f"left in the system: {', '.join(map(str, more))}")
    for sentence in found:
        print(f"    {sentence}")
    print(f"{int(not found)} passed, {int(bool(found))} failed")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
