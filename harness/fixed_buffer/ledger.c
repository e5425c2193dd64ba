#include "ledger.h"

#include "fatal.h"

#include <stdlib.h>
#include <string.h>

void ledger_clear(struct ledger *ledger)
{
    ledger->buffer_count = 0;
    ledger->current = 0;
}

void ledger_release(struct ledger *ledger)
{
    for (size_t i = 0; i < LEDGER_BUFFERS; i++) {
        free(ledger->buffers[i].blocks);
    }
    *ledger = (struct ledger){0};
}

/* The buffer of `owner`, which becomes the current one; NULL if it has none. */
static struct ledger_buffer *buffer_of(struct ledger *ledger, uint64_t owner)
{
    for (size_t i = 0; i < ledger->buffer_count; i++) {
        if (ledger->buffers[i].owner == owner) {
            ledger->current = i;
            return &ledger->buffers[i];
        }
    }
    return NULL;
}

static void empty(struct ledger_buffer *buffer)
{
    buffer->used = 0;
    buffer->block_count = 0;
    buffer->granted = 0;
}

void ledger_init(struct ledger *ledger,
                 uint64_t owner,
                 uint64_t start,
                 uint64_t capacity)
{
    struct ledger_buffer *buffer = buffer_of(ledger, owner);

    if (buffer == NULL) {
        if (ledger->buffer_count == LEDGER_BUFFERS) {
            fatal("a test has more than %u buffers", LEDGER_BUFFERS);
        }
        ledger->current = ledger->buffer_count;
        buffer = &ledger->buffers[ledger->buffer_count++];
    }
    buffer->owner = owner;
    buffer->start = start;
    buffer->capacity = capacity;
    empty(buffer);
}

void ledger_reset(struct ledger *ledger, uint64_t owner)
{
    struct ledger_buffer *const buffer = buffer_of(ledger, owner);

    if (buffer != NULL) {
        empty(buffer);
    }
}

void ledger_touch(struct ledger *ledger, uint64_t owner)
{
    buffer_of(ledger, owner);
}

static struct ledger_block *new_block(struct ledger_buffer *buffer)
{
    if (buffer->block_count == buffer->block_room) {
        const size_t room = buffer->block_room == 0 ? 64 : 2 * buffer->block_room;
        struct ledger_block *const grown =
            reallocarray(buffer->blocks, room, sizeof *buffer->blocks);
        if (grown == NULL) {
            fatal("out of memory");
        }
        buffer->blocks = grown;
        buffer->block_room = room;
    }
    return &buffer->blocks[buffer->block_count++];
}

/* No sum wraps. */
static bool is_inside(const struct ledger_buffer *buffer, uint64_t memory, uint64_t len)
{
    return memory >= buffer->start && memory - buffer->start <= buffer->capacity &&
           len <= buffer->capacity - (memory - buffer->start);
}

void ledger_alloc(struct ledger *ledger,
                  uint64_t owner,
                  uint64_t memory,
                  uint64_t len,
                  uint64_t alignment)
{
    struct ledger_buffer *const buffer = buffer_of(ledger, owner);

    if (buffer == NULL || !is_inside(buffer, memory, len)) {
        return;
    }
    *new_block(buffer) = (struct ledger_block){
        .start = memory,
        .len = len,
        .alignment = alignment,
        .number = buffer->granted++,
    };
    buffer->used = memory + len - buffer->start;
}

/* The block in use that a call names; the youngest, where faulty answers left two. */
static struct ledger_block *find_block(struct ledger_buffer *buffer,
                                       uint64_t memory,
                                       uint64_t len)
{
    for (size_t i = buffer->block_count; i-- > 0;) {
        struct ledger_block *const block = &buffer->blocks[i];
        if (block->start == memory && block->len == len && !block->is_freed) {
            return block;
        }
    }
    return NULL;
}

static bool is_last(const struct ledger_buffer *buffer,
                    const struct ledger_block *block)
{
    return block->start + block->len == buffer->start + buffer->used;
}

void ledger_resize(struct ledger *ledger,
                   uint64_t owner,
                   uint64_t memory,
                   uint64_t len,
                   uint64_t new_len)
{
    struct ledger_buffer *const buffer = buffer_of(ledger, owner);
    struct ledger_block *const block =
        buffer == NULL ? NULL : find_block(buffer, memory, len);

    if (block == NULL) {
        return;
    }
    if (is_last(buffer, block)) {
        buffer->used = memory + new_len - buffer->start;
    }
    block->len = new_len;
}

void ledger_free(struct ledger *ledger, uint64_t owner, uint64_t memory, uint64_t len)
{
    struct ledger_buffer *const buffer = buffer_of(ledger, owner);
    struct ledger_block *const block =
        buffer == NULL ? NULL : find_block(buffer, memory, len);

    if (block == NULL) {
        return;
    }
    if (!is_last(buffer, block)) {
        block->is_freed = true;
        return;
    }
    const size_t after = (size_t)(buffer->blocks + buffer->block_count - (block + 1));
    buffer->used = memory - buffer->start;
    memmove(block, block + 1, after * sizeof *block);
    buffer->block_count--;
}

const struct ledger_buffer *ledger_current(const struct ledger *ledger)
{
    return ledger->buffer_count == 0 ? NULL : &ledger->buffers[ledger->current];
}

const struct ledger_buffer *ledger_buffer_at(const struct ledger *ledger,
                                             uint64_t start)
{
    for (size_t i = 0; i < ledger->buffer_count; i++) {
        if (ledger->buffers[i].start == start) {
            return &ledger->buffers[i];
        }
    }
    return NULL;
}
