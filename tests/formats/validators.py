"""What each platform accepts: validate(format, bytes) gives the total, or raises Invalid.

Written from the platforms' own descriptions and readers, not from our writers. A total is
(points, max); None where the format has no points.
"""

import base64
import csv
import io
import json
import math
import re
import subprocess
import xml.etree.ElementTree

import schemas

MIB = 1 << 20
VISIBILITIES = ("hidden", "after_due_date", "after_published", "visible")
GRADESCOPE_TEXTS = ("text", "html", "simple_format", "md", "ansi")


class Invalid(Exception):
    """The platform would refuse this, or show something else than was meant."""


def demand(condition, sentence):
    if not condition:
        raise Invalid(sentence)


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def refuse_constant(name):
    raise Invalid(f"{name} is no JSON")


def unique(pairs):
    keys = [key for key, _ in pairs]
    demand(len(keys) == len(set(keys)), f"a key is there twice: {keys}")
    return dict(pairs)


def parse(text):
    """JSON as all readers agree on it: UTF-8, no NaN, no key twice, no NUL."""
    try:
        decoded = text.decode("utf-8")
        document = json.loads(decoded, parse_constant=refuse_constant,
                              object_pairs_hook=unique)
    except (UnicodeDecodeError, json.JSONDecodeError) as reason:
        raise Invalid(f"not JSON: {reason}") from reason
    demand("\\u0000" not in decoded, "has a NUL")
    return document


def is_text(value):
    return isinstance(value, str)


def check_keys(value, required, optional, where):
    demand(isinstance(value, dict), f"{where} is no object")
    missing = set(required) - set(value)
    demand(not missing, f"{where} lacks {sorted(missing)}")
    if optional is not None:
        unknown = set(value) - set(required) - set(optional)
        demand(not unknown, f"{where} has {sorted(unknown)}, which nobody reads")


def check_schema(schema, document):
    error = next(iter(schema.iter_errors(document)), None)
    demand(error is None, f"against its schema: {error and error.message}")


def sum_of(tests, points, most):
    return sum(test[points] for test in tests), sum(test[most] for test in tests)


def check_fraction(value):
    demand(is_number(value) and math.isfinite(value), f"{value!r} is no number")
    demand(0 <= value <= 1, f"{value!r} is out of range")
    demand(round(value, 6) == value, f"{value!r} has more than six decimals")


def gradescope_test(test, has_total):
    check_keys(test, (), ("score", "max_score", "status", "name", "name_format", "number",
                          "output", "output_format", "tags", "visibility", "extra_data"),
               "a test")
    demand(has_total or is_number(test.get("score")), "a test lacks its score")
    demand(test.get("status", "passed") in ("passed", "failed"), "an unknown status")
    demand(test.get("visibility", "visible") in VISIBILITIES, "an unknown visibility")
    for key in ("name_format", "output_format"):
        demand(test.get(key, "text") in GRADESCOPE_TEXTS, f"an unknown {key}")
    for key in ("name", "number", "output"):
        demand(is_text(test.get(key, "")), f"{key} is no text")
    demand(all(map(is_text, test.get("tags", []))), "a tag is no text")
    demand(test.get("score", 0) <= test.get("max_score", math.inf), "more than max_score")


def gradescope(text):
    report = parse(text)
    check_keys(report, (), ("score", "execution_time", "output", "output_format",
                            "test_output_format", "test_name_format", "visibility",
                            "stdout_visibility", "extra_data", "tests", "leaderboard"),
               "the report")
    demand("score" in report or "tests" in report, "there is no score at all")
    for key in ("visibility", "stdout_visibility"):
        demand(report.get(key, "visible") in VISIBILITIES, f"an unknown {key}")
    for key in ("output_format", "test_output_format", "test_name_format"):
        demand(report.get(key, "text") in GRADESCOPE_TEXTS, f"an unknown {key}")
    for entry in report.get("leaderboard", []):
        check_keys(entry, ("name", "value"), ("order",), "the leaderboard")
        demand(entry.get("order", "desc") in ("asc", "desc"), "an unknown order")
    tests = report.get("tests", [])
    for test in tests:
        gradescope_test(test, "score" in report)
    # An entry without a score only informs.
    earned, most = sum_of([test for test in tests if "score" in test], "score",
                          "max_score")
    demand(report.get("score", earned) == earned, "the score is not the tests' sum")
    return earned, most


def gradescope_shown(text):
    """What students see at any time of a document that may have hidden tests."""
    report = json.loads(text)
    report.pop("extra_data", None)
    report["tests"] = [test for test in report.get("tests", [])
                       if test.get("visibility", "visible") == "visible"]
    return json.dumps(report, ensure_ascii=False)


def prairielearn_images(images):
    for image in images:
        url = image.get("url") if isinstance(image, dict) else image
        demand(is_text(url) and url.startswith("data:"), "an image has no data: url")


def prairielearn_test(test):
    demand(is_text(test.get("name", "")), "a name is no text")
    for key in ("points", "max_points"):
        demand(is_number(test.get(key)), f"one test without {key} hides all points")
    demand(0 <= test["points"] <= test["max_points"], "points are out of range")
    for key in ("description", "message", "output"):
        demand(is_text(test.get(key, "")), f"{key} is no text")
    prairielearn_images(test.get("images", []))


def prairielearn(text):
    demand(len(text) <= MIB, "grading results were larger than 1MB")
    report = parse(text)
    gradable = report.get("gradable", True)
    demand(isinstance(gradable, bool), "gradable is no boolean")
    if not gradable:
        errors = report.get("format_errors")
        demand(is_text(errors) or (isinstance(errors, list) and errors and
                                   all(map(is_text, errors))), "no usable format_errors")
        demand(report.get("score", 0) == 0, "not gradable, and yet a score")
        return 0, None
    check_fraction(report.get("score"))
    for key in ("message", "output"):
        demand(is_text(report.get(key, "")), f"{key} is no text")
    prairielearn_images(report.get("images", []))
    tests = report.get("tests", [])
    for test in tests:
        prairielearn_test(test)
    earned, most = sum_of(tests, "points", "max_points")
    demand(round(report["score"] * most) == earned, "the score is not the tests' sum")
    return earned, most


def github_classroom(text):
    report = parse(text)
    check_keys(report, ("version", "status", "tests"), ("max_score",), "the result")
    statuses = ("pass", "fail", "error")
    demand(report["status"] in statuses, "an unknown status")
    tests = report["tests"]
    demand(isinstance(tests, list) and tests, "no tests: the table shows NaN")
    most = report.get("max_score", 0)
    for test in tests:
        demand(is_text(test.get("name")), "a test has no name")
        demand(test.get("status") in statuses, "an unknown status of a test")
        demand(is_number(test.get("score")), "a test without score: the total is NaN")
        demand(is_number(test.get("line_no")), "prints 'line undefined'")
        demand(test["status"] != "error" or test.get("message"), "an error says nothing")
        printed = "\n".join(str(test.get(key) or "") for key in
                            ("name", "message", "test_code"))
        demand("::" not in printed and "##[" not in printed, "a workflow command")
    earned = sum(test["score"] for test in tests)
    passed = sum(test["status"] == "pass" for test in tests)
    demand((report["status"] == "pass") == (passed == len(tests)), "status and tests differ")
    demand(most * passed == earned * len(tests),
           f"the table shows {most * passed / len(tests)}, the grade is {earned}")
    return earned, most


def classroom50(text):
    report = parse(text)
    check_schema(schemas.CLASSROOM50, report)
    for item in (report, *report["tests"]):
        demand(item["score"] <= item["max-score"], "more than the maximum")
    total = sum_of(report["tests"], "score", "max-score")
    demand(total == (report["score"], report["max-score"]), "not the tests' sum")
    return total


def autolab_stage(stage, name):
    demand(isinstance(stage, dict), f"there is no stage {name}")
    hidden = {key for key in stage if key.startswith("_")}
    demand(hidden <= {"_order", "_scores_order", "_total"}, f"{hidden} are not shown")
    entries = {key: value for key, value in stage.items() if key not in hidden}
    if not any(isinstance(value, dict) for value in entries.values()):
        return
    for key, value in entries.items():
        demand(isinstance(value, dict), f"{name} mixes tests and values")
        check_keys(value, ("passed",), ("hint",), f"{name}: {key}")
        demand(isinstance(value["passed"], bool), f"{key}: passed is no boolean")
        demand(is_text(value.get("hint", "")), f"{key}: the hint is no text")


def autolab(text):
    demand(len(text) <= 1000 * 1024, "the middle of the output would be left out")
    lines = text.rstrip().split(b"\n")
    # Autolab's own way: quotes around every word before a colon.
    last = re.sub(rb"([a-zA-Z0-9]+):", rb'"\1":', lines[-1])
    scores = parse(last).get("scores")
    demand(isinstance(scores, dict) and scores, "the last line has no scores")
    demand(all(map(is_number, scores.values())), "a score is no number")
    board = parse(last).get("scoreboard", [sum(scores.values())])
    demand(isinstance(board, list), "the scoreboard is no list")
    demand(board[0] == sum(scores.values()), "the scoreboard has another total")
    if len(lines) > 1:
        presentation = parse(lines[-2])
        demand(presentation.get("_presentation") == "semantic", "no presentation")
        demand(all(map(is_text, presentation.get("stages", []))), "stages are names")
        for name in presentation.get("stages", []):
            autolab_stage(presentation.get(name), name)
    return sum(scores.values()), None


CODERUNNER_KEYS = ("fraction", "prologuehtml", "testresults", "columnformats",
                   "epiloguehtml", "instructorhtml", "showdifferences", "showoutputonly",
                   "graderstate", "files", "feedbackhtml", "feedback_html")


def coderunner_table(report):
    rows = report["testresults"]
    demand(rows and all(isinstance(row, list) for row in rows), "the table has no rows")
    special = ("iscorrect", "ishidden")
    shown = [name for name in rows[0] if name not in special]
    formats = report.get("columnformats", ["%s"] * len(shown))
    demand(len(formats) == len(shown), "columnformats is not one for each column")
    demand(set(formats) <= {"%s", "%h"}, "an unknown columnformat")
    for row in rows[1:]:
        demand(len(row) == len(rows[0]), "a row is shorter or longer than the headings")
        for name in special:
            if name in rows[0]:
                demand(row[rows[0].index(name)] in (0, 1), f"{name} is 1 or 0")
    if "Points" not in rows[0]:
        return None
    points = [row[rows[0].index("Points")].split("/") for row in rows[1:]]
    return sum(int(one) for one, _ in points), sum(int(one) for _, one in points)


def coderunner(text):
    demand(len(text) <= 2 * MIB, "longer than Jobe lets a stream be")
    report = parse(text)
    check_keys(report, (), CODERUNNER_KEYS, "the outcome")
    if not report.get("showoutputonly"):
        check_fraction(report.get("fraction"))
    for key in ("prologuehtml", "epiloguehtml", "instructorhtml", "graderstate"):
        demand(is_text(report.get(key, "")), f"{key} is no text")
    demand(isinstance(report.get("files", {}), dict), "files is no object")
    for content in report.get("files", {}).values():
        base64.b64decode(content, validate=True)
    if "testresults" not in report:
        return round(report["fraction"]), None
    total = coderunner_table(report)
    if total is not None:
        demand(round(report["fraction"] * total[1]) == total[0], "not the rows' sum")
    return total


def coderunner_shown(text):
    """What students see of it: no hidden rows, and not what is the teachers'."""
    report = json.loads(text)
    report.pop("instructorhtml", None)
    head, *rows = report.get("testresults", [["ishidden"]])
    report["testresults"] = [row for row in rows if not row[head.index("ishidden")]]
    return json.dumps(report, ensure_ascii=False)


def exercism_test(test):
    check_keys(test, ("name", "status"),
               ("test_code", "message", "output", "task_id"), "a test")
    demand(test["status"] in ("pass", "fail", "error"), "an unknown status of a test")
    demand(test["status"] == "pass" or test.get("message"), "a failure says nothing")
    demand(len(test.get("output") or "") <= 500, "output is limited to 500 characters")
    demand(is_number(test.get("task_id", 0)), "task_id is no number")
    demand("\r" not in (test.get("test_code") or ""), "lines of test_code end with \\n")


def exercism(text):
    report = parse(text)
    check_keys(report, ("version", "status"), ("message", "tests"), "the results")
    demand(report["version"] == 3, "not version 3")
    demand(len(report.get("message") or "") <= 65535, "the message is too long")
    status = report["status"]
    demand(status in ("pass", "fail", "error"), "an unknown status")
    if status == "error":
        demand(report.get("message"), "an error says nothing")
        return None
    tests = report.get("tests")
    demand(isinstance(tests, list) and tests, "there are no tests")
    for test in tests:
        exercism_test(test)
    all_passed = all(test["status"] == "pass" for test in tests)
    demand((status == "pass") == all_passed, "status and tests differ")
    return None


def check50_result(result):
    check_keys(result, ("name", "description", "passed", "log", "cause", "data",
                        "dependency"), (), "a result")
    demand(result["passed"] in (True, False, None), "passed is true, false or null")
    demand(isinstance(result["log"], list) and all(map(is_text, result["log"])),
           "the log is a list of texts")
    for key in ("name", "description"):
        demand(is_text(result[key]), f"{key} is no text")
    cause = result["cause"]
    demand((cause is None) == (result["passed"] is True), "a cause, if and only if needed")
    if cause is not None and "error" not in cause:
        demand(is_text(cause.get("rationale")), "a cause without rationale")
        for one, other in (("expected", "actual"), ("missing_item", "collection")):
            demand((one in cause) == (other in cause), "one of a pair is missing")
    demand(isinstance(result["data"], dict), "data is no object")


def check50(text):
    report = parse(text)
    demand(("results" in report) != ("error" in report), "results or error, one of them")
    check_keys(report, ("slug", "version"), ("results", "error"), "the report")
    demand(is_text(report["slug"]) and is_text(report["version"]), "slug and version")
    names = [result.get("name") for result in report.get("results", [])]
    demand(len(names) == len(set(names)), "a name is there twice")
    for result in report.get("results", []):
        check50_result(result)
        demand(result["dependency"] in (None, *names), "depends on nothing there is")
    data = [result["data"] for result in report.get("results", [])
            if "points" in result["data"]]
    return sum_of(data, "points", "max")


def ctrf(text):
    report = parse(text)
    check_schema(schemas.CTRF, report)
    results = report["results"]
    statuses = [test["status"] for test in results["tests"]]
    summary = results["summary"]
    demand(summary["tests"] == len(statuses), "the summary counts other tests")
    for status in ("passed", "failed", "skipped", "pending", "other"):
        demand(summary[status] == statuses.count(status), f"{status} is counted wrong")
    for extra in (report, results, summary, *results["tests"]):
        reserved = [key for key in extra.get("extra", {}) if key.startswith("ctrf.")]
        demand(not reserved, f"{reserved} are CTRF's own names")
    points = [test.get("extra", {}).get("fba-grader.points") for test in results["tests"]]
    total = sum_of([one for one in points if one], "earned", "max")
    whole = summary.get("extra", {}).get("fba-grader.points")
    demand(whole is None or (whole["earned"], whole["max"]) == total, "not the tests' sum")
    return total


def junit(text):
    try:
        root = xml.etree.ElementTree.fromstring(text)
    except xml.etree.ElementTree.ParseError as reason:
        raise Invalid(f"not XML: {reason}") from reason
    demand(root.tag == "testsuites", "the root is not testsuites")
    total = [0, 0]
    for suite in root.iter("testsuite"):
        cases = suite.findall("testcase")
        for name, tag in (("failures", "failure"), ("errors", "error")):
            count = sum(case.find(tag) is not None for case in cases)
            demand(int(suite.get(name)) == count, f"{name} is counted wrong")
        demand(int(suite.get("tests")) == len(cases), "tests is counted wrong")
        for entry in suite.iter("property"):
            if entry.get("name") in ("points", "max"):
                total[entry.get("name") == "max"] += int(entry.get("value"))
    return tuple(total)


def junit_schemas(folder, files):
    """All `files` against both schemas in use. Sentences about those that are wrong."""
    wrong = []
    for schema in ("junit_ant.xsd", "junit_jenkins.xsd"):
        run = subprocess.run(["xmllint", "--noout", "--nonet", "--schema",
                              folder / schema, *files], stdout=subprocess.DEVNULL,
                             stderr=subprocess.PIPE, check=False, text=True)
        if run.returncode != 0:
            wrong += [f"{schema}: {line}" for line in run.stderr.splitlines()
                      if not line.endswith(" validates")]
    return wrong


TAP_POINT = re.compile(r"(not )?ok (\d+) - ((?:[^\\#]|\\.)*)$")
TAP_VALUE = re.compile(r"  (?:  )?([a-z]+):(?: (.*))?$")


def tap_yaml(lines):
    """The values of a diagnostic, from behind its `---`; `lines` is left behind `...`."""
    values = {}
    for line in lines:
        if line == "  ...":
            return values
        match = TAP_VALUE.match(line)
        demand(match, f"{line!r} is no value")
        values[match[1]] = json.loads(match[2]) if match[2] else {}
    raise Invalid("a diagnostic does not end")


def tap(text):
    lines = text.decode("utf-8").splitlines()
    demand(lines[:1] == ["TAP version 14"], "there is no version")
    plans = [line for line in lines if re.match(r"1\.\.\d+$", line)]
    demand(len(plans) == 1, "there is not one plan")
    expected = int(plans[0][3:])
    count, total, rest = 0, [0, 0], iter(lines[1:])
    for line in rest:
        if line.startswith("#") or line == plans[0]:
            continue
        if line.startswith("Bail out!"):
            return 0, None
        if line == "  ---":
            values = tap_yaml(rest)
            total = [total[0] + values["points"], total[1] + values["max"]]
            continue
        point = TAP_POINT.match(line)
        demand(point, f"{line!r} is no line of TAP, or has a directive")
        count += 1
        demand(int(point[2]) == count, "a number is missing or there twice")
    demand(count == expected, f"{count} tests, {expected} planned")
    return tuple(total)


# What Perl's own reader makes of a file: tests planned and run, those that did not pass,
# diagnostics it could read, errors. It is older than version 14, so it is told 13.
TAP_PARSER = r"""
use TAP::Parser;
for my $name (@ARGV) {
    open my $in, '<', $name or die;
    my $text = do { local $/; <$in> };
    $text =~ s/^TAP version 14$/TAP version 13/m;
    my $parser = TAP::Parser->new({ tap => $text });
    my $read = 0;
    while (my $result = $parser->next) { $read++ if $result->is_yaml && ref $result->data; }
    my %bad = map { $_ => 1 } $parser->failed, $parser->todo, $parser->skipped;
    printf "%s %d %d %d %d %d\n", $name, $parser->tests_planned // -1,
        $parser->tests_run, scalar keys %bad, $read, scalar $parser->parse_errors;
}
"""


def tap_parser(files):
    """{file: (planned, run, not passed, diagnostics, errors)}"""
    run = subprocess.run(["perl", "-e", TAP_PARSER, *files], check=True, text=True,
                         stdout=subprocess.PIPE)
    found = {}
    for line in run.stdout.splitlines():
        name, *numbers = line.rsplit(" ", 5)
        found[name] = tuple(map(int, numbers))
    return found


CSV_HEAD = ["file", "sha256", "test", "suite", "title", "clause", "visibility", "status",
            "points", "max", "message"]


def csv_file(text):
    demand(text.endswith(b"\r\n"), "a line does not end as RFC 4180 has it")
    rows = list(csv.reader(io.StringIO(text.decode("utf-8"), newline=""), strict=True))
    demand(rows[0] == CSV_HEAD, "the headings are others")
    for row in rows:
        demand(len(row) == len(CSV_HEAD), "a line has more or fewer values")
        for value in row:
            demand(not re.match(r"[=+@\-\t\r]", value), f"{value!r} is a formula")
    return sum(int(row[8]) for row in rows[1:]), sum(int(row[9]) for row in rows[1:])


SVG = "{http://www.w3.org/2000/svg}"
SVG_TOTAL = re.compile(r"(\d+) of (\d+) points\b")
# All that a drawing which runs and loads nothing is made of.
SVG_TAGS = {SVG + tag for tag in ("svg", "title", "desc", "style", "defs", "pattern", "rect",
                                  "text", "line", "path")}
SVG_LOADS = re.compile(r"@import|url\((?!#)")


def svg(text):
    try:
        root = xml.etree.ElementTree.fromstring(text)
    except xml.etree.ElementTree.ParseError as reason:
        raise Invalid(f"not XML: {reason}") from reason
    demand(root.tag == SVG + "svg", "the root is not svg")
    for element in root.iter():
        names = [name.rpartition("}")[2] for name in element.attrib]
        demand(element.tag in SVG_TAGS, f"it has a {element.tag}")
        demand(not any(name == "href" or name.startswith("on") for name in names),
               "it runs or loads something")
        demand(element.tag != SVG + "style" or not SVG_LOADS.search(element.text),
               "its style loads something")
    demand((root.findtext(SVG + "title") or "").strip(), "there is no title")
    _, _, width, height = map(int, root.get("viewBox").split())
    for drawing in root.findall(SVG + "svg"):
        end = int(drawing.get("y")) + int(drawing.get("height"))
        demand(end <= height and int(drawing.get("width")) <= width, "a drawing is cut off")
    lines = [line.text or "" for line in root.findall(SVG + "text")]
    totals = [match for match in map(SVG_TOTAL.search, lines) if match]
    # What was not built has no points to show.
    return (int(totals[0][1]), int(totals[0][2])) if totals else (0, None)


VALIDATORS = {
    "gradescope": gradescope,
    "prairielearn": prairielearn,
    "github-classroom": github_classroom,
    "classroom50": classroom50,
    "autolab": autolab,
    "coderunner": coderunner,
    "exercism": exercism,
    "check50": check50,
    "ctrf": ctrf,
    "junit": junit,
    "tap": tap,
    "csv": csv_file,
    "svg": svg,
}


# Formats that hold everything, and what students see of it.
SHOWN = {"gradescope": gradescope_shown, "coderunner": coderunner_shown}


def validate(name, text):
    """The total that a document of this format shows; raises Invalid."""
    try:
        return VALIDATORS[name](text)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError,
            csv.Error) as reason:
        raise Invalid(f"not of this shape: {reason!r}") from reason
