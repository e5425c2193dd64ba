# shellcheck shell=sh disable=SC2034,SC2154
# What the entry points of all platforms share. Read with `.`, after `here` was set to the
# folder that the entry point lies in.
#
# Who calls an entry point: a platform, with paths of its own. In tests PLATFORM_ROOT
# stands before these. What every entry point keeps to: a submission that was graded
# leaves a result, whatever its points; where the grader itself fails there is none, and
# the platform gets its own answer for "not graded". A fault of ours is never a zero.

root=${PLATFORM_ROOT-}
EXERCISE=${EXERCISE:-06_fixed_buffer}

# Packed for one platform, the grader lies beside its entry point; in a checkout it was
# built in build/.
installation=$here/grader
if [ ! -d "$installation" ]; then
    installation=$here/../../build
fi
exercise=$installation/share/exercises/$EXERCISE

# What a submission is called: "fba.c".
submission_name() {
    name=$(sed -n 's/^ *"file": *"\(.*\)".*/\1/p' "$exercise/exercise.json" 2>/dev/null)
    [ -n "$name" ] && printf '%s\n' "$name"
}

# find_submission FOLDER: sets `submission` to the file that was handed in: the one in
# FOLDER itself, or else the only one of that name below. A link is none: it could lead
# to any file of this machine.
find_submission() {
    submission=
    name=$(submission_name) || return 2
    if [ -f "$1/$name" ] && [ ! -L "$1/$name" ]; then
        submission=$1/$name
        return
    fi
    only=$(find "$1/" -mindepth 2 -maxdepth 4 -type f -name "$name" 2>/dev/null)
    # Two names with a line between them may be the name of a third file.
    case $only in
    '' | *"
"*) return 1 ;;
    esac
    submission=$only
}

# The sentence for a student whose submission was not found.
say_missing() {
    printf 'There is no file named %s in this submission. Hand it in under exactly this name.' \
        "$(submission_name)"
}

# grade_as FORMAT TARGET [OPTION...]: grades `submission`. Status 0: TARGET is there.
grade_as() {
    format=$1
    target=$2
    shift 2
    "$installation/bin/grader" grade --exercise "$exercise" --format "$format" \
        --report "$target" "$@" -- "$submission"
}
