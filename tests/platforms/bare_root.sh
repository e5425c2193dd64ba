#!/bin/sh
# Makes a folder that holds a bare Debian or Ubuntu with few packages and nothing of ours.
#
#   tests/platforms/bare_root.sh FOLDER [PACKAGE...]
#
# The distribution and the archive it comes from are this machine's, and packages can be
# installed in it. What was made is kept beside FOLDER, in bare-*.tar, for the next time. Status 77 where this cannot be done: not root, or no debootstrap.
set -eu

root=$1
shift
if [ "$(id -u)" != 0 ] || ! command -v debootstrap >/dev/null; then
    echo "bare_root.sh: needs root, and debootstrap" >&2
    exit 77
fi
packages=$(echo "$@" | tr ' ' ',')
kept=$(dirname "$root")/bare-$(echo "$packages" | cksum | cut -d ' ' -f 1).tar
# shellcheck source=/dev/null
codename=$(. /etc/os-release && echo "$VERSION_CODENAME")

mkdir -p "$root"
if [ ! -e "$kept" ]; then
    made=$(mktemp -d "$(dirname "$root")/debootstrap.XXXXXX")
    # shellcheck disable=SC2016 # apt's own variables
    mirror=$(apt-get indextargets --format '$(SITE) $(CODENAME)' 2>/dev/null |
        awk -v codename="$codename" '$2 == codename { print $1; exit }')
    debootstrap --variant=minbase ${packages:+"--include=$packages"} "$codename" "$made" \
        "$mirror" >"$kept.log" 2>&1 || {
        tail -n 20 "$kept.log" >&2
        rm -rf "$made"
        exit 1
    }
    chmod 755 "$made"
    rm -f "$made"/var/cache/apt/archives/*.deb
    tar --create --one-file-system --directory "$made" --file "$kept.new" .
    mv "$kept.new" "$kept"
    rm -rf --one-file-system "$made"
fi
tar --extract --directory "$root" --file "$kept"
# How this machine reaches the archives, if not directly.
grep -lis proxy /etc/apt/apt.conf /etc/apt/apt.conf.d/* |
    while read -r file; do
        cp "$file" "$root/etc/apt/apt.conf.d/"
    done
cp /etc/resolv.conf "$root/etc/resolv.conf"
