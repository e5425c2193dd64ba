#include "picture.h"

#include "judge_calls.h"
#include "model.h"
#include "ops.h"
#include "picture_ranges.h"
#include "session.h"

#include "fatal.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* The largest number that JSON carries exactly everywhere. */
#define LARGEST ((UINT64_C(1) << 53) - 1)

enum {
    TEXT_BYTES = 192,
    LABEL_BYTES = 40
};

/* cJSON answers NULL when memory is used up, and for nothing else that we do. */
static cJSON *made(cJSON *item)
{
    if (item == NULL) {
        fatal("out of memory");
    }
    return item;
}

static void add_text(cJSON *object, const char *key, const char *text)
{
    made(text == NULL ? cJSON_AddNullToObject(object, key)
                      : cJSON_AddStringToObject(object, key, text));
}

static void add_number(cJSON *object, const char *key, uint64_t number)
{
    made(cJSON_AddNumberToObject(object, key,
                                 (double)(number < LARGEST ? number : LARGEST)));
}

void picture_label(size_t number, char *text, size_t text_bytes)
{
    char backwards[LABEL_BYTES];
    size_t length = 0;

    for (size_t rest = number + 1; rest > 0; rest = (rest - 1) / 26) {
        backwards[length++] = (char)('A' + (rest - 1) % 26);
    }
    size_t i = 0;
    while (length > 0 && i + 1 < text_bytes) {
        text[i++] = backwards[--length];
    }
    text[i] = '\0';
}

/* ---- Ranges ---- */

static const char *kind_name(enum picture_kind kind)
{
    switch (kind) {
    case PICTURE_BLOCK:
    case PICTURE_MANY:
        return "block";
    case PICTURE_FREED:
        return "freed";
    case PICTURE_PADDING:
        return "padding";
    case PICTURE_FREE:
        return "free";
    }
    return "free";
}

static cJSON *range_object(const struct picture_range *range)
{
    cJSON *const object = made(cJSON_CreateObject());
    char label[LABEL_BYTES] = "";

    if (range->block != NULL) {
        picture_label(range->block->number, label, sizeof label);
    } else if (range->kind == PICTURE_MANY) {
        snprintf(label, sizeof label, "%zu block%s", range->merged,
                 range->merged == 1 ? "" : "s");
    }
    add_text(object, "kind", kind_name(range->kind));
    add_number(object, "offset", range->offset);
    add_number(object, "bytes", range->bytes);
    add_text(object, "label", label[0] == '\0' ? NULL : label);
    if (range->block != NULL) {
        add_number(object, "alignment", range->block->alignment);
    } else {
        made(cJSON_AddNullToObject(object, "alignment"));
    }
    return object;
}

static cJSON *ranges_array(const struct ledger_buffer *buffer, uint64_t nearest)
{
    struct picture_ranges ranges;
    cJSON *const array = made(cJSON_CreateArray());

    picture_ranges_init(&ranges, buffer);
    picture_ranges_merge(&ranges, PICTURE_RANGES, nearest);
    for (size_t i = 0; i < ranges.count; i++) {
        cJSON_AddItemToArray(array, range_object(&ranges.items[i]));
    }
    picture_ranges_release(&ranges);
    return array;
}

/* ---- The offence ---- */

/* The youngest block in use that begins there, or NULL. */
static const struct ledger_block *block_at(const struct ledger_buffer *buffer,
                                           uint64_t start)
{
    for (size_t i = buffer->block_count; i-- > 0;) {
        if (buffer->blocks[i].start == start && !buffer->blocks[i].is_freed) {
            return &buffer->blocks[i];
        }
    }
    return NULL;
}

/* From `origin` to `address`, in steps that a double holds. */
static double distance(uint64_t origin, uint64_t address)
{
    const bool is_before = address < origin;
    const uint64_t away = is_before ? origin - address : address - origin;
    const double steps = (double)(away < LARGEST ? away : LARGEST);

    return is_before ? -steps : steps;
}

/* Is it so far from the buffer that its address says more than a distance? */
static bool is_far(const struct ledger_buffer *buffer, uint64_t address)
{
    const double away = distance(buffer->start, address);
    const uint64_t half_a_slot = WIRE_SLOT_STRIDE / 2;
    const double slip = (double)half_a_slot;

    return away < -slip || away > (double)buffer->capacity + slip;
}

static cJSON *offending_object(const struct ledger_buffer *buffer,
                               const struct verdict_offence *offence)
{
    cJSON *const object = made(cJSON_CreateObject());
    const bool is_block = offence->bytes == 0;
    const struct ledger_block *const block =
        is_block ? block_at(buffer, offence->start) : NULL;
    const uint64_t bytes = !is_block ? offence->bytes : block != NULL ? block->len : 1;
    char what[LABEL_BYTES + sizeof offence->what + TEXT_BYTES];
    char extra[TEXT_BYTES] = "";

    if (is_far(buffer, offence->start)) {
        snprintf(extra, sizeof extra, ", at 0x%" PRIx64, offence->start);
    } else if (bytes > LARGEST) {
        char length[TEXT_BYTES / 2];
        judge_calls_describe_length(bytes, length, sizeof length);
        snprintf(extra, sizeof extra, ", %s bytes", length);
    }
    if (block != NULL) {
        char label[LABEL_BYTES];
        picture_label(block->number, label, sizeof label);
        snprintf(what, sizeof what, "%s %s%s", label, offence->what, extra);
    } else {
        snprintf(what, sizeof what, "%s%s%s", is_block ? "this block " : "",
                 offence->what, extra);
    }
    made(cJSON_AddNumberToObject(object, "offset",
                                 distance(buffer->start, offence->start)));
    add_number(object, "bytes", bytes);
    add_text(object, "what", what);
    return object;
}

/* What the merging of ranges keeps: the offence, or where the next block would go. */
static uint64_t nearest_offset(const struct ledger_buffer *buffer,
                               const struct verdict_offence *offence)
{
    if (offence->what[0] == '\0') {
        return buffer->used;
    }
    return offence->start < buffer->start ? 0 : offence->start - buffer->start;
}

struct cJSON *picture_draw(const struct ledger_buffer *buffer,
                           const char *name,
                           const struct verdict_offence *offence)
{
    cJSON *const object = made(cJSON_CreateObject());
    char address[LABEL_BYTES];

    snprintf(address, sizeof address, "0x%" PRIx64, buffer->start);
    add_text(object, "name", name);
    add_text(object, "address", address);
    add_number(object, "capacity", buffer->capacity);
    cJSON_AddItemToObject(object, "ranges",
                          ranges_array(buffer, nearest_offset(buffer, offence)));
    cJSON_AddItemToObject(object, "offending",
                          offence->what[0] == '\0' ? made(cJSON_CreateNull())
                                                   : offending_object(buffer, offence));
    return object;
}

/* ---- At the end of a test ---- */

/* Whether it has to do with the buffer at all that the test ended so. */
static bool concerns_memory(enum verdict_status status)
{
    return status == VERDICT_FAIL || status == VERDICT_CRASH ||
           status == VERDICT_TIMEOUT || status == VERDICT_UNDEFINED_BEHAVIOUR;
}

/* A request that fits was refused: these bytes are free. */
static void point_at_room(const struct ledger_buffer *buffer,
                          const struct verdict_call *call,
                          struct verdict_offence *offence)
{
    struct model model = {buffer->start, buffer->capacity, buffer->used};
    uint64_t start = 0;
    uint64_t bytes = 0;

    if (call->operation == OP_ALLOC && call->answer[0] != 0 && call->values[2] > 0 &&
        call->values[3] > 0) {
        bytes = call->values[2];
        start = model_alloc(&model, bytes, call->values[3]);
    } else if (call->operation == OP_RESIZE && call->answer[0] == 0 &&
               call->values[5] > call->values[3] &&
               model_resize(&model, call->values[2], call->values[3],
                            call->values[5])) {
        start = call->values[2] + call->values[3];
        bytes = call->values[5] - call->values[3];
    }
    if (start != 0) {
        *offence = (struct verdict_offence){.start = start, .bytes = bytes};
        snprintf(offence->what, sizeof offence->what, "%s",
                 call->operation == OP_ALLOC ? "free: what was refused fits here"
                                             : "free: the block could grow so far");
    }
}

static const struct verdict_call *last_call(const struct verdict *verdict)
{
    return verdict->call_count == 0 ? NULL
                                    : verdict_call_at(verdict, verdict->call_count - 1);
}

/* The buffer that an offence is in or near; NULL: none is. `object` has it. */
static const struct ledger_buffer *buffer_in(const struct ledger *ledger,
                                             const struct region_object *object)
{
    const uint64_t start = (uint64_t)(uintptr_t)object->start;

    for (size_t i = 0; i < ledger->buffer_count; i++) {
        const uint64_t other = ledger->buffers[i].start;
        if (other >= start && other - start <= object->bytes) {
            return &ledger->buffers[i];
        }
    }
    return NULL;
}

struct cJSON *picture_take(const struct verdict *verdict)
{
    const struct region *const region = &session_current()->region;
    const struct ledger *const ledger = judge_calls_ledger();
    struct verdict_offence offence = verdict->offence;
    const struct region_object *const near =
        offence.what[0] == '\0' ? NULL : region_near(region, offence.start);
    const struct ledger_buffer *buffer =
        near == NULL ? ledger_current(ledger) : buffer_in(ledger, near);
    const struct verdict_call *const call = last_call(verdict);

    if (!concerns_memory(verdict->status)) {
        return NULL;
    }
    if (near != NULL && buffer == NULL) {
        /* Nothing was ever handed out of it. */
        const struct ledger_buffer bare = {
            .start = (uint64_t)(uintptr_t)near->start,
            .capacity = near->bytes,
        };
        return picture_draw(&bare, near->name, &offence);
    }
    if (buffer == NULL) {
        return NULL;
    }
    if (offence.what[0] == '\0' && verdict->status == VERDICT_FAIL && call != NULL &&
        call->is_answered) {
        point_at_room(buffer, call, &offence);
    }
    const struct region_object *const object = region_near(region, buffer->start);
    return picture_draw(buffer, object == NULL ? "buffer" : object->name, &offence);
}
