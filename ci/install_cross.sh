#!/bin/sh
# Fetches the libraries the grader needs for aarch64 into a folder of this checkout.
#
#   ci/install_cross.sh FOLDER
#
# Afterwards FOLDER/sysroot holds them, to be found by cmake/aarch64.cmake. They are the
# distribution's own packages, unpacked and not installed: the machine's package
# configuration stays as it is, and no root is needed. The compiler and the emulator come
# from ci/install_deps.sh. Does nothing when the folder is complete.
set -eu

PACKAGES="check libsubunit-dev libsubunit0 libcjson-dev libcjson1 libelf-dev zlib1g-dev
    zlib1g libdw-dev liblzma-dev liblzma5 libbz2-dev libbz2-1.0 libseccomp-dev libseccomp2
    libmd-dev libmd0"

folder=$(mkdir -p "$1" && cd "$1" && pwd)
complete=$folder/packages
wanted=$(echo "$PACKAGES" | tr -s ' \n' ' ')
if [ -e "$complete" ] && [ "$(cat "$complete")" = "$wanted" ]; then
    exit 0
fi
if ! command -v apt-get >/dev/null; then
    echo "The aarch64 libraries are fetched with apt-get, which is not here." >&2
    exit 1
fi

# A package system of its own: this machine's archives and keys, another architecture.
state=$folder/apt
mkdir -p "$state/lists/partial" "$state/cache/archives/partial" "$folder/archives"
: >"$state/status"
set -- -o APT::Architecture=arm64 -o APT::Architectures::=arm64 \
    -o Dir::State="$state" -o Dir::State::status="$state/status" \
    -o Dir::State::lists="$state/lists" -o Dir::Cache="$state/cache" \
    -o APT::Sandbox::User=root -o Acquire::Retries=3 -o Acquire::Languages=none

# Ubuntu keeps the packages of this architecture in an archive of its own.
if grep -q '^ID=ubuntu' /etc/os-release; then
    name=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)
    signed=/usr/share/keyrings/ubuntu-archive-keyring.gpg
    for pocket in "$name" "$name-updates"; do
        echo "deb [signed-by=$signed] http://ports.ubuntu.com $pocket main universe"
    done >"$state/sources.list"
    set -- "$@" -o Dir::Etc::sourcelist="$state/sources.list" -o Dir::Etc::sourceparts=-
fi

log=$folder/log
rm -rf "$folder/sysroot" "$complete"
mkdir -p "$folder/sysroot"
# An archive without this architecture is no reason to stop; a missing package is.
apt-get "$@" update >"$log" 2>&1 || true
# The names say since 2024 that they count time in 64 bits.
libelf="libelf1 libdw1"
if apt-cache "$@" show libelf1t64 >>"$log" 2>&1; then
    libelf="libelf1t64 libdw1t64"
fi
# shellcheck disable=SC2086 # a list of words, split on purpose
if ! (cd "$folder/archives" && rm -f ./*.deb &&
    apt-get "$@" download $PACKAGES $libelf) \
    >>"$log" 2>&1; then
    cat "$log" >&2
    echo "The aarch64 libraries could not be fetched; apt's messages are above." >&2
    exit 1
fi
for package in "$folder"/archives/*.deb; do
    dpkg-deb -x "$package" "$folder/sysroot"
done
rm -rf "$state" "$folder/archives"
printf '%s' "$wanted" >"$complete"
