#include "arena.h"

#include <stdalign.h>

/* The note about one chunk. It lies in the bookkeeping allocator, the bytes it speaks
 * of in the backing one. */
struct arena_chunk {
    struct arena_chunk *older;
    unsigned char *memory;
    size_t capacity;
    size_t used;
};

/* Chunks are asked for at this alignment, so that ordinary blocks need no padding. */
#define CHUNK_ALIGNMENT alignof(max_align_t)

/* A chunk is never smaller: the first few blocks should not need a chunk each. */
#define SMALLEST_CHUNK 64u

static void give_back_memory(const arena *self, const struct arena_chunk *chunk)
{
    allocator_free(self->backing, chunk->memory, chunk->capacity, CHUNK_ALIGNMENT);
}

static void give_back_note(const arena *self, struct arena_chunk *chunk)
{
    allocator_free(self->bookkeeping, chunk, sizeof(*chunk),
                   alignof(struct arena_chunk));
}

/* Gives back `chunk` and all older ones, newest first: a backing allocator that only
 * takes back its last block, as an FBA does, gets all of them. */
static void give_back_from(const arena *self, struct arena_chunk *chunk)
{
    while (chunk != NULL) {
        struct arena_chunk *older = chunk->older;
        give_back_memory(self, chunk);
        give_back_note(self, chunk);
        chunk = older;
    }
}

/* Fetches memory for `chunk`. false: the backing allocator refused. */
static bool fetch_memory(const arena *self, struct arena_chunk *chunk, size_t capacity)
{
    const alloc_result result =
        allocator_alloc(self->backing, 1, capacity, CHUNK_ALIGNMENT);
    if (result.error != ALLOC_OK) {
        return false;
    }
    chunk->memory = result.memory;
    chunk->capacity = capacity;
    chunk->used = 0;
    return true;
}

/* How large the next chunk is, given that a block needs `needed` bytes of it. Chunks
 * grow by half of what came before, so n bytes of blocks take log(n) chunks. */
static size_t next_capacity(const arena *self, size_t needed)
{
    const size_t before = self->newest == NULL ? 0 : self->newest->capacity;
    if (needed > SIZE_MAX / 4 || before > SIZE_MAX / 4) {
        return needed; /* the growth could wrap around, and will be refused anyway */
    }
    const size_t grown = before + needed;
    const size_t wanted = grown + grown / 2;
    return wanted < SMALLEST_CHUNK ? SMALLEST_CHUNK : wanted;
}

/* A new newest chunk with `needed` free bytes. false: nothing has changed. */
static bool add_chunk(arena *self, size_t needed)
{
    /* The note comes first: giving it back after a refusal disturbs nobody, while a
     * block given back to the backing allocator may be lost there. */
    const alloc_result note = allocator_alloc(
        self->bookkeeping, 1, sizeof(struct arena_chunk), alignof(struct arena_chunk));
    if (note.error != ALLOC_OK) {
        return false;
    }
    struct arena_chunk *chunk = note.memory;
    if (!fetch_memory(self, chunk, next_capacity(self, needed))) {
        give_back_note(self, chunk);
        return false;
    }
    chunk->older = self->newest;
    self->newest = chunk;
    return true;
}

/* Cuts a block out of `chunk`, or returns NULL: it does not fit. */
static void *cut_block(struct arena_chunk *chunk, size_t len, size_t alignment)
{
    const uintptr_t end = (uintptr_t)chunk->memory + chunk->used;
    const size_t left = chunk->capacity - chunk->used;
    const size_t past = (size_t)(end % alignment);
    const size_t padding = past == 0 ? 0 : alignment - past;

    /* Two comparisons, because padding + len could wrap around. */
    if (padding > left || len > left - padding) {
        return NULL;
    }
    void *block = chunk->memory + chunk->used + padding;
    chunk->used += padding + len;
    return block;
}

static alloc_result arena_alloc(void *ctx, size_t len, size_t alignment)
{
    static const alloc_result out_of_memory = {ALLOC_OUT_OF_MEMORY, NULL};
    arena *self = ctx;

    void *block = self->newest == NULL ? NULL : cut_block(self->newest, len, alignment);
    if (block == NULL) {
        /* Room for the worst padding: nobody knows yet where the chunk will begin. */
        if (len > SIZE_MAX - (alignment - 1) ||
            !add_chunk(self, len + (alignment - 1))) {
            return out_of_memory;
        }
        block = cut_block(self->newest, len, alignment);
    }
    return (alloc_result){ALLOC_OK, block};
}

/*
 * The block that ends where the newest chunk's used bytes end. Its length must lie in
 * those bytes: chunks may be neighbours in memory, and then a block at the end of an
 * older one also ends where an unused newest one begins.
 */
static bool is_newest_block(const arena *self, const void *memory, size_t len)
{
    const struct arena_chunk *chunk = self->newest;
    return chunk != NULL && len <= chunk->used &&
           (const unsigned char *)memory + len == chunk->memory + chunk->used;
}

static bool arena_resize(
    void *ctx, void *memory, size_t len, size_t alignment, size_t new_len)
{
    arena *self = ctx;
    (void)alignment;

    if (!is_newest_block(self, memory, len)) {
        return new_len <= len;
    }
    struct arena_chunk *chunk = self->newest;
    const size_t start = chunk->used - len;
    if (new_len > chunk->capacity - start) {
        return false;
    }
    chunk->used = start + new_len;
    return true;
}

static void arena_free(void *ctx, void *memory, size_t len, size_t alignment)
{
    arena *self = ctx;
    (void)alignment;

    if (is_newest_block(self, memory, len)) {
        self->newest->used -= len;
    }
}

void arena_init(arena *self, allocator backing, allocator bookkeeping)
{
    *self = (arena){.backing = backing, .bookkeeping = bookkeeping, .newest = NULL};
}

allocator arena_allocator(arena *self)
{
    static const allocator_vtable vtable = {
        .alloc = arena_alloc,
        .resize = arena_resize,
        .free = arena_free,
    };
    return (allocator){.ctx = self, .vtable = &vtable};
}

bool arena_reset(arena *self, arena_retain retain)
{
    struct arena_chunk *chunk = self->newest;
    if (retain == ARENA_FREE_ALL || chunk == NULL) {
        arena_deinit(self);
        return true;
    }
    if (chunk->older == NULL) {
        chunk->used = 0;
        return true;
    }
    /* Several chunks become one of their size, so that the next round, if it is like
     * this one, needs no other. The note is reused: it cannot be refused. */
    const size_t total = arena_capacity(self);
    give_back_memory(self, chunk);
    give_back_from(self, chunk->older);
    chunk->older = NULL;
    if (!fetch_memory(self, chunk, total)) {
        give_back_note(self, chunk);
        self->newest = NULL;
        return false;
    }
    return true;
}

size_t arena_capacity(const arena *self)
{
    size_t total = 0;
    for (const struct arena_chunk *chunk = self->newest; chunk != NULL;
         chunk = chunk->older) {
        total += chunk->capacity;
    }
    return total;
}

void arena_deinit(arena *self)
{
    give_back_from(self, self->newest);
    self->newest = NULL;
}
