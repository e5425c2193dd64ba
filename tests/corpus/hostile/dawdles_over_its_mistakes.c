/*
 * hostile: is wrong late, and slow each time somebody wants to see that again
 * attack: x37
 * kind: FAIL
 * expect: status graded, points any
 * fails: any
 * naive: harmless
 */
#include "fba.h"

#include "wrap_alloc.h"

/* Some fifty milliseconds for each process, and a refusal after a while. */
static alloc_result wrap_alloc(void *ctx, size_t len, size_t alignment)
{
    static unsigned calls;

    if (calls++ == 0) {
        for (volatile unsigned i = 0; i < 50000000; i++) {
        }
    }
    if (calls > 11) {
        return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
    }
    return base_table->alloc(ctx, len, alignment);
}
