/*
 * design: notes every block, and asserts that free and resize are told what alloc and
 *   resize said last
 * expect: status graded, points 100
 */
#include "fba.h"
#include <assert.h>

struct entry {
    uintptr_t at;
    size_t len, alignment;
};

enum {
    ROOM = 4096
}; /* beyond so many it knows less */
static struct entry book[ROOM];
static size_t entries;
static bool lost;

static void write_down(const void *m, size_t len, size_t al)
{
    if (entries == ROOM) {
        lost = true;
        return;
    }
    book[entries++] = (struct entry){(uintptr_t)m, len, al};
}

static struct entry *look_up(const void *m, size_t len, size_t al)
{
    for (size_t i = entries; i-- > 0;)
        if (book[i].at == (uintptr_t)m) {
            assert(book[i].len == len);
            assert(book[i].alignment == al);
            return &book[i];
        }
    assert(lost);
    return NULL;
}

static void strike_range(const unsigned char *b, size_t n)
{
    for (size_t i = entries; i-- > 0;)
        if (book[i].at >= (uintptr_t)b && book[i].at < (uintptr_t)b + n)
            book[i] = book[--entries];
}

static alloc_result alloc(void *ctx, size_t len, size_t al)
{
    fixed_buffer_allocator *f = ctx;
    assert(len > 0 && al > 0 && (al & (al - 1)) == 0);
    size_t pad = -(uintptr_t)(f->buffer + f->end_index) & (al - 1),
           left = f->capacity - f->end_index;
    if (pad > left || len > left - pad)
        return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
    unsigned char *m = f->buffer + f->end_index + pad;
    f->end_index += pad + len;
    write_down(m, len, al);
    return (alloc_result){ALLOC_OK, m};
}

static bool resize(void *ctx, void *m, size_t len, size_t al, size_t nl)
{
    fixed_buffer_allocator *f = ctx;
    assert(nl > 0);
    struct entry *e = look_up(m, len, al);
    size_t start = (size_t)((unsigned char *)m - f->buffer);
    assert(start <= f->end_index && len <= f->end_index - start);
    if (start + len != f->end_index) {
        if (nl > len)
            return false;
    } else {
        if (nl > f->capacity - start)
            return false;
        f->end_index = start + nl;
    }
    if (e)
        e->len = nl;
    return true;
}

static void release(void *ctx, void *m, size_t len, size_t al)
{
    fixed_buffer_allocator *f = ctx;
    struct entry *e = look_up(m, len, al);
    size_t start = (size_t)((unsigned char *)m - f->buffer);
    assert(start <= f->end_index && len <= f->end_index - start);
    if (start + len == f->end_index)
        f->end_index = start;
    if (e)
        *e = book[--entries];
}

void fba_init(fixed_buffer_allocator *f, void *b, size_t n)
{
    assert(f && b);
    *f = (fixed_buffer_allocator){b, n, 0};
    strike_range(b, n);
}

void fba_reset(fixed_buffer_allocator *f)
{
    strike_range(f->buffer, f->capacity);
    f->end_index = 0;
}

allocator fba_allocator(fixed_buffer_allocator *f)
{
    static const allocator_vtable v = {alloc, resize, release};
    return (allocator){f, &v};
}

alloc_result build_array(allocator a, size_t n)
{
    alloc_result r = allocator_alloc(a, n, sizeof(int32_t), _Alignof(int32_t));
    if (r.error)
        return (alloc_result){r.error, NULL};
    for (size_t i = 0; i < n; i++)
        ((int32_t *)r.memory)[i] = (int32_t)i;
    return r;
}
