#!/usr/bin/env python3
"""The handout: complete, silent about hidden tests, and of one mind with the grader here.

    tests/handout/test_handout.py BIN SOURCE ARCHIVE [unittest's arguments]

BIN holds the programs of this build, SOURCE is the project's folder. Where it can be made
(root, debootstrap), a root folder with gcc, make and libc's headers and nothing else is
where the handout is tried; elsewhere it is tried on this machine.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

BIN, SOURCE, ARCHIVE = (pathlib.Path(word).resolve() for word in sys.argv[1:4])
EXERCISE = SOURCE / "exercises/06_fixed_buffer"
HARNESS = SOURCE / "harness"
CORPUS = SOURCE / "tests/corpus"
# Ten submissions of every kind.
SUBMISSIONS = [
    SOURCE / "reference/fba.c",
    EXERCISE / "fba.c",
    CORPUS / "correct/searches_byte_by_byte.c",
    *(CORPUS / "mistakes" / f"{name}.c"
      for name in ("aligns_the_offset", "does_not_compile", "exact_fit_refused")),
    *(CORPUS / "hostile" / f"{name}.c"
      for name in ("wild_pointer", "replies_early", "raises_a_signal", "opens_a_file")),
]
# Texts shorter than this are words of any program.
TELLING = 16
LITERAL = re.compile(rb'"((?:[^"\\\n]|\\.)*)"')


def literals(path):
    """The string literals of a C file; neighbours are one literal."""
    text = re.sub(rb"/\*.*?\*/", b"", path.read_bytes(), flags=re.S)
    text = re.sub(rb'"\s*\n?\s*"', b"", text)
    for literal in LITERAL.findall(text):
        # Parts between what a format fills in, and between escapes.
        for part in re.split(rb"%[-0-9.]*[a-z]+|\\.", literal):
            if len(part) >= TELLING and not re.fullmatch(rb"[0-9a-f]+", part):
                yield part


def public_texts():
    """What a student may read: the course's own files, and what the grader says."""
    files = [*EXERCISE.glob("*.[ch]"), *EXERCISE.glob("*.md"), EXERCISE / "exercise.json",
             *(SOURCE / "reference").glob("[ag]*.[ch]"), *EXERCISE.glob("examples/*"),
             *(SOURCE / "grader").rglob("*.c")]
    return b"\n".join(path.read_bytes() for path in files)


def secrets():
    """What may stand nowhere in a handout."""
    public = public_texts()
    found = set()
    for suite in HARNESS.glob("*/suites/*.c"):
        found.add(suite.name.encode())
        found.update(literals(suite))
        text = suite.read_bytes()
        # The functions the macro TEST makes, and those that tests share.
        for name in re.findall(rb"^TEST\((\w+)", text, re.M):
            found.update(name + end for end in (b"_fn", b"_body", b"_ttest", b"_case"))
        found.update(re.findall(rb"^static [\w *]*?(\w{8,})\(", text, re.M))
    for path in [*HARNESS.glob("judge/*.c"), *HARNESS.glob("fixed_buffer/*.c")]:
        if not path.name.startswith("subject_"):
            found.update(literals(path))
    found.update((b"harness/", b"suites/", os.fsencode(SOURCE) + b"/"))
    return {secret for secret in found if secret not in public}


def names_of_tests():
    listed = json.loads((EXERCISE / "exercise.json").read_text(encoding="utf-8"))
    return [test["id"].encode() for test in listed["tests"]]


class Handout(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="handout."))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.folder.chmod(0o755)
        subprocess.run(["tar", "xf", ARCHIVE, "-C", cls.folder], check=True)
        (cls.handout,) = cls.folder.iterdir()
        cls.files = [path for path in cls.handout.rglob("*") if path.is_file()]

    def test_no_text_reveals_a_hidden_test(self):
        hidden = secrets()
        self.assertGreater(len(hidden), 300)
        judge = (BIN / "judge_fixed_buffer").read_bytes()
        # The search finds what there is to find: in the judge of this build.
        self.assertGreater(sum(secret in judge for secret in hidden), 200)
        for path in self.files:
            content = path.read_bytes()
            told = [secret for secret in hidden if secret in content]
            self.assertEqual(told, [], path)

    def test_manifest_is_the_exercise_s_own_or_has_no_hints_to_give(self):
        own = EXERCISE / "exercise.json"
        (given,) = [path for path in self.files if path.name == "exercise.json"]
        self.assertEqual(given.read_bytes(), own.read_bytes())
        manifest = json.loads(own.read_text(encoding="utf-8"))
        manifest["hidden_feedback"] = "none"
        source, target = self.folder / "own.json", self.folder / "given.json"
        source.write_text(json.dumps(manifest), encoding="utf-8")
        subprocess.run([SOURCE / "tools/handout_manifest.py", source, target], check=True)
        text = target.read_text(encoding="utf-8")
        hints = {kind: {test["hint"] for test in manifest["tests"]
                        if (test["visibility"] == "visible") == kind}
                 for kind in (True, False)}
        self.assertTrue(all(
            json.dumps(hint, ensure_ascii=False)[1:-1] in text for hint in hints[True]))
        for hint in hints[False] - hints[True]:
            self.assertNotIn(hint, text)
        # In their place stands what a report says.
        said = {test["hint"] for test in json.loads(text)["tests"]} - hints[True]
        self.assertEqual(len(said), 1)
        audience = (SOURCE / "grader/report/audience.c").read_text(encoding="utf-8")
        self.assertIn(f'"{said.pop()}"', audience)

    def test_tests_are_named_in_the_manifest_alone(self):
        names = names_of_tests()
        judge = (BIN / "judge_fixed_buffer").read_bytes()
        self.assertTrue(all(name in judge for name in names))
        for path in self.files:
            if path.name != "exercise.json":
                content = path.read_bytes()
                self.assertEqual([name for name in names if name in content], [], path)

    def test_no_object_names_anything_of_ours(self):
        kept = {"main", "clock_gettime", "gettimeofday", "mkstemp", "fdopen", "timer_create",
                "unlink"}
        objects = [*self.handout.glob("grader/relink/*.o")]
        self.assertEqual(len(objects), 2)
        for path in objects:
            listed = subprocess.run(["nm", path], check=True, stdout=subprocess.PIPE,
                                    encoding="utf-8").stdout
            for line in listed.splitlines():
                *_, kind, name = line.split()
                if kind not in "Uwv" and name not in kept:
                    self.assertRegex(name, r"^(n\d+|\.L\w+)$")
        for path in self.handout.glob("grader/bin/*"):
            listed = subprocess.run(["nm", path], check=True, stdout=subprocess.PIPE,
                                    stderr=subprocess.STDOUT, encoding="utf-8").stdout
            self.assertIn("no symbols", listed)

    def test_programs_need_no_library(self):
        for path in self.handout.glob("grader/bin/*"):
            headers = subprocess.run(["readelf", "--program-headers", "--dynamic", path],
                                     check=True, stdout=subprocess.PIPE,
                                     encoding="utf-8").stdout
            self.assertNotIn("INTERP", headers)
            self.assertNotIn("NEEDED", headers)

    def test_course_files_are_the_course_s(self):
        for name in ("allocator.h", "fba.h", "fba.c", "prompt.md", "playground.c"):
            self.assertEqual((self.handout / name).read_bytes(),
                             (EXERCISE / name).read_bytes())
        installed = self.handout / "grader/share/exercises/06_fixed_buffer"
        for path in installed.iterdir():
            self.assertEqual(path.read_bytes(), (EXERCISE / path.name).read_bytes())

    def test_links_of_the_texts_lead_somewhere(self):
        for text in self.handout.glob("*.md"):
            for target in re.findall(r"\]\(([^)#:]+)\)", text.read_text(encoding="utf-8")):
                self.assertTrue((self.handout / target).exists(), f"{text.name}: {target}")

    def test_licences_are_there(self):
        listed = (self.handout / "grader/relink/LICENCES.md").read_text(encoding="utf-8")
        licences = {path.name for path in (self.handout / "grader/relink/licences").iterdir()}
        self.assertLessEqual({"LGPL-2.1", "LGPL-3", "GPL-3", "check", "libc6-dev",
                              "libseccomp-dev", "libelf-dev", "libdw-dev", "fba-grader"}, licences)
        for library in ("libcheck", "libseccomp", "libelf", "GNU C Library"):
            self.assertIn(library, listed)
        sources = (self.handout / "grader/relink/sources").read_text(encoding="utf-8")
        self.assertEqual(len(sources.split()), 11)
        for line in sources.splitlines():
            self.assertRegex(line, r"^[a-z0-9.+-]+=\S+$")


class InUse(unittest.TestCase):
    """In a root folder with a compiler and nothing else, if it can be had."""

    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="handout."))
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        cls.folder.chmod(0o755)
        cls.root = cls.make_root()
        home = (cls.root or cls.folder) / "home"
        home.mkdir(exist_ok=True)
        subprocess.run(["tar", "xf", ARCHIVE, "-C", home], check=True)
        (cls.handout,) = home.iterdir()
        inside = "/home" if cls.root else str(home)
        cls.place = f"{inside}/{cls.handout.name}"

    @classmethod
    def make_root(cls):
        root = ARCHIVE.parent / "root"
        made = subprocess.run([SOURCE / "tests/platforms/bare_root.sh", root,
                               "gcc", "make", "libc6-dev"], check=False)
        if made.returncode == 77:
            print("tried on this machine, not in a root folder of its own")
            return None
        if made.returncode != 0:
            raise RuntimeError("bare_root.sh failed")
        cls.addClassCleanup(shutil.rmtree, root / "home", ignore_errors=True)
        shutil.rmtree(root / "home", ignore_errors=True)
        return root

    def run_here(self, *command, **more):
        words = ["sh", "-c", 'cd "$0" && exec "$@"', self.place, *map(str, command)]
        if self.root:
            words = [SOURCE / "tests/platforms/in_root.sh", self.root, *words]
        return subprocess.run(words, env={"PATH": "/usr/bin:/bin:/usr/sbin:/sbin"},
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=600, check=False, **more)

    def succeed(self, *command):
        run = self.run_here(*command)
        self.assertEqual(run.returncode, 0, run.stdout.decode())
        return run.stdout

    def reports(self, arguments=("--report", "-")):
        """What the handout's grader says about each submission."""
        told = {}
        for path in SUBMISSIONS:
            shutil.copy(path, self.handout / path.name)
            told[path] = self.succeed("grader/bin/grader", "grade", path.name,
                                           *arguments)
        return told

    def test_reports_are_the_official_ones(self):
        official = {path: self.official_report(path) for path in SUBMISSIONS}
        self.assertEqual(len(set(official.values())), len(SUBMISSIONS))
        self.assertEqual(self.reports(), official)

    def test_hidden_tests_are_not_told(self):
        shutil.copy(EXERCISE / "fba.c", self.handout / "fba.c")
        grader = "grader/bin/grader"
        hidden = next(test for test in json.loads(
            (EXERCISE / "exercise.json").read_text(encoding="utf-8"))["tests"]
            if test["visibility"] == "hidden")
        for arguments in (("--audience", "instructor"), ("--phase", "published"),
                          ("--test", hidden["id"], "--trace")):
            run = self.run_here(grader, "grade", "fba.c", *arguments)
            self.assertEqual(run.returncode, 2, run.stdout)
        self.succeed(grader, "grade", "fba.c", "--audience", "student")
        # Nor by a manifest that calls them visible.
        manifest = self.handout / "grader/share/exercises/06_fixed_buffer/exercise.json"
        text = manifest.read_bytes()
        self.addCleanup(manifest.write_bytes, text)
        manifest.write_bytes(text.replace(b'"hidden"', b'"visible"'))
        run = self.run_here(grader, "grade", "fba.c")
        self.assertEqual(run.returncode, 2, run.stdout)
        self.assertIn(b"not as it came", run.stdout)

    def test_make_grade_and_play_work(self):
        starter = EXERCISE / "fba.c"
        shutil.copy(starter, self.handout / "fba.c")
        self.assertIn(b"0 of 100 points", self.succeed("make", "grade"))
        shutil.copy(SOURCE / "reference/fba.c", self.handout / "fba.c")
        self.assertIn(b"100 of 100 points", self.succeed("make", "grade"))
        self.assertIn(b"100 of 100", self.succeed("make", "grade", "TRUST=yes"))
        self.succeed("make", "play")
        for name in self.succeed("make", "examples").decode().split():
            expected = (EXERCISE / f"examples/{name}.out").read_bytes()
            self.assertEqual(self.succeed("make", "example", f"NAME={name}"), expected)
        self.succeed("make", "clean")
        self.assertFalse((self.handout / "build").exists())

    def test_make_debug_builds_what_fails(self):
        shutil.copy(SOURCE / "reference/fba.c", self.handout / "fba.c")
        run = self.run_here("make", "debug", "GDB=true")
        self.assertEqual(run.returncode, 2)
        self.assertIn(b"every test passes", run.stdout)
        self.assertIn(b"needs gdb", self.run_here("make", "debug", "GDB=no-gdb").stdout)
        # With what the official grader shows a student of a visible test.
        shutil.copy(CORPUS / "mistakes/aligns_the_offset.c", self.handout / "fba.c")
        official = json.loads(self.official_report(CORPUS / "mistakes/aligns_the_offset.c"))
        run = self.run_here("make", "debug", "GDB=true")
        if any(test["counterexample"] for test in official["tests"]):
            self.assertEqual(run.returncode, 0, run.stdout)
            self.assertNotEqual(self.run_here("build/debug").returncode, 0)
        else:
            self.assertIn(b"no example to debug", run.stdout)

    @staticmethod
    def official_report(path):
        return subprocess.run([BIN / "grader", "grade", path, "--audience", "student",
                               "--report", "-"], check=True, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE).stdout

    def test_programs_can_be_linked_with_another_library(self):
        if not self.root and not shutil.which("gcc"):
            self.skipTest("no compiler")
        before = self.reports()
        changed = self.handout / "changed"
        changed.mkdir()
        library = (self.handout / "grader/relink/lib/libcheck_pic.a").read_bytes()
        self.assertIn(b"Running suite(s)", library)
        (changed / "libcheck_pic.a").write_bytes(
            library.replace(b"Running suite(s)", b"Run by myself, a"))
        judge = self.handout / "grader/bin/judge_fixed_buffer"
        self.succeed("grader/relink/relink.sh", "changed")
        self.assertIn(b"Run by myself, a", judge.read_bytes())
        self.assertEqual(self.reports(), before)
        self.succeed("grader/relink/relink.sh")
        self.assertNotIn(b"Run by myself, a", judge.read_bytes())


if __name__ == "__main__":
    if not ARCHIVE.exists():
        print(f"{ARCHIVE} was not made")
        sys.exit(77)
    unittest.main(argv=[sys.argv[0], *sys.argv[4:]])
