#!/bin/sh
# Runs every test of the project and ends with how many passed and failed.
#
#   tests/run_all.sh [STAGE]...
#
# Stages, all of them by default, in this order:
#   dev       gcc with every warning an error: unit tests, command line, corpora
#   clang     the same sources with clang, every warning an error; unit tests
#   asan      the same under AddressSanitizer and UndefinedBehaviorSanitizer
#   fuzz      the fuzz targets: their seeds, then a few seconds of search
#   valgrind  the suites linked directly with the reference, under memcheck
#   aarch64   cross-compiled; the suites linked directly, under qemu-user
#   style     ci/check_style.sh
#
# A stage whose tools are missing is skipped with a word; where CI=true, it fails.
set -u
cd "$(dirname "$0")/.." || exit 3

logs=build/tests
jobs=2
passed=0
failed=0
skipped=

say() {
    printf '%s\n' "$*"
}

# skip STAGE TOOL: remembers it; in CI everything must run.
skip() {
    say "$1: SKIPPED, $2 is not installed"
    skipped="$skipped $1"
    [ "${CI-}" = true ] && failed=$((failed + 1))
}

# Adds up what a log says: ctest's closing lines, and lines 'N passed, N failed'.
count() {
    awk '/tests passed, [0-9]+ tests? failed out of [0-9]+/ {
             for (i = 1; i < NF; i++) if ($i == "passed,") bad += $(i + 1)
             for (i = 1; i <= NF; i++) if ($i == "of") all += $(i + 1)
         }
         /^[0-9]+ passed, [0-9]+ failed$/ { all += $1 + $3; bad += $3 }
         END { print all - bad, bad + 0 }' "$1"
}

# run STAGE: calls stage_STAGE, keeps its output, and shows it if it fails.
run() {
    stage=$1
    log=$logs/$stage.log
    began=$(date +%s)
    "stage_$stage" >"$log" 2>&1
    status=$?
    # shellcheck disable=SC2046 # two numbers
    set -- $(count "$log")
    if [ $status != 0 ] && [ "$2" = 0 ]; then
        set -- "$1" 1
    fi
    passed=$((passed + $1))
    failed=$((failed + $2))
    [ $status = 0 ] || cat "$log"
    say "$stage: $1 passed, $2 failed ($(($(date +%s) - began)) s)"
}

build() {
    cmake --preset "$1" && cmake --build --preset "$1" -j "$jobs"
}

stage_dev() {
    build dev && ctest --preset dev
}

stage_clang() {
    build clang && ctest --preset clang -R '^unit\.'
}

stage_asan() {
    # What holds nothing that was built with sanitizers, or tries the same code once more
    # in another setting, in other formats or under load, is left to dev; so is what runs
    # under strace, where LeakSanitizer cannot.
    left_to_dev='corpus\.(naive|direct|seeds_.*|examples)|formats\.corpora|handout\..*'
    left_to_dev="$left_to_dev|sandbox\.(hostile_.*|settings|calls)|platforms\..*"
    left_to_dev="$left_to_dev|mutation\..*|robustness\.(many|loaded)"
    build asan && ctest --preset asan -E "^($left_to_dev)\$"
}

stage_fuzz() {
    build fuzz && ctest --preset fuzz
}

stage_valgrind() {
    build dev && valgrind_every_exercise
}

valgrind_every_exercise() {
    ok=0
    bad=0
    for runner in build/dev/bin/direct_*; do
        if tests/run_suites.sh valgrind --quiet --error-exitcode=9 --leak-check=full \
            "$runner"; then
            ok=$((ok + 1))
        else
            bad=$((bad + 1))
        fi
    done
    say "$ok passed, $bad failed"
    [ $bad = 0 ] && [ $ok != 0 ]
}

stage_aarch64() {
    ci/install_cross.sh build/cross && build aarch64 && ctest --preset aarch64
}

stage_style() {
    ci/check_style.sh
}

# The tool without which a stage cannot run. Fails if there is no such stage.
tool_of() {
    case $1 in
    dev | asan | style) echo ninja ;;
    clang | valgrind) echo "$1" ;;
    fuzz) echo clang ;;
    aarch64) echo qemu-aarch64 ;;
    *) return 1 ;;
    esac
}

[ $# != 0 ] || set -- dev clang asan fuzz valgrind aarch64 style
mkdir -p "$logs"
if ! ci/install_deps.sh test; then
    [ "${CI-}" = true ] && exit 1
    say "Going on with what is here."
fi
for stage in "$@"; do
    if ! tool=$(tool_of "$stage"); then
        say "tests/run_all.sh: no stage \"$stage\"; see the head of this script" >&2
        exit 2
    fi
    if [ "$stage" = aarch64 ] && [ "$(uname -m)" != x86_64 ]; then
        say "aarch64: not cross-compiled here, this machine is $(uname -m)"
        continue
    fi
    if command -v "$tool" >/dev/null; then
        run "$stage"
    else
        skip "$stage" "$tool"
    fi
done
[ -z "$skipped" ] || say "Skipped:$skipped"
say "$passed passed, $failed failed"
[ $failed = 0 ] && [ $passed != 0 ]
