#include "sequence_player.h"
#include "session.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define NUMBER(pointer) ((uint64_t)(uintptr_t)(pointer))

enum {
    WORDS_BYTES = 96
};

static _Noreturn void fail_byte(struct player *player, const unsigned char *byte)
{
    char where[WORDS_BYTES];

    player->play->difference = DIFFERENCE_BYTES;
    session_point_at(NUMBER(byte), 1, "was overwritten");
    session_fail("memory as the caller left it", "a byte that was overwritten",
                 "A byte was overwritten: %s. The allocator never writes one.",
                 session_describe(byte, where, sizeof where));
}

/* Element i of each array holds i; afterwards the bytes are as before build_array. */
static void check_elements(struct player *player, size_t index)
{
    const struct sequence_op *const op = &player->sequence->ops[index];
    unsigned char *const array =
        (unsigned char *)(uintptr_t)player->steps[index].answer[1];

    for (size_t i = 0; i < op->len; i++) {
        int32_t element = 0;
        memcpy(&element, array + i * sizeof element, sizeof element);
        if (element != (int32_t)i) {
            char expected[WORDS_BYTES];
            char actual[WORDS_BYTES];
            player_note(player, index, DIFFERENCE_ELEMENTS);
            player->play->answer[0] = i;
            player->play->answer[1] = (uint64_t)(int64_t)element;
            snprintf(expected, sizeof expected, "%zu", i);
            snprintf(actual, sizeof actual, "%" PRId32, element);
            session_fail(expected, actual,
                         "Element %zu of the array holds %" PRId32 ".", i, element);
        }
    }
}

/* An array that lies where nothing else has been handed out since. */
static bool is_last_there(const struct player *player, size_t index)
{
    const struct sequence_expected *const array = &player->expected[index];

    for (size_t i = index + 1; i < player->sequence->count; i++) {
        const struct sequence_op *const op = &player->sequence->ops[i];
        const struct sequence_expected *const other = &player->expected[i];
        if (op->kind == SEQUENCE_ARRAY && other->memory < array->memory + array->len &&
            array->memory < other->memory + other->len) {
            return false;
        }
    }
    return true;
}

void player_check_arrays(struct player *player)
{
    for (size_t i = 0; i < player->sequence->count; i++) {
        if (player->sequence->ops[i].kind == SEQUENCE_ARRAY &&
            player->expected[i].memory != 0 && is_last_there(player, i)) {
            check_elements(player, i);
        }
    }
}

/* Arrays are written to; all other bytes of a buffer are as they were. */
static bool may_have_changed(const struct player *player, const unsigned char *byte)
{
    for (size_t i = 0; i < player->sequence->count; i++) {
        const uint64_t array = player->steps[i].answer[1];
        if (player->sequence->ops[i].kind == SEQUENCE_ARRAY &&
            player->expected[i].memory != 0 && NUMBER(byte) >= array &&
            NUMBER(byte) - array < player->expected[i].len) {
            return true;
        }
    }
    return false;
}

void player_check_bytes(struct player *player)
{
    for (size_t i = 0; i < player->sequence->memory_count; i++) {
        const unsigned char *const buffer = player->buffers[i];
        for (size_t at = 0; at < player->sequence->memories[i].bytes; at++) {
            if (buffer[at] != player_pattern(at) &&
                !may_have_changed(player, buffer + at)) {
                fail_byte(player, buffer + at);
            }
        }
    }
    const unsigned char *const stray = region_stray_write(&session_current()->region);
    if (stray != NULL) {
        fail_byte(player, stray);
    }
}
