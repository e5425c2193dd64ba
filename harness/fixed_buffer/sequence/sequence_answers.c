#include "judge_calls.h"
#include "sequence_player.h"
#include "session.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define NUMBER(pointer) ((uint64_t)(uintptr_t)(pointer))

enum {
    WORDS_BYTES = 96,
    TOLERATED_BYTES = 16
};

static char *words(uint64_t address, char text[WORDS_BYTES])
{
    return session_describe((const void *)(uintptr_t)address, text, WORDS_BYTES);
}

void player_note(struct player *player, size_t index, enum difference difference)
{
    struct play *const play = player->play;

    play->count = index;
    play->difference = difference;
    play->expected = player->expected[index];
    memcpy(play->answer, player->steps[index].answer, sizeof play->answer);
}

static const char *function_of(const struct player *player, size_t index)
{
    return player->sequence->ops[index].kind == SEQUENCE_ARRAY ? "build_array"
                                                               : "alloc";
}

static _Noreturn void fail_refused(struct player *player, size_t index)
{
    const struct sequence_expected *const expected = &player->expected[index];
    char where[WORDS_BYTES];

    player_note(player, index, DIFFERENCE_REFUSED);
    session_fail(words(expected->memory, where), "ALLOC_OUT_OF_MEMORY",
                 "A request for %" PRIu64 " bytes at alignment %" PRIu64
                 " was refused, although it fits.",
                 expected->len, expected->alignment);
}

static _Noreturn void fail_granted(struct player *player, size_t index)
{
    const struct sequence_expected *const expected = &player->expected[index];
    const uint64_t memory = player->steps[index].answer[1];
    char where[WORDS_BYTES];
    char len[WORDS_BYTES];
    char actual[WORDS_BYTES + sizeof "a block at "];

    player_note(player, index, DIFFERENCE_GRANTED);
    judge_calls_describe_length(expected->len, len, sizeof len);
    snprintf(actual, sizeof actual, "a block at %s", words(memory, where));
    session_point_at(memory, 0, "was granted, although it does not fit");
    session_fail("ALLOC_OUT_OF_MEMORY", actual,
                 "A request for %s bytes at alignment %" PRIu64
                 " was granted, although it does not fit.",
                 len, expected->alignment);
}

static _Noreturn void fail_misaligned(uint64_t memory, uint64_t alignment)
{
    char expected[WORDS_BYTES];
    char actual[WORDS_BYTES];
    char where[WORDS_BYTES];
    const uint64_t past = memory % alignment;

    snprintf(expected, sizeof expected, "a multiple of %" PRIu64, alignment);
    snprintf(actual, sizeof actual, "%" PRIu64 " past a multiple of %" PRIu64, past,
             alignment);
    session_point_at(memory, 0, "begins %" PRIu64 " past a multiple of %" PRIu64, past,
                     alignment);
    session_fail(expected, actual,
                 "The block at %s has the address 0x%" PRIx64 ", which is not aligned.",
                 words(memory, where), memory);
}

static _Noreturn void fail_place(struct player *player, size_t index)
{
    const struct sequence_expected *const expected = &player->expected[index];
    const uint64_t memory = player->steps[index].answer[1];
    const bool is_early = memory < expected->memory;
    const uint64_t away =
        is_early ? expected->memory - memory : memory - expected->memory;
    char should[WORDS_BYTES];
    char is[WORDS_BYTES];

    player_note(player, index, DIFFERENCE_PLACE);
    if (memory % expected->alignment != 0) {
        fail_misaligned(memory, expected->alignment);
    }
    session_point_at(memory, 0, "begins %" PRIu64 " byte%s too %s", away,
                     away == 1 ? "" : "s", is_early ? "early" : "late");
    session_fail(words(expected->memory, should), words(memory, is),
                 "A block of %" PRIu64 " bytes at alignment %" PRIu64
                 " begins at the wrong place.",
                 expected->len, expected->alignment);
}

/* Do the blocks of two operations share more bytes than is tolerated? */
static bool collide(const struct player *player, size_t a, size_t b)
{
    const uint64_t a_start = player->steps[a].answer[1];
    const uint64_t b_start = player->steps[b].answer[1];
    const uint64_t a_len = player->expected[a].len;
    const uint64_t b_len = player->expected[b].len;

    return a_start + a_len > b_start + TOLERATED_BYTES &&
           b_start + b_len > a_start + TOLERATED_BYTES;
}

/* Does the block lie apart from those that its FBA has handed out before? */
static bool is_apart(const struct player *player, size_t index)
{
    const struct sequence_op *const ops = player->sequence->ops;
    size_t before = player->expected[index].blocks - 1;

    for (size_t i = index; before > 0 && i-- > 0;) {
        const bool is_block =
            ops[i].kind == SEQUENCE_ALLOC || ops[i].kind == SEQUENCE_ARRAY;
        if (!is_block || ops[i].fba != ops[index].fba ||
            player->expected[i].memory == 0) {
            continue;
        }
        if (collide(player, i, index)) {
            return false;
        }
        before--;
    }
    return true;
}

/* Is a granted block where it may be? A block outside its buffer never is. */
static bool is_in_place(const struct player *player, size_t index)
{
    const struct sequence_op *const op = &player->sequence->ops[index];
    const struct sequence_expected *const expected = &player->expected[index];
    const size_t memory = player->memory_of[op->fba];
    const uint64_t buffer = NUMBER(player->buffers[memory]);
    const uint64_t bytes = player->sequence->memories[memory].bytes;
    const uint64_t is = player->steps[index].answer[1];
    const uint64_t slip = player->tolerance->slip * expected->blocks;

    if (is < buffer || is - buffer > bytes || expected->len > bytes - (is - buffer)) {
        return false;
    }
    return player->tolerance->any_place
               ? is_apart(player, index)
               : is + slip >= expected->memory && is <= expected->memory + slip;
}

static void check_error(struct player *player, size_t index)
{
    const uint64_t *const answer = player->steps[index].answer;

    if (answer[0] > ALLOC_OUT_OF_MEMORY) {
        char actual[WORDS_BYTES];
        player_note(player, index, DIFFERENCE_NO_ERROR);
        judge_calls_describe_error(answer[0], actual, sizeof actual);
        session_fail("ALLOC_OK or ALLOC_OUT_OF_MEMORY", actual,
                     "%s returned an error that does not exist.",
                     function_of(player, index));
    }
}

static void check_refusal(struct player *player, size_t index)
{
    const uint64_t *const answer = player->steps[index].answer;
    const uint64_t alignment = player->expected[index].alignment;

    if (answer[0] == ALLOC_OK) {
        player->is_over = player->tolerance->is_misaligned && alignment > 1 &&
                          answer[1] % alignment != 0;
        if (!player->is_over) {
            fail_granted(player, index);
        }
    } else if (answer[1] != 0 && !player->tolerance->any_pointer) {
        player_note(player, index, DIFFERENCE_POINTER);
        session_fail("memory NULL", "a pointer that is not NULL",
                     "%s refused a request, but with a pointer.",
                     function_of(player, index));
    }
}

static void check_alloc(struct player *player, size_t index)
{
    const struct sequence_expected *const expected = &player->expected[index];
    const uint64_t *const answer = player->steps[index].answer;

    check_error(player, index);
    if (expected->memory == 0) {
        check_refusal(player, index);
        return;
    }
    if (answer[0] != ALLOC_OK) {
        fail_refused(player, index);
    }
    if (answer[1] == 0) {
        player_note(player, index, DIFFERENCE_POINTER);
        session_fail("a block, or ALLOC_OUT_OF_MEMORY", "ALLOC_OK with memory NULL",
                     "%s said ALLOC_OK and returned no memory.",
                     function_of(player, index));
    }
    if (!is_in_place(player, index)) {
        fail_place(player, index);
    }
    session_current()->verdict.blocks_seen++;
}

static void check_resize(struct player *player, size_t index)
{
    const struct sequence_expected *const expected = &player->expected[index];
    const uint64_t answer = player->steps[index].answer[0];
    char where[WORDS_BYTES];
    char new_len[WORDS_BYTES];

    if (answer > 1) {
        player_note(player, index, DIFFERENCE_NO_BOOL);
        session_fail("true or false", NULL, "resize returned neither true nor false.");
    }
    if ((answer == 1) == expected->is_resized) {
        return;
    }
    player_note(player, index, answer == 1 ? DIFFERENCE_RESIZED : DIFFERENCE_KEPT);
    judge_calls_describe_length(player->sequence->ops[index].len, new_len,
                                sizeof new_len);
    session_fail(expected->is_resized ? "true" : "false",
                 expected->is_resized ? "false" : "true",
                 "resize from %" PRIu64 " to %s bytes of the block at %s was %s.",
                 expected->len, new_len, words(expected->memory, where),
                 answer == 1 ? "granted, although it is not possible in place"
                             : "refused");
}

/* Enters what was answered into the picture of a failure. */
static void enter(struct player *player, size_t index)
{
    const struct sequence_op *const op = &player->sequence->ops[index];
    const struct sequence_expected *const expected = &player->expected[index];
    const uint64_t *const answer = player->steps[index].answer;
    const uint64_t fba = NUMBER(player->fbas[op->fba]);
    struct ledger *const ledger = judge_calls_ledger();

    switch (op->kind) {
    case SEQUENCE_INIT:
        player->memory_of[op->fba] = op->memory;
        ledger_init(ledger, fba, NUMBER(player->buffers[op->memory]), op->len);
        return;
    case SEQUENCE_HANDLE:
        return;
    case SEQUENCE_RESET:
        ledger_reset(ledger, fba);
        return;
    case SEQUENCE_ALLOC:
    case SEQUENCE_ARRAY:
        if (answer[0] == ALLOC_OK) {
            ledger_alloc(ledger, fba, answer[1], expected->len, expected->alignment);
        }
        return;
    case SEQUENCE_RESIZE:
        if (answer[0] == 1 && expected->is_resized) {
            ledger_resize(ledger, fba, player->steps[op->block].answer[1],
                          expected->len, op->len);
        }
        return;
    case SEQUENCE_FREE:
        ledger_free(ledger, fba, player->steps[op->block].answer[1], expected->len);
        return;
    }
}

void player_check_answer(void *argument, size_t index)
{
    struct player *const player = argument;
    const struct sequence_op *const op = &player->sequence->ops[index];

    if (player->is_over) {
        return;
    }
    ledger_touch(judge_calls_ledger(), NUMBER(player->fbas[op->fba]));
    enter(player, index);
    if (op->kind == SEQUENCE_ALLOC || op->kind == SEQUENCE_ARRAY) {
        check_alloc(player, index);
    } else if (op->kind == SEQUENCE_RESIZE) {
        check_resize(player, index);
    }
    player->play->count = index + 1;
}
