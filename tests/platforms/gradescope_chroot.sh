#!/bin/sh
# Grades four submissions from end to end as Gradescope does: a bare Debian or Ubuntu, the
# zip file unpacked in /autograder/source, setup.sh and then run_autograder run as root.
#
#   tests/platforms/gradescope_chroot.sh SOURCE FOLDER
#
# SOURCE is the project's folder, FOLDER one to work in; what takes long is kept in it.
# Status 77 where no root folder can be made (bare_root.sh).
set -eu

source=$1
folder=$2
root=$folder/gradescope
mkdir -p "$folder"
failed=0

clean_up() {
    rm -rf --one-file-system "$root"
}

# in_root COMMAND...: as Gradescope's container would run it.
in_root() {
    env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
        "$source/tests/platforms/in_root.sh" "$root" "$@"
}

# The points that results.json gives; "none" where there is no such file.
points() {
    python3 - "$root/autograder/results/results.json" <<'PYTHON'
import json, os, sys
if not os.path.exists(sys.argv[1]):
    print("none")
else:
    told = json.load(open(sys.argv[1], encoding="utf-8"))
    print(told["score"] if "score" in told else sum(t["score"] for t in told["tests"]))
PYTHON
}

# stated NAME KIND: the points that a corpus file says it earns.
stated() {
    sed -n 's/.*expect: status graded, points \([0-9]*\).*/\1/p' \
        "$source/tests/corpus/$2/$1.c"
}

# grades NAME EXPECTED [FILE]: hands FILE in, alone, and compares the points.
grades() {
    name=$1
    expected=$2
    rm -rf "$root/autograder/submission" "$root/autograder/results"
    mkdir -p "$root/autograder/submission" "$root/autograder/results"
    if [ $# -gt 2 ]; then
        cp "$3" "$root/autograder/submission/fba.c"
    fi
    in_root /autograder/run_autograder >"$folder/$name.log" 2>&1 || true
    got=$(points)
    if [ "$got" = "$expected" ]; then
        echo "$name: $got points"
    else
        echo "$name: $got points, and not $expected"
        cat "$folder/$name.log"
        failed=$((failed + 1))
    fi
}

trap clean_up EXIT
clean_up
"$source/tests/platforms/bare_root.sh" "$root"
"$source/ci/pack.sh" gradescope "$folder/build" "$folder"

mkdir -p "$root/autograder/source"
python3 -c 'import shutil, sys; shutil.unpack_archive(sys.argv[1], sys.argv[2])' \
    "$folder/gradescope-$(uname -m).zip" "$root/autograder/source"
# Gradescope's own steps: it runs setup.sh and copies run_autograder.
in_root bash -c 'bash /autograder/source/setup.sh &&
    cp /autograder/source/run_autograder /autograder/ &&
    chmod +x /autograder/run_autograder'

grades good 100 "$source/reference/fba.c"
grades failing "$(stated aligns_the_offset mistakes)" \
    "$source/tests/corpus/mistakes/aligns_the_offset.c"
PYTHONPATH=$source/tests/corpus python3 - "$source" >"$folder/hostile.c" <<'PYTHON'
import attack, pathlib, sys
path = pathlib.Path(sys.argv[1], "tests/corpus/hostile/alloc_calls_exit.c")
print(attack.expanded(path.read_text(encoding="utf-8"), attack.RIGHT))
PYTHON
grades hostile "$(stated alloc_calls_exit hostile)" "$folder/hostile.c"
grades missing 0
# And a fault of the grader leaves nothing, so that it can be run again.
rm "$root/autograder/source/grader/bin/judge_fixed_buffer"
grades fault none "$source/reference/fba.c"

echo "$((5 - failed)) passed, $failed failed"
[ $failed = 0 ]
