/*
 * hostile: has variables that the linker joins with others of their names
 * attack: l14
 * kind: AUDIT
 * expect: status rejected, points 0
 * naive: harmless
 */
#include "fba.h"

#include "allocator.c"

__attribute__((common)) int request;
__attribute__((common)) long subject_zygote_stack[4096];
