/*
 * hostile: brings its own handlers of failed checks, and an abort that returns
 * attack: x08
 * kind: EARN
 * expect: status graded, points 100
 * fails: none
 * naive: harmless
 */
#include "fba.h"

#include "allocator.c"

void __ubsan_handle_type_mismatch_v1_abort(void);
void __ubsan_handle_type_mismatch_v1_abort(void)
{
}

void __ubsan_handle_add_overflow_abort(void);
void __ubsan_handle_add_overflow_abort(void)
{
}

void abort(void);
void abort(void)
{
}

void __assert_fail(void);
void __assert_fail(void)
{
}
