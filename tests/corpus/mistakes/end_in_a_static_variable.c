/*
 * mistake: the end is kept in a static variable that all FBAs share
 * suite: polymorphism
 * diagnosis: end_in_a_static_variable
 * expect: status graded, points 98
 * fails: polymorphism.a_new_fba_leaves_others_alone,
 *   polymorphism.random_calls_of_three_fbas
 */
#include "fba.h"

static size_t used; /* bytes of the buffer that are taken */

static alloc_result do_alloc(void *ctx, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;
    alloc_result result = {ALLOC_OUT_OF_MEMORY, NULL};
    size_t pad = 0;

    while ((size_t)(fba->buffer + used + pad) % alignment != 0) {
        if (used + pad == fba->capacity) {
            return result;
        }
        pad = pad + 1;
    }
    if (len <= fba->capacity - used - pad) {
        result.error = ALLOC_OK;
        result.memory = fba->buffer + used + pad;
        used = used + pad + len;
    }
    return result;
}

static bool do_resize(void *ctx, void *memory, size_t len, size_t alignment,
                      size_t new_len)
{
    fixed_buffer_allocator *fba = ctx;
    size_t start = (size_t)((unsigned char *)memory - fba->buffer);
    (void)alignment;

    if (start + len != used) {
        return new_len <= len;
    }
    if (new_len > fba->capacity - start) {
        return false;
    }
    used = start + new_len;
    return true;
}

static void do_free(void *ctx, void *memory, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;
    (void)alignment;

    if ((unsigned char *)memory + len == fba->buffer + used) {
        used = used - len;
    }
}

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    fba->buffer = buffer;
    fba->capacity = capacity;
    used = 0;
}

void fba_reset(fixed_buffer_allocator *fba)
{
    (void)fba;
    used = 0;
}

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    static const allocator_vtable vtable = {do_alloc, do_resize, do_free};
    allocator a = {fba, &vtable};
    return a;
}

alloc_result build_array(allocator a, size_t n)
{
    alloc_result result = allocator_alloc(a, n, sizeof(int32_t), _Alignof(int32_t));
    int32_t *array = result.memory;
    if (result.error == ALLOC_OK) {
        for (size_t i = 0; i < n; i++) {
            array[i] = (int32_t)i;
        }
    }
    return result;
}
