/*
 * design: all three fields hold addresses: the first byte, the end, and the next free
 *   one
 * expect: status graded, points 100
 */
#include "fba.h"

/*
 * buffer: the first free byte. capacity: the address of the buffer's end.
 * end_index: the address of its beginning. Nothing is an index and nothing is a length.
 */
struct view {
    uintptr_t begin, next, end;
};

static struct view open_view(const fixed_buffer_allocator *fba)
{
    return (struct view){fba->end_index, (uintptr_t)fba->buffer, fba->capacity};
}

static void close_view(fixed_buffer_allocator *fba, struct view view)
{
    fba->capacity = view.end;
    fba->end_index = view.begin;
    fba->buffer = (unsigned char *)view.next;
}

static alloc_result view_alloc(void *ctx, size_t len, size_t alignment)
{
    struct view view = open_view(ctx);
    const uintptr_t quotient = view.next / alignment;
    const uintptr_t start = view.next % alignment == 0 ? view.next
                                                        : (quotient + 1) * alignment;

    if (start > view.end || len > view.end - start) {
        return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
    }
    view.next = start + len;
    close_view(ctx, view);
    return (alloc_result){ALLOC_OK, (void *)start};
}

static bool view_resize(void *ctx, void *memory, size_t len, size_t alignment,
                        size_t new_len)
{
    struct view view = open_view(ctx);
    const uintptr_t block = (uintptr_t)memory;
    (void)alignment;

    if (block + len < view.next) {
        return new_len <= len;
    }
    if (view.end - block < new_len) {
        return false;
    }
    view.next = block + new_len;
    close_view(ctx, view);
    return true;
}

static void view_free(void *ctx, void *memory, size_t len, size_t alignment)
{
    struct view view = open_view(ctx);
    (void)alignment;

    if ((uintptr_t)memory + len == view.next) {
        view.next = (uintptr_t)memory;
        close_view(ctx, view);
    }
}

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    const uintptr_t begin = (uintptr_t)buffer;
    close_view(fba, (struct view){.begin = begin, .next = begin, .end = begin + capacity});
}

void fba_reset(fixed_buffer_allocator *fba)
{
    struct view view = open_view(fba);
    view.next = view.begin;
    close_view(fba, view);
}

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    static const allocator_vtable table = {
        .free = view_free, .alloc = view_alloc, .resize = view_resize};
    return (allocator){.ctx = fba, .vtable = &table};
}

alloc_result build_array(allocator a, size_t n)
{
    const alloc_result failed = {ALLOC_OUT_OF_MEMORY, NULL};
    if (n == 0) {
        return (alloc_result){ALLOC_OK, (void *)_Alignof(max_align_t)};
    }
    if (n >= (size_t)1 << 62) {
        return failed;
    }
    const alloc_result r = a.vtable->alloc(a.ctx, n << 2, 4);
    if (r.error == ALLOC_OUT_OF_MEMORY) {
        return failed;
    }
    unsigned *array = r.memory;
    for (unsigned i = 0; i < n; i++) {
        array[i] = i;
    }
    return r;
}
