/*
 * mistake: build_array begins to fill at index 1
 * suite: polymorphism
 * diagnosis: array_misses_the_first_element
 * expect: status graded, points 92
 * fails: polymorphism.copies_of_a_handle_share_state,
 *   polymorphism.elements_count_from_zero, polymorphism.many_elements,
 *   polymorphism.build_array_passes_the_failure_on, polymorphism.an_empty_array,
 *   polymorphism.a_size_that_does_not_fit, polymorphism.build_array_on_your_fba,
 *   polymorphism.build_array_on_other_allocators
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
    alloc_result r = allocator_alloc(a, n, sizeof(int32_t), _Alignof(int32_t));

    if (r.error == ALLOC_OK) {
        int32_t *numbers = r.memory;
        for (size_t i = 1; i < n; i++)
            numbers[i] = (int32_t)i;
    }
    return r;
}
