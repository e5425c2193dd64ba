"""Formats, audiences and seed keys on the command line, from end to end."""

import json
import shutil

import cli

MISTAKE = cli.SOURCE / "tests/corpus/mistakes/aligns_the_offset.c"
# It fails so few tests that the terminal shows each of them.
SMALL_MISTAKE = cli.SOURCE / "tests/corpus/mistakes/free_of_a_middle_block.c"
CLASSROOM50 = {"CLASSROOM": "c", "ASSIGNMENT": "a", "OWNER": "o", "COMMIT_URL": "u",
               "RELEASE_URL": "u", "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1"}


class FormatsTest(cli.CommandLineTest):
    def native(self, *arguments, submission=MISTAKE):
        run = self.run_grader("grade", submission, "--report", "-", *arguments)
        self.assertEqual((run.returncode, run.stderr), (0, b""))
        return run.stdout

    def convert(self, report, *arguments, env=None):
        run = self.run_grader("convert", report, *arguments, env=env)
        self.assertEqual((run.returncode, run.stderr), (0, b""))
        return run.stdout

    def formats(self):
        listed = self.run_grader("formats").stdout.decode()
        return [line.split()[0] for line in listed.splitlines()
                if line.startswith("  ") and not line.startswith("   ")]

    def hidden_calls(self, report):
        """Calls that hidden tests made and visible ones did not."""
        calls = {True: set(), False: set()}
        for test in json.loads(report)["tests"]:
            calls[test["visibility"] == "visible"].update(test["calls"])
        found = calls[False] - calls[True]
        self.assertTrue(found)
        return found

    def test_grading_in_a_format_gives_what_converting_does(self):
        report = self.write("r.json", self.native())
        for name in ("gradescope", "prairielearn", "autolab", "tap"):
            graded = self.run_grader("grade", MISTAKE, "--format", name)
            self.assertEqual(graded.stderr, b"")
            self.assertEqual(graded.stdout, self.convert(report, "--format", name), name)

    def test_every_format_that_is_listed_can_be_written(self):
        report = self.write("r.json", self.native())
        names = self.formats()
        self.assertGreaterEqual(len(names), 13)
        for name in names:
            text = self.convert(report, "--format", name, env=CLASSROOM50)
            self.assertTrue(text.endswith(b"\n"), name)

    def test_native_comes_back_as_it_was(self):
        report = self.native()
        path = self.write("r.json", report)
        self.assertEqual(self.convert(path, "--format", "native"), report)

    def test_report_for_students_is_valid_and_says_less(self):
        report = self.native()
        student = self.native("--audience", "student")
        self.check_report(student)
        path = self.write("r.json", report)
        self.assertEqual(
            self.convert(path, "--format", "native", "--audience", "student"), student)
        for call in self.hidden_calls(report):
            self.assertNotIn(call, json.dumps(json.loads(student)))

    def test_platform_that_shows_everything_is_given_what_students_may_see(self):
        report = self.native()
        path = self.write("r.json", report)
        calls = self.hidden_calls(report)
        told = {}
        for audience in ((), ("--audience", "instructor")):
            text = self.convert(path, "--format", "prairielearn", *audience)
            told[audience] = any(call in json.loads(text)["tests"][i].get("output", "")
                                 for call in calls
                                 for i in range(len(json.loads(text)["tests"])))
        self.assertEqual(told, {(): False, ("--audience", "instructor"): True})

    def test_exercise_decides_what_students_are_told(self):
        exercise = self.folder / "exercise"
        shutil.copytree(cli.EXERCISE, exercise)
        manifest = exercise / "exercise.json"
        text = manifest.read_text(encoding="utf-8")
        self.assertIn('"hidden_feedback": "category"', text)
        manifest.write_text(text.replace('"category"', '"full"'), encoding="utf-8")
        told = self.native("--exercise", exercise, "--audience", "student")
        self.assertTrue(self.hidden_calls(told))

    def test_terminal_shows_students_what_their_report_says(self):
        calls = self.hidden_calls(self.native(submission=SMALL_MISTAKE))
        seen = {}
        for audience in ("student", "instructor"):
            run = self.run_grader("grade", SMALL_MISTAKE, "--audience", audience)
            self.assertEqual(run.returncode, 0)
            # Long calls are broken to fit.
            shown = "".join(run.stdout.decode().split())
            seen[audience] = any("".join(call.split()) in shown for call in calls)
        self.assertEqual(seen, {"student": False, "instructor": True})

    def test_hidden_test_is_not_run_for_students(self):
        tests = cli.manifest()["tests"]
        hidden = next(test["id"] for test in tests if test["visibility"] == "hidden")
        shown = next(test["id"] for test in tests if test["visibility"] == "visible")
        run = self.run_grader("grade", MISTAKE, "--test", hidden, "--audience", "student")
        self.assert_refused(run, 2, hidden, "grader explain")
        run = self.run_grader("grade", MISTAKE, "--test", shown, "--audience", "student")
        self.assertEqual((run.returncode, run.stderr), (0, b""))

    def test_damaged_report_is_the_callers_mistake(self):
        report = self.native()
        for was, becomes, said in (
                (b"fba-grader/report/1", b"fba-grader/report/2", "schema"),
                (b'"points"', b'"scores"', "scores"),
                (report[len(report) // 2:], b"", "not valid JSON"),
                (b'"status": "graded"', b'"status": 7', "status")):
            path = self.write("r.json", report.replace(was, becomes, 1))
            run = self.run_grader("convert", path, "--format", "tap")
            self.assert_refused(run, 2, path, said)
        run = self.run_grader("convert", self.folder / "none", "--format", "tap")
        self.assert_refused(run, 2, self.folder / "none")
        large = self.write("large", b" " * (8 << 20) + b"{}")
        self.assert_refused(self.run_grader("convert", large, "--format", "tap"), 2,
                            "larger than 8 MiB")

    def test_what_was_taken_out_cannot_be_put_back(self):
        path = self.write("r.json", self.native("--audience", "student"))
        run = self.run_grader("convert", path, "--format", "csv", "--audience",
                              "instructor")
        self.assert_refused(run, 2, path, "for students")

    def test_command_lines_that_make_no_sense(self):
        report = self.write("r.json", self.native())
        for words, said in (
                (("convert", report), "--format"),
                (("convert", report, "--format", "gradscope"), "gradescope"),
                (("convert", report, "--format", "tap", "--audience", "all"), "student"),
                (("convert", report, "--format", "tap", "--phase", "later"), "after_due"),
                (("convert", report, "--format", "csv", "--phase", "after_due"),
                 "--audience student"),
                (("convert", report, "--format", "classroom50"), "CLASSROOM"),
                (("grade", MISTAKE, "--format", "tap", "--test", "a"), "--test"),
                (("grade", MISTAKE, "--seed", "1", "--seed-key", "k"), "--seed-key")):
            self.assert_refused(self.run_grader(*words), 2, said)

    def test_seed_key_makes_the_seed_and_is_told_nobody(self):
        seeds = set()
        for content in (b"a secret of this course", b"another secret"):
            key = self.write("key", content)
            reports = [self.native("--seed-key", key) for _ in range(2)]
            self.assertEqual(*reports)
            self.assertNotIn(content, reports[0])
            seeds.add(self.check_report(reports[0])["seed"])
        seeds.add(self.check_report(self.native())["seed"])
        self.assertEqual(len(seeds), 3)

    def test_file_without_a_key_is_the_callers_mistake(self):
        for name, content, said in (("empty", b"", "empty"),
                                    ("large", b"k" * 4097, "larger")):
            key = self.write(name, content)
            run = self.run_grader("grade", MISTAKE, "--seed-key", key)
            self.assert_refused(run, 2, key, said)
        run = self.run_grader("grade", MISTAKE, "--seed-key", "nowhere")
        self.assert_refused(run, 2, "nowhere")


cli.main()
