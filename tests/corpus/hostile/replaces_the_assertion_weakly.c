/*
 * hostile: defines the function that Check calls when an assertion fails, but weakly
 * attack: l02
 * kind: EARN
 * expect: status graded, points 100
 * fails: none
 * naive: harmless
 */
#include "fba.h"

#include "allocator.c"

__attribute__((weak)) void _ck_assert_failed(const char *file, int line);
__attribute__((weak)) void _ck_assert_failed(const char *file, int line)
{
    (void)file, (void)line;
}
