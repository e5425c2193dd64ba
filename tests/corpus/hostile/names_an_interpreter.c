/*
 * hostile: a section that names a program to load this one
 * attack: l10
 * kind: AUDIT
 * expect: status rejected, points 0
 * naive: harmless
 */
#include "fba.h"

#include "allocator.c"

__attribute__((section(".interp"), used)) static const char loader[] = "/tmp/loader";
