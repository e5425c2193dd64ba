#!/usr/bin/env python3
"""Runs one command where it can do no harm, and tells as JSON what became of it.

    confined.py SECONDS UID DIRECTORY COMMAND...

It is the first process of process, network, message and mount namespaces of its own
(run_naive.py makes them): what it leaves running ends with it, and can be counted first.
"""

import contextlib
import json
import os
import pathlib
import resource
import select
import subprocess
import sys
import time

MEMORY_BYTES = 1 << 30
FILE_BYTES = 64 << 20
PROCESSES = 300
OUTPUT_BYTES = 1 << 20


def limit(uid):
    """In the new process: what it may use, and as whom it runs."""
    for what, most in ((resource.RLIMIT_AS, MEMORY_BYTES),
                       (resource.RLIMIT_FSIZE, FILE_BYTES),
                       (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(what, (most, most))
    if uid:
        os.setgroups([])
        os.setresgid(uid, uid, uid)
        os.setresuid(uid, uid, uid)
        resource.setrlimit(resource.RLIMIT_NPROC, (PROCESSES, PROCESSES))


def read_until(program, deadline):
    """(output, whether it ended in time); what it leaves behind may keep the pipe."""
    output = b""
    descriptor = program.stdout.fileno()
    while True:
        # Asked first: what it wrote just before its end is in the pipe by now.
        has_ended = program.poll() is not None
        ready, _, _ = select.select([descriptor], [], [], 0 if has_ended else 0.02)
        piece = os.read(descriptor, 65536) if ready else None
        output += piece or b""
        output = output[-OUTPUT_BYTES:]
        if piece == b"" or (not ready and has_ended):
            program.wait(max(0.1, deadline - time.monotonic()))
            return output, True
        if time.monotonic() > deadline:
            return output, False


def survivors():
    found = 0
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            # It may end while we look.
            with contextlib.suppress(OSError):
                stat = (entry / "stat").read_text(encoding="utf-8", errors="replace")
                found += stat.rpartition(")")[2].split()[0] != "Z"
    return found


def main():
    seconds, uid, directory, *command = sys.argv[1:]
    deadline = time.monotonic() + float(seconds)
    program = subprocess.Popen(command, cwd=directory, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                               start_new_session=True,
                               preexec_fn=lambda: limit(int(uid)))
    try:
        output, in_time = read_until(program, deadline)
    except subprocess.TimeoutExpired:
        output, in_time = b"", False
    # Something that is about to end is nobody who stays.
    time.sleep(0.1 if in_time else 0)
    left = survivors() if in_time else 0
    print(json.dumps({"status": program.poll(), "in_time": in_time, "left": left,
                      "output": output.decode("latin-1")}))


if __name__ == "__main__":
    main()
