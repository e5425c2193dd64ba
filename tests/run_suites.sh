#!/bin/sh
# Runs the suites linked directly with an implementation, and expects all to pass.
#
#   tests/run_suites.sh COMMAND...
#
# COMMAND is build/<preset>/bin/direct_<harness>, or a tool that runs it (valgrind, qemu).
set -u

results=$(mktemp)
trap 'rm -f "$results"' EXIT
"$@" --results-fd 3 3>"$results"
status=$?
if [ $status != 0 ]; then
    echo "exit status $status"
    exit 1
fi
if ! tail -n 1 "$results" | grep -q '"end": *true'; then
    echo "the results end early"
    exit 1
fi
tests=$(grep -c '"id":' "$results")
passed=$(grep -c '"status": *"pass"' "$results")
grep '"id":' "$results" | grep -v '"status": *"pass"'
echo "$passed of $tests tests of the suites pass"
[ "$tests" -gt 0 ] && [ "$passed" = "$tests" ]
