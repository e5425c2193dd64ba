/*
 * mistake: build_array grows the array element by element
 * suite: polymorphism
 * diagnosis: array_resizes
 * expect: status graded, points 91
 * fails: polymorphism.build_array_asks_once,
 *   polymorphism.build_array_asks_for_the_alignment,
 *   polymorphism.build_array_keeps_the_block, polymorphism.elements_count_from_zero,
 *   polymorphism.many_elements, polymorphism.build_array_passes_the_failure_on,
 *   polymorphism.an_empty_array, polymorphism.a_size_that_does_not_fit,
 *   polymorphism.build_array_on_other_allocators
 * statuses: fail, protocol_violation
 */
#include "fba.h"

static bool is_on_top(fixed_buffer_allocator *self, unsigned char *block, size_t len)
{
    return block + len == self->buffer + self->end_index;
}

static size_t padding_for(fixed_buffer_allocator *self, size_t alignment)
{
    uintptr_t here = (uintptr_t)self->buffer + self->end_index;
    size_t past = here & (alignment - 1);
    return past ? alignment - past : 0;
}

static alloc_result take(void *ctx, size_t len, size_t alignment)
{
    fixed_buffer_allocator *self = ctx;
    alloc_result r = {ALLOC_OUT_OF_MEMORY, NULL};
    size_t left = self->capacity - self->end_index;
    size_t padding = padding_for(self, alignment);

    if (padding <= left && len <= left - padding) {
        r.error = ALLOC_OK;
        r.memory = self->buffer + self->end_index + padding;
        self->end_index += padding + len;
    }
    return r;
}

static bool change(void *ctx, void *memory, size_t len, size_t alignment, size_t new_len)
{
    fixed_buffer_allocator *self = ctx;
    (void)alignment;

    if (!is_on_top(self, memory, len))
        return new_len <= len;

    if (new_len > len) {
        size_t more = new_len - len;
        if (more > self->capacity - self->end_index)
            return false;
        self->end_index += more;
    } else {
        self->end_index -= len - new_len;
    }
    return true;
}

static void give(void *ctx, void *memory, size_t len, size_t alignment)
{
    fixed_buffer_allocator *self = ctx;
    (void)alignment;

    if (is_on_top(self, memory, len))
        self->end_index -= len;
}

void fba_init(fixed_buffer_allocator *self, void *buffer, size_t capacity)
{
    self->buffer = buffer;
    self->capacity = capacity;
    self->end_index = 0;
}

allocator fba_allocator(fixed_buffer_allocator *self)
{
    static const allocator_vtable table = {take, change, give};
    return (allocator){self, &table};
}

void fba_reset(fixed_buffer_allocator *self)
{
    self->end_index = 0;
}

alloc_result build_array(allocator a, size_t n)
{
    const size_t size = sizeof(int32_t);
    alloc_result r = allocator_alloc(a, 0, size, _Alignof(int32_t));

    for (size_t i = 0; i < n; i++) {
        r = allocator_realloc(a, r.memory, i * size, _Alignof(int32_t), (i + 1) * size);
        if (r.error != ALLOC_OK)
            return r;
        ((int32_t *)r.memory)[i] = (int32_t)i;
    }
    return r;
}
