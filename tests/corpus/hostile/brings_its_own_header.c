/*
 * hostile: says that the header was read already, and declares its own types
 * attack: c15
 * kind: FAIL
 * expect: status graded, points 0
 * fails: every test
 * statuses: crash, undefined_behaviour
 * naive: harmless
 */
#define ALLOCATOR_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct alloc_result {
    uint64_t error;
    uint64_t nothing;
    void *memory;
} alloc_result;

typedef enum alloc_error {
    ALLOC_OK = 0,
    ALLOC_OUT_OF_MEMORY = 1
} alloc_error;

typedef struct allocator_vtable {
    alloc_result (*alloc)(void *ctx, size_t len, size_t alignment);
    bool (*resize)(void *ctx, void *memory, size_t len, size_t alignment,
                   size_t new_len);
    void (*free)(void *ctx, void *memory, size_t len, size_t alignment);
} allocator_vtable;

typedef struct allocator {
    void *ctx;
    const allocator_vtable *vtable;
} allocator;

#include "fba.h"

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    fba->buffer = buffer;
    fba->capacity = capacity;
    fba->end_index = 0;
}

static alloc_result take_all(void *ctx, size_t len, size_t alignment)
{
    const fixed_buffer_allocator *fba = ctx;

    (void)len, (void)alignment;
    return (alloc_result){ALLOC_OK, 0, fba->buffer};
}

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    static const allocator_vtable table = {take_all, NULL, NULL};

    return (allocator){fba, &table};
}

void fba_reset(fixed_buffer_allocator *fba)
{
    fba->end_index = 0;
}

alloc_result build_array(allocator a, size_t n)
{
    return a.vtable->alloc(a.ctx, n * sizeof(int32_t), _Alignof(int32_t));
}
