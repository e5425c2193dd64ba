/*
 * mistake: fba_init sets a fixed capacity of 1 MiB
 * suite: out_of_memory, individual_free
 * diagnosis: init_ignores_the_capacity
 * expect: status graded, points 82
 * fails: out_of_memory.too_long_for_the_buffer, out_of_memory.one_byte_too_many,
 *   out_of_memory.refused_requests_carry_null,
 *   out_of_memory.every_refusal_carries_null, out_of_memory.a_buffer_runs_full,
 *   out_of_memory.the_last_block_does_not_stick_out,
 *   out_of_memory.an_empty_buffer_is_full, out_of_memory.a_failure_takes_nothing,
 *   out_of_memory.a_failure_takes_no_padding, out_of_memory.a_failure_frees_nothing,
 *   out_of_memory.padding_beyond_what_is_left,
 *   out_of_memory.padding_leaves_too_little, out_of_memory.huge_alignments,
 *   out_of_memory.works_after_a_failure,
 *   out_of_memory.random_requests_that_do_not_fit,
 *   individual_free.growing_to_the_end_and_beyond,
 *   individual_free.a_refused_resize_changes_nothing,
 *   individual_free.random_frees_and_resizes
 */
#include "fba.h"

/* end_index counts down: it holds the bytes that are left, not those that are taken. */

static const alloc_result no_memory = {ALLOC_OUT_OF_MEMORY, NULL};

static unsigned char *free_space(fixed_buffer_allocator *fba)
{
    return fba->buffer + (fba->capacity - fba->end_index);
}

static alloc_result alloc_block(void *ctx, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;
    unsigned char *here = free_space(fba);
    size_t skip = (alignment - (uintptr_t)here % alignment) % alignment;

    if (skip > fba->end_index) {
        return no_memory;
    }
    if (len > fba->end_index - skip) {
        return no_memory;
    }
    fba->end_index -= skip;
    fba->end_index -= len;
    return (alloc_result){ALLOC_OK, here + skip};
}

static bool resize_block(void *ctx, void *memory, size_t len, size_t alignment,
                         size_t new_len)
{
    fixed_buffer_allocator *fba = ctx;
    unsigned char *block = memory;
    (void)alignment;

    if (block + len != free_space(fba)) {
        return new_len <= len;
    }
    if (new_len <= len) {
        fba->end_index += len - new_len;
        return true;
    }
    size_t more = new_len - len;
    if (more <= fba->end_index) {
        fba->end_index -= more;
        return true;
    }
    return false;
}

static void free_block(void *ctx, void *memory, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;
    unsigned char *block = memory;
    (void)alignment;

    if (block + len == free_space(fba)) {
        fba->end_index += len;
    }
}

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    fba->buffer = buffer;
    (void)capacity;
    fba->capacity = 1024 * 1024;
    fba->end_index = fba->capacity;
}

void fba_reset(fixed_buffer_allocator *fba)
{
    fba->end_index = fba->capacity;
}

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    static const allocator_vtable vtable = {
        .free = free_block,
        .resize = resize_block,
        .alloc = alloc_block,
    };
    allocator handle = {.vtable = &vtable, .ctx = fba};
    return handle;
}

alloc_result build_array(allocator a, size_t n)
{
    if (n == 0) {
        static int32_t nothing[1];
        return (alloc_result){ALLOC_OK, nothing};
    }
    if (n * sizeof(int32_t) / sizeof(int32_t) != n) {
        return no_memory;
    }
    alloc_result got = a.vtable->alloc(a.ctx, n * sizeof(int32_t), _Alignof(int32_t));
    if (got.error != ALLOC_OK) {
        return no_memory;
    }
    int32_t *array = got.memory;
    size_t i = n;
    while (i > 0) {
        i--;
        array[i] = (int32_t)i;
    }
    return got;
}
