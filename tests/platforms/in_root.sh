#!/bin/sh
# Runs a command in a root folder that has /proc and /dev.
#
#   tests/platforms/in_root.sh ROOT COMMAND...
#
# Both are mounted for the command alone, and are gone with it, however it ends: removing
# ROOT later must not reach the devices of the machine.
set -eu

if [ "$1" != --inside ]; then
    exec unshare --mount "$0" --inside "$@"
fi
root=$2
shift 2
mount -t proc proc "$root/proc"
mount -t devtmpfs devtmpfs "$root/dev"
exec chroot "$root" "$@"
