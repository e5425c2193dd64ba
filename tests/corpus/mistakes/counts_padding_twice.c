/*
 * mistake: the end moves over the padding twice
 * suite: alignment
 * diagnosis: counts_padding_twice
 * expect: status graded, points 95
 * fails: alignment.first_aligned_address_is_used, alignment.padding_is_counted_once,
 *   alignment.sixteen_aligned_blocks_fit,
 *   alignment.random_alignments_at_random_addresses
 */
#include "fba.h"

typedef fixed_buffer_allocator Fba;
typedef unsigned char          Byte;

/* Where would a block go? Returns false if it goes nowhere. Changes nothing. */
static bool place(const Fba *fba, size_t len, size_t alignment, size_t *offset) {
    size_t   used = fba->end_index;
    uintptr_t tail = (uintptr_t)(fba->buffer + used);

    while (tail % alignment != 0 && used < fba->capacity) {
        tail++;
        used++;
    }
    if (tail % alignment != 0) {
        return false;
    }
    *offset = used;
    return len <= fba->capacity - used;
}

/* The one place where the end is written. */
static void move_end(Fba *fba, size_t offset) {
    fba->end_index = offset;
}

static bool at_the_end(const Fba *fba, const Byte *block, size_t len) {
    return (size_t)(block - fba->buffer) + len == fba->end_index;
}

static alloc_result op_alloc(void *ctx, size_t len, size_t alignment) {
    Fba   *fba = ctx;
    size_t offset;

    if (place(fba, len, alignment, &offset)) {
        size_t padding = offset - fba->end_index;

        move_end(fba, offset + padding + len <= fba->capacity ? offset + padding + len
                                                              : fba->capacity);
        return (alloc_result){ALLOC_OK, fba->buffer + offset};
    } else {
        return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
    }
}

static bool op_resize(void *ctx, void *memory, size_t len, size_t alignment,
                      size_t new_len) {
    Fba        *fba    = ctx;
    const Byte *block  = memory;
    size_t      offset = (size_t)(block - fba->buffer);
    bool        last   = at_the_end(fba, block, len);
    bool        fits   = new_len <= fba->capacity - offset;

    (void)alignment;
    if (last && fits) {
        move_end(fba, offset + new_len);
        return true;
    }
    if (!last && new_len <= len) {
        return true;
    }
    return false;
}

static void op_free(void *ctx, void *memory, size_t len, size_t alignment) {
    Fba        *fba   = ctx;
    const Byte *block = memory;

    (void)alignment;
    if (at_the_end(fba, block, len)) {
        move_end(fba, (size_t)(block - fba->buffer));
    }
}

void fba_init(Fba *fba, void *buffer, size_t capacity) {
    fba->buffer   = buffer;
    fba->capacity = capacity;
    move_end(fba, 0);
}

void fba_reset(Fba *fba) {
    move_end(fba, 0);
}

allocator fba_allocator(Fba *fba) {
    static const allocator_vtable table = {op_alloc, op_resize, op_free};
    allocator a;

    a.ctx    = fba;
    a.vtable = &table;
    return a;
}

static void count(int32_t *array, size_t n) {
    for (size_t i = 0; i < n; i++) {
        array[i] = (int32_t)i;
    }
}

alloc_result build_array(allocator a, size_t n) {
    alloc_result array = allocator_alloc(a, n, sizeof(int32_t), _Alignof(int32_t));

    if (array.error == ALLOC_OK) {
        count(array.memory, n);
    } else {
        array.memory = NULL;
    }
    return array;
}
