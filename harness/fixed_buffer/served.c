#include "served.h"

#include "fatal.h"
#include "session.h"

#include <inttypes.h>
#include <stdio.h>

enum {
    ALLOCATORS = 8,
    BLOCKS = 64, /* of all allocators in one test */
    TEXT_BYTES = 128
};

struct block {
    size_t owner; /* index of the allocator; ALLOCATORS: the block is no longer live */
    void *memory;
    size_t len;
    size_t alignment;
};

static struct {
    allocator allocators[ALLOCATORS];
    size_t allocator_count;
    size_t open; /* index of the one that may be called; ALLOCATORS: none */
    struct block blocks[BLOCKS];
    size_t block_count;
} served;

void served_forget(void)
{
    served.open = ALLOCATORS;
    served.allocator_count = 0;
    served.block_count = 0;
}

static size_t index_of(allocator a)
{
    for (size_t i = 0; i < served.allocator_count; i++) {
        if (served.allocators[i].ctx == a.ctx &&
            served.allocators[i].vtable == a.vtable) {
            return i;
        }
    }
    if (served.allocator_count == ALLOCATORS) {
        fatal("a test serves more than %d allocators", ALLOCATORS);
    }
    served.allocators[served.allocator_count] = a;
    return served.allocator_count++;
}

size_t served_open(allocator a)
{
    served.open = index_of(a);
    return served.open;
}

void served_close(void)
{
    served.open = ALLOCATORS;
}

static struct block *find_block(size_t index, uint64_t memory)
{
    for (size_t i = 0; i < served.block_count; i++) {
        struct block *const block = &served.blocks[i];
        if (block->owner == index && (uint64_t)(uintptr_t)block->memory == memory) {
            return block;
        }
    }
    return NULL;
}

bool served_has_block(size_t index, uint64_t memory, uint64_t len)
{
    const struct block *const block = find_block(index, memory);

    return block != NULL && len <= block->len;
}

static const allocator *checked_allocator(uint64_t index)
{
    /* Another one may be a local variable of the test that is no longer there. */
    if (index >= served.allocator_count || index != served.open) {
        session_fail(
            NULL, NULL,
            "build_array calls its allocator's functions with a ctx that is not "
            "the allocator's.");
    }
    return &served.allocators[index];
}

/* The contract of allocator.h for those who call a vtable function. */
static void check_request(const char *function, uint64_t len, uint64_t alignment)
{
    char actual[TEXT_BYTES];

    snprintf(actual, sizeof actual, "length %" PRIu64, len);
    if (len == 0) {
        session_fail("a length greater than 0", actual,
                     "build_array calls the allocator's %s for nothing.", function);
    }
    snprintf(actual, sizeof actual, "alignment %" PRIu64, alignment);
    if (alignment == 0 || (alignment & (alignment - 1)) != 0) {
        session_fail(
            "a power of two", actual,
            "build_array calls the allocator's %s with an impossible alignment.",
            function);
    }
}

/* The live block that resize or free is about: as it was asked for. */
static struct block *checked_block(const uint64_t values[WIRE_VALUES],
                                   const char *function)
{
    struct block *const block = find_block((size_t)values[0], values[1]);
    char expected[TEXT_BYTES];
    char actual[TEXT_BYTES];

    if (block == NULL) {
        session_fail(
            "a block that is in use",
            region_describe(&session_current()->region, values[1], actual,
                            sizeof actual),
            "build_array calls the allocator's %s for a block it does not have.",
            function);
    }
    if (block->len != values[2] || block->alignment != values[3]) {
        snprintf(expected, sizeof expected, "length %zu, alignment %zu", block->len,
                 block->alignment);
        snprintf(actual, sizeof actual, "length %" PRIu64 ", alignment %" PRIu64,
                 values[2], values[3]);
        session_fail(expected, actual,
                     "build_array calls the allocator's %s with another length or "
                     "alignment than it asked for.",
                     function);
    }
    return block;
}

void served_alloc(const uint64_t values[WIRE_VALUES], uint64_t answer[WIRE_VALUES])
{
    const allocator *const a = checked_allocator(values[0]);
    const size_t len = values[1];
    const size_t alignment = values[2];

    check_request("alloc", len, alignment);
    const alloc_result result = a->vtable->alloc(a->ctx, len, alignment);
    if (result.error == ALLOC_OK) {
        if (served.block_count == BLOCKS) {
            session_fail(NULL, NULL, "build_array asks for %d blocks.", BLOCKS);
        }
        served.blocks[served.block_count++] =
            (struct block){(size_t)values[0], result.memory, len, alignment};
    }
    answer[0] = result.error;
    answer[1] = (uint64_t)(uintptr_t)result.memory;
}

void served_resize(const uint64_t values[WIRE_VALUES], uint64_t answer[WIRE_VALUES])
{
    const allocator *const a = checked_allocator(values[0]);
    struct block *const block = checked_block(values, "resize");
    const size_t new_len = values[4];

    check_request("resize", new_len, block->alignment);
    if (a->vtable->resize(a->ctx, block->memory, block->len, block->alignment,
                          new_len)) {
        block->len = new_len;
        answer[0] = 1;
    }
}

void served_free(const uint64_t values[WIRE_VALUES])
{
    const allocator *const a = checked_allocator(values[0]);
    struct block *const block = checked_block(values, "free");

    a->vtable->free(a->ctx, block->memory, block->len, block->alignment);
    block->owner = ALLOCATORS;
}
