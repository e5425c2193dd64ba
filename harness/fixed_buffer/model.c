#include "model.h"

__extension__ typedef unsigned __int128 wide;

void model_init(struct model *model, uint64_t buffer, uint64_t capacity)
{
    *model = (struct model){.buffer = buffer, .capacity = capacity};
}

void model_reset(struct model *model)
{
    model->used = 0;
}

static wide first_unused(const struct model *model)
{
    return (wide)model->buffer + model->used;
}

static wide end_of(const struct model *model)
{
    return (wide)model->buffer + model->capacity;
}

/* ALI-1, ALI-3: the first aligned address from here on. */
static wide aligned(wide address, uint64_t alignment)
{
    return (address + alignment - 1) / alignment * alignment;
}

uint64_t model_alloc(struct model *model, uint64_t len, uint64_t alignment)
{
    const wide block = aligned(first_unused(model), alignment);
    const wide end = block + len;

    if (end > end_of(model)) {
        return 0;
    }
    model->used = (uint64_t)(end - model->buffer);
    return (uint64_t)block;
}

static bool is_last(const struct model *model, uint64_t memory, uint64_t len)
{
    return (wide)memory + len == first_unused(model);
}

bool model_resize(struct model *model, uint64_t memory, uint64_t len, uint64_t new_len)
{
    if (!is_last(model, memory, len)) {
        return new_len <= len;
    }
    if ((wide)memory + new_len > end_of(model)) {
        return false;
    }
    model->used = memory + new_len - model->buffer;
    return true;
}

void model_free(struct model *model, uint64_t memory, uint64_t len)
{
    if (is_last(model, memory, len)) {
        model->used -= len;
    }
}
