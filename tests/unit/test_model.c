/* The model agrees with the reference solution, call by call, wherever both can go. */
#include "fba.h"
#include "model.h"
#include "run_tests.h"

#include <stdint.h>

enum {
    ROUNDS = 2000,
    CALLS = 60,
    BLOCKS = 16
};

struct block {
    unsigned char *memory;
    size_t len, alignment;
};

static unsigned char memory[1024];

/* Marsaglia's xorshift: the same numbers in every run. */
static uint64_t state = 1;

static size_t below(size_t limit)
{
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (size_t)(state % limit);
}

/* Small, exact, huge: the sizes that matter. */
static size_t some_len(const struct model *model)
{
    switch (below(5)) {
    case 0:
        return SIZE_MAX - below(300);
    case 1:
        return 1 + (size_t)(model->capacity - model->used) + below(3);
    default:
        return 1 + below(40);
    }
}

static void step(allocator a, struct model *model, struct block *block)
{
    const size_t len = some_len(model);
    switch (below(4)) {
    case 0:
        if (block->memory != NULL) {
            ck_assert_int_eq(
                allocator_resize(a, block->memory, block->len, block->alignment, len),
                model_resize(model, (uintptr_t)block->memory, block->len, len));
            block->memory = NULL; /* its length is not kept: later ones would lie */
        }
        return;
    case 1:
        if (block->memory != NULL) {
            allocator_free(a, block->memory, block->len, block->alignment);
            model_free(model, (uintptr_t)block->memory, block->len);
            block->memory = NULL;
        }
        return;
    default:
        block->len = len;
        block->alignment = (size_t)1 << below(below(8) == 0 ? 64 : 7);
        block->memory = allocator_alloc(a, 1, len, block->alignment).memory;
        ck_assert_uint_eq((uintptr_t)block->memory,
                          model_alloc(model, len, block->alignment));
    }
}

START_TEST(model_and_solution_agree)
{
    for (int round = 0; round < ROUNDS; round++) {
        fixed_buffer_allocator fba;
        struct model model;
        struct block blocks[BLOCKS] = {{0}};
        const size_t start = below(64);
        const size_t capacity = below(500);
        fba_init(&fba, memory + start, capacity);
        model_init(&model, (uintptr_t)memory + start, capacity);
        for (int i = 0; i < CALLS; i++) {
            step(fba_allocator(&fba), &model, &blocks[below(BLOCKS)]);
            if (below(20) == 0) {
                fba_reset(&fba);
                model_reset(&model);
                for (int b = 0; b < BLOCKS; b++) {
                    blocks[b].memory = NULL;
                }
            }
        }
    }
}
END_TEST

/* What the model must not take from anybody: sums that would wrap. */
START_TEST(model_does_not_wrap)
{
    struct model model;
    model_init(&model, UINT64_MAX - 63, 32);
    ck_assert_uint_eq(model_alloc(&model, UINT64_MAX, 1), 0);
    ck_assert_uint_eq(model_alloc(&model, 1, (uint64_t)1 << 63), 0);
    ck_assert_uint_eq(model_alloc(&model, 8, 1), UINT64_MAX - 63);
    ck_assert_uint_eq(model_alloc(&model, 8, 16), UINT64_MAX - 47);
    ck_assert(!model_resize(&model, UINT64_MAX - 47, 8, UINT64_MAX));
    ck_assert(model_resize(&model, UINT64_MAX - 47, 8, 16));
    ck_assert_uint_eq(model_alloc(&model, 1, 1), 0);
}
END_TEST

int main(void)
{
    static const test *const tests[] = {&model_and_solution_agree,
                                        &model_does_not_wrap};
    return run_tests("model", tests, sizeof(tests) / sizeof(tests[0]));
}
