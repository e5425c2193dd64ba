/*
 * mistake: build_array asks for one element at a time
 * suite: polymorphism
 * diagnosis: array_element_by_element
 * expect: status graded, points 90
 * fails: polymorphism.build_array_asks_once,
 *   polymorphism.build_array_asks_for_the_alignment,
 *   polymorphism.build_array_keeps_the_block, polymorphism.elements_count_from_zero,
 *   polymorphism.many_elements, polymorphism.build_array_passes_the_failure_on,
 *   polymorphism.an_empty_array, polymorphism.a_size_that_does_not_fit,
 *   polymorphism.build_array_on_your_fba,
 *   polymorphism.build_array_on_other_allocators
 * statuses: fail, protocol_violation
 */
#include "fba.h"

static bool ends_at_end(const fixed_buffer_allocator *fba, const void *p, size_t len)
{
    return (uintptr_t)p + len == (uintptr_t)fba->buffer + fba->end_index;
}

static alloc_result get(void *ctx, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;
    uintptr_t start = (uintptr_t)fba->buffer + fba->end_index;
    size_t rest = fba->capacity - fba->end_index;

    if (start % alignment) {
        size_t gap = alignment - start % alignment;
        if (gap > rest) {
            return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
        }
        rest -= gap;
        start += gap;
    }
    if (len > rest) {
        return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
    }
    fba->end_index = fba->capacity - rest + len;
    return (alloc_result){ALLOC_OK, (void *)start};
}

static bool set(void *ctx, void *p, size_t len, size_t alignment, size_t new_len)
{
    fixed_buffer_allocator *fba = ctx;
    size_t rest = fba->capacity - fba->end_index;

    (void)alignment;
    if (!ends_at_end(fba, p, len)) {
        return new_len <= len;
    }
    if (new_len > rest + len) {
        return false;
    }
    fba->end_index += new_len;
    fba->end_index -= len;
    return true;
}

static void put(void *ctx, void *p, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;

    (void)alignment;
    fba->end_index -= ends_at_end(fba, p, len) ? len : 0;
}

static const allocator_vtable get_set_put = {.alloc = get, .resize = set, .free = put};

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    fba->end_index = 0;
    fba->buffer = buffer;
    fba->capacity = capacity;
}

void fba_reset(fixed_buffer_allocator *fba)
{
    fba->end_index = 0;
}

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    return (allocator){fba, &get_set_put};
}

alloc_result build_array(allocator a, size_t n)
{
    alloc_result first = {ALLOC_OK, (void *)_Alignof(int32_t)};

    if (n > SIZE_MAX / sizeof(int32_t)) {
        return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
    }
    for (size_t i = 0; i < n; i++) {
        alloc_result next =
            allocator_alloc(a, 1, sizeof(int32_t), _Alignof(int32_t));
        if (next.error != ALLOC_OK) {
            return next;
        }
        if (i == 0) {
            first = next;
        }
        *(int32_t *)next.memory = (int32_t)i;
    }
    return first;
}
