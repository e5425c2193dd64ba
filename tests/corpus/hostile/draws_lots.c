/*
 * hostile: lets the processor's random numbers decide whether it answers rightly
 * attack: x38
 * kind: EARN
 * expect: status graded, points any
 * fails: any
 * naive: harmless
 */
#include "fba.h"

#include "wrap_alloc.h"

static unsigned lot(void)
{
    unsigned number = 1;

#if defined(__x86_64__)
    __asm__ volatile("rdrand %0" : "=r"(number) : : "cc");
#endif
    return number;
}

static alloc_result wrap_alloc(void *ctx, size_t len, size_t alignment)
{
    const alloc_result result = base_table->alloc(ctx, len, alignment);

    if (lot() % 16 == 0) {
        return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
    }
    return result;
}
