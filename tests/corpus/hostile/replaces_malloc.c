/*
 * hostile: defines malloc, calloc, realloc and free, which hand out one block
 * attack: l07
 * kind: EARN
 * expect: status graded, points 100
 * fails: none
 * naive: crashes
 */
#include "fba.h"

#include "allocator.c"

static unsigned char pool[1 << 16];
static size_t used;

void *malloc(size_t size);
void *malloc(size_t size)
{
    void *const block = pool + used;

    used += (size + 15) & ~(size_t)15;
    return used > sizeof pool ? NULL : block;
}

void *calloc(size_t count, size_t size);
void *calloc(size_t count, size_t size)
{
    return malloc(count * size);
}

void *realloc(void *old, size_t size);
void *realloc(void *old, size_t size)
{
    (void)old;
    return malloc(size);
}

void free(void *block);
void free(void *block)
{
    (void)block;
}
