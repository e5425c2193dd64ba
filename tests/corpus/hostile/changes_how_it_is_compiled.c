/*
 * hostile: silences warnings and asks for other optimisations and instructions
 * attack: c14
 * kind: EARN
 * expect: status graded, points 100
 * fails: none
 * naive: harmless
 */
#pragma GCC optimize("O3", "no-sanitize", "fast-math")
#pragma GCC diagnostic ignored "-Wall"
#pragma GCC system_header
#include "fba.h"

#include "allocator.c"

__attribute__((no_sanitize("undefined"), optimize("O0"), used)) static int unchecked(int x)
{
    return x + 1;
}
