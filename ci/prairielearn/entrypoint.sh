#!/bin/sh
# PrairieLearn runs this in a container for each submission: docs/externalGrading.md there.
# It must end with status 0 and leave results.json; "gradable": false means that the
# submission was not graded, and takes neither points nor an attempt.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=ci/entry.sh
. "$here/../entry.sh"

results=$root/grade/results/results.json
mkdir -p "$root/grade/results"
rm -f "$results"

not_gradable() {
    printf '{"gradable": false, "format_errors": ["%s"]}\n' "$1" >"$results"
}

found=0
find_submission "$root/grade/student" || found=$?
if [ "$found" = 1 ]; then
    not_gradable "$(say_missing)"
elif [ "$found" != 0 ] || ! grade_as prairielearn "$results" --quiet; then
    not_gradable "The grader could not do its work. This is not your fault and costs you nothing; please tell your instructor."
fi
