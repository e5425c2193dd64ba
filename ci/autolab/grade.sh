#!/bin/sh
# Grades the file that was handed in to Autolab: autograde/grade.sh FILE.
#
# Autolab takes the last line for the scores, and gives zeros where it cannot read one. So
# a fault of the grader prints each problem with null: no score, which an instructor
# regrades.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=ci/entry.sh
. "$here/entry.sh"

result=$(mktemp)
trap 'rm -f "$result"' EXIT

submission=$1
if [ -L "$submission" ] || [ ! -f "$submission" ]; then
    say_missing
    echo
    sed 's/null/0/g' "$here/no-score.json"
elif grade_as autolab "$result" --quiet 2>&1; then
    cat "$result"
else
    echo "The grader failed. This is not your fault: there is no score, and your"
    echo "instructor can regrade this submission."
    cat "$here/no-score.json"
fi
