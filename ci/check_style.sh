#!/bin/sh
# Checks the form of the sources: layout, structure, static analysis, shell scripts.
#
#   ci/check_style.sh         says what is wrong; status 1 if anything is
#   ci/check_style.sh --fix   lays the sources out as .clang-format says, no more
#
# Students' code under tests/corpus is theirs and is not looked at. A checker that is not
# installed is skipped with a word, and is an error where CI=true.
set -u
cd "$(dirname "$0")/.." || exit 3

failed=0
passed=0

sources() {
    git ls-files '*.c' '*.h' | grep -v '^tests/corpus/'
}

scripts() {
    git ls-files '*.sh' .ci/run ci/gradescope/run_autograder
}

# check NAME PROGRAM COMMAND...: runs the command where the program is installed.
check() {
    name=$1
    program=$2
    shift 2
    if ! command -v "$program" >/dev/null; then
        echo "style: $name: skipped, $program is not installed" >&2
        [ "${CI-}" = true ] && failed=$((failed + 1))
        return
    fi
    if "$@"; then
        passed=$((passed + 1))
    else
        echo "style: $name: FAILED" >&2
        failed=$((failed + 1))
    fi
}

layout() {
    sources | xargs clang-format --dry-run -Werror
}

shell_scripts() {
    scripts | xargs shellcheck
}

# Only what the preset compiles is looked at: the database knows the flags.
static_analysis() {
    database=build/clang
    if [ ! -e $database/compile_commands.json ]; then
        cmake --preset clang >/dev/null || return 1
    fi
    compiled=$(mktemp)
    python3 -c 'import json, os, sys
for entry in json.load(open(sys.argv[1])):
    print(os.path.relpath(entry["file"]))' $database/compile_commands.json |
        grep -v '^tests/corpus/' | sort -u >"$compiled"
    log=$(mktemp)
    status=0
    # One file a process: given several, the analyzer of clang 14 loses every va_start
    # but the first file's.
    xargs -P 2 -n 1 clang-tidy -p $database --quiet <"$compiled" >"$log" 2>/dev/null ||
        status=1
    [ $status = 0 ] || cat "$log"
    rm -f "$log" "$compiled"
    return $status
}

if [ "${1-}" = --fix ]; then
    sources | xargs clang-format -i
    exit
fi

check layout clang-format layout
check structure python3 ci/check_structure.py
check scripts shellcheck shell_scripts
check "static analysis" clang-tidy static_analysis
echo "$passed passed, $failed failed"
[ $failed = 0 ]
