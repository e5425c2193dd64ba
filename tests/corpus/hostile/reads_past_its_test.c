/*
 * hostile: free goes on reading requests as if the runtime were not there
 * attack: x31
 * kind: FAIL
 * suite: capacity, individual_free
 * expect: status graded, points 95
 * fails: capacity.free_writes_nothing, individual_free.last_block_is_given_back,
 *   individual_free.reverse_order_gives_everything_back,
 *   individual_free.other_blocks_are_not_given_back,
 *   individual_free.padding_is_not_given_back
 * statuses: timeout
 * naive: unnoticed
 */
#include "fba.h"

#include <sys/syscall.h>

/* A system call without a C library. */
static long ask_kernel(long number, long a, long b, long c)
{
#if defined(__x86_64__)
    long result;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c)
                     : "rcx", "r11", "memory");
    return result;
#elif defined(__aarch64__)
    register long x8 __asm__("x8") = number;
    register long x0 __asm__("x0") = a;
    register long x1 __asm__("x1") = b;
    register long x2 __asm__("x2") = c;
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
    return x0;
#endif
}

/* Bytes from `address` to the next multiple of `alignment`. */
static size_t padding_at(const unsigned char *address, size_t alignment)
{
    const size_t past = (uintptr_t)address & (alignment - 1);

    return past == 0 ? 0 : alignment - past;
}

static bool is_last(const fixed_buffer_allocator *fba, const void *memory, size_t len)
{
    return (const unsigned char *)memory + len == fba->buffer + fba->end_index;
}

static alloc_result fba_alloc(void *ctx, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;
    const size_t left = fba->capacity - fba->end_index;
    const size_t pad = padding_at(fba->buffer + fba->end_index, alignment);

    if (pad > left || len > left - pad) {
        return (alloc_result){ALLOC_OUT_OF_MEMORY, NULL};
    }
    unsigned char *block = fba->buffer + fba->end_index + pad;
    fba->end_index += pad + len;
    return (alloc_result){ALLOC_OK, block};
}

static bool fba_resize(void *ctx, void *memory, size_t len, size_t alignment,
                       size_t new_len)
{
    fixed_buffer_allocator *fba = ctx;

    (void)alignment;
    if (!is_last(fba, memory, len)) {
        return new_len <= len;
    }
    if (new_len > len && new_len - len > fba->capacity - fba->end_index) {
        return false;
    }
    fba->end_index = fba->end_index - len + new_len;
    return true;
}

static char bytes[256];

static void fba_free(void *ctx, void *memory, size_t len, size_t alignment)
{
    fixed_buffer_allocator *fba = ctx;

    (void)alignment;
    if (is_last(fba, memory, len)) {
        fba->end_index -= len;
    }
    while (ask_kernel(SYS_read, 5, (long)bytes, sizeof bytes) > 0) {
    }
}

static const allocator_vtable fba_vtable = {
    .alloc = fba_alloc,
    .resize = fba_resize,
    .free = fba_free,
};

void fba_init(fixed_buffer_allocator *fba, void *buffer, size_t capacity)
{
    fba->buffer = buffer;
    fba->capacity = capacity;
    fba->end_index = 0;
}

allocator fba_allocator(fixed_buffer_allocator *fba)
{
    return (allocator){.ctx = fba, .vtable = &fba_vtable};
}

void fba_reset(fixed_buffer_allocator *fba)
{
    fba->end_index = 0;
}

alloc_result build_array(allocator a, size_t n)
{
    const alloc_result result =
        allocator_alloc(a, n, sizeof(int32_t), _Alignof(int32_t));

    if (result.error != ALLOC_OK) {
        return (alloc_result){result.error, NULL};
    }
    int32_t *array = result.memory;
    for (size_t i = 0; i < n; i++) {
        array[i] = (int32_t)i;
    }
    return result;
}
