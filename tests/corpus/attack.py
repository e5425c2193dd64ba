"""What a hostile file is made into, and what must be left of it afterwards: nothing.

A hostile file holds the attack alone. Four lines of it are replaced by other files' text,
so that what is submitted is one file, as a student's is:

    #include "allocator.c"   an allocator: a right one, or one that refuses everything
    #include "wrap_alloc.h"  the same, with the attack's wrap_alloc around its alloc
    #include "wrap_table.h"  the same, with a table that the attack's change_table changes
    #include "kernel.h"      system calls without a C library

and so are these words, by paths outside everything that a grading may see:

    @SECRET@    a file that exists and can be read by everybody
    @MISSING@   the same for every file, a path of the same length that does not exist
    @FIFO@      a pipe that nobody writes to
"""

import contextlib
import ctypes
import os
import pathlib
import secrets
import shutil
import subprocess
import sys
import tempfile
import time

from runner import HERE

RIGHT = HERE / "correct" / "plain.c"
USELESS = HERE / "mistakes" / "do_nothing.c"
KERNEL = HERE / "parts" / "kernel.h"
WRAP_ALLOC = HERE / "parts" / "wrap_alloc.h"
WRAP_TABLE = HERE / "parts" / "wrap_table.h"
# For a process that has been killed and is not yet gone.
GRACE_SECONDS = 5
PR_SET_CHILD_SUBREAPER = 36


def adopt_orphans():
    """What a grading leaves behind becomes this process's child, and can be seen."""
    if ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        sys.exit("this process cannot become a subreaper")


def without_header(path):
    """A corpus file's text behind its first comment."""
    text = path.read_text(encoding="utf-8")
    return text[text.index("*/") + 2:].lstrip()


def expanded(text, allocator):
    """The text of a submission: `text` with the allocator in its place."""
    for part in (KERNEL, WRAP_ALLOC, WRAP_TABLE):
        text = text.replace(f'#include "{part.name}"\n', without_header(part))
    return text.replace('#include "allocator.c"\n', without_header(allocator))


def has_allocator(path):
    """Whether the file is an attack alone, with a place for an allocator."""
    text = path.read_text(encoding="utf-8")
    return expanded(text, RIGHT) != expanded(text, USELESS)


class Planted:
    """A random text in every place from which a submission might fetch one."""

    def __init__(self):
        self.secret = "s" + secrets.token_hex(12)
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="corpus-planted-"))
        self.directory.chmod(0o755)
        self.existing = self.directory / "hidden_1.h"
        self.missing = self.directory / "hidden_2.h"
        self.fifo = self.directory / "hidden.fifo"
        # A first line that a compiler complains of, and quotes.
        self.existing.write_text(f"secret {self.secret} secret;\n", encoding="utf-8")
        self.existing.chmod(0o644)
        # Newer than any submission: a compiler may be asked for that.
        os.utime(self.existing, (time.time() + 86400, time.time() + 86400))
        os.mkfifo(self.fifo)
        self.fifo.chmod(0o644)
        # Its command line can be read by whoever sees it under /proc.
        self.sibling = subprocess.Popen([sys.executable, "-c",
                                         "import time; time.sleep(3600)", self.secret])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.sibling.kill()
        self.sibling.wait()
        shutil.rmtree(self.directory, ignore_errors=True)

    def environment(self, **more):
        # First, where whoever quotes a part of it would quote it; and with a space, as
        # an instruction has one, since an assembler quotes whole lines.
        return {"CORPUS SECRET": self.secret, **os.environ, **more}

    def names(self, text):
        """Whether `text` names the file that only sometimes exists."""
        return "@SECRET@" in text

    def filled(self, text, exists=True):
        return (text.replace("@SECRET@", str(self.existing if exists else self.missing))
                .replace("@MISSING@", str(self.missing))
                .replace("@FIFO@", str(self.fifo)))


def children():
    """The ids of this process's children, as the kernel lists them."""
    found = set()
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            # It may end while we look.
            with contextlib.suppress(OSError):
                stat = (entry / "stat").read_text(encoding="utf-8", errors="replace")
                if int(stat.rpartition(")")[2].split()[1]) == os.getpid():
                    found.add(int(entry.name))
    return found


def left_alive(find_orphans):
    """Those of the orphans that live on, when they have been given a moment."""
    began = time.monotonic()
    while True:
        orphans = find_orphans()
        for orphan in orphans:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(orphan, os.WNOHANG)
        if not orphans or time.monotonic() - began > GRACE_SECONDS:
            return orphans
        time.sleep(0.02)
