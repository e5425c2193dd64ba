#!/usr/bin/env python3
"""The sandbox from end to end: as the caller, as an ordinary user, and where namespaces
are refused, hidden files stay hidden, and what is missing stops the grading.

usage: test_settings.py BIN_FOLDER PROJECT_FOLDER REFUSE_PROGRAM
"""
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import unittest

BIN, PROJECT, REFUSE = (pathlib.Path(word).resolve() for word in sys.argv[1:4])
IS_ROOT = os.geteuid() == 0
SECRET = "hidden_word_7413"
# A user that owns nothing here.
AS_USER = ["setpriv", "--reuid=61234", "--regid=61234", "--clear-groups"]

# How a submission can ask for a file. Each is a whole source, refused in any case, so
# that there are messages to compare.
QUESTIONS = {
    "has_include": '#if __has_include("%s")\n#error yes\n#else\n#error no\n#endif\n',
    "include": '#include "%s"\n',
    "include_twice": '#pragma once\n#include "%s"\n#include "%s"\n',
    "incbin": '__asm__(".incbin \\"%s\\"");\n',
    "assembler_include": '__asm__(".include \\"%s\\"");\n',
    "dependency": '#pragma GCC dependency "%s"\n#error x\n',
    "line": '#line 1 "%s"\nint f(void) { return x; }\n',
}


def settings():
    """Each setting's name and the words that stand before the grader's."""
    refused = [str(REFUSE), "namespaces"]
    yield "as it is", []
    yield "namespaces refused", refused
    if IS_ROOT:
        yield "ordinary user", AS_USER
        yield "ordinary user, namespaces refused", AS_USER + refused


class Sandbox(unittest.TestCase):
    """An installation that anyone may use, and beside it what nobody shall see."""

    @classmethod
    def setUpClass(cls):
        cls.root = pathlib.Path(tempfile.mkdtemp(prefix="fba-sandbox."))
        cls.root.chmod(0o755)
        installed = cls.root / "installed"
        for name in ("bin/grader", "bin/judge_fixed_buffer", "lib/subject.ld",
                     "lib/libgcc.a", "lib/compiler_view.so",
                     "lib/fixed_buffer/runtime.o"):
            (installed / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(BIN.parent / name, installed / name)
        exercises = installed / "share/exercises"
        shutil.copytree(PROJECT / "exercises/06_fixed_buffer",
                        exercises / "06_fixed_buffer")
        shutil.copy(PROJECT / "reference/fba.c", cls.root / "fba.c")
        shutil.copy(REFUSE, cls.root / "refuse")
        subprocess.run(["chmod", "-R", "a+rX", cls.root], check=True)
        cls.grader = installed / "bin/grader"
        cls.make_hidden()

    @classmethod
    def make_hidden(cls):
        """Names of one length, so that columns and carets are the same."""
        hidden = cls.root / "hidden"
        hidden.mkdir()
        (hidden / "n0001.h").write_text(f"int {SECRET} = ;\n")
        (hidden / "n0002.h").mkdir()
        (hidden / "n0003.h").symlink_to("n0001.h")
        os.mkfifo(hidden / "n0004.h", 0o644)
        (hidden / "n0005.h").write_text(f"int {SECRET};\n")
        (hidden / "n0005.h").chmod(0)
        cls.socket = socket.socket(socket.AF_UNIX)
        cls.socket.bind(str(hidden / "n0006.h"))
        cls.hidden = hidden
        cls.present = [f"n000{i}.h" for i in range(1, 7)]
        # Below a file or a folder that is there, and below one that is not.
        cls.below = ["/x", "/" + "x" * 300]

    @classmethod
    def tearDownClass(cls):
        cls.socket.close()
        shutil.rmtree(cls.root)

    def run_grader(self, before, *words):
        command = [str(self.root / "refuse") if word == str(REFUSE) else word
                   for word in before]
        environment = {key: value for key, value in os.environ.items()
                       if key != "TMPDIR"}
        return subprocess.run([*command, self.grader, *map(str, words)],
                              capture_output=True, text=True, cwd=self.root,
                              env=environment, check=False)

    def report(self, before, source, *options):
        path = self.root / "submitted.c"
        path.write_text(source)
        path.chmod(0o644)
        run = self.run_grader(before, "grade", path, "--report", "-", *options)
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        return run.stdout

    def answer(self, before, question, path, *options):
        """What is said of a submission, apart from the name that it asks for."""
        report = json.loads(self.report(before, QUESTIONS[question].replace("%s", path),
                                        *options))
        name = path.removeprefix(str(self.hidden) + "/").partition("/")[0]
        said = json.dumps([report["status"], report["score"], report["diagnostics"]])
        return said.replace(name, "NAME")

    def test_report_is_the_same_in_every_setting(self):
        source = (self.root / "fba.c").read_text()
        reports = {self.report(before, source) for _, before in settings()}
        self.assertEqual(len(reports), 1)
        self.assertEqual(json.loads(reports.pop())["score"]["points"], 100)

    def test_hidden_file_answers_as_a_missing_one(self):
        for setting, before in settings():
            for question in QUESTIONS:
                for suffix in ["", *self.below]:
                    missing = self.answer(before, question,
                                          f"{self.hidden}/n9999.h{suffix}")
                    for name in self.present:
                        with self.subTest(setting, question=question, name=name):
                            path = f"{self.hidden}/{name}{suffix}"
                            self.assertEqual(self.answer(before, question, path),
                                             missing)
                            self.assertNotIn(SECRET, missing)

    def test_without_the_sandbox_it_would_show(self):
        for question in ("has_include", "include", "dependency", "assembler_include"):
            with self.subTest(question):
                trust = "--trust-submission"
                self.assertNotEqual(
                    self.answer([], question, f"{self.hidden}/n0001.h", trust),
                    self.answer([], question, f"{self.hidden}/n9999.h", trust))

    def test_contents_do_not_get_into_a_program(self):
        source = (f'__asm__(".incbin \\"{self.hidden}/n0001.h\\"");\n'
                  + (self.root / "fba.c").read_text())
        trusting = json.loads(self.report([], source, "--trust-submission"))
        self.assertEqual(trusting["status"], "graded")
        for setting, before in settings():
            with self.subTest(setting):
                self.assertEqual(json.loads(self.report(before, source))["status"],
                                 "compile_error")

    def test_proc_shows_nothing(self):
        for setting, before in settings():
            for name in ("environ", "cmdline", "maps", "../1/cmdline"):
                with self.subTest(setting, name=name):
                    said = self.report(before, f'#include "/proc/self/{name}"\n')
                    self.assertIn("No such file or directory", said)

    def test_layers_are_recorded(self):
        for setting, before in settings():
            run = self.run_grader(before, "grade", "fba.c", "--run-info", "-")
            layers = json.loads(run.stdout)["layers"]
            with self.subTest(setting):
                for layer in ("landlock", "seccomp", "compiler_view"):
                    self.assertIn(layer, layers)
                self.assertEqual("private_user" in layers,
                                 IS_ROOT and "setpriv" not in before)
        run = self.run_grader([], "grade", "fba.c", "--trust-submission", "--run-info",
                              "-")
        info = json.loads(run.stdout)
        self.assertTrue(info["trusts_submission"])
        self.assertFalse({"landlock", "seccomp", "private_user"} & set(info["layers"]))

    def test_what_is_missing_stops_the_grading(self):
        for what in ("landlock", "seccomp"):
            before = [str(REFUSE), what]
            with self.subTest(what):
                run = self.run_grader(before, "grade", "fba.c", "--report", "-")
                self.assertEqual((run.returncode, run.stdout), (3, ""))
                self.assertIn(what, run.stderr)
                doctor = self.run_grader(before, "doctor")
                self.assertEqual(doctor.returncode, 3)
                self.assertIn(f"missing  {what}", doctor.stdout)

    def layers(self, before, *options):
        run = self.run_grader(before, "grade", "fba.c", "--quiet", "--run-info", "-",
                              *options)
        self.assertEqual(run.returncode, 0, run.stderr)
        layers = json.loads(run.stdout)["layers"]
        self.assertEqual(len(layers), len(set(layers)))
        return set(layers)

    def test_run_info_names_the_layers_in_force(self):
        confined = {"landlock", "seccomp", "no_capabilities", "compiler_view"}
        for setting, before in settings():
            with self.subTest(setting):
                layers = self.layers(before)
                self.assertLessEqual(confined | {"resource_limits"}, layers)
                is_root = IS_ROOT and "user" not in setting
                self.assertEqual("private_user" in layers, is_root)
                trusted = self.layers(before, "--trust-submission")
                self.assertEqual(trusted & (confined | {"private_user"}), set())

    def test_namespaces_are_entered_and_recorded_where_they_are_allowed(self):
        own = {"network_namespace", "ipc_namespace"}
        for setting, before in settings():
            with self.subTest(setting):
                layers = self.layers(before)
                wanted = subprocess.run([*before, "unshare", "--net", "--ipc",
                                         *([] if IS_ROOT and "user" not in setting
                                           else ["--user"]), "true"],
                                        stderr=subprocess.DEVNULL, check=False)
                self.assertEqual(own <= layers, wanted.returncode == 0)
                self.assertEqual(bool(own & layers), wanted.returncode == 0)
                if "refused" in setting:
                    self.assertEqual(own & layers, set())
                trusted = self.layers(before, "--trust-submission")
                self.assertEqual(own & trusted, set())

    def test_a_file_of_ones_own_needs_no_landlock(self):
        run = self.run_grader([str(REFUSE), "landlock"], "grade", "fba.c",
                              "--trust-submission", "--report", "-")
        self.assertEqual(run.returncode, 0, run.stderr)
        self.assertEqual(json.loads(run.stdout)["score"]["points"], 100)

    def test_doctor_finds_nothing_wrong(self):
        for setting, before in settings():
            with self.subTest(setting):
                run = self.run_grader(before, "doctor")
                self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
                self.assertIn("a hidden file kept from it", run.stdout)

    def test_installation_among_the_toolchain_is_refused(self):
        if not IS_ROOT:
            self.skipTest("only root can install there")
        place = pathlib.Path(tempfile.mkdtemp(prefix="fba-sandbox.", dir="/usr/lib"))
        try:
            shutil.copytree(self.grader.parent.parent, place / "grader")
            run = subprocess.run([place / "grader/bin/grader", "grade", "fba.c"],
                                 cwd=self.root, capture_output=True, text=True,
                                 check=False)
            self.assertEqual(run.returncode, 3)
            self.assertIn("move it to another folder", run.stderr)
        finally:
            shutil.rmtree(place)

    def test_nothing_is_left_behind(self):
        with tempfile.TemporaryDirectory(prefix="fba-sandbox.") as folder:
            os.chmod(folder, 0o777)
            environment = dict(os.environ, TMPDIR=folder)
            for _, before in settings():
                command = [str(self.root / "refuse") if word == str(REFUSE) else word
                           for word in before]
                subprocess.run([*command, self.grader, "grade", "fba.c", "--quiet"],
                               cwd=self.root, env=environment, check=True)
                self.assertEqual(os.listdir(folder), [])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
