#!/usr/bin/env python3
"""The validators refuse what the platforms refuse, each trap by a document of its own.

Every trap is a good document with one thing changed, and the good one is accepted: so it
is the change that is refused.
"""

import copy
import json
import pathlib
import sys
import tempfile
import unittest

import validators
from validators import Invalid, validate

HERE = pathlib.Path(__file__).resolve().parent

GRADESCOPE = {
    "score": 2, "visibility": "visible", "stdout_visibility": "hidden",
    "tests": [{"name": "a", "score": 2, "max_score": 2, "status": "passed"},
              {"name": "b", "score": 0, "max_score": 3, "visibility": "after_published",
               "output": "no", "output_format": "text"}]}
PRAIRIELEARN = {
    "gradable": True, "score": 0.4,
    "tests": [{"name": "a", "points": 2, "max_points": 2},
              {"name": "b", "points": 0, "max_points": 3, "message": "no",
               "images": [{"label": "buffer", "url": "data:image/svg+xml;base64,AA=="}]}]}
SVG = """<svg xmlns="http://www.w3.org/2000/svg" width="760" viewBox="0 0 760 100">
<title>t</title><style>.a{fill:url(#b)}</style><text>a &amp; b</text>
<text>1 of 3 points.</text><svg y="50" width="760" height="40"><rect/></svg></svg>"""
NOT_GRADABLE = {"gradable": False, "format_errors": ["fba.c: missing"]}
GITHUB = {
    "version": 1, "status": "fail", "max_score": 2,
    "tests": [{"name": "a", "status": "pass", "score": 1, "line_no": 0},
              {"name": "b", "status": "fail", "score": 0, "line_no": 0,
               "test_code": "alloc(8)"}]}
CLASSROOM50 = {
    "schema": "classroom50/result/v1", "classroom": "c", "assignment": "fba",
    "assignment_type": "individual", "owner": "o",
    "submission": "submit/2026-06-01T14-32-05Z-a1b2c3d", "commit": "u", "release": "u",
    "review": "u", "datetime": "2026-06-01T14:32:01Z", "score": 1, "max-score": 1,
    "tests": [{"test-name": "a", "passed": True, "score": 1, "max-score": 1}]}
AUTOLAB = [
    {"_presentation": "semantic", "stages": ["Build", "fba"],
     "Build": {"compile": {"passed": True}},
     "fba": {"a": {"passed": False, "hint": "fba.c:12: overlap"}}},
    {"scores": {"fba": 20}, "scoreboard": [20]}]
CODERUNNER = {
    "fraction": 0.4,
    "testresults": [["iscorrect", "Test", "Points", "ishidden"],
                    [1, "a", "2/2", 0], [0, "b", "0/3", 1]],
    "columnformats": ["%s", "%s"], "epiloguehtml": "<svg/>"}
EXERCISM = {
    "version": 3, "status": "fail", "message": None,
    "tests": [{"name": "a", "status": "pass"},
              {"name": "b", "status": "fail", "message": "no", "output": "x" * 500,
               "test_code": "alloc(8)", "task_id": 2}]}
EXERCISM_ERROR = {"version": 3, "status": "error", "message": "fba.c:1: error"}
CHECK50 = {
    "slug": "fba", "version": "1",
    "results": [
        {"name": "compiles", "description": "c", "passed": True, "log": [],
         "cause": None, "data": {}, "dependency": None},
        {"name": "a", "description": "d", "passed": False, "log": ["alloc(8)"],
         "cause": {"rationale": "no", "help": None, "expected": "1", "actual": "2"},
         "data": {"points": 0, "max": 1}, "dependency": "compiles"}]}
CTRF = {
    "reportFormat": "CTRF", "specVersion": "1.0.0",
    "results": {
        "tool": {"name": "grader"},
        "summary": {"tests": 1, "passed": 1, "failed": 0, "skipped": 0, "pending": 0,
                    "other": 0, "start": 0, "stop": 0},
        "tests": [{"name": "a", "status": "passed", "duration": 0,
                   "extra": {"fba-grader.points": {"earned": 1, "max": 1}}}]}}
JUNIT = """<testsuites><testsuite name="s" package="p" id="0"
 timestamp="1970-01-01T00:00:00" hostname="localhost" tests="2" failures="0" errors="1"
 skipped="0" time="0.000"><properties><property name="points" value="1"/>
<property name="max" value="2"/></properties>
<testcase name="a" classname="s" time="0.000"/>
<testcase name="b" classname="s" time="0.000"><error type="crash" message="m">t</error>
</testcase><system-out/><system-err/></testsuite></testsuites>"""
TAP = """TAP version 14
1..2
# 1 of 3 points
ok 1 - a
  ---
  points: 1
  max: 1
  ...
not ok 2 - b \\# SKIP is only a word
  ---
  message: "ok 3 - forged\\n# SKIP"
  points: 0
  max: 2
  at:
    file: "fba.c"
    line: 3
  ...
"""
CSV = (",".join(validators.CSV_HEAD) +
       '\r\n"fba.c","00","a","s","say ""a""","CAP-1","visible","pass",1,1,"two\nlines"\r\n')


def changed(document, path, value):
    """A copy in which `path` leads to `value`; None takes away what it leads to."""
    copied = copy.deepcopy(document)
    at = copied
    for key in path[:-1]:
        at = at[key]
    if value is None:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return copied


def encoded(document):
    return json.dumps(document).encode()


def autolab(lines):
    return b"\n".join(map(encoded, lines)) + b"\n"


class Traps(unittest.TestCase):
    def refuse(self, name, *documents):
        for document in documents:
            with self.subTest(document=document[-300:]):
                self.assertRaises(Invalid, validate, name, document)

    def refuse_changes(self, name, good, *changes, encode=encoded):
        validate(name, encode(good))
        self.refuse(name, *[encode(changed(good, *change)) for change in changes])

    def test_json_that_readers_disagree_on(self):
        self.refuse("gradescope", b'{"score": NaN}', b'{"score": 1', b'{"score": "\xff"}',
                    b'{"score": 1, "score": 2}', b'{"score": 1, "output": "\\u0000"}',
                    b'\xef\xbb\xbf{"score": 1}')

    def test_gradescope(self):
        self.refuse_changes(
            "gradescope", GRADESCOPE,
            (("tests", 1, "visibility"), "secret"), (("tests", 0, "status"), "pass"),
            (("tests", 0, "score"), 3), (("tests", 1, "output_format"), "rtf"),
            (("score",), 1), (("points",), 1), (("stdout_visibility",), "yes"),
            (("test_output_format",), "rtf"), (("test_name_format",), "rtf"),
            (("tests", 0, "tags"), [1]), (("tests", 0, "number"), 1.1),
            (("leaderboard",), [{"name": "a"}]),
            (("leaderboard",), [{"name": "a", "value": 1, "order": "up"}]))
        self.refuse("gradescope", b"{}", b'{"tests": [{"name": "a"}]}')

    def test_prairielearn(self):
        self.assertEqual(validate("prairielearn", encoded(NOT_GRADABLE)), (0, None))
        self.refuse_changes(
            "prairielearn", PRAIRIELEARN,
            (("score",), 1.0000000000000002), (("score",), -0.1), (("score",), None),
            (("score",), 0.6), (("tests", 0, "points"), None),
            (("tests", 1, "max_points"), "3"), (("gradable",), "yes"),
            (("tests", 1, "images"), [{"label": "x"}]), (("output",), 3))
        self.refuse_changes("prairielearn", NOT_GRADABLE, (("format_errors",), {"a": 1}),
                            (("format_errors",), None), (("score",), 0.5))
        large = changed(PRAIRIELEARN, ("output",), "x" * (1 << 20))
        self.refuse("prairielearn", encoded(large))

    def test_github_classroom(self):
        self.refuse_changes(
            "github-classroom", GITHUB,
            (("tests",), []), (("tests", 0, "score"), None),
            (("tests", 0, "line_no"), None), (("tests", 1, "status"), "failed"),
            (("status",), "pass"), (("tests", 1, "status"), "error"),
            (("max_score",), None), (("max_score",), 0), (("tests", 0, "name"), None),
            (("tests", 0, "name"), "##[error]forged"),
            (("tests", 1, "test_code"), "\n::notice title=Autograding complete::9/9"))

    def test_github_classroom_totals_that_differ(self):
        good = {"version": 1, "status": "fail", "max_score": 4, "tests": [
            {"name": "a", "status": "pass", "score": 2, "line_no": 0},
            {"name": "b", "status": "fail", "score": 0, "line_no": 0}]}
        self.refuse_changes("github-classroom", good, (("tests", 0, "score"), 3))

    def test_classroom50(self):
        self.refuse_changes(
            "classroom50", CLASSROOM50,
            (("score",), 1.5), (("score",), 0), (("note",), "x"),
            (("submission",), "v1"), (("datetime",), "2026-06-01 14:32"),
            (("owner",), None), (("tests", 0, "score"), 2),
            (("assignment_type",), "pair"), (("tests",), []),
            (("tests", 0, "test-name"), ""), (("max-score",), -1),
            (("datetime",), "2026-06-01T14:32:01.5Z"), (("review",), ""))

    def test_autolab(self):
        self.refuse_changes(
            "autolab", AUTOLAB,
            ((1, "note"), "fba.c line 12: overlap"), ((1, "note"), "12:30"),
            ((1, "scores"), {"t1: align": 1}), ((1, "scores"), {}),
            ((1, "scores", "fba"), "20"), ((1, "scoreboard"), [19]),
            ((0, "_presentation"), None), ((0, "fba", "b"), 3),
            ((0, "fba", "a", "passed"), "yes"), ((0, "fba"), None),
            ((0, "fba", "_b"), {"passed": True}), ((0, "fba", "a", "hint"), 3),
            encode=autolab)
        # What stands between words and scores is taken for the words.
        self.refuse("autolab", autolab(AUTOLAB).replace(b"\n", b"\nnote\n", 1))
        self.refuse("autolab", autolab(AUTOLAB) + b"done\n", b"",
                    b"x" * (1000 * 1024) + b"\n" + autolab(AUTOLAB))

    def test_coderunner(self):
        self.refuse_changes(
            "coderunner", CODERUNNER,
            (("fraction",), 1.1), (("fraction",), 0.7000000000000001),
            (("fraction",), None), (("remarks",), "x"), (("columnformats",), ["%s"]),
            (("columnformats",), ["%s", "%x"]), (("testresults", 1), [1, "a"]),
            (("testresults", 1, 3), 2), (("fraction",), 0.6),
            (("files",), {"a.svg": "<svg/>"}), (("files",), []),
            (("graderstate",), {}), (("columnformats",), ["%s", "%s", "%s"]))
        # Whatever else is printed is no longer one object.
        self.refuse("coderunner", encoded(CODERUNNER) + b"Segmentation fault\n")

    def test_exercism(self):
        validate("exercism", encoded(EXERCISM_ERROR))
        self.refuse_changes(
            "exercism", EXERCISM,
            (("tests", 1, "output"), "x" * 501), (("tests", 1, "message"), None),
            (("status",), "pass"), (("tests",), None), (("version",), 4),
            (("tests", 0, "status"), "ok"), (("tests", 1, "task_id"), "2"),
            (("tests", 1, "test_code"), "a\r\nb"), (("tests", 0, "name"), None))
        self.refuse_changes("exercism", EXERCISM_ERROR, (("message",), "x" * 65536),
                            (("message",), None), (("status",), "fail"))

    def test_check50(self):
        self.refuse_changes(
            "check50", CHECK50,
            (("results", 0, "cause"), {"rationale": "x"}),
            (("results", 1, "passed"), True), (("results", 1, "cause", "actual"), None),
            (("results", 1, "log"), "alloc"), (("results", 1, "dependency"), "exists"),
            (("error",), {}), (("results", 1, "data"), None),
            (("results", 1, "name"), "compiles"), (("results", 1, "cause"), None),
            (("results", 1, "passed"), "no"), (("results", 1, "points"), 1),
            (("results", 1, "description"), 1), (("slug",), 1), (("version",), 1),
            (("results", 1, "cause", "missing_item"), "1"))

    def test_ctrf(self):
        self.refuse_changes(
            "ctrf", CTRF,
            (("results", "tests", 0, "points"), 1),
            (("results", "tests", 0, "duration"), 0.5),
            (("results", "summary", "passed"), 0), (("results", "summary", "stop"), None),
            (("results", "tests", 0, "suite"), []), (("specVersion",), "1.0"),
            (("results", "tests", 0, "name"), ""),
            (("results", "tests", 0, "status"), "pass"),
            (("results", "summary", "start"), 0.5),
            (("results", "tests", 0, "extra", "ctrf.points"), 1),
            (("results", "extra"), {"ctrf.x": 1}), (("reportFormat",), "ctrf"))

    def test_junit(self):
        validate("junit", JUNIT.encode())
        self.refuse("junit", JUNIT.replace('errors="1"', 'errors="0"').encode(),
                    JUNIT.replace('tests="2"', 'tests="3"').encode(),
                    JUNIT.replace(">t<", ">\x01<").encode(),
                    JUNIT.replace("<system-out/>", "").replace("</error>", "").encode())

    def test_junit_schemas(self):
        bad = [("time=\"0.000\"><prop", "time=\"0.000001\"><prop"),
               (" hostname=\"localhost\"", ""), ("<system-err/>", ""),
               ("T00:00:00\"", "T00:00:00Z\""),
               (' package="p"', ""), (' id="0"', ""), (' message="m"', ' msg="m"'),
               ("<system-out/><system-err/>", "<system-err/><system-out/>"),
               (' type="crash"', ""), (' classname="s" time="0.000"/>', "/>"),
               ("<testcase name=\"a\"", "<testcase points=\"1\" name=\"a\"")]
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "junit.xml"
            file.write_text(JUNIT)
            self.assertEqual(validators.junit_schemas(HERE, [file]), [])
            for was, becomes in bad:
                self.assertIn(was, JUNIT)
                file.write_text(JUNIT.replace(was, becomes))
                self.assertNotEqual(validators.junit_schemas(HERE, [file]), [], becomes)

    def test_svg(self):
        self.assertEqual(validate("svg", SVG.encode()), (1, 3))
        self.refuse("svg", *[SVG.replace(*change).encode() for change in (
            ("</title>", ""), ("<title>t</title>", ""), (' height="40"', ' height="400"'),
            ("<rect/>", "<script/>"), ("<rect/>", '<rect onclick="x"/>'),
            ("<rect/>", '<image href="x"/>'), ("<style>", "<style>@import 'x';"),
            ("a &amp; b", "a & b"))])

    def test_tap(self):
        self.assertEqual(validate("tap", TAP.encode()), (1, 3))
        self.refuse("tap", *[TAP.replace(*change).encode() for change in (
            ("TAP version 14\n", ""), ("1..2\n", ""), ("1..2\n", "1..3\n"),
            ("1..2\n", "1..2\n1..2\n"), ("\\# SKIP", "# SKIP"),
            ("ok 1 - a", "ok 1 - a\nok 99 - forged"), ("not ok 2", "not ok 3"),
            ("\\n# SKIP\"", "\n# SKIP\""), ("ok 1 - a", "ok 1 - a # TODO later"),
            ("  ---\n  points: 1", "---\n  points: 1"), ("ok 1 - a", "ok 2 - a"))])
        self.refuse("tap", TAP.rstrip().removesuffix("...").encode())

    def test_tap_as_perl_reads_it(self):
        with tempfile.TemporaryDirectory() as folder:
            good, bad = (f"{folder}/{name}.tap" for name in ("good", "bad"))
            pathlib.Path(good).write_text(TAP)
            pathlib.Path(bad).write_text(TAP.replace("1..2\n", ""))
            found = validators.tap_parser([good, bad])
        self.assertEqual(found[good], (2, 2, 1, 2, 0))
        self.assertNotEqual(found[bad][4], 0)

    def test_csv(self):
        validate("csv", CSV.encode())
        self.refuse("csv", CSV.replace('"fba.c"', '"=HYPERLINK(1)"').encode(),
                    CSV.replace("\r\n", "\n").encode(),
                    CSV.replace('"00",', "").encode(), CSV.replace("file,", "x,").encode(),
                    CSV.replace('""a""', '"a"').encode())


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[1:]])
