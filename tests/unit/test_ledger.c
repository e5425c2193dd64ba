/* ledger: what is in use after calls that were answered, rightly or not. */
#include "ledger.h"
#include "run_tests.h"

enum {
    FBA = 7,
    OTHER = 8,
    START = 0x1000,
    CAPACITY = 256
};

static struct ledger ledger;

static const struct ledger_buffer *begin(void)
{
    ledger_clear(&ledger);
    ledger_init(&ledger, FBA, START, CAPACITY);
    return ledger_current(&ledger);
}

START_TEST(nothing_is_current_at_first)
{
    ledger_clear(&ledger);
    ck_assert_ptr_null(ledger_current(&ledger));
    ledger_alloc(&ledger, FBA, START, 1, 1);
    ck_assert_ptr_null(ledger_current(&ledger));
}
END_TEST

START_TEST(blocks_are_kept_in_the_order_of_their_requests)
{
    const struct ledger_buffer *buffer = begin();
    ledger_alloc(&ledger, FBA, START, 3, 1);
    ledger_alloc(&ledger, FBA, START + 8, 16, 8);
    ck_assert_uint_eq(buffer->block_count, 2);
    ck_assert_uint_eq(buffer->blocks[1].start, START + 8);
    ck_assert_uint_eq(buffer->blocks[1].len, 16);
    ck_assert_uint_eq(buffer->blocks[1].alignment, 8);
    ck_assert_uint_eq(buffer->blocks[1].number, 1);
    ck_assert_uint_eq(buffer->used, 24);
}
END_TEST

START_TEST(block_outside_its_buffer_is_not_entered)
{
    const struct ledger_buffer *buffer = begin();
    ledger_alloc(&ledger, FBA, START - 1, 1, 1);
    ledger_alloc(&ledger, FBA, START + CAPACITY, 1, 1);
    ledger_alloc(&ledger, FBA, START + 8, SIZE_MAX, 1);
    ck_assert_uint_eq(buffer->block_count, 0);
    ck_assert_uint_eq(buffer->used, 0);
    ledger_alloc(&ledger, FBA, START, CAPACITY, 1);
    ck_assert_uint_eq(buffer->block_count, 1);
}
END_TEST

START_TEST(last_block_is_gone_when_it_is_freed)
{
    const struct ledger_buffer *buffer = begin();
    ledger_alloc(&ledger, FBA, START, 3, 1);
    ledger_alloc(&ledger, FBA, START + 8, 16, 8);
    ledger_free(&ledger, FBA, START + 8, 16);
    ck_assert_uint_eq(buffer->block_count, 1);
    ck_assert_uint_eq(buffer->used, 8);
    /* Its padding is not given back, so this one is not the last. */
    ledger_free(&ledger, FBA, START, 3);
    ck_assert(buffer->blocks[0].is_freed);
    ck_assert_uint_eq(buffer->used, 8);
    ledger_alloc(&ledger, FBA, START + 8, 1, 1);
    ck_assert_uint_eq(buffer->blocks[1].number, 2);
}
END_TEST

START_TEST(resize_of_the_last_block_moves_the_end)
{
    const struct ledger_buffer *buffer = begin();
    ledger_alloc(&ledger, FBA, START, 16, 1);
    ledger_alloc(&ledger, FBA, START + 16, 16, 1);
    ledger_resize(&ledger, FBA, START, 16, 8);
    ck_assert_uint_eq(buffer->blocks[0].len, 8);
    ck_assert_uint_eq(buffer->used, 32);
    ledger_resize(&ledger, FBA, START + 16, 16, 64);
    ck_assert_uint_eq(buffer->used, 80);
    ledger_resize(&ledger, FBA, START + 99, 1, 2);
    ck_assert_uint_eq(buffer->used, 80);
}
END_TEST

START_TEST(reset_and_init_empty_a_buffer)
{
    const struct ledger_buffer *buffer = begin();
    ledger_alloc(&ledger, FBA, START, 16, 1);
    ledger_reset(&ledger, FBA);
    ck_assert_uint_eq(buffer->block_count, 0);
    ck_assert_uint_eq(buffer->used, 0);
    ledger_alloc(&ledger, FBA, START, 16, 1);
    ck_assert_uint_eq(buffer->blocks[0].number, 0);
    ledger_init(&ledger, FBA, START + 1, 8);
    ck_assert_ptr_eq(ledger_current(&ledger), buffer);
    ck_assert_uint_eq(buffer->start, START + 1);
    ck_assert_uint_eq(buffer->block_count, 0);
}
END_TEST

START_TEST(the_last_call_chooses_the_buffer)
{
    begin();
    ledger_init(&ledger, OTHER, 2 * START, CAPACITY);
    ck_assert_uint_eq(ledger_current(&ledger)->owner, OTHER);
    ledger_touch(&ledger, FBA);
    ck_assert_uint_eq(ledger_current(&ledger)->owner, FBA);
    ledger_touch(&ledger, 99);
    ck_assert_uint_eq(ledger_current(&ledger)->owner, FBA);
    ck_assert_uint_eq(ledger_buffer_at(&ledger, 2 * START)->owner, OTHER);
    ck_assert_ptr_null(ledger_buffer_at(&ledger, START + 1));
}
END_TEST

START_TEST(blocks_may_overlap_and_are_many)
{
    const struct ledger_buffer *buffer = begin();
    for (size_t i = 0; i < 1000; i++) {
        ledger_alloc(&ledger, FBA, START, 16, 1);
    }
    ck_assert_uint_eq(buffer->block_count, 1000);
    /* The youngest of those that a call can mean. */
    ledger_free(&ledger, FBA, START, 16);
    ck_assert_uint_eq(buffer->block_count, 999);
    ck_assert_uint_eq(buffer->blocks[998].number, 998);
    ledger_release(&ledger);
    ck_assert_ptr_null(ledger_current(&ledger));
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &nothing_is_current_at_first,
        &blocks_are_kept_in_the_order_of_their_requests,
        &block_outside_its_buffer_is_not_entered,
        &last_block_is_gone_when_it_is_freed,
        &resize_of_the_last_block_moves_the_end,
        &reset_and_init_empty_a_buffer,
        &the_last_call_chooses_the_buffer,
        &blocks_may_overlap_and_are_many,
    };
    return run_tests("ledger", tests, sizeof(tests) / sizeof(tests[0]));
}
