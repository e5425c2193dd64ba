#!/bin/sh
# Installs what this project needs from the distribution's own packages.
#
#   ci/install_deps.sh run      what a grader that is built needs: a compiler
#   ci/install_deps.sh grade    that, and what `make grade` needs
#   ci/install_deps.sh test     that, and what `make test` needs
#   ci/install_deps.sh bench    that, and what `make bench` needs
#   ci/install_deps.sh handout  what `make handout` needs
#
# Does nothing, and asks for nothing, where all of it is there already. Installs on Debian
# and Ubuntu; elsewhere it says which packages to install and exits with status 1.
set -eu

CMAKE_MINIMUM=3.25

# What is needed: set, how to see that it is there, and the packages that bring it on
# Debian and Ubuntu, Fedora, Arch, Alpine. "-" means that there is no such package.
# cmd: a program; mod: a pkg-config module; inc: a header; lib: a library; py: a Python
# module; rt: a library of clang's.
needs() {
    cat <<'TABLE'
run cmd:gcc gcc gcc gcc gcc
run inc:stdlib.h libc6-dev glibc-devel glibc musl-dev
run cmd:ld binutils binutils binutils binutils
grade cmd:make make make make make
grade cmd:cmake cmake cmake cmake cmake
grade cmd:ninja ninja-build ninja-build ninja samurai
grade cmd:pkg-config pkg-config pkgconf-pkg-config pkgconf pkgconf
grade mod:check check check-devel check check-dev
grade mod:libcjson libcjson-dev cjson-devel cjson cjson-dev
grade mod:libdw libdw-dev elfutils-devel libelf elfutils-dev
grade mod:libelf libelf-dev elfutils-libelf-devel libelf elfutils-dev
grade mod:libseccomp libseccomp-dev libseccomp-devel libseccomp libseccomp-dev
grade mod:libmd libmd-dev libmd-devel libmd libmd-dev
test cmd:python3 python3 python3 python python3
test py:jsonschema python3-jsonschema python3-jsonschema python-jsonschema py3-jsonschema
test py:clang python3-clang python3-clang clang py3-clang
test cmd:clang clang clang clang clang
test rt:fuzzer libclang-rt-dev compiler-rt compiler-rt compiler-rt
test cmd:clang-format clang-format clang-tools-extra clang clang-extra-tools
test cmd:clang-tidy clang-tidy clang-tools-extra clang clang-extra-tools
test cmd:shellcheck shellcheck ShellCheck shellcheck shellcheck
test cmd:valgrind valgrind valgrind valgrind valgrind
test dbg:libc6-dbg libc6-dbg - - musl-dbg
test cmd:strace strace strace strace strace
test cmd:git git git git git
test cmd:tcc tcc tcc tcc tcc
test cmd:xmllint libxml2-utils libxml2 libxml2 libxml2-utils
test cmd:perl perl perl perl perl
test cmd:debootstrap debootstrap - - -
handout cmd:python3 python3 python3 python python3
handout cmd:dpkg-source dpkg-dev - - -
handout inc:zlib.h zlib1g-dev zlib-devel zlib zlib-static
handout lib:liblzma.a liblzma-dev - - -
handout lib:libbz2.a libbz2-dev - - -
handout lib:libsubunit.a libsubunit-dev - - -
bench cmd:hyperfine hyperfine hyperfine hyperfine hyperfine
TABLE
    # The compiler for the other architecture, and the means to run what it makes.
    if [ "$(uname -m)" = x86_64 ]; then
        cat <<'TABLE'
test cmd:aarch64-linux-gnu-gcc gcc-aarch64-linux-gnu gcc-aarch64-linux-gnu aarch64-linux-gnu-gcc -
test inc:../aarch64-linux-gnu/include/stdlib.h libc6-dev-arm64-cross - aarch64-linux-gnu-glibc -
test cmd:qemu-aarch64 qemu-user qemu-user qemu-user qemu-aarch64
TABLE
    fi
}

# Debian's valgrind cannot start without the symbols of the C library's loader.
has_dbg() {
    ! command -v dpkg-query >/dev/null || dpkg-query -W "$1" >/dev/null 2>&1
}

# The distribution's own Python, which the distribution's modules are for; another one,
# earlier in PATH, may belong to a user and be closed to others.
has_python_module() {
    python=/usr/bin/python3
    [ -x $python ] || python=python3
    $python -c "import importlib.util as u, sys
sys.exit(u.find_spec('$1') is None)" 2>/dev/null
}

# The sanitizers and libFuzzer, which some distributions pack apart from clang.
has_clang_runtime() {
    command -v clang >/dev/null &&
        find "$(clang -print-runtime-dir)" "$(clang -print-resource-dir)/lib" \
            -name "libclang_rt.$1*.a" 2>/dev/null | grep -q .
}

has() {
    name=${1#*:}
    case $1 in
    cmd:*) command -v "$name" >/dev/null ;;
    mod:*) command -v pkg-config >/dev/null && pkg-config --exists "$name" ;;
    inc:*) [ -e "/usr/include/$name" ] ;;
    lib:*) command -v gcc >/dev/null && [ -e "$(gcc -print-file-name="$name")" ] ;;
    py:*) has_python_module "$name" ;;
    dbg:*) has_dbg "$name" ;;
    rt:*) has_clang_runtime "$name" ;;
    esac
}

# Prints the packages that are missing for set $1, taken from column $2 of the table.
missing() {
    case $1 in
    run) sets=run ;;
    grade) sets='run grade' ;;
    test) sets='run grade handout test' ;;
    bench) sets='run grade handout test bench' ;;
    handout) sets='run grade handout' ;;
    esac
    needs | while read -r set what debian fedora arch alpine; do
        case " $sets " in *" $set "*) ;; *) continue ;; esac
        case $2 in
        debian) package=$debian ;;
        fedora) package=$fedora ;;
        arch) package=$arch ;;
        alpine) package=$alpine ;;
        *) package=${what#*:} ;;
        esac
        if [ "$package" != - ] && ! has "$what"; then
            echo "$package"
        fi
    done | sort -u | tr '\n' ' '
}

distribution() {
    if [ "$(uname -s)" = Darwin ]; then
        echo macos
    elif command -v apt-get >/dev/null; then
        echo debian
    elif command -v dnf >/dev/null; then
        echo fedora
    elif command -v pacman >/dev/null; then
        echo arch
    elif command -v apk >/dev/null; then
        echo alpine
    else
        echo unknown
    fi
}

install_debian() {
    as_root=
    if [ "$(id -u)" != 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "Some packages are missing, and there is no sudo here. As root, run" >&2
            echo "    apt-get install --no-install-recommends $1" >&2
            return 1
        fi
        as_root=sudo
    fi
    echo "Installing ${1% }" >&2
    log=$(mktemp)
    apt="$as_root env DEBIAN_FRONTEND=noninteractive apt-get -y
         -o DPkg::Lock::Timeout=120 -o Acquire::Retries=3"
    # An outdated list of one foreign archive is no reason to stop; a failed install is.
    # shellcheck disable=SC2086 # lists of words, split on purpose
    if { $apt update || true; } >"$log" 2>&1 &&
        $apt install --no-install-recommends $1 >>"$log" 2>&1; then
        rm -f "$log"
        return 0
    fi
    cat "$log" >&2
    rm -f "$log"
    echo "apt-get could not install the packages; its messages are above." >&2
    return 1
}

say_what_to_install() {
    case $1 in
    fedora) command="sudo dnf install" ;;
    arch) command="sudo pacman -S --needed" ;;
    alpine) command="sudo apk add" ;;
    macos)
        cat >&2 <<'TEXT'
The grader runs on Linux: it confines a submission with means of the Linux kernel.
On macOS, use a Linux container or virtual machine. With Docker, in this folder:
    docker run --rm -it -v "$PWD":/course -w /course debian:12 \
        sh -c 'apt-get update && apt-get install -y make && make grade'
TEXT
        return
        ;;
    *)
        echo "This distribution is not known here. Please install what brings" >&2
        echo "    $2" >&2
        echo "and run the same command again." >&2
        return
        ;;
    esac
    echo "Some packages are missing. Please install them, then run this again:" >&2
    echo "    $command $2" >&2
}

cmake_is_recent() {
    found=$(cmake --version | sed -n 's/^cmake version //p')
    oldest=$(printf '%s\n%s\n' "$CMAKE_MINIMUM" "$found" | sort -V | head -n 1)
    [ "$oldest" = "$CMAKE_MINIMUM" ] && return
    echo "CMake $CMAKE_MINIMUM or later is needed, and this is $found. One way to get it:" >&2
    echo "    python3 -m pip install --user 'cmake>=$CMAKE_MINIMUM'" >&2
    echo "with ~/.local/bin at the front of PATH." >&2
    return 1
}

main() {
    set=${1-}
    case $set in
    run | grade | test | bench | handout) ;;
    *)
        echo "usage: ci/install_deps.sh run|grade|test|bench|handout" >&2
        exit 2
        ;;
    esac
    here=$(distribution)
    packages=$(missing "$set" "$here")
    if [ -n "$packages" ]; then
        if [ "$here" != debian ]; then
            say_what_to_install "$here" "$packages"
            exit 1
        fi
        install_debian "$packages"
    fi
    [ "$set" = run ] || cmake_is_recent
}

main "$@"
