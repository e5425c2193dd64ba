#!/bin/sh
# Runs one fuzz target: its seeds first, then a search for inputs that break it.
#
#   tests/fuzz/search.sh PROGRAM SEEDS FOLDER MOST
#
# The search takes FUZZ_SECONDS seconds of the environment and begins differently each
# time; without that variable it is a short one that is the same every time. What it
# learns is kept in FOLDER/corpus, and an input that breaks the target in FOLDER/found-*;
# `PROGRAM FILE` runs it again. Inputs have at most MOST bytes.
set -eu

program=$1
seeds=$2
folder=$3
most=$4

[ -n "$(ls "$seeds")" ] || {
    echo "There are no seeds in $seeds." >&2
    exit 1
}
mkdir -p "$folder/corpus"
# A hang is a finding too; the clock is generous, for a machine that is busy.
common="-max_len=$most -timeout=120 -rss_limit_mb=2048 -artifact_prefix=$folder/found-"

# shellcheck disable=SC2086 # a list of words
"$program" $common -runs=1 "$seeds"/*
if [ -n "${FUZZ_SECONDS-}" ]; then
    # shellcheck disable=SC2086
    "$program" $common -max_total_time="$FUZZ_SECONDS" -print_final_stats=1 \
        "$folder/corpus" "$seeds"
else
    # What is learnt goes into the first folder, which must not be the seeds'.
    rm -rf "$folder/short"
    mkdir "$folder/short"
    # shellcheck disable=SC2086
    "$program" $common -seed=1 -runs=20000 -max_total_time=10 "$folder/short" "$seeds"
fi
