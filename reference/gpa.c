#include "gpa.h"

#include <stdalign.h>

/* The note about one live block, in memory of the bookkeeping allocator. */
struct gpa_block {
    struct gpa_block *older;
    struct gpa_block *newer;
    void *memory;
    size_t len;
    size_t alignment;
    size_t number;
};

static void give_back_note(const gpa *self, struct gpa_block *block)
{
    allocator_free(self->bookkeeping, block, sizeof(*block), alignof(struct gpa_block));
}

static void link_newest(gpa *self, struct gpa_block *block)
{
    block->newer = NULL;
    block->older = self->live;
    if (self->live != NULL) {
        self->live->newer = block;
    }
    self->live = block;
    self->live_count++;
    self->live_bytes += block->len;
}

static void unlink_block(gpa *self, const struct gpa_block *block)
{
    if (block->newer == NULL) {
        self->live = block->older;
    } else {
        block->newer->older = block->older;
    }
    if (block->older != NULL) {
        block->older->newer = block->newer;
    }
    self->live_count--;
    self->live_bytes -= block->len;
}

/*
 * The live block that a caller means, or NULL, which is counted. The backing allocator
 * is told only what this list says: a caller who is wrong about a length or frees twice
 * cannot mislead it.
 */
static struct gpa_block *find_block(gpa *self,
                                    const void *memory,
                                    size_t len,
                                    size_t alignment)
{
    for (struct gpa_block *block = self->live; block != NULL; block = block->older) {
        if (block->memory == memory && block->len == len &&
            block->alignment == alignment) {
            return block;
        }
    }
    self->invalid_frees++;
    return NULL;
}

static void release_block(gpa *self, struct gpa_block *block)
{
    unlink_block(self, block);
    allocator_free(self->backing, block->memory, block->len, block->alignment);
    give_back_note(self, block);
}

static alloc_result gpa_alloc(void *ctx, size_t len, size_t alignment)
{
    gpa *self = ctx;

    /* The note comes first: giving it back after a refusal disturbs nobody, while a
     * block given back to the backing allocator may be lost there. */
    const alloc_result note = allocator_alloc(
        self->bookkeeping, 1, sizeof(struct gpa_block), alignof(struct gpa_block));
    if (note.error != ALLOC_OK) {
        return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
    }
    struct gpa_block *block = note.memory;
    const alloc_result result = allocator_alloc(self->backing, 1, len, alignment);
    if (result.error != ALLOC_OK) {
        give_back_note(self, block);
        return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
    }
    self->allocations++;
    block->memory = result.memory;
    block->len = len;
    block->alignment = alignment;
    block->number = self->allocations;
    link_newest(self, block);
    return result;
}

static bool gpa_resize(
    void *ctx, void *memory, size_t len, size_t alignment, size_t new_len)
{
    gpa *self = ctx;
    struct gpa_block *block = find_block(self, memory, len, alignment);
    if (block == NULL ||
        !allocator_resize(self->backing, memory, len, alignment, new_len)) {
        return false;
    }
    self->live_bytes = self->live_bytes - len + new_len;
    block->len = new_len;
    return true;
}

static void gpa_free(void *ctx, void *memory, size_t len, size_t alignment)
{
    gpa *self = ctx;
    struct gpa_block *block = find_block(self, memory, len, alignment);
    if (block != NULL) {
        release_block(self, block);
    }
}

void gpa_init(gpa *self, allocator backing, allocator bookkeeping)
{
    *self = (gpa){.backing = backing, .bookkeeping = bookkeeping};
}

allocator gpa_allocator(gpa *self)
{
    static const allocator_vtable vtable = {
        .alloc = gpa_alloc,
        .resize = gpa_resize,
        .free = gpa_free,
    };
    return (allocator){.ctx = self, .vtable = &vtable};
}

size_t gpa_leaks(const gpa *self,
                 void (*visit)(const gpa_leak *leak, void *user),
                 void *user)
{
    const struct gpa_block *block = self->live;
    while (block != NULL && block->older != NULL) {
        block = block->older;
    }
    for (; visit != NULL && block != NULL; block = block->newer) {
        const gpa_leak leak = {
            .memory = block->memory,
            .len = block->len,
            .alignment = block->alignment,
            .number = block->number,
        };
        visit(&leak, user);
    }
    return self->live_count;
}

size_t gpa_deinit(gpa *self)
{
    const size_t leaked = self->live_count;
    while (self->live != NULL) {
        release_block(self, self->live);
    }
    return leaked;
}
