/* picture: the ranges of a buffer, and what is pointed at. */
#include "fake_subject.h"
#include "judge_calls.h"
#include "ops.h"
#include "picture.h"
#include "picture_ranges.h"
#include "run_tests.h"
#include "session.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FBA = 7,
    CAPACITY = 256,
    TEXT = 8192
};

static const uint64_t start = 0x200000100001;
static struct ledger ledger;

static void begin(void)
{
    ledger_clear(&ledger);
    ledger_init(&ledger, FBA, start, CAPACITY);
}

static void alloc(uint64_t offset, uint64_t len, uint64_t alignment)
{
    ledger_alloc(&ledger, FBA, start + offset, len, alignment);
}

static struct verdict_offence offence(uint64_t address,
                                      uint64_t bytes,
                                      const char *what)
{
    struct verdict_offence made = {.start = address, .bytes = bytes};
    snprintf(made.what, sizeof made.what, "%s", what);
    return made;
}

static cJSON *draw(struct verdict_offence pointed)
{
    return picture_draw(ledger_current(&ledger), "buffer", &pointed);
}

/* "A 0+16, padding 16+8, ..." */
static void expect_ranges(const cJSON *picture, const char *expected)
{
    char text[TEXT] = "";
    const cJSON *range = NULL;
    cJSON_ArrayForEach(range, cJSON_GetObjectItem(picture, "ranges"))
    {
        const char *const label =
            cJSON_GetStringValue(cJSON_GetObjectItem(range, "label"));
        const char *const kind =
            cJSON_GetStringValue(cJSON_GetObjectItem(range, "kind"));
        const size_t length = strlen(text);
        snprintf(text + length, sizeof text - length, "%s%s%s%s %.0f+%.0f",
                 length == 0 ? "" : ", ", strcmp(kind, "block") == 0 ? "" : kind,
                 strcmp(kind, "freed") == 0 ? " " : "", label == NULL ? "" : label,
                 cJSON_GetNumberValue(cJSON_GetObjectItem(range, "offset")),
                 cJSON_GetNumberValue(cJSON_GetObjectItem(range, "bytes")));
    }
    ck_assert_str_eq(text, expected);
}

static void expect_offence(const cJSON *picture, const char *expected)
{
    const cJSON *const pointed = cJSON_GetObjectItem(picture, "offending");
    char text[TEXT];
    snprintf(text, sizeof text, "%.0f+%.0f %s",
             cJSON_GetNumberValue(cJSON_GetObjectItem(pointed, "offset")),
             cJSON_GetNumberValue(cJSON_GetObjectItem(pointed, "bytes")),
             cJSON_GetStringValue(cJSON_GetObjectItem(pointed, "what")));
    ck_assert_str_eq(text, expected);
}

START_TEST(blocks_are_called_by_the_alphabet)
{
    static const struct {
        size_t number;
        const char *label;
    } known[] = {{0, "A"}, {25, "Z"}, {26, "AA"}, {51, "AZ"}, {52, "BA"}, {702, "AAA"}};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        char label[8];
        picture_label(known[i].number, label, sizeof label);
        ck_assert_str_eq(label, known[i].label);
    }
}
END_TEST

START_TEST(every_byte_is_in_a_range)
{
    begin();
    alloc(0, 16, 1);
    alloc(23, 8, 8);
    alloc(31, 1, 1);
    ledger_free(&ledger, FBA, start, 16);
    cJSON *picture = draw(offence(0, 0, ""));
    expect_ranges(picture, "freed A 0+16, padding 16+7, B 23+8, C 31+1, free 32+224");
    ck_assert(cJSON_IsNull(cJSON_GetObjectItem(picture, "offending")));
    ck_assert_str_eq(cJSON_GetStringValue(cJSON_GetObjectItem(picture, "address")),
                     "0x200000100001");
    cJSON_Delete(picture);
}
END_TEST

START_TEST(padding_of_a_freed_block_stays_padding)
{
    begin();
    alloc(0, 1, 1);
    alloc(7, 8, 8);
    ledger_free(&ledger, FBA, start + 7, 8);
    cJSON *picture = draw(offence(0, 0, ""));
    expect_ranges(picture, "A 0+1, padding 1+6, free 7+249");
    cJSON_Delete(picture);
}
END_TEST

START_TEST(blocks_that_overlap_are_both_there)
{
    begin();
    alloc(0, 16, 1);
    alloc(8, 16, 1);
    alloc(8, 2, 1);
    cJSON *picture = draw(offence(start + 8, 8, "two blocks have these bytes"));
    expect_ranges(picture, "A 0+16, B 8+16, C 8+2, free 24+232");
    expect_offence(picture, "8+8 two blocks have these bytes");
    cJSON_Delete(picture);
}
END_TEST

START_TEST(block_is_named_and_measured_where_it_is_known)
{
    begin();
    alloc(0, 16, 1);
    alloc(20, 12, 4);
    cJSON *picture = draw(offence(start + 20, 0, "begins 1 byte too late"));
    expect_offence(picture, "20+12 B begins 1 byte too late");
    cJSON_Delete(picture);
    picture = draw(offence(start + 21, 0, "begins 2 bytes too late"));
    expect_offence(picture, "21+1 this block begins 2 bytes too late");
    cJSON_Delete(picture);
}
END_TEST

START_TEST(wild_addresses_and_lengths_are_said_in_words)
{
    begin();
    cJSON *picture = draw(offence(start - 8, 8, "it"));
    expect_offence(picture, "-8+8 it");
    cJSON_Delete(picture);
    picture = draw(offence(16, 8, "it"));
    expect_offence(picture, "-35184373137393+8 it, at 0x10");
    cJSON_Delete(picture);
    picture = draw(offence(UINT64_MAX, 1, "it"));
    expect_offence(picture, "9007199254740991+1 it, at 0xffffffffffffffff");
    cJSON_Delete(picture);
    picture = draw(offence(start, SIZE_MAX, "it"));
    expect_offence(picture, "0+9007199254740991 it, SIZE_MAX bytes");
    cJSON_Delete(picture);
}
END_TEST

START_TEST(of_many_blocks_those_near_the_offence_are_kept)
{
    begin();
    for (uint64_t i = 0; i < 100; i++) {
        alloc(2 * i, 2, 1);
    }
    cJSON *picture = draw(offence(start + 100, 1, "it"));
    const cJSON *const ranges = cJSON_GetObjectItem(picture, "ranges");
    ck_assert_int_le(cJSON_GetArraySize(ranges), (int)PICTURE_RANGES);
    const cJSON *const first = cJSON_GetArrayItem(ranges, 0);
    const cJSON *const last =
        cJSON_GetArrayItem(ranges, cJSON_GetArraySize(ranges) - 1);
    ck_assert_str_eq(cJSON_GetStringValue(cJSON_GetObjectItem(first, "label")),
                     "31 blocks");
    ck_assert_str_eq(cJSON_GetStringValue(cJSON_GetObjectItem(last, "label")),
                     "31 blocks");
    ck_assert(cJSON_IsNull(cJSON_GetObjectItem(first, "alignment")));
    ck_assert(cJSON_GetNumberValue(cJSON_GetObjectItem(first, "bytes")) == 62);
    cJSON_Delete(picture);
    picture = draw(offence(start + 199, 1, "it"));
    ck_assert_str_eq(
        cJSON_GetStringValue(cJSON_GetObjectItem(
            cJSON_GetArrayItem(cJSON_GetObjectItem(picture, "ranges"), 0), "label")),
        "63 blocks");
    cJSON_Delete(picture);
}
END_TEST

/* ---- At the end of a test ---- */

/* A session with one buffer, of which nothing has been handed out. */
static uint64_t session_begin(void)
{
    struct session *const session = session_current();
    ck_assert_int_eq(region_open_shared(&session->region), 0);
    verdict_init(&session->verdict);
    ledger_clear(judge_calls_ledger());
    const uint64_t buffer =
        (uint64_t)(uintptr_t)session_place(CAPACITY, REGION_AT_START, 0, "buffer");
    ledger_init(judge_calls_ledger(), FBA, buffer, CAPACITY);
    return buffer;
}

static void session_end(void)
{
    region_close(&session_current()->region);
}

/* The last call of the test, answered so. */
static void note(uint16_t operation,
                 const uint64_t values[WIRE_VALUES],
                 uint64_t answer)
{
    struct verdict_call *const call =
        verdict_note_call(&session_current()->verdict, operation, 0, values);
    call->answer[0] = answer;
    call->is_answered = true;
}

START_TEST(room_for_what_was_refused_is_pointed_at)
{
    const uint64_t buffer = session_begin();
    struct verdict *const verdict = &session_current()->verdict;
    verdict->status = VERDICT_FAIL;
    ledger_alloc(judge_calls_ledger(), FBA, buffer, 16, 1);
    note(OP_ALLOC, (const uint64_t[WIRE_VALUES]){0, 0, 240, 1}, 1);
    cJSON *picture = picture_take(verdict);
    expect_offence(picture, "16+240 free: what was refused fits here");
    cJSON_Delete(picture);
    note(OP_ALLOC, (const uint64_t[WIRE_VALUES]){0, 0, 241, 1}, 1);
    picture = picture_take(verdict);
    ck_assert(cJSON_IsNull(cJSON_GetObjectItem(picture, "offending")));
    cJSON_Delete(picture);
    note(OP_RESIZE, (const uint64_t[WIRE_VALUES]){0, 0, buffer, 16, 1, 256}, 0);
    picture = picture_take(verdict);
    expect_offence(picture, "16+240 free: the block could grow so far");
    cJSON_Delete(picture);
    session_end();
}
END_TEST

START_TEST(picture_is_of_the_memory_that_was_pointed_at)
{
    session_begin();
    struct session *const session = session_current();
    const uint64_t heap =
        (uint64_t)(uintptr_t)session_place(64, REGION_AT_START, 0, "heap");
    session_point_at(heap + 3, 1, "this byte was overwritten");
    session->verdict.status = VERDICT_FAIL;
    cJSON *picture = picture_take(&session->verdict);
    ck_assert_str_eq(cJSON_GetStringValue(cJSON_GetObjectItem(picture, "name")),
                     "heap");
    expect_offence(picture, "3+1 this byte was overwritten");
    expect_ranges(picture, "free 0+64");
    cJSON_Delete(picture);
    session_end();
}
END_TEST

START_TEST(other_ends_have_no_picture)
{
    session_begin();
    struct verdict *const verdict = &session_current()->verdict;
    verdict->status = VERDICT_MISSING;
    ck_assert_ptr_null(picture_take(verdict));
    verdict->status = VERDICT_EARLY_EXIT;
    ck_assert_ptr_null(picture_take(verdict));
    verdict->status = VERDICT_CRASH;
    cJSON_Delete(picture_take(verdict));
    ledger_clear(judge_calls_ledger());
    ck_assert_ptr_null(picture_take(verdict));
    session_end();
}
END_TEST

int main(void)
{
    static const test *const tests[] = {
        &blocks_are_called_by_the_alphabet,
        &every_byte_is_in_a_range,
        &padding_of_a_freed_block_stays_padding,
        &blocks_that_overlap_are_both_there,
        &block_is_named_and_measured_where_it_is_known,
        &wild_addresses_and_lengths_are_said_in_words,
        &of_many_blocks_those_near_the_offence_are_kept,
        &room_for_what_was_refused_is_pointed_at,
        &picture_is_of_the_memory_that_was_pointed_at,
        &other_ends_have_no_picture,
    };
    return run_tests("picture", tests, sizeof tests / sizeof tests[0]);
}
