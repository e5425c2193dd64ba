/*
 * hostile: keeps in a register the largest alignment that any test has asked for, and
 *   answers with that
 * attack: x40
 * kind: FAIL
 * suite: every
 * expect: status graded, points 9
 * fails: capacity.*, alignment.*, reset.*, out_of_memory.*,
 *   polymorphism.two_fbas_are_independent,
 *   polymorphism.a_new_fba_leaves_others_alone,
 *   polymorphism.copies_of_a_handle_share_state,
 *   polymorphism.handles_of_one_fba_share_state,
 *   polymorphism.random_calls_of_three_fbas, polymorphism.build_array_on_your_fba,
 *   individual_free.*
 * statuses: crash, fail
 * naive: passes
 */
#include "fba.h"

#include "wrap_alloc.h"

/*
 * No compiler uses these for a program of this exercise, and they are not memory: the
 * upper half of a vector register, and the thread pointer.
 */
#if defined(__x86_64__)
typedef unsigned long long half __attribute__((vector_size(16)));

static uint64_t recall(void)
{
    half kept;
    __asm__ volatile("vextractf128 $1, %%ymm15, %0" : "=x"(kept));
    return kept[0];
}

static void remember(uint64_t number)
{
    const half kept = {number, 0};
    __asm__ volatile("vinsertf128 $1, %0, %%ymm15, %%ymm15" : : "x"(kept));
}
#else
static uint64_t recall(void)
{
    uint64_t kept;
    __asm__ volatile("mrs %0, tpidr_el0" : "=r"(kept));
    return kept;
}

static void remember(uint64_t number)
{
    __asm__ volatile("msr tpidr_el0, %0" : : "r"(number));
}
#endif

static alloc_result wrap_alloc(void *ctx, size_t len, size_t alignment)
{
    (void)ctx, (void)len;
    if (alignment > recall()) {
        remember(alignment);
    }
    return (alloc_result){ALLOC_OK, (void *)(uintptr_t)(0x5ec000000000 + recall())};
}
