#!/bin/sh
# Gradescope runs this once, as root, when the autograder's image is built. The grader in
# the archive is complete; what it needs of the machine is a compiler.
set -eu
root=${PLATFORM_ROOT-}
cd "$root/autograder/source"

chmod +x install_deps.sh grader/bin/*
./install_deps.sh run
# Says in the log of the build what this machine offers; a grading says it again, and
# refuses, if something is missing.
grader/bin/grader doctor || true
