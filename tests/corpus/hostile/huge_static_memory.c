/*
 * hostile: a gibibyte of static memory
 * attack: r15
 * kind: AUDIT
 * expect: status rejected, points 0
 * naive: harmless
 */
#include "fba.h"

#include "wrap_alloc.h"

static unsigned char spare[1 << 30];

static alloc_result wrap_alloc(void *ctx, size_t len, size_t alignment)
{
    spare[len % sizeof spare] = 1;
    return base_table->alloc(ctx, len, alignment);
}
