/*
 * design: helpers call themselves: alignment and the array are done by halves
 * expect: status graded, points 100
 */
#include "fba.h"

/* The smallest multiple of `alignment` that is not below `address`, for powers of two. */
static uintptr_t next_multiple(uintptr_t address, size_t alignment)
{
    if (alignment == 1) {
        return address;
    }
    return next_multiple(address / 2 + address % 2, alignment / 2) * 2;
}

static size_t free_bytes(const fixed_buffer_allocator *fba)
{
    return fba->capacity - fba->end_index;
}

static alloc_result get(fixed_buffer_allocator *fba, size_t len, size_t alignment)
{
    uintptr_t now = (uintptr_t)fba->buffer + fba->end_index;
    uintptr_t then = next_multiple(now, alignment);

    if (then != now) {
        fixed_buffer_allocator rest = *fba;
        if (then - now > free_bytes(fba)) {
            return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
        }
        rest.end_index += then - now;
        alloc_result result = get(&rest, len, alignment);
        if (result.error == ALLOC_OK) {
            *fba = rest;
        }
        return result;
    }
    if (len > free_bytes(fba)) {
        return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
    }
    fba->end_index += len;
    return (alloc_result){ALLOC_OK, (void *)now};
}

static alloc_result rec_alloc(void *ctx, size_t len, size_t alignment)
{
    return get(ctx, len, alignment);
}

static bool rec_resize(void *ctx, void *memory, size_t len, size_t alignment,
                       size_t new_len)
{
    fixed_buffer_allocator *fba = ctx;
    unsigned char *block = memory;

    if (new_len == len) {
        return true;
    }
    if (block + len != fba->buffer + fba->end_index) {
        return new_len < len;
    }
    if (new_len > len) {
        if (new_len - len > free_bytes(fba)) {
            return false;
        }
        fba->end_index += new_len - len;
        return rec_resize(ctx, memory, new_len, alignment, new_len);
    }
    fba->end_index -= len - new_len;
    return rec_resize(ctx, memory, new_len, alignment, new_len);
}

static void rec_free(void *ctx, void *memory, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;
    unsigned char *block = memory;

    (void)alignment;
    if (block + len == fba->buffer + fba->end_index) {
        fba->end_index = (size_t)(block - fba->buffer);
    }
}

static const allocator_vtable rec_vtable = {rec_alloc, rec_resize, rec_free};

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    fba->end_index = 0;
    fba->capacity = capacity;
    fba->buffer = buffer;
}

void fba_reset(fixed_buffer_allocator *fba)
{
    fba_init(fba, fba->buffer, fba->capacity);
}

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    return (allocator){fba, &rec_vtable};
}

static void fill(int32_t *array, size_t from, size_t to)
{
    if (to - from == 1) {
        array[from] = (int32_t)from;
    } else if (from != to) {
        size_t middle = from + (to - from) / 2;
        fill(array, from, middle);
        fill(array, middle, to);
    }
}

alloc_result build_array(allocator a, size_t n)
{
    alloc_result result = allocator_alloc(a, n, sizeof(int32_t), _Alignof(int32_t));

    if (result.error == ALLOC_OK) {
        fill(result.memory, 0, n);
    }
    return result;
}
