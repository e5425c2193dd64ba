/*
 * design: a pointer to the next free byte lives in end_index; blocks are found by
 *   walking it
 * expect: status graded, points 100
 */
#include "fba.h"

/* end_index holds a pointer, as an integer, to the first byte that is free. */
static unsigned char *cursor(const fixed_buffer_allocator *fba)
{
    return (unsigned char *)fba->end_index;
}

static void set_cursor(fixed_buffer_allocator *fba, unsigned char *p)
{
    fba->end_index = (size_t)p;
}

static unsigned char *end_of(const fixed_buffer_allocator *fba)
{
    return fba->buffer + fba->capacity;
}

static alloc_result ptr_alloc(void *ctx, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;
    unsigned char *p = cursor(fba);
    const size_t misfit = (uintptr_t)p & (alignment - 1);

    if (misfit != 0) {
        if ((size_t)(end_of(fba) - p) < alignment - misfit) {
            return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
        }
        p += alignment - misfit;
    }
    if ((size_t)(end_of(fba) - p) < len) {
        return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
    }
    set_cursor(fba, p + len);
    return (alloc_result){ALLOC_OK, p};
}

static bool ptr_resize(void *ctx, void *memory, size_t len, size_t alignment,
                       size_t new_len)
{
    fixed_buffer_allocator *fba = ctx;
    unsigned char *p = memory;

    (void)alignment;
    if (p + len != cursor(fba)) {
        return new_len <= len;
    }
    if (new_len > (size_t)(end_of(fba) - p)) {
        return false;
    }
    set_cursor(fba, p + new_len);
    return true;
}

static void ptr_free(void *ctx, void *memory, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;
    unsigned char *p = memory;

    (void)alignment;
    if (p + len == cursor(fba)) {
        set_cursor(fba, p);
    }
}

static const allocator_vtable ptr_vtable = {ptr_alloc, ptr_resize, ptr_free};

void fba_reset(fixed_buffer_allocator *fba)
{
    set_cursor(fba, fba->buffer);
}

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    fba->buffer = buffer;
    fba->capacity = capacity;
    fba_reset(fba);
}

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    return (allocator){fba, &ptr_vtable};
}

alloc_result build_array(allocator a, size_t n)
{
    alloc_result r = allocator_alloc(a, n, sizeof(int32_t), _Alignof(int32_t));

    if (r.error == ALLOC_OK) {
        int32_t value = 0;
        for (int32_t *p = r.memory, *end = p + n; p != end; p++) {
            *p = value;
            value++;
        }
    }
    return r;
}
