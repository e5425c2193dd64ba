#!/usr/bin/env python3
"""Checks what runtime.o must be for a submission to be linked with it safely.

    check_runtime.py RUNTIME_O

It must not need a function that a submission may define, must not force a name on it,
and must not ask for anything at the start of the program. The zygote's key must be in no
register that a child does not clear.
"""

import platform
import re
import subprocess
import sys

# What the linker script gives it.
SCRIPT = {"subject_code_start", "subject_code_end", "subject_data_start", "subject_data_end",
          "subject_image_end"}
MEMORY = {"memcpy", "memmove", "memset", "memcmp"}
# These have the zygote's key in hand (harness/subject/lock_down.c).
KEYED = ("subject_start", "subject_take_key", "subject_lock_down")
# Registers for vectors, masks and the x87: those of x86-64 have a sign before their names,
# those of aarch64 look like the hexadecimal address that a jump goes to.
WIDE = re.compile(r"^(?!b|cb|tb|adr).*[\s,{][vqds]\d+\b"
                  if platform.machine() == "aarch64" else r"%[xyz]?mm\d|%k\d|%st\b")
# What a submission is asked to define: the runtime calls these, and no other name of its.
FUNCTIONS = {"fba_init", "fba_allocator", "fba_reset", "build_array"}


def lines(*command):
    return subprocess.run(
        command, check=True, capture_output=True, text=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"}
    ).stdout.splitlines()


def findings(runtime):
    symbols = [line.split() for line in lines("nm", runtime)]
    undefined = {fields[-1] for fields in symbols if fields[-2] in "Uw"}
    if undefined != SCRIPT:
        yield f"it needs {sorted(undefined)}, and may need {sorted(SCRIPT)}"
    strong = {fields[-1] for fields in symbols if fields[-2] in "TDBRC"}
    if strong:
        yield f"it forces names on a submission: {sorted(strong)}"
    weak = {fields[-1] for fields in symbols if fields[-2] in "WV"}
    if not MEMORY | {"abort", "__assert_fail", "fba_init", "subject_trap_63"} <= weak:
        yield "it does not offer what a submission may rely on"

    relocated = set(
        re.findall(r"\bR_\w+\s+(\w+)", "\n".join(lines("objdump", "--reloc", runtime)))
    )
    # Weak names that its code refers to are bound to a submission's, if it has them.
    for name in sorted(weak & relocated - FUNCTIONS):
        yield f"its own code refers to {name}, which a submission may define"
    for name in sorted(FUNCTIONS - relocated):
        yield f"it never calls {name}: this check looks at the wrong thing"

    for name in KEYED:
        operands = [line.split("\t", 1)[1] for line in lines(
            "objdump", "--no-show-raw-insn", "--disassemble=" + name, runtime)
            if "\t" in line]
        if len(operands) < 10:
            yield f"{name} is hardly there: this check looks at the wrong thing"
        for wide in filter(WIDE.search, operands):
            yield f"{name}: {wide}: a child would begin with what is in that register"

    sections = re.findall(
        r"\[ *\d+\] (\S+) +\S+ +[0-9a-f]+ [0-9a-f]+ [0-9a-f]+ +[0-9a-f]+ +([A-Zxolp]*) ",
        "\n".join(lines("readelf", "--section-headers", "--wide", runtime)),
    )
    flags = dict(sections)
    if ".text" not in flags or "X" in flags.get(".note.GNU-stack", "X"):
        yield "it asks for an executable stack, or says nothing of it"
    for name, flag in flags.items():
        if "T" in flag or ("W" in flag and "X" in flag):
            yield f"section {name} is thread-local, or writable and executable"
        if re.match(r"\.(init|fini|preinit|ctors|dtors)", name):
            yield f"section {name} would run at the start or the end"


def main():
    found = list(findings(sys.argv[1]))
    for finding in found:
        print(f"{sys.argv[1]}: {finding}")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
