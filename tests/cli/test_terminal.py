#!/usr/bin/env python3
"""What people read: the view of a grading, one test, and the lists of an exercise."""

import fcntl
import os
import pty
import struct
import subprocess
import termios

from cli import BIN, REFERENCE, SOURCE, STARTER, CommandLineTest, main, manifest

MISTAKES = SOURCE / "tests/corpus/mistakes"


class View(CommandLineTest):
    def view(self, *arguments, **more):
        run = self.run_grader("grade", *arguments, **more)
        self.assertEqual((run.returncode, run.stderr), (0, b""))
        return run.stdout.decode()

    def assert_narrow(self, text):
        for line in text.splitlines():
            # Lines of the submission are as wide as they are.
            if " | " not in line[:9] and "\u2502" not in line[:9]:
                self.assertLessEqual(len(line), 80, line)

    def test_starter_fits_two_screens(self):
        text = self.view(STARTER)
        self.assertIn("0 of 100 points", text)
        self.assertLessEqual(len(text.splitlines()), 80)
        for suite in manifest()["suites"]:
            self.assertIn(suite["title"], text)
        self.assert_narrow(text.rsplit("To see one test", 1)[0])

    def test_what_is_said_once_is_not_said_again(self):
        text = self.view(STARTER)
        self.assertEqual(text.count("Expected  a block"), 1)
        self.assertEqual(text.count("As above:"), len(manifest()["suites"]) - 1)
        self.assertNotIn("\n\n\n", text)
        self.assertEqual(text.splitlines()[-4][:16], "0 of 100 points.")

    def test_other_failures_are_listed_by_title_and_points(self):
        text = self.view(MISTAKES / "aligns_the_offset.c")
        others = text.split("  Also failed:\n")[1].split("\n\n")[0].replace("\n        ", " ")
        titles = {test["title"]: test["points"] for test in manifest()["tests"]}
        self.assertGreater(len(others.splitlines()), 4)
        for line in others.splitlines():
            points, title = line.split(maxsplit=2)[1:]
            self.assertEqual(-int(points), titles[title])

    def test_file_of_another_name_is_told_how_it_is_called(self):
        path = self.write("my fba (final).c", "int f(void) { return x; }\n")
        self.assertIn("my fba (final).c (below: fba.c)\n", self.view(path))
        self.assertNotIn("(below:", self.view(STARTER))

    def test_full_marks_take_one_screen(self):
        text = self.view(REFERENCE)
        self.assertIn("100 of 100 points", text)
        self.assertIn("Well done", text)
        self.assertLessEqual(len(text.splitlines()), 24)

    def test_mistake_is_explained(self):
        text = self.view(MISTAKES / "exact_fit_refused.c")
        for part in ("CAP-1", "Called", "Expected", "But got", "Likely cause",
                     "explains all", "Seen", "lesson.md", "  Buffer  64 bytes at"):
            self.assertIn(part, text)
        self.assert_narrow(text.rsplit("To see one test", 1)[0])

    def test_command_at_the_end_works(self):
        text = self.view(MISTAKES / "exact_fit_refused.c")
        command = text.split("lists the names):\n")[1]
        run = subprocess.run(
            command,
            shell=True,
            cwd=self.folder,
            stdout=subprocess.PIPE,
            timeout=300,
            check=True,
        )
        self.assertIn(b"     1  fba_init(", run.stdout)

    def test_no_colours_where_there_is_no_terminal(self):
        self.assertNotIn("\x1b", self.view(STARTER))

    def test_signs_follow_the_locale(self):
        self.assertTrue(self.view(STARTER, env={"LC_ALL": "C"}).isascii())
        self.assertIn("\u2717", self.view(STARTER, env={"LC_ALL": "C.UTF-8"}))

    def on_a_terminal(self, file=REFERENCE, columns=0, **environment):
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        with subprocess.Popen(
            [BIN / "grader", "grade", file],
            env={"PATH": os.environ["PATH"], **environment},
            stdin=subprocess.DEVNULL,
            stdout=theirs,
        ) as grader:
            os.close(theirs)
            text = b""
            try:
                while chunk := os.read(ours, 65536):
                    text += chunk
            except OSError:
                pass  # how Linux says that the other side is closed
            os.close(ours)
        self.assertEqual(grader.returncode, 0)
        return text

    def test_colours_on_a_terminal(self):
        self.assertIn(b"\x1b[32m", self.on_a_terminal())

    def test_no_color_is_honoured(self):
        self.assertNotIn(b"\x1b", self.on_a_terminal(NO_COLOR="1"))
        self.assertNotIn(b"\x1b", self.on_a_terminal(TERM="dumb"))

    def test_narrow_screen_is_kept_to(self):
        for columns in (60, 80, 200):
            text = self.on_a_terminal(STARTER, columns, NO_COLOR="1").decode()
            lines = text.replace("\r", "").rsplit("To see one test", 1)[0].splitlines()
            self.assertEqual(max(map(len, lines)), min(columns, 80))

    def test_quiet(self):
        self.assertEqual(self.view(STARTER, "--quiet"), "")

    def test_compiler_messages_look_like_the_compilers(self):
        path = self.write(
            "fba.c", '#include "fba.h"\nint f(void)\n{\n    return undeclared;\n}\n'
        )
        self.assertIn(
            "fba.c:4:12: error: 'undeclared' undeclared (first use in this function)\n"
            "    4 |     return undeclared;\n"
            "      |            ^~~~~~~~~~\n",
            self.view(path),
        )


class OneTest(CommandLineTest):
    ID = "capacity.whole_buffer_in_one_request"

    def test_only_that_test_is_shown(self):
        run = self.run_grader("grade", STARTER, "--test", self.ID)
        text = run.stdout.decode()
        self.assertEqual(run.returncode, 0)
        self.assertIn(self.ID, text)
        self.assertIn("CAP-1", text)
        self.assertNotIn("of 100", text)
        self.assertNotIn("ALI-1", text)

    def test_trace_of_a_passed_test_has_every_call(self):
        run = self.run_grader("grade", REFERENCE, "--test", self.ID, "--trace")
        text = run.stdout.decode()
        self.assertIn("     1  fba_init(", text)
        self.assertIn("alloc(", text)
        self.assertIn("passed", text)


class ExitStatus(CommandLineTest):
    def status(self, submission, points):
        return self.run_grader(
            "grade", submission, "--quiet", "--fail-under", points
        ).returncode

    def test_below(self):
        self.assertEqual(self.status(STARTER, 1), 1)
        self.assertEqual(self.status(self.write("fba.c", "?"), 1), 1)

    def test_not_below(self):
        self.assertEqual(self.status(STARTER, 0), 0)
        self.assertEqual(self.status(REFERENCE, 100), 0)


class Lists(CommandLineTest):
    def show(self, *arguments):
        run = self.run_grader(*arguments)
        self.assertEqual((run.returncode, run.stderr), (0, b""))
        return run.stdout.decode()

    def test_tests_lists_everything(self):
        text = self.show("tests")
        for test in manifest()["tests"]:
            self.assertIn(test["id"], text)
        for suite in manifest()["suites"]:
            self.assertIn(f"{suite['points']} points", text)
        self.assertIn("100 points", text)
        self.assertLessEqual(max(map(len, text.splitlines())), 80)

    def test_every_clause_is_explained(self):
        for clause in manifest()["clauses"]:
            text = self.show("explain", clause["id"])
            self.assertIn(clause["id"], text)
            self.assertIn(" ".join(clause["why"].split()[:3]), text)
            for test in manifest()["tests"]:
                if test["clause"] == clause["id"]:
                    self.assertIn(test["id"], text)
            self.assertLessEqual(max(map(len, text.splitlines())), 80)

    def test_formats(self):
        self.assertIn("native", self.show("formats"))

    def test_help(self):
        for arguments in (("--help",), ("help",), ("grade", "--help")):
            text = self.show(*arguments)
            self.assertTrue(text.startswith("usage: grader"))
            self.assertLessEqual(max(map(len, text.splitlines())), 80)

    def test_version(self):
        self.assertRegex(self.show("--version"), r"^grader [0-9]+\.[0-9]+\.[0-9]+\n$")


if __name__ == "__main__":
    main()
