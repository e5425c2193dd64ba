#!/usr/bin/env python3
"""Each platform's entry point, in the folders that the platform has: what it leaves for a
good, a failing, a hostile and a missing submission, and where the grader itself fails.

    tests/platforms/test_platforms.py BIN SOURCE [unittest's arguments]
"""

import base64
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

BIN, SOURCE = (pathlib.Path(word).resolve() for word in sys.argv[1:3])
CI = SOURCE / "ci"
sys.path.insert(0, str(SOURCE / "tests/corpus"))
import attack  # noqa: E402
import expectation  # noqa: E402

EXERCISE = SOURCE / "exercises/06_fixed_buffer"
CORPUS = SOURCE / "tests/corpus"
GOOD = SOURCE / "reference/fba.c"
FAILING = CORPUS / "mistakes/aligns_the_offset.c"
HOSTILE = CORPUS / "hostile/alloc_calls_exit.c"
BROKEN = CORPUS / "mistakes/does_not_compile.c"


def stated_points(path):
    """What a corpus file says it earns."""
    return int(expectation.EXPECT.match(expectation.parse(path)["expect"])[2])


def run(*command, **more):
    return subprocess.run([*map(str, command)], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300,
                          check=False, **more)


def install(target):
    """The installation of this build, as if it had been built or packed at `target`."""
    (target / "bin").mkdir(parents=True)
    (target / "lib/fixed_buffer").mkdir(parents=True)
    for name in ("grader", "judge_fixed_buffer"):
        shutil.copy(BIN / name, target / "bin")
    for name in ("subject.ld", "libgcc.a", "compiler_view.so", "fixed_buffer/runtime.o"):
        shutil.copy(BIN.parent / "lib" / name, target / "lib" / name)
    exercise = target / "share/exercises/06_fixed_buffer"
    exercise.mkdir(parents=True)
    for name in ("exercise.json", "allocator.h", "fba.h"):
        shutil.copy(EXERCISE / name, exercise)


class Platform:
    """Every platform's tests are these; a subclass says how to hand in and what to see."""

    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="platform."))
        self.addCleanup(shutil.rmtree, self.root, ignore_errors=True)
        self.root.chmod(0o755)
        self.environment = {"PATH": os.environ["PATH"], "PLATFORM_ROOT": str(self.root)}
        self.set_up()

    def container(self):
        """The layout of ci/container/Containerfile."""
        home = self.root / "opt/fba-grader"
        install(home / "build")
        shutil.copytree(CI, home / "ci")
        return home

    def break_grader(self):
        for path in self.root.rglob("judge_fixed_buffer"):
            path.unlink()

    def hand_in(self, source):
        self.submissions.mkdir(parents=True, exist_ok=True)
        text = attack.expanded(source.read_text(encoding="utf-8"), attack.RIGHT)
        (self.submissions / "fba.c").write_text(text, encoding="utf-8")

    def points_of(self, source):
        self.hand_in(source)
        return self.points()

    # points() runs the entry point and returns the points out of 100 that the platform
    # will record; None: it records none.

    def test_good_submission_gets_all_points(self):
        self.assertEqual(self.points_of(GOOD), 100)

    def test_failing_submission_gets_its_points(self):
        self.assertEqual(self.points_of(FAILING), stated_points(FAILING))

    def test_hostile_submission_gets_what_it_earns(self):
        self.assertEqual(self.points_of(HOSTILE), stated_points(HOSTILE))

    def test_submission_that_does_not_compile_is_told_so(self):
        self.hand_in(BROKEN)
        self.assertIn(self.points(), (0, None))
        self.assertIn("error", self.told())

    def test_missing_submission_is_named(self):
        self.submissions.mkdir(parents=True, exist_ok=True)
        (self.submissions / "other.c").write_text("int x;\n", encoding="utf-8")
        self.assertIn(self.points(), (0, None))
        self.assertIn("no file named fba.c", self.told())

    def test_link_is_no_submission(self):
        self.submissions.mkdir(parents=True, exist_ok=True)
        (self.submissions / "fba.c").symlink_to(GOOD)
        self.assertIn(self.points(), (0, None))
        self.assertIn("no file named fba.c", self.told())

    def test_folder_of_that_name_is_no_submission(self):
        (self.submissions / "fba.c").mkdir(parents=True)
        self.assertIn(self.points(), (0, None))
        self.assertIn("no file named fba.c", self.told())

    def test_folder_that_is_a_link_is_not_entered(self):
        other = self.root / "elsewhere"
        other.mkdir()
        shutil.copy(GOOD, other / "fba.c")
        self.submissions.mkdir(parents=True, exist_ok=True)
        (self.submissions / "lab").symlink_to(other)
        self.assertIn(self.points(), (0, None))
        self.assertIn("no file named fba.c", self.told())

    def test_file_from_windows_among_names_of_any_bytes(self):
        self.hand_in(GOOD)
        text = (self.submissions / "fba.c").read_bytes()
        (self.submissions / "fba.c").write_bytes(
            b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n"))
        for name in (b"caf\xe9.c", b"-rf", b"a b\nc", b"fba.c ", b"FBA.C"):
            (self.submissions / os.fsdecode(name)).write_bytes(b"int x;\n")
        self.assertEqual(self.points(), 100)

    def test_submission_that_is_no_text_is_told_so(self):
        self.submissions.mkdir(parents=True, exist_ok=True)
        (self.submissions / "fba.c").write_bytes(bytes(range(256)) * 40)
        self.assertIn(self.points(), (0, None))
        self.assertIn("cannot be graded", self.told())

    def test_fault_of_the_grader_is_no_score(self):
        self.hand_in(GOOD)
        self.break_grader()
        self.assertIsNone(self.points())
        self.check_fault()

    def test_machine_without_a_place_to_work_in_is_a_fault(self):
        self.hand_in(GOOD)
        self.environment["TMPDIR"] = str(self.root / "nowhere")
        self.assertIsNone(self.points())
        self.check_fault()

    def test_result_of_an_earlier_run_does_not_stay(self):
        self.assertEqual(self.points_of(GOOD), 100)
        self.break_grader()
        self.assertIsNone(self.points())


class Gradescope(Platform, unittest.TestCase):
    def set_up(self):
        self.base = self.root / "autograder"
        source = self.base / "source"
        install(source / "grader")
        for name in ("gradescope/setup.sh", "gradescope/run_autograder", "entry.sh",
                     "install_deps.sh"):
            shutil.copy(CI / name, source)
        shutil.copy(source / "run_autograder", self.base)
        self.submissions = self.base / "submission"
        self.result = self.base / "results/results.json"

    def points(self):
        self.ended = run(self.base / "run_autograder", env=self.environment)
        if not self.result.exists():
            return None
        told = json.loads(self.result.read_text(encoding="utf-8"))
        if "score" in told:
            return told["score"]
        return sum(test["score"] for test in told["tests"])

    def told(self):
        return self.result.read_text(encoding="utf-8")

    def check_fault(self):
        self.assertNotEqual(self.ended.returncode, 0)
        self.assertIn(b"Nothing was scored", self.ended.stderr)

    def test_submission_in_a_folder_is_found(self):
        folder = self.submissions / "my work/lab"
        folder.mkdir(parents=True)
        shutil.copy(GOOD, folder / "fba.c")
        self.assertEqual(self.points(), 100, self.ended.stderr)
        # Of two nobody knows which one is meant.
        shutil.copytree(folder, self.submissions / "second")
        self.assertEqual(self.points(), 0)
        self.assertIn("no file named", self.told())

    def test_two_names_are_not_the_name_of_a_third_file(self):
        for name in ("a", "b"):
            (self.submissions / name).mkdir(parents=True)
            shutil.copy(FAILING, self.submissions / name / "fba.c")
        found = run("find", f"{self.submissions}/", "-name", "fba.c").stdout.decode()
        third = pathlib.Path(found.rstrip("\n"))
        third.parent.mkdir(parents=True)
        third.symlink_to(GOOD)
        self.assertEqual(self.points(), 0)
        self.assertIn("no file named", self.told())

    def test_archive_that_is_not_complete_is_a_fault(self):
        shutil.rmtree(self.base / "source/grader/share")
        self.assertIsNone(self.points_of(GOOD))
        self.check_fault()


class PrairieLearn(Platform, unittest.TestCase):
    def set_up(self):
        self.home = self.container()
        self.submissions = self.root / "grade/student"
        self.result = self.root / "grade/results/results.json"

    def points(self):
        ended = run(self.home / "ci/prairielearn/entrypoint.sh", env=self.environment)
        # Any other status would lose the result.
        self.assertEqual(ended.returncode, 0, ended.stderr)
        told = json.loads(self.result.read_text(encoding="utf-8"))
        if told.get("gradable") is False:
            self.assertEqual(told.get("score", 0), 0)
            return None
        return round(told["score"] * 100)

    def told(self):
        return self.result.read_text(encoding="utf-8")

    def check_fault(self):
        self.assertIn("not your fault", self.told())

    def test_question_names_what_there_is(self):
        info = json.loads((CI / "prairielearn/question/info.json").read_text("utf-8"))
        options = info["externalGradingOptions"]
        entrypoint = self.root / options["entrypoint"].lstrip("/")
        self.assertTrue(os.access(entrypoint, os.X_OK))
        self.assertLessEqual(options["timeout"], 600)
        self.assertEqual(info["gradingMethod"], "External")


class GitHub(Platform, unittest.TestCase):
    def set_up(self):
        self.home = self.container()
        self.submissions = self.root / "workspace"
        self.output = self.root / "output"
        self.environment["GITHUB_WORKSPACE"] = str(self.submissions)
        self.environment["GITHUB_OUTPUT"] = str(self.output)

    def points(self):
        self.output.write_text("", encoding="utf-8")
        self.ended = run(self.home / "ci/github/grade.sh", env=self.environment)
        line = self.output.read_text(encoding="utf-8")
        if not line:
            return None
        self.assertEqual(line.count("\n"), 1)
        told = json.loads(base64.b64decode(line.removeprefix("result=")))
        self.assertTrue(told["tests"])
        self.assertEqual(told["max_score"], 100)
        return sum(test["score"] for test in told["tests"])

    def told(self):
        return self.ended.stdout.decode()

    def check_fault(self):
        self.assertEqual(self.ended.returncode, 3)
        self.assertIn("::error::", self.told())

    def test_commands_of_a_student_are_not_obeyed(self):
        source = self.root / "evil.c"
        source.write_text('#error x\n#error ::error::forged\n', encoding="utf-8")
        self.points_of(source)
        stop, rest = self.told().split("\n", 1)
        token = stop.removeprefix("::stop-commands::")
        self.assertRegex(token, "^[0-9a-f]{32}$")
        self.assertIn("forged", rest.split(f"::{token}::")[0])
        self.assertNotIn("forged", rest.split(f"::{token}::")[1])

    def test_workflow_names_what_there_is(self):
        text = (CI / "github/classroom.yml").read_text(encoding="utf-8")
        for path in re.findall(r"run: (/opt/\S+)", text):
            self.assertTrue(os.access(self.root / path.lstrip("/"), os.X_OK), path)
        self.assertIn("GRADE_RESULTS: ${{ steps.grade.outputs.result }}", text)


class GitLab(Platform, unittest.TestCase):
    def set_up(self):
        self.home = self.container()
        self.submissions = self.root / "builds/course/fba"
        self.environment["CI_PROJECT_DIR"] = str(self.submissions)

    def points(self):
        self.ended = run(self.home / "ci/gitlab/grade.sh", env=self.environment)
        self.report = self.submissions / "junit.xml"
        if not self.report.exists():
            return None
        suites = xml.etree.ElementTree.parse(self.report).getroot()
        self.failed = sum(len(suites.findall(f".//{kind}")) for kind in ("failure", "error"))
        # The format knows no points; the log shows them.
        shown = re.search(r"(\d+) of 100 points", self.ended.stdout.decode())
        return int(shown[1]) if shown else 0

    def told(self):
        return self.ended.stdout.decode() + self.report.read_text(encoding="utf-8")

    def check_fault(self):
        self.assertEqual(self.ended.returncode, 3)
        self.assertIn(b"nothing was scored", self.ended.stdout)

    def test_failed_tests_are_in_the_report(self):
        self.points_of(GOOD)
        self.assertEqual((self.failed, self.ended.returncode), (0, 0))
        self.points_of(FAILING)
        fails = len(expectation.parse(FAILING)["fails"].split(","))
        self.assertEqual((self.failed, self.ended.returncode), (fails, 0))

    def test_job_names_what_there_is(self):
        text = (CI / "gitlab/classroom.gitlab-ci.yml").read_text(encoding="utf-8")
        for path in re.findall(r"- (/opt/\S+)", text):
            self.assertTrue(os.access(self.root / path.lstrip("/"), os.X_OK), path)


class Autolab(Platform, unittest.TestCase):
    def set_up(self):
        self.submissions = self.root / "autograde"  # the folder that Tango copies to
        packed = self.root / "autograde.d/autograde"
        install(packed / "grader")
        for name in ("autolab/grade.sh", "entry.sh"):
            shutil.copy(CI / name, packed)
        no_score = run(CI / "autolab/no_score.sh", packed / "grader/bin/grader", EXERCISE / "fba.c")
        self.assertEqual(no_score.returncode, 0, no_score.stderr)
        (packed / "no-score.json").write_bytes(no_score.stdout)
        self.packed = packed

    def points(self):
        self.submissions.mkdir(exist_ok=True)
        subprocess.run(["tar", "cf", self.submissions / "autograde.tar", "-C",
                        self.packed.parent, "autograde"], check=True)
        shutil.copy(CI / "autolab/autograde-Makefile", self.submissions / "Makefile")
        shutil.rmtree(self.submissions / "autograde", ignore_errors=True)
        # Tango keeps both streams in one file.
        self.ended = run("sh", "-c", "exec make 2>&1", cwd=self.submissions,
                         env=self.environment)
        last = self.ended.stdout.decode().rstrip().splitlines()[-1]
        # Autolab does so before it reads the line.
        scores = json.loads(re.sub(r"([a-zA-Z0-9]+):", r'"\1":', last))["scores"]
        suites = json.loads((EXERCISE / "exercise.json").read_text("utf-8"))["suites"]
        self.assertEqual(list(scores), [suite["id"] for suite in suites])
        if None in scores.values():
            self.assertEqual(set(scores.values()), {None})
            return None
        return sum(scores.values())

    def told(self):
        return self.ended.stdout.decode()

    def check_fault(self):
        self.assertIn("not your fault", self.told())


class CodeRunner(Platform, unittest.TestCase):
    def set_up(self):
        self.container()
        self.submissions = self.root / "answer"
        self.work = self.root / "home/jobe/run"
        self.work.mkdir(parents=True)

    def points(self):
        try:
            if (self.submissions / "fba.c").is_symlink():
                raise FileNotFoundError
            answer = (self.submissions / "fba.c").read_text(encoding="utf-8")
        except FileNotFoundError:
            answer = ""  # what CodeRunner gives for an empty answer box
        template = (CI / "coderunner/template.py").read_text(encoding="utf-8")
        # Twig's py filter: what may stand in a Python string.
        escaped = answer.replace("\\", "\\\\").replace('"', '\\"').replace("'", "\\'")
        program = template.replace("{{ STUDENT_ANSWER | e('py') }}", escaped)
        self.assertNotEqual(program, template)
        self.ended = run(sys.executable, "-c", program, cwd=self.work, env=self.environment)
        if self.ended.returncode != 0 or self.ended.stderr:
            return None
        return round(json.loads(self.ended.stdout)["fraction"] * 100)

    def told(self):
        return self.ended.stdout.decode()

    def check_fault(self):
        self.assertIn(b"nothing was marked", self.ended.stderr)

    def test_missing_submission_is_named(self):
        self.assertEqual(self.points(), 0)
        self.assertIn("fba.c is empty", self.told())

    # An answer is a text.
    test_link_is_no_submission = None
    test_folder_of_that_name_is_no_submission = None
    test_folder_that_is_a_link_is_not_entered = None
    test_submission_that_is_no_text_is_told_so = None


class Scripts(unittest.TestCase):
    def test_no_entry_point_trusts_a_submission(self):
        for path in CI.rglob("*"):
            if path.is_file():
                self.assertNotIn(b"--trust-submission", path.read_bytes(), path)

    def test_image_is_built_as_a_bare_machine_is(self):
        text = (CI / "container/Containerfile").read_text(encoding="utf-8")
        steps = re.sub(r"\\\n", " ", text)
        words = [line.split(maxsplit=1) for line in steps.splitlines()
                 if line and not line.startswith("#")]
        self.assertEqual(words[0][0], "FROM")
        known = {"FROM", "COPY", "RUN", "WORKDIR", "CMD"}
        self.assertLessEqual({word for word, _ in words}, known)
        scripts = []
        for word, rest in words:
            if word == "RUN":
                self.assertEqual(run("sh", "-n", "-c", rest).returncode, 0)
                for command in rest.split("&&"):
                    scripts.append(command.split()[0])
            elif word == "CMD":
                self.assertIsInstance(json.loads(rest), list)
        self.assertEqual(scripts, ["ci/install_deps.sh", "ci/configure.sh"])
        for script in scripts:
            self.assertTrue(os.access(SOURCE / script, os.X_OK))

    def test_yaml_is_yaml(self):
        try:
            import yaml
        except ImportError:
            self.skipTest("no yaml module")
        for path in (SOURCE / ".github/workflows/ci.yml", CI / "github/classroom.yml",
                     CI / "gitlab/classroom.gitlab-ci.yml"):
            told = yaml.safe_load(path.read_text(encoding="utf-8"))
            jobs = told.get("jobs", {key: job for key, job in told.items()})
            self.assertTrue(all("steps" in job or "script" in job for job in jobs.values()))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
