/*
 * hostile: counts to three hundred thousand in every alloc
 * attack: r13
 * kind: EARN
 * expect: status graded, points any
 * fails: any
 * naive: harmless
 */
#include "fba.h"

#define fba_init base_init
#include "allocator.c"
#undef fba_init

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    for (volatile unsigned i = 0; i < 10000000; i++) {
    }
    base_init(fba, buffer, capacity);
}
