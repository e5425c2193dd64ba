#!/usr/bin/env python3
"""Writes the seeds of the fuzz targets that are made and not found.

    tests/fuzz/make_seeds.py --build FOLDER

FOLDER is a build, whose grader's runtime the program among the seeds is linked with.
What a search has found is put beside these by hand, as seeds/<target>/found_<what>.
"""

import argparse
import json
import pathlib
import struct
import subprocess
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
SEEDS = HERE / "seeds"
ROOT = HERE.parent.parent


def write(target, name, content):
    folder = SEEDS / target
    folder.mkdir(parents=True, exist_ok=True)
    if isinstance(content, str):
        content = content.encode()
    (folder / name).write_bytes(content)


# ---- Objects and programs ----

PLAIN = """
typedef struct { unsigned char *at; unsigned long left; } fba;
static int calls;
int limit = 3;
const int one = 1;
extern void *malloc(unsigned long);
void fba_init(fba *f, void *b, unsigned long n) { f->at = b; f->left = n; calls++; }
void fba_reset(fba *f) { static int count; f->left = count++ + limit + one; }
void *build_array(int n) { return calls > n ? malloc(4) : 0; }
"""
CHECKED = "int fba_init(int a, int *b) { return *b << a; }\n"
REFUSED = """
__attribute__((constructor)) static void first(void) {}
_Thread_local int thread;
__attribute__((common)) int shared;
static void *choose(void) { return 0; }
void *chosen(void) __attribute__((ifunc("choose")));
__attribute__((section("mine"))) int own = 1;
__asm__(".symver first, first@V");
__asm__(".section .text.f, \\"axG\\", @progbits, f, comdat\\n.globl f\\nf: ret\\n.text");
int use(void) { return thread + shared; }
"""

OBJECTS = [
    ("gcc", "gcc -O1 -ffreestanding -fno-pie", PLAIN),
    ("gcc_debug_checked", "gcc -O1 -g -gz -fsanitize=undefined", CHECKED),
    ("gcc_sections", "gcc -O2 -ffunction-sections -fdata-sections", PLAIN),
    ("gcc_refused", "gcc -O1 -fno-pie", REFUSED),
    ("clang", "clang -O1 -ffreestanding", PLAIN),
    ("tcc", "tcc", PLAIN),
]


def compile_object(folder, command, source):
    (folder / "source.c").write_text(source)
    command = command.split() + ["-w", "-c", "source.c", "-o", "object.o"]
    if "-g" in command:  # no path of this machine
        command.append(f"-ffile-prefix-map={folder}=.")
    subprocess.run(command, cwd=folder, check=True)
    return (folder / "object.o").read_bytes()


def record(kind, detail=0, value=0, name=b""):
    """struct audit_record of grader/build/audit_scan.h."""
    return struct.pack("<IIQ248s", kind, detail, value, name)


def make_audit():
    with tempfile.TemporaryDirectory() as folder:
        for name, command, source in OBJECTS:
            seed = compile_object(pathlib.Path(folder), command, source)
            write("audit", name, seed)
    end = record(5)
    write("audit", "records_end", end)
    write(
        "audit",
        "records_all",
        record(2, 0) + record(2, 99) + record(3, 0, 0, b"malloc")
        + record(3, 0, 0, b"--defsym") + record(4, 0, 0, b"count.0")
        + record(1, 11, 70000) + record(1, 0xFFFFFFFF, 0, b"n\x1b[31m") + end,
    )


def make_image(build):
    """A real program of the harness; its headers are all that is looked at."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "object.o").write_bytes(
            compile_object(folder, "gcc -O1 -ffreestanding -fno-pie", "int fba_init;\n")
        )
        subprocess.run(
            ["ld", "-static", "-T", build / "lib/subject.ld", "-o", "program",
             build / "lib/fixed_buffer/runtime.o", "--unresolved-symbols=ignore-all",
             build / "lib/libgcc.a"],
            cwd=folder, check=True,
        )
        program = (folder / "program").read_bytes()
    write("image", "program", program[:1024])
    small = bytearray(program[:1024])
    struct.pack_into("<H", small, 56, 2)
    write("image", "two_segments", bytes(small[: 64 + 2 * 56]))


# ---- Text ----

def make_text():
    write("text", "plain", "a line\nand\tanother\n")
    write("text", "characters", "gr\u00f6\u00dfe \u20ac \U0001f600 \u202e \ufeff \u2028 \u0085\x1b[31m")
    write("text", "broken", b"\xc0\xaf \xe0\x80\x80 \xed\xa0\x80 \xf4\x90\x80\x80 \xff \xe2\x82")


def make_messages():
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        source = '#warning "one"\nint f(void) { int u; return x + "a" * 2; }\n#include <no.h>\n'
        (folder / "fba.c").write_text(source)
        for seed, option in (("json", "json"), ("lines", "text")):
            ran = subprocess.run(
                ["gcc", "-Wall", "-Wextra", f"-fdiagnostics-format={option}",
                 "-fno-diagnostics-show-caret", "-c", "fba.c"],
                cwd=folder, capture_output=True, text=True, check=False,
            )
            write("messages", seed, ran.stderr)
    write(
        "messages", "assembler",
        "fba.c: Assembler messages:\nfba.c:3: Error: no such instruction: `x /usr/lib/y.h'\n"
        "/tmp/cc1.s:9: Warning: odd\nfba.c:4:2: sorry, unimplemented: it\n",
    )
    write(
        "messages", "damaged",
        '[{"kind":"error","message":"a","locations":[{"caret":{"file":"fba.c","line":5,'
        '"column":300,"byte-column":290},"finish":{"file":"fba.c","line":5,'
        '"column":1e99}}]},{"kind":7},{"mess\nfba.c:2147483648:1: error: x\n[{"kind":"w',
    )


def small_manifest():
    tool = {"cpu_ms": 5, "wall_ms": 6, "memory_bytes": 7, "file_bytes": 8}
    test = {"id": "a.x", "suite": "a", "title": "t", "clause": "CAP-1", "points": 2,
            "visibility": "visible", "hint": "h"}
    return {
        "id": "s", "title": "S", "version": "1", "harness": "h",
        "submission": {"file": "fba.c", "headers": ["a.h"], "functions": ["f", "g"],
                       "forbidden_reason": "because"},
        "limits": {"submission_bytes": 1, "diagnostics_bytes": 2,
                   "diagnostics_count": 3, "static_bytes": 4, "compile": tool,
                   "audit": tool, "link": tool, "test_cpu_ms": 17,
                   "run_wall_ms": 10000},
        "suites": [{"id": "a", "title": "A", "lesson": "L", "points": 3}],
        "clauses": [{"id": "CAP-1", "text": "T.", "why": "W."}],
        "tests": [test, {**test, "id": "a.y", "points": 1, "visibility": "hidden"}],
    }


def make_manifest():
    valid = small_manifest()
    write("manifest", "valid", json.dumps(valid, indent=1))
    twice = small_manifest()
    twice["tests"][1]["id"] = "a.x"
    write("manifest", "same_id", json.dumps(twice))
    odd = small_manifest()
    odd["limits"]["audit"]["cpu_ms"] = -1e300
    odd["a\nkey"] = [[[]]]
    write("manifest", "odd_values", json.dumps(odd))


def make_results():
    def line(name, status, **more):
        return json.dumps(
            {"id": name, "status": status, "message": "", "expected": None,
             "actual": None, "location": None, "stopped_at": 0,
             "called_from": 0, "calls": [], "calls_omitted": 0, "buffer": None, "counterexample": None, **more}
        ) + "\n"

    end = '{"end": true, "tests": %d}\n'
    told = {"message": "It broke; gr\u00f6\u00dfe.", "expected": "a", "actual": "b",
            "location": {"file": "fba.c", "line": 3, "column": 0, "function": "f"},
            "stopped_at": 4198765, "called_from": 0,
            "calls": ["alloc(1, align 1) -> buffer+0", "  inner"], "calls_omitted": 4}
    write(
        "results", "all",
        line("a.x", "pass") + line("a.y", "fail", **told) + line("b.z", "crash", **told)
        + end % 3,
    )
    calls = {"calls": ["alloc(1, align 1) -> buffer+0"], "expected": "a", "actual": "b",
             "program": "int main(void) { return 0; }\n"}
    block = {"kind": "block", "offset": -3, "bytes": 8, "label": "A", "alignment": 1}
    free = {"kind": "free", "offset": 5, "bytes": 59, "label": None, "alignment": None}
    buffer = {"name": "buffer", "address": "0x200000000000", "capacity": 64,
              "ranges": [block, free],
              "offending": {"offset": -3, "bytes": 3, "what": "bytes outside"}}
    cause = {"id": "a_cause", "cause": "It is.", "clause": "CAP-1", "lesson": "One",
             "confidence": "high", "evidence": ["seen"], "tests": ["a.y"]}
    finding = {"message": "It is odd.", "clause": "CAP-1", "expected": None,
               "actual": None, "counterexample": calls}
    write(
        "results", "details",
        line("a.x", "pass") + line("a.y", "fail", buffer=buffer, counterexample=calls)
        + json.dumps({"diagnosis": cause}) + "\n" + json.dumps({"finding": finding})
        + "\n" + end % 2,
    )
    write("results", "one", line("a.y", "timeout", message="A\x1b[31m\u202e\t") + end % 1)
    write("results", "cut_off", line("a.x", "pass") + end[:-1] % 1)


# ---- Places ----


def make_where():
    """A child's records: line, column, file, function; see where_scan.h."""
    def record(line, column, file, function):
        return struct.pack("<II64s64s", line, column, file.encode(), function.encode())

    told = record(23, 5, "fba.c", "fba_alloc")
    write("where", "two", told + record(7, 0, "fba.c", "fba_reset"))
    write("where", "header", record(60, 1, "fba.h", "") + told)
    write("where", "unknown", record(0, 0, "", "") + told)
    write("where", "too_few", told)
    write("where", "too_many", 3 * told)
    write("where", "odd_names", record(1, 1, "../fba.c", "f") + record(1, 1, "fba.c", "a b"))
    write("where", "odd_letters",
          record(1, 1, "fba.c", "\u00e9\u202e") + record(1, 1, "fba.c", "gr\u00f6\u00dfe"))
    write("where", "endless_names", record(1, 1, "fba.c", 64 * "f") + told)
    write("where", "odd_numbers",
          record(2**31, 1, "fba.c", "f") + record(1, 2**32 - 1, "fba.c", "f"))


# ---- The judge ----

HONEST, EXIT, SIGNAL, SLEEP, SPIN = range(5)


def number_of(test):
    """The number that chooses a test, by its id; hash_of in fuzz_judge.c."""
    value = 2166136261
    for byte in test.encode():
        value = (value ^ byte) * 16777619 % 2**32
    return (value ^ value >> 16) & 0xffff


def make_judge():
    """Tests are chosen by a number, spread over all of them; see fuzz_judge.c."""
    for n in range(12):
        write("judge", f"honest_{n:02}", struct.pack(">HB", n * 5461, HONEST))
    scripts = {
        "dies": (EXIT, b""), "crashes": (SIGNAL, b""),
        "sleeps": (SLEEP, b"\x00\x00"), "spins": (SPIN, b"\x00\x00"),
        "wild_pointer": (HONEST, b"\x10\x12\xff" + b"\x7f" * 8),
        "null_block": (HONEST, b"\x10\x12\x00"),
        "odd_error": (HONEST, b"\x10\x02\x07"),
        "next_byte": (HONEST, b"\x10\x12\x91"),
        "wrong_nonce": (HONEST, b"\x00\x03\x00"),
        "wrong_sequence": (HONEST, b"\x00\x04"),
        "calls_back": (HONEST, b"\x10\x25\x08" + b"\x00\x20\x04\x00\x00\x00"),
        "calls_back_to_resize": (HONEST, b"\x00\x25\x09" + b"\x00\xa0\x04\x04\x08\x00"),
        "short_message": (HONEST, b"\x00\x06\x10" + b"x" * 16),
        "signal": (HONEST, b"\x10\x17\x0b\xa1\x00\x01\x02\x00"),
        "undefined": (HONEST, b"\x10\x57\x01\x0c\x05\xff\x00\x00\x00c.abf\x00\x00"),
        "system_call": (HONEST, b"\x00\x27\x09\x00\x00\x00\x00\x00"),
        "missing": (HONEST, b"\x47\x02\x00\x00\x00\x00\x00"),
        "twice": (HONEST, b"\x10\x08"),
        "scribbles": (HONEST, b"\x10\xfc\xa1\x55\x00\xfc\xa2\x55"),
        "answers_and_dies": (HONEST, b"\x20\x0d"),
        "other_operation": (HONEST, b"\x00\x3e"),
        "once_more": (HONEST, b"\x10\x0f"),
    }
    for number, (name, (ending, script)) in enumerate(scripts.items()):
        chosen = (number * 3121 + 700) % 65536
        write("judge", name, struct.pack(">HB", chosen, ending) + script)
    # A test whose calls come in batches: as promised, with a changed answer, cut short.
    batches = number_of("individual_free.random_frees_and_resizes")
    for name, ending, script in (
            ("batch", HONEST, b""), ("batch_dies", EXIT, b""),
            ("batch_wild_pointer", HONEST, b"\x12\x03\xff" + b"\x7f" * 8),
            ("batch_odd_error", HONEST, b"\x02\x05\x07"),
            ("batch_crashes", HONEST, b"\x17\x0b\xa1\x00\x01\x02\x00")):
        write("judge", name, struct.pack(">HB", batches, ending) + script)
    # As many honest answers as the test has calls, then one that comes twice.
    write("judge", "once_more_at_the_end", struct.pack(">HB", 0, HONEST) + b"\x30\x0f")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--build", type=pathlib.Path, required=True)
    build = parser.parse_args().build.resolve()
    make_audit()
    make_image(build)
    make_text()
    make_messages()
    make_manifest()
    make_results()
    make_where()
    make_judge()


if __name__ == "__main__":
    main()
