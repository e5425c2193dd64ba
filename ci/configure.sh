#!/bin/sh
# Configures one preset afresh and builds it for the first time.
#
#   ci/configure.sh PRESET FOLDER
#
# FOLDER is the preset's binaryDir. Says what it does in one line; the tools' own
# messages are shown if something fails.
set -eu

preset=$1
folder=$2
mkdir -p "$folder"
log=$folder/build.log

echo "Building the grader; this happens once and takes a few seconds ..." >&2
if cmake --preset "$preset" --fresh >"$log" 2>&1 && ninja -C "$folder" >>"$log" 2>&1; then
    exit 0
fi
cat "$log" >&2
echo "The build failed; the messages above say where." >&2
exit 3
