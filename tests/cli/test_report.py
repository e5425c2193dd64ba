#!/usr/bin/env python3
"""The report: valid, the same wherever and by whomever it is made, and written whole."""

import hashlib
import json
import os
import shutil
import subprocess

from cli import (
    BIN,
    EXERCISE,
    REFERENCE,
    SOURCE,
    STARTER,
    CommandLineTest,
    main,
    manifest,
    validator,
)

MISTAKE = SOURCE / "tests/corpus/mistakes/global_instead_of_the_context.c"


class Report(CommandLineTest):
    def report_bytes(self, submission, *arguments, **more):
        run = self.run_grader("grade", submission, "--report", "-", *arguments, **more)
        self.assertEqual((run.returncode, run.stderr), (0, b""))
        self.check_report(run.stdout)
        return run.stdout

    def test_starter_earns_nothing(self):
        report = self.grade(STARTER)
        self.assertEqual(report["status"], "graded")
        self.assertEqual(report["score"], {"points": 0, "max": 100})

    def test_reference_earns_everything(self):
        report = self.grade(REFERENCE)
        self.assertEqual(report["score"], {"points": 100, "max": 100})
        self.assertEqual(
            [suite["max"] for suite in report["suites"]], [20, 20, 15, 20, 15, 10]
        )

    def test_object_file_is_graded_like_its_source(self):
        objects = self.folder / "fba.o"
        subprocess.run(
            ["gcc", "-std=c17", "-O2", "-ffreestanding", "-fno-pie", "-c"]
            + ["-fno-stack-protector", "-fcf-protection=none"]
            + ["-I", EXERCISE, REFERENCE, "-o", objects],
            check=True,
        )
        report = self.grade(objects)
        self.assertEqual(report["score"]["points"], 100)
        self.assertEqual(report["toolchain"], {"compiler": None, "flags": []})

    def test_submission_is_described(self):
        report = self.grade(STARTER)
        content = STARTER.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        self.assertEqual(
            report["submission"],
            {"file": "fba.c", "sha256": digest, "bytes": len(content)},
        )
        self.assertEqual(report["seed"], digest[:16])

    def test_same_submission_gives_the_same_bytes(self):
        first = self.report_bytes(MISTAKE)
        for _ in range(3):
            self.assertEqual(self.report_bytes(MISTAKE), first)

    def test_place_and_environment_do_not_show(self):
        first = self.report_bytes(MISTAKE)
        other = self.folder / "a longer folder" / "of another name"
        other.mkdir(parents=True)
        copy = shutil.copy(MISTAKE, other)
        environment = {"LC_ALL": "C.UTF-8", "HOME": str(other), "TMPDIR": str(other)}
        environment.update({"CK_FORK": "yes", "CK_RUN_SUITE": "nothing", "TZ": "UTC-9"})
        self.assertEqual(self.report_bytes(copy, env=environment), first)
        self.assertEqual(sorted(os.listdir(other)), [MISTAKE.name])

    def test_copy_of_the_installation_gives_the_same_bytes(self):
        program = self.installation() / "grader"
        self.assertEqual(
            self.report_bytes(MISTAKE, program=program), self.report_bytes(MISTAKE)
        )

    def test_report_names_no_path_of_this_machine(self):
        text = self.report_bytes(MISTAKE).decode()
        for path in (self.folder, SOURCE, BIN, "/tmp/", "/dev/shm"):
            self.assertNotIn(str(path), text)

    def test_seed_can_be_given_and_moves_no_point(self):
        own = json.loads(self.report_bytes(MISTAKE))
        given = json.loads(self.report_bytes(MISTAKE, "--seed", "255"))
        self.assertEqual(given.pop("seed"), "00000000000000ff")
        own.pop("seed")
        self.assertEqual(given, own)

    def test_file_is_written_and_nothing_beside_it(self):
        run = self.run_grader("grade", STARTER, "--report", "report.json")
        self.assertEqual((run.returncode, run.stderr), (0, b""))
        self.assertIn(b"0 of 100 points", run.stdout)
        self.assertEqual(os.listdir(self.folder), ["report.json"])
        written = (self.folder / "report.json").read_bytes()
        self.assertEqual(written, self.report_bytes(STARTER))

    def test_variable_outside_the_struct_is_noted(self):
        report = self.grade(MISTAKE)
        notes = [
            entry["message"]
            for entry in report["diagnostics"]
            if entry["severity"] == "note"
        ]
        self.assertEqual(len(notes), 1, report["diagnostics"])
        self.assertIn("variable", notes[0])

    def test_missing_function_is_named(self):
        source = STARTER.read_text(encoding="utf-8").replace("fba_reset", "fba_rest")
        report = self.grade(self.write("fba.c", source))
        self.assertEqual(report["status"], "graded")
        messages = " ".join(entry["message"] for entry in report["diagnostics"])
        self.assertIn("does not define fba_reset", messages)

    def test_run_info_is_apart(self):
        run = self.run_grader(
            "grade", STARTER, "--quiet", "--report", "r", "--run-info", "i"
        )
        self.assertEqual((run.returncode, run.stdout, run.stderr), (0, b"", b""))
        info = json.loads((self.folder / "i").read_text())
        self.assertEqual(info["schema"], "fba-grader/run-info/1")
        self.assertGreater(info["wall"]["judge_ms"], 0)
        self.assertGreaterEqual(info["wall"]["total_ms"], info["wall"]["compile_ms"])
        self.assertIn("resource_limits", info["layers"])
        self.check_report((self.folder / "r").read_bytes())


class Manifest(CommandLineTest):
    def test_manifest_is_valid(self):
        validator(SOURCE / "exercises/exercise.schema.json").validate(manifest())

    def test_lessons_named_in_the_manifest_exist(self):
        lines = (EXERCISE / "lesson.md").read_text(encoding="utf-8").splitlines()
        headings = {line.lstrip("# ") for line in lines if line.startswith("#")}
        for suite in manifest()["suites"]:
            self.assertIn(suite["lesson"], headings)

    def run_tool(self, folder, *arguments):
        tool = SOURCE / "tools/manifest.py"
        judge = BIN / "judge_fixed_buffer"
        return subprocess.run(
            [tool, folder, "--judge", judge, *arguments],
            stdout=subprocess.PIPE,
            check=False,
        )

    def test_tool_fills_in_what_the_sources_say(self):
        """Whether exercise.json itself is current is a test of its own."""
        full = self.folder / "full"
        emptied = self.folder / "emptied"
        shutil.copytree(EXERCISE, full)
        shutil.copytree(EXERCISE, emptied)
        content = dict(manifest(), clauses=[], tests=[])
        (emptied / "exercise.json").write_text(json.dumps(content))
        check = self.run_tool(emptied, "--check")
        self.assertEqual(check.returncode, 1)
        self.assertIn(b"make manifest", check.stdout)
        for folder in (full, emptied):
            self.assertEqual(self.run_tool(folder).returncode, 0)
            self.assertEqual(self.run_tool(folder, "--check").returncode, 0)
        self.assertEqual(
            (emptied / "exercise.json").read_bytes(),
            (full / "exercise.json").read_bytes(),
        )


if __name__ == "__main__":
    main()
