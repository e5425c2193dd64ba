#!/bin/sh
# `make play` in the exercise's folder, with the starter or with the reference, prints
# what that one answers, and nothing on standard error.
#
#   play.sh starter|reference COMPILER BUILD_FOLDER
set -eu
cd "$(dirname "$0")/../../exercises/06_fixed_buffer"

case $1 in
starter)
    fba=fba.c
    expected='build_array(a, 5): out of memory'
    ;;
reference)
    fba=../../reference/fba.c
    expected='build_array(a, 5): 0 1 2 3 4'
    ;;
esac

printed=$(make play "FBA=$fba" "CC=$2" "BUILD=$3" 2>"$3.errors") || {
    cat "$3.errors" >&2
    exit 1
}
printf '%s\n' "$printed"
if [ -s "$3.errors" ]; then
    cat "$3.errors" >&2
    exit 1
fi
printf '%s\n' "$printed" | grep -qxF "$expected"
