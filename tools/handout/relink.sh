#!/bin/sh
# Links the grader and the judge anew, for instance with another version of a library.
#
#   grader/relink/relink.sh [FOLDER]
#
# A library in FOLDER (libcheck_pic.a, libseccomp.a, libelf.a ...) is taken in place of
# the one in lib/ here; the C library is your compiler's, in its static form (Debian and
# Ubuntu: libc6-dev; Fedora: glibc-static). The programs in grader/bin are replaced.
set -eu

folder=
if [ $# -gt 0 ]; then
    folder=$(cd "$1" && pwd)
fi
cd "$(dirname "$0")"

for object in *.o; do
    program=${object%.o}
    # shellcheck disable=SC2046 # a list of libraries
    ${CC:-cc} -static-pie -s -Wl,-z,relro,-z,now -o "../bin/$program.new" "$object" \
        ${folder:+"-L$folder"} -Llib $(cat "$program.libraries")
    mv "../bin/$program.new" "../bin/$program"
done
