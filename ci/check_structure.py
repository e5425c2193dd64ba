#!/usr/bin/env python3
"""Checks what a formatter and a compiler do not: who may include whom, and sizes.

    ci/check_structure.py [--statistics]

Looks at the C files that git knows, except the students' code of tests/corpus. Prints
one line for each finding, as a compiler would, and exits with status 1 if there is any.
"""

import pathlib
import re
import statistics
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

COLUMNS = 88
FUNCTION_LINES = 70
SOURCE_LINES = 400
HEADER_LINES = 250  # exercises/ excepted: there the header is the contract itself

# A folder is a trust domain. For each: the places its own headers may come from, and the
# headers of others that it must not see. Headers of the C library and of Linux are free.
DOMAINS = {
    # The one file that is both sides at once: the direct-linked runner.
    "harness/judge/direct.c": {"own": ["harness"], "never": ["libelf.h", "gelf.h"]},
    "harness/wire": {"own": [], "never": ["check.h", "cjson", "seccomp.h", "libelf.h"]},
    "harness/subject": {
        "own": ["harness/subject", "harness/wire"],
        "never": ["check.h", "cjson", "seccomp.h", "libelf.h", "stdio.h", "stdlib.h"],
    },
    "harness/judge": {
        "own": ["harness/judge", "harness/wire", "tools/filters"],
        "never": ["libelf.h", "gelf.h"],
    },
    "grader": {"own": ["grader", "tools/filters"], "never": ["check.h"]},
    "reference": {"own": ["reference", "exercises"], "never": ["check.h", "cjson"]},
    "exercises": {"own": ["exercises", "reference"], "never": ["check.h", "cjson", "seccomp.h"]},
}

# The exercise's half of the harness holds files of three domains, told apart by name.
EXERCISE_HALF = [
    (
        re.compile(r"^harness/\w+/subject_\w+\.[ch]$"),
        {
            "own": ["harness/subject", "harness/wire", "exercises", "{here}/ops.h"],
            "never": ["check.h", "cjson", "seccomp.h", "libelf.h", "stdio.h"],
        },
    ),
    (
        re.compile(r"^harness/\w+/suites/\w+\.c$"),
        {
            "own": ["{here}/suite.h", "exercises"],
            "never": ["cjson", "seccomp.h", "libelf.h", "unistd.h"],
        },
    ),
    (
        re.compile(r"^harness/\w+/(\w+/)?\w+\.[ch]$"),
        {
            "own": ["{here}", "harness/judge", "harness/wire", "reference", "exercises"],
            "never": ["libelf.h", "gelf.h"],
        },
    ),
]

# Made by cmake/filters.cmake.
GENERATED = {"syscall_filters.h", "outer_rules.h"}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def tracked_sources():
    names = subprocess.run(
        ["git", "ls-files", "-z", "*.c", "*.h"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split("\0")
    return [
        name
        for name in names
        if name and not name.startswith("tests/corpus/") and (ROOT / name).exists()
    ]


def rule_of(name):
    """The include rule a file is under, its folder filled in; None: there is none."""
    for domain, rule in DOMAINS.items():
        if name == domain or name.startswith(domain + "/"):
            return rule
    for pattern, rule in EXERCISE_HALF:
        if pattern.match(name):
            here = "/".join(name.split("/")[:2])
            return {**rule, "own": [place.format(here=here) for place in rule["own"]]}
    return None


def within(header, places):
    return any(header == place or header.startswith(place + "/") for place in places)


def check_includes(name, lines, headers, rule):
    """`headers`: where each of our headers is, by its base name."""
    for number, line in enumerate(lines, 1):
        match = INCLUDE.match(line)
        if not match:
            continue
        included = match[2]
        if any(included == word or included.startswith(word + "/") for word in rule["never"]):
            yield number, f"{included} does not belong in this trust domain"
        if match[1] == "<" or included in GENERATED:
            continue
        found = headers.get(included.rsplit("/", 1)[-1], [])
        beside = str(pathlib.PurePosixPath(name).parent / included)
        if not found:
            yield number, f'"{included}" is no header of this project'
        elif beside not in found and not any(within(one, rule["own"]) for one in found):
            yield number, f"{included} belongs to another trust domain"


def functions(lines):
    """(line, length of the body) of each function: braces in the first column."""
    start = None
    for number, line in enumerate(lines, 1):
        if line == "{":
            start = number
        elif line == "}" and start is not None:
            yield start, number - start - 1
            start = None


def check_text(name, lines):
    for number, line in enumerate(lines, 1):
        if len(line) > COLUMNS:
            yield number, f"{len(line)} columns; at most {COLUMNS}"
        if "\t" in line or line != line.rstrip():
            yield number, "a tab, or blanks at the end of the line"
        if re.search(r"\b(TODO|FIXME|XXX)\b", line):
            yield number, "a note to come back; finish it or leave it out"
        if re.match(r"\s*//", line):
            yield number, "comments are written /* so */"
        # beyond.c alone reads JSON: what the judge's own shards have written.
        if (name.startswith("harness/") and name != "harness/judge/beyond.c"
                and "cJSON_Parse" in line):
            yield number, "the judge writes JSON; what it would parse is not to be believed"
    for number, length in functions(lines):
        if length > FUNCTION_LINES:
            yield number, f"a function of {length} lines; at most {FUNCTION_LINES}"
    most = SOURCE_LINES if name.endswith(".c") else HEADER_LINES
    if len(lines) > most and not (name.endswith(".h") and name.startswith("exercises/")):
        yield 1, f"{len(lines)} lines; at most {most}"


def main():
    names = tracked_sources()
    texts = {name: (ROOT / name).read_text(encoding="utf-8").split("\n") for name in names}
    headers = {}
    for name in names:
        if name.endswith(".h"):
            headers.setdefault(name.rsplit("/", 1)[-1], []).append(name)

    findings = []
    lengths = []
    for name, lines in texts.items():
        if lines[-1] == "":
            lines.pop()
        findings += [(name, *finding) for finding in check_text(name, lines)]
        rule = rule_of(name)
        if rule is not None:
            findings += [
                (name, *finding) for finding in check_includes(name, lines, headers, rule)
            ]
        lengths += [length for _, length in functions(lines)]

    for name, number, text in findings:
        print(f"{name}:{number}: {text}")
    if "--statistics" in sys.argv and lengths:
        lengths.sort()
        print(
            f"{len(lengths)} functions: median {statistics.median(lengths):g} lines, "
            f"90 % under {lengths[len(lengths) * 9 // 10] + 1}, longest {lengths[-1]}"
        )
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
