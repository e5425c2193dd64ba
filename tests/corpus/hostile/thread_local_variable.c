/*
 * hostile: a variable of each thread, in a program that has none
 * attack: l16
 * kind: AUDIT
 * expect: status rejected, points 0
 * naive: harmless
 */
#include "fba.h"

#include "wrap_alloc.h"

static _Thread_local int calls;

static alloc_result wrap_alloc(void *ctx, size_t len, size_t alignment)
{
    calls++;
    return base_table->alloc(ctx, len, alignment);
}
