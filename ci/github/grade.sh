#!/bin/sh
# A step of a GitHub workflow, in a checkout of a student's repository. Shows the report in
# the log and sets the output `result`, which GitHub Classroom's reporter reads.
#
# A fault of the grader fails the step and sets nothing: the reporter has nothing to
# report, and the job can be run again.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=ci/entry.sh
. "$here/../entry.sh"

fail() {
    echo "::error::The grader failed; nothing was scored. Run this job again."
    exit 3
}

folder=$(mktemp -d) || fail
trap 'rm -rf "$folder"' EXIT

points() {
    sed -n '/^  "suites"/,/^  \]/s/^ *"points": *\([0-9]*\).*/\1/p' \
        "$exercise/exercise.json" | awk '{ all += $1 } END { print all }'
}

write_missing() {
    printf '{"version": 1, "status": "error", "max_score": %s, "tests": [{"name": "%s", "status": "error", "score": 0, "message": "%s", "line_no": 0}]}\n' \
        "$(points)" "$name is there" "$(say_missing)" >"$folder/result.json"
    say_missing
    echo
}

# What a student has written must not be taken for a command to the runner.
show() {
    token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    echo "::stop-commands::$token"
    status=0
    "$@" || status=$?
    echo "::$token::"
    return $status
}

found=0
find_submission "${GITHUB_WORKSPACE:?}" || found=$?
if [ "$found" = 1 ]; then
    write_missing
elif [ "$found" != 0 ] || ! show grade_as github-classroom "$folder/result.json"; then
    fail
fi
echo "result=$(base64 -w 0 <"$folder/result.json")" >>"${GITHUB_OUTPUT:?}"
