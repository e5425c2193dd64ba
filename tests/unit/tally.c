#include "tally.h"

#include <stdlib.h>
#include <sys/mman.h>

#define PAGE_BYTES 4096u

static struct tally_block *find(struct tally *self, const void *memory)
{
    for (size_t i = 0; i < TALLY_BLOCKS; i++) {
        if (self->blocks[i].memory == memory) {
            return &self->blocks[i];
        }
    }
    return NULL;
}

static struct tally_block *find_exactly(struct tally *self,
                                        const void *memory,
                                        size_t len,
                                        size_t alignment)
{
    struct tally_block *block = memory == NULL ? NULL : find(self, memory);
    if (block == NULL || block->len != len || block->alignment != alignment) {
        self->wrong_calls++;
        return NULL;
    }
    return block;
}

static void *map_pages(size_t bytes)
{
    void *memory = mmap(NULL, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

/* A length that nobody has is refused here: sanitizers stop a program that asks malloc
 * for it. */
static void *fetch(const struct tally *self,
                   size_t len,
                   size_t alignment,
                   size_t *mapped)
{
    *mapped = 0;
    if (len > SIZE_MAX / 4 || alignment > SIZE_MAX / 4) {
        return NULL;
    }
    if (self->inaccessible) {
        *mapped = (len + PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES;
        return alignment > PAGE_BYTES ? NULL : map_pages(*mapped);
    }
    const size_t least = alignment < sizeof(void *) ? sizeof(void *) : alignment;
    void *memory = NULL;
    return posix_memalign(&memory, least, len) == 0 ? memory : NULL;
}

static alloc_result tally_alloc(void *ctx, size_t len, size_t alignment)
{
    static const alloc_result out_of_memory = {ALLOC_OUT_OF_MEMORY, NULL};
    struct tally *self = ctx;
    self->alloc_calls++;
    self->last_len = len;
    self->last_alignment = alignment;

    struct tally_block *block = find(self, NULL);
    if (self->granted == 0 || block == NULL) {
        return out_of_memory;
    }
    block->memory = fetch(self, len, alignment, &block->mapped);
    if (block->memory == NULL) {
        return out_of_memory;
    }
    self->granted--;
    block->len = len;
    block->alignment = alignment;
    self->live_blocks++;
    self->live_bytes += len;
    return (alloc_result){ALLOC_OK, block->memory};
}

static bool tally_resize(
    void *ctx, void *memory, size_t len, size_t alignment, size_t new_len)
{
    struct tally *self = ctx;
    self->resize_calls++;
    struct tally_block *block = find_exactly(self, memory, len, alignment);
    if (block == NULL || new_len > len) {
        return false;
    }
    self->live_bytes -= len - new_len;
    block->len = new_len;
    return true;
}

static void tally_drop(struct tally *self, struct tally_block *block)
{
    self->live_blocks--;
    self->live_bytes -= block->len;
    if (block->mapped != 0) {
        munmap(block->memory, block->mapped);
    } else {
        free(block->memory);
    }
    block->memory = NULL;
}

static void tally_free(void *ctx, void *memory, size_t len, size_t alignment)
{
    struct tally *self = ctx;
    self->free_calls++;
    struct tally_block *block = find_exactly(self, memory, len, alignment);
    if (block != NULL) {
        tally_drop(self, block);
    }
}

void tally_init(struct tally *self)
{
    *self = (struct tally){.granted = SIZE_MAX};
}

allocator tally_allocator(struct tally *self)
{
    static const allocator_vtable vtable = {
        .alloc = tally_alloc,
        .resize = tally_resize,
        .free = tally_free,
    };
    return (allocator){.ctx = self, .vtable = &vtable};
}

void tally_release(struct tally *self)
{
    for (size_t i = 0; i < TALLY_BLOCKS; i++) {
        if (self->blocks[i].memory != NULL) {
            tally_drop(self, &self->blocks[i]);
        }
    }
}
