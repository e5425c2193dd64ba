#!/bin/sh
# Packs the grader for a platform that takes an archive, with programs that run on any
# Linux of this machine's architecture.
#
#   ci/pack.sh gradescope [BUILD [DIST]]    DIST/gradescope-<arch>.zip
#   ci/pack.sh autolab [BUILD [DIST]]       DIST/autolab-<arch>/: autograde.tar and
#                                           autograde-Makefile
#
# BUILD and DIST are those of tools/handout.sh, which makes the programs.
set -eu
cd "$(dirname "$0")/.."

platform=${1-}
build=${2:-build/handout}
dist=${3:-dist}
exercise=06_fixed_buffer
arch=$(uname -m)

case $platform in
gradescope | autolab) ;;
*)
    echo "usage: ci/pack.sh gradescope|autolab [BUILD [DIST]]" >&2
    exit 2
    ;;
esac
tools/handout.sh --programs "$build"
tree=$build/$platform
mkdir -p "$dist"
rm -rf "$tree"
mkdir -p "$tree"

# copy_grader FOLDER: the grader and what every entry point needs.
copy_grader() {
    mkdir -p "$1/grader"
    cp -R "$build/programs/bin" "$build/programs/lib" "$build/programs/share" "$1/grader/"
    cp ci/entry.sh "$1/"
}

case $platform in
gradescope)
    copy_grader "$tree"
    cp ci/gradescope/setup.sh ci/gradescope/run_autograder ci/install_deps.sh "$tree/"
    archive=$(cd "$dist" && pwd)/gradescope-$arch
    rm -f "$archive.zip"
    python3 -c 'import shutil, sys; shutil.make_archive(sys.argv[1], "zip", sys.argv[2])' \
        "$archive" "$tree"
    echo "$dist/gradescope-$arch.zip"
    ;;
autolab)
    copy_grader "$tree/autograde"
    cp ci/autolab/grade.sh "$tree/autograde/"
    ci/autolab/no_score.sh "$tree/autograde/grader/bin/grader" \
        "exercises/$exercise/fba.c" >"$tree/autograde/no-score.json"
    mkdir -p "$dist/autolab-$arch"
    cp ci/autolab/autograde-Makefile "$dist/autolab-$arch/"
    tar --create --directory "$tree" --sort=name --owner=0 --group=0 \
        --file "$dist/autolab-$arch/autograde.tar" autograde
    echo "$dist/autolab-$arch/"
    ;;
esac
