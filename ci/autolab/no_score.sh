#!/bin/sh
# Prints what tells Autolab that nothing was scored: the last line of a grading with null
# in the place of each number. ci/autolab/no_score.sh GRADER FILE
set -eu
"$1" grade --format autolab --report - "$2" | tail -n 1 |
    sed 's/: *[0-9][0-9]*/: null/g; s/, *"scoreboard".*/}/'
