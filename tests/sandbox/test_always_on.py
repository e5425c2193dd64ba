#!/usr/bin/env python3
"""No program of the project has a way to leave the sandbox out but --trust-submission.

usage: test_always_on.py BUILD_FOLDER PROJECT_FOLDER

bench/without_sandbox/ builds a grader without a sandbox, to measure what it costs. What
it is made of bears words; none of the real programs does, and no other build may use it.
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

BUILD, PROJECT = (pathlib.Path(word).resolve() for word in sys.argv[1:3])
BARE = PROJECT / "bench/without_sandbox"
INCLUDES = [f"-I{PROJECT}/{folder}" for folder in
            ("grader/sandbox", "grader/exercise", "grader/base", "harness/judge",
             "harness/subject", "harness/wire")]


def mark():
    """The words, as bare.h has them."""
    return re.search(r'"(this program .*)"', (BARE / "bare.h").read_text())[1].encode()


class AlwaysOn(unittest.TestCase):

    def test_what_stands_in_for_the_sandbox_bears_the_mark(self):
        sources = sorted(BARE.glob("*.c"))
        self.assertEqual(len(sources), 4)
        for source in sources:
            with self.subTest(source.name), tempfile.TemporaryDirectory() as folder:
                target = pathlib.Path(folder, "made.o")
                subprocess.run(["gcc", "-std=c17", "-D_GNU_SOURCE", "-O2", *INCLUDES,
                                "-c", source, "-o", target], check=True)
                self.assertIn(mark(), target.read_bytes())

    def test_no_real_program_bears_the_mark(self):
        programs = [*(BUILD / "bin").glob("grader"), *(BUILD / "bin").glob("judge_*"),
                    *(BUILD / "lib").glob("*/runtime.o")]
        self.assertGreaterEqual(len(programs), 3)
        for program in programs:
            with self.subTest(program.name):
                self.assertNotIn(mark(), program.read_bytes())

    def test_no_other_build_may_use_it(self):
        for option in ("-DBUILD_TESTING=ON", "-DBUILD_TESTING=OFF"):
            with self.subTest(option), tempfile.TemporaryDirectory() as folder:
                done = subprocess.run(
                    ["cmake", "-S", PROJECT, "-B", folder, "-G", "Ninja", option,
                     "-DGRADER_BENCH_NO_SANDBOX=ON"],
                    capture_output=True, text=True, check=False)
                self.assertNotEqual(done.returncode, 0)
                self.assertIn("for bench/bench.py alone", done.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
