/*
 * design: sums of 128 bits, which cannot wrap around; the empty array is a variable
 * expect: status graded, points 100
 */
#include "fba.h"
typedef unsigned __int128 wide;

static alloc_result alloc(void *ctx, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;
    wide base = (uintptr_t)fba->buffer;
    wide at = base + fba->end_index;
    wide start = (at + alignment - 1) / alignment * alignment;
    wide end = start + len;
    if (end > base + fba->capacity)
        return (alloc_result){.error = ALLOC_OUT_OF_MEMORY};
    fba->end_index = (size_t)(end - base);
    return (alloc_result){.memory = fba->buffer + (size_t)(start - base)};
}

static bool resize(
    void *ctx, void *memory, size_t len, size_t alignment, size_t new_len)
{
    fixed_buffer_allocator *fba = ctx;
    (void)alignment;
    wide start = (uintptr_t)memory;
    wide used_end = (wide)(uintptr_t)fba->buffer + fba->end_index;
    if (start + len != used_end)
        return (wide)new_len <= (wide)len;
    if (start + new_len > (wide)(uintptr_t)fba->buffer + fba->capacity)
        return false;
    fba->end_index = (size_t)(start + new_len - (uintptr_t)fba->buffer);
    return true;
}

static void release(void *ctx, void *memory, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;
    (void)alignment;
    if ((wide)(uintptr_t)memory + len == (wide)(uintptr_t)fba->buffer + fba->end_index)
        fba->end_index = (size_t)((wide)fba->end_index - len);
}

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    fba->buffer = buffer;
    fba->capacity = capacity;
    fba->end_index = 0;
}

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    static const allocator_vtable t = {alloc, resize, release};
    return (allocator){fba, &t};
}

void fba_reset(fixed_buffer_allocator *fba)
{
    fba_init(fba, fba->buffer, fba->capacity);
}

alloc_result build_array(allocator a, size_t n)
{
    static int32_t nothing[1];
    if (n == 0)
        return (alloc_result){ALLOC_OK, nothing};
    wide bytes = (wide)n * sizeof(int32_t);
    if (bytes > SIZE_MAX)
        return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
    alloc_result r = a.vtable->alloc(a.ctx, (size_t)bytes, _Alignof(int32_t));
    if (r.error == ALLOC_OK)
        for (size_t i = n; i-- > 0;)
            ((int32_t *)r.memory)[i] = (int32_t)i;
    return r;
}
