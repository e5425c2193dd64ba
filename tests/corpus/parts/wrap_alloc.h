/*
 * wrap_alloc.h: puts wrap_alloc, which the file defines, in the place of the allocator's
 * alloc; that one is base_table->alloc. tests/corpus/attack.py puts this text, and the
 * allocator's, in the place of the line that includes it.
 */
#define fba_allocator base_allocator
#include "allocator.c"
#undef fba_allocator

static const allocator_vtable *base_table;

static alloc_result wrap_alloc(void *ctx, size_t len, size_t alignment);

static bool wrap_resize(void *ctx, void *memory, size_t len, size_t alignment,
                        size_t new_len)
{
    return base_table->resize(ctx, memory, len, alignment, new_len);
}

static void wrap_free(void *ctx, void *memory, size_t len, size_t alignment)
{
    base_table->free(ctx, memory, len, alignment);
}

static const allocator_vtable wrap_table = {wrap_alloc, wrap_resize, wrap_free};

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    allocator a = base_allocator(fba);

    base_table = a.vtable;
    a.vtable = &wrap_table;
    return a;
}
