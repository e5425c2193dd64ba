"""What the corpus runners share: finding the files, and trying one after the other."""

import concurrent.futures
import json
import os
import pathlib
import shutil
import subprocess
import sys

import expectation
import objects

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
EXERCISE = ROOT / "exercises" / "06_fixed_buffer"


class Skipped(Exception):
    """The file cannot be tried here; the text says why."""


class Failed(Exception):
    """What was tried did not do what it should have; the text says what it did."""


def corpus_files(paths, directories):
    """The files named, or all of `directories`; no files at all would test nothing."""
    files = []
    for path in paths or [HERE / name for name in directories]:
        files += sorted(path.glob("*.c")) if path.is_dir() else [path]
    if not files:
        sys.exit("no corpus files found")
    return files


def submission_of(path, keys, directory):
    """What is submitted for a file: the file, or the object that is made of it.

    The object is made by the file's `compiler`, and then changed as `object` says, in
    ways that no compiler would (objects.py).
    """
    if "compiler" not in keys and "object" not in keys:
        return path
    compiler = keys.get("compiler", "gcc -O1").split()
    if shutil.which(compiler[0]) is None:
        if os.environ.get("CI"):
            raise Failed(f"{compiler[0]} is not installed")
        raise Skipped(f"{compiler[0]} is not installed")
    target = directory / "fba.o"
    subprocess.run([*compiler, "-std=c17", "-I", EXERCISE, "-c", path, "-o", target],
                   check=True, stderr=subprocess.DEVNULL)
    if "object" in keys:
        target.write_bytes(objects.changed(keys["object"], target.read_bytes()))
    return target


def outcome(try_file, path):
    """("passed" | "failed" | "skipped", sentences) for one file."""
    try:
        found = try_file(path)
        return ("failed" if found else "passed", found)
    except Skipped as reason:
        return ("skipped", [str(reason)])
    except (Failed, expectation.BadHeader, OSError, UnicodeError,
            subprocess.SubprocessError, json.JSONDecodeError) as reason:
        return ("failed", [str(reason)])


def try_all(files, try_file, jobs):
    """Tries every file, prints what is wrong, counts; returns the exit status."""
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        outcomes = pool.map(lambda path: outcome(try_file, path), files)
        for path, (word, sentences) in zip(files, outcomes):
            counts[word] += 1
            if word != "passed":
                print(f"{word}: {path.parent.name}/{path.name}")
            for sentence in sentences:
                print(f"    {sentence}")
            sys.stdout.flush()
    skipped = f", {counts['skipped']} skipped" if counts["skipped"] else ""
    print(f"{counts['passed']} passed, {counts['failed']} failed{skipped}")
    return 1 if counts["failed"] else 0
