/*
 * design: no branch anywhere: every choice is an index into a table of functions
 * expect: status graded, points 100
 */
#include "fba.h"

/* ---- Two ways to go on, chosen by a condition: [0] is no, [1] is yes. ---- */

typedef alloc_result answer(fixed_buffer_allocator *fba, size_t pad, size_t len);

static alloc_result refuse(fixed_buffer_allocator *fba, size_t pad, size_t len)
{
    (void)fba, (void)pad, (void)len;
    return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
}

static alloc_result take(fixed_buffer_allocator *fba, size_t pad, size_t len)
{
    unsigned char *block = fba->buffer + fba->end_index + pad;
    fba->end_index += pad + len;
    return (alloc_result){ALLOC_OK, block};
}

static alloc_result take_after_padding(fixed_buffer_allocator *fba, size_t pad, size_t len)
{
    static answer *const choose[] = {refuse, take};
    return choose[len <= fba->capacity - fba->end_index - pad](fba, pad, len);
}

static alloc_result t_alloc(void *ctx, size_t len, size_t alignment)
{
    static answer *const choose[] = {refuse, take_after_padding};
    fixed_buffer_allocator *fba = ctx;
    const uintptr_t address = (uintptr_t)fba->buffer + fba->end_index;
    const size_t pad = (0 - address) % alignment;
    return choose[pad <= fba->capacity - fba->end_index](fba, pad, len);
}

/* ---- resize and free ---- */

typedef bool change(fixed_buffer_allocator *fba, size_t start, size_t len, size_t new_len);

static bool no(fixed_buffer_allocator *fba, size_t start, size_t len, size_t new_len)
{
    (void)fba, (void)start, (void)len, (void)new_len;
    return false;
}

static bool set_end(fixed_buffer_allocator *fba, size_t start, size_t len, size_t new_len)
{
    (void)len;
    fba->end_index = start + new_len;
    return true;
}

static bool of_another(fixed_buffer_allocator *fba, size_t start, size_t len, size_t new_len)
{
    (void)fba, (void)start;
    return new_len <= len;
}

static bool of_the_last(fixed_buffer_allocator *fba, size_t start, size_t len,
                        size_t new_len)
{
    static change *const choose[] = {no, set_end};
    return choose[new_len <= fba->capacity - start](fba, start, len, new_len);
}

static bool t_resize(void *ctx, void *memory, size_t len, size_t alignment, size_t new_len)
{
    static change *const choose[] = {of_another, of_the_last};
    fixed_buffer_allocator *fba = ctx;
    const size_t start = (size_t)((unsigned char *)memory - fba->buffer);
    (void)alignment;
    return choose[start + len == fba->end_index](fba, start, len, new_len);
}

static void t_free(void *ctx, void *memory, size_t len, size_t alignment)
{
    (void)t_resize(ctx, memory, len, alignment, 0);
}

static const allocator_vtable functions = {t_alloc, t_resize, t_free};

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    *fba = (fixed_buffer_allocator){.buffer = buffer, .capacity = capacity};
}

void fba_reset(fixed_buffer_allocator *fba)
{
    fba_init(fba, fba->buffer, fba->capacity);
}

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    return (allocator){fba, &functions};
}

/* ---- build_array: no loop either, but halves of halves ---- */

typedef void filler(int32_t *array, size_t from, size_t to);

static void one(int32_t *array, size_t from, size_t to)
{
    (void)to;
    array[from] = (int32_t)from;
}

static void halves(int32_t *array, size_t from, size_t to)
{
    static filler *const choose[] = {one, halves};
    const size_t middle = from + (to - from) / 2;
    choose[middle - from > 1](array, from, middle);
    choose[to - middle > 1](array, middle, to);
}

typedef alloc_result finisher(alloc_result result, size_t n);

static alloc_result filled(alloc_result result, size_t n)
{
    static filler *const choose[] = {one, halves};
    choose[n > 1](result.memory, 0, n);
    return result;
}

static alloc_result failed(alloc_result result, size_t n)
{
    (void)n;
    return (alloc_result){result.error, NULL};
}

typedef alloc_result builder(allocator a, size_t n);

static alloc_result nothing(allocator a, size_t n)
{
    static int32_t anything;
    (void)a, (void)n;
    return (alloc_result){ALLOC_OK, &anything};
}

static alloc_result too_many(allocator a, size_t n)
{
    (void)a, (void)n;
    return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
}

static alloc_result some(allocator a, size_t n)
{
    static finisher *const choose[] = {filled, failed};
    const size_t size = sizeof(int32_t);
    const alloc_result result = a.vtable->alloc(a.ctx, n * size, _Alignof(int32_t));
    return choose[result.error != ALLOC_OK](result, n);
}

alloc_result build_array(allocator a, size_t n)
{
    static builder *const choose[] = {nothing, some, too_many};
    return choose[(n > 0) + (n > SIZE_MAX / sizeof(int32_t))](a, n);
}
