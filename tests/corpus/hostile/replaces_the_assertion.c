/*
 * hostile: defines the function that Check calls when an assertion fails
 * attack: l01
 * kind: EARN
 * expect: status graded, points 100
 * fails: none
 * naive: passes
 */
#include "fba.h"

#include "allocator.c"

void _ck_assert_failed(const char *file, int line, const char *expression,
                       const char *message, ...);
void _ck_assert_failed(const char *file, int line, const char *expression,
                       const char *message, ...)
{
    (void)file, (void)line, (void)expression, (void)message;
}
