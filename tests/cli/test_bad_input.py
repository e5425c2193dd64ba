#!/usr/bin/env python3
"""What bad input gets: a report if it is the student's, one clear sentence if it is the
caller's or the grader's own, and never a half-written file."""

import json
import os
import shutil
import signal
import subprocess

from cli import BIN, EXERCISE, NOBODY, REFERENCE, STARTER, CommandLineTest, main


class StudentsInput(CommandLineTest):
    """A submission that cannot be graded is an ordinary submission with 0 points."""

    def assert_not_graded(self, submission, status, *said):
        report = self.grade(submission)
        self.assertEqual(report["status"], status)
        self.assertEqual(report["score"]["points"], 0)
        self.assertEqual({test["status"] for test in report["tests"]}, {"not_run"})
        messages = [
            entry["message"]
            for entry in report["diagnostics"]
            if entry["severity"] == "error"
        ]
        self.assertTrue(messages, report["diagnostics"])
        for part in said:
            self.assertIn(part, "\n".join(messages))
        # The terminal says the same, and says what to do.
        shown = self.run_grader("grade", submission)
        self.assertEqual((shown.returncode, shown.stderr), (0, b""))
        self.assertIn(b"0 of 100 points", shown.stdout)
        self.assertIn("grade it again", " ".join(shown.stdout.decode().split()))
        for part in said:
            self.assertIn(part.split(" ")[0].encode(), shown.stdout)

    def test_empty_file(self):
        self.assert_not_graded(self.write("fba.c", ""), "rejected", "empty")

    def test_binary(self):
        content = bytes(range(256)) * 16
        self.assert_not_graded(self.write("fba.c", content), "rejected", "fba.c")

    def test_fifty_megabytes(self):
        path = self.write("fba.c", "")
        with path.open("wb") as out:
            out.truncate(50 << 20)
        self.assert_not_graded(path, "rejected", "fba.c")

    def test_utf_16(self):
        content = STARTER.read_text(encoding="utf-8").encode("utf-16")
        self.assert_not_graded(
            self.write("fba.c", content), "rejected", "UTF-16", "UTF-8"
        )

    def test_does_not_compile(self):
        path = self.write("fba.c", "#include \"fba.h\"\nint main(void) { return x; }\n")
        self.assert_not_graded(path, "compile_error", "'x' undeclared")

    def test_messages_of_the_compiler_carry_no_path(self):
        path = self.write("fba.c", "#include \"no_such_header.h\"\n")
        report = self.grade(path)
        self.assertEqual(report["status"], "compile_error")
        self.assertNotIn(str(self.folder), json.dumps(report))
        self.assertNotIn("/tmp", json.dumps(report["diagnostics"]))

    def test_executable(self):
        path = shutil.copy(BIN / "grader", self.folder / "fba.c")
        self.assert_not_graded(path, "rejected", "fba.c")

    def test_strange_name(self):
        path = self.folder / os.fsdecode(b"a b\n\x1b[31m\xff'.c")
        shutil.copy(STARTER, path)
        report = self.grade(path)
        self.assertEqual(report["status"], "graded")
        self.assertEqual(report["submission"]["file"], "a b??[31m?'.c")
        shown = self.run_grader("grade", path)
        self.assertNotIn(b"\x1b", shown.stdout)

    def test_name_that_looks_like_an_option(self):
        shutil.copy(STARTER, self.folder / "--quiet")
        run = self.run_grader("grade", "--report", "-", "--", "--quiet")
        self.assertEqual(run.returncode, 0)
        self.assertEqual(self.check_report(run.stdout)["submission"]["file"], "--quiet")


class CallersInput(CommandLineTest):
    """Exit status 2, and a sentence with the thing and the remedy."""

    def test_missing_file(self):
        self.assert_refused(self.run_grader("grade", "gone.c"), 2, "gone.c")

    def test_folder(self):
        self.assert_refused(self.run_grader("grade", self.folder), 2, self.folder)

    def test_file_without_read_permission(self):
        path = self.write("fba.c", "int x;\n")
        path.chmod(0)
        more = {}
        if os.geteuid() == 0:
            more = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        program = self.installation() / "grader"
        run = self.run_grader("grade", path, program=program, **more)
        self.assert_refused(run, 2, path, "ermission")

    def test_device(self):
        self.assert_refused(self.run_grader("grade", "/dev/null"), 2, "/dev/null")

    def test_unknown_option(self):
        run = self.run_grader("grade", STARTER, "--colour")
        self.assert_refused(run, 2, "--colour", "grader grade --help")

    def test_unknown_command(self):
        self.assert_refused(self.run_grader("garde"), 2, "garde", "grade")

    def test_no_command(self):
        self.assert_refused(self.run_grader(), 2, "grader grade FILE")

    def test_missing_argument(self):
        self.assert_refused(self.run_grader("grade"), 2, "FILE")
        self.assert_refused(self.run_grader("grade", STARTER, "--report"), 2, "--report")

    def test_unknown_test(self):
        run = self.run_grader("grade", STARTER, "--test", "capacity.no_such_test")
        self.assert_refused(run, 2, "capacity.no_such_test", "grader tests")

    def test_misspelt_test(self):
        known = "capacity.whole_buffer_in_one_request"
        run = self.run_grader("grade", STARTER, "--test", known[:-1])
        self.assert_refused(run, 2, f"did you mean {known}?")

    def test_unknown_clause(self):
        run = self.run_grader("explain", "CAP-99")
        self.assert_refused(run, 2, "CAP-99", "CAP-1 to CAP-7")

    def test_report_in_a_missing_folder(self):
        run = self.run_grader("grade", STARTER, "--report", "gone/report.json")
        self.assert_refused(run, 2, "gone/report.json", "--report")

    def test_report_that_is_a_folder(self):
        run = self.run_grader("grade", STARTER, "--report", self.folder)
        self.assert_refused(run, 2, self.folder, "folder")

    def test_report_where_no_file_can_be_made(self):
        run = self.run_grader("grade", STARTER, "--report", "/proc/report.json")
        self.assert_refused(run, 2, "/proc/report.json", "--report")

    def test_report_over_the_submission(self):
        path = shutil.copy(STARTER, self.folder / "fba.c")
        before = path.read_bytes()
        run = self.run_grader("grade", path, "--report", "./fba.c")
        self.assert_refused(run, 2, "overwrite")
        self.assertEqual(path.read_bytes(), before)

    def test_report_and_run_info_in_one_place(self):
        both = self.folder / "both.json"
        for place, said in ((both, both), ("-", "standard output")):
            run = self.run_grader("grade", STARTER, "--report", place, "--run-info", place)
            self.assert_refused(run, 2, "--report", "--run-info", said)
        self.assertFalse(both.exists())

    def test_report_to_a_closed_standard_output(self):
        run = subprocess.run(
            ["sh", "-c", 'exec "$0" grade "$1" --report - >&-', BIN / "grader", STARTER],
            stderr=subprocess.PIPE,
            timeout=300,
            check=False,
        )
        self.assertEqual(run.returncode, 2)
        self.assertIn(b"closed; name a file", run.stderr)

    def test_submission_without_a_name(self):
        self.assert_refused(self.run_grader("grade", ""), 2, "needs a FILE")

    def test_run_info_in_a_missing_folder(self):
        run = self.run_grader("grade", STARTER, "--run-info", "gone/run.json")
        self.assert_refused(run, 2, "gone/run.json", "--run-info")

    def test_folder_without_an_exercise(self):
        run = self.run_grader("grade", STARTER, "--exercise", self.folder)
        self.assert_refused(run, 2, self.folder / "exercise.json", "--exercise")

    def test_more_points_than_there_are(self):
        run = self.run_grader("grade", STARTER, "--fail-under", "101")
        self.assert_refused(run, 2, "101", "100 points")


class GradersFault(CommandLineTest):
    """Exit status 3, no score, and a report that was there before stays as it was."""

    def assert_no_score(self, *said, program=BIN / "grader", arguments=(), env=None):
        report = self.write("report.json", "an earlier report")
        before = sorted(path.name for path in self.folder.iterdir())
        run = self.run_grader(
            "grade",
            REFERENCE,
            "--report",
            report,
            *arguments,
            program=program,
            env=env,
        )
        self.assert_refused(run, 3, *said)
        self.assertEqual(report.read_text(), "an earlier report")
        self.assertEqual(sorted(path.name for path in self.folder.iterdir()), before)

    def exercise_with(self, change):
        """A copy of the exercise whose manifest was changed; the arguments to use it."""
        copy = self.folder / "exercise"
        shutil.copytree(EXERCISE, copy)
        manifest = json.loads((copy / "exercise.json").read_text())
        change(manifest)
        (copy / "exercise.json").write_text(json.dumps(manifest))
        return ("--exercise", copy)

    def test_manifest_with_a_duplicate_id(self):
        def change(manifest):
            manifest["tests"][1]["id"] = manifest["tests"][0]["id"]

        self.assert_no_score(
            "exercise.json", "tests[1]", arguments=self.exercise_with(change)
        )

    def test_manifest_with_wrong_points(self):
        def change(manifest):
            manifest["tests"][0]["points"] += 1

        self.assert_no_score(
            "exercise.json", "points", "capacity", arguments=self.exercise_with(change)
        )

    def test_manifest_with_a_test_the_judge_does_not_know(self):
        def change(manifest):
            manifest["tests"][0]["id"] = "capacity.invented"

        self.assert_no_score(
            manifest_test(0), "make manifest", arguments=self.exercise_with(change)
        )

    def test_manifest_that_is_no_json(self):
        arguments = self.exercise_with(lambda manifest: None)
        path = arguments[1] / "exercise.json"
        path.write_text('{\n"id": "x",\n,\n}\n')
        self.assert_no_score("exercise.json:3", "JSON", arguments=arguments)

    def test_missing_compiler(self):
        (self.folder / "empty").mkdir()
        self.assert_no_score("gcc", env={"PATH": str(self.folder / "empty")})

    def test_incomplete_installation(self):
        program = self.installation() / "grader"
        (program.parent / "judge_fixed_buffer").unlink()
        self.assert_no_score("judge_fixed_buffer", "make", program=program)

    def judge(self, script):
        """An installation whose judge is a shell script."""
        folder = self.installation()
        judge = folder / "judge_fixed_buffer"
        judge.write_text("#!/bin/sh\n" + script + "\n")
        return folder / "grader"

    def test_judge_that_dies(self):
        program = self.judge("kill -ABRT $$")
        self.assert_no_score(f"signal {int(signal.SIGABRT)}", program=program)

    def test_judge_that_dies_after_good_results(self):
        lines = "".join(pass_line(test) for test in all_tests())
        (self.folder / "results").write_text(lines)
        end = f'{{"end": true, "tests": {len(all_tests())}}}'
        program = self.judge(
            f"cat {self.folder}/results >&4; echo '{end}' >&4; kill -SEGV $$"
        )
        self.assert_no_score("signal 11", program=program)

    def test_judge_that_stops_half_way(self):
        lines = "".join(pass_line(test) for test in all_tests()[:10])
        (self.folder / "results").write_text(lines)
        program = self.judge(f"cat {self.folder}/results >&4")
        self.assert_no_score("stopped after 10 results", program=program)

    def test_judge_that_leaves_a_test_out(self):
        lines = "".join(pass_line(test) for test in all_tests()[1:])
        (self.folder / "results").write_text(lines)
        end = f'{{"end": true, "tests": {len(all_tests()) - 1}}}'
        program = self.judge(f"cat {self.folder}/results >&4; echo '{end}' >&4")
        self.assert_no_score(all_tests()[0], program=program)

    def test_judge_that_is_believed(self):
        """The control of the four above: the same lines, whole, are a score."""
        lines = "".join(pass_line(test) for test in all_tests())
        (self.folder / "results").write_text(lines)
        end = f'{{"end": true, "tests": {len(all_tests())}}}'
        program = self.judge(f"cat {self.folder}/results >&4; echo '{end}' >&4")
        report = self.grade(STARTER, program=program)
        self.assertEqual(report["score"]["points"], 100)

    def test_full_device(self):
        run = self.run_grader("grade", STARTER, "--report", "/dev/full")
        self.assert_refused(run, 3, "/dev/full")

    def test_closed_standard_output(self):
        with open("/dev/full", "wb") as full:
            run = self.run_with_stdout(full)
        self.assertEqual(run.returncode, 3)
        self.assertIn(b"standard output", run.stderr)

    def run_with_stdout(self, stdout):
        return subprocess.run(
            [BIN / "grader", "tests"],
            stdout=stdout,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )


def all_tests():
    manifest = json.loads((EXERCISE / "exercise.json").read_text())
    return [test["id"] for test in manifest["tests"]]


def manifest_test(index):
    return all_tests()[index]


def pass_line(test):
    return (
        json.dumps(
            {
                "id": test,
                "status": "pass",
                "message": "",
                "expected": None,
                "actual": None,
                "location": None,
                "stopped_at": 0,
                "called_from": 0,
                "calls": [],
                "calls_omitted": 0,
                "buffer": None,
                "counterexample": None,
            }
        )
        + "\n"
    )


if __name__ == "__main__":
    main()
