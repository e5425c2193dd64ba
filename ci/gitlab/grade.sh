#!/bin/sh
# A job of GitLab CI, in a checkout of a student's repository. Shows the report in the log
# and leaves junit.xml, which GitLab shows beside a merge request.
#
# Status 0: graded, whatever the points. Status 1: there is nothing to grade. Status 3: the
# grader failed and there is no report; GitLab runs the job again (.gitlab-ci.yml).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=ci/entry.sh
. "$here/../entry.sh"

folder=${CI_PROJECT_DIR:?}
rm -f "$folder/junit.xml"

found=0
find_submission "$folder" || found=$?
if [ "$found" = 1 ]; then
    printf '<testsuites><testsuite name="submission" package="grader" id="0" timestamp="1970-01-01T00:00:00" hostname="localhost" tests="1" failures="1" errors="0" skipped="0" time="0"><properties/><testcase name="%s is there" classname="submission" time="0"><failure type="missing" message="%s"/></testcase><system-out/><system-err/></testsuite></testsuites>\n' \
        "$name" "$(say_missing)" >"$folder/junit.xml"
    say_missing
    echo
    exit 1
fi
if [ "$found" != 0 ] || ! grade_as junit "$folder/junit.xml"; then
    rm -f "$folder/junit.xml"
    echo "The grader failed; nothing was scored."
    exit 3
fi
