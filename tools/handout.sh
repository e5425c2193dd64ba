#!/bin/sh
# Packs what a student gets, with a grader that runs without being installed.
#
#   tools/handout.sh [--sources] [BUILD [DIST]]
#   tools/handout.sh --programs [BUILD]
#
# Makes DIST/fba-handout-<arch>.tar.gz for this machine's architecture; with --sources
# also DIST/fba-handout-<arch>-sources.tar, the source packages of the libraries in it,
# which the LGPL asks to be offered beside it. Works in BUILD. The two folders are
# build/handout and dist. With --programs it stops when BUILD/programs is there: the same
# programs, for platforms. Needs Debian or Ubuntu; status 4: source packages that are
# needed cannot be downloaded.
set -eu
cd "$(dirname "$0")/.."

with=
case ${1-} in
--*)
    with=$1
    shift
    ;;
esac
build=${1:-build/handout}
dist=${2:-dist}
exercise=06_fixed_buffer
arch=$(uname -m)
name=fba-handout-$arch
# Every file in the archive is as old as the commit, so that its bytes are reproducible.
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || echo 0)}
export SOURCE_DATE_EPOCH

# The packages whose code is in the programs, and, by --sources, under the LGPL.
packages='libc6-dev check libseccomp-dev libelf-dev libdw-dev libcjson-dev libsubunit-dev
    zlib1g-dev liblzma-dev libbz2-dev libmd-dev'
lgpl='libc6-dev check libseccomp-dev libelf-dev'

# package=version of the source that a package was built from.
source_of() {
    # shellcheck disable=SC2016 # dpkg's own variables
    dpkg-query --show --showformat '${source:Package}=${source:Version}' "$1"
}

# Prepares apt to download source packages, whether or not this machine's own list of
# archives names sources, and leaves what belongs to the machine alone.
prepare_apt() {
    [ ! -e "$build/apt/ready" ] || return 0
    mkdir -p "$build/apt/lists/partial" "$build/apt/cache/archives/partial" \
        "$build/apt/sources"
    apt=$(cd "$build/apt" && pwd)
    for list in /etc/apt/sources.list /etc/apt/sources.list.d/*; do
        [ -f "$list" ] || continue
        sed -e 's/^deb /deb-src /' -e 's/^Types: .*/Types: deb-src/' "$list" \
            >"$apt/sources/$(basename "$list")"
    done
    cat >"$apt/apt.conf" <<CONF
Dir::Etc::sourcelist "/dev/null";
Dir::Etc::sourceparts "$apt/sources";
Dir::State::lists "$apt/lists";
Dir::Cache "$apt/cache";
APT::Sandbox::User "";
CONF
    # An outdated list of one foreign archive is no reason to stop.
    APT_CONFIG=$apt/apt.conf apt-get -q update >"$apt/log" 2>&1 || true
    : >"$apt/ready"
}

# fetch FOLDER PACKAGE=VERSION...: downloads source packages.
fetch() {
    folder=$1
    shift
    prepare_apt
    mkdir -p "$folder"
    apt=$(cd "$build/apt" && pwd)
    if ! (cd "$folder" && APT_CONFIG=$apt/apt.conf apt-get -q source --download-only \
        "$@") >"$apt/log" 2>&1; then
        cat "$apt/log" >&2
        echo "The source packages cannot be had; apt's messages are above." >&2
        exit 4
    fi
}

# Debian has no static library of cJSON, so it is built from Debian's source.
unpack_cjson() {
    cjson=$build/$(source_of libcjson-dev)
    if [ ! -e "$cjson/cJSON.c" ]; then
        rm -rf "$cjson"
        fetch "$build/cjson" "$(source_of libcjson-dev)"
        dpkg-source --no-check -x "$build"/cjson/*.dsc "$cjson" >/dev/null
    fi
}

# -lx for each library of a program that is not part of the C library, and copies it.
# link_with PROGRAM PKG-CONFIG-MODULE...
link_with() {
    program=$1
    shift
    for flag in $(pkg-config --static --libs-only-l "$@" | tr ' ' '\n' | uniq); do
        library=lib${flag#-l}.a
        case $library in
        libc.a | libm.a | librt.a | libpthread.a | libdl.a) ;;
        libcjson.a) cp "$build/handout/$library" "$tree/grader/relink/lib/" ;;
        *) cp "$(gcc -print-file-name="$library")" "$tree/grader/relink/lib/" ;;
        esac
        printf '%s ' "$flag"
    done >"$tree/grader/relink/$program.libraries"
    cp "$build/handout/$program.o" "$tree/grader/relink/"
}

build() {
    cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo \
        -DBUILD_TESTING=OFF -DCMAKE_C_COMPILER=gcc -DGRADER_HANDOUT=ON \
        -DHANDOUT_CJSON="$(cd "$cjson" && pwd)" && ninja -C "$build" handout
}

copy_exercise() {
    from=exercises/$exercise
    cp "$from"/*.h "$from/fba.c" "$from/prompt.md" "$from/playground.c" "$tree/"
    # The two relatives of the allocator have a folder of their own here.
    # shellcheck disable=SC2016 # a mark of Markdown
    sed 's,\[`reference/`\](../../reference),[`allocators/`](allocators),' \
        "$from/lesson.md" >"$tree/lesson.md"
    mkdir -p "$tree/examples" "$tree/allocators"
    cp "$from"/examples/* "$tree/examples/"
    cp reference/arena.? reference/gpa.? "$tree/allocators/"
    cp tools/handout/Makefile tools/handout/README.md "$tree/"
}

copy_installation() {
    to=$tree/grader
    mkdir -p "$to/bin" "$to/lib/$harness" "$to/share/exercises/$exercise"
    cp "$build/lib/subject.ld" "$build/lib/libgcc.a" "$build/handout/compiler_view.so" \
        "$to/lib/"
    cp "$build/lib/$harness/runtime.o" "$to/lib/$harness/"
    cp "$build/handout/exercise.json" "exercises/$exercise"/*.h \
        "$to/share/exercises/$exercise/"
}

copy_relinkable() {
    to=$tree/grader/relink
    mkdir -p "$to/lib" "$to/licences"
    link_with grader libdw libelf libmd libcjson
    link_with "judge_$harness" check libcjson libseccomp
    cp tools/handout/relink.sh tools/handout/LICENCES.md "$to/"
    cp LICENSE "$to/licences/fba-grader"
    cp /usr/share/common-licenses/LGPL-2.1 /usr/share/common-licenses/LGPL-3 \
        /usr/share/common-licenses/GPL-2 /usr/share/common-licenses/GPL-3 "$to/licences/"
    for package in $packages $compiler; do
        cp "/usr/share/doc/$package/copyright" "$to/licences/$package"
        source_of "$package"
        echo
    done | sort -u >"$to/sources"
}

# pack FILE FOLDER NAME: the same bytes for the same content.
pack() {
    tar --create --directory "$2" --sort=name --mtime="@$SOURCE_DATE_EPOCH" \
        --owner=0 --group=0 --numeric-owner --mode=u+rw,go=rX --file - "$3" >"$1"
}

harness=$(sed -n 's/^ *"harness": *"\([a-z0-9_]*\)".*/\1/p' "exercises/$exercise/exercise.json")
compiler=gcc-$(gcc -dumpversion)-base
tree=$build/tree/$name

ci/install_deps.sh handout
mkdir -p "$build" "$dist"
unpack_cjson
if ! build >"$build/build.log" 2>&1; then
    cat "$build/build.log" >&2
    exit 3
fi
rm -rf "$build/tree"
mkdir -p "$tree"
copy_exercise
copy_installation
copy_relinkable
if [ "$with" = --programs ]; then
    # Platforms decide whom they show what.
    cp "$build/handout/grader_platform.o" "$tree/grader/relink/grader.o"
    CC=gcc "$tree/grader/relink/relink.sh"
    rm -rf "$build/programs" "$tree/grader/relink"
    mv "$tree/grader" "$build/programs"
    exit
fi
# What a student could do later is how the programs are made.
CC=gcc "$tree/grader/relink/relink.sh"
pack "$build/$name.tar" "$build/tree" "$name"
gzip --no-name -9 <"$build/$name.tar" >"$dist/$name.tar.gz"
echo "$dist/$name.tar.gz"

if [ "$with" = --sources ]; then
    rm -rf "$build/$name-sources"
    for package in $lgpl; do
        fetch "$build/$name-sources" "$(source_of "$package")"
    done
    pack "$dist/$name-sources.tar" "$build" "$name-sources"
    echo "$dist/$name-sources.tar"
fi
